from typing import NamedTuple

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..facets import Counts


class Reading(NamedTuple):
    """What decides what somebody reads, beside what he has asked, and what he has marked."""

    audiences: tuple | None  # None: all of them
    state: tuple | None  # of the discussions: the same as long as none has changed
    marks: dict  # what he has seen, keeps and follows, as ``collab.mark._of``

    def is_for(self, audience):
        return self.audiences is None or audience in self.audiences


class ForumPost(models.Model):
    """How many discussions a reader finds, and how many are new to him."""

    _inherit = "forum.post"

    @api.model
    def _reading(self, kinds=("seen", "favourite", "follow")):
        """
        :param Iterable[str] kinds: of marks; what lists show, unless told
        :return Reading: of the current user, as a page asks for it once
        """
        scope = self.env.user._audience_scope()
        if scope is None:
            return Reading((), None, {})
        everything = scope.network_ids is None and scope.territory_ids is None
        return Reading(
            None if everything else self.env["collab.audience"]._visible_ids(scope),
            self.env["collab.change"]._state(self._name),
            self.env["collab.mark"]._of(self._name, kinds=kinds),
        )

    @api.model
    def _facets(self, reading, forum=None, territory=None, state=None):
        """Count the discussions that are shown and that the reader may read, as he has filtered them.

        :param Reading reading: his
        :param int | None forum: that of the theme that he has chosen
        :param int | None territory: the one that he has chosen; what lies in it counts
        :param str | None state: one of ``facets.STATES``
        :return dict: as ``Counts.facets``
        """
        steps = self.env["collab.territory"]._steps()

        def count():
            return Counts(self._count_rows(), lambda place: steps.get(place, ()))

        if reading.audiences == ():
            return Counts((), None).facets((), forum, territory, state)
        counts = self._since_last_change("counts", reading.state, count)
        return counts.facets(reading.audiences, forum, territory, state)

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
