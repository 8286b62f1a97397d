import re
from collections import Counter
from datetime import datetime
from typing import NamedTuple

from odoo import api, models

from ..corrections import sound_of, together
from ..extracts import Extracts
from ..query import VERB, Query, quoted, words_of
from ..words import fold, is_form_of, stems_of

# How many pages show at most, and are ranked: those whose title has the words first, then the latest.
HITS_MAX = 200
# A stem that is shorter says too little of a word that nobody has written.
STEM_MIN_LETTERS = 4
# A shorter word that is alone is not corrected.
ALONE_MIN_LETTERS = 4
LETTERS_MIN = 2
# So many people and organisations come before what is written: who types a name looks for somebody.
NAMED_FIRST = 2


class Asked(NamedTuple):
    """What somebody looks for."""

    words: str = ""
    kind: str | None = None  # the slug of a kind of content, or of what is found by itself
    network: int | None = None
    territory: int | None = None
    theme: int | None = None
    author: int | None = None
    since: datetime | None = None  # UTC
    by_date: bool = False
    exact: bool = False  # what is mistyped is looked for as it is

    @property
    def filters(self):
        return {name: getattr(self, name) for name in ("network", "territory", "theme", "author", "since")}


class Found(NamedTuple):
    """What is found."""

    total: int  # of the kind that is asked for; at least, if is_cut
    counts: dict[str, int]  # by slug of each kind
    facets: dict[str, dict[int, int]]  # how many there would be with each network, territory, theme, author
    hits: list[tuple[str, int]]  # models and identifiers, the best ones first, HITS_MAX at most
    corrected: str | None = None  # what was looked for, when a word was mistyped
    unknown: tuple[str, ...] = ()  # words that nothing has, as they are typed: the others were looked for
    query: Query | None = None
    is_cut: bool = False  # there are more than what was looked at: the numbers are not those of all


NOTHING = Found(0, {}, {}, [])


class Matches(NamedTuple):
    """What the index finds."""

    groups: dict[tuple, int] = {}  # how many, by model, audience and theme
    hits: tuple = ()  # model, identifier and author of those of the kind that is asked for, the best ones first
    is_cut: bool = False  # as in Found


