from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

# As many as one looks through.
KEPT = 10


class CollabSearchRecent(models.Model):
    """What a person has looked for lately: for him alone, until he erases it."""

    _name = "collab.search.recent"
    _description = "Recent search"
    _rec_name = "words"
    _order = "date desc, id desc"
    _log_access = False

    user_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="cascade")
    words = fields.Char(required=True, readonly=True, help="As they were typed.")
    date = fields.Datetime(required=True, readonly=True)

    # Whatever the capitals.
    _once = models.UniqueIndex("(user_id, lower(words))")

    @api.model
    def _keep(self, words):
        """Keep what the current user looks for, as the latest one; the oldest ones leave."""
        self.env.cr.execute(
            SQL(
                """INSERT INTO collab_search_recent (user_id, words, date)
                   -- Two in one second stay in their order.
                   VALUES (%(user)s, %(words)s, clock_timestamp() AT TIME ZONE 'UTC')
                   ON CONFLICT (user_id, lower(words)) DO UPDATE SET words = excluded.words, date = excluded.date""",
                user=self.env.uid,
                words=words,
            )
        )
        self.env.cr.execute(
            SQL(
                """DELETE FROM collab_search_recent WHERE id IN (
                       SELECT id FROM collab_search_recent WHERE user_id = %s ORDER BY date DESC, id DESC OFFSET %s)""",
                self.env.uid,
                KEPT,
            )
        )

    @api.model
    def _own(self):
        """:return list[tuple[int, str]]: identifier and words of what the current user has looked for, the latest
        first"""
        return self.env.execute_query(
            SQL(
                "SELECT id, words FROM collab_search_recent WHERE user_id = %s ORDER BY date DESC, id DESC",
                self.env.uid,
            )
        )

    @api.model
    def _erase(self, number=None):
        """Erase what the current user has looked for.

        :param int | None number: the identifier of one; None: all of them
        """
        mine = Domain("user_id", "=", self.env.uid)
        # sudo: his own, which members may not delete
        self.sudo().search(mine & Domain("id", "=", number) if number else mine).unlink()
