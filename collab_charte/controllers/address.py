from odoo.exceptions import UserError
from odoo.http import request, route

from odoo.addons.collab_reseaux.addresses import ADDRESS_MAX, read_address

from ..models.collab_account_letter import CONFIRM_HOURS, LINKS, UNDO_DAYS
from ..models.collab_attempt import LIMIT_LINKS
from .account import Account
from .main import PAGE

CONFIRM, UNDO = LINKS["address_asked"], LINKS["address_left"]


class Address(Account):
    """How a person changes the address by which he comes in, and takes back what somebody else has changed.

    The pages of links do nothing until a button is pressed: programs that check mails open their links.
    """

    @route("/mon-compte/adresse", **{**PAGE, "auth": "user"}, members=True)
    def address(self, current="", address="", **kw):
        user, error = request.env.user, None
        if request.httprequest.method == "POST":
            try:
                wanted = self._wanted(user, address)
                self._check_password(current)
                Attempt = request.env["collab.attempt"]
                keys = (f"address {user.id}", f"address {Attempt._account_of_nobody(wanted)}")
                if not Attempt._take(dict.fromkeys(keys, LIMIT_LINKS)):
                    raise UserError(request.env._("Too many mails have been asked for: wait a quarter of an hour."))
                user._ask_for_address(wanted)
                return request.redirect("/mon-compte/adresse")
            except UserError as refusal:
                error = self._refusal(refusal)
        values = {"asked": user._address_asked(), "address": address, "error": error, "max_length": ADDRESS_MAX}
        return request.render("collab_charte.address", {"user": user, **values, "hours": CONFIRM_HOURS})

    def _wanted(self, user, typed):
        """:raises UserError: it is no address, or it is his already; whether somebody else has it is not told"""
        wanted = read_address(request.env, typed)
        if wanted == user.login:
            raise UserError(request.env._("You log in with this address already."))
        return wanted

    @route(CONFIRM, **PAGE, policy="members")
    def confirm_address(self, jeton=None, **kw):
        letter = request.env["collab.account.letter"]._of_link(jeton, CONFIRM)
        values = {"letter": letter, "token": jeton, "done": False, "taken": False}
        if letter and request.httprequest.method == "POST":
            here = request.session.uid == letter.user_id.id
            values["done"] = letter._confirm()
            values["taken"] = not values["done"]
            if values["done"] and here:
                self._keep_session()
                return request.redirect("/mon-compte?fait=adresse")
        return request.render("collab_charte.address_confirm", values)

    @route(UNDO, **PAGE, policy="members")
    def undo(self, jeton=None, **kw):
        letter = request.env["collab.account.letter"]._of_link(jeton, UNDO)
        values = {"letter": letter, "token": jeton, "taken": False, "days": UNDO_DAYS}
        if letter and request.httprequest.method == "POST":
            if letter._undo():
                # Somebody else may know the password: another is chosen now, by the page of any lost password.
                person = letter.user_id.partner_id
                person.signup_prepare(signup_type="reset")
                page = person.with_context(relative_url=True)._get_signup_url_for_action()[person.id]
                return request.redirect(page)
            values["taken"] = True
        return request.render("collab_charte.account_undo", values)
