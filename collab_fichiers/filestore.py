"""Writes files to the disk so that each is there complete, or not at all, even after a crash."""

import contextlib
import errno
import hashlib
import os
import secrets

from odoo.tools import config


def incoming_folder(dbname):
    """:return str: the folder of the files that are being received. It is beside the filestore, on the same disk, so
    that a file enters the filestore by a change of name. ``collab.upload`` deletes what a crash leaves there."""
    folder = os.path.join(config["data_dir"], "uploads", dbname)
    os.makedirs(folder, mode=0o700, exist_ok=True)
    return folder


@contextlib.contextmanager
def arriving(dbname, full_path):
    """Give a temporary path where to write a file. At the end it takes its final name; after an error it is deleted.

    :param str dbname: database of the filestore
    :param str full_path: final path; a file that is already there is replaced
    """
    os.makedirs(os.path.dirname(full_path), exist_ok=True)
    path = os.path.join(incoming_folder(dbname), f"incoming-{secrets.token_hex(8)}")
    try:
        yield path
        sync(path)
        os.replace(path, full_path)
        sync(os.path.dirname(full_path))
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(path)


def sync(path):
    """Make sure that a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def checksum_of(path):
    """:return str: SHA-1 of a file, in hexadecimal: Odoo's filestore names files by it"""
    with open(path, "rb") as content:
        return hashlib.file_digest(content, "sha1").hexdigest()


def is_full(error):
    """:return bool: this OSError says that the disk, or a quota, has no room left"""
    return error.errno in (errno.ENOSPC, errno.EDQUOT)
