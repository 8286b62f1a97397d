import re
from urllib.parse import urlsplit

from odoo.exceptions import ValidationError

from .refusals import beside

WEBSITE_MAX = 250
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.I)
HOST = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,63}")


def read_website(env, text):
    """Check the address of a website that somebody typed, and complete it: ``exemple.fr`` becomes
    ``https://exemple.fr``.

    :param Environment env: its language is that of the error message
    :param str text: what was typed
    :return str: an address that begins with ``http://`` or ``https://``
    :raises ValidationError: it is not the address of a website
    """
    typed = text.strip()
    scheme = SCHEME.match(typed)
    # "exemple.fr:8080" begins like an address that has a scheme.
    has_scheme = scheme and not typed[scheme.end() :].lstrip("/")[:1].isdecimal()
    website = typed if has_scheme else f"https://{typed.removeprefix('//')}"
    try:
        parts = urlsplit(website)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        parts, host = urlsplit(""), ""
    is_web = parts.scheme in ("http", "https") and HOST.fullmatch(host) and "@" not in parts.netloc
    if not is_web or len(website) > WEBSITE_MAX or re.search(r"[\s<>\"\\\x00-\x1f\x7f]", website):
        shown = f"{typed[:40]}…" if len(typed) > 40 else typed
        refusal = env._("“%s” is not the address of a website, such as www.structure.fr.", shown)
        raise beside("website", ValidationError(refusal))
    return website


def host_of(website):
    """:param str website: as ``read_website`` gives it
    :return str: what pages show of it: its host, and where it leads there, if anywhere"""
    return re.sub(r"^https?://(?:www\.)?", "", website or "").rstrip("/")
