from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..discussion_facets import DiscussionFacets


class ForumPost(models.Model):
    """How many discussions a reader finds, and how many are new to him."""

    _inherit = "forum.post"

    @api.model
    def _facets(self, reading, forum=None, territory=None, state=None):
        """Count the discussions that are shown and that the reader may read, as he has filtered them.

        :param Reading reading: his
        :param int | None forum: that of the theme that he has chosen
        :param int | None territory: the one that he has chosen; what lies in it counts
        :param str | None state: one of ``discussion_facets.STATES``
        :return dict: as ``Facets.of``: ``forum`` and ``territory``
        """
        if reading.audiences == ():
            return DiscussionFacets((), None).of((), forum, territory, state)
        steps = self.env["collab.territory"]._steps()
        facets = self._since_last_change(
            "facets", reading.state, lambda: DiscussionFacets(self._count_rows(), lambda inner: steps.get(inner, ()))
        )
        return facets.of(reading.audiences, forum, territory, state)

    @api.model
    def _count_rows(self):
        """:return list[tuple]: audience, forum, territory, whether they are unanswered, and solved, number, of the
        discussions shown"""
        self.flush_model()
        return self.env.execute_query(
            SQL(
                """SELECT audience_id, forum_id, territory_id, answered_date IS NULL,
                          coalesce(has_validated_answer, FALSE) OR coalesce(has_approved_answer, FALSE), count(*)
                     FROM forum_post
                    WHERE active IS TRUE AND parent_id IS NULL AND is_shown GROUP BY 1, 2, 3, 4, 5"""
            )
        )

    def _new_among(self, marks):
        return super(ForumPost, self._addressed())._new_among(marks)

    @api.model
    def _new_domain(self):
        shown = Domain("parent_id", "=", False) & Domain("is_shown", "=", True)
        return super()._new_domain() & shown & self._addressed_domain()

    @api.model
    def _recent_condition(self):
        return SQL("active IS TRUE AND parent_id IS NULL AND is_shown")
