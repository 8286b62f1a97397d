"""Are two names those of the same organisation, or of the same person?"""

import re

from odoo.tools import remove_accents

# Words that begin a last name of several words ("de La Fontaine").
PARTICLES = frozenset("le la les l de du des d da dos di van von ben el al abou saint".split())
# Words that do not help to tell two organisations apart.
GENERIC = frozenset("association assoc asso les le la l de des du d et a au aux".split())
# Below this number of letters, names that differ by one letter are different names.
ALIKE_MIN_LENGTH = 6


def comparable(text):
    """:return str: a key to compare texts: lower case, without accents nor punctuation, words separated by a space"""
    return " ".join(
        re.findall(r"[a-z0-9]+", remove_accents(text or "").lower().replace("œ", "oe").replace("&", " et "))
    )


def essence(name):
    """:return str: a looser key for the name of an organisation: without generic words nor plurals, no space"""
    kept = [word for word in comparable(name).split() if word not in GENERIC]
    return "".join(re.sub(r"(?<=\w{3})[sx]$", "", word) for word in kept) or comparable(name)


def alike(one, other):
    """:param str one, other: keys, as ``essence`` returns them
    :return bool: they are equal, or differ by one letter (added, removed or replaced)"""
    if one == other:
        return True
    if min(len(one), len(other)) < ALIKE_MIN_LENGTH or re.findall(r"\d+", one) != re.findall(r"\d+", other):
        return False
    shortest, longest = sorted((one, other), key=len)
    begins = next((i for i, letter in enumerate(shortest) if letter != longest[i]), len(shortest))
    rest = len(shortest) - begins
    ends = next((i for i in range(rest) if shortest[-1 - i] != longest[-1 - i]), rest)
    return len(longest) - begins - ends <= 1


def person_key(*parts):
    """:return str: a key to compare the names of people: the words are sorted, because files often swap the columns of
    the first and last names"""
    return " ".join(sorted(comparable(" ".join(parts)).split()))


def cut_name(text, order):
    """Cut a full name in two. The words in capitals are the last name; without any, ``order`` decides.

    :param str text: the cell
    :param str order: a key of WHOLE_NAMES
    :return tuple[str, str]: first name and last name; one of them is empty when there is a single word
    """
    if "," in text:
        last, _comma, first = text.partition(",")
        return first.strip(), last.strip()
    pieces = text.split()
    shouted = [piece.isupper() and bool(re.search(r"[^\W\d_]{2}", piece)) for piece in pieces]
    if any(shouted) and not all(shouted):
        first, last = ([piece for piece, loud in zip(pieces, shouted, strict=True) if loud == kept] for kept in (0, 1))
    elif order == "first_last":
        first, last = pieces[:1], pieces[1:]
    else:
        end = 1
        while end < len(pieces) - 1 and comparable(pieces[end - 1]) in PARTICLES:
            end += 1
        last, first = pieces[:end], pieces[end:]
    return " ".join(first), " ".join(last)
