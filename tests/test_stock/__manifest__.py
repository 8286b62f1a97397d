{
    "name": "Collab - Yardstick of the bench",
    "summary": "Two words in the layout that Odoo gives to its own pages, with or without the platform",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "author": "Collab",
    "website": "https://collab.example",
    "category": "Hidden/Tests",
    "depends": ["website"],
    "data": ["views/stock_page_templates.xml"],
}
