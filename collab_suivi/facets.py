"""How many contents a reader would find by each choice that a list offers him."""


class Facets:
    """Numbers of contents by audience, and by what one filters them by; kept, because many readers read the same.

    A kind of content says how its numbers are added up, in ``_count``.
    """

    # Answers that are kept: by readers and choices.
    KEPT = 200

    def __init__(self):
        # By audience, in the form that the kind of content likes best.
        self.cells, self.found = {}, {}

    def of(self, audiences, *choice):
        """
        :param tuple[int] | None audiences: those that the reader is part of; None for all of them
        :param choice: what he has filtered by; it can be hashed
        :return dict: ``total``, and numbers by what one filters by: each says what one would find by choosing it, the
            other choices staying as they are
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
