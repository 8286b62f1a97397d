"""Texts and tables as text, in UTF-8, in UTF-16, or as Windows writes them in French (CP1252)."""

import codecs

from .contract import TEXT_MAX_BYTES, Corrupt

# UTF-16 takes two bytes for a letter of one byte in UTF-8.
READ_MAX_BYTES = 2 * TEXT_MAX_BYTES
SAMPLE_BYTES = 4096
MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# Python finds them on disk at their first use.
for encoding in ("utf-8", "utf-16-le", "utf-16-be", "cp1252"):
    codecs.lookup(encoding)


def read(file, output, _kind):
    """:raises Corrupt: it is not text"""
    output.add(decoded(file.read(READ_MAX_BYTES)))
    output.is_full = bool(file.read(1))


def decoded(data):
    """
    :param bytes data: the beginning of a text; its last letter may be cut
    :return str: the text
    :raises Corrupt: it is not text
    """
    found = _encoding(data)
    if found:
        return data.decode(found, "ignore")
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        if b"\0" in data:
            raise Corrupt from None
        return data.decode("cp1252", "replace")


def _encoding(data):
    """:return str | None: the encoding that a text tells or shows: in UTF-16, NUL is half of a plain letter"""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return encoding
    sample = data[:SAMPLE_BYTES]
    for high, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        plain, odd = sample[high::2].count(0), sample[1 - high :: 2].count(0)
        # A few letters end with NUL the other way round: U+0300 is a grave accent.
        if plain * 4 > len(sample) // 2 and odd * 10 < plain:
            return encoding
    return None
