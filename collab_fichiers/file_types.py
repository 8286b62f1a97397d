"""What a file is, by its content, and whether its name tells the truth.

Names: extensions in lower case, without the dot. Contents: media types as libmagic gives them.
"""

import os

import magic

OOXML = "application/vnd.openxmlformats-officedocument."
OPENDOCUMENT = "application/vnd.oasis.opendocument."
OOXML_PARTS = {
    b"word/document.xml": "wordprocessingml.document",
    b"xl/workbook.xml": "spreadsheetml.sheet",
    b"ppt/presentation.xml": "presentationml.presentation",
}
HEAD_BYTES = 64 * 1024
NAMES_MAX_BYTES = 1024 * 1024
OLE = frozenset({"application/CDFV2", "application/x-ole-storage", "application/vnd.ms-office"})
VIDEO_OR_SOUND = frozenset({"video/", "audio/", "application/ogg", "application/octet-stream"})

# By extension, how the media type of the content must begin. With another type, the name does not tell the truth.
PROMISES = {
    "pdf": {"application/pdf"},
    "docx": {f"{OOXML}wordprocessingml"},
    "xlsx": {f"{OOXML}spreadsheetml"},
    "pptx": {f"{OOXML}presentationml"},
    "odt": {f"{OPENDOCUMENT}text"},
    "ods": {f"{OPENDOCUMENT}spreadsheet"},
    "odp": {f"{OPENDOCUMENT}presentation"},
    "odg": {f"{OPENDOCUMENT}graphics"},
    "doc": {"application/msword", "text/rtf", "application/rtf", *OLE},
    "xls": {"application/vnd.ms-excel", *OLE},
    "ppt": {"application/vnd.ms-powerpoint", *OLE},
    "rtf": {"text/rtf", "application/rtf"},
    # libmagic may take a text for something else; it finds no type for a single letter, or for an unusual encoding.
    "txt": {"text/", "message/", "application/json", "application/octet-stream"},
    "csv": {"text/", "application/csv", "application/json", "application/octet-stream"},
    "jpg": {"image/jpeg"},
    "jpeg": {"image/jpeg"},
    "png": {"image/png"},
    "gif": {"image/gif"},
    "webp": {"image/webp"},
    "zip": {"application/zip", OOXML, OPENDOCUMENT},
    "mp4": VIDEO_OR_SOUND,
    "mp3": VIDEO_OR_SOUND,
    "m4a": VIDEO_OR_SOUND,
}

ARCHIVES = frozenset(
    {
        "application/gzip",
        "application/vnd.rar",
        "application/x-7z-compressed",
        "application/x-bzip2",
        "application/x-iso9660-image",
        "application/x-rar",
        "application/x-tar",
        "application/x-xz",
        "application/zip",
        "application/zstd",
    }
)
# How macros are found: by the extension; by a file inside an office document that is a zip archive; or, in the older
# binary formats, by a name that stands in UTF-16 inside the file (MS-OVBA 2.2.1).
MACRO_EXTENSIONS = frozenset({"docm", "dotm", "xlsm", "xltm", "xlam", "xlsb", "pptm", "potm", "ppsm", "ppam", "xla"})
MACRO_PARTS = (b"vbaProject.bin", b"Basic/script-lc.xml")
OLE_MACROS = "_VBA_PROJECT".encode("utf-16-le")

# What a machine could run, or a browser could show as a page of the platform. The name of the file does not matter.
ACTIVE = frozenset(
    {
        "application/java-archive",
        "application/vnd.microsoft.portable-executable",
        "application/x-dosexec",
        "application/x-executable",
        "application/x-mach-binary",
        "application/x-ms-shortcut",
        "application/x-msi",
        "application/x-pie-executable",
        "application/x-sharedlib",
        "application/xhtml+xml",
        "image/svg+xml",
        "text/html",
        "text/x-msdos-batch",
        "text/x-script.python",
        "text/x-shellscript",
    }
)


def media_type(path):
    """Find the type of a file from its content.

    :param str path: of the file
    :return str: media type
    """
    with open(path, "rb") as content:
        # The beginning is enough, and libmagic takes twenty times in memory what it is given.
        found = magic.from_buffer(content.read(HEAD_BYTES), mime=True)
    return (_office_type(path) or found) if found == "application/zip" else found


def _office_type(path):
    """Recognise an office document whose parts are not in the order that libmagic expects.

    A zip archive lists the names of its files at its end. They are searched in these bytes, without reading the list
    itself: a hostile archive could list a million files.

    :return str | None: media type; None when it is not such a document
    """
    names = _end(path)
    for part, kind in OOXML_PARTS.items():
        if b"[Content_Types].xml" in names and part in names:
            return OOXML + kind
    return None


def _end(path):
    """:return bytes: the end of a file, NAMES_MAX_BYTES at most"""
    with open(path, "rb") as content:
        size = content.seek(0, os.SEEK_END)
        content.seek(max(0, size - NAMES_MAX_BYTES))
        return content.read()


def has_macros(path, content_type, extension):
    """:return bool: this office document contains macros, or its extension says so"""
    if extension in MACRO_EXTENSIONS:
        return True
    if content_type.startswith((OOXML, OPENDOCUMENT, "application/zip")):
        names = _end(path)
        return any(part in names for part in MACRO_PARTS)
    if content_type in OLE or content_type in (
        "application/msword",
        "application/vnd.ms-excel",
        "application/vnd.ms-powerpoint",
    ):
        return _contains(path, OLE_MACROS)
    return False


def _contains(path, word):
    """:return bool: the file contains these bytes; it is read piece by piece"""
    with open(path, "rb") as content:
        before = b""
        while piece := content.read(1024 * 1024):
            if word in before + piece:
                return True
            before = piece[-len(word) :]
    return False


def is_archive(content_type):
    """:return bool: it is an archive, whose files cannot be checked without unpacking it"""
    return content_type in ARCHIVES


def is_active(content_type):
    """:return bool: a machine or a browser could run this"""
    return content_type in ACTIVE


def denies(content_type, extension):
    """:return bool: a file with this extension cannot have a content of this type"""
    promised = PROMISES.get(extension)
    return bool(promised) and not content_type.startswith(tuple(promised))
