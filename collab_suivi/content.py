"""What each kind of content declares, once: menus, pages, mails and archives read it from here."""

from dataclasses import dataclass, field
from typing import NamedTuple

from odoo.addons.collab_courrier.models.collab_notification import Kind


@dataclass(frozen=True)
class Content:
    """The declaration of a kind of content: words for its readers, and the names of its fields.

    Its name in addresses (``_slug``) and the marks that its readers may put (``_marks``) are attributes of the model
    itself, because models are searched by them.
    """

    # In the menu
    address: str  # path of the page that lists it
    name: str  # in the menu
    icon: str  # in the menu: the `d` attribute of an SVG path, drawn as a line on 24 × 24
    sequence: int  # in the menu, and on the first page: the smallest first
    # In what a search finds
    nature: str  # what one of them is, without an article: "Discussion"
    plural: str  # several of them: "Discussions"
    # On the first page
    latest: str  # title of its block
    everything: str  # text of the link that leads to its list
    empty: str  # a sentence, when there is none
    invitation: str  # what follows that sentence, and invites the reader to add one
    one_new: str
    many_new: str  # %s is how many
    shown: int = 5  # how many of the latest ones
    is_aside: bool = False  # in the narrow column
    news_address: str = ""  # path of the page of what is new, if it is not that of the list
    row_template: str = "collab_suivi.content_row"  # shows one item of ``_rows()``, named ``row`` there
    # What people are told by mail, by name; two kinds of content may not use the same name
    kinds: dict[str, Kind] = field(default_factory=dict)
    # Names of fields of the model; None when it has no such field
    title: str = "name"
    text: str | None = None
    # What one of them is, with its article, for those who moderate: "A document"
    one: str = ""
    theme: str | None = None
    territory: str | None = None
    # Models of the files that are attached to it, and of what is said under it
    files: str | None = None
    comments: str | None = None
    # What the archive of a person's own data contains of each: names of fields, by the word that it shows for them
    exported: dict[str, str] = field(default_factory=dict)


class Entry(NamedTuple):
    """What the menu says of a kind of content to a reader."""

    slug: str
    address: str
    name: str
    icon: str
    count: int = 0  # how much is new to him, or awaits him


class Part(NamedTuple):
    """A piece of a content, in which a search finds words."""

    text: str  # without tags
    label: str = ""  # who says it, or the name of a file
    page: int | None = None  # of a file that has pages


class Searched(NamedTuple):
    """What a search reads of a content."""

    title: str
    said: str  # what else describes it, in words: theme, type, folder, name of the file, place, organiser
    parts: tuple[Part, ...]


class FileOf(NamedTuple):
    """A file whose words are found with a content."""

    name: str
    mimetype: str
    checksum: str  # SHA-1, in hexadecimal
    path: str  # on the disk


@dataclass(frozen=True)
class Reading:
    """What decides which contents of a kind a person may read. A page asks for it once.

    He also reads what he has written himself, which is not counted here.
    """

    audiences: tuple[int, ...] | None  # those that he is part of; None: all of them
    state: str | None  # from ``collab.change._state``: the same as long as no content of this kind has changed
    marks: dict  # what he has seen, keeps and follows, as ``collab.mark._of``

    def is_for(self, audience):
        return self.audiences is None or audience in self.audiences
