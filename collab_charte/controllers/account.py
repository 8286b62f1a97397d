import base64
import os
import time

from odoo.exceptions import AccessDenied, UserError
from odoo.http import Controller, request, route

from odoo.addons.auth_totp.models.totp import TOTP_SECRET_SIZE
from odoo.addons.collab_habillage.saying import say
from odoo.addons.collab_reseaux.moments import say_moment

DEVICES_SHOWN = 10


class Account(Controller):
    """The page of one's own account: password, second factor, other devices, leaving."""

    @route("/mon-compte", type="http", auth="user", website=True, sitemap=False, methods=["GET"], members=True)
    def account(self, **kw):
        return self._render()

    def _render(self, **values):
        member = request.env["collab.member"].search([("user_id", "=", request.env.uid)])
        shown = {"user": request.env.user, "member": member, "devices": self._shown_devices(), "lines": self._lines()}
        blank = {"error": None, "error_in": None}
        return request.render("collab_charte.account", {**shown, **blank, **values})

    def _lines(self):
        """:return list[dict]: what one has said of oneself, fact by fact: ``label``, ``value``, ``note`` (who sees it)
        and ``url`` (where it is changed)"""
        # sudo: his own contact; members may change fields of it that they may not read
        person = request.env.user.partner_id.sudo()
        hidden = request.env._("hidden from the other members")

        def label(name):
            return person._fields[name]._description_string(request.env)

        photo = person.image_128 and request.env._("Added")
        facts = (
            (
                "name",
                request.env._("First and last name"),
                f"{person.firstname or ''} {person.lastname or ''}".strip(),
                True,
            ),
            ("function", request.env._("Job"), person.function, person.is_listed),
            ("phone", request.env._("Phone at work"), person.phone, person.is_listed and person.shows_phone),
            ("help", label("help_theme_ids"), ", ".join(person.help_theme_ids.mapped("name")), person.is_listed),
            ("days", label("work_days"), person.work_days, person.is_listed),
            ("photo", request.env._("Photo"), photo, person.is_listed and person.shows_photo),
        )
        lines = [
            {
                "label": label,
                "value": value,
                "note": "" if shown or not value else hidden,
                "url": f"/mon-compte/fiche?champ={name}",
            }
            for name, label, value, shown in facts
        ]
        address = {
            "label": request.env._("E-mail, to log in and to be told"),
            "value": request.env.user.login,
            "url": "/mon-compte/adresse",
        }
        listed = {
            "label": label("is_listed"),
            "value": request.env._("Yes") if person.is_listed else request.env._("No"),
            "note": "" if person.is_listed else request.env._("the others only see your name and your organisation"),
            "url": "/mon-compte/fiche?champ=listed",
        }
        return [*lines, {**address, "note": "" if person.is_listed and person.shows_email else hidden}, listed]

    def _shown_devices(self):
        """:return list[tuple[str, str, bool]]: of each device: name, when it was last used, whether it is this one"""
        devices = request.env.user._own_devices()[:DEVICES_SHOWN]
        unknown = request.env._("Unknown device")
        return [
            (
                " / ".join(part.capitalize() for part in (device.browser, device.platform) if part) or unknown,
                say_moment(device.last_activity),
                device.is_current,
            )
            for device in devices
        ]

    def _keep_session(self):
        """Keep the current session open: core ends all sessions of a person whose password or login changes."""
        request.env.flush_all()
        request.session.session_token = request.env.user._compute_session_token(request.session.sid)

    def _check_password(self, password):
        """:raises UserError: it is not the password of the current user"""
        user = request.env.user
        credential = {"type": "password", "login": user.login, "password": password}
        user._check_credentials(credential, {"interactive": True})
        # Core's own methods ask for the password again, unless it was typed in the last ten minutes.
        request.session["identity-check-last"] = time.time()

    def _refusal(self, error):
        """:return str: the message to show; core's message for a wrong password is too vague"""
        if error.args == AccessDenied().args:
            return request.env._("This is not your current password.")
        return str(error)

    @route("/mon-compte/mot-de-passe", type="http", auth="user", website=True, methods=["POST"], members=True)
    def change_password(self, current="", password="", again="", **kw):
        if password != again:
            return self._render(
                error_in="password", error=request.env._("The two new passwords differ: type them again.")
            )
        try:
            with request.env.cr.savepoint():
                request.env["res.users"].change_password(current, password)
        except UserError as error:
            return self._render(error_in="password", error=self._refusal(error))
        self._keep_session()
        say(request.env._("Password changed. Your other devices have been logged out."), at="mot-de-passe")
        return request.redirect("/mon-compte")

    @route(
        "/mon-compte/second-facteur",
        type="http",
        auth="user",
        website=True,
        sitemap=False,
        methods=["GET", "POST"],
        members=True,
    )
    def second_factor(self, current="", code="", **kw):
        """Link an application that gives codes: show its secret, then check a first code."""
        user = request.env.user
        if user.totp_enabled:
            return request.redirect("/mon-compte")
        # Kept in the session, on the server, between the two requests: the browser cannot choose it.
        secret = request.session.get("totp_proposed")
        if not secret:
            secret = base64.b32encode(os.urandom(TOTP_SECRET_SIZE // 8)).decode()
            request.session["totp_proposed"] = secret
        error = None
        if request.httprequest.method == "POST":
            digits = "".join(code.split())
            try:
                self._check_password(current)
                if digits.isdecimal() and user._totp_try_setting(secret, int(digits)):
                    request.session.pop("totp_proposed")
                    say(
                        request.env._("From now on, your application gives a code at each login."),
                        at="double-verification",
                    )
                    return request.redirect("/mon-compte")
                error = request.env._("This code is not the right one: type the one that the application shows now.")
            except UserError as refusal:
                error = self._refusal(refusal)
        # sudo: members may not use core's wizard; only its QR code is drawn
        drawing = request.env["auth_totp.wizard"].sudo().new({"user_id": user.id, "secret": secret})
        groups = [secret[i : i + 4] for i in range(0, len(secret), 4)]
        return request.render(
            "collab_charte.second_factor",
            {"picture": drawing.qrcode, "address": drawing.url, "secret": " ".join(groups), "error": error},
        )

    @route("/mon-compte/second-facteur/retirer", type="http", auth="user", website=True, methods=["POST"], members=True)
    def remove_second_factor(self, current="", **kw):
        if not request.env.user.totp_enabled:
            return request.redirect("/mon-compte")
        try:
            self._check_password(current)
        except UserError as error:
            return self._render(error_in="second_factor", error=self._refusal(error))
        request.env.user.action_totp_disable()
        say(request.env._("Your application is not asked for any more."), at="double-verification")
        return request.redirect("/mon-compte")

    @route("/mon-compte/appareils", type="http", auth="user", website=True, methods=["POST"], members=True)
    def log_out_elsewhere(self, **kw):
        """End all other sessions, such as those of a lost phone."""
        request.env.user._log_out_elsewhere()
        say(request.env._("Your other devices have been logged out."), at="appareils")
        return request.redirect("/mon-compte")

    @route(
        "/mon-compte/quitter",
        type="http",
        auth="user",
        website=True,
        sitemap=False,
        methods=["GET", "POST"],
        members=True,
    )
    def leave(self, current="", **kw):
        """Say what leaving changes, then close the account."""
        error = None
        if request.httprequest.method == "POST":
            try:
                self._check_password(current)
                with request.env.cr.savepoint():
                    request.env.user._leave()
            except UserError as refusal:
                error = self._refusal(refusal)
            else:
                request.session.logout(keep_db=True)
                say(request.env._("Your account is closed. Thank you for what you have shared."))
                return request.redirect("/web/login")
        return request.render("collab_charte.leave", {"error": error})
