from odoo.http import request, route

from odoo.addons.auth_signup.controllers.main import AuthSignupHome
from odoo.addons.auth_totp.controllers.home import Home as SecondFactorHome
from odoo.addons.http_routing.controllers.main import SessionWebsite


class Login(AuthSignupHome):
    def get_auth_signup_qcontext(self):
        """Remove ``signup_email``: core redirects an address that has an account to the login page, which tells that it
        has one."""
        qcontext = super().get_auth_signup_qcontext()
        qcontext.pop("signup_email", None)
        if qcontext.get("invalid_token"):
            qcontext["error"] = request.env._(
                "This link has already served, or it is too old. Ask for another: it arrives in a minute."
            )
        return qcontext

    @route()
    def web_auth_reset_password(self, *args, **kw):
        """Show the same message whether this address has an account or not."""
        response = super().web_auth_reset_password(*args, **kw)
        if response.qcontext.get("message") and not response.qcontext.get("token"):
            response.qcontext["message"] = request.env._(
                "If this address has an account, a link to choose a password is on its way. It works for four hours; "
                "look among the undesirable mails too."
            )
        return response


class SecondFactor(SecondFactorHome):
    @route()
    def web_totp(self, *args, **kw):
        """Give a name to unknown browsers and systems: core fails when it must remember a device without one."""
        agent = request.httprequest.user_agent
        agent.browser = agent.browser or request.env._("unknown browser")
        agent.platform = agent.platform or request.env._("unknown system")
        response = super().web_totp(*args, **kw)
        if response.status_code == 200:
            # The password was right: the page may show the contacts of this person's networks.
            response.qcontext["networks"] = response.qcontext["user"]._networks_to_call()
        return response


class Logout(SessionWebsite):
    # csrf=False: the token is checked below, so that a person whose token is out of date is asked instead of refused.
    @route(auth="public", methods=["GET", "POST"], csrf=False)
    def logout(self, redirect="/odoo", csrf_token=None, **kw):
        """Ask for confirmation when a link leads here: somebody else may have written it."""
        if request.httprequest.method == "POST" and request.validate_csrf(csrf_token):
            return super().logout(redirect=redirect)
        if not request.session.uid:
            return request.redirect("/web/login")
        return request.render("collab_charte.logout", {"redirect": redirect})
