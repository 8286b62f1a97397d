import psycopg2

from odoo import api, fields, models

from odoo.addons.collab_reseaux.addresses import ADDRESS_MAX

from .collab_attempt import LIMIT_LINKS

REQUESTS_A_RUN = 1_000


class CollabLinkRequest(models.Model):
    """A request for a link to choose a password, before anything has looked whether this login exists.

    The page answers first, and a job looks afterwards: neither the answer nor its duration tells who has an account.
    The job deletes the request, hence what was typed.
    """

    _name = "collab.link.request"
    _description = "Request for a link to choose a password"
    _log_access = False

    login = fields.Char(required=True, readonly=True)

    @api.model
    def _ask(self, login):
        """Store a request. Nothing is looked up here, so that an unknown login takes the same time.

        :param str login: a login or an email address, as typed
        """
        # sudo: a person who has forgotten his password has not logged in
        self.sudo().create({"login": login[:ADDRESS_MAX]})
        self.env.ref("collab_charte.cron_send_links")._trigger()

    @api.model
    def _answer(self):
        """Mark the accounts to which a link must be sent, and delete the requests."""
        while True:
            try:
                self._note_askers()
                self.env.flush_all()
                return
            except psycopg2.errors.SerializationFailure:
                # Another transaction has just written one of these accounts, or handled one of these requests.
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
