from odoo import api, fields, models, tools

from odoo.addons.collab_reseaux.calls import CHOOSE, opened

# Karma is a role here, not a game: a member has 1, a moderator a million, and nobody gains any.
STAFF_KARMA = 1000
EVERYBODY_MAY = (
    *("ask", "answer", "edit_own", "comment_own", "comment_all", "upvote", "flag", "editor", "dofollow", "post"),
    *("unlink_own", "answer_accept_own", "comment_unlink_own"),
)
MODERATORS_MAY = (
    *("edit_all", "edit_retag", "close_own", "close_all", "unlink_all", "tag_create", "downvote"),
    *("answer_accept_all", "comment_convert_own", "comment_convert_all", "comment_unlink_all", "user_bio", "moderate"),
)
GAINS = (
    *("question_new", "question_upvote", "question_downvote", "answer_upvote", "answer_downvote", "answer_accept"),
    *("answer_accepted", "answer_flagged"),
)
SETTINGS = {
    "mode": "discussions",
    "privacy": "connected",
    "allow_share": False,
    "welcome_message": False,
    **{f"karma_{right}": 0 for right in EVERYBODY_MAY},
    **{f"karma_{right}": STAFF_KARMA for right in MODERATORS_MAY},
    **{f"karma_gen_{gain}": 0 for gain in GAINS},
}


class ForumForum(models.Model):
    """A theme, as website_forum calls it: each theme has one, and it has no audience of its own."""

    _name = "forum.forum"
    _inherit = ["collab.used.mixin", "forum.forum", "collab.cached.mixin"]
    _calls = opened("moderator", *CHOOSE)

    theme_id = fields.Many2one("collab.theme", ondelete="restrict", readonly=True)
    sequence = fields.Integer(related="theme_id.sequence", store=True, default=None)

    _theme_unique = models.UniqueIndex("(theme_id)", "This theme has its forum already.")

    @api.model_create_multi
    def create(self, vals_list):
        Theme = self.env["collab.theme"]
        named = [{"name": Theme.browse(vals.get("theme_id")).name, **vals, **SETTINGS} for vals in vals_list]
        return super().create(named)

    def _uses(self):
        # sudo: counted, and not told; what is in the bin counts too
        posts = self.env["forum.post"].sudo().with_context(active_test=False)
        asked = posts.search_count([("forum_id", "in", self.ids), ("parent_id", "=", False)])
        said = self.env._("%s questions have been asked about it.", asked)
        return [*super()._uses(), *self._said(asked, self.env._("1 question has been asked about it."), said)]

    def _remedy(self):
        return self.theme_id._remedy()

    @api.ondelete(at_uninstall=True)
    def _unlink_tags(self):
        # sudo: a theme takes its words away with it, whoever deletes it
        self.sudo().tag_ids.unlink()

    def _take_names(self):
        """Be called as their themes, in every language that website_forum knows."""
        languages = [code for code, _name in self.env["res.lang"].get_installed()]
        for forum in self:
            for language in (None, *languages):
                forum.with_context(lang=language).name = forum.theme_id.name

    def _set_default_faq(self):
        """Write no guidelines: those of Odoo are about Odoo; ours are the charter."""

    @api.model
    def _keep_in_step(self):
        """Give its forum to each theme that has none, and remove that which website_forum brings."""
        foreign = self.with_context(active_test=False).search([("theme_id", "=", False)])
        foreign.with_context(active_test=False).post_ids.unlink()
        foreign.unlink()
        themes = self.env["collab.theme"].with_context(active_test=False)
        known = self.search([]).theme_id  # pylint: disable=no-search-all
        self.create([{"theme_id": theme.id} for theme in themes.search([("id", "not in", known.ids)])])

    @api.model
    @tools.ormcache()
    def _by_theme(self):
        """:return dict[int, int]: the forum of each theme, the themes in use in their order"""
        forums = self._with_archived()
        # The result is cached: the context of whoever asks first must not decide it.
        return {theme: forums[theme] for theme in self.env["collab.theme"].with_context(active_test=True)._labels()}

    @api.model
    @tools.ormcache()
    def _with_archived(self):
        """:return dict[int, int]: the forum of each theme, archived or not"""
        # sudo: themes are known to all
        return {forum.theme_id.id: forum.id for forum in self.sudo().search([("theme_id", "!=", False)])}

    @api.model
    @tools.ormcache()
    def _labels(self):
        """:return dict[int, str]: the names of all the forums, those of archived themes last"""
        # sudo: as above
        forums = self.sudo().search([("theme_id", "!=", False)])
        return {forum.id: forum.theme_id.name for forum in forums.sorted(lambda forum: not forum.theme_id.active)}

    def _notify_thread(self, message, msg_vals=False, **kwargs):
        """Tell nobody: the outbox of the platform does."""
        return []
