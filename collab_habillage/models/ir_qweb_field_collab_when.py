from babel.dates import format_date

from odoo import api, fields, models


class IrQwebFieldCollabWhen(models.AbstractModel):
    """Shows a recent date as one would say it: today, yesterday, Monday, 13 Nov."""

    _name = "ir.qweb.field.collab_when"
    _description = "Qweb field: a recent moment in words"
    _inherit = ["ir.qweb.field"]

    @api.model
    def value_to_html(self, value, options):
        """:param datetime | None value: UTC
        :return str: the day, in the time zone and the language of the reader"""
        if not value:
            return ""
        day = fields.Datetime.context_timestamp(self, value).date()
        today = fields.Date.context_today(self)
        age = (today - day).days
        if age == 0:
            return self.env._("today")
        if age == 1:
            return self.env._("yesterday")
        if 1 < age < 7:
            pattern = "EEEE"
        else:
            pattern = "d MMM" if day.year == today.year else "d MMM y"
        return format_date(day, pattern, locale=self.env.context.get("lang") or "fr_FR")
