from odoo import api, fields, models

from odoo.addons.collab_reseaux.calls import CHOOSE, READ, WRITE, opened

# What a type unfolds in the form of a news item, and the fields that are then there.
UNFOLDS = {
    "has_dates": ("start", "stop"),
    "has_place": ("place", "commune_id"),
    "has_deadline": ("deadline",),
    "has_job": ("contract", "hours"),
}


class CollabNewsType(models.Model):
    """A kind of news: open days, a job offer. It decides what the form asks, and how long the feed shows it."""

    _name = "collab.news.type"
    _inherit = "collab.label.mixin"
    _description = "Type of news"
    _order = "sequence, id"
    _listed_in = "collab_actualites.collab_news_type_action"
    _calls = opened("moderator", *CHOOSE) | opened("administrator", *READ, *WRITE, "action_restore", "action_retire")
    _creates = _writes = opened("administrator", "name", "plural", "sequence", "is_reviewed", "feed_days", *UNFOLDS)

    plural = fields.Char(string="As a filter", help="Of several of them, above the feed. Empty: its name.")
    sequence = fields.Integer(default=10)
    has_dates = fields.Boolean(string="Day and hours")
    has_place = fields.Boolean(string="Place")
    has_deadline = fields.Boolean(string="Last day to answer")
    has_job = fields.Boolean(string="Contract and hours of work", help="It is a job offer.")
    is_reviewed = fields.Boolean(string="Reviewed first", help="Published once a moderator has accepted it.")
    feed_days = fields.Integer(
        string="Days in the feed", default=30, help="When it has neither an end nor a last day to answer."
    )

    _feed_days_few = models.Constraint(
        "CHECK (feed_days BETWEEN 1 AND 3650)", "A news item stays in the feed from one day to ten years."
    )

    @api.model
    def _folded(self, type_id):
        """:return set[str]: the fields of a news item of this type that its form does not show"""
        kind = self._described()[type_id]
        return {name for flag, names in UNFOLDS.items() if not kind[flag] for name in names}

    def _archived_name(self):
        return self.env._("%s (archived type)", self.name)

    def _uses(self):
        # sudo: those that are closed to whoever asks count too
        News = self.env["collab.news"].sudo().with_context(active_test=False)
        number = News.search_count([("type_id", "in", self.ids)])
        several = self.env._("%s news items are of this type.", number)
        return [*super()._uses(), *self._said(number, self.env._("1 news item is of this type."), several)]

    def _remedy(self):
        return self.env._("Archive it instead.")

    def _archive_consequence(self):
        return self.env._("Nobody will choose it any more. Its news stay where they are. You can restore it.")
