"""Pages of the web."""

from html.parser import HTMLParser

from .contract import TEXT_MAX_BYTES
from .plain import decoded

# Tags take more room than words.
READ_MAX_BYTES = 4 * TEXT_MAX_BYTES
PIECE_CHARS = 64 * 1024
HIDDEN = frozenset({"script", "style", "template"})
CELLS = frozenset({"td", "th"})
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strike strong"
    " sub sup time tt u var wbr".split()
)


def read(file, output, _kind):
    """:raises Corrupt: it is not text"""
    page = _Page(output)
    text = decoded(file.read(READ_MAX_BYTES))
    output.is_full = bool(file.read(1))
    for start in range(0, len(text), PIECE_CHARS):
        page.feed(text[start : start + PIECE_CHARS])
    page.close()


class _Page(HTMLParser):
    """Writes the words of a page: one line per block, one tab between cells."""

    def __init__(self, output):
        super().__init__(convert_charrefs=True)
        self._output = output
        self._hidden = None

    def handle_starttag(self, tag, attrs):
        if self._hidden:
            return
        if tag in HIDDEN:
            self._hidden = tag
        elif tag not in INLINE:
            self._output.add("\t" if tag in CELLS else "\n")

    def handle_startendtag(self, tag, attrs):
        if tag not in HIDDEN:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        if tag == self._hidden:
            self._hidden = None
        elif not self._hidden and tag not in INLINE and tag not in CELLS:
            self._output.add("\n")

    def handle_data(self, data):
        if not self._hidden:
            # In a page, a line break is a space.
            self._output.add(" ".join(data.splitlines()) if "\n" in data else data)
