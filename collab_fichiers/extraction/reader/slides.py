"""Presentations of PowerPoint since 2007 (ECMA-376, part 1, 13): each slide, with the notes of the speaker, comments
and diagrams."""

import posixpath

from . import package
from .contract import Corrupt

PRESENTATION = "ppt/presentation.xml"
# What belongs to a slide, by the end of the type of its relationship.
BESIDE = ("/notesSlide", "/comments", "/diagramData")


def read(file, output, _kind):
    """
    :raises Locked: opening it takes a password
    :raises Corrupt: it is not a presentation
    """
    archive = package.opened(file)
    order = _Order()
    package.walk(archive, PRESENTATION, order)
    targets = _relationships(archive, PRESENTATION)
    if not targets:
        raise Corrupt
    slides = [targets[key][1] for key in order.keys if key in targets]
    for rank, slide in enumerate(slides):
        if rank:
            output.next_page()
        package.walk(archive, slide, _Words(output))
        for kind, part in _relationships(archive, slide).values():
            if kind.endswith(BESIDE):
                package.walk(archive, part, _Words(output))


def _relationships(archive, part):
    """:return dict[str, tuple[str, str]]: by key, the type and the part of what a part refers to"""
    folder, name = posixpath.split(part)
    found = _Relationships()
    package.walk(archive, f"{folder}/_rels/{name}.rels", found)
    return {
        key: (kind, posixpath.normpath(posixpath.join(folder, target)).lstrip("/")) for key, kind, target in found.rows
    }


class _Relationships(package.Handler):
    """What a part refers to (ECMA-376, part 2, 9.3)."""

    def __init__(self):
        super().__init__(None)
        self.rows = []

    def enter(self, name, attributes):
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            self.rows.append([attributes.get(key, "") for key in ("Id", "Type", "Target")])


class _Order(package.Handler):
    """The keys of the slides, in their order."""

    def __init__(self):
        super().__init__(None)
        self.keys = []

    def enter(self, name, attributes):
        if name == "sldId":
            # It has another one without namespace. Both variants of the format name this one r:id.
            self.keys.extend(value for key, value in attributes.items() if key.endswith("/relationships id"))


class _Words(package.Handler):
    """The text of a slide, of its notes or of a comment, which ``text`` holds in files before 2021."""

    holders = frozenset({"t", "text"})
    # Fields are numbers and dates that change by themselves; what follows is the same drawing for older programs.
    skipped = frozenset({"fld", "Fallback"})
    before = {"br": "\n"}
    after = {"p": "\n", "text": "\n", "tc": "\t", "tr": "\n"}
    cell, paragraph = "tc", "p"
