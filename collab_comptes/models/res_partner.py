from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.collab_reseaux.names import is_signed_with_role

# What everybody sees of a person wherever he has written: it cannot be hidden.
SHOWN = ("firstname", "lastname", "function")


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.constrains("name", "firstname", "lastname")
    def _check_name_tells_no_role(self):
        """Refuse a name that ends like those of federation staff, such as "Anne Petit (modération)"."""
        if self.env.uid == SUPERUSER_ID:
            # The platform itself. A user in sudo keeps his uid, and is checked.
            return
        # sudo: whoever writes a contact may not read accounts
        for person in self.sudo().with_context(active_test=False):
            if person.user_ids and is_signed_with_role(person.name):
                raise ValidationError(
                    self.env._("“%s” tells a role within a bracket. Write the name without the role.", person.name)
                )

    def write(self, vals):
        """Write in the log of accounts each change of the name of a person who has an account."""
        if not self.env.su:
            # sudo: only to know whether this person was erased
            if any(self.sudo().with_context(active_test=False).user_ids.mapped("forgotten_date")):
                raise UserError(self.env._("This account has been erased: nothing is written in it any more."))
        # A person is archived by closing the account, which does more than writing this field.
        if "active" in vals and not self.env.su:
            # sudo: only to know whether this contact has an account
            if self.sudo().with_context(active_test=False).user_ids:
                raise AccessError(self.env._("Close the account of this person instead."))
        is_name = bool(vals.keys() & {"name", "firstname", "lastname"}) and not self.env.context.get("forgetting")
        # sudo: whoever writes a contact may not read accounts
        people = self.sudo().filtered("user_ids") if is_name else self.browse()
        before = {person: person.name for person in people}
        result = super().write(vals)
        for person, name in before.items():
            if person.name != name:
                person.user_ids.with_env(self.env)._note("name", before=name, after=person.name)
        return result

    def _reviewed(self, changes):
        """A suspended person may change nothing that others see, but may remove his photo. A name that looks like that
        of federation staff waits until a moderator accepts it."""
        changes = super()._reviewed(changes)
        # sudo: his own contact; members may change fields of it that they may not read
        person = self.sudo()
        if changes.get("image_1920") or any(changes[name] != person[name] for name in SHOWN if name in changes):
            self.env.user._check_may_write()
        names = {name: changes.get(name, self[name]) for name in ("firstname", "lastname")}
        waits = self.env["collab.name.request"]._ask(names["firstname"], names["lastname"])
        return {name: value for name, value in changes.items() if not (waits and name in names)}
