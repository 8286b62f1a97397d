"""A real SMTP server that keeps what it receives, as the mailboxes of the people of a test."""

import asyncio
import collections
import contextlib
import email
import email.policy
import html
import re
import socket
import time
from typing import NamedTuple

from aiosmtpd.controller import Controller


class Mail(NamedTuple):
    recipients: list[str]
    message: email.message.EmailMessage
    raw: bytes  # as it came over the wire
    peer: tuple  # address and port of who has sent it: one for each connection

    @property
    def html(self):
        return html.unescape(self.message.get_body(("html", "plain")).get_content())


class Mailbox:
    def __init__(self):
        self.received = []
        # Seconds that each mail takes, once it has been received and before it is acknowledged.
        self.delay = 0
        # Called with each mail, once it has been received and before it is acknowledged.
        self.on_mail = None
        # Mails that a connection carries before it is closed; no limit unless told.
        self.mails_by_connection = None
        self._answers = collections.defaultdict(list)
        with contextlib.closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.controller = None

    def forget(self):
        """Be as new, and empty."""
        self.received.clear()
        self._answers.clear()
        self.delay, self.on_mail, self.mails_by_connection = 0, None, None

    def answer(self, address, *answers, when="RCPT"):
        """Script what the server says about somebody, before it takes his mails again.

        :param str address: his
        :param str answers: one for each time, as ``"451 Try later"``
        :param str when: ``RCPT``: as soon as he is named; ``DATA``: once it has the mail, which it does not keep
        """
        self._answers[address, when] += answers

    def _scripted(self, address, when):
        answers = self._answers.get((address, when))
        return answers.pop(0) if answers else None

    async def handle_RCPT(self, server, session, envelope, address, options):
        """Called by aiosmtpd for each recipient."""
        if refusal := self._scripted(address, "RCPT"):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        """Called by aiosmtpd for each mail."""
        for address in envelope.rcpt_tos:
            if refusal := self._scripted(address, "DATA"):
                return refusal
        if self.mails_by_connection and self.mails_by_connection <= sum(
            mail.peer == session.peer for mail in self.received
        ):
            server.transport.close()
            return "421 Too many mails"
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        mail = Mail(list(envelope.rcpt_tos), message, envelope.original_content, session.peer)
        self.received.append(mail)
        if self.on_mail:
            self.on_mail(mail)
        await asyncio.sleep(self.delay)
        return "250 OK"

    def start(self):
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def stop(self):
        """Nobody answers any more, and no connection goes on."""
        self.controller.stop()

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *error):
        self.stop()

    def of(self, address):
        """:return list[Mail]: all that this person has been sent"""
        return [mail for mail in self.received if address in mail.recipients]

    def count(self, address):
        return len(self.of(address))

    def copies(self, address):
        """:return dict[str, list[Mail]]: by Message-ID: a mail program shows each once, even if it comes twice"""
        found = collections.defaultdict(list)
        for mail in self.of(address):
            found[mail.message["Message-ID"]].append(mail)
        return found

    def wait_for(self, address, pattern, after=0, seconds=60):
        """:param str address: of the person
        :param str pattern: what is looked for in the HTML of a mail, as a regular expression with one group
        :param int after: how many mails this person had before
        :return str: what was found; several times the same thing is once"""
        limit = time.monotonic() + seconds
        while time.monotonic() < limit:
            for mail in self.of(address)[after:]:
                if found := set(re.findall(pattern, mail.html)):
                    [one] = found
                    return one
            time.sleep(0.1)
        raise AssertionError(f"{address} has received nothing like {pattern}")
