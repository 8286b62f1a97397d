"""What people read is French as it is spoken at work: the words of docs/glossaire.md, and French typography."""

import re

import polib
import pytest
from lxml import etree, html

# What no reader sees: tags, expressions, what is put in a sentence.
CODE = re.compile(r"<[^>]*>|\{\{.*?\}\}|%\(\w+\)s|%[sd]", re.DOTALL)
NO_BREAK = "\u00a0"


@pytest.fixture(scope="module")
def texts(root):
    """:return list[tuple[str, str]]: each French text of the platform, without code, and where it is"""
    found = []
    for path in sorted(root.glob("collab_*/i18n/fr.po")):
        found += [(f"{path.parent.parent.name}: {entry.msgid[:60]}", entry.msgstr) for entry in polib.pofile(str(path))]
    # What an administrator or the members read before anybody has changed it.
    for path in sorted(root.glob("collab_charte/data/collab_*.xml")):
        found += [(f"{path.name}: {text[:60]}", text) for text in etree.parse(path).xpath("//field//text()")]
    # What the proxy says by itself.
    for path in sorted(root.glob("collab_serveur/pages/*.html")):
        found += [(path.name, text) for text in html.parse(path).xpath("//title/text() | //body//text()")]
    assert len(found) > 2_000
    return [
        (where, CODE.sub("\N{OBJECT REPLACEMENT CHARACTER}", text.replace("&nbsp;", NO_BREAK))) for where, text in found
    ]


@pytest.fixture(scope="module")
def unsaid(root):
    """:return dict[str, str]: what is never said, and what is said instead, from the table of the glossary"""
    _before, _title, table = (root / "docs/glossaire.md").read_text().partition("## Ce que l'on ne dit pas")
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines() if line[:1] == "|"]
    assert rows[0][1] == "On ne dit pas"
    return {unsaid: said for said, words, _why in rows[2:] for unsaid in words.split(", ")}


def test_one_word_for_each_thing(texts, unsaid):
    found = []
    for words, said in unsaid.items():
        pattern = re.escape(words).replace("'", "['’]")
        if words[0].isalpha():
            pattern = rf"(?<![\w-]){pattern}"
        if words[-1].isalpha():
            pattern = rf"{pattern}[sx]?(?![\w-])"
        for where, text in texts:
            if re.search(pattern, " ".join(text.split()), re.IGNORECASE):
                found.append(f"{where}: « {words} » → {said}")
    assert not found, "\n".join(found)


def test_apostrophes_are_typographic(texts):
    found = [where for where, text in texts if re.search(r"\w'(\w|\N{OBJECT REPLACEMENT CHARACTER})", text)]
    assert not found, "\n".join(found)


def test_no_line_begins_with_a_sign(texts):
    """A no-break space stands before : ; ? ! » and after «."""
    wrong = re.compile(r"\S [:;?!»%](?!\w)|« |«(?=\w)|\w(»|[?!;](?=\s|$))")
    found = [f"{where}: {match[0]}" for where, text in texts if (match := wrong.search(text))]
    assert not found, "\n".join(found)
