"""Sessions of people whose account is closed: their files hold who they are."""

import glob
import os

from odoo.http import root

# What a session holds of a person: once he is in, and between his password and his code.
NUMBERS, LOGINS = ("uid", "pre_uid"), ("login", "pre_login")


def delete_sessions(database, numbers, logins):
    """Delete the files of the sessions of some people. All files are read: core notes only some of the sessions.

    :param str database: its name; other databases may keep their sessions in the same folder
    :param Collection[int] numbers: of the accounts
    :param Collection[str] logins: theirs, in lower case
    """
    store = root.session_store
    for path in glob.iglob(os.path.join(glob.escape(store.path), "*", "*")):
        name = os.path.basename(path)
        session = store.get(name) if store.is_valid_key(name) else {}
        if session.get("db") != database:
            continue
        is_theirs = any(session.get(key) in numbers for key in NUMBERS)
        if is_theirs or any((session.get(key) or "").strip().lower() in logins for key in LOGINS):
            store.delete(session)
