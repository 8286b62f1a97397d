"""What everybody finds in the directory and on the map, in memory: by what is typed, and by what it is classed by.

All who may read anything see the same people and organisations: an index is made once for all of them, from the
projections alone, and holds nothing that somebody hides. A set of its entries is an integer, one bit for each in their
order: what several filters leave, and how many there would be with one more, is then a single operation.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from functools import cached_property, reduce
from itertools import islice
from operator import or_
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from odoo.addons.collab_reseaux.names import plain

# From so many letters, so many errors are forgiven.
ERRORS = ((8, 2), (4, 1))
# When so many are exactly what is typed, nobody looks for those that are nearly so.
ENOUGH = 10
# Below so many, one counts faster one by one.
FEW = 300
# What is longer is not a search.
WORDS_MAX, LETTERS_MAX = 8, 100
SHORT = {"st": "saint", "ste": "sainte"}
# "de La Tour" and "d'Arc" are found among the L and the A.
PARTICLES = re.compile(r"(?:[a-zà-öø-ÿ]+[\s'’]+)+(?=[A-ZÀ-ÖØ-Þ])")


class Entry(NamedTuple):
    """Somebody, or an organisation."""

    id: int
    name: str
    order: tuple  # what the list is sorted by
    names: tuple[str, ...]  # whose words find it, also written together; empty ones are left out
    texts: tuple[str, ...]  # whose words find it; likewise
    sides: Mapping[str, tuple]  # by side, the values by which it is found
    said: Mapping  # what lists say of it, without reading it
    topics: tuple[str, ...] = ()  # whose words find it too, after those that are found without them


class Found(NamedTuple):
    """What a search leaves: those that have all the words that are typed; those that have them all once their topics
    count; and, when they are few, those that have words near to these."""

    exact: int
    about: int
    near: int


def words_of(text):
    """:return list[str]: its words, in lower case, without accents"""
    return re.findall("[a-z0-9]+", plain(text))


def sorted_by(name):
    """:return str: what a name is sorted by: accents, capitals and particles do not count"""
    return " ".join(words_of(PARTICLES.sub("", name or "", count=1) if PARTICLES.match(name or "") else name))


def _together(words):
    """:return Iterator[str]: what these words make when they are written together: "delatour", "latour" """
    return ("".join(words[start:]) for start in range(len(words) - 1))


class Words(dict):
    """The set of those that have each word."""

    def add(self, word, found):
        self[word] = self.get(word, 0) | found

    @cached_property
    def _sorted(self):
        return sorted(self)

    def begun_by(self, letters):
        """:return int: the set of those that have a word that begins so"""
        # Words have small letters and digits alone: "~" comes after them all.
        begun = self._sorted[bisect_left(self._sorted, letters) : bisect_left(self._sorted, f"{letters}~")]
        return reduce(or_, map(self.__getitem__, begun), 0)


class Index:
    """Entries, found by words and by sides; a side is what a list filters by (a network, a job)."""

    # How many of the things made from it are kept.
    KEPT = 200

    def __init__(self, entries, sides, orders=None):
        """
        :param Iterable[Entry] entries:
        :param Sequence[str] sides: the names of their sides
        :param Mapping[str, Callable] | None orders: by name, the other orders in which they are listed: the function
            that gives the key of an entry
        """
        self.entries = sorted(entries, key=lambda entry: (entry.order, entry.id))
        self.everything = (1 << len(self.entries)) - 1
        self.ranks = {entry.id: rank for rank, entry in enumerate(self.entries)}
        # By side, the set of those that each value finds.
        self.sides = {side: {} for side in sides}
        # Those that have each word, as a name or a text, or as a topic; the words of each length.
        self._words, self._topics, self._by_length = Words(), Words(), {}
        for rank, entry in enumerate(self.entries):
            bit = 1 << rank
            names = [words_of(name) for name in entry.names if name]
            alone = {word for words in names for word in words}
            alone.update(word for text in entry.texts if text for word in words_of(text))
            topics = {word for topic in entry.topics for word in words_of(topic)}
            for word in alone | topics:
                self._by_length.setdefault(len(word), set()).add(word)
            for word in alone.union(*map(_together, names)):
                self._words.add(word, bit)
            for word in topics:
                self._topics.add(word, bit)
            for side, found in self.sides.items():
                for value in entry.sides[side]:
                    found[value] = found.get(value, 0) | bit
        self._orders = {
            name: sorted(range(len(self.entries)), key=lambda rank, key=key: key(self.entries[rank]))
            for name, key in (orders or {}).items()
        }
        self._kept = {}

    def kept(self, asked, make):
        """Make something from this index once: whatever changes makes another index.

        :param asked: all that it depends on beside the index; hashable
        :param Callable make: without arguments
        :return: what it has made"""
        if asked not in self._kept:
            if len(self._kept) >= self.KEPT:
                self._kept.clear()
            self._kept[asked] = make()
        return self._kept[asked]

    # Words

    def find(self, typed):
        """Find by what somebody has typed: each of its words, in any order, begins a word of what is found. Accents,
        hyphens and apostrophes do not count, and words may be written together.

        :param str typed:
        :return Found: everything, when nothing is typed
        """
        words = words_of(typed[:LETTERS_MAX])[:WORDS_MAX]
        begun, with_topics = [], []
        for place, word in enumerate(words):
            # "la tour" finds "Latour".
            pairs = ["".join(words[at : at + 2]) for at in (place - 1, place) if 0 <= at < len(words) - 1]
            begun.append(reduce(or_, map(self._words.begun_by, filter(None, (word, *pairs, SHORT.get(word))))))
            with_topics.append(begun[-1] | self._topics.begun_by(word))
        exact = reduce(int.__and__, begun, self.everything)
        found = reduce(int.__and__, with_topics, self.everything)
        if found.bit_count() >= ENOUGH or not words:
            return Found(exact, found & ~exact, 0)
        near = (having | self._near_to(word) for having, word in zip(with_topics, words, strict=True))
        return Found(exact, found & ~exact, reduce(int.__and__, near) & ~found)

    def _near_to(self, word):
        """:return int: the set of those that have this word, but for some errors of typing"""
        errors = next((errors for letters, errors in ERRORS if len(word) >= letters), 0)
        found = 0
        for length in range(len(word) - errors, len(word) + errors + 1) if errors else ():
            words = self._by_length.get(length, ())
            for near, *_rest in process.extract(word, words, scorer=OSA.distance, score_cutoff=errors, limit=None):
                found |= self._words.get(near, 0) | self._topics.get(near, 0)
        return found

    def numbers(self, typed, chosen):
        """
        :param str typed: as in ``find``
        :param Mapping chosen: as in ``within``
        :return tuple[list[int], list[int]]: the identifiers of those that have what is typed, then of those that have
            something near to it; in their order
        """
        exact, about, near = ([entry.id for entry in self.listed(self.within(chosen, one))] for one in self.find(typed))
        return exact + about, near

    # Sides

    def within(self, chosen, among=None):
        """
        :param Mapping chosen: the value that is chosen for each side; a side without any counts for nothing
        :param int | None among: a set; None: everything
        :return int: the set of those that have them all
        """
        found = self.everything if among is None else among
        for side, value in chosen.items():
            if value is not None:
                found &= self.sides[side].get(value, 0)
        return found

    def any_of(self, side, values):
        """:return int: the set of those that have one of these values at least"""
        found = 0
        for value in values:
            found |= self.sides[side].get(value, 0)
        return found

    def counts(self, chosen, among=None):
        """
        :param Mapping chosen: as in ``within``
        :return dict[str, dict]: for each side, how many one would find with each of its values, the other sides staying
            as they are; values with which one would find nothing are left out
        """
        counted = {}
        for side, values in self.sides.items():
            found = self.within({**chosen, side: None}, among)
            if found.bit_count() < FEW:
                counted[side] = Counter(value for entry in self.listed(found) for value in entry.sides[side])
            else:
                numbers = ((value, (found & having).bit_count()) for value, having in values.items())
                counted[side] = {value: number for value, number in numbers if number}
        return counted

    # Sets

    def first(self, found):
        """:param int found: a set, not empty
        :return Entry: the first of them"""
        return self.entries[(found & -found).bit_length() - 1]

    def listed(self, found, order=None):
        """:param int found: a set
        :param str | None order: the name of another order than their own
        :return Iterator[Entry]: read no further than what is shown"""
        bits = f"{found:b}"[::-1]
        if order is None:
            return (self.entries[match.start()] for match in re.finditer("1", bits))
        bits = bits.ljust(len(self.entries), "0")
        return (self.entries[rank] for rank in self._orders[order] if bits[rank] == "1")

    def part(self, sets, offset, size, order=None):
        """:param Iterable[int] sets: one after the other
        :return list[Entry]: some of what they have, from a place on"""
        listed = (entry for found in sets for entry in self.listed(found, order))
        return list(islice(listed, offset, offset + size))

    def until(self, order, is_shown):
        """:param str order: the name of an order
        :param Callable[[Entry], bool] is_shown:
        :return int: the set of those that it begins with, as long as they are shown"""
        found = 0
        for rank in self._orders[order]:
            if not is_shown(self.entries[rank]):
                break
            found |= 1 << rank
        return found

    def __contains__(self, number):
        return number in self.ranks

    def __getitem__(self, number):
        """:return Entry: that of an identifier"""
        return self.entries[self.ranks[number]]
