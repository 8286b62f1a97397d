from odoo import api, models


class CollabWrittenMixin(models.AbstractModel):
    """Records that people write from the screens of the federations: the fields that ``_creates`` and ``_writes`` name
    for their role, and nothing else. A field that a form shows read-only is no less written by who sends his own.

    It comes first among what a model inherits: core and dms go on in sudo, where nobody is asked anything.
    """

    _name = "collab.written.mixin"
    _description = "Written by those who may"

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.su:
            return super().create(vals_list)
        for vals in vals_list:
            self._check_written(vals, "_creates")
        return super(CollabWrittenMixin, self._without_defaults()).create(vals_list)

    def write(self, vals):
        if not self.env.su:
            self._check_written(vals, "_writes")
        return super().write(vals)

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """Show read-only what the current user does not write."""
        found = super().fields_get(allfields, attributes)
        written = self._written_fields("_creates") | self._written_fields("_writes")
        for name, description in found.items():
            if name not in written and "readonly" in description:
                description["readonly"] = True
        return found

    @api.model
    def _without_defaults(self):
        """:return: this model, without the values that a client may have put in the context"""
        kept = {name: value for name, value in self.env.context.items() if not name.startswith("default_")}
        return self.with_env(self.env(context=kept))
