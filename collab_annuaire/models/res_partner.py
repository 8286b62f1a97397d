from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command, Domain

from odoo.addons.collab_reseaux.calls import opened


class ResPartner(models.Model):
    """The referents of an organisation: people who work there, and who keep what the others read of it up to date."""

    _inherit = "res.partner"
    _creates = _writes = opened("moderator", "referent_ids")

    referent_ids = fields.Many2many(
        "res.partner",
        "collab_partner_referent_rel",
        "organisation_id",
        "person_id",
        string="Referents",
        help="They correct the card of the organisation, and say twice a year who still works there. One who leaves is "
        "not a referent any more.",
    )

    @api.constrains("referent_ids")
    def _check_referents(self):
        # sudo: accounts, which whoever names a referent may not read
        for organisation in self.sudo():
            if strangers := organisation.referent_ids - organisation._present():
                raise ValidationError(
                    self.env._(
                        "%s: a referent works in the organisation, and has an account.",
                        ", ".join(strangers.mapped("name")),
                    )
                )

    def _present(self):
        """:return res.partner: in sudo: the people of this organisation who have an account that is not closed"""
        # sudo: accounts; callers show only what the reader may know
        here = self.sudo()
        if not here.is_company:
            return here.browse()
        accounts = (
            here.env["res.users"]
            .with_context(active_test=True)
            .search([("partner_id.commercial_partner_id", "=", here.id)])
        )
        return accounts.partner_id - here

    def _all_accounts(self):
        """:return res.users: the accounts of all who work, or have worked, in this organisation: what they have shared
        stays under its name"""
        # sudo: only their numbers are used, to find contents that the reader may read
        accounts = self.env["res.users"].sudo().with_context(active_test=False)
        return accounts.search([("partner_id.commercial_partner_id", "=", self.id)]).with_env(self.env)

    def _referents(self):
        """:return res.users: in sudo: the accounts of those who are still referents of this organisation"""
        # sudo: as above
        return (self.sudo().referent_ids & self._present()).user_ids.filtered("active")

    def _is_referent(self):
        """:return bool: the current user is a referent of this organisation, today"""
        self.ensure_one()
        return self.env.user in self._referents()

    def _check_referent(self):
        """:raises AccessError: the current user is not a referent of this organisation"""
        if not self._is_referent():
            raise AccessError(self.env._("Only the referents of this organisation do this."))

    def _check_shown(self):
        """:raises MissingError: the current user does not see this organisation: it is archived, or is none"""
        self.ensure_one()
        if not self.env["collab.organisation"].search_count([("id", "=", self.id)]):
            raise self._missing_error()

    def _lose_referents(self):
        """Let these people be referents only where they still work."""
        # sudo: whoever closes an account, or moves a person, may not write the organisation
        people = self.sudo()
        for organisation in people.search([("referent_ids", "in", people.ids)]):
            left = (organisation.referent_ids & people) - organisation._present()
            organisation.referent_ids = [Command.unlink(person.id) for person in left]

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"parent_id", "active"}:
            self._lose_referents()
        return result

    @api.model
    def _without_referent_domain(self):
        """:return Domain: the organisations where people work and nobody is a referent"""
        return Domain("is_company", "=", True) & Domain("member_ids", "!=", False) & Domain("referent_ids", "=", False)
