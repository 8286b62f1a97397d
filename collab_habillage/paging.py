"""Long lists are read page by page; the address says which page."""

from typing import NamedTuple
from urllib.parse import urlencode

# Nothing here has a longer number, and Python refuses to read one of some thousand digits.
DIGITS_MAX = 18


def number_in(text):
    """
    :param str | None text: as an address, or a form, gives it
    :return int | None: the natural number that it is; None when it is none, or a longer one than anything has here
    """
    return int(text) if text and text.isdecimal() and len(text) <= DIGITS_MAX else None


class Part(NamedTuple):
    """A page of a list, as the link that leads there says it."""

    address: str
    first: int  # of the items that it shows
    last: int


class Paging:
    """The page of a list that an address asks for, and the ways to those before and after it, as
    ``collab_habillage.pager`` shows them."""

    def __init__(self, asked, total, size, address):
        """
        :param str | int asked: its number, as the address gives it; that of no page is the nearest one's
        :param int total: how many items the list has
        :param int size: how many of them a page shows
        :param Callable address: gives the address of a page of the list, from ``page``, its number; None for the first
        """
        self.total, self.size, self._address = total, size, address
        self.last = max(1, -(-total // size))
        self.number = min(max(1, number_in(str(asked)) or 1), self.last)

    @property
    def offset(self):
        """:return int: how many items are on the pages before this one"""
        return (self.number - 1) * self.size

    @property
    def before(self):
        """:return Part | None:"""
        return self._part(self.number - 1) if self.number > 1 else None

    @property
    def after(self):
        """:return Part | None:"""
        return self._part(self.number + 1) if self.number < self.last else None

    def _part(self, number):
        first = (number - 1) * self.size + 1
        return Part(self._address(page=number if number > 1 else None), first, min(first + self.size - 1, self.total))


def address_of(path, /, **query):
    """:param str path:
    :param query: what the address asks for; what is empty is left out
    :return str: an address"""
    asked = {name: value for name, value in query.items() if value}
    return f"{path}?{urlencode(asked)}" if asked else path
