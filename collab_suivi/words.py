"""The words of a text with a form."""

from lxml import html

# What stands in one of these stands on lines of its own.
BLOCKS = tuple("p div br hr ul ol li blockquote pre table tr td th h1 h2 h3 h4".split())


def words_said(text):
    """Give what one reads of a text. Odoo's own ``html2plaintext`` puts stars and slashes where words are bold or in
    italics, and cuts those that are so in part: a search would not find them.

    :param str | None text: HTML
    :return str: one line for each block
    """
    if not (text or "").strip():
        return ""
    root = html.fragment_fromstring(text, create_parent="div")
    for block in root.iterdescendants(*BLOCKS):
        block.text = f"\n{block.text or ''}"
        block.tail = f"\n{block.tail or ''}"
    lines = (" ".join(line.split()) for line in root.text_content().splitlines())
    return "\n".join(filter(None, lines))
