{
    "name": "Collab - Courrier",
    "summary": "Each letter leaves at least once, and nobody gets one too many",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "author": "Collab",
    "website": "https://collab.example",
    "category": "Website/Website",
    "depends": ["collab_habillage"],
    "data": [
        "security/ir.model.access.csv",
        "security/ir_rule.xml",
        "data/ir_cron.xml",
        "views/notification_templates.xml",
        "views/collab_notification_views.xml",
    ],
    "assets": {
        "collab_habillage.assets_member": [
            "collab_courrier/static/src/js/preferences.js",
        ],
    },
}
