"""Secrets that somebody must not see, laid wherever a record can carry one, and how answers show them."""

import base64
import io
import re
import zipfile

from PIL import Image

WORD = "KANARI"
# Of pictures: nothing else here has this colour.
COLOUR = (1, 201, 77)

# What cannot carry a canary, and why. Any other text or file of a model in the sweep must.
UNPLANTABLE = {
    "access_token": "a secret of the platform, drawn at random",
    "body_hash": "computed from the text",
    "checksum": "computed from the content",
    "complete_name": "computed from the names",
    "content_binary": "files of the library lie on the disk",
    "extension": "computed from the name",
    "human_size": "computed from the size",
    "migration": "a word of dms about where the content lies",
    "mimetype": "computed from the content",
    "parent_path": "identifiers",
    "purpose": "one of a list",
    "res_model": "the name of a model",
    "token": "drawn at random",
    "videocall_location": "the address of a call of Odoo's, which nobody makes",
}


def without_token(page):
    """:return str: a page without what changes in it at each second: the token of the form by which one logs out"""
    return re.sub(r'name="csrf_token" value="[^"]+"', "", page)


def picture():
    """:return bytes: a PNG of the colour of canaries"""
    buffer = io.BytesIO()
    Image.new("RGB", (64, 64), COLOUR).save(buffer, "PNG")
    return buffer.getvalue()


def is_picture(content):
    """:return bool: this content is a picture of the colour of canaries"""
    try:
        shown = Image.open(io.BytesIO(content)).convert("RGB")
    except OSError:
        return False
    middle = shown.getpixel((shown.width // 2, shown.height // 2))
    return all(abs(a - b) < 12 for a, b in zip(middle, COLOUR, strict=True))


def seen_in(response):
    """:return bool: an answer over HTTP shows a canary, in its headers or in its body"""
    if WORD in str(response.headers).upper() or WORD.encode() in response.data.upper():
        return True
    kind = response.headers.get("Content-Type", "")
    if kind == "application/zip":
        return in_zip(response.data)
    return kind.startswith("image/") and is_picture(response.data)


def in_zip(content):
    """:return bool: a file of this archive shows a canary, in its name or once decompressed"""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return any(WORD in name.upper() or WORD.encode() in archive.read(name).upper() for name in archive.namelist())


def plant(record):
    """Write a canary in every stored text, rich text and file of a record.

    :return list[str]: the fields that carry none, and are not known to be unable to
    """
    fields = {
        name: field
        for name, field in record._fields.items()
        if field.store and field.type in ("char", "text", "html", "binary") and not field.inherited
        if name not in UNPLANTABLE
    }
    for name, field in fields.items():
        # What is computed or related follows the others.
        if not field.related and not field.readonly:
            record[name] = _canary(name, field)
    record.flush_recordset()
    record.invalidate_recordset()
    return [f"{record._name}.{name}" for name, field in fields.items() if not _carries(record, name, field)]


def _is_image(name):
    return name.startswith(("image", "picture"))


def _canary(name, field):
    if field.type == "html":
        return f"<p>{WORD} {name}</p>"
    if field.type == "binary":
        return base64.b64encode(picture() if _is_image(name) else f"{WORD} {name}".encode())
    if name == "link":
        return f"https://example.org/{WORD}"
    return f"{WORD} {name}.txt"


def _carries(record, name, field):
    value = record.with_context(bin_size=False)[name] or ""
    if field.type == "binary":
        content = base64.b64decode(value)
        return is_picture(content) if _is_image(name) else WORD.encode() in content
    return WORD in value
