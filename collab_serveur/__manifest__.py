{
    "name": "Collab - Serveur",
    "summary": "What the server answers for itself, with or without a database; loaded with Odoo, not installed",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Collab",
    "website": "https://collab.example",
    "category": "Hidden",
    "depends": ["web"],
}
