"""Cleans formatted text that somebody types, or pastes from Word or from a page: only words and simple formatting stay.

The gate is nh3 (ammonia), which parses as browsers do. Around it: what Word hides, and our names for what people write.
"""

import re
from collections import Counter

import nh3
from lxml import etree, html

# What a text may contain, and its attributes.
KEPT = {
    **dict.fromkeys(("p", "br", "hr", "strong", "em", "u", "s", "sub", "sup", "ul", "ol", "li", "blockquote"), ()),
    **dict.fromkeys(("pre", "code", "h2", "h3", "h4", "table", "thead", "tbody", "tr"), ()),
    **dict.fromkeys(("td", "th"), ("colspan", "rowspan")),
    "a": ("href",),
}
CALLED = {"b": "strong", "i": "em", "h1": "h2", "h5": "h4", "h6": "h4", "strike": "s"}
# Removed with all that is inside them. What is deleted in a Word document (`del`) is there for its author alone.
GONE = {"script", "style", "title", "template", "iframe", "object", "svg", "math", "noscript", "xml", "del"}
SCHEMES = {"http", "https", "mailto", "tel"}
LINKS = (*(f"{scheme}:" for scheme in SCHEMES), "/", "#")
# HTML does not allow these inside a paragraph: a `div` that holds one is unwrapped instead of becoming a `p`.
BLOCKS = frozenset({"p", "div", "ul", "ol", "table", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "hr"})

# How Word marks, for itself alone, hidden text and the comments in the margin.
HIDDEN_STYLE = re.compile(r"display:\s*none|mso-hide:\s*all|mso-element:\s*comment", re.I)
HIDDEN_CLASSES = {"MsoCommentReference", "MsoCommentText", "msoDel"}
# Whether any may be there, in lower case: in a megabyte, letters that are fixed are found much sooner.
HINT, HINTS = b"display:", re.compile(rb"mso(?:-hide|-element|comment|del)")
MARKED = ("p", "span", "div", "s", "a", "li", "table", "tr", "td")

# Elements to remove while keeping their text are renamed so, then stripped together at the end.
UNWRAPPED = "unwrapped"

# Most of what Word writes is attributes, and elements that we do not keep. What these three recognise costs a fifth of
# what the parser of the gate would take; the rest is left to it. No value may hold "<" or ">": each attempt ends where
# the next begins, whatever somebody sends.
ATTRIBUTES = r"""[^<>"']*+(?:(?:"[^<>"]*+"|'[^<>']*+')[^<>"']*+)*+"""
NEEDLESS = re.compile(rf"</?(?:span|font|o:p)(?:\s{ATTRIBUTES})?>", re.I)
PARAGRAPH = re.compile(rf"<p\s{ATTRIBUTES}>", re.I)
DRESSED = re.compile(rf"<(?!(?:a|td|th)\s)([a-z][a-z0-9]*)\s{ATTRIBUTES}>", re.I)

# What XML does not allow, and lxml refuses.
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# PostgreSQL refuses some of these characters in a text without a form; the others are controls that nobody types.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
# As HTML ends them (13.2.5.43): what Word writes there for itself is not counted below.
COMMENT = re.compile(r"<!--(?:-?>|.*?(?:--!?>|$))", re.S)
# The elements that are inside one another, in lower case, without those that close by themselves, or hold nothing.
TAG = re.compile(r"<(?!/?(?:p|li|td|th|tr|tbody|thead|dt|dd|option|br|hr|img|input|meta)[\s/>])(/?[a-z][^\s/>]*)")
# These two need to be looked at with what they hold: a paragraph that may not be one, a link that leads nowhere.
STRUCTURED = re.compile(r"<div|<a rel")
# Outside the tags of a clean text.
WORD = re.compile(r"(?:^|>)\s*[^\s<]")
# The parser would take minutes where thousands of elements are inside one another; nobody writes so.
DEPTH_MAX = 200


class Clean(str):
    """A text that has passed the gate. Whatever is made of it is an ordinary text, which has not."""

    def has_words(self):
        return bool(WORD.search(self))


