"""What a page shows of a document without downloading it. Limits keep a preview small, whatever the document."""

# Odoo loads only the formats of Pillow that it uses itself. Importing this plugin adds WebP, in which telephones and
# browsers save too.
from PIL import Image, WebPImagePlugin  # noqa: F401

IMAGES = frozenset({"image/gif", "image/jpeg", "image/png", "image/webp"})
# Width × height. A picture of a few kilobytes may take gigabytes in the browser once it is decoded.
IMAGE_MAX_PIXELS = 40_000_000
TEXT_MAX_BYTES = 64 * 1024


def kind_of(mimetype, path):
    """Tell how a page can show a file.

    :param str mimetype: media type, found from the content
    :param str path: of the file
    :return str: "pdf", "image", "text", "large" for a picture that is too large, or "none"
    """
    if mimetype == "application/pdf":
        return "pdf"
    if mimetype in IMAGES:
        return "image" if pixels(path) <= IMAGE_MAX_PIXELS else "large"
    return "text" if mimetype in ("text/plain", "text/csv") else "none"


def pixels(path):
    """:return int: width × height, read from the header without decoding the picture; above IMAGE_MAX_PIXELS when it
    cannot be read"""
    try:
        with Image.open(path) as picture:
            return picture.width * picture.height
    except (OSError, Image.DecompressionBombError):
        return IMAGE_MAX_PIXELS + 1


def beginning(path):
    """:param str path: of a text file
    :return tuple[str, bool]: its beginning, and whether there is more"""
    with open(path, "rb") as content:
        head = content.read(TEXT_MAX_BYTES + 1)
    more, head = len(head) > TEXT_MAX_BYTES, head[:TEXT_MAX_BYTES]
    try:
        text = head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # If only the last letter is cut in two, the text is UTF-8 all the same. Otherwise, read it as Windows wrote it.
        cut = more and error.start > len(head) - 4
        text = head.decode("utf-8-sig", "ignore") if cut else head.decode("cp1252", "replace")
    return text, more
