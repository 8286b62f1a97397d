{
    "name": "Collab - Comptes",
    "summary": "The life of an account: named, suspended, closed, opened again, erased, each step said beforehand",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "author": "Collab",
    "website": "https://collab.example",
    "category": "Website/Website",
    "depends": ["collab_charte"],
    "data": [
        "security/ir.model.access.csv",
        "security/ir_rule.xml",
        "views/collab_account_step_views.xml",
        "views/res_users_views.xml",
        "views/account_templates.xml",
        "views/collab_name_request_views.xml",
        "views/res_config_settings_views.xml",
    ],
}
