from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

CONTENT_MAX_CHARS = 1_500_000  # more than any form accepts, once its script has written it in JSON
FORM_MAX_CHARS = 64
DRAFTS_MAX = 50  # of one person
KEPT_DAYS = 60


class CollabDraft(models.Model):
    """What a person has typed in a form and has not sent yet. Only he reads it. It is kept here, and not only in his
    browser, which may be closed or changed."""

    _name = "collab.draft"
    _description = "Draft"
    _rec_name = "form"

    user_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="cascade")
    form = fields.Char(required=True, readonly=True, help="Which form: the same name finds the draft again.")
    content = fields.Text(required=True, readonly=True, help="The fields of the form, as its script writes them.")
    date = fields.Datetime(required=True, readonly=True)

    _once = models.UniqueIndex("(user_id, form)", "There is a draft already.")

    @api.model
    def _keep(self, form, content):
        """Keep what the current user has typed in a form, in place of what was kept before.

        :param str form: its name
        :param str content: as the script of the form writes it. When it is empty, or too long, the draft is deleted: an
            older text would pass for the latest one.
        """
        content = (content or "").replace("\0", "")
        if not content or len(content) > CONTENT_MAX_CHARS:
            self._drop(form)
        elif len(form) <= FORM_MAX_CHARS:
            self.env.cr.execute(
                SQL(
                    """INSERT INTO collab_draft (user_id, form, content, date)
                       VALUES (%(user)s, %(form)s, %(text)s, %(now)s)
                       ON CONFLICT (user_id, form) DO UPDATE SET content = excluded.content, date = excluded.date""",
                    user=self.env.uid,
                    form=form,
                    text=content,
                    now=fields.Datetime.now(),
                )
            )
            self.env.cr.execute(
                SQL(
                    """DELETE FROM collab_draft WHERE id IN (
                           SELECT id FROM collab_draft WHERE user_id = %s ORDER BY date DESC, id DESC OFFSET %s)""",
                    self.env.uid,
                    DRAFTS_MAX,
                )
            )

    @api.model
    def _of(self, form):
        """:return str | None: what the current user has typed in a form and not sent"""
        rows = self.env.execute_query(
            SQL("SELECT content FROM collab_draft WHERE user_id = %s AND form = %s", self.env.uid, form)
        )
        return rows[0][0] if rows else None

    @api.model
    def _drop(self, form):
        """Forget what the current user has typed in a form: it has been sent, or is given up."""
        self.env.cr.execute(SQL("DELETE FROM collab_draft WHERE user_id = %s AND form = %s", self.env.uid, form))

    @api.autovacuum
    def _gc_old(self):
        self.search([("date", "<", fields.Datetime.now() - timedelta(days=KEPT_DAYS))]).unlink()
