import secrets
from datetime import datetime

from markupsafe import Markup

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.http import request
from odoo.tools import html_sanitize, plaintext2html

from odoo.addons.collab_comptes.exceptions import AlreadyDone
from odoo.addons.collab_habillage.paging import number_in
from odoo.addons.collab_habillage.saying import say
from odoo.addons.collab_reseaux.moments import from_paris, read_day, to_paris
from odoo.addons.collab_reseaux.refusals import beside, field_of

from ..html import clean

# Of the routes of all that members read and write.
ITEM = {"type": "http", "auth": "user", "website": True, "sitemap": False, "members": True}
# The fields of a request by which the audience picker says what is chosen.
SIDES = ("networks", "territories")
# What is shown as a plain text of a form that the page does not have any more.
PLAIN = ("name", "body", "reason")


class Form:
    """A form in which members write: what it holds, what has been refused, and beside which field.

    Its fields bear the names of the model, whatever the page calls them. A page may have many forms; one of them at
    most has just been sent, and ``at`` gives each of them from that one.
    """

    def __init__(self, name="", values=None, token=""):
        """
        :param str name: which form of the page it is: the id of its element
        :param dict | None values: what it holds, by field; of rich text, HTML; ``files`` as the hidden field lists them
        :param str token: with which it was sent, if it creates something
        """
        self.name = name
        self.values = {} if values is None else values
        self.sent_token = token
        # Given back to a form that was refused: once corrected, it is still the same one.
        self.token = token or secrets.token_hex(16)
        self.refusal = None
        # What is saved now and differs from what was typed, when another has corrected the same meanwhile: labels and
        # texts.
        self.differences = []
        self.is_lost = False

    # What templates ask

    def at(self, name):
        """:return Form: the form of this name in the page: this one, or another, which was not sent"""
        return self if name == self.name else Form(name, token=self.token)

    @property
    def error(self):
        return str(self.refusal) if self.refusal else ""

    @property
    def field(self):
        """:return str | None: the field that is refused"""
        return self.refusal and field_of(self.refusal)

    @property
    def is_done_already(self):
        """:return bool: what it asked has been done by somebody else, which is no error"""
        return isinstance(self.refusal, AlreadyDone)

    def value(self, name, saved=""):
        """:return: what was typed in a field, or else what is saved"""
        return self.values.get(name, saved)

    def moment(self, name, saved=None):
        """:param datetime | None saved: UTC, naive
        :return str: what a field of a day and an hour shows: what was typed, or what is saved, in Paris time"""
        typed = self.values.get(name, saved)
        return to_paris(typed) if isinstance(typed, datetime) else typed or ""

    def refuses(self, name):
        return bool(self.refusal) and self.field == name

    def attributes(self, name, field_id, help_id=None):
        """
        :param str name: a field
        :param str field_id: the id of its element
        :param str | None help_id: the id of the element that explains it
        :return dict: the attributes of its element: when it is refused, the page opens on it, without any script
        """
        refused = self.refuses(name)
        described = [*([f"{field_id}-error"] if refused else ()), *([help_id] if help_id else ())]
        return {
            "data-field": name,
            **({"aria-describedby": " ".join(described)} if described else {}),
            **({"aria-invalid": "true", "autofocus": "autofocus"} if refused else {}),
        }

    def kept(self):
        """:return Markup: what was typed, for a page where the form cannot be sent any more; empty when nothing was"""
        plain = "\n".join(filter(None, (self.values.get(name) for name in PLAIN)))
        rich = html_sanitize(clean(self.values.get("content") or ""))
        return (plaintext2html(plain) if plain else Markup()) + rich

    # What controllers ask

    def refuse(self, refusal):
        """:param UserError refusal: to be shown, unless something has been refused before"""
        self.refusal = self.refusal or refusal

    def take(self, name, text, reader):
        """Read what was typed in a field. What cannot be read is refused, and shown again as it was typed.

        :param str name: the field
        :param str text: as it was sent
        :param Callable[[str], object] reader: gives its value, or raises a ``UserError``
        :return: its value; ``None`` when it is refused
        """
        self.values[name] = text
        try:
            self.values[name] = reader(text)
        except UserError as refusal:
            self.refuse(beside(name, refusal))
            return None
        return self.values[name]

    def send(self, act, corrected=None, stamp=None):
        """Do what the form asks, unless something in it is refused already. However often it is sent, it is done once;
        what is refused leaves no trace.

        :param Callable[[], object] act: returns what it has made: for a form that has a token, an identifier, if it
            leads anywhere
        :param collab.stamped.mixin | None corrected: what it corrects
        :param str | None stamp: of what it was opened on
        :return: what ``act`` has made, now or the first time; ``None`` when it is refused
        """
        if self.refusal:
            return None
        try:
            if corrected is not None:
                corrected._check_stamp(stamp)
            # Read only for a form that has a token: a pasted text may be a megabyte.
            said = (f"{name}={value}" for name, value in [("", request.httprequest.path), *sorted(self.values.items())])
            return request.env["collab.receipt"]._make_once(self.sent_token, said, lambda: act() or 1)
        except UserError as refusal:
            # A savepoint would cost two more queries to each of those whom nothing is refused.
            request.env.cr.rollback()
            self.refuse(refusal)
            return None

    def show_among(self, names):
        """:param Collection[str] names: of the forms that the page has: of another one, the page shows above all what
        was typed in it, and why it is refused"""
        self.is_lost = bool(self.refusal) and self.name not in names

    def answer(self):
        """:return dict: what is refused, for the script of a form"""
        return {"error": self.error, "field": self.field}


