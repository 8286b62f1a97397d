from odoo import api, models


class CollabAuthorMixin(models.AbstractModel):
    """How pages name the people who have written, flagged or moderated something."""

    _name = "collab.author.mixin"
    _description = "Names of authors"

    @api.model
    def _authors(self, users):
        """:return dict[int, tuple[str, str]]: by account, the name and organisation that pages show"""
        return {user: shown[:2] for user, shown in self._people(users).items()}

    @api.model
    def _people(self, users):
        """:return dict[int, tuple[str, str, int]]: by account, the name and organisation that pages show, and the
        number of his page, or zero"""
        known = self.env["collab.member"]._named_by_account(users.ids)
        # sudo: only to know which accounts are closed; the platform's own is never active, and is not one of them
        unknown = users.filtered(lambda user: user.id not in known and not user._is_superuser())
        left = unknown.sudo().filtered(lambda user: not user.active).ids if unknown else ()
        gone = self.env["collab.member"]._departed_name()
        return {
            user: (gone, "", 0) if user in left else tuple(shown or "" for shown in known.get(user, ("", "", 0)))
            for user in users.ids
        }
