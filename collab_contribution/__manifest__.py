{
    "name": "Collab - Contribution",
    "summary": "What members write, and what moderators do with it",
    "version": "19.0.1.1.0",
    "license": "AGPL-3",
    "author": "Collab",
    "website": "https://collab.example",
    "category": "Website/Website",
    "depends": ["collab_suivi"],
    "data": [
        "security/ir.model.access.csv",
        "security/ir_rule.xml",
        "data/collab_reason.xml",
        "views/collab_action_views.xml",
        "views/collab_flag_views.xml",
        "views/collab_reason_views.xml",
        "views/collab_contribution_menus.xml",
        "views/res_config_settings_views.xml",
        "views/component_templates.xml",
        "views/form_templates.xml",
        "views/comment_templates.xml",
        "views/deletion_templates.xml",
        "views/moderation_templates.xml",
    ],
    "assets": {
        # Only where somebody writes: half of what a page weighs.
        "collab_contribution.assets_writing": [
            # Links to what npm installs. In pairs, or the lint of OCA follows them, and stops outside the module.
            ("append", "collab_contribution/static/lib/purify.min.js"),
            ("append", "collab_contribution/static/lib/squire.js"),
            "collab_contribution/static/src/writing/link.js",
            "collab_contribution/static/src/writing/paste.js",
            "collab_contribution/static/src/writing/mention.js",
            "collab_contribution/static/src/writing/editor.js",
        ],
    },
}
