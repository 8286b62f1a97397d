"""Which words that are known somebody may have meant, who has mistyped one."""

import math
import re
from itertools import product

from rapidfuzz.distance import OSA

# What is said alike in French is often written one for the other: each of these as it sounds.
SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        *((r"ph", "f"), (r"qu?|k|c(?![eiyh])|ch(?=r)", "k"), (r"sch|sh", "ch")),
        *((r"y", "i"), (r"c(?=[ei])|sc(?=[ei])|ss|t(?=ion)", "s"), (r"eau|au", "o"), (r"ai|ei|er$|ez$|et$|ee$", "e")),
        *((r"[ae][nm](?![aeiounm])", "an"), (r"z", "s"), (r"g(?=[ei])", "j"), (r"(?<!c)h", "")),
        *((r"oe", "e"), (r"([a-z])\1", r"\1"), (r"[est]+$", "")),
    )
)
# From so many letters, so many errors are forgiven.
ERRORS = ((9, 3), (6, 2), (3, 1))
# What says so little is like many other words.
ALIKE_LETTERS = 2
# In errors: how near a word is that sounds alike; what another first letter costs; what a word gains that many contents
# have; up to how much more than the likeliest one another may be meant, beside other words.
ALIKE, ALIKE_MORE, FIRST_COSTS, COMMON_GAINS, NEARLY = 0.5, 0.3, 0.25, 0.12, 1.2
ELIDED = re.compile("(?:[ldjsnmct]|qu)([aeiouyh][a-z]{3,})$")
MEANT_MAX, TOGETHER_MAX = 5, 60


def sound_of(word):
    """:param str word: folded
    :return str: how it is said, more or less"""
    for pattern, sound in SOUNDS:
        word = pattern.sub(sound, word)
    return word


def errors_forgiven(word):
    """:return int: how many errors of typing such a word may hold"""
    return next((errors for letters, errors in ERRORS if len(word) >= letters), 0)


def without_elision(word):
    """:param str word: folded
    :return str | None: the word that is meant by who has left the apostrophe out, as in "dhebergement" """
    found = ELIDED.match(word)
    return found[1] if found else None


def other_numbers(word):
    """:param str word: folded
    :return set[str]: what may be the same word, in the singular or in the plural"""
    return {word + "s", word + "x", re.sub("[sx]$", "", word)} - {word} if len(word) > 3 else set()


def likely(word, known):
    """
    :param str word: as it is typed, folded
    :param Iterable[tuple[str, int]] known: words, and how many contents have each
    :return list[tuple[float, str]]: those that are near to it, the likeliest first, and how far each is
    """
    most, sound, whole, scored = errors_forgiven(word), sound_of(word), without_elision(word), []
    numbers = other_numbers(word)
    for other, contents in known:
        if other == whole or other in numbers:
            scored.append(((ALIKE if other == whole else -1) - math.log(contents + 1) * COMMON_GAINS, other))
            continue
        seen = OSA.distance(word, other, score_cutoff=most + 1)
        # Who writes a word as it is said may write it quite otherwise.
        alike = len(sound) > ALIKE_LETTERS and seen <= most + 1 and sound == sound_of(other)
        if seen <= most or alike:
            errors = min(seen, ALIKE + (seen - 1) * ALIKE_MORE) if alike else seen
            first = 0 if word[0] == other[0] else FIRST_COSTS
            scored.append((errors + first - math.log(contents + 1) * COMMON_GAINS, other))
    return sorted(scored)


def likeliest(likely_words):
    """
    :param Sequence[tuple[float, str]] likely_words: as ``likely``
    :return list[tuple[float, str]]: those that may be meant, few
    """
    return [one for one in likely_words[:MEANT_MAX] if one[0] <= likely_words[0][0] + NEARLY]


def together(likely_words):
    """
    :param Sequence[Sequence[tuple[float, str]]] likely_words: as ``likeliest``, for each word that is mistyped
    :return list[tuple[str]]: one for each, the likeliest first
    """
    combined = sorted(product(*likely_words), key=lambda words: sum(cost for cost, _word in words))
    return [tuple(word for _cost, word in words) for words in combined[:TOGETHER_MAX]]
