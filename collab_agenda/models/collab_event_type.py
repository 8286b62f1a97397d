from odoo import fields, models

from odoo.addons.collab_reseaux.calls import CHOOSE, READ, WRITE, opened


class CollabEventType(models.Model):
    """A kind of date: a meeting, a training day. It is what readers filter by."""

    _name = "collab.event.type"
    _inherit = "collab.label.mixin"
    _description = "Type of date"
    _order = "sequence, id"
    _listed_in = "collab_agenda.collab_event_type_action"
    _calls = opened("moderator", *CHOOSE) | opened("administrator", *READ, *WRITE, "action_restore", "action_retire")
    _creates = _writes = opened("administrator", "name", "plural", "sequence")

    plural = fields.Char(string="As a filter", help="Of several of them, above the agenda. Empty: its name.")
    sequence = fields.Integer(default=10)

    def _archived_name(self):
        return self.env._("%s (archived type)", self.name)

    def _uses(self):
        # sudo: those that are closed to whoever asks count too
        events = self.env["calendar.event"].sudo().with_context(active_test=False)
        number = events.search_count([("type_id", "in", self.ids)])
        several = self.env._("%s dates are of this type.", number)
        return [*super()._uses(), *self._said(number, self.env._("1 date is of this type."), several)]

    def _remedy(self):
        return self.env._("Archive it instead.")

    def _archive_consequence(self):
        return self.env._("Nobody will choose it any more. Its dates stay where they are. You can restore it.")
