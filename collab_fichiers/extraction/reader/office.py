"""Word, Excel, and the presentations of PowerPoint until 2003, by office_oxide: with headers, footers, notes and
comments, without what a tracked change has deleted."""

import json

from office_oxide import Document, OfficeOxideError

from .contract import Corrupt, Locked

# How office_oxide says it: its errors have neither a class nor a number for this.
PASSWORD = ("password", "encrypted")


def read(file, output, kind):
    """
    :raises Locked: opening it takes a password
    :raises Corrupt: office_oxide does not understand it
    """
    try:
        document = Document.from_bytes(file.read(), kind)
        if kind == "ppt":
            _read_slides(document, output)
        else:
            output.add(document.plain_text())
    except OfficeOxideError as error:
        raise Locked if any(word in str(error) for word in PASSWORD) else Corrupt from error


def _read_slides(document, output):
    # Its to_ir() would import the module that decodes it, which cannot be opened any more.
    for rank, slide in enumerate(json.loads(document.to_ir_json())["sections"]):
        if rank:
            output.next_page()
        for element in slide["elements"]:
            output.add("\n".join(_texts(element)) + "\n")


def _texts(element):
    """:return Iterator[str]: texts of an element of a slide, which may hold others"""
    pending = [element]
    while pending:
        found = pending.pop()
        if isinstance(found, list):
            pending.extend(reversed(found))
        elif isinstance(found, dict):
            if found.get("type") == "text":
                yield found["text"]
            pending.extend(value for value in reversed(found.values()) if isinstance(value, (dict, list)))
