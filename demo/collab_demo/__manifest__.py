{
    "name": "Collab - Démonstration",
    "summary": "A believable week in the life of the platform, for showing and testing it; never in production",
    "version": "19.0.1.1.0",
    "license": "AGPL-3",
    "author": "Collab",
    "website": "https://collab.example",
    "category": "Website/Website",
    "depends": ["collab_portail"],
    "external_dependencies": {"python": ["python-docx", "odfpy", "python-pptx", "openpyxl", "reportlab"]},
    "data": [
        "data/res_partner.xml",
        "data/res_users.xml",
    ],
    "post_init_hook": "_tell_the_week",
}
