from odoo import api, models
from odoo.exceptions import UserError


class CollabTheme(models.Model):
    _inherit = "collab.theme"

    @api.model_create_multi
    def create(self, vals_list):
        themes = super().create(vals_list)
        # sudo: whoever makes a theme makes its forum
        self.env["forum.forum"].sudo().create([{"theme_id": theme.id} for theme in themes])
        return themes

    def write(self, vals):
        result = super().write(vals)
        if "name" in vals:
            # sudo: as above
            self.env["forum.forum"].sudo().search([("theme_id", "in", self.ids)])._take_names()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_forum(self):
        # sudo: discussions that are closed to whoever deletes count too
        everything = self.env["forum.forum"].sudo().with_context(active_test=False)
        forums = everything.search([("theme_id", "in", self.ids)])
        if everything.env["forum.post"].search_count([("forum_id", "in", forums.ids)], limit=1):
            raise UserError(self.env._("People have discussed this theme: archive it instead."))
        forums.unlink()
