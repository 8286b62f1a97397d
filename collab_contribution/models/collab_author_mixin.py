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
    def _short_names(self, users):
        """:return dict[int, str]: by account, the name that lists show"""
        known = self.env["collab.member"]._named_by_account(users.ids)
        people = self._people(users)
        named = {user: known[user][3] if user in known else people[user][0] for user in users.ids}
        # An account that has been deleted has left no number.
        return {False: self.env["collab.member"]._departed_name(), **named}

    @api.model
    def _initials(self, name):
        """:return str: one or two letters, shown in place of a photo"""
        return "".join(part[0] for part in name.split()[:2]).upper()

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
            user: (gone, "", 0) if user in left else tuple(shown or "" for shown in known.get(user, ("", "", 0))[:3])
            for user in users.ids
        }
