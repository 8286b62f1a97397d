from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.collab_reseaux.names import is_signed_with_role

# What others read of a person wherever he has written, whatever he shows of the rest.
SHOWN = ("firstname", "lastname", "function")


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.constrains("name", "firstname", "lastname")
    def _check_name_tells_no_role(self):
        """Nobody gives a person the name that the platform gives to those of the federations."""
        if self.env.uid == SUPERUSER_ID:
            # The platform; in sudo, somebody asks all the same.
            return
        # sudo: whoever writes a contact may not read accounts
        for person in self.sudo().with_context(active_test=False):
            if person.user_ids and is_signed_with_role(person.name):
                raise ValidationError(
                    self.env._("“%s” tells a role within a bracket. Write the name without the role.", person.name)
                )

    def write(self, vals):
        """Write down each change of name of whoever has an account, whoever makes it."""
        if not self.env.su:
            # sudo: whether somebody is erased, whoever asks
            if any(self.sudo().with_context(active_test=False).user_ids.mapped("forgotten_date")):
                raise UserError(self.env._("This account has been erased: nothing is written in it any more."))
        # Whether somebody is there depends on his account, which has its own steps.
        if "active" in vals and not self.env.su:
            # sudo: whether it is a person, whoever asks
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
        """Who is suspended changes nothing that others see, but may take his photo away. A name by which he could be
        taken for somebody of the federations waits until one of them accepts it."""
        changes = super()._reviewed(changes)
        # sudo: his own, of which members may read less than they may change
        person = self.sudo()
        if changes.get("image_1920") or any(changes[name] != person[name] for name in SHOWN if name in changes):
            self.env.user._check_may_write()
        names = {name: changes.get(name, self[name]) for name in ("firstname", "lastname")}
        waits = self.env["collab.name.request"]._ask(names["firstname"], names["lastname"])
        return {name: value for name, value in changes.items() if not (waits and name in names)}
