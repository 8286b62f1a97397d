import hashlib
import ipaddress
from contextlib import contextmanager

from odoo import api, fields, models
from odoo.exceptions import AccessDenied
from odoo.http import request
from odoo.tools import SQL

WINDOW_MINUTES = 15
# How many attempts are allowed in that time; the next ones are refused without a look at the secret.
LIMIT_PAIR = 10  # for one account, from one address
LIMIT_ADDRESS = 100  # from one address: a training room has one
LIMIT_ACCOUNT = 100  # for one account, wherever it is tried from
LIMIT_LINKS = 3  # links to choose a password, for one account


class CollabAttempt(models.Model):
    """How often a password or a code was tried lately, by account and by IP address.

    Core counts too, but in the memory of each worker, by IP address only, and not without a request (remote procedure
    calls). These rows are shared by all workers, and committed before the secret is checked.
    """

    _name = "collab.attempt"
    _description = "Attempts at a secret"
    _log_access = False

    key = fields.Char(required=True, readonly=True)
    count = fields.Integer(required=True, readonly=True)
    since = fields.Datetime(required=True, readonly=True, help="Start of the window, UTC.")

    _key_unique = models.UniqueIndex("(key)")

    @api.model
    @contextmanager
    def _counted(self, account):
        """A context in which one secret is checked, if the limits allow it. A success is not counted.

        :param str account: the identifier of a user, or ``_account_of_nobody(login)``
        :raises AccessDenied: too many attempts: this one is not even checked
        """
        address = self._address()
        limits = {
            f"{account} {address}": LIMIT_PAIR,
            f"* {address}": LIMIT_ADDRESS,
            f"{account} *": LIMIT_ACCOUNT,
        }
        if not self._take(limits):
            raise AccessDenied(
                self.env._(
                    "Too many attempts: wait a quarter of an hour, or choose a new password with “Forgotten password”."
                )
            )
        yield
        self._succeed(*limits)

    @api.model
    def _account_of_nobody(self, login):
        """:return str: a hash of a login that no account has: people sometimes type their password there"""
        return hashlib.sha256(login.strip().lower().encode()).hexdigest()

    @api.model
    def _address(self):
        """:return str: the IP address of the request; for IPv6, its /64 network, which one subscriber has (RFC 6177)"""
        if not request:
            return "server"
        address = ipaddress.ip_address(request.httprequest.remote_addr)
        return str(address if address.version == 4 else ipaddress.ip_network((address, 64), strict=False))

    @api.model
    def _take(self, limits):
        """Count one attempt for each of these keys, unless one of them has reached its limit.

        :param dict[str, int] limits: by key
        :return bool: the attempt was counted
        """
        keys = sorted(limits)  # always in the same order: two requests cannot block each other
        # A cursor of its own, because the transaction of a failed login is rolled back.
        with self.env.registry.cursor() as cr:
            for key in keys:
                cr.execute(
                    SQL(
                        """INSERT INTO collab_attempt AS known (key, count, since) VALUES (%(key)s, 0, %(now)s)
                           ON CONFLICT (key) DO UPDATE SET
                               count = CASE WHEN known.since < %(start)s THEN 0 ELSE known.count END,
                               since = CASE WHEN known.since < %(start)s THEN excluded.since ELSE known.since END
                           RETURNING count""",
                        key=key,
                        now=fields.Datetime.now(),
                        start=fields.Datetime.subtract(fields.Datetime.now(), minutes=WINDOW_MINUTES),
                    )
                )
                # The row stays locked until this transaction ends: no other request counts meanwhile.
                if cr.fetchone()[0] >= limits[key]:
                    return False
            cr.execute(SQL("UPDATE collab_attempt SET count = count + 1 WHERE key IN %s", tuple(keys)))
        return True

    @api.model
    def _succeed(self, pair, *others):
        """After a success: forget the failed attempts of this account from this address (``pair``), and give this one
        back to the other keys, which other people share."""
        with self.env.registry.cursor() as cr:
            cr.execute(SQL("DELETE FROM collab_attempt WHERE key = %s", pair))
            for key in sorted(others):
                cr.execute(SQL("UPDATE collab_attempt SET count = count - 1 WHERE key = %s AND count > 0", key))

    @api.model
    def _forget(self, account):
        """Forget all attempts at this account, whose owner has just chosen a new password."""
        with self.env.registry.cursor() as cr:
            cr.execute(SQL("DELETE FROM collab_attempt WHERE key LIKE %s", f"{account} %"))

    @api.autovacuum
    def _vacuum(self):
        """IP addresses are personal data: they are deleted as soon as they no longer count."""
        self.search([("since", "<", fields.Datetime.subtract(fields.Datetime.now(), minutes=WINDOW_MINUTES))]).unlink()
