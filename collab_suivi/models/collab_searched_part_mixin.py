from odoo import api, models


class CollabSearchedPartMixin(models.AbstractModel):
    """A part of a content in which a search finds words too: what is said under it, a file that is joined to it."""

    _name = "collab.searched.part.mixin"
    _inherit = "collab.part.mixin"
    _description = "Part of a content that a search finds"
    # When one of these changes, what a search finds may change.
    _searched_by = frozenset()

    def _searched_owners(self):
        """:return: the contents in which a search finds these parts"""
        return self[self._content_field]._searched_in()

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        parts._searched_owners()._note_searched()
        return parts

    def write(self, vals):
        is_moved = self._content_field in vals
        left = self._searched_owners() if is_moved else None
        result = super().write(vals)
        if is_moved or vals.keys() & self._searched_by:
            owners = self._searched_owners()
            (owners | left if is_moved else owners)._note_searched()
        return result

    def unlink(self):
        owners = self._searched_owners()
        result = super().unlink()
        owners._note_searched()
        return result
