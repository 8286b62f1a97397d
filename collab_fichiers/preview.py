"""What a page shows of a document without downloading it. Limits keep a preview small, whatever the document."""

# Odoo loads only the formats of Pillow that it uses itself. Importing this plugin adds WebP, in which telephones and
# browsers save too.
from PIL import Image, WebPImagePlugin  # noqa: F401

IMAGES = frozenset({"image/gif", "image/jpeg", "image/png", "image/webp"})
# Width × height. A picture of a few kilobytes may take gigabytes in the browser once it is decoded.
IMAGE_MAX_PIXELS = 40_000_000
TEXT_MAX_BYTES = 64 * 1024
# The EXIF field that says how a picture is turned, and its values for a quarter turn.
ORIENTATION, TURNED = 0x0112, frozenset({5, 6, 7, 8})


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
    width, height = dimensions(path)
    return width * height or IMAGE_MAX_PIXELS + 1


def dimensions(path):
    """:return tuple[int, int]: width and height in pixels, as a browser shows the picture, read from the header without
    decoding it; zeros when it cannot be read"""
    try:
        with Image.open(path) as picture:
            width, height = picture.size
            # A phone held upright says so, and leaves the picture lying on its side.
            lies = picture.getexif().get(ORIENTATION) in TURNED
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return 0, 0
    return (height, width) if lies else (width, height)


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
