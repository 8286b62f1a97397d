"""What the server and the process that reads a file agree upon."""

TEXT_MAX_BYTES = 4 * 1024 * 1024
PAGES_MAX = 2_000
# A page ends with a form feed, which no text contains once it is tidy.
PAGE_END = "\f"
STATES = frozenset({"text", "scan", "empty", "locked", "failed"})


class Locked(Exception):
    """A password protects this file."""


class Corrupt(Exception):
    """This file is not of the format that it claims to be, or does what no honest file does."""


class Full(Exception):
    """There is as much text, or there are as many pages, as wanted."""


class TooSlow(Exception):
    """The processor has worked too long on this file."""
