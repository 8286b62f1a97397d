from odoo import api, models


class CollabWrittenMixin(models.AbstractModel):
    """Records that people write from the screens of the federations: the fields that ``_creates`` and ``_writes`` name
    for their role, and nothing else. A field that a form shows read-only is no less written by who sends his own.

    It comes first among what a model inherits: core and dms go on in sudo, where nobody is asked anything.
    """

    _name = "collab.written.mixin"
    _description = "Written by those who may"
    # Core goes on, from such a record, to others that whoever writes it may not write: once what he asks has been
    # checked, the platform writes it.
    _written_by_platform = False

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.su:
            return super().create(vals_list)
        for vals in vals_list:
            self._check_written(vals, "_creates")
        self._check_given(vals_list)
        self.check_access("create")
        # Nobody follows what he writes as Odoo means it: core would write to him.
        model = self._without_defaults().with_context(mail_create_nosubscribe=True)
        if self._written_by_platform:
            # sudo: what has just been checked; the rules are asked below
            model = model.sudo()
        records = super(CollabWrittenMixin, model).create([self._completed(vals) for vals in vals_list])
        records = records.with_env(self.env)
        records.check_access("create")
        return records

    def write(self, vals):
        if self.env.su:
            return super().write(vals)
        self._check_written(vals, "_writes")
        self._check_given([vals])
        self.check_access("write")
        # sudo: what has just been checked
        records = self.sudo() if self._written_by_platform else self
        return super(CollabWrittenMixin, records).write(vals)

    @api.model
    def _completed(self, vals):
        """:param dict vals: of a record that is about to be created, as its author sends them
        :return dict: with what the platform adds"""
        return vals

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
        context = self.env.context
        kept = {name: value for name, value in context.items() if not name.startswith("default_")}
        return self.with_env(self.env(context=kept))
