from datetime import UTC, datetime, time, timedelta

from odoo import fields

from odoo.addons.collab_charte.tests.common import CharterCase
from odoo.addons.collab_reseaux.moments import ZONE, today


class AgendaCase(CharterCase):
    """Ana and Bob are of the blue network, at the port; Greta is of the green one, in the hills; Mona moderates the
    blue network, Gus the green one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ana = cls._user("ana", networks=cls.blue, territories=cls.port)
        cls.bob = cls._user("bob", networks=cls.blue, territories=cls.port)
        cls.greta = cls._user("greta", networks=cls.green, territories=cls.hills)
        cls.mona = cls._user("mona", "moderator", networks=cls.blue)
        cls.gus = cls._user("gus", "moderator", networks=cls.green)
        cls.ada = cls._user("ada", "administrator")
        # What is older than an account is not new to it.
        cls.env.cr.execute("UPDATE res_users SET create_date = create_date - interval '70 days'")
        cls.env.invalidate_all()
        cls.clisson = cls.env["collab.commune"].search([("name", "=", "Clisson")])

    @classmethod
    def _kind(cls, code):
        return cls.env.ref(f"collab_agenda.type_{code}")

    @classmethod
    def _event(cls, author=None, kind="meeting", **vals):
        """:return calendar.event: written by somebody (Mona), tomorrow for two hours, and seen by the platform"""
        start = vals.pop("start", cls._in(days=1))
        vals = {"start": start, "stop": start + timedelta(hours=2), "type_id": cls._kind(kind).id, **vals}
        events = cls.env["calendar.event"].with_user(author or cls.mona).sudo(False)
        return events.create({"name": "Un rendez-vous", **vals}).sudo().with_env(cls.env)

    @classmethod
    def _as(cls, person):
        return cls.env["calendar.event"].with_user(person).sudo(False)

    @classmethod
    def _in(cls, days=0, **delay):
        """:return datetime: UTC, to the minute. Another day, at noon in Paris: late in the evening, what lasts two
        hours would be of two days"""
        if days:
            noon = datetime.combine(today() + timedelta(days=days), time(12))
            return cls._utc(noon) + timedelta(**delay)
        return (fields.Datetime.now() + timedelta(**delay)).replace(second=0)

    @classmethod
    def _series(cls, first, rule, number, lasts=timedelta(hours=2), **vals):
        """
        :param datetime first: of its dates, in Paris, naive
        :param dict rule: fields of the calendar.recurrence
        :param int number: how many dates it has
        :return calendar.event: the dates, in their order
        """
        recurrence = cls.env["calendar.recurrence"].create(
            {"event_tz": "Europe/Paris", "end_type": "count", "count": number, **rule}
        )
        slots = [slot if vals.get("allday") else cls._utc(slot) for slot in recurrence._get_rrule(dtstart=first)]
        usual = {"name": "Un rendez-vous", "type_id": cls._kind("meeting").id, **vals}
        # In sudo: as the platform writes what its author has planned once. Their rule afterwards: it would make others.
        events = cls.env["calendar.event"].with_user(cls.mona).sudo()
        made = events.create([{**usual, "start": at, "stop": at + lasts, "original_start": at} for at in slots])
        made.write({"recurrence_id": recurrence.id, "recurrency": True})
        return made.with_env(cls.env)

    @classmethod
    def _utc(cls, there):
        """:param datetime there: in Paris, naive
        :return datetime: UTC, naive"""
        return there.replace(tzinfo=ZONE).astimezone(UTC).replace(tzinfo=None)
