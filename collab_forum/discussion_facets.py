"""How many discussions a reader would find in each theme and territory, of all of them, or in a state."""

from collections import Counter

from odoo.addons.collab_suivi.facets import Facets

STATES = (None, "unanswered", "solved")


class DiscussionFacets(Facets):
    """All the discussions, counted by audience, theme, territory and state."""

    def __init__(self, rows, outer_of):
        """
        :param rows: audience, forum, territory, whether they are unanswered, and solved, number
        :param outer_of: gives a territory and those that it lies in
        """
        super().__init__()
        self.outer = {None: ()}
        for audience, forum, territory, unanswered, solved, number in rows:
            self.cells.setdefault(audience, []).append((forum, territory, (True, unanswered, solved), number))
            if territory not in self.outer:
                self.outer[territory] = outer_of(territory)

    def _count(self, audiences, forum, territory, state):
        """
        :param int | None forum: the theme that he has filtered by
        :param int | None territory: the same; what lies in it counts
        :param str | None state: one of STATES; None for all of them
        """
        total, forums, territories = 0, Counter(), Counter()
        wanted = STATES.index(state)
        for audience in audiences:
            for its_forum, its_territory, is_in, number in self.cells[audience]:
                if not is_in[wanted]:
                    continue
                outer = self.outer[its_territory]
                forum_fits = forum is None or forum == its_forum
                territory_fits = territory is None or territory in outer
                if territory_fits:
                    forums[its_forum] += number
                if forum_fits:
                    for one in outer:
                        territories[one] += number
                if forum_fits and territory_fits:
                    total += number
        return {"total": total, "forum": forums, "territory": territories}
