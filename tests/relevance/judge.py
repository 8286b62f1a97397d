"""Who is right: the documents that each query should find, said again from its forms.

``PYTHONPATH=tests .local/venv/bin/python -m relevance.judge`` says where they disagree with what is written, and
changes nothing. It is no search engine: for each query somebody has listed by hand, as regular expressions, the words
that a document must hold, and has read what they find.
"""

import collections
import pathlib
import re
import sys
import tomllib
import unicodedata
from typing import NamedTuple

from .corpus import documents

HALVES = ("frozen", "tuned")
# Written later, by somebody else who had not seen the frozen half: the search was tuned on these too.
PRACTICE = "practice"
KINDS = (
    *("plural", "stemming", "accent", "ligature", "apostrophe", "hyphen", "typo_one", "typo_several", "acronym"),
    *("stop_word", "phrase", "exclusion", "file_name", "several_words"),
)
EACH = 10  # of each kind in each half, at least
MOST = 60  # documents of a query: beyond, it says nothing


class Query(NamedTuple):
    text: str  # as it is typed
    kind: str
    relevant: list[str]  # keys of documents
    forms: list[str]  # each is found in a relevant document
    without: list[str] = []  # and none of these
    but: dict[str, str] = {}  # keys about which the forms are wrong, and why


def queries(half):
    """
    :param str half: one of HALVES, or PRACTICE
    :return list[Query]: in the order of the file
    """
    path = pathlib.Path(__file__).with_name(f"{half}.toml")
    return [Query(**entry) for entry in tomllib.loads(path.read_text())["query"]]


def plain(text):
    """:return str: what the forms are looked for in: capitals are kept; accents, ligatures and apostrophes are not"""
    text = text.replace("’", "'").replace("œ", "oe").replace("Œ", "OE").replace("_", " ")
    text = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    return " ".join(text.split())


def judged(query, texts):
    """
    :param dict[str, str] texts: plain text of each document, title and file name included, by key
    :return list[str]: keys of the documents that somebody who types this is glad to get
    """
    wanted, unwanted = ([_pattern(form) for form in forms] for forms in (query.forms, query.without))
    return [
        key
        for key, text in texts.items()
        if (all(form.search(text) for form in wanted) and not any(form.search(text) for form in unwanted))
        != (key in query.but)
    ]


def _pattern(form):
    return re.compile(rf"(?<![A-Za-z0-9])(?:{form})(?![A-Za-z0-9])", re.IGNORECASE)


def disagreements():
    """:return list[str]: what is not as it should be; nothing if all is well"""
    found = []
    texts = {
        document.key: plain(f"{document.title} . {document.file_name} . {document.text}") for document in documents()
    }
    for half in HALVES:
        kinds = collections.Counter(query.kind for query in queries(half))
        found += [f"{half}: {kinds[kind]} {kind}" for kind in KINDS if kinds[kind] < EACH]
    for half in (*HALVES, PRACTICE):
        for query in queries(half):
            keys = judged(query, texts)
            if keys != query.relevant:
                found.append(f"{half}: {query.text}: {sorted(set(keys) ^ set(query.relevant))}")
            if not 1 <= len(keys) <= MOST or query.kind not in KINDS:
                found.append(f"{half}: {query.text}: {len(keys)} documents, {query.kind}")
            if not set(query.but) <= set(texts):
                found.append(f"{half}: {query.text}: {query.but}")
    return found


if __name__ == "__main__":
    wrong = disagreements()
    print(*wrong, sep="\n")  # noqa: T201
    sys.exit(bool(wrong))
