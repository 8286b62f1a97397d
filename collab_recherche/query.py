"""What somebody looks for, as he types it, made into a question to PostgreSQL's full text search."""

import re
from functools import cached_property, lru_cache
from itertools import combinations, pairwise
from typing import NamedTuple

from .words import ACRONYM, DOTTED, SMALL, TOKEN, as_read, fold, is_acronym, is_shouted, lexemes_of, pieces_of, stems_of

LETTERS_MAX, WORDS_MAX = 200, 16
# A phrase between quotation marks, or a word; what begins with a hyphen is not wanted.
ASKED = re.compile(r'(?P<not>(?<!\S)[-–−])?(?:["“”«](?P<phrase>[^"“”«»]*)["“”»]|(?P<word>[^\s"“”«»]+))')
# An acronym whose letters are that much more often a word is looked for in capitals alone.
LOWER_AS_OFTEN = 2
# What is shorter, in capitals, is an acronym and nothing else.
ACRONYM_MIN = 5
# In so many words, one that is small may be an acronym.
BRIEF = 2
# Whoever types a verb wants what is done too, and who does it: "réparer", "réparation", "réparateur".
VERB = re.compile(r"([a-z]{5,})(?:er|ir|re|(?:eur|euse|rice)s?)$")
VERB_END = re.compile("[eir]re?$|er$|ir$")
# The roots of verbs whose nouns are written otherwise: "convocation", "soin", "dissolution".
NOUNS = ((re.compile("qu$"), "c"), (re.compile("ign$"), "in"), (re.compile("oud$"), "olu"))
# Beside other words, these say nothing of what is looked for.
LIGHT = SMALL | frozenset("contre sous lors chez aussi bien non tres peu sur selon dois doit peux".split())
# How a word ends that may have been written with an é.
UNACCENTED = re.compile("(?<=[a-z]{3})ee?s?$", re.IGNORECASE)
# Words between the parts of an expression.
OF = frozenset({"de", "du", "des"})
# Between two words, these make one of both.
JOINING = frozenset({"_", ".", "-"})
# Synonyms of one line are parted by these.
PARTED = re.compile(r"[,;=\n]")


class Term(NamedTuple):
    """A word that is looked for."""

    typed: str
    folded: str
    stems: tuple[str, ...]
    acronym: str | None  # its lexeme, when it is written as an acronym
    place: int  # among those that are typed, the small words too
    link: (
        str | None
    )  # to the one before: "-" (they make one expression), "d" ("journée d'étude"), "of" ("pension de famille"), None


def quoted(lexeme):
    """:return str: a lexeme of a ``tsquery``; letters and digits alone, as ``words`` makes them"""
    return f"'{lexeme}'"


def any_of(alternatives):
    """:param Iterable[str] alternatives: parts of a ``tsquery``
    :return str: what any of them finds"""
    found = list(dict.fromkeys(alternatives))
    return found[0] if len(found) == 1 else f"({' | '.join(found)})"


def in_row(parts):
    """:return str: what they find when one follows the other"""
    found = list(parts)
    return found[0] if len(found) == 1 else f"({' <-> '.join(found)})"


@lru_cache(maxsize=5_000)
def asked_stems(word):
    """:return tuple[str]: the stems by which a word that is looked for is found; who leaves accents out may mean an é
    at the end, which changes them"""
    found = stems_of(word)
    ending = UNACCENTED.search(word) if word.isascii() else None
    if ending:
        found += stems_of(word[: ending.start()] + "é" + ending[0][1:])
    return tuple(dict.fromkeys(found))


def terms_of(text, shouted=False):
    """:param str text:
    :param bool shouted: it is all in capitals
    :return list[Term]:"""
    terms, end = [], 0
    text = DOTTED.sub(lambda found: found[0].replace(".", ""), as_read(text))
    for token in TOKEN.finditer(text):
        # A file name is one expression.
        link = "-" if terms and text[end : token.start()] in JOINING else None
        pieces, _joined = pieces_of(token[0])
        if link is None and terms and len(pieces) == 1 and fold(token[0])[:2] in ("d'", "d’"):
            # "journée d'étude"
            link = "d" if terms[-1].folded not in SMALL else None
        elif link is None and _follows_of(terms):
            link = "of"
        for piece in pieces:
            folded = fold(piece)
            if folded in SMALL and len(pieces) == 1:
                link = None
            acronym = ACRONYM + folded if is_acronym(piece, shouted) else None
            terms.append(Term(piece, folded, asked_stems(piece), acronym, len(terms), link))
            link = "-"
        end = token.end()
    return terms


