"""Requests that are refused before anything else: before the server looks for a database, a session or a page.

The operator sets the address of the platform (PLATFORM_URL). A request whose Host header names another one is refused.
The loopback addresses are accepted, for the health checks that run on the machine itself.
"""

import os
import re
from urllib.parse import urlsplit

import odoo
from odoo.http import Application

LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}
NAMES = LOOPBACK | {urlsplit(os.environ.get("PLATFORM_URL", "")).hostname}
HOST = re.compile(r"(\[[0-9a-f:.]+\]|[^\s:@/\[\]]+)(?::\d+)?", re.IGNORECASE)
# The only paths that the websocket process serves. Without this list, it would serve all of Odoo's pages too.
LIVE_PATHS = {"/websocket", "/websocket/health", "/web/health"}


def _is_ours(host):
    """
    :param str host: the value of the header, with its port
    :return bool: it is an address of the platform
    """
    found = HOST.fullmatch(host)
    return bool(found) and found[1].lower() in NAMES


def _refusal(environ):
    """:return tuple[str, str] | None: the HTTP status and the reason; None when the request is served"""
    host = environ.get("HTTP_HOST", "")
    # Behind a proxy, core uses X-Forwarded-Host. An HTTP/1.0 request without Host is refused: core fails on it.
    if not (_is_ours(host) and _is_ours(environ.get("HTTP_X_FORWARDED_HOST", host))):
        return "421 Misdirected Request", "Cette adresse n’est pas celle de la plateforme."
    if odoo.evented and environ["PATH_INFO"] not in LIVE_PATHS:
        return "404 Not Found", "Il n’y a pas de page ici."
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
