import logging
import re

import psycopg2

from odoo.service.server import CommonRequestHandler, PreforkServer

_logger = logging.getLogger(__name__)


def _process_spawn(self):
    """Start new workers in place of those that have ended; while PostgreSQL is down, only log a warning.

    In core, a failed connection at this point stops the whole server, even if the database is just restarting.
    """
    try:
        process_spawn(self)
    except psycopg2.OperationalError as error:
        _logger.warning("No worker starts while PostgreSQL is away: %s", error)


# The secret part of the links in mails, and of the addresses of calendars: whoever reads it in the log could use them.
SECRET = re.compile(r"((?:[?&](?:token|jeton)=)|(?:/(?:desabonnement|agenda/reponse|agenda/flux)/+))[^&?#/\s]+")


def _log_request(self, code="-", size="-"):
    """Log the request, with the secret part of its address hidden."""
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
