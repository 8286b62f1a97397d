"""French typography: what a keyboard does not write, and a reader expects."""

import re

NO_BREAK = "\u00a0"
# Tags and expressions are code: they stay as they are.
CODE = re.compile(r"(<[^>]*>|\{\{.*?\}\})", re.DOTALL)


def typeset(text):
    """Give the apostrophes their shape, and signs the space that keeps them on the line of the word before.

    :param str text: French, with tags and expressions
    :return str: the same
    """
    parts = CODE.split(text)
    for index in range(0, len(parts), 2):
        part = re.sub(r"(?<=\w)'(?=[\w«]|$)", "’", parts[index])
        part = re.sub(r" (?=(?:[:;?!»]|%(?!\())(?:\W|$))", NO_BREAK, part)
        part = part.replace("« ", f"«{NO_BREAK}")
        parts[index] = re.sub(r"(?<=\d) (?=(?:ko|Mo|Go|h|€)\b)", NO_BREAK, part)
    return "".join(parts)
