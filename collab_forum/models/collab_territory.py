from odoo import models


class CollabTerritory(models.Model):
    _inherit = "collab.territory"

    def _uses(self):
        # sudo: counted, and not told; what is in the bin counts too
        posts = self.env["forum.post"].sudo().with_context(active_test=False)
        asked = posts.search_count([("territory_id", "in", self.ids)])
        said = self.env._("%s questions have been asked about it.", asked)
        return [*super()._uses(), *self._said(asked, self.env._("1 question has been asked about it."), said)]
