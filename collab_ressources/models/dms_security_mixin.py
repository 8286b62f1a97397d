from odoo import api, models
from odoo.fields import Domain


class DmsSecurityMixin(models.AbstractModel):
    _inherit = "dms.security.mixin"

    def _check_access(self, operation):
        """Evaluate the record rules, which dms never does here.

        Core evaluates rules with ``sudo().filtered_domain()``, and dms answers "all of them" to any filter in sudo:
        ``has_access()`` was always true, and what relies on it (comments, attachments, thumbnails) leaked.
        """
        result = super()._check_access(operation)
        if result or self.env.su or not any(self._ids):
            return result
        Rule = self.env["ir.rule"]
        domain = Domain("id", "in", self.ids) & Rule._compute_domain(self._name, operation)
        # In sudo, or the rules would be applied twice; the domain is that of the current user.
        allowed = self.sudo().with_context(active_test=False).search(domain)
        forbidden = self - self.browse(allowed.ids)
        if forbidden:
            return self._like_missing(forbidden, lambda: Rule._make_access_error(operation, forbidden))
        return result

    def _check_access_dms_record(self, operation):
        """Ask about these records; dms lists all those that the person may change, then looks for these among them."""
        if not self.env.su and (refused := self._check_access(operation)):
            raise refused[1]()

    @api.model
    def _access_groups_domain(self, field, operation):
        """Turn the condition of dms round: folders that no access group opens are few or none, when to join with those
        that are open spoils the plan of each query on documents.

        :param str field: which names a folder, and is never empty
        :return Domain: on folders whose access groups allow the operation
        """
        barred = self.env["dms.access.group"]._bars(operation)
        return Domain(field, "not in", barred) if barred else Domain.TRUE

    @api.model
    def _get_domain_by_access_groups(self, operation):
        return self._access_groups_domain(self._directory_field, operation)

    @api.model
    def _get_domain_by_inheritance(self, operation):
        """No folder of the library takes its rights from another record: spare the search for those that would."""
        return Domain.FALSE

    @api.model_create_multi
    def create(self, vals_list):
        # dms creates in sudo and looks at its own groups only: the access rights of the model count too.
        self.env["ir.model.access"].check(self._name, "create")
        # And so does what is given to it, by the values or by the context.
        self._check_given(vals_list)
        context = self.env.context
        self.default_get([name for name in self._fields if f"default_{name}" in context])
        return super().create(vals_list)
