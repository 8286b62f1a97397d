"""A text, cut in passages: what a search shows of it is looked for in a few of them."""

import re

# Letters of a passage, at most: a page of a document is one or two.
LETTERS_MAX = 2_000
# From so many passages, each keeps its own words: the right ones are found without reading all of them.
LONG_FROM = 8
SENTENCE_END = re.compile(r"[.!?;:]\s|\n")


def split(text):
    """
    :param str text:
    :return list[str]: its passages, cut where a line or a sentence ends, if one does; none for an empty text
    """
    passages, text = [], text.strip()
    while len(text) > LETTERS_MAX:
        ends = [found.end() for found in SENTENCE_END.finditer(text, LETTERS_MAX // 2, LETTERS_MAX)]
        end = ends[-1] if ends else (text.rfind(" ", 1, LETTERS_MAX) + 1 or LETTERS_MAX)
        passages.append(text[:end].strip())
        text = text[end:].strip()
    return [*passages, text] if text else passages
