from odoo import models

from odoo.addons.collab_reseaux.moments import paris_day, say_days, say_span


class CalendarEvent(models.Model):
    """The days of a date, in Paris. Of a whole day core keeps the days alone, at hours that mean nothing."""

    _inherit = "calendar.event"

    def _day_of(self, moment):
        """:param datetime moment: its start or its stop
        :return date:"""
        return moment.date() if self.allday else paris_day(moment)

    def _span(self):
        """:return tuple[str, str]: as ``say_span``"""
        if self.allday:
            return say_days(*self._days())
        return say_span(self.start, self.stop)

    def _case_facts(self):
        """A moderator accepts a day and a place, not only words."""
        facts = [
            (self.env._("When"), self.env._("To be chosen") if self.is_poll else ", ".join(self._span())),
            (self.env._("Repeated"), self._series_words()),
            (self.env._("Where"), self._address()),
            (self.env._("Type"), self.env["collab.event.type"]._names().get(self.type_id.id)),
            (self.env._("Organised by"), self._organiser_name()),
        ]
        # The address is said with its commune.
        others = {name: said for name, said in self._other_words().items() if name != "place"}
        return [*((label, said) for label, said in facts if said), *self._labelled(others)]

    def _organiser_name(self):
        """:return str: of its network; empty when nobody has said it"""
        networks = self.env["collab.network"]._all_branding()
        return next((one["name"] for one in networks if one["id"] == self.organiser_id.id), "")
