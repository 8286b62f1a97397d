import contextlib
import re
from urllib.parse import urlsplit

from werkzeug.exceptions import BadRequest, HTTPException

from odoo import models
from odoo.http import request
from odoo.tools import html2plaintext

from odoo.addons.http_routing.models.ir_http import IrHttp as RoutingHttp

# Fields that no page shows again.
SECRETS = re.compile(r"password|current|again|token|jeton|code")


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _is_light(cls, routing):
        """
        :param dict routing: of a route
        :return bool: it answers with pages of members, whatever their templates: it says ``members=True``, or
            ``light=True`` when others have it too; one that needs what website prepares says ``light=False``
        """
        return routing.get("light", routing.get("members", False))

    @classmethod
    def _match(cls, path):
        """Take the pages of members past what http_routing and website do at each request to choose a language and a
        site, a quarter of the time of a small page: here, there is one of each."""
        # The second time, it is core that looks again, for the page of an error.
        if not hasattr(request, "is_frontend") and "//" not in path:
            request.website_routing = request.env["website"].get_current_website().id
            # Core finds again what is not found, for it may be an address with a language.
            with contextlib.suppress(HTTPException):
                rule, args = super(RoutingHttp, cls)._match(path)
                if cls._is_light(rule.endpoint.routing):
                    request.is_light = rule.endpoint.routing["type"] == "http"
                    request.is_frontend = request.is_frontend_multilang = False
                    return rule, args
        return super()._match(path)

    @classmethod
    def _platform_lang(cls):
        """:return LangData: the only language of the pages of members, that of the site; core keeps both in memory"""
        site = request.env["website"].browse(request.website_routing)
        return request.env["res.lang"]._get_data(id=site._get_cached("default_lang_id"))

    @classmethod
    def _handle_error(cls, exception):
        """Give an error of a page of members the page of errors too, which core keeps for those of its sites."""
        if getattr(request, "is_light", False):
            request.is_frontend, request.lang = True, cls._platform_lang()
        return super()._handle_error(exception)

    @classmethod
    def _pre_dispatch(cls, rule, args):
        """Answer 400 to a form that contains a NUL character: PostgreSQL cannot store it, and would make it a 500."""
        if getattr(request, "is_light", False):
            # Or core looks for that of the company, in three queries, for whoever asks for no language of ours.
            request.update_context(lang=cls._platform_lang().code)
        result = super()._pre_dispatch(rule, args)
        is_form = rule.endpoint.routing["type"] == "http"
        if is_form and any("\0" in text for text in request.httprequest.values.values()):
            raise BadRequest()
        return result

    @classmethod
    def _register_website_track(cls, response):
        """Pages of members follow nobody (website would look for it in the template of each)."""
        return not getattr(request, "is_light", False) and super()._register_website_track(response)

    @classmethod
    def _dispatch(cls, endpoint):
        """Render the pages of members the light way, in the language of the platform. What answers in the place of a
        route that has failed is not its own."""
        if not cls._is_light(endpoint.routing):
            return super()._dispatch(endpoint)
        request.update_context(members_page=True, lang=cls._platform_lang().code)
        try:
            return super()._dispatch(endpoint)
        finally:
            request.update_env(context={**request.env.context, "members_page": None})

    @classmethod
    def _get_error_html(cls, env, code, values):
        """Show our own error page, in French. Staff see Odoo's page for a server error, which has more details."""
        status = int(str(code).removeprefix("page_").removeprefix("protected_"))
        if request.env.user._is_internal() and status >= 500:
            return super()._get_error_html(env, code, values)
        # "Forbidden" is shown as "not found", which does not tell that the page exists.
        status = 404 if status == 403 else status
        page = env["ir.ui.view"].with_context(members_page=True)
        kept = cls._kept_of_a_refused_form() if status == 400 else {}
        return status, page._render_template("collab_habillage.error", {**values, **kept, "status": status})

    @classmethod
    def _kept_of_a_refused_form(cls):
        """Give back what was typed in a form that is not taken, because it was opened in another session: its page may
        have kept nothing.

        :return dict: ``back``: path of the page of the form; ``kept``: the texts that were typed. Nothing when the form
            was not on a page of ours: another site would have its own words shown here.
        """
        sent, page = request.httprequest, urlsplit(request.httprequest.referrer or "")
        if sent.method != "POST" or page.netloc != sent.host or request.validate_csrf(sent.form.get("csrf_token")):
            return {}
        typed = [(name, value) for name, value in sent.form.items(multi=True) if not SECRETS.search(name)]
        # What somebody has written has several words; the rest is made of choices, numbers and marks of ours.
        texts = [html2plaintext(value) if sent.form.get("riche") == "1" else value for _name, value in typed]
        return {
            "back": page._replace(scheme="", netloc="").geturl() or "/",
            "kept": [text.strip() for text in texts if " " in text.strip()],
        }
