"""What the address of a search says."""

import unicodedata
from datetime import timedelta
from typing import NamedTuple

from odoo.fields import Datetime

from odoo.addons.collab_habillage.paging import address_of

from .models.collab_search import Asked

PATH = "/recherche"
# A longer text is not a search: it has been pasted.
CHARS_MAX = 200
# With the spaces around its words.
READ_MAX = 1000
# By their names in addresses, in days.
PERIODS = {"semaine": 7, "mois": 31, "trimestre": 92, "annee": 366}


class Sought(NamedTuple):
    """The search that an address asks for: its words, as they were typed, and what narrows it."""

    words: str = ""
    kind: str | None = None  # how addresses name it
    network: int | None = None
    territory: int | None = None
    theme: int | None = None
    author: int | None = None  # an account
    period: str | None = None  # a key of PERIODS
    by_date: bool = False
    exact: bool = False  # the words are searched as they are, even if they look mistyped

    def address(self, page=None, **changes):
        """:return str: that of the same search, but for what changes"""
        one = self._replace(**changes)
        narrowed = {
            **{"type": one.kind, "territoire": one.territory, "reseau": one.network, "theme": one.theme},
            **{"auteur": one.author, "depuis": one.period},
        }
        shown = {"tri": "date" if one.by_date else None, "exact": "1" if one.exact else None}
        return address_of(PATH, q=one.words, **narrowed, **shown, page=page)

    @property
    def whole(self):
        """:return Sought: the same, narrowed by nothing"""
        return Sought(self.words, by_date=self.by_date, exact=self.exact)

    @property
    def is_narrowed(self):
        return self != self.whole

    @property
    def asked(self):
        """:return Asked: for the engine"""
        since = Datetime.now() - timedelta(days=PERIODS[self.period]) if self.period else None
        sides = self.network, self.territory, self.theme, self.author
        return Asked(self.words, self.kind, *sides, since, self.by_date, self.exact)


def tidy(text):
    """:param str text: as it was typed
    :return tuple[str, bool]: it on one line, its accents joined to their letters; whether its end had to be cut"""
    words = " ".join(unicodedata.normalize("NFC", text[:READ_MAX]).split())
    if len(words) <= CHARS_MAX and len(text) <= READ_MAX:
        return words, False
    # Half a word would find nothing.
    return words[: CHARS_MAX + 1].rpartition(" ")[0] or words[:CHARS_MAX], True
