import functools
import operator
import re
from collections import defaultdict

from lxml import etree

from odoo import api, models, tools
from odoo.exceptions import AccessError, MissingError
from odoo.fields import Command

from ..calls import clean_context, opened

# How a filter of a search view names, in its context, the field that it groups by.
GROUPED_BY = re.compile(r"""["']group_by["']\s*:\s*["'](\w+)""")


class Base(models.AbstractModel):
    """Three rules for every model. Clients call only the listed methods and write only the listed fields. A field that
    leads to a record that the reader may not read never gives its name, and never accepts its identifier. A search bar
    offers only the fields that its view names."""

    _inherit = "base"

    # What clients may do, whatever the protocol, each with the lowest role that may: the methods that they call, the
    # fields that they write at creation, and afterwards. Each class adds what its own screens need; the rest is closed.
    _calls = _creates = _writes = opened("member")

    @api.model
    def _opened(self, list_name):
        """:param str list_name: ``_calls``, ``_creates`` or ``_writes``
        :return Opened: this list, joined over all the classes that make up this model"""
        lists = (part.__dict__[list_name] for part in type(self).mro() if list_name in part.__dict__)
        return functools.reduce(operator.or_, lists)

    @api.model
    def _may_call(self, method):
        """:param str method: its name
        :return bool: a client may call it for the current user"""
        role = self._opened("_calls").get(method)
        return bool(role) and self.env.user._has_role(role)

    @api.model
    def _may_call_on(self, model, method):
        """:param str model, method: names, as a client sends them
        :return bool: the model exists, and a client may call this method of it for the current user"""
        return model in self.pool and self.env[model]._may_call(method)

    @api.model
    def _written_fields(self, list_name):
        """:param str list_name: ``_creates`` or ``_writes``
        :return frozenset[str]: the fields that the current user may write"""
        has_role = self.env.user._has_role
        return frozenset(name for name, role in self._opened(list_name).items() if has_role(role))

    def _check_written(self, vals, list_name):
        """Refuse a field that the current user may not write, here or in the records written through this one.

        :param dict vals: as for ``create`` or ``write``
        :param str list_name: ``_creates`` or ``_writes``
        :raises AccessError: he may not write this field, or this record
        """
        if foreign := sorted(vals.keys() - self._written_fields(list_name)):
            raise AccessError(self.env._("This is not yours to write: %s.", ", ".join(foreign)))
        for name, value in vals.items():
            field = self._fields.get(name)
            if field and field.type in ("one2many", "many2many"):
                try:
                    commands = list(_commands(value))
                except ValueError as error:
                    raise AccessError(self.env._("This is not yours to write: %s.", name)) from error
                for command in commands:
                    self._check_command(field, *command)

    def _check_command(self, field, code, number, value):
        """:param Field field: one2many or many2many
        :param int code, number, value: the three parts of a ``Command`` that a client writes in it
        :raises AccessError: the current user may not do this with these records"""
        Model = self.env[field.comodel_name]
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

    @api.model
    @tools.ormcache()
    def _guarded_many2ones(self):
        """:return dict[str, str]: the many2one fields that lead to records whose very name is hidden from people who
        may not read them; by field, the name of the model"""
        return {
            name: field.comodel_name
            for name, field in self._fields.items()
            if field.type == "many2one"
            and self._is_guarded(field.comodel_name)
            and not self.env[field.comodel_name]._known_by_name
        }

    @api.model
    def _is_guarded(self, model):
        """:return bool: what a person may read of this model depends on each record (``collab.access.mixin``)"""
        return issubclass(self.env.registry[model], self.env.registry["collab.access.mixin"])

    # What is read

    def _read_format(self, fnames, load="_classic_read"):
        """Show a many2one as empty when it leads to a record that the reader may not read. Core reads its name in sudo,
        hence shows it to everybody."""
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
        """Follow relational fields only as far as ``_calls`` allows. Core would follow them into any model, read all
        names in sudo, and raise an error at the first record that is closed."""
        if self.env.su:
            return super().web_read(specification)
        many2ones, asked = {}, {}
        for name, spec in specification.items():
            field = self._fields.get(name)
            asked[name] = spec
            if field and field.relational and "fields" in spec:
                asked[name] = self.env[field.comodel_name]._opened_part(spec)
                if field.type == "many2one":
                    many2ones[name], asked[name] = asked[name], {}
        rows = super().web_read(asked)
        for name, spec in many2ones.items():
            shown = self._led_to(name, spec, {_known(row[name]) for row in rows} - {None})
            for row in rows:
                row[name] = shown.get(_known(row[name]), False)
        return rows

    @api.model
    def _opened_part(self, spec):
        """:param dict spec: what a client asks of records of this model, through a field of another one
        :return dict: the same, without what the current user may not ask: of a closed model, only names are left"""
        names = None if self._may_call("web_read") else {"id", "display_name"}
        fields = {name: below for name, below in spec["fields"].items() if names is None or name in names}
        return {**spec, "fields": fields, "context": clean_context(spec.get("context"))}

    def _led_to(self, name, spec, numbers):
        """:param str name: of a many2one
        :param dict spec: what a client asks of its records
        :param Collection[int] numbers: their identifiers
        :return dict[int, dict]: by identifier, what is shown of them"""
        records = self.env[self._fields[name].comodel_name].browse(numbers).with_context(**spec["context"])
        readable = records._filtered_access("read")
        fields = {below: asked for below, asked in spec["fields"].items() if below != "display_name"}
        shown = {row["id"]: row for row in readable.web_read(fields)}
        if "display_name" in spec["fields"]:
            named = readable if name in self._guarded_many2ones() else records
            # sudo: only the name, as core does; records whose name is closed too have been left out above
            for record in named.sudo():
                shown.setdefault(record.id, {"id": record.id})["display_name"] = record.display_name
        return shown

    # What is given

    def _check_given(self, vals_list):
        """Refuse values that name a record that the current user may not read, with the error of a record that does not
        exist. One query for each model.

        :param list[dict] vals_list: as for ``create`` or ``onchange``
        :raises MissingError: he may not read one of the records that they name, or it does not exist
        """
        if self.env.su:
            return
        given = defaultdict(set)
        for vals in vals_list:
            for model, number in self._given(vals):
                given[model].add(number)
        # His own account, which many defaults name.
        given["res.users"].discard(self.env.uid)
        for model, numbers in given.items():
            if not numbers:
                continue
            found = self.env[model].with_context(active_test=False).search([("id", "in", list(numbers))])
            if len(found) < len(numbers):
                raise self._missing_error()

    @api.model
    def _missing_error(self):
        """:return MissingError: the same for what does not exist and for what the current user may not read"""
        return MissingError(self.env._("This record does not exist."))

    @api.model
    def _given(self, vals):
        """:return Iterator[tuple[str, int]]: model and identifier of each guarded record that these values name, nested
        values included"""
        for name, value in vals.items():
            field = self._fields.get(name)
            if not field or not field.relational:
                continue
            comodel = self.env[field.comodel_name]
            guarded = self._is_guarded(field.comodel_name)
            if field.type == "many2one" and not _is_many2one(value):
                value = 0
            for number, below in _named_by(value):
                if guarded and number is not None:
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
        """Check the defaults too: a client chooses them by the context (``default_…``, ``active_ids``)."""
        defaults = super().default_get(fields)
        self._check_given([defaults])
        return defaults

    def onchange(self, values, field_names, fields_spec):
        self._check_given([values])
        return super().onchange(values, field_names, fields_spec)

    # What is searched

    @api.model
    @tools.ormcache("self.env.lang", cache="templates")
    def _searched_fields(self):
        """:return dict[str, str | None]: the fields that our search views of this model name, with their labels there;
        a model that has none offers its name only"""
        # sudo: which module a screen comes from is no secret
        views = self.env["ir.ui.view"].sudo()
        named = views.env["ir.model.data"].search([("model", "=", "ir.ui.view"), ("module", "=like", "%collab\\_%")])
        ours = views.search(
            [("id", "in", named.mapped("res_id")), ("model", "=", self._name), ("type", "=", "search")]
        ).filtered(lambda view: view.mode == "primary")
        searched = {}
        for view in ours:
            searched |= _searched_by(etree.fromstring(view.get_combined_arch()))
        name = self._rec_name or "display_name"
        return {name: label for name, label in searched.items() if name in self._fields} or {name: None}

    @api.model
    @api.readonly
    def searched_fields_get(self, allfields=None, attributes=None):
        """Describe the fields that the filter editor of the web client offers. It answers in place of ``fields_get``.

        :param Collection[str] | None allfields: as for ``fields_get``
        :param Collection[str] | None attributes: as for ``fields_get``
        :return dict[str, dict]: by field, in the order and with the labels of the search bar
        """
        self.check_access("read")
        found = self.fields_get(list(self._searched_fields()), attributes)
        shown = {}
        for name, label in self._searched_fields().items():
            description = found.get(name)
            if not description or (allfields and name not in allfields):
                continue
            # The editor lets one search inside a relational field: it would open on an error if the model is closed.
            if (comodel := description.get("relation")) and not self.env[comodel]._may_call("searched_fields_get"):
                continue
            shown[name] = {**description, "string": label} if label and "string" in description else description
        return shown

    @api.model
    def get_view(self, view_id=None, view_type="form", **options):
        """Send a search bar only the fields that its view names; core sends all those of the model."""
        view = super().get_view(view_id, view_type, **options)
        if view_type == "search":
            named = _searched_by(etree.fromstring(view["arch"]))
            view["models"] = {**view["models"], self._name: tuple(name for name in named if name in self._fields)}
        return view

    @api.model
    def get_views(self, views, options=None):
        """Mark the fields that the search bar does not name as not searchable: the web client receives them anyhow, for
        the list and the form, and would offer them."""
        found = super().get_views(views, options)
        fields = found["models"].get(self._name, {}).get("fields", {})
        bar = found["views"].get("search")
        named = _searched_by(etree.fromstring(bar["arch"])) if bar else {}
        for name, description in fields.items():
            if bar and name not in named:
                description.update(searchable=False, groupable=False)
            elif label := named.get(name):
                description["string"] = label
        if named and fields:
            # The filter editor opens on the first field: those of the search bar come first.
            order = [name for name in named if name in fields]
            found["models"][self._name]["fields"] = {name: fields[name] for name in [*order, *(fields.keys() - named)]}
        return found


