from odoo import fields, models

from ..calls import CHOOSE, READ, WRITE, opened


class CollabOrganisationKind(models.Model):
    """What sort of organisation it is: a work integration site, a day centre. One organisation may be of several."""

    _name = "collab.organisation.kind"
    _inherit = "collab.label.mixin"
    _description = "Type of organisation"
    _order = "sequence, id"
    _listed_in = "collab_reseaux.collab_organisation_kind_action"
    _calls = opened("moderator", *CHOOSE) | opened("administrator", *READ, *WRITE, "action_restore", "action_retire")
    _creates = _writes = opened("administrator", "name", "sequence")

    sequence = fields.Integer(default=10)

    _name_unique = models.UniqueIndex("(name)", "This type of organisation already exists.")

    def _archived_name(self):
        return self.env._("%s (archived type)", self.name)

    def _uses(self):
        # sudo: those that are closed to whoever asks count too
        Partner = self.env["res.partner"].sudo().with_context(active_test=False)
        number = Partner.search_count([("kind_ids", "in", self.ids)])
        several = self.env._("%s organisations are of this type.", number)
        return [*super()._uses(), *self._said(number, self.env._("1 organisation is of this type."), several)]

    def _remedy(self):
        return self.env._("Archive it instead.")

    def _archive_consequence(self):
        return self.env._("Nobody will choose it any more. The organisations of this type keep it. You can restore it.")
