from odoo import models


class CalendarRecurrence(models.Model):
    _inherit = "calendar.recurrence"

    def write(self, vals):
        result = super().write(vals)
        # A calendar is given the rule, and not only the days.
        self.env["calendar.event"]._note_change()
        return result
