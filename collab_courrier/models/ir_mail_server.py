from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.base.models.ir_mail_server import extract_rfc2822_addresses

from ..headers import ADDRESSES, inert, written_by

# Core's reasons for a mail that failed because of its address: the operator cannot do anything about it.
NOT_OUR_FAULT = ("mail_email_invalid", "mail_email_missing", "mail_bl", "mail_optout", "mail_dup")


class IrMailServer(models.Model):
    """Every mail is built here: ours and core's."""

    _inherit = "ir.mail_server"

    @api.model
    def _build_email__(
        self, email_from, email_to, subject, body, email_cc=None, email_bcc=None, reply_to=False, **kwargs
    ):
        """Make what people have typed inert in headers (see ``headers.py``)."""
        headers = {name: inert(str(value)) for name, value in (kwargs.pop("headers", None) or {}).items()}
        files = kwargs.pop("attachments", None) or ()
        attachments = [(inert(name or ""), content, inert(kind or "")) for name, content, kind in files]
        message = super()._build_email__(
            email_from and inert(email_from),
            _inert_addresses(email_to),
            inert(subject or ""),
            body,
            email_cc=_inert_addresses(email_cc),
            email_bcc=_inert_addresses(email_bcc),
            reply_to=reply_to and inert(reply_to),
            headers=headers,
            attachments=attachments,
            **kwargs,
        )
        # Core sets some headers again before the mail leaves: the policy of the message makes those inert too.
        message.policy = written_by(message.policy)
        for name in ADDRESSES & {name.lower() for name in message.keys()}:
            message.replace_header(name, str(message[name]))
        return message

    @api.model
    def _prepare_smtp_to_list(self, message, smtp_session):
        """Send only to the addresses of a mail: core also finds addresses inside the names of its recipients."""
        own = {
            address
            for name in ("To", "Cc", "Bcc")
            for header in message.get_all(name, ())
            for found in header.addresses
            for address in extract_rfc2822_addresses(found.addr_spec)
        }
        return [address for address in super()._prepare_smtp_to_list(message, smtp_session) if address in own]

    @api.model
    def _waiting_since(self):
        """List what is late, for whoever watches the platform; each module that sends letters adds its own.

        :return list[datetime]: for each kind of letter, when the oldest of those that have not left should have left
            (UTC)
        """
        [dates] = self.env.execute_query(
            SQL(
                """SELECT (SELECT min(coalesce(scheduled_date, create_date)) FROM mail_mail
                            WHERE state = 'outgoing' OR (state = 'exception' AND coalesce(failure_type, '') NOT IN %s)),
                          (SELECT min(wanted) FROM collab_notification
                            WHERE state = 'given_up' OR (state = 'waiting' AND wanted <= %s))""",
                NOT_OUR_FAULT,
                fields.Datetime.now(),
            )
        )
        return [date for date in dates if date]


def _inert_addresses(addresses):
    return inert(addresses) if isinstance(addresses, str) else [inert(address) for address in addresses or ()]
