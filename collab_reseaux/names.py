"""Which characters a person's name may have, and which names readers could confuse."""

import re
import unicodedata
from itertools import permutations

# Letters of European languages that are not an a–z letter with an accent, and how they are read.
OWN_LETTERS = {"æ": "ae", "œ": "oe", "ø": "o", "ß": "ss", "ł": "l", "đ": "d"}
SEPARATORS = frozenset(" -'’.")
# Letters that look alike on a screen, in lower case and without accents.
ALIKE = str.maketrans({"l": "i", "y": "i", "v": "u"})
# A shorter name written without spaces would be found inside too many others.
TOGETHER_MIN_LENGTH = 5
# Up to this number of words, all their orders are tried (5 words: 120 orders). Nobody has more.
ORDERED_MAX = 5
# For each role: how a word that names it begins, and the part that names it even in the middle of a word.
ROLE_WORDS = {
    "moderation": ("moder", "moderat"),
    "administration": ("admin", "administrat"),
    "federation": ("federation", "federation"),
}


def plain(text):
    """:return str: the text in lower case, without accents"""
    base = "".join(char for char in unicodedata.normalize("NFKD", text or "") if not unicodedata.combining(char))
    return "".join(OWN_LETTERS.get(char, char) for char in base.lower())


def is_letter(char):
    """:return bool: it is a Latin letter; a Cyrillic or Greek one that looks the same would copy somebody's name"""
    return char.isalpha() and bool(re.fullmatch("[a-z]+", plain(char)))


def is_name(text):
    """:param str text: composed (NFC)
    :return bool: it has letters, and between them only spaces, hyphens, apostrophes and dots"""
    return any(map(is_letter, text)) and all(
        is_letter(char) or char in SEPARATORS or unicodedata.combining(char) for char in text
    )


def initials(*names):
    """:param str | None names: first and last name, or a whole name
    :return str: one or two letters, shown in place of a photo"""
    return "".join(name[0] for name in names if name).upper() or "?"


def name_words(text):
    """:return list[str]: the words of a name, reduced to what a reader sees of them"""
    return re.findall("[a-z0-9]+", plain(text).translate(ALIKE))


def looks_like(name, other):
    """:param str name: the name that somebody chooses
    :param str other: the name of somebody else
    :return bool: a reader could confuse them: the words of ``other`` are in ``name``, in any order, even among other
        words, cut into pieces or written without spaces"""
    given, borne = name_words(name), name_words(other)
    if len(borne) < 2:
        # A single word is often a first name, which many people have.
        return bool(borne) and "".join(given) == borne[0]
    if set(borne) <= set(given):
        return True
    if len("".join(borne)) < TOGETHER_MIN_LENGTH:
        return False
    orders = permutations(borne) if len(borne) <= ORDERED_MAX else [borne]
    runs = {"".join(order) for order in orders}
    return any(run in word for run in runs for word in given) or any(_is_made_of(run, given) for run in runs)


def _is_made_of(run, pieces):
    """:return bool: some of these pieces, put side by side in any order, spell this run of letters"""
    reached = {0}
    for start in range(len(run)):
        if start in reached:
            reached |= {start + len(piece) for piece in pieces if run.startswith(piece, start)}
    return len(run) in reached


def roles_told(name):
    """:param str name: of a person
    :return list[str]: the roles, among ROLE_WORDS, that a reader would believe this person has"""
    found = name_words(name)
    together = "".join(found)
    return [
        role
        for role, (start, inside) in ROLE_WORDS.items()
        if inside in together or any(word.startswith(start) for word in found)
    ]


def is_signed_with_role(name):
    """:return bool: it looks like the mark that the platform puts after a name, such as "(modération)" """
    return bool(re.search(r"[(\[{]", unicodedata.normalize("NFKD", name or ""))) and bool(roles_told(name))
