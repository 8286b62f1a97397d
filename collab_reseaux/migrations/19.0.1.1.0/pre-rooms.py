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

# What an event was called, to the first comma, and what has happened to a record of which model.
EVENTS = {
    **dict.fromkeys(("forum.post", "collab.forum.comment", "collab.document.comment"), ("said", None)),
    "collab.document.report": ("reported", None),
    "edit": ("edited", "collab.forum.edit"),
    "flag": ("flagged", "collab.forum.flag"),
    "outcome": ("answered", "collab.forum.flag"),
    "action": ("decided", "collab.forum.action"),
    "unanswered": ("unanswered", "forum.post"),
    "review": ("to review", "dms.file"),
    "change": ("changed", "dms.file"),
    "deposit": ("deposited", "dms.file"),
    "suspended": ("suspended", "collab.account.event"),
    "resumed": ("resumed", "collab.account.event"),
}


def _give_columns_to_events(cr):
    """What has been told stays told: an event was one text, with commas."""
    for column, kind in (("what", "varchar"), ("about_model", "varchar"), ("about_id", "int4"), ("step", "varchar")):
        cr.execute(SQL("ALTER TABLE collab_notification ADD COLUMN %s %s", SQL.identifier(column), SQL(kind)))
    # Those of which nothing is known stay apart from each other.
    cr.execute("UPDATE collab_notification SET what = 'said', about_model = res_model, about_id = res_id, step = event")
    for name, (what, model) in EVENTS.items():
        cr.execute(
            """UPDATE collab_notification SET what = %s, about_model = %s, about_id = split_part(event, ',', 2)::int,
                      step = split_part(event, ',', 3)
                WHERE event ~ ('^' || %s || ',[0-9]+(,|$)')""",
            (what, model or name, name),
        )
    cr.execute(
        """UPDATE collab_notification SET what = 'pending', about_model = split_part(event, ',', 2),
                  about_id = split_part(event, ',', 3)::int, step = ''
            WHERE event ~ '^pending,[a-z.]+,[0-9]+$'"""
    )
    cr.execute(
        """UPDATE collab_notification SET about_model = 'collab.name.request', step = '',
                  what = CASE split_part(event, ',', 3) WHEN 'account' THEN 'decided' ELSE 'asked' END,
                  about_id = split_part(event, ',', 2)::int
            WHERE event ~ '^collab.name.request,[0-9]+,'"""
    )


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
    _give_columns_to_events(cr)
    # A draft bears the name of its content, as every name that must be unique.
    cr.execute("UPDATE collab_draft SET form = 'discussion' WHERE form = 'question'")
    cr.execute("UPDATE collab_draft SET form = 'discussion-' || form WHERE form LIKE 'reponse-%'")
    for former, present in PARAMETERS.items():
        cr.execute("UPDATE ir_config_parameter SET key = %s WHERE key = %s", (present, former))
