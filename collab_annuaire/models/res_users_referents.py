import json

from odoo import models
from odoo.exceptions import AccessError

from odoo.addons.collab_courrier.models.collab_notification import Event


class ResUsers(models.Model):
    """The account of somebody who has left an organisation is closed by one of its referents."""

    _inherit = "res.users"

    def _close_as_referent(self, organisation):
        """Close the account of a member who does not work in this organisation any more: he cannot log in, nothing is
        deleted, and an administrator may open it again. He is told, and so are the moderators.

        :param res.partner organisation:
        :raises AccessError: the current user is not a referent of it; or this is his own account, that of somebody of
            the federations, or of somebody who does not work there
        """
        self.ensure_one()
        organisation._check_referent()
        # sudo: the role and the employer of this account, to compare
        person = self.sudo()
        is_there = person.active and person.partner_id.commercial_partner_id == organisation.sudo()
        if self == self.env.user or not is_there or person._role() != "member":
            said = self.env._("Only the account of another member of your organisation is closed here.")
            raise AccessError(said)
        # sudo: the name of the organisation, which everybody may know
        name = organisation.sudo().name
        event = self._close_now(self.env._("Does not work at %s any more, says a referent.", name))
        self.env["collab.account.letter"]._write_to(self, "closed", detail=name)
        moderators = self._staff_of(organisation.sudo().network_ids)
        shown = self.env["collab.organisation"].browse(organisation.id)
        self.env["collab.notification"]._notify("team_queue", shown, Event("closed", event), moderators)

    def write(self, vals):
        result = super().write(vals)
        if vals.get("active") is False:
            # sudo: the contacts of these accounts, which whoever closes one may not read
            self.sudo().partner_id._lose_referents()
        return result

    def _write_own_data(self, archive):
        result = super()._write_own_data(archive)
        # sudo: what he has proposed, whatever he may read today
        proposed = self.env["collab.correction"].sudo().search([("user_id", "=", self.id)], order="id")
        said = [
            {
                "le": correction.create_date,
                "structure": correction.organisation_id.name,
                "propose": {row["label"]: row["after"] for row in correction._rows()},
                "phrase": correction.note or None,
                "suite": correction.state,
                "reponse": correction.answer or None,
            }
            for correction in proposed
        ]
        archive.writestr("corrections.json", json.dumps(said, ensure_ascii=False, indent=2, default=str))
        return result

    def _forget(self):
        # sudo: nobody waits for what he would have corrected; what was accepted is on the cards
        self.env["collab.correction"].sudo().search([("user_id", "=", self.id)]).unlink()
        return super()._forget()
