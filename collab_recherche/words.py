"""The words of a text, as the index and the search know them: one reading of French for both.

A word is kept as it is written, without capitals or accents, and by its stem (Snowball's French algorithm), so that
“hébergements” is found by “héberger”. The stem is taken twice, with the accents and without them: people leave them
out, and the algorithm needs them. No word is too common to be kept: “AI” is an organisation, and “été” a season.
"""

import re
import unicodedata
from collections import deque
from functools import lru_cache

import Stemmer

# A word, with the hyphens and apostrophes that are inside it.
TOKEN = re.compile(r"[^\W_]+(?:[-\N{NON-BREAKING HYPHEN}'’][^\W_]+)*")
INSIDE = re.compile(r"([-\N{NON-BREAKING HYPHEN}'’])")
# "C.D.D.I." is "CDDI".
DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}[^\W\d_]?(?!\w)")
# What is left of a word before an apostrophe: it says nothing.
ELIDED = frozenset({"l", "d", "c", "j", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"})
LETTERS = {"œ": "oe", "æ": "ae", "ø": "o", "ß": "ss", "ł": "l", "đ": "d"}
# Ten times faster than str.translate: there are few of them.
LIGATURE = re.compile(f"[{''.join(LETTERS)}]")
MARKS = re.compile("[\u0300-\u036f]")
# They are in words, and nobody sees them: where a line may be cut, and spaces that have no width.
UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
# Plurals that the algorithm does not know. A noun in -ail, or in -eu and -ou; those in -al, it does.
PLURALS = {
    **{"travaux": "travail", "baux": "bail", "vitraux": "vitrail", "soupiraux": "soupirail", "yeux": "oeil"},
    **{f"{noun}x": noun for noun in ("jeu", "lieu", "feu", "voeu", "enjeu", "cheveu", "neveu", "aveu", "milieu")},
    **{f"{noun}x": noun for noun in ("adieu", "bijou", "genou", "caillou", "chou", "tuyau", "noyau")},
}
# After these letters, the algorithm keeps the final s of a plural, or cuts more of the singular: "vélos", "scooters".
PLURAL = re.compile(r"(?<=[aiou])s$|(?<=er)s$")
# Nor does it know the feminine of "conseiller" as that of "ouvrier".
FEMININE = re.compile(r"(?<=\w{5})[eè]re(s?)$")
# It cuts these so short that they would be other words: "loi", "foi", "puni".
WHOLE = {
    **{
        "loyer": "loyer",
        "foyer": "foyer",
        "tiers": "tiers",
        "etes": "etes",
        "punaise": "punaise",
        "punaises": "punaise",
    },
    **{"punaises": "punaise", "cafe": "cafe", "cafes": "cafe"},
    # And these are of the family of "stage", "souder", "intérim".
    **{"interimaire": "interim", "interimaires": "interim"},
    **{"stagiaire": "stag", "stagiaires": "stag", "soudure": "soud", "soudures": "soud"},
}
# What is done, who does it, what it is done with: from these endings of a stem, the family goes on. So many letters
# must be left, or "village" would be "ville".
ENDINGS, ENDINGS_LEFT = re.compile("(?:ag|(?<!e)ur)$"), 5
# "traduire" and "traduction"; "peindre" and "peinture".
TURNED = ((re.compile("uir$"), "uct"), (re.compile("indr$"), "int"))
# "été" is a season, unless one of these is before it: "n'ont pas encore été".
TO_HAVE = frozenset(
    "a ai as ont avons avez aurai auras aura aurons aurez auront aurais aurait aurions auriez auraient avais"
    " avait avions aviez avaient avoir ayant ait aies ayons ayez aient eut eurent eussent eu".split()
)
# They are not acronyms, even in a line that is all in capitals.
SMALL = frozenset(
    "a ai as au aux avec ce ces cet cette chez ci comme d dans de des donc du elle elles en entre es est et eu"
    " eux il ils j je l la le les leur leurs lui m ma mais me meme mes mon n ne ni nos notre nous on ont ou par"
    " pas plus pour qu que qui s sa se ses si son sont sur t ta te tes ton tu un une vers via vos votre vous y"
    " ca cela celle celui ceux etre avoir fait faire quel quelle quels quelles comment quand dont apres avant"
    " pendant depuis tout tous toute toutes aussi faut peut peuvent puis puisque lors".split()
)
ACRONYM = "^"  # before the letters of an acronym; no word has it
ACRONYM_LETTERS = (2, 8)
# A line of a text is all in capitals from so many of its letters.
SHOUTED = 0.7
# In such a line, longer words are words.
SHOUTED_MAX_LETTERS = 5
WORD_MAX_LETTERS = 40
# What is longer is cut before it is kept in memory: one letter more, so that the lexicon knows that it is cut.
CUT_LETTERS = WORD_MAX_LETTERS + 1
# PostgreSQL keeps no place beyond, and so many of the same word (see "Limitations" of its full text search).
PLACE_MAX, PLACES_MAX = 16_383, 255
# A tsvector holds one megabyte of words: room is left for the places, and for what is added to it.
WORDS_MAX_BYTES = 400_000

# What a verb, a noun or an adjective adds to its stem without being another word.
INFLECTION = re.compile("e?s?|er|ez|e?nt|an(?:t|te)s?|ons|ais|ait|aient|ees?|era|eront|ifs?|ives?|ements?")

_stem = Stemmer.Stemmer("french").stemWord


def as_read(text):
    """:return str: as whoever reads it sees it: accents joined to their letters, without what is not seen"""
    return text if text.isascii() else UNSEEN.sub("", unicodedata.normalize("NFC", text))


def fold(text):
    """:return str: in small letters, without accents; ligatures are written in two letters"""
    if text.isascii():
        return text.lower()
    # In this order: "ℋ", which has no small letter, is "H" then.
    folded = MARKS.sub("", unicodedata.normalize("NFKD", text).lower())
    return LIGATURE.sub(lambda found: LETTERS[found[0]], folded)


@lru_cache(maxsize=20_000)
def stems_of(word):
    """:param str word: ``as_read``, without hyphen or apostrophe
    :return tuple[str]: its stems, the shortest form in which its family is known; one or two"""
    folded = fold(word)[:WORD_MAX_LETTERS]
    if folded in WHOLE:
        return (WHOLE[folded],)
    found = [_root(PLURALS.get(folded, folded))]
    if not word.isascii():
        found.append(fold(_root(word.lower()[:WORD_MAX_LETTERS])))
    return tuple(dict.fromkeys(found))


def _root(word):
    word = PLURAL.sub("", FEMININE.sub(r"er\1", word))
    if word in WHOLE:
        return WHOLE[word]
    stem = _stem(word)
    shorter = ENDINGS.sub("", stem)
    stem = shorter if len(shorter) >= ENDINGS_LEFT else stem
    for ending, other in TURNED:
        stem = ending.sub(other, stem)
    return stem


def is_acronym(word, shouted=False):
    """
    :param str word: as it is written
    :param bool shouted: the line that it is in is all in capitals
    :return bool: it stands for several words: AI, CHRS
    """
    least, most = ACRONYM_LETTERS
    if not (word.isupper() and word.isalpha() and least <= len(word) <= most):
        return False
    return not shouted or (len(word) <= SHOUTED_MAX_LETTERS and fold(word) not in SMALL - {"ai", "ca", "ci", "as"})


def is_form_of(word, stem):
    """:param str word: folded
    :return bool: it is this stem, and an ending that does not make another word of it; or an irregular form of it"""
    return not word.startswith(stem) or bool(INFLECTION.fullmatch(word[len(stem) :]))


@lru_cache(maxsize=20_000)
def lexemes_of(word, shouted=False):
    """:param str word: without hyphen or apostrophe, as it is written
    :return tuple[str]: all by which the index knows it"""
    folded = fold(word)[:WORD_MAX_LETTERS]
    found = {folded, *stems_of(word)}
    if is_acronym(word, shouted):
        found.add(ACRONYM + folded)
    return tuple(found)


@lru_cache(maxsize=20_000)
def reading_of(word, shouted):
    """
    :param str word: without hyphen or apostrophe, as it is written, cut to CUT_LETTERS
    :param bool shouted: the line that it is in is all in capitals
    :return tuple[str, tuple, tuple]: it, folded; as ``lexemes_of``; as ``_named``
    """
    folded = fold(word)
    names = _named(folded, word)
    if is_acronym(word, shouted):
        names += ((ACRONYM + folded, word),)
    return folded, lexemes_of(word, shouted), names


def _named(name, word):
    """:return tuple[tuple[str, str]]: what the lexicon keeps of a word: its name, and how it is written; or nothing"""
    return ((name, word.lower()),) if len(name) <= WORD_MAX_LETTERS and not name.isdecimal() else ()


def pieces_of(token):
    """:param str token: as ``TOKEN`` finds it
    :return tuple[list[str], str]: its words, without what is elided; and, if it has hyphens, what they make when they
        are written together, or else nothing"""
    parts = INSIDE.split(token)
    if len(parts) == 1:
        return parts, ""
    pieces = []
    for place in range(0, len(parts), 2):
        follows = parts[place + 1] if place + 1 < len(parts) else ""
        if not (follows in "'’" and follows and fold(parts[place]) in ELIDED):
            pieces.append(parts[place])
    hyphened = any(part not in "'’" for part in parts[1::2]) and not any(map(str.isdecimal, pieces))
    return pieces, fold("".join(pieces))[:WORD_MAX_LETTERS] if hyphened and len(pieces) > 1 else ""


def is_shouted(line):
    """:return bool: it is all in capitals, or nearly"""
    if line.islower():
        return False
    capitals, letters = sum(map(str.isupper, line)), sum(map(str.isalpha, line))
    return letters > 0 and capitals / letters >= SHOUTED and max(map(len, line.split())) > SHOUTED_MAX_LETTERS


class Vector:
    """The words of something, with their places, as a ``tsvector`` of PostgreSQL."""

    def __init__(self):
        # words: as they are written, by name. size: of them all, in bytes.
        self.places, self.words, self.size, self._last = {}, {}, 0, 0
        self._before = deque(maxlen=4)

    @property
    def is_full(self):
        """:return bool: what is added from now on is left out"""
        return self.size >= WORDS_MAX_BYTES

    def add(self, text, weight="D"):
        """Add a text after what is there; a phrase does not go from the one to the other.

        :param str text:
        :param str weight: of PostgreSQL: "A" counts most, "D" least
        """
        self._last += 1
        for line in DOTTED.sub(lambda found: found[0].replace(".", ""), as_read(text)).splitlines():
            shouted = is_shouted(line)
            for token in TOKEN.finditer(line):
                if self.is_full:
                    return
                self._add_token(token[0], weight, shouted)

    def _add_token(self, token, weight, shouted):
        # Most are one word.
        pieces, joined = ([token], "") if token.isalnum() else pieces_of(token)
        first = self._last + 1
        for piece in pieces:
            self._last += 1
            folded, lexemes, names = reading_of(piece[:CUT_LETTERS], shouted)
            self._before.append(folded)
            if folded == "ete" and not TO_HAVE.isdisjoint(self._before):
                continue
            self._put(lexemes, names, self._last, weight)
        if joined:
            self._put(lexemes_of(joined), _named(joined, "".join(pieces)), first, weight)

    def _put(self, lexemes, names, place, weight):
        mark = f"{min(place, PLACE_MAX)}{weight}"
        for lexeme in lexemes:
            places = self.places.get(lexeme)
            if places is None:
                self.places[lexeme] = [mark]
                self.size += len(lexeme.encode()) + 4
            elif len(places) < PLACES_MAX and places[-1] != mark:
                places.append(mark)
        for name, written in names:
            self.words.setdefault(name, written)

    def __str__(self):
        return " ".join(f"'{lexeme}':{','.join(places)}" for lexeme, places in self.places.items())
