import pathlib

import psycopg2
from werkzeug.exceptions import HTTPException

from odoo.http import Request, Response

RETRY_SECONDS = 10
AWAY = pathlib.Path(__file__).parent.joinpath("pages/indisponible.html").read_text()


class DatabaseAway(HTTPException):
    code = 503

    def get_response(self, environ=None, scope=None):
        headers = {"Retry-After": str(RETRY_SECONDS), "Cache-Control": "no-store"}
        return Response(AWAY, status=self.code, headers=headers, mimetype="text/html")


def _serve_nodb(self):
    """Answer what comes without a database.

    The platform has one, always the same: a request that finds none has come while PostgreSQL is away. Core then says
    that the page does not exist, or shows the manager of databases.
    """
    raise DatabaseAway


def _serve_db(self):
    """Answer what was being served when the connection was lost: core finds nothing to say but an error in English."""
    try:
        return serve_db(self)
    except (psycopg2.OperationalError, psycopg2.InterfaceError) as error:
        # What PostgreSQL itself refuses has a code; that of a server that stops begins by 57P (PostgreSQL, appendix A).
        if error.pgcode and not error.pgcode.startswith("57P"):
            raise
        raise DatabaseAway from error


serve_db = Request._serve_db
Request._serve_db = _serve_db
Request._serve_nodb = _serve_nodb
