from odoo import api, fields, models

from odoo.addons.collab_reseaux.models.collab_desk import Waiting
from odoo.addons.collab_reseaux.moments import paris_day, say_day

ORGANISATIONS = "collab_reseaux.res_partner_organisation_action"


class CollabDesk(models.AbstractModel):
    _inherit = "collab.desk"

    @api.model
    def _waiting(self):
        number = self.env["res.partner"].search_count([("is_to_place", "=", True), ("is_company", "=", True)])
        words = self.env._("organisation to place by hand")
        if number != 1:
            words = self.env._("organisations to place by hand")
        detail = self.env._("The service of addresses has not found them.")
        return [*super()._waiting(), Waiting(number, words, ORGANISATIONS, "to_place", detail), *self._service_away()]

    @api.model
    def _service_away(self):
        """:return list[Waiting]: for administrators, that the service of addresses does not answer"""
        # sudo: a note of the platform
        since = self.env["ir.config_parameter"].sudo().get_param("collab_annuaire.geocoder_away")
        if not since or not self.env["base.geocoder"]._is_on() or not self.env.user._has_role("administrator"):
            return []
        words = self.env._("service of addresses that does not answer")
        detail = self.env._(
            "Since %s. It is asked again each hour.", say_day(paris_day(fields.Datetime.to_datetime(since)))
        )
        return [Waiting(1, words, "collab_reseaux.res_config_settings_action", detail=detail)]
