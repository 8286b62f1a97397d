{
    "name": "Collab - Forum",
    "summary": "Questions and answers by theme and territory, moderated by the federations",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "author": "Collab",
    "website": "https://collab.example",
    "category": "Website/Website",
    "depends": ["collab_suivi", "website_forum"],
    "data": [
        "security/ir.model.access.csv",
        "security/ir_model_access.xml",
        "security/ir_rule.xml",
        "data/forum_forum.xml",
        "data/ir_cron.xml",
        "views/res_config_settings_views.xml",
        "views/component_templates.xml",
        "views/forum_templates.xml",
    ],
    "assets": {
        "collab_habillage.assets_member": [
            "collab_forum/static/src/js/editor.js",
        ],
    },
}