class CollabSearch(models.AbstractModel):
    """The search. The rules of each kind of content are part of every query: what the reader may not read is not found,
    not counted, and corrects no word."""

    _name = "collab.search"
    _description = "Search"

    @api.model
    def _too_short(self, words):
        """:return bool: there is not enough to look for"""
        return sum(map(str.isalnum, words)) < LETTERS_MIN

    # What is found

    @api.model
    def _find(self, asked):
        """
        :param Asked asked:
        :return Found:
        """
        if self.env.user._audience_scope() is None:
            return NOTHING
        self._plan()
        query = self._understood(asked)
        if query.is_empty:
            return NOTHING
        matches = self._first_found(query.levels, query, asked)
        if not matches.groups and len(query.terms) > 1 and not asked.exact and not any(asked.filters.values()):
            # Each word may be known, and not be the one that is meant.
            meant = self._understood(asked, doubted=query)
            if meant.corrections:
                matches = self._first_found(meant.levels, meant, asked)
                query = meant if matches.groups else query
        left_out = ()
        if not matches.groups and not asked.exact:
            matches = self._first_found(query.looser, query, asked)
            left_out = self._left_out(query) if matches.groups else ()
        groups, hits, is_cut = matches
        counts = dict.fromkeys((contents._slug for contents in self.env["collab.contents"]._all()), 0)
        for (name, _audience, _theme), number in groups.items():
            counts[self.env[name]._slug] += number
        people = self._found_by_themselves(asked, query)
        counts |= {slug: len(found) for slug, found in people.items()}
        kept = [hit for slug, found in people.items() if asked.kind in (None, slug) for hit in found]
        total = counts.get(asked.kind, 0) if asked.kind else sum(counts.values())
        facets = {**self._facets(groups, asked.kind), "author": Counter(author for _name, _number, author in hits)}
        corrected = self._corrected(query) if total else None
        first = 0 if asked.by_date else NAMED_FIRST
        hits = [*kept[:first], *(hit[:2] for hit in hits), *kept[first:]]
        return Found(total, counts, facets, hits[:HITS_MAX], corrected, left_out, query, is_cut)

    @api.model
    def _first_found(self, levels, query, asked):
        """:return Matches: of the first of these levels that finds something"""
        for level in levels:
            matches = self._contents_found(level, query, asked)
            if matches.groups:
                return matches
        return Matches()

    @api.model
    def _left_out(self, query):
        """:return tuple[str]: the words that are in nothing that the current user may read, as they are typed"""
        readable = self._readable([part for _terms, part in query.wanted])
        return tuple(term.typed for terms, part in query.wanted if part not in readable for term in terms)

    @api.model
    def _understood(self, asked, doubted=None):
        """
        :param Asked asked:
        :param Query | None doubted: that has found nothing: words that somebody has written may be mistyped too
        :return Query: what is asked, with the words that may be meant where some are mistyped
        """
        synonyms, words = self.env["collab.search.synonym"]._known(), self.env["collab.search.word"]
        known = doubted.known if doubted else words._numbers(words_of(asked.words))
        query = Query(asked.words, synonyms, known)
        if asked.exact or query.is_empty:
            return query
        strange, likely = self._doubtful(query) if doubted else self._mistyped(query)
        if not strange:
            return query
        meant = [dict(zip(strange, several, strict=True)) for several in together(likely)]
        # Two words that are meant may make one expression, as "sous-louer".
        names = {name for one in meant for name in words_of(self._instead(asked.words, one))}
        known = {**known, **words._numbers(names - known.keys())}
        queries = [Query(asked.words, synonyms, known, one) for one in meant]
        if len(query.terms) > 1:
            # What the other words are beside: in a sentence first, then anywhere.
            for asks in (lambda one: one.as_one, lambda one: one.anywhere):
                readable = self._readable([asks(one) for one in queries])
                if meant := [one for one in queries if asks(one) in readable]:
                    return meant[0]
        return queries[0]

    @api.model
    def _mistyped(self, query):
        """
        :param Query query:
        :return tuple[list[str], list]: the words that nobody has written, folded; for each, those that may be meant, as
            ``corrections.likeliest``, as they are written
        """
        words, names, likely = self.env["collab.search.word"], [], []
        strange = [term for term in query.terms if query.is_strange(term)]
        roots = {term: f"{quoted(verb[1])}:*" for term in strange if (verb := VERB.match(term.folded))}
        readable = self._readable({*(quoted(stem) for term in strange for stem in term.stems), *roots.values()})
        for term in strange:
            # A word of few letters is near to many: others must say which one is meant.
            is_said = len(term.folded) >= ALONE_MIN_LETTERS or len(query.terms) > 1
            meant = words._likely(term.folded) if is_said else []
            own = any(
                quoted(stem) in readable and len(stem) >= STEM_MIN_LETTERS and is_form_of(term.folded, stem)
                for stem in term.stems
            )
            own = own or roots.get(term) in readable
            stems = set(stems_of(meant[0][1])) if meant else set()
            alike = meant and sound_of(fold(meant[0][1])) == sound_of(term.folded)
            # Another form of a word that is known, unless it is said as the one that is meant; of that one, it finds
            # all that is there.
            is_other = set(term.stems) != stems and (not own or (alike and not set(term.stems) <= stems))
            if meant and is_other:
                names.append(term.folded)
                likely.append(meant)
        return names, likely

    @api.model
    def _doubtful(self, query):
        """:return tuple[list[str], list]: as ``_mistyped``, for all the words; what is typed is the likeliest"""
        words = self.env["collab.search.word"]
        meant = {term.folded: words._likely(term.folded) for term in query.terms if term.folded.isalpha()}
        return [name for name, several in meant.items() if several], [several for several in meant.values() if several]

    @api.model
    def _corrected(self, query):
        """:return str | None: what was looked for instead of what was typed"""
        return self._instead(query.typed, query.corrections) if query.corrections else None

    @api.model
    def _instead(self, typed, corrections):
        """:param dict[str, str] corrections: as ``Query``
        :return str: what was typed, with the words that are meant"""
        return re.sub(r"[^\W_]+", lambda found: corrections.get(fold(found[0]), found[0]), typed)

    # What is found without the index

    @api.model
    def _themselves(self):
        """:return list[Model]: what finds itself, in the order of their names"""
        registry = self.env.registry
        found = registry.descendants(["collab.found.mixin"], "_inherit")
        return [self.env[name] for name in sorted(found) if not registry[name]._abstract]

    @api.model
    def _found_by_themselves(self, asked, query):
        """:return dict[str, list[tuple[str, int]]]: by slug, people and organisations"""
        found = {}
        for source in self._themselves():
            if query.phrases or query.without or asked.author or asked.since:
                found[source._found_slug] = []
                continue
            filters = {name: getattr(asked, name) for name in ("network", "territory", "theme")}
            exact, near = source._find_words(asked.words, **filters)
            found[source._found_slug] = [(source._name, number) for number in (exact or near)]
        return found

    # What is shown of it

    @api.model
    def _rows(self, asked, found, offset, size):
        """
        :param Asked asked:
        :param Found found: as ``_find``
        :return list[dict]: ``template`` (which shows it) and ``row`` of each: its title and an extract with the words
            marked, and its nature
        """
        hits, contents = found.hits[offset : offset + size], self.env["collab.contents"]
        if not hits:
            return []
        numbers = {}
        for name, number in hits:
            numbers.setdefault(name, []).append(number)
        shown, themselves = {}, {source._name: source for source in self._themselves()}
        for name in numbers.keys() & themselves.keys():
            rows = themselves[name]._found_rows(numbers[name])
            shown |= {(name, one["row"]["id"]): (one, themselves[name]._found_one()) for one in rows}
        readable = []
        for name in numbers.keys() - themselves.keys():
            read = self.env[name]._latest([("id", "in", numbers[name])])
            readable += [(None, name, number) for number in read.ids]
        rows = contents._rows_of(readable)
        shown |= {
            (name, number): (row, self.env[name]._content().nature)
            for (_date, name, number), row in zip(readable, rows, strict=True)
        }
        passages = self.env["collab.search.passage"]._of([one[1:] for one in readable], found.query.any)
        extracts = Extracts(found.query, self._say_where)
        return [self._dressed(*shown[hit], extracts, passages.get(hit, ())) for hit in hits if hit in shown]

    @api.model
    def _dressed(self, one, nature, extracts, passages):
        row = one["row"]
        title = row.get("title") or row.get("name") or ""
        return {
            **one,
            "row": {
                **row,
                "title": extracts.marked(title),
                "nature": nature,
                "extract": extracts.best(passages, title) or extracts.marked(row.get("extract") or ""),
            },
        }

    @api.model
    def _say_where(self, label, page, extract):
        """:return Markup: an extract, after who says it, or of which page it is"""
        where = ", ".join(filter(None, (label, self.env._("page %s", page) if page else None)))
        return self.env._("%(where)s: “%(extract)s”", where=where, extract=extract) if where else extract
