from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Command


class Base(models.AbstractModel):
    _inherit = "base"

    # What people may do from outside, whatever the protocol, by the lowest role that may: call a method; write a field
    # at creation, or afterwards. Each class adds what its own screens need; nobody does what no class lists.
    _calls = {}
    _creates = {}
    _writes = {}

    @api.model
    def _opened(self, list_name):
        """:param str list_name: ``_calls``, ``_creates`` or ``_writes``
        :return dict[str, str]: role by method, or by field, of all the classes of this model"""
        return {name: role for part in type(self).mro() for name, role in part.__dict__.get(list_name, {}).items()}

    @api.model
    def _may_call(self, method):
        """:param str method: its name
        :return bool: the current user may call it from outside"""
        role = self._opened("_calls").get(method)
        return bool(role) and self.env.user._has_role(role)

    @api.model
    def _written_fields(self, list_name):
        """:param str list_name: ``_creates`` or ``_writes``
        :return frozenset[str]: the fields that the current user may write"""
        has_role = self.env.user._has_role
        return frozenset(name for name, role in self._opened(list_name).items() if has_role(role))

    def _check_written(self, vals, list_name):
        """Refuse what is more than the current user may write, in what is written along with it too.

        :param dict vals: as for ``create`` or ``write``
        :param str list_name: ``_creates`` or ``_writes``
        :raises AccessError: this field, or this record, is not his to write
        """
        if foreign := sorted(vals.keys() - self._written_fields(list_name)):
            raise AccessError(self.env._("This is not yours to write: %s.", ", ".join(foreign)))
        for name, value in vals.items():
            field = self._fields.get(name)
            if field and field.type in ("one2many", "many2many"):
                for command in value or ():
                    self._check_command(field, command)

    def _check_command(self, field, command):
        """:param Field field: one2many or many2many
        :param command: one of those that are written in it, or an identifier
        :raises AccessError: it does more than the current user may do with these records"""
        Model = self.env[field.comodel_name]
        code, number, value = (
            (*command, None, None)[:3] if isinstance(command, (list, tuple)) else (Command.LINK, command, None)
        )
        if field.type == "many2many" or code in (Command.CLEAR, Command.SET):
            if code not in (Command.LINK, Command.UNLINK, Command.CLEAR, Command.SET) or field.type == "one2many":
                raise AccessError(self.env._("This is not yours to write: %s.", field.name))
            Model.browse(value if code == Command.SET else [number] if number else []).check_access("read")
        elif code == Command.CREATE:
            Model.check_access("create")
            Model._check_written(value, "_creates")
        else:
            part = Model.browse(number)
            part.check_access("write" if code == Command.UPDATE else "unlink")
            if code not in (Command.UPDATE, Command.DELETE) or not part[field.inverse_name] <= self:
                raise AccessError(self.env._("This is not yours to write: %s.", field.name))
            part._check_written(value or {}, "_writes")
