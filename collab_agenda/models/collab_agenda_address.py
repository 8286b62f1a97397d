from datetime import datetime, timedelta
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import SQL, hmac
from odoo.tools.misc import consteq

from odoo.addons.collab_habillage.paging import number_in

# Part of the signature of the addresses: if it changes, nobody's calendar is filled any more.
SCOPE = "collab_agenda.address"
SEAL_CHARS = 32
# What a calendar holds: all that one may read, where one has registered, or what concerns one network (by its number).
ALL, MINE, NETWORK = "tout", "inscriptions", "reseau-"
SECOND = timedelta(seconds=1)


class Subscription(NamedTuple):
    """What an address opens."""

    person: object  # the res.users whose rights decide, with an account that is open
    which: str
    held: str | None  # what it held when somebody last asked, as a fingerprint, and since when
    since: datetime | None


class CollabAgendaAddress(models.Model):
    """The secret addresses by which the calendars of a person take the agenda.

    The base holds no address: an address names the person and what it gives, and a signature covers both with a number,
    which changes when the person renews them. A row is made when an address is first used, or renewed.
    """

    _name = "collab.agenda.address"
    _description = "Subscription to the agenda"
    _rec_name = "which"

    user_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="cascade")
    which = fields.Char(string="What it gives", required=True, readonly=True)
    generation = fields.Integer(readonly=True, help="How many times this person has renewed the addresses.")
    held = fields.Char(string="What it held", readonly=True, help="A fingerprint: as long as it is the same, so is it.")
    since = fields.Datetime(readonly=True)

    _once = models.UniqueIndex("(user_id, which)", "There is one subscription of each kind.")

    @api.model
    def _of(self, person, which=ALL):
        """
        :param res.users person:
        :param str which: what it gives
        :return str: the address, which is a secret of this person
        """
        generation = self._generation(self._rows(person.id))
        return f"{self.get_base_url()}/agenda/flux/{self._key(person.id, which, generation)}.ics"

    @api.model
    def _renew(self, person):
        """Close all the addresses of a person at once; there are others from then on.

        :param res.users person:
        """
        generation = self._generation(self._rows(person.id)) + 1
        self.env.cr.execute(
            SQL(
                """INSERT INTO collab_agenda_address (user_id, which, generation) VALUES (%s, %s, %s)
                   ON CONFLICT (user_id, which) DO UPDATE SET generation = excluded.generation""",
                person.id,
                ALL,
                generation,
            )
        )
        self.invalidate_model()

    @api.model
    def _person_of(self, key):
        """
        :param str key: the end of an address
        :return Subscription | None: None: there is no such address any more, or never was, or whoever had it has no
            account now. Whether the person may read anything is for the caller to ask.
        """
        said, _dash, _seal = key.rpartition("-")
        named, _dash, which = said.partition("-")
        number = number_in(named)
        if not number:
            return None
        rows = self._rows(number)
        if not rows or not rows[0][0]:
            return None
        expected = self._key(number, which, self._generation(rows))
        if not consteq(key.encode(), expected.encode()):
            return None
        [[held, since]] = [row[3:] for row in rows if row[1] == which] or [(None, None)]
        return Subscription(self.env["res.users"].browse(number), which, held, since)

    @api.model
    def _note(self, subscription, held):
        """Note what an address gives now.

        :param Subscription subscription: of the address
        :param str held: the fingerprint of what it gives
        :return datetime: since when it is the same, in UTC, naive
        """
        if held == subscription.held:
            return subscription.since
        since = fields.Datetime.now()
        if subscription.since:
            # HTTP has no dates between two seconds.
            since = max(since, subscription.since + SECOND)
        self.env.cr.execute(
            SQL(
                """INSERT INTO collab_agenda_address (user_id, which, generation, held, since)
                   VALUES (%s, %s, 0, %s, %s)
                   ON CONFLICT (user_id, which) DO UPDATE SET held = excluded.held, since = excluded.since""",
                subscription.person.id,
                subscription.which,
                held,
                since,
            )
        )
        self.invalidate_model()
        return since

    @api.model
    def _rows(self, number):
        """:return list[tuple]: of the account of this number, whether it is open; then, of each of its subscriptions,
        what it gives, generation, fingerprint and since when: one row without these if it has none"""
        Users = self.env["res.users"]
        return self.env.execute_query(
            SQL(
                """SELECT account.active, address.which, address.generation, address.held, address.since
                     FROM res_users account LEFT JOIN collab_agenda_address address ON address.user_id = account.id
                    WHERE account.id = %s""",
                number,
                to_flush=Users._fields["active"],
            )
        )

    @api.model
    def _generation(self, rows):
        """:param list[tuple] rows: as ``_rows``"""
        return max(row[2] or 0 for row in rows)

    @api.model
    def _key(self, number, which, generation):
        said = f"{number}-{which}"
        # sudo: the signature needs the secret of the platform, which nobody may read
        seal = hmac(self.sudo().env, SCOPE, f"{said}-{generation}")
        return f"{said}-{seal[:SEAL_CHARS]}"
