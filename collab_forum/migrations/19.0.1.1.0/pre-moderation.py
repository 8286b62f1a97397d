"""What moderators do is no longer the forum's alone: flags, corrections and the log follow into the tables of
`collab_contribution`, which is updated before. They keep their numbers, by which files and mails name them: the other
contents, which take new ones, come after (by the name of their module)."""

from odoo.tools import SQL

TEXT = SQL(
    "CASE WHEN comment_id IS NULL THEN 'forum.post' ELSE 'collab.forum.comment' END, coalesce(comment_id, post_id)"
)
TRACES = ("id", "create_uid", "create_date", "write_uid", "write_date")
MOVED = {
    "collab_flag": ("collab_forum_flag", ("title", "reason", "is_closed", "outcome", "closed_uid")),
    "collab_edit": ("collab_forum_edit", ("name", "content", "body")),
    "collab_action": ("collab_forum_action", ("kind", "title", "author_id", "reason", "detail")),
}
KINDS = {"forum_flag": "flag", "forum_queue": "queue"}


def migrate(cr, version):
    for table, (former, columns) in MOVED.items():
        columns = SQL(", ").join(map(SQL.identifier, (*TRACES, *columns)))
        purpose = (SQL(", purpose"), SQL(", 'rules'")) if table == "collab_flag" else (SQL(), SQL())
        cr.execute(
            SQL(
                "INSERT INTO %s (res_model, res_id, %s%s) SELECT %s, %s%s FROM %s",
                SQL.identifier(table),
                columns,
                purpose[0],
                TEXT,
                columns,
                purpose[1],
                SQL.identifier(former),
            )
        )
        cr.execute(
            SQL("SELECT setval(%s, greatest((SELECT max(id) FROM %s), 1))", f"{table}_id_seq", SQL.identifier(table))
        )
        names = (table.replace("_", "."), former.replace("_", "."))
        cr.execute("UPDATE collab_notification SET res_model = %s WHERE res_model = %s", names)
        cr.execute("UPDATE collab_notification SET about_model = %s WHERE about_model = %s", names)
    for table in ("forum_post", "collab_forum_comment"):
        cr.execute(SQL("ALTER TABLE %s ADD COLUMN IF NOT EXISTS edit_waits bool", SQL.identifier(table)))
        cr.execute(
            SQL(
                "UPDATE %s SET edit_waits = TRUE WHERE id IN (SELECT res_id FROM collab_edit WHERE res_model = %s)",
                SQL.identifier(table),
                "forum.post" if table == "forum_post" else "collab.forum.comment",
            )
        )
    # A row about a person names no text; one about a text that is gone names none any more.
    cr.execute("UPDATE collab_action SET res_model = NULL WHERE res_id IS NULL")
    for former, _columns in MOVED.values():
        # Odoo leaves the table of a model that is gone, with what people had written in it.
        cr.execute(SQL("DROP TABLE %s CASCADE", SQL.identifier(former)))
    for former, kind in KINDS.items():
        cr.execute("UPDATE collab_notification SET kind = %s WHERE kind = %s", (kind, former))
        cr.execute("UPDATE collab_notification_preference SET kind = %s WHERE kind = %s", (kind, former))
    # What awaits a moderator is asked of what has happened, and not of its discussion.
    cr.execute("UPDATE collab_notification SET res_model = about_model, res_id = about_id WHERE kind = 'queue'")
    cr.execute(
        "UPDATE ir_config_parameter SET key = 'collab_contribution.reviewed' WHERE key = 'collab_forum.reviewed'"
    )
