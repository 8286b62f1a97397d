import re
from datetime import timedelta

from lxml import html

from odoo.tests import HttpCase, tagged

from odoo.addons.collab_reseaux.moments import say_day, today

from .world import World

URL = "/mon-compte/notifications"


@tagged("post_install", "-at_install")
class TestPreferences(World, HttpCase):
    """What one wants to be told, in one table; all in one mail a day; a pause."""

    def setUp(self):
        super().setUp()
        self.wanda.email = "wanda@example.org"
        self.authenticate("wanda", "wanda-password-2026")
        self.Setting = self.env["collab.notification.setting"]

    def _forms(self):
        return [form for form in self._page().forms if (form.get("action") or "").startswith(URL)]

    def _page(self):
        return html.fromstring(self.url_open(URL).content)

    def _send(self, **typed):
        """As one of the two forms: what it holds, and what is changed in it."""
        is_pause = "quoi" in typed
        [form] = [form for form in self._forms() if bool(form.xpath(".//input[@name='jusquau']")) == is_pause]
        return self.url_open(URL, data={**dict(form.form_values()), **typed})

    def _rhythms(self):
        chosen = self._page().xpath("//table//input[@checked]")
        return {field.name: field.get("value") for field in chosen}

    def test_the_table_has_one_row_for_each_thing_under_the_name_of_its_section(self):
        page = self._page()
        said = [" ".join(cell.text_content().split()) for cell in page.xpath("//table//th")]
        for words in ("Aussitôt", "1 fois par jour", "Jamais", "Forum", "Ressources", "Un nouveau feuillet"):
            self.assertIn(words, said)
        self.assertLess(said.index("Forum"), said.index("La première réponse à l’une de mes questions"))
        names = {field.name for field in page.xpath("//table//input")}
        self.assertEqual(names, set(self.env["collab.notification"]._kinds_for(self.wanda)))
        self.assertEqual(names, self._rhythms().keys(), "one rhythm is chosen for each")

    def test_a_ready_made_setting_chooses_all_the_rows_and_the_essential_gives_them_back(self):
        usual = self._rhythms()
        for ready, rhythm in (("groupe", "daily"), ("rien", "never")):
            self._send(tout=ready)
            self.assertEqual(set(self._rhythms().values()), {rhythm})
            pressed = self._page().xpath("//button[@aria-pressed='true']")
            self.assertEqual([button.get("value") for button in pressed], [ready])
        self._send(tout="essentiel")
        self.assertEqual(self._rhythms(), usual)
        self.assertFalse(self.env["collab.notification.preference"].search([("user_id", "=", self.wanda.id)]))

    def test_all_in_one_mail_a_day_is_kept_beside_the_rhythms(self):
        before = self._rhythms()
        self._send(**{"un-par-jour": "1"})
        self.assertTrue(self.Setting._of(self.wanda).one_a_day)
        self.assertEqual(self._rhythms(), before)
        self.assertTrue(self._page().xpath("//input[@name='un-par-jour' and @checked]"))

    def test_what_was_stopped_meanwhile_by_a_mail_is_not_undone(self):
        stale = dict(self._forms()[0].form_values())
        self.env["collab.notification.preference"]._choose(self.wanda, "comment", "never")
        answer = self.url_open(URL, data={**stale, "flag": "never"})
        self.assertIn("Quelqu’un vient de modifier", answer.text.replace("&#39;", "’"))
        self.assertEqual(self._rhythms()["comment"], "never")

    def test_a_pause_is_said_on_the_page_until_it_ends(self):
        until = today() + timedelta(days=10)
        answer = self._send(quoi="pause", jusquau=until.isoformat())
        self.assertIn(f"en pause jusqu’au {say_day(until)}", answer.text.replace("&#39;", "’"))
        self.assertEqual(self.Setting._of(self.wanda).paused_until, until)
        answer = self._send(quoi="pause", fin="1")
        self.assertNotIn("en pause jusqu", answer.text)
        self.assertIsNone(self.Setting._of(self.wanda).paused_until)

    def test_a_day_that_cannot_be_is_refused_beside_the_field_and_kept(self):
        for typed in ("2020-01-01", "hier", "", "9999-12-31"):
            with self.subTest(typed):
                page = html.fromstring(self._send(quoi="pause", jusquau=typed).content)
                [field] = page.xpath("//input[@name='jusquau' and @aria-invalid='true']")
                self.assertEqual(field.get("value") or "", typed)
                self.assertTrue(re.match("Choisissez un jour", page.get_element_by_id("jusquau-error").text_content()))
        self.assertIsNone(self.Setting._of(self.wanda).paused_until)

    def test_what_one_has_asked_is_in_one_s_own_data_and_goes_with_the_account(self):
        self.Setting._set_one_a_day(self.wanda, True)
        self.wanda._leave()
        self.wanda.with_user(self.ada).sudo()._forget()
        self.assertFalse(self.Setting.search_count([("user_id", "=", self.wanda.id)]))
