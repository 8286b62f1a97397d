"""How many discussions a reader would find in each theme and territory, of all of them, or in a state."""

from collections import Counter

STATES = (None, "unanswered", "solved")


class Counts:
    """All the discussions, counted by audience, theme, territory and state."""

    KEPT = 200

    def __init__(self, rows, places_of):
        """
        :param rows: audience, forum, territory, whether they are unanswered, and solved, number
        :param places_of: gives a territory and those that it lies in
        """
        self.cells, self.places, self.found = {}, {None: ()}, {}
        for audience, forum, territory, unanswered, solved, number in rows:
            self.cells.setdefault(audience, []).append((forum, territory, (True, unanswered, solved), number))
            if territory not in self.places:
                self.places[territory] = places_of(territory)

    def facets(self, audiences, forum, territory, state=None):
        """
        :param tuple[int] | None audiences: those that the reader is part of; None for all of them
        :param int | None forum: the theme that he has filtered by
        :param int | None territory: the same; what lies in it counts
        :param str | None state: one of STATES; None for all of them
        :return dict: ``total``, and numbers by ``forum``, ``territory``: each says what one would find by choosing it,
            the other choices staying as they are
        """
        asked = audiences, forum, territory, state
        if asked not in self.found:
            if len(self.found) >= self.KEPT:
                self.found.clear()
            self.found[asked] = self._facets(*asked)
        return self.found[asked]

    def _facets(self, audiences, forum, territory, state):
        total, forums, territories = 0, Counter(), Counter()
        wanted = STATES.index(state)
        for audience in self.cells if audiences is None else self.cells.keys() & set(audiences):
            for its_forum, its_territory, is_in, number in self.cells[audience]:
                if not is_in[wanted]:
                    continue
                places = self.places[its_territory]
                forum_fits = forum is None or forum == its_forum
                territory_fits = territory is None or territory in places
                if territory_fits:
                    forums[its_forum] += number
                if forum_fits:
                    for place in places:
                        territories[place] += number
                if forum_fits and territory_fits:
                    total += number
        return {"total": total, "forum": forums, "territory": territories}
