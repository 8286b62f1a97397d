"""What the names of people are written with, and whom or what a reader takes them for."""

import re
import unicodedata
from itertools import permutations

# Letters of French, and of its neighbours, that are no letter of a to z with a sign; and what they are read as.
OWN_LETTERS = {"æ": "ae", "œ": "oe", "ø": "o", "ß": "ss", "ł": "l", "đ": "d"}
SEPARATORS = frozenset(" -'’.")
# What looks alike on a screen, once accents and capitals are gone.
ALIKE = str.maketrans({"l": "i", "y": "i", "v": "u"})
# Shorter names, run together, lie in too many others.
TOGETHER_MIN_LENGTH = 5
# Of how many words each order is looked for: nobody has more.
ORDERED_MAX = 5
# What a word begins with that tells a role, and what tells it even in the middle of one.
ROLE_WORDS = {
    "moderation": ("moder", "moderat"),
    "administration": ("admin", "administrat"),
    "federation": ("federation", "federation"),
}


def _plain(text):
    """:return str: without accents nor capitals"""
    base = "".join(char for char in unicodedata.normalize("NFKD", text or "") if not unicodedata.combining(char))
    return "".join(OWN_LETTERS.get(char, char) for char in base.lower())


def is_letter(char):
    """:return bool: people write their own names with it: what only looks like one of our letters is another's name"""
    return char.isalpha() and bool(re.fullmatch("[a-z]+", _plain(char)))


def is_name(text):
    """:param str text: as ``unicodedata.normalize`` composes it
    :return bool: there are letters in it, and what stands between them"""
    return any(map(is_letter, text)) and all(
        is_letter(char) or char in SEPARATORS or unicodedata.combining(char) for char in text
    )


def name_words(text):
    """:return list[str]: what a reader tells the words of a name by"""
    return re.findall("[a-z0-9]+", _plain(text).translate(ALIKE))


def looks_like(name, other):
    """:param str name: that somebody gives himself
    :param str other: that of somebody else
    :return bool: a reader takes the one for the other: its words are there, in any order, with or without others, cut
        or run together"""
    given, borne = name_words(name), name_words(other)
    if len(borne) < 2:
        # A first name alone is that of many people.
        return bool(borne) and "".join(given) == borne[0]
    if set(borne) <= set(given):
        return True
    if len("".join(borne)) < TOGETHER_MIN_LENGTH:
        return False
    orders = permutations(borne) if len(borne) <= ORDERED_MAX else [borne]
    runs = {"".join(order) for order in orders}
    return any(run in word for run in runs for word in given) or any(_is_made_of(run, given) for run in runs)


def _is_made_of(run, pieces):
    """:return bool: some of these pieces, one after the other in any order, make this run of letters"""
    reached = {0}
    for start in range(len(run)):
        if start in reached:
            reached |= {start + len(piece) for piece in pieces if run.startswith(piece, start)}
    return len(run) in reached


def roles_told(name):
    """:param str name: of a person
    :return list[str]: of ROLE_WORDS, what a reader takes this person for"""
    found = name_words(name)
    together = "".join(found)
    return [
        role
        for role, (start, whole) in ROLE_WORDS.items()
        if whole in together or any(word.startswith(start) for word in found)
    ]


def is_signed_with_role(name):
    """:return bool: a role stands in it within a bracket, as where the platform says that of somebody"""
    return bool(re.search(r"[(\[{]", unicodedata.normalize("NFKD", name or ""))) and bool(roles_told(name))
