import hashlib
import ipaddress
from contextlib import contextmanager

from odoo import api, fields, models
from odoo.exceptions import AccessDenied
from odoo.http import request
from odoo.tools import SQL

WINDOW_MINUTES = 15
# How many secrets are tried in that time, before the next ones are not even looked at.
LIMIT_PAIR = 10  # for one account, from one address
LIMIT_ADDRESS = 100  # from one address: a training room has one
LIMIT_ACCOUNT = 100  # for one account, wherever it is tried from
LIMIT_LINKS = 3  # links to choose a password, for one account


class CollabAttempt(models.Model):
    """How many times a password or a code has been tried lately, by account and by address.

    Core counts in the memory of each worker, by address alone, and not at all where there is no request (remote
    procedure calls). These rows are shared by all workers, and committed before the secret is looked at.
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
        """Let one secret be tried, if the limits allow it. What succeeds does not count.

        :param str account: the identifier of a user, or the login of nobody
        :raises AccessDenied: too many have been tried; this one is not looked at
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
        """:return str: stands for a login that no account has; people type their password there, so it is not kept"""
        return hashlib.sha256(login.strip().lower().encode()).hexdigest()

    @api.model
    def _address(self):
        """:return str: where the request comes from; one line of IPv6 has a whole /64 (RFC 6177)"""
        if not request:
            return "server"
        address = ipaddress.ip_address(request.httprequest.remote_addr)
        return str(address if address.version == 4 else ipaddress.ip_network((address, 64), strict=False))

    @api.model
    def _take(self, limits):
        """:param dict[str, int] limits: by key
        :return bool: all keys were under their limits, and each has one more"""
        keys = sorted(limits)  # always in the same order: two requests do not wait for each other
        # A cursor of its own: the transaction of a failed login is undone, the count must not be.
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
                # The row is locked: nobody else counts on it until this transaction ends.
                if cr.fetchone()[0] >= limits[key]:
                    return False
            cr.execute(SQL("UPDATE collab_attempt SET count = count + 1 WHERE key IN %s", tuple(keys)))
        return True

    @api.model
    def _succeed(self, pair, *others):
        """Somebody knew: what he had mistyped is forgiven, and the others keep their attempts."""
        with self.env.registry.cursor() as cr:
            cr.execute(SQL("DELETE FROM collab_attempt WHERE key = %s", pair))
            for key in sorted(others):
                cr.execute(SQL("UPDATE collab_attempt SET count = count - 1 WHERE key = %s AND count > 0", key))

    @api.model
    def _forget(self, account):
        """Let somebody try again at once, who has just chosen a new password."""
        with self.env.registry.cursor() as cr:
            cr.execute(SQL("DELETE FROM collab_attempt WHERE key LIKE %s", f"{account} %"))

    @api.autovacuum
    def _vacuum(self):
        """Addresses are personal data: they are kept no longer than they count."""
        self.search([("since", "<", fields.Datetime.subtract(fields.Datetime.now(), minutes=WINDOW_MINUTES))]).unlink()
