"""A real SMTP server that keeps what it receives, as the mailboxes of the people of a test."""

import contextlib
import email
import email.policy
import html
import re
import socket
import time

from aiosmtpd.controller import Controller


class Mailbox:
    def __init__(self):
        self.received = []
        with contextlib.closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_DATA(self, server, session, envelope):
        """Called by aiosmtpd for each mail."""
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.received.append((list(envelope.rcpt_tos), message))
        return "250 OK"

    def __enter__(self):
        self.controller.start()
        return self

    def __exit__(self, *error):
        self.controller.stop()

    def count(self, address):
        return sum(address in recipients for recipients, _ in self.received)

    def wait_for(self, address, pattern, after=0, seconds=60):
        """:param str address: of the person
        :param str pattern: what is looked for in the HTML of a mail, as a regular expression with one group
        :param int after: how many mails this person had before
        :return str: what was found; several times the same thing is once"""
        limit = time.monotonic() + seconds
        while time.monotonic() < limit:
            for message in [message for recipients, message in self.received if address in recipients][after:]:
                text = html.unescape(message.get_body(("html", "plain")).get_content())
                if found := set(re.findall(pattern, text)):
                    [one] = found
                    return one
            time.sleep(0.1)
        raise AssertionError(f"{address} has received nothing like {pattern}")
