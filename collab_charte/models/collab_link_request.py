import psycopg2

from odoo import api, fields, models

from odoo.addons.collab_reseaux.addresses import ADDRESS_MAX

from .collab_attempt import LIMIT_LINKS

REQUESTS_A_RUN = 1_000


class CollabLinkRequest(models.Model):
    """Somebody has asked for a link to choose a password, and nobody has looked yet whether he has an account.

    Whoever asks is answered before that: neither what he is told nor how long it takes says who has one. What was typed
    is gone as soon as the job has looked.
    """

    _name = "collab.link.request"
    _description = "Request for a link to choose a password"
    _log_access = False

    login = fields.Char(required=True, readonly=True)

    @api.model
    def _ask(self, login):
        """Have a link sent to whoever has this login, or this address; for whom nobody knows, it is the same work.

        :param str login: as it was typed
        """
        # sudo: who has forgotten his password has not logged in
        self.sudo().create({"login": login[:ADDRESS_MAX]})
        self.env.ref("collab_charte.cron_send_links")._trigger()

    @api.model
    def _answer(self):
        """Note who is to be sent a link, and forget what was typed."""
        while True:
            try:
                self._note_askers()
                self.env.flush_all()
                return
            except psycopg2.errors.SerializationFailure:
                # Somebody else has just written one of these accounts, or taken one of these requests.
                self.env.cr.rollback()

    @api.model
    def _note_askers(self):
        requests = self.search([], order="id", limit=REQUESTS_A_RUN)
        for login in requests.mapped("login"):
            Users = self.env["res.users"]
            user = Users.search(Users._get_login_domain(login)) or Users.search(Users._get_email_domain(login))
            if len(user) == 1 and user.email and self.env["collab.attempt"]._take({f"link {user.id}": LIMIT_LINKS}):
                user.link_asked = fields.Datetime.now()
        requests.unlink()
