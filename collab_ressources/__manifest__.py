{
    "name": "Collab - Ressources",
    "summary": "The shared library: members deposit files for an audience, and find those addressed to them",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "author": "Collab",
    "website": "https://collab.example",
    "category": "Website/Website",
    "depends": ["collab_suivi", "dms"],
    "data": [
        "security/ir.model.access.csv",
        "security/ir_model_access.xml",
        "security/ir_rule.xml",
        "data/dms_storage.xml",
        "data/dms_directory.xml",
        "data/dms_category.xml",
        "data/ir_cron.xml",
        "views/dms_file_views.xml",
        "views/dms_directory_views.xml",
        "views/component_templates.xml",
        "views/library_templates.xml",
        "views/deposit_templates.xml",
    ],
    "assets": {
        "collab_habillage.assets_member": [
            "collab_ressources/static/src/js/deposit.js",
        ],
    },
}
