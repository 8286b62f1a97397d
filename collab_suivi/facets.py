"""How many contents a reader would find with each filter that a list offers him."""

from collections import Counter


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


class Counts(Facets):
    """Contents counted by audience and by whatever a list filters them by: its *sides*.

    A choice gives one value for each side, in their order; ``None`` where nothing is chosen.
    """

    def __init__(self, sides, rows):
        """
        :param Sequence[str] sides: their names
        :param Iterable[tuple] rows: an audience; for each side, the values that these contents are found by, a
            collection; how many contents there are
        """
        super().__init__()
        self.sides = tuple(sides)
        for audience, *values, number in rows:
            self.cells.setdefault(audience, []).append((values, number))

    def _count(self, audiences, *choice):
        total, counters = 0, [Counter() for _side in self.sides]
        for audience in audiences:
            for values, number in self.cells[audience]:
                missed = [
                    side
                    for side, (chosen, found) in enumerate(zip(choice, values, strict=True))
                    if chosen is not None and chosen not in found
                ]
                # Beside a filter stands what one would find with another of its values: only that one may be missed.
                if len(missed) > 1:
                    continue
                total += 0 if missed else number
                for side in missed or range(len(values)):
                    counters[side].update(dict.fromkeys(values[side], number))
        return {"total": total, **dict(zip(self.sides, counters, strict=True))}
