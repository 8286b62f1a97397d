"""Cleans formatted text that somebody types, or pastes from Word: only words and simple formatting stay."""

from lxml import etree, html

# Removed with all that is inside them.
GONE = ("script", "style", "head", "title", "template", "iframe", "object", "embed", "svg", "math", "noscript", "xml")
KEPT = {
    **dict.fromkeys(("p", "br", "hr", "strong", "em", "u", "s", "sub", "sup", "ul", "ol", "li", "blockquote"), ()),
    **dict.fromkeys(("pre", "code", "h2", "h3", "h4", "table", "thead", "tbody", "tr"), ()),
    **dict.fromkeys(("td", "th"), ("colspan", "rowspan")),
    "a": ("href",),
}
CALLED = {"b": "strong", "i": "em", "h1": "h2", "h5": "h4", "h6": "h4", "div": "p", "strike": "s", "del": "s"}
# HTML does not allow these inside a paragraph: a `div` that holds one is unwrapped instead of becoming a `p`.
BLOCKS = frozenset({"p", "div", "ul", "ol", "table", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "hr"})
# Elements to remove while keeping their text are renamed so, then stripped together at the end.
UNWRAPPED = "unwrapped"
LINKS = ("http://", "https://", "mailto:", "tel:", "/", "#")


def clean(text):
    """:param str text: HTML, from anybody
    :return str: the same, without tags or attributes that are not in ``KEPT``, and without anything that makes browsers
        call another site"""
    # Control characters, which XML does not allow.
    text = "".join(letter for letter in text if letter >= " " or letter in "\t\n\r")
    try:
        root = html.fragment_fromstring(text, create_parent="div")
    except etree.ParserError:
        return ""
    etree.strip_elements(root, etree.Comment, *GONE, with_tail=False)
    etree.strip_tags(root, etree.ProcessingInstruction)
    for element in root.iterdescendants():
        _clean_element(element)
    # All at once: one by one, a paste of a megabyte would take a minute.
    etree.strip_tags(root, UNWRAPPED)
    inner = html.tostring(root, encoding="unicode")
    return inner[inner.index(">") + 1 : inner.rindex("<")].strip() if len(root) or root.text else ""


def _clean_element(element):
    name = element.tag.lower() if isinstance(element.tag, str) else ""
    if name == "div" and any(child.tag in BLOCKS for child in element):
        name = ""
    name = CALLED.get(name, name)
    address = (element.get("href") or "").strip()
    # Pictures are removed: they are joined as files. One in the text could make each reader's browser call any address.
    if name not in KEPT or (name == "a" and not address.lower().startswith(LINKS)):
        element.tag = UNWRAPPED
    else:
        element.tag = name
        for attribute in set(element.attrib) - set(KEPT[name]):
            del element.attrib[attribute]
        if name == "a":
            element.set("rel", "noopener noreferrer")
