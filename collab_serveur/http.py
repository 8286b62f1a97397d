import pathlib

import psycopg2
from werkzeug.exceptions import HTTPException, NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import Request, Response, SessionExpiredException, db_list
from odoo.sql_db import db_connect

from .health import without_database

RETRY_SECONDS = 10
FAULT = "Quelque chose n'a pas fonctionné. C'est notre faute, pas la vôtre : réessayez dans un instant."
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
    """:return bool: the database of the platform is there, and can be read"""
    try:
        [name] = db_list(force=True)
        with db_connect(name).cursor() as cr:
            cr.execute("SELECT 1")
    except (psycopg2.Error, ValueError):
        return False
    return True


def _serve_nodb(self):
    """Answer what comes without a database.

    The platform has one, always the same. A request that finds none has come while PostgreSQL is away, or names
    another one in the header X-Odoo-Database. For the latter core would serve, without any of the platform's checks,
    the routes of the modules loaded with the server: remote procedure calls, the manager of databases.
    """
    if self.httprequest.headers.get("X-Odoo-Database") and _database_answers():
        raise NotFound(response=Response(NOWHERE, status=404, mimetype="text/html"))
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


def _serialize_exception(exception, **options):
    """Say to the browser what went wrong, not where: the traceback, a path, a query are for the log, where they are."""
    content = {**serialize_exception(exception, **options), "debug": ""}
    if not isinstance(exception, (UserError, HTTPException, SessionExpiredException)):
        content.update(message=FAULT, arguments=[FAULT], context={})
    return content


serialize_exception = http.serialize_exception
http.serialize_exception = _serialize_exception
serve_db = Request._serve_db
Request._serve_db = _serve_db
Request._serve_nodb = _serve_nodb
