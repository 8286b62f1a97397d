"""Real French sentences, of which the bench makes documents: ``python -m bench.sentences`` writes them, one a line, in
the order of the texts that they come from."""

import re
import sys

from lxml import html
from production.stack import LOCAL
from relevance.corpus import documents

DEBIAN = LOCAL / "documents/usr/share"
BOOKS = (
    "debian-reference/ch*.fr.html",
    "doc/debian-edu-doc-fr/*-manual.html",
    "doc/installation-guide-amd64/fr/*.html",
)
END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀÉÊÈÔ«])")
LETTERS = (20, 600)


def sentences():
    """:return Iterable[str]: of all the texts; without tabs, backslashes or ends of lines"""
    least, most = LETTERS
    for text in texts():
        for sentence in END.split(" ".join(text.replace("\\", " ").split())):
            if least <= len(sentence) <= most:
                yield sentence


def texts():
    """:return Iterable[str]: what the queries of relevance are asked of, then the books of Debian, paragraph by
    paragraph"""
    for document in documents():
        yield from document.text.splitlines()
    for pattern in BOOKS:
        for path in sorted(DEBIAN.glob(pattern)):
            for paragraph in html.parse(path).iter("p"):
                yield paragraph.text_content()


if __name__ == "__main__":
    sys.stdout.writelines(f"{sentence}\n" for sentence in sentences())
