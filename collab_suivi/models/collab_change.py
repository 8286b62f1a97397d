from odoo import api, fields, models
from odoo.tools import SQL

KEPT_ROWS = 200


class CollabChange(models.Model):
    """One row for each change of a kind of content: numbers counted before it may be wrong.

    The row is written in the same transaction as the change, so that whoever sees one sees the other. A number that is
    kept with the state of these rows is therefore the one that the reader would count himself.
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
        """:return str: the state of a kind of content, another one as soon as something has changed"""
        kept = self.env.cr.cache
        if "collab.change" not in kept:
            self._keep(dict(self.env.execute_query(self._states_query())))
        return kept["collab.change"].get(model, "")

    @api.model
    def _states_query(self):
        """:return SQL: a query that gives the states of all kinds of content: ``res_model`` and ``state``"""
        return SQL(
            "SELECT res_model, concat_ws(' ', count(*), max(id), sum(id)) AS state"
            " FROM collab_change GROUP BY res_model"
        )

    @api.model
    def _keep(self, states):
        """Keep the states of all kinds of content for the whole transaction: PostgreSQL does not show it what others
        change meanwhile (REPEATABLE READ).

        :param dict[str, str] states: by model
        """
        self.env.cr.cache["collab.change"] = states

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
