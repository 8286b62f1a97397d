from collections import defaultdict

from odoo import api, models, tools
from odoo.exceptions import MissingError


class Base(models.AbstractModel):
    """What leads from any model to records of which each person may read some: the others are neither named to him, nor
    taken from him, and answer as what does not exist."""

    _inherit = "base"

    @api.model
    @tools.ormcache()
    def _guarded_many2ones(self):
        """:return dict[str, str]: the many2one fields that lead to such records, with their models"""
        return {
            name: field.comodel_name
            for name, field in self._fields.items()
            if field.type == "many2one" and self._is_guarded(field.comodel_name)
        }

    @api.model
    def _is_guarded(self, model):
        return issubclass(self.env.registry[model], self.env.registry["collab.access.mixin"])

    # What is read

    def _read_format(self, fnames, load="_classic_read"):
        """Show a many2one to what may not be read as an empty one; core names it in sudo."""
        rows = super()._read_format(fnames, load)
        if self.env.su:
            return rows
        guarded = self._guarded_many2ones()
        for name in [name for name in fnames if name in guarded]:
            shown = {id(row): row[name][0] if isinstance(row[name], tuple) else row[name] for row in rows}
            led_to = self.env[guarded[name]].browse({number for number in shown.values() if type(number) is int})
            open_ids = set(led_to._filtered_access("read").ids)
            for row in rows:
                if type(number := shown[id(row)]) is int and number not in open_ids:
                    row[name] = False
        return rows

    def web_read(self, specification):
        """Core puts names, asked for in sudo, on all that is led to, and stumbles over what it has not read."""
        guarded = {} if self.env.su else self._guarded_many2ones()
        named = {
            name: dict(spec["fields"])
            for name, spec in specification.items()
            if name in guarded and "display_name" in spec.get("fields", ())
        }
        for fields in named.values():
            del fields["display_name"]
        asked = {name: {**specification[name], "fields": fields} for name, fields in named.items()}
        rows = super().web_read({**specification, **asked})
        for name in named:
            context = specification[name].get("context", {})
            ids = {row[name]["id"] for row in rows if row[name]}
            records = self.env[guarded[name]].with_context(**context).browse(ids)
            names = {record.id: record.display_name for record in records}
            for row in rows:
                if row[name]:
                    row[name]["display_name"] = names[row[name]["id"]]
        return rows

    # What is given

    def _check_given(self, vals_list):
        """Refuse the number of what the current user may not read, as that of nothing: in one query for each model.

        :param list[dict] vals_list: as for ``create`` or ``onchange``
        :raises MissingError: one of the records that they name is not there for him
        """
        if self.env.su:
            return
        given = defaultdict(set)
        for vals in vals_list:
            for model, number in self._given(vals):
                given[model].add(number)
        for model, numbers in given.items():
            found = self.env[model].with_context(active_test=False).search([("id", "in", list(numbers))])
            if len(found) < len(numbers):
                raise MissingError(self.env._("This record does not exist."))

    @api.model
    def _given(self, vals):
        """:return Iterator[tuple[str, int]]: model and number of the guarded records that values name, at any depth"""
        for name, value in vals.items():
            field = self._fields.get(name)
            if not field or not field.relational:
                continue
            comodel = self.env[field.comodel_name]
            guarded = self._is_guarded(field.comodel_name)
            for number, below in _named_by(value):
                if guarded and number:
                    yield field.comodel_name, number
                yield from comodel._given(below)

    @api.model_create_multi
    def create(self, vals_list):
        self._check_given(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        self._check_given([vals])
        return super().write(vals)

    @api.model
    def default_get(self, fields):
        """What the context gives is given by the client too, the records on which a wizard is opened included."""
        defaults = super().default_get(fields)
        self._check_given([defaults])
        return defaults

    def onchange(self, values, field_names, fields_spec):
        self._check_given([values])
        return super().onchange(values, field_names, fields_spec)


def _named_by(value):
    """:param value: of a relational field, as a client sends it
    :return Iterator[tuple[int | None, dict]]: the numbers that it names, each with the values given with it"""
    match value:
        case int():
            yield value, {}
        case {"id": int(number)}:
            yield number, value
        case dict():
            yield None, value
        case [*commands]:
            for command in commands:
                match command:
                    case [0, _, dict(vals)]:
                        yield None, vals
                    case [1, int(number), dict(vals)]:
                        yield number, vals
                    case [2 | 3 | 4, int(number), *_]:
                        yield number, {}
                    case [6, _, [*numbers]]:
                        yield from ((number, {}) for number in numbers if isinstance(number, int))
                    case int() | dict():
                        yield from _named_by(command)
