from odoo import api, fields, models
from odoo.tools import SQL

KEPT_ROWS = 200


class CollabChange(models.Model):
    """A row for each transaction that changed a kind of content: what has been counted before is then stale.

    A row is seen when, and only when, the change itself is: a count that is kept with the state of these rows is never
    older than what its reader would count himself.
    """

    _name = "collab.change"
    _description = "Change of contents"
    _rec_name = "res_model"

    res_model = fields.Char(string="Model", required=True, readonly=True, index=True)

    @api.model
    def _note(self, model):
        """:param str model: whose contents have changed"""
        self.env.cr.execute(SQL("INSERT INTO collab_change (res_model) VALUES (%s)", model))
        self.env.cr.cache.pop("collab.change", None)

    @api.model
    def _state(self, model):
        """:return tuple: different as soon as something has changed; that of all contents is read at once"""
        # Within a transaction, nobody else's change is seen: PostgreSQL shows what was there when it began.
        states = self.env.cr.cache.get("collab.change")
        if states is None:
            rows = self.env.execute_query(
                SQL("SELECT res_model, count(*), max(id), sum(id) FROM collab_change GROUP BY res_model")
            )
            states = self.env.cr.cache["collab.change"] = {name: tuple(state) for name, *state in rows}
        return states.get(model, (0, None, None))

    @api.autovacuum
    def _gc_old(self):
        self.env.cr.execute(
            SQL(
                """DELETE FROM collab_change WHERE id IN (
                       SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY res_model ORDER BY id DESC) AS rank
                                         FROM collab_change) ranked WHERE rank > %s)""",
                KEPT_ROWS,
            )
        )
