"""What stood in one module stands in another: its names in the base follow, before either of them is updated.

Otherwise an update would take what has moved for something that is gone, and remove it with what people have put in it.
"""

from odoo.tools import SQL

# Names of models, with underscores, and the module in which each now stands.
MODELS = {
    "collab_reseaux": ["collab_daily_count"],
    "collab_courrier": ["collab_notification", "collab_notification_preference"],
    "collab_fichiers": ["collab_upload", "collab_attachment_mixin", "ir_attachment"],
    "collab_contribution": ["collab_draft", "collab_receipt", "collab_comment_mixin", "collab_contribution_mixin"],
}
# What a module declares beside its models (views, jobs, menus, rights): by the beginning of its name.
OTHERS = {
    "collab_reseaux": ["access_collab_daily_count"],
    "collab_courrier": [
        *("access_collab_notification", "collab_notification_", "cron_send", "menu_notification"),
        *("preferences", "unsubscribe", "mail_notifications"),
    ],
    "collab_fichiers": ["access_collab_upload", "collab_upload_", "attachment_field", "attachments"],
    "collab_contribution": [
        *("access_collab_draft", "access_collab_receipt", "collab_draft_"),
        # To the end of the name: the forum keeps its `queue_action`.
        *("queue$", "bin$", "suspended$", "log$", "log_rows$", "reason$", "moderate_buttons$", "edit_compared$"),
        *("editor$", "files_to_take_away$", "person$"),
    ],
}
# Where each module takes what it has from.
FORMER = {
    **{module: ["collab_suivi"] for module in MODELS},
    "collab_contribution": ["collab_suivi", "collab_forum"],
}
# Each module shows its own settings now. The old view asks for fields that are loaded after it: it must go first.
GONE_VIEWS = [("collab_suivi", "res_config_settings_view_form")]
PARAMETERS = {
    "collab_suivi.mails_a_day": "collab_courrier.mails_a_day",
    **{f"collab_suivi.daily_{kind}": f"collab_reseaux.daily_{kind}" for kind in ("upload", "question", "answer")},
    **{f"collab_suivi.daily_{kind}": f"collab_reseaux.daily_{kind}" for kind in ("flag", "name")},
}


def migrate(cr, version):
    for module in MODELS:
        models = "|".join(MODELS[module])
        # As Odoo names what it reflects of a model: `model_…`, `field_…__…`, `selection__…__…`, `constraint_…`.
        reflected = rf"model_({models})|(field_|selection__)({models})__.*|constraint_({models})_.*"
        names = rf"^({reflected}|({'|'.join(OTHERS[module])}).*)$"
        cr.execute(
            "UPDATE ir_model_data SET module = %s WHERE module = ANY(%s) AND name ~ %s",
            (module, FORMER[module], names),
        )
        cr.execute("SELECT id FROM ir_module_module WHERE name = %s", (module,))
        [number] = cr.fetchone() or [None]
        for table in ("ir_model_constraint", "ir_model_relation"):
            cr.execute(
                SQL(
                    """UPDATE %s SET module = %s WHERE model IN (SELECT id FROM ir_model WHERE model = ANY(%s))
                          AND module IN (SELECT id FROM ir_module_module WHERE name = ANY(%s))""",
                    SQL.identifier(table),
                    number,
                    [name.replace("_", ".") for name in MODELS[module]],
                    FORMER[module],
                )
            )
    for module, name in GONE_VIEWS:
        cr.execute(
            """WITH gone AS (DELETE FROM ir_model_data WHERE module = %s AND name = %s RETURNING res_id)
               DELETE FROM ir_ui_view WHERE id IN (SELECT res_id FROM gone)""",
            (module, name),
        )
    for former, present in PARAMETERS.items():
        cr.execute("UPDATE ir_config_parameter SET key = %s WHERE key = %s", (present, former))
