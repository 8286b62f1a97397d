"""Delete the session files of people whose account is closed: they contain their identifier and their login."""

import glob
import os

from odoo.http import root

# The keys of a session that name its owner: once he is logged in, and between the password and the code ("pre_").
NUMBERS, LOGINS = ("uid", "pre_uid"), ("login", "pre_login")


def delete_sessions(database, numbers, logins):
    """Delete the session files of some accounts. All files are read, because core's list of devices does not include a
    session whose second factor has not been given yet.

    :param str database: its name; other databases may store their sessions in the same folder
    :param Collection[int] numbers: identifiers of the accounts
    :param Collection[str] logins: their logins and email addresses, in lower case
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
