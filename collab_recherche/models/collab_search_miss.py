import re

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL, hmac

from odoo.addons.collab_reseaux.moments import today
from odoo.addons.collab_reseaux.names import plain

SCOPE = "collab_recherche-miss"
KEPT_MONTHS = 12
# What is longer is a text that somebody has pasted.
CHARS_MAX = 80
# An e-mail; a phone, a file or a social security number, however its digits are parted. A year is none of these.
PRIVATE = re.compile(r"\S*@\S*|\+?\d(?:[\s./-]?\d){4,}")


class CollabSearchMiss(models.Model):
    """Words with which somebody has found nothing in a month. Who it was is not there: only a digest, which tells two
    people from each other within this month. Nobody reads these rows (``collab.search.missed``)."""

    _name = "collab.search.miss"
    _description = "Search without result"
    _rec_name = "words"
    _log_access = False

    words = fields.Char(required=True, readonly=True, help="Without capitals, accents and signs.")
    month = fields.Date(required=True, readonly=True, help="Its first day, in Paris.")
    digest = fields.Char(required=True, readonly=True, help="Of the person, with a secret of the database.")

    _once = models.UniqueIndex("(words, month, digest)")

    @api.model
    def _note(self, typed):
        """Note that the current user has found nothing.

        :param str typed: what he has looked for; what looks like an e-mail or a number of somebody is left out
        """
        words = self._noted(typed)
        if not words:
            return
        month = today().replace(day=1)
        # sudo: the secret of the database. With the words: two searches of one person cannot be joined.
        digest = hmac(self.sudo().env, SCOPE, (self.env.uid, month.isoformat(), words))
        self.env.cr.execute(
            SQL(
                "INSERT INTO collab_search_miss (words, month, digest) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
                words,
                month,
                digest,
            )
        )

    @api.model
    def _noted(self, typed):
        """:return str: what is noted of these words; empty when that is nothing"""
        words = " ".join(re.findall(r"[^\W_]+", plain(PRIVATE.sub(" ", typed))))
        return words if len(words) <= CHARS_MAX else ""

    @api.autovacuum
    def _gc_old(self):
        self.search([("month", "<", today().replace(day=1) - relativedelta(months=KEPT_MONTHS))]).unlink()
