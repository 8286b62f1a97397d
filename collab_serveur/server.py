import logging

import psycopg2

from odoo.service.server import PreforkServer

_logger = logging.getLogger(__name__)


def _process_spawn(self):
    """Replace the workers that have ended; without PostgreSQL, wait for it.

    Core lets the error of a connection stop the whole server, and the platform with it, for a database that restarts.
    """
    try:
        process_spawn(self)
    except psycopg2.OperationalError as error:
        _logger.warning("No worker starts while PostgreSQL is away: %s", error)


process_spawn = PreforkServer.process_spawn
PreforkServer.process_spawn = _process_spawn
