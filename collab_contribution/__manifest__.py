{
    "name": "Collab - Contribution",
    "summary": "What members write, and what moderators do with it",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "author": "Collab",
    "website": "https://collab.example",
    "category": "Website/Website",
    "depends": ["collab_suivi"],
    "data": [
        "security/ir.model.access.csv",
        "security/ir_rule.xml",
        "views/res_config_settings_views.xml",
        "views/component_templates.xml",
        "views/form_templates.xml",
        "views/moderation_templates.xml",
    ],
    "assets": {
        "collab_habillage.assets_member": [
            "collab_contribution/static/src/js/editor.js",
            "collab_contribution/static/src/js/refused.js",
        ],
    },
}
