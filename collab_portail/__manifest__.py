{
    "name": "Plateforme collaborative",
    "summary": "The application: home, menus, and what joins two features; the only module to install",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "author": "Collab",
    "website": "https://collab.example",
    "category": "Website/Website",
    "application": True,
    "depends": [
        "base_import",
        "collab_actualites",
        "collab_agenda",
        "collab_annuaire",
        "collab_forum",
        "collab_ressources",
    ],
    "data": [
        "views/navigation_templates.xml",
        "views/home_templates.xml",
        "views/agenda_templates.xml",
        "views/collab_portail_menus.xml",
    ],
}
