from urllib.parse import urlsplit

import werkzeug.exceptions

from odoo import models
from odoo.exceptions import AccessError
from odoo.http import SessionExpiredException, request
from odoo.service import security

# The routes that answer before the door, by the rule under which they are registered: all others are closed, those of
# modules yet to come included.
OPEN_ROUTES = frozenset(
    {
        "/web/login",
        "/web/login/totp",
        "/web/session/logout",
        "/web/reset_password",
        "/web/signup",
        "/web/assets/<string:unique>/<string:filename>",
        "/web/assets/<int:website_id>/<unique>/<string:filename>",
        "/web/health",
        "/robots.txt",
        "/favicon.ico",
        "/charte",
        "/mentions-legales",
        "/confidentialite",
        "/accessibilite",
    }
)


class CharterRequired(AccessError):
    """This person is known, but has not accepted the charter in force."""


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _authenticate(cls, endpoint):
        """Close every route of the registry, whatever its protocol and its own idea of authentication.

        Extended here because it is called before the record of a route's converter is read: later, its name would
        leak in a redirection.

        :raises SessionExpiredException: nobody has logged in
        :raises CharterRequired: somebody has, and may not pass yet
        """
        is_page = endpoint.routing["type"] == "http" and not endpoint.routing.get("websocket")
        try:
            super()._authenticate(endpoint)
        except SessionExpiredException:
            if not is_page:
                raise
            request.session.logout(keep_db=True)
            werkzeug.exceptions.abort(cls._door_response("login"))
        if OPEN_ROUTES.issuperset(endpoint.routing["routes"]):
            return
        closed = cls._closed_door()
        if not closed:
            return
        if is_page:
            # Without code, http.py sends this response as it is.
            werkzeug.exceptions.abort(cls._door_response(closed))
        if closed == "login":
            raise SessionExpiredException("Session expired")
        raise CharterRequired(request.env._("You must first accept the charter of the platform."))

    @classmethod
    def _serve_fallback(cls):
        """Close what no route matches: pages and attachments by URL, redirections, the error page.

        Core never checks the session on this path: the cookie of a person who left would still open it.
        """
        session = request.session
        if session.uid and not security.check_session(session, request.env, request):
            session.logout(keep_db=True)
            request.update_env(user=False)
            cls._auth_method_public()
        closed = cls._closed_door()
        return cls._door_response(closed) if closed else super()._serve_fallback()

    @classmethod
    def _closed_door(cls):
        """:return str | None: what is still asked of this visitor: "login", "charter", or nothing"""
        # A route that asks for no authentication has no user: the session is the truth, and core has checked it.
        uid = request.session.uid or request.env.uid
        if uid is None or uid in cls._get_public_users():
            return "login"
        return None if request.env(user=uid)["res.users"].browse(uid)._charter_accepted() else "charter"

    @classmethod
    def _door_response(cls, closed):
        """:return: a redirection to what is asked, which leads back to the page that the visitor wanted"""
        path = {"login": "/web/login", "charter": "/charte"}[closed]
        query = {}
        if request.httprequest.method in ("GET", "HEAD"):
            wanted = request.httprequest.full_path.rstrip("?")
        else:
            # What was sent is lost to the platform, not to the browser: back to the page of the form, which finds it.
            page = urlsplit(request.httprequest.referrer or "")
            wanted = page._replace(scheme="", netloc="").geturl() if page.netloc == request.httprequest.host else ""
            if closed == "login" and wanted:
                query["expired"] = 1
        if wanted not in ("", "/"):
            query["redirect"] = wanted
        return request.redirect_query(path, query) if query else request.redirect(path)