def say_flagged(place, token):
    """
    :param str place: the id of the element of what has just been flagged
    :param str token: of the form
    """
    said = request.env._("Flagged. You will be told what the moderators decide.")
    say(said, at=place, received=token)


def say_corrected(text, place=""):
    """
    :param collab.contribution.mixin text: that its author has just corrected
    :param str place: the id of its element
    """
    waits = request.env._("Correction saved. A moderator reads it before the others.")
    say(waits if text.edit_waits else request.env._("Correction saved."), at=place)


class Forms:
    """What the controllers of contents do with forms. A plain class: see ``ModerationCase``."""

    def _html(self, text, rich):
        """:return str: HTML of what was typed; without the script of the editor, it is a plain text"""
        return text if rich == "1" else str(plaintext2html(text))

    def _one_of(self, known):
        """:param Collection[int] known: what a field offers
        :return Callable[[str], int | bool]: a reader for ``Form.take``"""

        def read(text):
            if not text:
                return False
            number = number_in(text)
            if not number or number not in known:
                raise UserError(request.env._("This choice does not exist any more: choose again."))
            return number

        return read

    def _date(self, text):
        """:return date | bool: as a browser sends it, or as people write it
        :raises UserError: it is none"""
        try:
            return read_day(text) if text and text.strip() else False
        except ValueError as error:
            raise UserError(request.env._("“%s” is not a date: day, month, year.", text)) from error

    def _moment(self, text):
        """:return datetime | bool: UTC, naive, of a day and an hour in Paris, as a browser sends them, or as people
            write them
        :raises UserError: it is none, or an hour that does not exist on that day"""
        try:
            return from_paris(text) if text and text.strip() else False
        except ValueError as error:
            raise UserError(request.env._("“%s” is not a day and an hour: choose them again.", text)) from error

    def _line(self, text):
        """:return str | bool: what was typed on one line, without what surrounds it"""
        return " ".join(text.split()) or False

    def _ticked(self, name):
        """:return list[int]: the identifiers that the boxes of this name send, or that a script sends together. A
        number too long to be one is given as 0, which nothing has: it is refused, and not left out without a word"""
        sent = request.httprequest.form.getlist(name)
        return [number_in(number) or 0 for numbers in sent for number in numbers.split(",") if number.isdecimal()]

    def _changed(self, record, vals):
        """:param dict vals: what a form says of a record
        :return dict: what differs; to write again what stays could ask for a right that its author has no more"""
        return {
            name: value
            for name, value in vals.items()
            if record._fields[name].convert_to_write(record[name], record) != value
        }

    def _read_audience(self, form, record):
        """Take whom the picker of a form addresses; what is not offered any more is refused.

        :param Form form:
        :param Model record: what is corrected; an empty one for what is created
        :return dict: the fields of the audience that change, as they are written
        """
        offered = request.env.user._audience_options()
        named = [self._ticked(name) for name in SIDES]
        try:
            record._check_offered(*named)
        except UserError as refusal:
            form.refuse(refusal)
        # Only what is offered is shown again: the number of its readers would tell how large another network is.
        chosen = [
            options.filtered(lambda one, ids=ids: one.id in ids) for options, ids in zip(offered, named, strict=True)
        ]
        form.values.update({name: records.ids for name, records in zip(SIDES, chosen, strict=True)})
        wanted = record._audience_chosen(*chosen)
        return {name: [Command.set(to.ids)] for name, to in wanted.items() if to != record[name]}

    def _audience_shown(self, form, record):
        """
        :param Form form:
        :param Model record: what is corrected; an empty one for what is created
        :return dict: what the audience picker shows
        """
        networks, territories = request.env.user._audience_options()
        saved = [record.audience_network_ids.ids, record.audience_territory_ids.ids]
        chosen_networks, chosen_territories = (form.value(name, ids) for name, ids in zip(SIDES, saved, strict=True))
        kept = record._audience_kept(networks, territories) if record else {}
        people, organisations = record._count_audience(
            {*chosen_networks, *(network["id"] for network in kept.get("kept_networks", ()))},
            {*chosen_territories, *kept.get("kept_territories", ())},
        )
        return {
            "networks": networks,
            "territories": territories,
            "chosen_networks": chosen_networks,
            "chosen_territories": chosen_territories,
            "people": people,
            "organisations": organisations,
            **kept,
        }
