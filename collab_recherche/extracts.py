"""What is shown of a text that is found: the sentence around the words, which are marked."""

import re
from collections import Counter

from markupsafe import Markup, escape

from .words import INSIDE, TOKEN, as_read, fold, stems_of

LETTERS_MAX = 220
# What is shown before the first word that is found.
BEFORE = 30
HYPHEN = "[-\N{NON-BREAKING HYPHEN}]?"
BLANKS = re.compile(r"\s+")
# So many letters of a stem find the words that may be of its family; they are looked at one by one then.
BEGINNING = 4


class Extracts:
    """Makes what is shown of the results of one search."""

    def __init__(self, query, say):
        """
        :param Query query: what was looked for
        :param Callable[[str, int | None, Markup], Markup] say: says an extract, with who says it or of which page it is
        """
        self.query, self._say = query, say
        # How many words: a part that has them all is right.
        self._wanted = len(query.terms) + sum(map(len, query.phrases))
        begun = {lexeme.lstrip("^") for lexeme in query.lexemes}
        beginnings = {word[: BEGINNING if len(word) > BEGINNING else 2] for word in begun}
        # "mitemps" is written "mi-temps" too.
        written = "|".join(HYPHEN.join(map(re.escape, word)) for word in sorted(beginnings))
        self._near = re.compile(rf"\b(?:{written})") if begun else None

    def spans(self, text):
        """:param str text: ``as_read``
        :return list[tuple[int, int, str]]: where the words are that were looked for, and as what they are known"""
        folded = fold(text)
        if self._near is None or not self._near.search(folded):
            return []
        # Nearly always, a letter is a letter: only the places where a word may be are looked at.
        same = len(folded) == len(text)
        tokens = self._tokens_at(text, folded) if same else TOKEN.finditer(text)
        return [span for token in tokens for span in self._in_token(token)]

    def _tokens_at(self, text, folded):
        end = 0
        for near in self._near.finditer(folded):
            if near.start() < end:
                continue
            # A word may begin before, by a hyphen or an apostrophe.
            start = near.start()
            while start and (text[start - 1].isalnum() or text[start - 1] in "-'’"):
                start -= 1
            token = TOKEN.search(text, start)
            if token and token.end() > end:
                end = token.end()
                yield token

    def _in_token(self, token):
        place, found = token.start(), []
        for piece in INSIDE.split(token[0]):
            if piece and not INSIDE.fullmatch(piece) and self.query.marks(piece):
                found.append((place, place + len(piece), stems_of(piece)[0]))
            place += len(piece)
        together = INSIDE.sub("", token[0])
        if not found and self.query.marks(together):
            found.append((*token.span(), stems_of(together)[0]))
        return found

    def marked(self, text):
        """:param str text: written by somebody
        :return Markup: the same, where the words are marked"""
        text = as_read(text)
        parts, place = [], 0
        for start, end, _word in self.spans(text):
            parts += [escape(text[place:start]), Markup("<mark>%s</mark>") % text[start:end]]
            place = end
        return Markup("").join([*parts, escape(text[place:])])

    def best(self, passages, title=""):
        """
        :param Iterable[tuple[str, int | None, str]] passages: label, page and text of each
        :param str title: which is shown above, and with which a text may begin
        :return Markup | None: a part of the one that has the most of the words; None when none has any
        """
        found, most = None, 0
        for label, page, text in passages:
            text = BLANKS.sub(" ", as_read(text)).removeprefix(BLANKS.sub(" ", title)).lstrip()
            start, words = self._window(self.spans(text))
            if words > most:
                found, most = (label, page, text, start), words
            if most >= self._wanted:
                break
        return self._shown(*found) if found else None

    def _window(self, spans):
        """:return tuple[int, int]: where the part begins that has the most different words, and how many"""
        best, first, within = (0, 0), 0, Counter()
        for place, (_start, end, word) in enumerate(spans):
            within[word] += 1
            while first < place and end > spans[first][0] + LETTERS_MAX - BEFORE:
                within[spans[first][2]] -= 1
                if not within[spans[first][2]]:
                    del within[spans[first][2]]
                first += 1
            if len(within) > best[1]:
                best = (spans[first][0], len(within))
        return best

    def _shown(self, label, page, text, start):
        first = max(0, start - BEFORE)
        if first:
            first = text.find(" ", first, start) + 1 or start
        last = first + LETTERS_MAX
        if last < len(text):
            last = text.rfind(" ", start, last)
            last = last if last > start else first + LETTERS_MAX
        part = text[first:last].strip()
        said = Markup("%s%s%s") % ("…" if first else "", self.marked(part), "…" if last < len(text) else "")
        return self._say(label, page, said)
