"""When two names in a table are those of one organisation, or of one person."""

import re

from odoo.tools import remove_accents

# What begins a last name of several words.
PARTICLES = frozenset("le la les l de du des d da dos di van von ben el al abou saint".split())
# What does not tell an organisation from another.
GENERIC = frozenset("association assoc asso les le la l de des du d et a au aux".split())
# Shorter names that differ by a letter are two names.
ALIKE_MIN_LENGTH = 6


def comparable(text):
    """:return str: what tells two names apart, whatever their accents, capitals and punctuation"""
    return " ".join(
        re.findall(r"[a-z0-9]+", remove_accents(text or "").lower().replace("œ", "oe").replace("&", " et "))
    )


def essence(name):
    """:return str: what is left of the name of an organisation without its small words and its plurals"""
    kept = [word for word in comparable(name).split() if word not in GENERIC]
    return "".join(re.sub(r"(?<=\w{3})[sx]$", "", word) for word in kept) or comparable(name)


def alike(one, other):
    """:param str one, other: as ``essence`` gives them
    :return bool: they are the same, or a letter apart"""
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
    """:return str: what tells two people apart: all the words of the name, in an order of their own, since first and
    last names are often in each other's column"""
    return " ".join(sorted(comparable(" ".join(parts)).split()))


def cut_name(text, order):
    """Cut a whole name: what is in capitals is the last name; else the first word is, or is not, by the order.

    :param str text: of one cell
    :param str order: of WHOLE_NAMES
    :return tuple[str, str]: first and last names; one is empty when there is nothing to cut
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
