import re
import time
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
        "/habillage/logo/<int:network_id>-<string:mark>",
        "/sante",
        "/charte",
        "/charte/refus",
        "/mentions-legales",
        "/confidentialite",
        "/accessibilite",
        # The link of a mail, which carries its own proof, and says nothing of what the mail said.
        "/desabonnement/<string:token>",
        # What a calendar program asks for; as above.
        "/agenda/flux/<string:key>.ics",
        # As above; a button does what the letter has offered.
        "/mon-compte/adresse/confirmer",
        "/mon-compte/annuler",
        # As the first; what it says of a date, it says while its person may read it.
        "/agenda/reponse/<string:token>",
    }
)
# These ask who one is, not whether one accepts: whoever refuses may leave, and take what is his.
BEFORE_CHARTER_ROUTES = frozenset({"/mon-compte/quitter", "/mon-compte/donnees"})
# Beyond the door, members have the routes of ours that say `members=True`, and these of Odoo's. Neither the backend's
# nor any by which models are called (`/web/dataset/call_kw`): no page of theirs needs one.
MEMBER_ROUTES = frozenset({"/websocket"})
# What the screens of the federations need of Odoo, by the lowest role: each route by the first of its rules. Beside it,
# the routes of ours that say ``staff="moderator"`` or ``staff="administrator"``. Staff reach nothing else.
STAFF_ROUTES = {
    **dict.fromkeys(
        (
            # The pages of the backend, and what they are made of.
            *("/web", "/web/bundle/<string:bundle_name>"),
            *("/web/webclient/load_menus", "/web/webclient/translations", "/web/session/get_session_info"),
            *("/web/manifest.webmanifest", "/web/service-worker.js", "/odoo/offline", "/web/session/check"),
            # Screens, and what they show; models say by themselves what may be called.
            *("/web/action/load", "/web/action/load_breadcrumbs", "/web/image"),
            *("/web/dataset/call_kw", "/web/dataset/call_button"),
            # A session that has been left is taken up again.
            *("/auth-timeout/check-identity", "/auth-timeout/session/check-identity"),
            "/auth-timeout/send-totp-mail-code",
            # What the worker of the live messages is made of, and what messaging asks for.
            *("/bus/websocket_worker_bundle", "/bus/has_missed_notifications", "/mail/data"),
        ),
        "moderator",
    ),
    # The file that has been imported.
    "/web/content": "administrator",
}
# What answers nobody, federation staff included: remote procedure calls and their passwords, databases, developers'
# tools, what a token opens to whoever holds it, and what makes the server fetch an address given by the caller; and the
# pages of Odoo's forum and profiles, with their points and ranks: ours stand in their place.
CLOSED = re.compile(
    r"""/( xmlrpc | jsonrpc | json | doc | doc-bearer | web/version | web/webclient/version_info
         | web/session/authenticate | web/database | web/become | web/tests | web/set_profiling | web/profile_config
         | web/speedscope | portal/attachment | mail/link_preview | mail/message/translate | discuss/gif
         | (html|web)_editor/( link_preview_external | link_preview_internal | media_library_search
                             | save_library_media | video_url | generate_text | attachment/add_url )
         | website/( google_font_metadata | seo_suggest | update_broken_links | configurator )
         | forum/( <model[^/]* | all | user | get_tags | get_url_title ) | profile (?!/user/(<|\d)) | partners
        ) (?=[/.]|$)""",
    re.VERBOSE,
)
# What a browser shows without running anything. Anything else is saved.
SHOWN_TYPES = frozenset(
    {"application/pdf", "image/gif", "image/jpeg", "image/png", "image/webp", "image/x-icon", "text/plain"}
)
# What a browser may load and run in a page, proxy or not. Those of members have no script but files of the platform; a
# route that needs more names another policy (`policy=`), and shows in the table of routes.
POLICIES = {
    "members": "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
}
# A session notes at most so often that somebody is there: it is written on the disk each time.
ACTIVITY_STEP_SECONDS = 60


