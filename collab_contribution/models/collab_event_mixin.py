from urllib.parse import urlsplit

from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

from odoo.addons.collab_reseaux.refusals import beside

from ..ics import CalendarEvent

# What its author types in a line for others.
LINES = frozenset({"place", "contact", "link"})


class CollabEventMixin(models.AbstractModel):
    """A content that says when, where, and whom to ask."""

    _name = "collab.event.mixin"
    _inherit = "collab.publication.mixin"
    _description = "Content with a day and a place"

    start = fields.Datetime(string="Begins")
    stop = fields.Datetime(string="Ends")
    place = fields.Char(string="Address")
    commune_id = fields.Many2one("collab.commune", ondelete="restrict")
    territory_id = fields.Many2one(related="commune_id.territory_id", store=True, index="btree_not_null")
    contact = fields.Char()
    link = fields.Char()

    @api.constrains("start", "stop")
    def _check_order(self):
        for event in self.filtered("stop"):
            if not event.start:
                raise beside("start", ValidationError(self.env._("It has an end: say when it begins too.")))
            if event.stop < event.start:
                raise beside("stop", ValidationError(self.env._("It ends before it begins: correct one of them.")))

    @api.constrains("link")
    def _check_link(self):
        wrong = self.env._("Copy the whole address of the page: it begins with https://.")
        for event in self.filtered("link"):
            try:
                found = urlsplit(event.link)
            except ValueError as error:
                raise beside("link", ValidationError(wrong)) from error
            if found.scheme not in ("http", "https") or not found.hostname or " " in event.link:
                raise beside("link", ValidationError(wrong))

    def _author_fields(self):
        return super()._author_fields() | LINES | {"start", "stop", "commune_id"}

    def _text_fields(self):
        return super()._text_fields() | LINES

    def _stamped(self):
        others = sorted(self._author_fields() - self._text_fields())
        return [*super()._stamped(), *(self[name] for name in others), self.audience_id.id]

    @api.model
    def _counted_fields(self):
        return super()._counted_fields() | {"commune_id"}

    @api.model
    @tools.ormcache()
    def _searched_from(self):
        return super()._searched_from() | {"place", "contact"}

    @api.model
    def _classed_by(self):
        return (*super()._classed_by(), "commune_id")

    def _searched_words(self):
        return [*super()._searched_words(), self.place, self.contact]

    def _address(self):
        """:return str: where it is; empty when nobody has said it"""
        commune = self.env["collab.commune"]._names().get(self.commune_id.id, "")
        written = self.place or ""
        return written if commune in written else ", ".join(filter(None, (written, commune)))

    def _calendar_event(self):
        """:return CalendarEvent: what a reader adds to his own calendar"""
        return CalendarEvent(
            # The same whoever asks: somebody who adds it twice has it once.
            uid=f"{self._slug}-{self.id}@{urlsplit(self.get_base_url()).hostname}",
            changed=self.corrected_date or self.shown_date or self.create_date,
            start=self.start,
            stop=self.stop,
            title=self._title(),
            place=self._address(),
            url=f"{self.get_base_url()}{self._read_url()}",
        )
