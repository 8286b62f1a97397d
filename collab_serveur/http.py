import pathlib

import psycopg2
from werkzeug.exceptions import HTTPException, NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import Request, Response, SessionExpiredException, db_list
from odoo.sql_db import db_connect

from .health import without_database

RETRY_SECONDS = 10
FAULT = "Quelque chose n’a pas fonctionné. C’est notre faute, pas la vôtre : réessayez dans un instant."
PAGES = pathlib.Path(__file__).parent / "pages"
AWAY = PAGES.joinpath("indisponible.html").read_text()
NOWHERE = PAGES.joinpath("introuvable.html").read_text()


class DatabaseAway(HTTPException):
    code = 503

    def get_response(self, environ=None, scope=None):
        if environ and environ["PATH_INFO"] == "/sante":
            return without_database()
        headers = {"Retry-After": str(RETRY_SECONDS), "Cache-Control": "no-store"}
        return Response(AWAY, status=self.code, headers=headers, mimetype="text/html")


def _database_answers():
    """:return bool: the database of the platform exists and answers"""
    try:
        [name] = db_list(force=True)
        with db_connect(name).cursor() as cr:
            cr.execute("SELECT 1")
    except (psycopg2.Error, ValueError):
        return False
    return True


def _serve_nodb(self):
    """Answer a request for which core has found no database.

    The platform has exactly one. Either PostgreSQL is down, or the request names another database in the header
    X-Odoo-Database. In the second case, core would serve the routes of the modules loaded with the server (remote
    procedure calls, database manager) without any check of ours: the answer is 404.
    """
    if self.httprequest.headers.get("X-Odoo-Database") and _database_answers():
        raise NotFound(response=Response(NOWHERE, status=404, mimetype="text/html"))
    raise DatabaseAway


def _serve_db(self):
    """Show our page when the connection to the database is lost during a request; core shows an error in English."""
    try:
        return serve_db(self)
    except (psycopg2.OperationalError, psycopg2.InterfaceError) as error:
        # No code: the connection was lost. 57P…: the server is stopping (PostgreSQL, appendix A). Any other code comes
        # from a query.
        if error.pgcode and not error.pgcode.startswith("57P"):
            raise
        raise DatabaseAway from error


def _serialize_exception(exception, **options):
    """Send no details of an error to the browser (traceback, paths, queries): they are in the log."""
    content = {**serialize_exception(exception, **options), "debug": ""}
    if not isinstance(exception, (UserError, HTTPException, SessionExpiredException)):
        content.update(message=FAULT, arguments=[FAULT], context={})
    return content


serialize_exception = http.serialize_exception
http.serialize_exception = _serialize_exception
serve_db = Request._serve_db
Request._serve_db = _serve_db
Request._serve_nodb = _serve_nodb