def clean(text):
    """:param str text: HTML, from anybody
    :return Clean: the same, without tags or attributes that are not in ``KEPT``, and without anything that makes
        browsers call another site; its words alone, where hundreds of elements are inside one another"""
    text = COMMENT.sub("", text)
    hides = _may_hide(text)
    if hides:
        text = DRESSED.sub(_undressed, text)
        hides = bool(HIDDEN_STYLE.search(text)) or any(name in text for name in HIDDEN_CLASSES)
    if not hides:
        # A function is called sooner than a template is read.
        text = DRESSED.sub(lambda tag: f"<{tag[1]}>", PARAGRAPH.sub("<p>", NEEDLESS.sub("", text)))
    if text.count("<") > DEPTH_MAX and _depth(text) > DEPTH_MAX:
        text = re.sub(r"<[^>]*>?", " ", text)
    attributes = {name: set(kept) for name, kept in KEPT.items() if kept}
    # On any element; without it, the gate would let `lang` and `title` pass.
    attributes["*"] = {"style"} if hides else set()
    passed = nh3.clean(
        text,
        tags={*KEPT, *CALLED, "div", *(MARKED if hides else ())},
        attributes=attributes,
        filter_style_properties={"display", "mso-hide", "mso-element"} if hides else None,
        allowed_classes=dict.fromkeys(MARKED, HIDDEN_CLASSES) if hides else None,
        clean_content_tags=GONE,
        url_schemes=SCHEMES,
        attribute_filter=_only_links,
        link_rel="noopener noreferrer",
    )
    passed = NO_XML.sub("", passed)
    if hides or STRUCTURED.search(passed):
        passed = _restructured(passed)
    # What the gate lets pass has no attribute where we rename.
    for name, called in CALLED.items():
        passed = passed.replace(f"<{name}>", f"<{called}>").replace(f"</{name}>", f"</{called}>")
    return Clean(passed.replace("&nbsp;", "\N{NO-BREAK SPACE}").strip())


def _may_hide(text):
    # As bytes, a megabyte is put in lower case at once.
    lowered = text.encode(errors="ignore").lower()
    return HINT in lowered or bool(HINTS.search(lowered))


def _undressed(tag):
    """:return str: a tag without its attributes, unless they may hide what is inside"""
    if not _may_hide(tag[0]):
        return f"<{tag[1]}>"
    # The gate reads styles in lower case only.
    return f"<{tag[1]} style=display:none>" if HIDDEN_STYLE.search(tag[0]) else tag[0]


def _only_links(_element, attribute, value):
    """:return str | None: the value of an attribute; None when it is the address of something beside the page of the
    reader, which nobody has meant"""
    return value if attribute != "href" or value.strip().lower().startswith(LINKS) else None


def _restructured(passed):
    """:param str passed: HTML that has passed the gate
    :return str: the same without what Word hides, links that lead nowhere, and ``div``"""
    root = html.fragment_fromstring(passed, create_parent="div")
    for element in [*root.iterdescendants()]:
        if _is_hidden(element):
            element.drop_tree()
            continue
        for attribute in ("style", "class"):
            element.attrib.pop(attribute, None)
        if element.tag == "div" and not any(child.tag in BLOCKS for child in element):
            element.tag = "p"
        elif element.tag not in {*KEPT, *CALLED} or (element.tag == "a" and not element.get("href")):
            element.tag = UNWRAPPED
    # All at once: one by one, a paste of a megabyte would take a minute.
    etree.strip_tags(root, UNWRAPPED)
    inner = html.tostring(root, encoding="unicode")
    return inner[inner.index(">") + 1 : inner.rindex("<")]


def _depth(text):
    """:return int: at most how many elements are inside one another"""
    opened, now, most = Counter(), 0, 0
    for tag in TAG.findall(text.lower()):
        if tag[0] != "/":
            opened[tag] += 1
            now += 1
            if now > most:
                most = now
        elif opened[tag[1:]]:
            opened[tag[1:]] -= 1
            now -= 1
    return most


def _is_hidden(element):
    return bool(HIDDEN_STYLE.search(element.get("style", ""))) or not HIDDEN_CLASSES.isdisjoint(
        element.get("class", "").split()
    )
