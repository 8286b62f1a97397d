"""What the server does not serve at all, before it looks for a database, a session or a page.

The platform's address is the operator's (PLATFORM_URL): it is never learnt from a request, and a request that names
another one is not answered. Who asks from the machine itself, as what watches over its health does, needs no name.
"""

import os
import re
from urllib.parse import urlsplit

import odoo
from odoo.http import Application

LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}
NAMES = LOOPBACK | {urlsplit(os.environ.get("PLATFORM_URL", "")).hostname}
HOST = re.compile(r"(\[[0-9a-f:.]+\]|[^\s:@/\[\]]+)(?::\d+)?", re.IGNORECASE)
# All that the process of the websocket does. Odoo's pages ask for what its server does not tell.
LIVE_PATHS = {"/websocket", "/websocket/health", "/web/health"}


def _is_ours(host):
    """
    :param str host: of the header, its port included
    :return bool: the platform answers under this name
    """
    found = HOST.fullmatch(host)
    return bool(found) and found[1].lower() in NAMES


def _refusal(environ):
    """:return tuple[str, str] | None: a status and why, unless the request is to be served"""
    host = environ.get("HTTP_HOST", "")
    # Behind a proxy, core believes the second one. HTTP/1.0 may give none, and core expects one.
    if not (_is_ours(host) and _is_ours(environ.get("HTTP_X_FORWARDED_HOST", host))):
        return "421 Misdirected Request", "Cette adresse n'est pas celle de la plateforme."
    if odoo.evented and environ["PATH_INFO"] not in LIVE_PATHS:
        return "404 Not Found", "Il n'y a pas de page ici."
    return None


def _call(self, environ, start_response):
    refusal = _refusal(environ)
    if not refusal:
        return call(self, environ, start_response)
    status, why = refusal
    start_response(status, [("Content-Type", "text/plain; charset=utf-8")])
    return [why.encode()]


call = Application.__call__
Application.__call__ = _call
