import textwrap

from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError
from odoo.tools import html2plaintext

from odoo.addons.collab_reseaux.calls import CHOOSE, READ, opened
from odoo.addons.collab_reseaux.moments import day_tile, paris_day
from odoo.addons.collab_reseaux.refusals import beside

SUMMARY_MAX_CHARS = 220
DECIDING = "INCLUDE (audience_id, create_uid, leaves_on, is_shown)"


class CollabNews(models.Model):
    """What a member announces to the others."""

    _name = "collab.news"
    _inherit = ["collab.rich.text.mixin", "collab.feed.mixin", "collab.event.mixin"]
    _description = "News item"
    _order = "content_date desc, id desc"
    _slug = "actualite"
    _marks = ("favourite", "follow", "interest")
    _calls = opened("moderator", *READ, *CHOOSE, "action_open_page")
    _due_field = "deadline"
    _leaving_by = ("keep_until", "stop", "start", "deadline")

    # The WHERE is what the ORM emits, or the planner ignores them; they INCLUDE what the record rules compare.
    _feed_idx = models.Index(f"(content_date DESC, id DESC) {DECIDING} WHERE active IS TRUE")
    _type_idx = models.Index(f"(type_id, content_date DESC, id DESC) {DECIDING} WHERE active IS TRUE")
    _archives_idx = models.Index("(leaves_on DESC, id DESC) WHERE active IS TRUE")
    _due_idx = models.Index(f"(deadline) {DECIDING} WHERE active IS TRUE AND deadline IS NOT NULL")
    _own_idx = models.Index("(create_uid) WHERE active IS TRUE")

    name = fields.Char(string="Title", required=True)
    type_id = fields.Many2one("collab.news.type", required=True, ondelete="restrict")
    deadline = fields.Date(string="Last day to answer")
    contract = fields.Selection(
        [
            ("cdi", "Permanent contract"),
            ("cdd", "Fixed-term contract"),
            ("cddi", "Integration contract"),
            ("apprenticeship", "Apprenticeship"),
            ("internship", "Internship"),
            ("other", "Other contract"),
        ]
    )
    hours = fields.Char(string="Hours of work")
    summary = fields.Char(compute="_compute_summary", store=True, help="The beginning of its text, for lists.")

    @api.model
    def _shown(self):
        return [*super()._shown(), "name", "summary", "type_id", "start", "deadline"]

    @api.depends("content")
    def _compute_summary(self):
        for news in self:
            text = html2plaintext(news.content or "", include_references=False)
            news.summary = textwrap.shorten(text, SUMMARY_MAX_CHARS, placeholder="…")

    # Who writes what

    def _author_fields(self):
        return super()._author_fields() | {"type_id", "deadline", "contract", "hours"}

    def _text_fields(self):
        return super()._text_fields() | {"hours"}

    @api.model
    @tools.ormcache()
    def _searched_from(self):
        return super()._searched_from() | {"contract"}

    def _searched_words(self):
        contracts = dict(self._fields["contract"]._description_selection(self.env))
        return [*super()._searched_words(), contracts.get(self.contract)]

    @api.model
    def _first_state(self, vals):
        return "pending" if self._is_type_reviewed(vals["type_id"]) else super()._first_state(vals)

    def _waits_for_review(self):
        return super()._waits_for_review() or (self.is_shown and self._is_type_reviewed(self.type_id.id))

    @api.model
    def _is_type_reviewed(self, type_id):
        """:return bool: what the current user publishes of this type is read by a moderator first"""
        return self.env["collab.news.type"]._described()[type_id]["is_reviewed"] and not self.env.user._is_internal()

    @api.model_create_multi
    def create(self, vals_list):
        # Whoever says nothing of it gives an information.
        usual = self.env["ir.model.data"]._xmlid_to_res_id("collab_actualites.type_information")
        typed = [{"type_id": usual, **vals} for vals in vals_list]
        return super().create([self._of_type(vals["type_id"], vals) for vals in typed])

    def write(self, vals):
        if "type_id" not in vals:
            return super().write(vals)
        vals = self._of_type(vals["type_id"], vals)
        for news in self.filtered("is_shown") if not self.env.su and self._is_type_reviewed(vals["type_id"]) else ():
            if not self._is_type_reviewed(news.type_id.id):
                reviewed = self.env._("A moderator reads this type first: publish a new item instead.")
                raise beside("type_id", UserError(reviewed))
        return super().write(vals)

    @api.model
    def _of_type(self, type_id, vals):
        """:return dict: the values to write, without those of the fields that the form of this type does not show
        :raises ValidationError: there is no such type"""
        types = self.env["collab.news.type"]
        if type_id not in types._described():
            raise beside("type_id", ValidationError(self.env._("Choose a type.")))
        return {**vals, **dict.fromkeys(types._folded(type_id), False)}

    @api.model
    def _rows(self, records, marks=None):
        rows = super()._rows(records, marks)
        for row, news in zip(rows, records, strict=True):
            day = paris_day(news.start) if news.start else news.deadline
            row.update(said=news.summary, tile=day_tile(day) if day else None)
        return rows
