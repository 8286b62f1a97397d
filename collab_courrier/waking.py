"""Waking the job that sends mails a moment after something that can be undone."""

import logging
import threading

import psycopg2

from odoo import sql_db
from odoo.tools import SQL

from odoo.addons.base.models.ir_cron import ODOO_NOTIFY_FUNCTION

_logger = logging.getLogger(__name__)


def wake_later(cr, seconds):
    """Wake the jobs of this database some seconds after the transaction is committed: core looks for what is due once a
    minute. If the process ends meanwhile, that is when the mail leaves.

    :param Cursor cr: of the transaction
    :param float seconds: how long after
    """
    database = cr.dbname

    def wait():
        timer = threading.Timer(seconds, _wake, [database])
        timer.daemon = True
        timer.start()

    cr.postcommit.add(wait)


def _wake(database):
    try:
        with sql_db.db_connect("postgres").cursor() as cr:
            cr.execute(SQL("SELECT %s('cron_trigger', %s)", SQL.identifier(ODOO_NOTIFY_FUNCTION), database))
    except psycopg2.Error:
        # Nothing is lost: core looks again within a minute.
        _logger.info("The jobs of %s could not be woken", database, exc_info=True)
