import io

from openpyxl import load_workbook

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .world import World


@tagged("post_install", "-at_install")
class TestPeopleList(World, HttpCase):
    """The list of members, and what is asked by whoever keeps it from a session of his own."""

    @mute_logger("odoo.http")
    def _call(self, person, model, method, *args, route="call_kw", **kwargs):
        """:return tuple: what was answered, and the name of the refusal"""
        self.authenticate(person.login, f"{person.login}-password-2026")
        body = {"params": {"model": model, "method": method, "args": args, "kwargs": kwargs}}
        answer = self.url_open(f"/web/dataset/{route}", json=body).json()
        return answer.get("result"), answer.get("error", {}).get("data", {}).get("name", "").rpartition(".")[2]

    def _ask(self, person, users, **context):
        """:return str: where the list of these people is downloaded"""
        result, refusal = self._call(
            person, "res.users", "action_export", users.ids, route="call_button", context=context
        )
        self.assertFalse(refusal)
        return result["url"]

    def _lines(self, url):
        answer = self.url_open(url)
        self.assertEqual(answer.status_code, 200)
        self.assertIn("spreadsheetml", answer.headers["Content-Type"])
        return [
            line[2] for line in load_workbook(io.BytesIO(answer.content)).active.iter_rows(min_row=2, values_only=True)
        ]

    def test_each_takes_away_what_he_reads_and_nobody_takes_what_another_asked_for(self):
        everybody = self.wanda | self.greta
        url = self._ask(self.ada, everybody)
        self.assertEqual(sorted(self._lines(url)), ["greta", "wanda"])
        for person in (self.gus, self.greta, self.wanda):
            self.authenticate(person.login, f"{person.login}-password-2026")
            with mute_logger("odoo.http"):
                self.assertEqual(self.url_open(url, allow_redirects=False).status_code, 404, person.login)
        self.assertEqual(self._lines(self._ask(self.gus, everybody)), ["greta"])

    def test_who_is_closed_to_a_moderator_is_told_from_nobody(self):
        absent = self.env["res.users"].browse(self.env["res.users"].search([], order="id desc", limit=1).id + 1000)
        asked = [self._lines(self._ask(self.gus, ticked)) for ticked in (self.wanda, absent, self.wanda | absent)]
        self.assertEqual(asked, [[], [], []])
        self.greta.active = False
        self.assertEqual(self._lines(self._ask(self.gus, self.greta | self.wanda | absent)), ["greta"])
        kept = self.env["collab.people.export"].search([("create_uid", "=", self.gus.id)])
        self.assertEqual(kept.with_context(active_test=False).user_ids, self.greta, "and nobody else is written down")

    def test_the_filter_of_the_list_is_that_of_the_workbook(self):
        url = self._ask(self.gus, self.greta.browse(), active_domain=[["login", "in", ["greta", "wanda", "gus"]]])
        self.assertEqual(sorted(self._lines(url)), ["greta", "gus"])

    def test_a_column_of_the_workbook_says_where_each_stands(self):
        url = self._ask(self.ada, self.wanda | self.nadia)
        sheet = load_workbook(io.BytesIO(self.url_open(url).content)).active
        head, *lines = sheet.iter_rows(values_only=True)
        place = len(head) - 2
        self.assertEqual(len(head), 10)
        self.assertEqual({line[2]: line[place] for line in lines}, {"wanda": "Charte acceptée", "nadia": "Pas invité"})

    def test_members_take_nothing_away_and_moderators_move_nobody(self):
        refused = self._call(self.greta, "res.users", "action_export", self.greta.ids)
        self.assertEqual(refused, (None, "NotFound"))
        values = {"user_ids": [[6, 0, self.greta.ids]], "organisation_id": self.houses[self.green].id}
        for person in (self.greta, self.gus):
            _result, refusal = self._call(person, "collab.people.move", "web_save", [], values, specification={})
            self.assertEqual(refusal, "NotFound")

    def test_a_client_is_told_of_the_fields_that_a_search_bar_names(self):
        fields, _refusal = self._call(self.gus, "res.users", "fields_get")
        self.assertIn("door_state", fields)
        self.assertLessEqual(len(fields), 13)
        self.assertNotIn("group_ids", fields)
        # By no other way either, nor beyond what is his to search.
        self.assertEqual(self._call(self.gus, "res.users", "fields_get", route="call_button")[1], "NotFound")
        self.assertEqual(self._call(self.gus, "ir.rule", "fields_get")[1], "NotFound")
        self.assertEqual(self._call(self.greta, "res.users", "fields_get")[1], "NotFound")

    def test_each_screen_of_a_federation_offers_what_its_search_bar_names(self):
        for person in (self.gus, self.ada):
            for name in sorted(self.registry):
                model = self.env[name].with_user(person)
                if model._may_call("web_search_read") and not model._abstract:
                    with self.subTest(name, person=person.login):
                        self.assertLessEqual(len(model.searched_fields_get()), 13)
