"""The text that leaves the process: tidy, and not more than wanted."""

import os
import re
import unicodedata

from .contract import PAGE_END, PAGES_MAX, TEXT_MAX_BYTES, Full

# A word cut at the end of a line: PDFium writes U+FFFE or U+0002 instead of its hyphen; U+00AD is the soft hyphen.
CUT_WORD = re.compile("[\x02\ufffe\u00ad](?:\r?\n)?")
# Without width; and those of private use, which are bullets in the fonts of Word.
INVISIBLE = re.compile("[\u200b\u2060\ufeff\ue000-\uf8ff]")
LINE_BREAK = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# What is left of the control characters, and halves of UTF-16 pairs, which UTF-8 cannot write.
UNWRITABLE = re.compile("[\0-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
SPACES = re.compile(r"[^\S\n]+")
LINE_BREAKS = re.compile(" ?\n[ \n]*")


def tidy(text):
    """:return str: the same text in Unicode NFC: one space instead of many, no empty line, words that were cut at
    the end of a line joined, nothing that cannot be seen"""
    text = CUT_WORD.sub("", text)
    text = INVISIBLE.sub("", text)
    text = LINE_BREAK.sub("\n", text)
    text = UNWRITABLE.sub(" ", text)
    text = SPACES.sub(" ", text)
    text = LINE_BREAKS.sub("\n", text)
    return unicodedata.normalize("NFC", text.strip())


class Output:
    """Sends pages as they end."""

    def __init__(self, descriptor):
        """:param int descriptor: of the file to write to"""
        self._descriptor = descriptor
        self._parts, self._length = [], 0
        self._pages, self._left = 0, TEXT_MAX_BYTES
        self.has_text = self.is_full = False

    def add(self, text):
        """Add to the page.

        :raises Full: the page is longer than all the text that is wanted
        """
        # Tidying makes a text shorter, hence twice: but a page of nothing but spaces must end too.
        room = 2 * TEXT_MAX_BYTES - self._length
        self._parts.append(text[:room])
        self._length += min(len(text), room)
        if len(text) > room:
            self.is_full = True
            raise Full

    def next_page(self):
        """Send the page, and begin another.

        :raises Full: it was the last one that is wanted
        """
        self.end_page()
        if self.is_full or self._pages == PAGES_MAX:
            self.is_full = True
            raise Full

    def flush(self):
        """Send what there is of a page that does not end as it should."""
        if self._parts:
            self.end_page()

    def end_page(self):
        """Send the page, as far as there is room."""
        text = tidy("".join(self._parts))
        self._parts, self._length = [], 0
        encoded = text.encode()
        if len(encoded) > self._left:
            encoded = encoded[: self._left].decode("utf-8", "ignore").encode()
            self.is_full = True
        self._left -= len(encoded)
        self._pages += 1
        self.has_text |= bool(text)
        self._send(encoded + PAGE_END.encode())

    def finish(self, state, cut):
        """
        :param str state: one of STATES
        :param bool cut: there was more text
        """
        self._send(b"\0" + state.encode() + b"+" * cut)

    def _send(self, data):
        while data:
            data = data[os.write(self._descriptor, data) :]
