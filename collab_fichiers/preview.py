"""What a page shows of a document without downloading it, within bounds that no document can exceed."""

# Odoo leaves to Pillow the formats that it uses itself; telephones and browsers save in this one too.
from PIL import Image, WebPImagePlugin  # noqa: F401

IMAGES = frozenset({"image/gif", "image/jpeg", "image/png", "image/webp"})
# A picture of a few kilobytes may unfold into gigabytes in the browser: width × height.
IMAGE_MAX_PIXELS = 40_000_000
TEXT_MAX_BYTES = 64 * 1024


def kind_of(mimetype, path):
    """Tell how a page can show a content.

    :param str mimetype: by content
    :param str path: of the file
    :return str: "pdf", "image", "text", "large" for a picture that is too large, or "none"
    """
    if mimetype == "application/pdf":
        return "pdf"
    if mimetype in IMAGES:
        return "image" if pixels(path) <= IMAGE_MAX_PIXELS else "large"
    return "text" if mimetype in ("text/plain", "text/csv") else "none"


def pixels(path):
    """:return int: as its header says; the picture is not unfolded"""
    try:
        with Image.open(path) as picture:
            return picture.width * picture.height
    except (OSError, Image.DecompressionBombError):
        return IMAGE_MAX_PIXELS + 1


def beginning(path):
    """:param str path: of a text
    :return tuple[str, bool]: how it begins, and whether there is more"""
    with open(path, "rb") as content:
        head = content.read(TEXT_MAX_BYTES + 1)
    more, head = len(head) > TEXT_MAX_BYTES, head[:TEXT_MAX_BYTES]
    try:
        text = head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # A letter cut in two at the end is still UTF-8; anything else is what Windows wrote.
        cut = more and error.start > len(head) - 4
        text = head.decode("utf-8-sig", "ignore") if cut else head.decode("cp1252", "replace")
    return text, more
