{
    "name": "Collab - Réseaux",
    "summary": "Who belongs to which network and territory, and who may read what",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "author": "Collab",
    "website": "https://collab.example",
    "category": "Website/Website",
    "depends": ["auth_signup", "base_setup", "partner_firstname"],
    "data": [
        "security/collab_reseaux_groups.xml",
        "security/ir.model.access.csv",
        "security/ir_rule.xml",
        "data/collab_network.xml",
        "data/collab.territory.csv",
        "data/collab.commune.csv",
        "views/collab_network_views.xml",
        "views/collab_territory_views.xml",
        "views/collab_commune_views.xml",
        "views/res_partner_views.xml",
        "views/res_users_views.xml",
        "views/collab_import_views.xml",
        "views/res_config_settings_views.xml",
        "views/collab_reseaux_menus.xml",
    ],
    "assets": {
        "web.assets_backend": [
            # Debian's package names this file without carrying it: the bundle would be built with an error.
            ("remove", "mail/static/lib/selfie_segmentation/selfie_segmentation.js"),
        ],
    },
    "pre_init_hook": "_load_french",
}
