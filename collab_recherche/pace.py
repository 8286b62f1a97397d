"""How fast one person may ask, whatever the others do."""

from time import monotonic

# More people than ever ask at the same time.
KEPT = 10_000


class Pace:
    """So many times at once, then so many a second, for each person.

    It is counted in the memory of a process, which costs nothing, and not in the base: whoever asks too often must not
    make the others wait. Each process counts by itself; the proxy counts for all of them.
    """

    def __init__(self, at_once, a_second, clock=monotonic):
        """
        :param int at_once: how many times one may ask without a pause
        :param float a_second: how many times a second one may go on
        :param Callable[[], float] clock: in seconds
        """
        self.at_once, self.a_second, self.clock = at_once, a_second, clock
        # By person, how many times he could still ask, and when that was counted.
        self._left = {}

    def allows(self, who):
        """Count that somebody asks.

        :param who: hashable
        :return bool: he may ask now; False: not yet
        """
        now = self.clock()
        if len(self._left) >= KEPT:
            self._left.clear()
        left, since = self._left.get(who, (self.at_once, now))
        left = min(self.at_once, left + (now - since) * self.a_second)
        is_allowed = left >= 1
        self._left[who] = (left - 1 if is_allowed else left), now
        return is_allowed
