{
    "name": "Collab - Annuaire",
    "summary": "Who is who: people and their employers, as they choose to be seen",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "author": "Collab",
    "website": "https://collab.example",
    "category": "Website/Website",
    "depends": ["base_geolocalize", "collab_contribution"],
    "data": [
        "security/ir.model.access.csv",
        "security/ir_rule.xml",
        "data/base_geo_provider.xml",
        "data/ir_cron.xml",
        "data/ir_cron_teams.xml",
        "views/collab_correction_views.xml",
        "views/res_partner_views.xml",
        "views/res_partner_referents_views.xml",
        "views/res_config_settings_views.xml",
        "views/res_config_settings_teams_views.xml",
        "views/directory_templates.xml",
        "views/map_templates.xml",
        "views/organisation_templates.xml",
        "views/person_templates.xml",
        "views/placing_templates.xml",
    ],
    "assets": {
        # Only where there is a map: it weighs more than all the rest of a page.
        "collab_annuaire.assets_map": [
            # Links to what npm installs. In pairs, or the lint of OCA follows them, and stops outside the module.
            ("append", "collab_annuaire/static/lib/leaflet.css"),
            ("append", "collab_annuaire/static/lib/leaflet.js"),
            ("append", "collab_annuaire/static/lib/leaflet.markercluster.js"),
            "collab_annuaire/static/src/map/region.js",
            "collab_annuaire/static/src/map/ground.js",
            "collab_annuaire/static/src/map/pins.js",
            "collab_annuaire/static/src/map/map.js",
            "collab_annuaire/static/src/map/placing.js",
        ],
        # Beside an address: it fetches the bundle above once its map is about to be seen.
        "collab_annuaire.assets_small_map": ["collab_annuaire/static/src/small_map.js"],
        "collab_habillage.assets_member": ["collab_annuaire/static/src/js/team.js"],
    },
}
