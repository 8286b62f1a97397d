from datetime import timedelta

from odoo import api, fields, models, tools
from odoo.tools import SQL

from odoo.addons.collab_reseaux.moments import today

# Two months of 31 days: enough to count who has come back from one month to the next.
KEPT_DAYS = 62


class CollabFact(models.Model):
    """Somebody has done a kind of thing on a day; the row does not say on which content, nor how often. It serves to
    count people, and is deleted after two months; ``collab.activity`` keeps the numbers, without names."""

    _name = "collab.fact"
    _description = "What somebody has done on a day"
    _rec_name = "kind"
    _log_access = False

    user_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="cascade")
    day = fields.Date(required=True, readonly=True, help="In Paris.")
    kind = fields.Char(
        required=True, readonly=True, help="come, read, write, search, miss (nothing found) or open (a result)."
    )
    content = fields.Char(readonly=True, help="How addresses name the kind of content; empty when somebody comes.")

    _once = models.UniqueIndex("(day, user_id, kind, content)")

    @api.model
    def _note(self, kind, content=""):
        """Note that the current user does something today. Noted twice on a day, it is there only once.

        :param str kind: as the field
        :param str content: how addresses name the kind of content
        """
        # Somebody whose request runs in sudo is still counted; jobs (the superuser) and visitors are not.
        if self.env.user._is_superuser() or self.env.user._is_public():
            return
        day = today()
        noted, fact = self._noted(), (self.env.uid, kind, content)
        if fact in noted.get(day, ()):
            return
        if self.env.cr.readonly:
            # Core answers the first page in a read-only transaction: another one writes this once it has ended.
            self.env.cr.postcommit.add(lambda: self._note_apart(kind, content))
            return
        self.env.cr.execute(
            SQL(
                "INSERT INTO collab_fact (user_id, day, kind, content) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
                self.env.uid,
                day,
                kind,
                content,
            )
        )

        def remember():
            if day not in noted:
                noted.clear()
            noted.setdefault(day, set()).add(fact)

        # Only after the commit: if the transaction fails, the row is not there.
        self.env.cr.postcommit.add(remember)

    @api.model
    def _note_apart(self, kind, content):
        """As ``_note``, in a transaction of its own."""
        with self.env.registry.cursor() as cr:
            self.with_env(self.env(cr=cr))._note(kind, content)

    @api.model
    @tools.ormcache()
    def _noted(self):
        """:return dict[date, set[tuple]]: the facts of today that this process has written, so that it does not write
        them again at each request"""
        return {}

    @api.autovacuum
    def _gc_old(self):
        self.search([("day", "<", today() - timedelta(days=KEPT_DAYS))]).unlink()
