{
    "name": "Collab - Fichiers",
    "summary": "What somebody sends arrives whole, checked, and is shown safely",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "author": "Collab",
    "website": "https://collab.example",
    "category": "Website/Website",
    "depends": ["collab_comptes"],
    "data": [
        "security/ir.model.access.csv",
        "security/ir_rule.xml",
        "views/attachment_templates.xml",
        "views/res_config_settings_views.xml",
    ],
    "assets": {
        "collab_habillage.assets_member": [
            "collab_fichiers/static/src/js/sending.js",
            "collab_fichiers/static/src/js/files.js",
            "collab_fichiers/static/src/js/attach.js",
        ],
    },
}
