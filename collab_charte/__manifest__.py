{
    "name": "Collab - Charte",
    "summary": "The door: nobody reads anything before login and acceptance of the current charter",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "author": "Collab",
    "website": "https://collab.example",
    "category": "Website/Website",
    "depends": ["bus", "collab_habillage"],
    "data": [
        "security/ir.model.access.csv",
        "security/ir_rule.xml",
        "data/collab_charter.xml",
        "views/collab_charter_views.xml",
        "views/charter_templates.xml",
        "views/legal_templates.xml",
        "views/layout_templates.xml",
    ],
}
