"""Several documents in one ZIP (APPNOTE.TXT 6.3), made while it is sent: nothing is kept, in memory or on the disk."""

import os

from zipstream import ZIP_STORED, ZipStream


def unique(name, taken):
    """:param str name: of a file
    :param set[str] taken: names that stand already, as a system that ignores capitals compares them; completed
    :return str: the name, with a number before its extension if it is taken"""
    stem, extension = os.path.splitext(name)
    rank, found = 1, name
    while found.casefold() in taken:
        rank += 1
        found = f"{stem} ({rank}){extension}"
    taken.add(found.casefold())
    return found


def stream(files):
    """:param Iterable[tuple[str, str]] files: the path of each on the disk, and in the archive
    :return ZipStream: pieces of bytes, and how long they are in all: documents are compressed already, most of them"""
    archive = ZipStream(compress_type=ZIP_STORED, sized=True)
    for path, name in files:
        archive.add_path(path, name)
    return archive