def _follows_of(terms):
    """:return bool: the next word is the second part of an expression, as in "pension de famille" """
    small = [term.folded for term in terms[-2:] if term.folded in SMALL]
    return len(terms) > len(small) > 0 and small[0] in OF and small[1:] in ([], ["la"])


def words_of(typed):
    """:param str typed: what is looked for
    :return set[str]: all that the lexicon is asked about it: its words, as acronyms too, and each with the next one"""
    terms = terms_of(typed[:LETTERS_MAX])
    found = {term.folded for term in terms} | {ACRONYM + term.folded for term in terms}
    return found | {first.folded + second.folded for first, second in pairwise(terms)}


class Synonyms:
    """Ways of saying the same thing: acronyms, and what they stand for."""

    def __init__(self, lines):
        """:param Iterable[str] lines: of ways, parted by commas"""
        self.groups = []
        # The ways, by the first stem of each: that stem and the others, small words left out, and the group.
        self._by_first = {}
        for line in lines:
            ways = [terms for way in PARTED.split(line) if (terms := terms_of(way))]
            if len(ways) < 2:
                continue
            self.groups.append(ways)
            for terms in ways:
                key = self._key(terms)
                if key:
                    self._by_first.setdefault(key[0], []).append((key, len(self.groups) - 1))
        for known in self._by_first.values():
            known.sort(key=lambda one: -len(one[0]))

    def _key(self, terms):
        """:return tuple[str]: what a way of saying is recognised by"""
        if len(terms) == 1:
            # An acronym is known by its letters, in capitals or not.
            return (f"{ACRONYM}{terms[0].folded}" if terms[0].acronym else terms[0].stems[0],)
        return tuple(term.stems[0] for term in terms if term.folded not in SMALL)

    def at(self, terms, start):
        """
        :param list[Term] terms: what is looked for
        :param int start: a place among them
        :return tuple[int, list] | None: how many of them, from this place on, are one way of saying a thing, and all
            the ways; None when they are not
        """
        first = terms[start]
        for stem in (ACRONYM + first.folded, first.stems[0]):
            for key, group in self._by_first.get(stem, ()):
                if len(key) == 1:
                    return 1, self.groups[group]
                end = self._end(terms, start, key)
                if end:
                    return end - start, self.groups[group]
        return None

    def _end(self, terms, start, key):
        """:return int | None: the place after the words of a way of saying, if they are there"""
        wanted = list(key)
        for place in range(start, len(terms)):
            if terms[place].stems[0] == wanted[0]:
                wanted.pop(0)
                if not wanted:
                    return place + 1
            elif terms[place].folded not in SMALL:
                return None
        return None


