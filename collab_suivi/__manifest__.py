{
    "name": "Collab - Suivi",
    "summary": "What each reader has seen, keeps and follows, and what is asked of every content",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "author": "Collab",
    "website": "https://collab.example",
    "category": "Website/Website",
    "depends": ["collab_fichiers"],
    "data": [
        "security/ir.model.access.csv",
        "security/ir_rule.xml",
        "data/ir_cron.xml",
        "views/component_templates.xml",
        "views/for_me_templates.xml",
    ],
    "assets": {
        "collab_habillage.assets_member": [
            "collab_suivi/static/src/js/marks.js",
        ],
    },
}
