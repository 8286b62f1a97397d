from odoo import api, models


class CollabWrittenMixin(models.AbstractModel):
    """Records that the federations write from their screens: only the fields that ``_creates`` and ``_writes`` name for
    their role. A form that shows a field read-only does not protect it: a client may send it all the same.

    It must be the first model in ``_inherit``, to check before the methods of core and dms, which may go on in sudo.
    """

    _name = "collab.written.mixin"
    _description = "Written by those who may"
    # True: once the values are checked, they are written in sudo, because core then writes other models too, which the
    # user may not write (the partner of an account, for example).
    _written_by_platform = False

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.su:
            return super().create(vals_list)
        for vals in vals_list:
            self._check_written(vals, "_creates")
        self._check_given(vals_list)
        self.check_access("create")
        # Nobody becomes a follower of what he creates: core would send him mails.
        model = self._without_defaults().with_context(mail_create_nosubscribe=True)
        if self._written_by_platform:
            # sudo: the values have just been checked; record rules are checked below
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
        # sudo: the values have just been checked
        records = self.sudo() if self._written_by_platform else self
        return super(CollabWrittenMixin, records).write(vals)

    @api.model
    def _completed(self, vals):
        """:param dict vals: of a record that is about to be created, as a client sends them
        :return dict: the same, with what the platform adds"""
        return vals

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """Describe as read-only the fields that the current user may not write."""
        found = super().fields_get(allfields, attributes)
        written = self._written_fields("_creates") | self._written_fields("_writes")
        for name, description in found.items():
            if name not in written and "readonly" in description:
                description["readonly"] = True
        return found

    @api.model
    def _without_defaults(self):
        """:return: this model, without the default values that a client may have put in the context (``default_…``)"""
        context = self.env.context
        kept = {name: value for name, value in context.items() if not name.startswith("default_")}
        return self.with_env(self.env(context=kept))
