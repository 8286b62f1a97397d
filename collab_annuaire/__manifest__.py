{
    "name": "Collab - Annuaire",
    "summary": "Who is who: people and their employers, as they choose to be seen",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "author": "Collab",
    "website": "https://collab.example",
    "category": "Website/Website",
    "depends": ["collab_contribution"],
    "data": ["views/directory_templates.xml"],
}
