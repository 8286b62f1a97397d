"""Mail headers in which what people typed (a name, a title, the name of a file) stays plain text.

Python's ``email`` decodes anything in a given text that looks like an encoded word (RFC 2047, ``=?utf-8?q?…?=``): what
comes out may contain line breaks, hence new headers or a new body. And when it folds a long header, it may lose spaces,
or the quotes around a name, which then reads as an address.
"""

import re
from email.header import Header
from email.policy import EmailPolicy

from odoo.tools import formataddr

# Control characters, Unicode line separators, characters that reverse or hide text, lone surrogates.
UNWRITABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")
ADDRESSES = frozenset({"from", "reply-to", "to", "cc", "bcc", "sender"})
# Headers that are never folded: Python would encode the address in this one, and Gmail and Outlook would not show their
# unsubscribe button. RFC 5322 allows lines of 998 characters.
ONE_LINE = frozenset({"list-unsubscribe"})
QUOTED_MAX_CHARS = 60


def inert(text):
    """:param str text: typed by somebody
    :return str: the same to a reader, without line breaks nor anything that looks like an encoded word"""
    return UNWRITABLE.sub(" ", text).replace("=?", "= ?")


def written_by(policy):
    """:param EmailPolicy policy: the one that core uses
    :return EmailPolicy: the same, which also makes every header inert, even those that core sets later"""
    return _kind_of(type(policy))(**{name: getattr(policy, name) for name in vars(policy)})


def _kind_of(kind):
    return type(f"Inert{kind.__name__}", (InertHeaders, kind), {})


class InertHeaders(EmailPolicy):
    def header_store_parse(self, name, value):
        return super().header_store_parse(name, inert(value) if isinstance(value, str) else value)

    def _fold(self, name, value, *args, **kwargs):
        kind, written = name.lower(), None
        if kind in ONE_LINE:
            written = str(value)
        elif kind == "subject":
            written = self._encoded(str(value), name)
        elif kind in ADDRESSES:
            addresses = self.header_factory(name, inert(str(value))).addresses
            written = f",{self.linesep} ".join(self._address(address, name) for address in addresses)
        return f"{name}: {written}{self.linesep}" if written else super()._fold(name, value, *args, **kwargs)

    def _encoded(self, text, name):
        """:return str: a text, folded; as encoded words when it has non-ASCII letters, or a word too long for a line"""
        is_plain = text.isascii() and max(map(len, text.split(" "))) < QUOTED_MAX_CHARS
        return Header(text, "us-ascii" if is_plain else "utf-8", header_name=name).encode(
            splitchars=" ", linesep=self.linesep
        )

    def _address(self, address, name):
        said, spec = inert(address.display_name), formataddr(("", address.addr_spec), charset="ascii")
        if not said:
            return spec
        if said.isascii() and len(said) < QUOTED_MAX_CHARS:
            said = '"{}"'.format(re.sub(r'([\\"])', r"\\\1", said))
        else:
            said = Header(said, "utf-8", header_name=name).encode(linesep=self.linesep)
        return f"{said} <{spec}>"
