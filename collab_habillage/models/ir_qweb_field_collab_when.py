from functools import lru_cache

from babel.dates import format_date
from markupsafe import Markup

from odoo import api, models, tools

from odoo.addons.collab_reseaux.moments import in_paris, paris_day, today

TIME = Markup('<time datetime="%s" title="%s">%s</time>')


@lru_cache(maxsize=512)
def _in_words(day, pattern, lang):
    return format_date(day, pattern, locale=lang)


class IrQwebFieldCollabWhen(models.AbstractModel):
    """Shows a date as one would say it, today, yesterday, Monday, on 13 Nov., and the whole of it on demand."""

    _name = "ir.qweb.field.collab_when"
    _description = "Qweb field: a recent moment in words"
    _inherit = ["ir.qweb.field"]

    @api.model
    def value_to_html(self, value, options):
        """:param datetime | None value: UTC
        :return Markup: the day in Paris, as all that the platform says, in the language of the reader; its date and
            hour are its title"""
        return self._marked(value, today()) if value else Markup()

    @api.model
    @tools.ormcache("value", "day", "self.env.lang", cache="templates.cached_values")
    def _marked(self, value, day):
        """As ``value_to_html``. Lists show the same moments to everybody.

        :param date day: today, on which the words depend
        """
        moment = in_paris(value)
        lang = self.env.context.get("lang") or "fr_FR"
        whole = self.env._(
            "%(day)s at %(hour)s h %(minute)s",
            day=_in_words(moment.date(), "EEEE d MMMM y", lang),
            hour=moment.hour,
            minute=f"{moment.minute:02}",
        )
        return TIME % (f"{value.isoformat(timespec='seconds')}Z", whole, self._said(value))

    @api.model
    def _said(self, value):
        """:return str: as ``value_to_html``, for a sentence without markup"""
        lang = self.env.context.get("lang") or "fr_FR"
        day, now = paris_day(value), today()
        age = (now - day).days
        if age == 0:
            return self.env._("today")
        if age == 1:
            return self.env._("yesterday")
        if 1 < age < 7:
            return _in_words(day, "EEEE", lang)
        return self.env._("on %s", _in_words(day, "d MMM" if day.year == now.year else "d MMM y", lang))
