"""Makes links of the addresses that somebody has typed as they are, where others read what he has written."""

import itertools
import re

from linkify_it import LinkifyIt
from lxml import etree, html
from markupsafe import Markup, escape

MAY_LINK = re.compile(r"://|www\.|@", re.I)
# What ends a sentence in French, and is part of no address; the finder knows the other marks.
AFTER = "…’”»›"
# An address has no space. The finder takes a second for words that somebody would make up to slow a page.
WORD = re.compile(r"\S+")
WORD_MAX_CHARS = 1_000
WORDS_MAX = 200
# Where an address is a link already, or is shown as it is.
AS_IT_IS = ("a", "pre", "code")


def _after_www(finder, text, start):
    """:return int: how many characters of an address follow "www." """
    if text[: start - len("www.")].endswith("."):
        return 0
    address = re.match(finder.re["src_host_port_strict"] + finder.re["src_path"], text[start:], re.I)
    return address.end() if address else 0


def _to_https(_finder, match):
    match.url = f"https://{match.url}"


# Only an address that says what it is: "www.…", "https://…", "name@…". Words often meet at a full stop without a space
# ("merci.Et"), and many of them are then the domain of some country.
FINDER = LinkifyIt(options={"fuzzy_link": False, "fuzzy_email": True, "fuzzy_ip": False})
FINDER.add("ftp:", None).add("//", None).add("www.", {"validate": _after_www, "normalize": _to_https})


def _pieces(text):
    """:return list[tuple[str, str | None]]: a text in pieces, and where each leads: nowhere for the first, and then for
    one in two"""
    words = (word for word in WORD.finditer(text) if len(word[0]) <= WORD_MAX_CHARS and MAY_LINK.search(word[0]))
    pieces, end = [], 0
    for word in itertools.islice(words, WORDS_MAX):
        for match in FINDER.match(word[0]) or ():
            said = match.raw.rstrip(AFTER)
            start = word.start() + match.index
            pieces += [(text[end:start], None), (said, match.url.removesuffix(match.raw[len(said) :]))]
            end = start + len(said)
    return [*pieces, (text[end:], None)]


def _attributes(url):
    """:return dict[str, str]: of the link; a page of another site is opened beside ours, and does not know ours"""
    attributes = {"href": url, "rel": "noopener noreferrer"}
    return {**attributes, "target": "_blank"} if url.startswith(("http://", "https://")) else attributes


def linked_text(text):
    """:param str text: as somebody has typed it
    :return Markup: the same, where addresses are links"""
    text, parts = text or "", []
    for piece, url in _pieces(text) if MAY_LINK.search(text) else [(text, None)]:
        if url:
            shown = Markup("").join(Markup(' {}="{}"').format(name, value) for name, value in _attributes(url).items())
            parts.append(Markup("<a{}>{}</a>").format(shown, piece))
        else:
            parts.append(escape(piece))
    return Markup("").join(parts)


def linked_html(content):
    """:param str content: HTML, cleaned
    :return Markup: the same, where addresses that are not links yet are links too"""
    content = content or ""
    if not (MAY_LINK.search(content) or "<a " in content):
        return Markup(content)  # noqa: S704  # it has been cleaned
    root = html.fragment_fromstring(content, create_parent="div")
    for element in [*root.iter()]:
        if element.tag == "a":
            element.attrib.update(_attributes(element.get("href", "")))
        inside = next(element.iterancestors(*AS_IT_IS), None) is not None
        if not inside:
            _link_tail(element)
            if element.tag not in AS_IT_IS:
                _link_text(element)
    inner = etree.tostring(root, encoding="unicode", method="html", with_tail=False)
    return Markup(inner[inner.index(">") + 1 : inner.rindex("<")])  # noqa: S704  # only links are added to it


def _link_text(element):
    first, links = _as_links(element.text)
    if links:
        element.text = first
        element[:0] = links


def _link_tail(element):
    first, links = _as_links(element.tail)
    if links:
        element.tail = first
        for link in reversed(links):
            element.addnext(link)


def _as_links(text):
    """:return tuple[str, list[etree.Element]]: what comes before the first address, and the links; what follows each is
    its tail"""
    if not text or not MAY_LINK.search(text):
        return text, []
    (first, _none), *pieces = _pieces(text)
    links = []
    for (said, url), (after, _none) in zip(pieces[::2], pieces[1::2], strict=True):
        link = etree.Element("a", _attributes(url))
        link.text, link.tail = said, after
        links.append(link)
    return first, links
