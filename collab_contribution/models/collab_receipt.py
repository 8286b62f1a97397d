import hashlib
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

KEPT_DAYS = 2


class CollabReceipt(models.Model):
    """What a form has created, so that a form that is sent twice (double click, slow connection) creates it once."""

    _name = "collab.receipt"
    _description = "Receipt of a form"
    _rec_name = "key"

    key = fields.Char(required=True, readonly=True)
    res_id = fields.Integer(string="What it made", readonly=True)
    date = fields.Datetime(required=True, readonly=True)

    _once = models.UniqueIndex("(key)", "This form has been received already.")

    @api.model
    def _make_once(self, token, typed, make):
        """Do what a form asks, unless it has been done.

        :param str token: the page gave it to the form; without a token, nothing is remembered
        :param Iterable[str] typed: what was typed. Somebody who goes back to the same page and types something else
            sends another form.
        :param Callable[[], int] make: does it, and returns the identifier of what it has created
        :return int: that identifier, of now or of the first time
        :raises SerializationFailure: another request is doing it: Odoo then replays this one, which finds it done
        """
        if not token:
            return make()
        key = hashlib.sha256("\0".join([str(self.env.uid), token, *typed]).encode("utf-8", "replace")).hexdigest()
        self.env.cr.execute(
            SQL(
                """INSERT INTO collab_receipt (key, date) VALUES (%s, %s)
                   ON CONFLICT (key) DO UPDATE SET date = excluded.date RETURNING id, res_id""",
                key,
                fields.Datetime.now(),
            )
        )
        [(receipt, made)] = self.env.cr.fetchall()
        if not made:
            made = make()
            self.env.cr.execute(SQL("UPDATE collab_receipt SET res_id = %s WHERE id = %s", made, receipt))
        return made

    @api.autovacuum
    def _gc_old(self):
        self.search([("date", "<", fields.Datetime.now() - timedelta(days=KEPT_DAYS))]).unlink()
