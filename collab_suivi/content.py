"""What a kind of content says of itself, once. All that is asked of every content is read from here."""

from dataclasses import dataclass, field

from odoo.addons.collab_courrier.models.collab_notification import Kind


@dataclass(frozen=True)
class Content:
    """The declaration of a kind of content: words for its readers, and where things are in its records.

    How addresses name it (``_slug``) and the marks that its readers put (``_marks``) stand on the model itself, which
    is looked for by them.
    """

    # Where it stands, and what it is called
    address: str  # path of the page that lists it
    name: str  # in the menu
    icon: str  # in the menu: what a path of SVG draws by a line, on 24 × 24
    sequence: int  # in the menu, and on the first page: the smallest first
    # The first page
    latest: str  # title of its block
    everything: str  # of the link that leads to its list
    empty: str  # when there is none: a sentence
    invitation: str  # and what one may do about it
    one_new: str
    many_new: str  # %s is how many
    shown: int = 5  # how many of the latest ones
    news_address: str = ""  # path of the page of what is new, if it is not that of the list
    row_template: str = "collab_suivi.content_row"  # shows one of ``_rows()``, which it calls ``row``
    # What people are told by mail: by name, which is that of one content only
    kinds: dict[str, Kind] = field(default_factory=dict)
    # Fields of the model, or nothing
    title: str = "name"
    text: str | None = None
    theme: str | None = None
    territory: str | None = None
    # Model of the files that are joined to it
    files: str | None = None
    # What the archive of one's own data says of each: fields, by the word that names them there
    exported: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """What decides what somebody reads of a kind of content, as one page asks for it once.

    What he has written himself, he reads besides.
    """

    audiences: tuple[int, ...] | None  # those that he is part of; None: all of them
    state: tuple | None  # of the contents: the same as long as none has changed
    marks: dict  # what he has seen, keeps and follows, as ``collab.mark._of``

    def is_for(self, audience):
        return self.audiences is None or audience in self.audiences