def _searched_by(arch):
    """:param lxml.etree.Element arch: a search view
    :return dict[str, str | None]: the fields that it names, with their labels there (None: the label of the field)"""
    searched = {}
    for node in arch.iter("field", "filter"):
        if node.tag == "field":
            # A field that has its own domain searches several fields: its label is not the name of this one.
            label = node.get("string") if not node.get("filter_domain") else None
            searched[node.get("name")] = label or searched.get(node.get("name"))
            continue
        grouped = GROUPED_BY.search(node.get("context") or "")
        for name in (grouped and grouped[1], node.get("date")):
            if name:
                searched.setdefault(name, None)
    return searched


def _commands(value):
    """:param value: of a one2many or many2many field, as a client sends it
    :return Iterator[tuple[int, int | str | None, dict | list | None]]: its commands
    :raises ValueError: it is not a list of commands"""
    if value and not isinstance(value, (list, tuple)):
        raise ValueError(value)
    for command in value or ():
        match command:
            case [0, int() | str() | None as number, dict(vals)] | [1, int(number), dict(vals)]:
                yield command[0], number, vals
            case [2 | 3 | 4 as code, int(number), *_]:
                yield code, number, None
            case [5, *_]:
                yield Command.CLEAR, None, None
            case [6, _, [*numbers]] if all(isinstance(number, int) for number in numbers):
                yield Command.SET, None, numbers
            case int(number):
                yield Command.LINK, number, None
            case _:
                raise ValueError(command)


def _known(value):
    """:param value: of a many2one, as ``read`` gives it
    :return int | None: the identifier of its record; None when there is none in the database"""
    return value if type(value) is int else getattr(value, "origin", None)


def _is_many2one(value):
    """:return bool: this is what a client may send for a many2one"""
    # The web client may send what the form shows of the record, as a dictionary that has its "id".
    number = value.get("id", "") if isinstance(value, dict) else value
    return number is None or number is False or type(number) is int or isinstance(number, api.NewId)


def _named_by(value):
    """:param value: of a relational field, as a client sends it
    :return Iterator[tuple[int | None, dict]]: the identifiers that it names, each with the values written along; None
        for a record to be created; 0, which no record has, for what is not an identifier
    """
    match value:
        case False | None | []:
            return
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
                        yield from ((number if type(number) is int else 0, {}) for number in numbers)
                    case int() | dict():
                        yield from _named_by(command)
        case int(number) if type(number) is int:
            yield number, {}
        case _:
            yield 0, {}
