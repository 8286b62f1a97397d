from odoo import models
from odoo.exceptions import AccessError, UserError


class ResPartner(models.Model):
    _inherit = "res.partner"

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
        """A name that somebody of the federations bears waits until one of them accepts it."""
        changes = super()._reviewed(changes)
        names = {name: changes.get(name, self[name]) for name in ("firstname", "lastname")}
        waits = self.env["collab.name.request"]._ask(names["firstname"], names["lastname"])
        return {name: value for name, value in changes.items() if not (waits and name in names)}
