import io
import json
import re
import zipfile
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime

import icalendar
from lxml import html

from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import AgendaCase

PAGE = "/agenda/abonnement"


@tagged("post_install", "-at_install")
class TestSubscription(AgendaCase, HttpCase):
    """A calendar takes the agenda by a secret address, without any session."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.event = cls._event(name="Pour les bleus", audience_network_ids=[Command.set(cls.blue.ids)])

    def _path(self, person, which="tout"):
        address = self.env["collab.agenda.address"]._of(person, which)
        return address[address.index("/agenda/") :]

    def _ask(self, path, status=200, **headers):
        """:return Response: to a program that has no session"""
        self.opener.cookies.clear()
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = self.url_open(path, headers=names, allow_redirects=False)
        self.assertEqual(answer.status_code, status, path)
        return answer

    def _titles(self, path):
        return [str(event["SUMMARY"]) for event in icalendar.Calendar.from_ical(self._ask(path).content).walk("VEVENT")]

    def test_a_program_takes_the_agenda_and_takes_it_again_when_it_has_changed(self):
        path = self._path(self.ana)
        first = self._ask(path)
        self.assertEqual(first.headers["Content-Type"], "text/calendar; charset=utf-8")
        self.assertEqual(first.headers["Cache-Control"], "private, no-cache")
        self.assertFalse(first.cookies)
        self.assertEqual(self._titles(path), ["Pour les bleus"])
        known = {"If_None_Match": first.headers["ETag"]}
        self.assertFalse(self._ask(path, 304, **known).content)
        # As the proxy gives it, once it has compressed the answer.
        self._ask(path, 304, If_None_Match=f"W/{first.headers['ETag']}")
        since = first.headers["Last-Modified"]
        self.assertFalse(self._ask(path, 304, If_Modified_Since=since).content)
        head = self.opener.head(f"{self.base_url()}{path}")
        self.assertEqual((head.status_code, head.content), (200, b""))
        self.assertEqual(head.headers["ETag"], first.headers["ETag"])
        # An older one goes: the latest change of what is left is the same.
        self.event.write({"active": False})
        self.env.flush_all()
        second = self._ask(path, **known)
        self.assertGreater(
            parsedate_to_datetime(second.headers["Last-Modified"]), parsedate_to_datetime(since), "within a second"
        )
        self._ask(path, If_Modified_Since=since)
        self.assertEqual(self._titles(path), [])

    def test_a_date_that_nobody_can_read_is_no_error(self):
        for asked in ("hier", format_datetime(datetime.now(UTC) - timedelta(days=40), usegmt=True)):
            self._ask(self._path(self.ana), If_Modified_Since=asked)

    def test_an_address_that_nobody_was_given_leads_nowhere(self):
        path = self._path(self.ana)
        mine, _dash, seal = path.removesuffix(".ics").rpartition("-")
        number = f"/{self.ana.id}-"
        refused = [
            f"{mine}-{'0' * 32}.ics",
            f"{mine}-.ics",
            f"{mine}-{seal.upper()}.ics",
            f"{mine.replace(number, f'/{self.ada.id}-')}-{seal}.ics",
            f"{mine.replace('tout', 'inscriptions')}-{seal}.ics",
            f"{mine.replace(number, '/99999999999999999999-')}-{seal}.ics",
            f"{mine}-é{seal}.ics",
            "/agenda/flux/x.ics",
            self._path(self.ana, f"reseau-{self.green.id}"),
            self._path(self.env.ref("base.public_user")),
        ]
        answers = {self._ask(one, 404).text for one in refused}
        self.assertEqual(len(answers), 1)

    def test_it_closes_with_the_account_the_charter_and_the_membership(self):
        path, network = self._path(self.ana), self._path(self.ana, f"reseau-{self.blue.id}")
        self._ask(network)
        suspended = {"suspended_date": self._in(), "suspended_until": False}
        self.ana.write(suspended)
        self.assertEqual(self._titles(path), ["Pour les bleus"], "who may not write reads")
        self.ana.partner_id.write({"network_ids": [Command.set(self.green.ids)]})
        self.assertEqual(self._titles(path), [])
        self._ask(network, 404)
        accepted = self.ana.accepted_charter_id
        self.ana.accepted_charter_id = False
        self._ask(path, 404)
        self.ana.accepted_charter_id = accepted
        self._ask(path)
        self.ana._leave()
        self.env.flush_all()
        self._ask(path, 404)

    def test_a_renewed_address_stops_at_once(self):
        Address = self.env["collab.agenda.address"]
        old = [self._path(self.ana), self._path(self.ana, "inscriptions")]
        others = self._path(self.bob)
        for _twice in range(2):
            for path in old:
                self._ask(path)
            Address._renew(self.ana)
            new = [self._path(self.ana), self._path(self.ana, "inscriptions")]
            self.assertFalse({*old} & {*new})
            for path in old:
                self._ask(path, 404)
            old = new
        self._ask(others)

    def test_the_base_holds_no_address(self):
        path = self._path(self.ana)
        self._ask(path)
        rows = self.env["collab.agenda.address"].search([("user_id", "=", self.ana.id)])
        seal = path.removesuffix(".ics").rpartition("-")[2]
        self.assertTrue(rows)
        self.assertNotIn(seal, str(rows.read()))

    def test_who_leaves_takes_a_list_of_subscriptions_and_leaves_none(self):
        self._ask(self._path(self.ana, "inscriptions"))
        taken = io.BytesIO()
        with zipfile.ZipFile(taken, "w") as archive:
            self.ana._write_own_data(archive)
        with zipfile.ZipFile(taken) as archive:
            [listed] = json.loads(archive.read("abonnements-agenda.json"))
        self.assertEqual(listed["ce_qui_est_donne"], "inscriptions")
        self.ana._leave()
        self.ana._forget()
        self.assertFalse(self.env["collab.agenda.address"].search([("user_id", "=", self.ana.id)]))

    def test_it_costs_little(self):
        key = self._path(self.ana).rpartition("/")[2].removesuffix(".ics")
        Address = self.env["collab.agenda.address"]

        def take():
            subscription = Address._person_of(key)
            subscription.person._read_reader()
            events = self.env["calendar.event"].with_user(subscription.person).sudo(False)
            feed = events._calendar_feed("tout")
            Address._note(subscription, feed.held)
            return events._calendar_bytes(feed)

        first = take()
        self.env.invalidate_all()
        self.env.cr.cache.clear()
        with self.assertQueryCount(3):
            self.assertEqual(take(), first)

    # One of them

    def test_one_date_in_a_file(self):
        self._enter(self.ana)
        answer = self.url_open(f"/agenda/{self.event.id}.ics")
        [read] = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
        self.assertEqual(read["SUMMARY"], "Pour les bleus")
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        self.event.write({"is_poll": True})
        self.assertEqual(self.url_open(f"/agenda/{self.event.id}.ics").status_code, 404)
        self.event.write({"is_poll": False})
        self._enter(self.greta)
        self.assertEqual(self.url_open(f"/agenda/{self.event.id}.ics").status_code, 404)

    # The page

    def _enter(self, person):
        self.authenticate(person.login, f"{person.login}-password-2026")

    def _page(self, path=PAGE):
        return html.fromstring(self.url_open(path).text)

    def test_a_member_chooses_what_the_address_gives(self):
        self._enter(self.ana)
        page = self._page()
        [address] = page.xpath("//input[@readonly]/@value")
        self.assertTrue(address.endswith(self._path(self.ana)))
        self.assertEqual(page.xpath("//a[starts-with(@href, 'webcal:')]/@href"), [re.sub("^https?", "webcal", address)])
        [copies] = page.xpath("//button/@data-copies")
        self.assertTrue(address.endswith(copies))
        for choice in page.xpath("//nav[@class='c-chips']//a/@href"):
            [address] = self._page(choice).xpath("//input[@readonly]/@value")
            self._ask(address[address.index("/agenda/") :])
            self._enter(self.ana)
        self.assertIn("no-store", self.url_open(PAGE).headers["Cache-Control"])

    @mute_logger("odoo.http")  # it says that the token is missing
    def test_a_member_changes_the_addresses(self):
        self._enter(self.ana)
        old, token = self._path(self.ana), self._page().xpath("//main//input[@name='csrf_token']/@value")[0]
        self.assertEqual(self.url_open(PAGE, data={"csrf_token": "x"}).status_code, 400)
        self.assertEqual(self._path(self.ana), old)
        answer = self.url_open(f"{PAGE}?quoi=inscriptions", data={"csrf_token": token})
        self.assertTrue(answer.url.endswith(f"{PAGE}?quoi=inscriptions"))
        self.assertIn("Les anciennes ne donnent plus rien.", answer.text)
        self._ask(old, 404)
        self._ask(self._path(self.ana))
