from odoo import api, models

from odoo.addons.collab_suivi.content import Entry


class CollabContents(models.AbstractModel):
    _inherit = "collab.contents"

    @api.model
    def _menu(self):
        """Moderators have an entry more, which says how much awaits them."""
        entries = super()._menu()
        if self.env.user.has_group("collab_reseaux.group_moderator"):
            name, icon = self.env._("Moderation"), "M12 4l7 3v5c0 4-3 7-7 8-4-1-7-4-7-8V7z"
            entries += (Entry("moderation", "/moderation", name, icon, self.env["collab.queue"]._count()),)
        return entries
