from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.collab_reseaux.calls import READ, opened

# With fewer, the words could tell who has typed them.
PEOPLE_MIN = 5


class CollabSearchMissed(models.Model):
    """Words with which several people have found nothing in a month: what members look for, and nobody has shared.
    Rarer ones are not in this table, which SQL makes without them: no protocol reads them."""

    _name = "collab.search.missed"
    _description = "Searches without result"
    _auto = False
    _rec_name = "words"
    _order = "month desc, people desc, id"
    _depends = {"collab.search.miss": ["words", "month", "digest"]}
    _calls = opened("administrator", *READ)

    words = fields.Char(readonly=True)
    month = fields.Date(readonly=True)
    people = fields.Integer(readonly=True, help="How many people have looked for it and found nothing.")

    @property
    def _table_query(self):
        return SQL(
            """SELECT min(id) AS id, words, month, count(*)::integer AS people
                 FROM collab_search_miss GROUP BY words, month HAVING count(*) >= %s""",
            PEOPLE_MIN,
        )
