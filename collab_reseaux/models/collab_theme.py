from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..calls import CHOOSE, READ, WRITE, opened


class CollabTheme(models.Model):
    """A subject that members work on, by which everything they share is classified."""

    _name = "collab.theme"
    _inherit = "collab.label.mixin"
    _description = "Theme"
    _order = "sequence, name"
    _listed_in = "collab_reseaux.collab_theme_action"
    _merged_by = "theme_id"
    _calls = opened("moderator", *CHOOSE) | opened("administrator", *READ, *WRITE, "action_restore", "action_retire")
    _creates = _writes = opened("administrator", "name", "sequence")

    sequence = fields.Integer(default=10)

    _name_unique = models.UniqueIndex("(name)", "This theme already exists.")

    def _archived_name(self):
        return self.env._("%s (archived theme)", self.name)

    def _uses(self):
        helpers = len(self._helpers())
        return [
            *super()._uses(),
            *self._said(
                helpers, self.env._("1 person can help with it."), self.env._("%s people can help with it.", helpers)
            ),
        ]

    def _helpers(self):
        """:return res.partner: those who have said that they can help with these, in sudo"""
        # sudo: a number is shown, and a merge moves them all
        return (
            self.env["res.partner"].sudo().with_context(active_test=False).search([("help_theme_ids", "in", self.ids)])
        )

    def _remedy(self):
        return self.env._("Archive it, or merge it into another theme.")

    def _archive_consequence(self):
        return self.env._("Nobody will choose it any more. What is about it stays where it is. You can restore it.")

    def _merge_into(self, other):
        """Delete these themes, once the modules that use them have moved their contents to another one.

        :param collab.theme other: takes their place
        :raises UserError: it is archived
        """
        if not other.active:
            raise UserError(self.env._("“%s” is archived: choose another theme.", other.name))
        self._helpers().write({"help_theme_ids": [*map(Command.unlink, self.ids), Command.link(other.id)]})
        # sudo: clients may not delete a theme; the model checks that nothing uses these any more
        self.sudo().unlink()