class CharterRequired(AccessError):
    """This person is known, but has not accepted the charter in force."""


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _authenticate(cls, endpoint):
        """Close every route of the registry, whatever its protocol and its own idea of authentication.

        Extended here because it is called before the record of a route's converter is read: later, its name would
        leak in a redirection.

        :raises NotFound: this route is for nobody, or not for members
        :raises SessionExpiredException: nobody has logged in
        :raises CharterRequired: somebody has, and may not pass yet
        """
        routing = request.routing = endpoint.routing
        if any(CLOSED.match(rule) for rule in routing["routes"]):
            raise werkzeug.exceptions.NotFound()
        is_page = routing["type"] == "http" and not routing.get("websocket")
        try:
            super()._authenticate(endpoint)
        except SessionExpiredException:
            if not is_page:
                raise
            werkzeug.exceptions.abort(cls._door_response("login"))
        if OPEN_ROUTES.issuperset(routing["routes"]):
            return
        closed = cls._closed_door(locks=routing.get("check_identity", True))
        if closed == "charter" and BEFORE_CHARTER_ROUTES.issuperset(routing["routes"]):
            closed = None
        if closed and is_page:
            # Without code, http.py sends this response as it is.
            werkzeug.exceptions.abort(cls._door_response(closed))
        if closed == "login":
            raise SessionExpiredException("Session expired")
        if closed:
            raise CharterRequired(request.env._("You must first accept the charter of the platform."))
        if not cls._has_route(routing):
            # The error page is that of any address that does not exist.
            request.is_frontend, request.is_frontend_multilang = is_page, False
            request.lang = cls._get_default_lang()
            request.update_env(user=cls._uid())
            raise werkzeug.exceptions.NotFound()
        cls._note_activity()

    def session_info(self):
        """Have the browsers of the federations ask again how screens are made once there is another charter: where
        people stand is said with its number, and browsers keep it from a day to the next."""
        info = super().session_info()
        info["registry_hash"] += f"-{self.env['collab.charter']._current_version()}"
        return info

    @classmethod
    def _serve_fallback(cls):
        """Close what no route matches: pages and attachments by URL, redirections, the error page.

        Core never checks the session on this path: the cookie of a person who left would still open it.
        """
        if CLOSED.match(request.httprequest.path):
            raise werkzeug.exceptions.NotFound()
        session = request.session
        if session.uid and not security.check_session(session, request.env, request):
            session.logout(keep_db=True)
            request.update_env(user=False)
            cls._auth_method_public()
        closed = cls._closed_door()
        return cls._door_response(closed) if closed else super()._serve_fallback()

    @classmethod
    def _get_public_users(cls):
        """As core, which looks for the site each time, several times in a request."""
        if not hasattr(request, "public_users"):
            request.public_users = super()._get_public_users()
        return list(request.public_users)

    @classmethod
    def _uid(cls):
        """:return int | None: who is there; a route that asks for no authentication has no user, but has a session,
        which core has checked"""
        uid = request.session.uid or request.env.uid
        return None if uid in cls._get_public_users() else uid

    @classmethod
    def _has_route(cls, routing):
        """:param dict routing: of a route beyond the door
        :return bool: it is for who is there"""
        role = cls._role_for(routing)
        return role == "member" or (bool(role) and request.env(user=cls._uid()).user._has_role(role))

    @classmethod
    def _role_for(cls, routing):
        """:return str | None: the lowest role that has a route beyond the door; None: it is for nobody"""
        if routing.get("members") or MEMBER_ROUTES.issuperset(routing["routes"]):
            return "member"
        return routing.get("staff") or STAFF_ROUTES.get(routing["routes"][0])

    @classmethod
    def _closed_door(cls, locks=True):
        """Tell what is still asked of this visitor.

        :param bool locks: this route is closed to a session that has been left; not that by which it is taken up again
        :return str | None: "login", "charter", or nothing
        """
        uid = cls._uid()
        # Core locks after a while without activity, but only the routes that ask for a user.
        if not uid or (locks and request.session.uid and cls._must_check_identity()):
            return "login"
        reader = request.env(user=uid).user
        reader._read_reader()
        return None if reader._charter_accepted() else "charter"

    @classmethod
    def _note_activity(cls):
        """Tell core's `auth_timeout` that somebody is there. It learns it from the scripts of the backend; the pages
        of members have none, and the server sees their requests."""
        session = request.session
        timeout = request.env(user=cls._uid()).user._get_lock_timeout_inactivity()
        if session.uid and timeout:
            limit = time.time() + timeout
            if limit - session.get("identity-check-next", 0) > ACTIVITY_STEP_SECONDS:
                session["identity-check-next"] = limit

    @classmethod
    def _door_response(cls, closed):
        """:return: a redirection to what is asked, which leads back to the page that the visitor wanted"""
        path = {"login": "/web/login", "charter": "/charte"}[closed]
        query = {}
        if closed == "login" and request.session.uid:
            # The login page sends whoever has a session back where he comes from.
            request.session.logout(keep_db=True)
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

    @classmethod
    def _post_dispatch(cls, response):
        """Let no file run in the browser: whatever its route and the type that the caller asks for, one that is not
        known to be harmless is saved, not shown. And let no page be found again after its reader has left."""
        result = super()._post_dispatch(response)
        disposition = response.headers.get("Content-Disposition", "")
        if disposition.startswith("inline") and response.mimetype not in SHOWN_TYPES:
            response.headers["Content-Disposition"] = f"attachment{disposition.removeprefix('inline')}"
        if request.session.uid and response.mimetype == "text/html":
            response.headers["Cache-Control"] = "no-store"
        cls._set_policy(response)
        return result

    @classmethod
    def _handle_error(cls, exception):
        response = super()._handle_error(exception)
        if isinstance(response, werkzeug.Response):
            cls._set_policy(response)
        return response

    @classmethod
    def _set_policy(cls, response):
        """Let a page of members run nothing that somebody may have put there."""
        routing = getattr(request, "routing", {})
        policy = routing.get("policy", "members" if routing.get("members") else None)
        if policy and response.mimetype == "text/html":
            response.headers.setdefault("Content-Security-Policy", POLICIES[policy])
