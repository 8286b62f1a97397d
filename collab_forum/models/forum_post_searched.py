from odoo import api, models, tools
from odoo.fields import Domain

from .forum_post_lists import ANSWERS_ORDER


class ForumPost(models.Model):
    """What a search finds: discussions, each with all that is said in it."""

    _inherit = "forum.post"

    def _searched_in(self):
        return self._question()

    @api.model
    @tools.ormcache()
    def _searched_from(self):
        return super()._searched_from() | {"parent_id"}

    @api.model
    def _searched_domain(self):
        return super()._searched_domain() & Domain("parent_id", "=", False)

    def _searched_texts(self):
        shown = Domain("parent_id", "in", self.ids) & Domain("is_shown", "=", True)
        return self | self.search_fetch(shown, ["parent_id", "content", "create_uid"], order=ANSWERS_ORDER)

    @api.model
    def _search_filter(self, network=None, territory=None, theme=None, author=None, since=None):
        # Whoever has asked what is not addressed to him any more reads nothing else of it.
        found = super()._search_filter(network, territory, theme, author, since)
        return found & self._addressed_domain()

    @api.model
    def _search_by_territory(self, territory):
        return self._filter_domain(territory=territory)

    @api.model
    def _search_by_theme(self, theme):
        forum = self.env["forum.forum"]._with_archived().get(theme)
        return self._filter_domain(forum=forum) if forum else Domain.FALSE
