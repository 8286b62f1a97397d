from odoo.exceptions import UserError
from odoo.http import request, route

from odoo.addons.collab_habillage.saying import say
from odoo.addons.collab_reseaux.addresses import ADDRESS_MAX

from ..models.collab_account_letter import CONFIRM_HOURS, LINKS, UNDO_DAYS
from .account import Account
from .main import PAGE

CONFIRM, UNDO = LINKS["address_asked"], LINKS["address_left"]


class Address(Account):
    """The pages by which a person changes the address of his account, or undoes a change made by somebody else.

    A link in a mail opens a page with a button, and changes nothing by itself: programs that scan mails open all links.
    """

    @route("/mon-compte/adresse", **{**PAGE, "auth": "user"}, members=True)
    def address(self, current="", address="", **kw):
        user, error = request.env.user, None
        if request.httprequest.method == "POST":
            try:
                wanted = user._read_wanted_address(address)
                self._check_password(current)
                user._check_may_ask_for_address(wanted)
                user._ask_for_address(wanted)
                return request.redirect("/mon-compte/adresse")
            except UserError as refusal:
                error = self._refusal(refusal)
        values = {"asked": user._address_asked(), "address": address, "error": error, "max_length": ADDRESS_MAX}
        return request.render("collab_charte.address", {"user": user, **values, "hours": CONFIRM_HOURS})

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
                say(request.env._("Your address has been changed. Your other devices have been logged out."))
                return request.redirect("/mon-compte")
        return request.render("collab_charte.address_confirm", values)

    @route(UNDO, **PAGE, policy="members")
    def undo(self, jeton=None, **kw):
        letter = request.env["collab.account.letter"]._of_link(jeton, UNDO)
        values = {"letter": letter, "token": jeton, "taken": False, "days": UNDO_DAYS}
        if letter and request.httprequest.method == "POST":
            if letter._undo():
                return request.redirect(letter._new_password_page())
            values["taken"] = True
        return request.render("collab_charte.account_undo", values)
