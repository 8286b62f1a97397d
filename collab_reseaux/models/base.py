import functools
import operator
import re
from collections import defaultdict

from lxml import etree

from odoo import api, models, tools
from odoo.exceptions import AccessError, MissingError
from odoo.fields import Command

from ..calls import clean_context, opened

# In the context of a filter of a search view.
GROUPED_BY = re.compile(r"""["']group_by["']\s*:\s*["'](\w+)""")


class Base(models.AbstractModel):
    """Three things that hold for every model: what people may do with it from outside is listed; what leads to records
    of which each person may read some neither names the others to him, nor takes them from him; and a search bar offers
    what its view names, and no other field."""

    _inherit = "base"

    # What people may do from outside, whatever the protocol, by the lowest role that may: call a method; write a field
    # at creation, or afterwards. Each class adds what its own screens need; nobody does what no class lists.
    _calls = _creates = _writes = opened("member")

    @api.model
    def _opened(self, list_name):
        """:param str list_name: ``_calls``, ``_creates`` or ``_writes``
        :return Opened: of all the classes of this model"""
        lists = (part.__dict__[list_name] for part in type(self).mro() if list_name in part.__dict__)
        return functools.reduce(operator.or_, lists)

    @api.model
    def _may_call(self, method):
        """:param str method: its name
        :return bool: the current user may call it from outside"""
        role = self._opened("_calls").get(method)
        return bool(role) and self.env.user._has_role(role)

    @api.model
    def _may_call_on(self, model, method):
        """:param str model, method: names, as whoever is outside gives them
        :return bool: there is such a model, and the current user may call this method of it"""
        return model in self.pool and self.env[model]._may_call(method)

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
                try:
                    commands = list(_commands(value))
                except ValueError as error:
                    raise AccessError(self.env._("This is not yours to write: %s.", name)) from error
                for command in commands:
                    self._check_command(field, *command)

    def _check_command(self, field, code, number, value):
        """:param Field field: one2many or many2many
        :param int code: of ``Command``, written in it; with its number and its value
        :raises AccessError: it does more than the current user may do with these records"""
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
        """:return dict[str, str]: the many2one fields that lead to records closed to their names, with their models"""
        return {
            name: field.comodel_name
            for name, field in self._fields.items()
            if field.type == "many2one"
            and self._is_guarded(field.comodel_name)
            and not self.env[field.comodel_name]._known_by_name
        }

    @api.model
    def _is_guarded(self, model):
        """:return bool: each person may read some of the records of this model"""
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
        """Read no further than what the models on the way list. Core names in sudo all that is led to, stumbles over
        what it has not read, and reads any model on the way."""
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
        """:param dict spec: what is asked of records of this model, on the way from others
        :return dict: the same, within what the current user may ask of it"""
        names = None if self._may_call("web_read") else {"id", "display_name"}
        fields = {name: below for name, below in spec["fields"].items() if names is None or name in names}
        return {**spec, "fields": fields, "context": clean_context(spec.get("context"))}

    def _led_to(self, name, spec, numbers):
        """:param str name: of a many2one
        :return dict[int, dict]: by number, what is shown of the records that it leads to"""
        records = self.env[self._fields[name].comodel_name].browse(numbers).with_context(**spec["context"])
        readable = records._filtered_access("read")
        fields = {below: asked for below, asked in spec["fields"].items() if below != "display_name"}
        shown = {row["id"]: row for row in readable.web_read(fields)}
        if "display_name" in spec["fields"]:
            named = readable if name in self._guarded_many2ones() else records
            # sudo: as core does, the name alone; of what is closed with its name, nothing
            for record in named.sudo():
                shown.setdefault(record.id, {"id": record.id})["display_name"] = record.display_name
        return shown

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
        """What the context gives is given by the client too, the records on which a wizard is opened included."""
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
        """:return dict[str, str | None]: the fields that the search bars of the platform offer for this model, with
        what they call them; those of Odoo offer its name"""
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
        """Describe to the web client, in the place of ``fields_get``, what its editor of filters offers.

        :param Collection[str] | None allfields: as for ``fields_get``
        :param Collection[str] | None attributes: as for ``fields_get``
        :return dict[str, dict]: by field, in the order and in the words of the search bar
        """
        self.check_access("read")
        found = self.fields_get(list(self._searched_fields()), attributes)
        shown = {}
        for name, label in self._searched_fields().items():
            description = found.get(name)
            if not description or (allfields and name not in allfields):
                continue
            # What leads nowhere further for this reader would open on an error.
            if (comodel := description.get("relation")) and not self.env[comodel]._may_call("searched_fields_get"):
                continue
            shown[name] = {**description, "string": label} if label and "string" in description else description
        return shown

    @api.model
    def get_view(self, view_id=None, view_type="form", **options):
        """Give a search bar the fields that it names; core gives it all those of the model."""
        view = super().get_view(view_id, view_type, **options)
        if view_type == "search":
            named = _searched_by(etree.fromstring(view["arch"]))
            view["models"] = {**view["models"], self._name: tuple(name for name in named if name in self._fields)}
        return view

    @api.model
    def get_views(self, views, options=None):
        """Tell the web client which fields of this model its search bar offers, and what they are called there: it
        receives with them those of the lists and of the forms."""
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
            # The first one is the one that the editor of filters begins with.
            order = [name for name in named if name in fields]
            found["models"][self._name]["fields"] = {name: fields[name] for name in [*order, *(fields.keys() - named)]}
        return found


def _searched_by(arch):
    """:param lxml.etree.Element arch: a search view
    :return dict[str, str | None]: the fields that it offers, with what it calls them"""
    searched = {}
    for node in arch.iter("field", "filter"):
        if node.tag == "field":
            # A field that searches in others too is called after all of them.
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
    :raises ValueError: these are none"""
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
    """:param value: of a many2one, as it is read
    :return int | None: the number of what it leads to, if it is written already"""
    return value if type(value) is int else getattr(value, "origin", None)


def _is_many2one(value):
    """:return bool: a client sends this for a many2one"""
    # The web client sends what a form shows of it; any other dictionary names nothing.
    number = value.get("id", "") if isinstance(value, dict) else value
    return number is None or number is False or type(number) is int or isinstance(number, api.NewId)


def _named_by(value):
    """:param value: of a relational field, as a client sends it
    :return Iterator[tuple[int | None, dict]]: the numbers that it names, each with the values given with it; what is
        no number names nothing that exists
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
