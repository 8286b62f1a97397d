"""How many contents a reader would find with each filter that a list offers him."""


class Facets:
    """Numbers of contents, by audience and by filter. Answers are kept, because many readers have the same audiences.

    Each kind of content has its own subclass, whose ``_count`` adds its numbers up.
    """

    # How many answers are kept; there is one for each set of audiences and filters.
    KEPT = 200

    def __init__(self):
        # cells: the numbers by audience, in a form that the subclass chooses. found: the answers that are kept.
        self.cells, self.found = {}, {}

    def of(self, audiences, *choice):
        """
        :param tuple[int] | None audiences: those that the reader is part of; None for all of them
        :param choice: the filters that he has chosen; they must be hashable
        :return dict: ``total``; then, for each filter, how many contents he would find with each of its values, the
            other filters staying as they are
        """
        asked = audiences, *choice
        if asked not in self.found:
            if len(self.found) >= self.KEPT:
                self.found.clear()
            mine = self.cells if audiences is None else self.cells.keys() & set(audiences)
            self.found[asked] = self._count(mine, *choice)
        return self.found[asked]

    def _count(self, audiences, *choice):
        """:param Collection[int] audiences: those that count
        :return dict: as ``of``"""
        raise NotImplementedError
