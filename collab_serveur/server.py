import logging
import re

import psycopg2

from odoo.service.server import CommonRequestHandler, PreforkServer

_logger = logging.getLogger(__name__)


def _process_spawn(self):
    """Replace the workers that have ended; without PostgreSQL, wait for it.

    Core lets the error of a connection stop the whole server, and the platform with it, for a database that restarts.
    """
    try:
        process_spawn(self)
    except psycopg2.OperationalError as error:
        _logger.warning("No worker starts while PostgreSQL is away: %s", error)


# What the links of mails hold: whoever reads it does what they do.
SECRET = re.compile(r"((?:[?&](?:token|jeton)=)|(?:/desabonnement/))[^&?#/\s]+")


def _log_request(self, code="-", size="-"):
    """Say which page was asked for, and not by whose link."""
    asked = getattr(self, "path", None)
    if asked is None:
        return log_request(self, code, size)
    self.path = SECRET.sub(r"\1***", asked)
    try:
        return log_request(self, code, size)
    finally:
        self.path = asked


log_request = CommonRequestHandler.log_request
CommonRequestHandler.log_request = _log_request
process_spawn = PreforkServer.process_spawn
PreforkServer.process_spawn = _process_spawn
