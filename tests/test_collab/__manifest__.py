{
    "name": "Collab - Tests",
    "summary": "What no single module can test: the audience on a model of its own, the door, the rules of all models",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "author": "Collab",
    "website": "https://collab.example",
    "category": "Hidden/Tests",
    "depends": ["collab_portail", "test_stock"],
    "data": [
        "security/ir.model.access.csv",
        "security/ir_rule.xml",
        "views/empty_page_templates.xml",
    ],
}
