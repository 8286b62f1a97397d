{
    "name": "Collab - Serveur",
    "summary": "What the server does while the database of the platform is away; loaded with Odoo, not installed",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Collab",
    "website": "https://collab.example",
    "category": "Hidden",
    "depends": ["web"],
}
