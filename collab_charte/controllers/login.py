from odoo.http import request, route

from odoo.addons.auth_signup.controllers.main import AuthSignupHome


class Login(AuthSignupHome):
    def get_auth_signup_qcontext(self):
        """Core leads an address that has an account to the login page, and tells so who has one."""
        qcontext = super().get_auth_signup_qcontext()
        qcontext.pop("signup_email", None)
        if qcontext.get("invalid_token"):
            qcontext["error"] = request.env._(
                "This link has already served, or it is too old. Ask for another: it arrives in a minute."
            )
        return qcontext

    @route()
    def web_auth_reset_password(self, *args, **kw):
        """Say the same to whom has an account and to whom has none."""
        response = super().web_auth_reset_password(*args, **kw)
        if response.qcontext.get("message") and not response.qcontext.get("token"):
            response.qcontext["message"] = request.env._(
                "If this address has an account, a link to choose a password is on its way. It works for four hours; "
                "look among the undesirable mails too."
            )
        return response
