import json

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.collab_courrier.models.collab_notification import Event
from odoo.addons.collab_reseaux.refusals import beside

from ..html import UNWRITABLE
from .collab_contribution_mixin import STATES

TITLE_MAX_CHARS, LINE_MAX_CHARS = 200, 500  # as in the forms


class CollabPublicationMixin(models.AbstractModel):
    """A content that members write and moderators moderate, by its declaration alone."""

    _name = "collab.publication.mixin"
    _inherit = ["collab.content.mixin", "collab.contribution.mixin"]
    _description = "Moderated content"

    state = fields.Selection(STATES, default="active", required=True, readonly=True)

    @api.model
    def _audience_domain(self):
        """What is not shown is for its author, and for those who moderate."""
        domain = super()._audience_domain()
        if domain.is_false() or self.env.user.has_group("collab_reseaux.group_moderator"):
            return domain
        return domain & (Domain("is_shown", "=", True) | Domain("create_uid", "=", self.env.uid))

    @api.model
    def _archive_own(self, person, archive):
        files, comments = self._declared_parts()
        if files:
            self.env[files]._archive_files(person, archive, self._slug)
        if comments:
            said = json.dumps(self.env[comments]._said_by(person), ensure_ascii=False, indent=2, default=str)
            archive.writestr(f"{self._slug}-commentaires.json", said)
        return super()._archive_own(person, archive)

    @api.model
    def _recent_condition(self):
        return SQL("active IS TRUE AND is_shown IS TRUE")

    @api.model
    def _counted_fields(self):
        return super()._counted_fields() | {"state"}

    @api.model
    def _on_one_line(self, vals):
        """:param dict vals: what is about to be written
        :return dict: the same, where what an author types on one line holds on one line
        :raises ValidationError: it is too long, or the title has no words"""
        title, found = self._content().title, {}
        for name in vals.keys() & self._author_fields():
            if self._fields[name].type != "char":
                continue
            found[name] = " ".join(UNWRITABLE.sub("", vals[name] or "").split()) or False
            most = TITLE_MAX_CHARS if name == title else LINE_MAX_CHARS
            if len(found[name] or "") > most:
                raise beside(name, ValidationError(self.env._("This is too long: %s characters at most.", most)))
        # An emoji says nothing to whoever hears the page, and looks for it later.
        if title in found and not any(map(str.isalnum, found[title] or "")):
            raise beside(title, ValidationError(self.env._("Give it a title, in words.")))
        return {**vals, **found}

    def action_open_page(self):
        """:return dict: the action that leads from a screen of the federations to the page of this content"""
        return {"type": "ir.actions.act_url", "url": self._read_url(), "target": "self"}

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            self.env.user._check_may_write()
            self.env["collab.daily.count"]._take("publication", len(vals_list))
            allowed = self._author_fields() | self._audience_fields
            for vals in vals_list:
                self._only(vals, allowed)
            vals_list = [{**vals, "state": self._first_state(vals)} for vals in vals_list]
        records = super().create([self._on_one_line(vals) for vals in vals_list])
        # sudo: told in the name of each author, whoever creates
        records.sudo()._announce()
        for record in records.filtered(lambda record: record.state == "pending"):
            record._tell_moderators(Event("pending", record))
        return records

    def write(self, vals):
        vals = self._on_one_line(vals)
        if self.env.su:
            return super().write(vals)
        self._check_own()
        self._only(vals, self._author_fields() | self._audience_fields)
        self.check_access("write")
        self.env.user._check_may_write()
        self._check_rewritable()
        for record in self:
            record._take_from_author(vals)
        return True
