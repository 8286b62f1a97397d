{
    "name": "Collab - Comptes",
    "summary": "The life of an account: suspended, closed, opened again, erased; each step says before what follows",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "author": "Collab",
    "website": "https://collab.example",
    "category": "Website/Website",
    "depends": ["collab_suivi"],
    "data": [
        "security/ir.model.access.csv",
        "views/collab_account_step_views.xml",
        "views/res_users_views.xml",
        "views/account_templates.xml",
    ],
}