class Query:
    """What is looked for."""

    def __init__(self, typed, synonyms, known=None, corrections=None):
        """
        :param str typed:
        :param Synonyms synonyms: that are known
        :param Mapping[str, int] | None known: how many contents have each of ``words_of(typed)``
        :param Mapping[str, str] | None corrections: for words that are mistyped, folded, what is meant, as it is
            written
        """
        self.typed, self.synonyms = typed[:LETTERS_MAX], synonyms
        self.known, self.corrections = known or {}, corrections or {}
        self.phrases, self.without = [], []
        shouted, words = is_shouted(self.typed), []
        for found in ASKED.finditer(self.typed):
            if found["word"] and not found["not"]:
                words.append(found["word"])
            elif terms := terms_of(found["phrase"] if found["word"] is None else found["word"], shouted):
                (self.without if found["not"] else self.phrases).append(terms)
        terms = terms_of(" ".join(words), shouted)
        # "pension de famille", and nothing else.
        self.is_expression = len([term for term in terms if term.folded not in OF and term.folded != "la"]) == 2
        del terms[WORDS_MAX:], self.phrases[WORDS_MAX:], self.without[WORDS_MAX:]
        terms = [self._meant(term) for term in terms]
        for place, (first, second) in enumerate(pairwise(terms), 1):
            # As "mi-temps" is.
            if self.known.get(first.folded + second.folded) and not second.link:
                terms[place] = second._replace(link="-")
        self.terms = self._said(terms)

    def _meant(self, term):
        """:return Term: the word that is meant, if this one is mistyped"""
        meant = self.corrections.get(term.folded)
        return term._replace(folded=fold(meant), stems=stems_of(meant), acronym=None) if meant else term

    def is_strange(self, term):
        """:return bool: nobody has written this word, as far as the reader may know"""
        if term.folded in self.known or not term.folded.isalpha() or (term.acronym and len(term.folded) < ACRONYM_MIN):
            return False
        return not any(term in pair and self._bind(*pair) for pair in pairwise(self.terms))

    def _bind(self, first, second):
        """:return bool: these two make one expression that is known, as "rendez-vous", and not "peut-on" """
        if not first or not second or second.link != "-" or {first.folded, second.folded} <= LIGHT:
            return False
        return bool(self.known.get(first.folded + second.folded))

    def _said(self, terms):
        """:return list[Term]: those that say something; all of them, when none does"""
        # "ai" may be the acronym alone, or beside one word; in a sentence, it is the verb.
        brief, kept = len(terms) <= BRIEF, []
        for before, term, after in zip([None, *terms], terms, [*terms[1:], None], strict=False):
            acronym = term.acronym or (brief and self.synonyms.at([term], 0))
            if term.folded not in LIGHT or acronym or self._bind(before, term) or self._bind(term, after):
                kept.append(term)
        return kept if kept or self.phrases else terms

    @property
    def is_empty(self):
        """:return bool: it finds nothing: there is no word, or only words that are not wanted"""
        return not self.terms and not self.phrases

    @cached_property
    def wanted(self):
        """:return list[Wanted]: all of which are wanted"""
        return self._parts(self.terms)

    def _parts(self, terms, brief=False):
        found, place = [], 0
        while place < len(terms):
            known = self.synonyms.at(terms, place)
            length, ways = known or (1, None)
            if brief and ways:
                ways = [way for way in ways if len(way) == 1] or ways
            alone = any_of(map(self._way, ways)) if ways else self._alone(terms[place])
            found.append((terms[place : place + length], alone))
            place += length
        return found

    def _way(self, terms):
        """:return str: one way of saying something, in its words"""
        if len(terms) == 1:
            return any_of(map(quoted, self._lexemes(terms[0])))
        return in_row(any_of(map(quoted, term.stems)) for term in terms)

    def _lexemes(self, term):
        """:return Iterable[str]: by which a word that is looked for is known"""
        if not term.acronym:
            return term.stems
        if term.folded in SMALL or len(term.folded) == 2:
            # Capitals tell it from a word that is written alike.
            return (term.acronym,)
        often = self.known.get(term.folded, 0) > LOWER_AS_OFTEN * self.known.get(term.acronym, 0)
        if len(term.folded) == 3:
            return (term.acronym,) if often else (term.acronym, term.folded)
        # Some people write all in capitals.
        return (term.acronym, *term.stems)

    def _alone(self, term):
        """:return str: what has this word, or those that may be meant"""
        verb = not term.acronym and VERB.match(term.folded)
        if verb and not VERB_END.search(term.folded) and (term.folded in self.known or fold(term.typed) != term.folded):
            verb = None
        roots = {verb[1], *(ending.sub(other, verb[1]) for ending, other in NOUNS)} if verb else ()
        return any_of([*map(quoted, self._lexemes(term)), *(f"{quoted(root)}:*" for root in sorted(roots))])

    @cached_property
    def levels(self):
        """:return list[str]: parts of a ``tsquery``, from what is asked to what is near to it: the first that finds
        something is right"""
        phrases, without = self._quoted_phrases(), self._unwanted_parts()
        found = [" & ".join([*phrases, *self._near(), *without]), " & ".join([*phrases, *self._joined(), *without])]
        return list(dict.fromkeys(found))

    @cached_property
    def looser(self):
        """:return list[str]: likewise, when nothing has all the words: one is left out, the commonest first, which says
        least; then two, whichever they are"""
        phrases, without = self._quoted_phrases(), self._unwanted_parts()
        plain, found = [part for _terms, part in self.wanted], []
        if len(plain) > 1:
            for left in sorted(range(len(plain)), key=self._commonness, reverse=True):
                others = (part for place, part in enumerate(plain) if place != left)
                found.append(" & ".join([*phrases, *others, *without]))
        if len(plain) > 4:
            some = (" & ".join(part) for part in combinations(plain, len(plain) - 2))
            found.append(" & ".join([*phrases, any_of(f"({part})" for part in some), *without]))
        return found

    def _quoted_phrases(self):
        return [in_row(quoted(term.folded) for term in terms) for terms in self.phrases]

    def _unwanted_parts(self):
        return [f"!({self._unwanted(terms)})" for terms in self.without]

    def _commonness(self, place):
        return max(self.known.get(term.folded, 0) for term in self.wanted[place][0])

    def sure(self, level):
        """
        :param str level: one of ``levels`` or ``looser``
        :return str | None: a ``tsquery`` that finds a part of what it finds, and that an index answers alone; None: it
            is not worth it, or there is none. For words that follow each other, PostgreSQL reads all that has them: for
            whoever types "RSA", what has these letters need not be read to see whether it says them in full.
        """
        if "<" not in level or self.without:
            return None
        for (_terms, part), (_same, brief) in zip(self.wanted, self._parts(self.terms, brief=True), strict=True):
            level = level.replace(part, brief)
        return None if "<" in level else level

    @property
    def anywhere(self):
        """:return str: a ``tsquery``: what has all the words, wherever they are"""
        return " & ".join(part for _terms, part in self.wanted)

    @property
    def as_one(self):
        """:return str: a ``tsquery``: what has all the words, each near the next one, as a sentence has them"""
        parts = [part for _terms, part in self.wanted]
        if any("<" in part for part in parts):
            return self.anywhere
        near = (f"(({first} <-> {second}) | ({first} <2> {second}))" for first, second in pairwise(parts))
        return " & ".join(near) or parts[0]

    def _unwanted(self, terms):
        parts = [part for _terms, part in self._parts(terms)]
        together = "".join(term.folded for term in terms)
        return any_of([in_row(parts), *map(quoted, stems_of(together))]) if len(terms) > 1 else in_row(parts)

    def _near(self):
        """:return list[str]: the parts, where words that make one expression follow each other"""
        found, before = [], None
        for (terms, part), joined in zip(self.wanted, self._joined(), strict=True):
            first = terms[0]
            if before and first.link == "-" and first.place == before.place + 1:
                together = before.folded + first.folded
                written = map(quoted, (together, *stems_of(together)))
                found[-1] = any_of([f"({found[-1]} <-> {part})", *written])
            elif before and first.link == "d" and first.place == before.place + 1 and "<" not in found[-1] + part:
                found[-1] = any_of(f"({found[-1]} <{words}> {part})" for words in (1, 2))
            elif before and first.link == "of" and self.is_expression and "<" not in found[-1] + part:
                found[-1] = any_of(f"({found[-1]} <{words}> {part})" for words in (1, 2, 3))
            else:
                found.append(joined if first.link is None else part)
            before = terms[-1]
        return found

    def _joined(self):
        """:return list[str]: the parts; a word may be written together with its neighbour"""
        found = []
        for place, (_terms, part) in enumerate(self.wanted):
            others = []
            for left, right in pairwise(self.wanted[max(place - 1, 0) : place + 2]):
                first, second = left[0][-1], right[0][0]
                if second.place == first.place + 1 and not second.link:
                    joined = first.folded + second.folded
                    others += [quoted(joined), *map(quoted, stems_of(joined))]
            found.append(any_of([part, *others]) if others else part)
        return found

    @cached_property
    def any(self):
        """:return str: a ``tsquery`` that finds whatever has any of what is wanted"""
        return " | ".join([*self._quoted_phrases(), *self._joined()])

    @cached_property
    def lexemes(self):
        """:return frozenset[str]: by which a word that is wanted is known in a text"""
        return frozenset(re.findall(r"'([^']+)'", self.any))

    @cached_property
    def _begun(self):
        return tuple(re.findall(r"'([^']+)':\*", self.any))

    def marks(self, word):
        """:param str word: of a text, without hyphen
        :return bool: it is one of those that are wanted"""
        found = lexemes_of(word)
        return not self.lexemes.isdisjoint(found) or any(one.startswith(self._begun) for one in found)
