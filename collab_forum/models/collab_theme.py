from odoo import api, models


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

    def _forums(self):
        """:return forum.forum: those of these themes, past all rights"""
        # sudo: discussions that are closed to whoever asks count too
        return self.env["forum.forum"].sudo().with_context(active_test=False).search([("theme_id", "in", self.ids)])

    def _uses(self):
        return [*super()._uses(), *self._forums()._uses()]

    def _merge_into(self, other):
        forum = other._forums()
        for left in self._forums():
            left.env["forum.post"].search([("forum_id", "=", left.id), ("parent_id", "=", False)]).forum_id = forum
            for word in left.tag_ids:
                if same := forum.tag_ids.filtered(lambda tag, word=word: tag.name == word.name):
                    word.post_ids.tag_ids |= same
                else:
                    word.forum_id = forum
        return super()._merge_into(other)

    @api.ondelete(at_uninstall=False)
    def _unlink_forum(self):
        self._check_unused()
        self._forums().unlink()
