from odoo import api, models
from odoo.fields import Domain

from odoo.addons.collab_reseaux.models.collab_desk import Waiting


class CollabDesk(models.AbstractModel):
    _inherit = "collab.desk"

    @api.model
    def _waiting(self):
        Partner, list_of = self.env["res.partner"], "collab_reseaux.res_partner_organisation_action"
        # Those of Odoo's own company are no members, and this list leaves them out.
        ours = Domain("id", "not in", Partner._of_odoo().ids)
        corrections = self.env["collab.correction"].search_count([("state", "=", "waiting")])
        late = Partner.search_count(Partner._team_late_domain() & ours)
        alone = Partner.search_count(Partner._without_referent_domain() & ours)
        return [
            *super()._waiting(),
            Waiting(
                corrections,
                self.env._("correction to look at") if corrections == 1 else self.env._("corrections to look at"),
                "collab_annuaire.collab_correction_action",
                "waiting",
                detail=self.env._("proposed by members"),
            ),
            Waiting(
                late,
                self.env._("organisation whose referents do not answer")
                if late == 1
                else self.env._("organisations whose referents do not answer"),
                list_of,
                "team_late",
                detail=self.env._("asked a month ago who still works there"),
            ),
            Waiting(
                alone,
                self.env._("organisation without a referent")
                if alone == 1
                else self.env._("organisations without a referent"),
                list_of,
                "no_referent",
                detail=self.env._("nobody says who works there"),
            ),
        ]
