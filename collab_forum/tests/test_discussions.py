import io
import itertools
import json
import re

from lxml import html

from odoo.tests import HttpCase, tagged

from ..models.forum_post_lists import ANSWERS_SHOWN
from .common import ForumCase
from .test_collab_forum_attachment import photo

PASSWORD = "Une phrase pour entrer 2026"


@tagged("post_install", "-at_install")
class TestDiscussions(ForumCase, HttpCase):
    """The pages of the forum, as a browser asks for them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for person in cls.alice | cls.alan | cls.chloe:
            person.password = PASSWORD

    def _log_in(self, person):
        self.authenticate(person.login, PASSWORD)

    def _form(self, address, **typed):
        """:return dict: the fields of the form of a page, and what is typed in them"""
        page = self.url_open(address).text
        found = {name: re.search(rf'name="{name}" value="([^"]+)"', page) for name in ("csrf_token", "jeton")}
        return {name: match[1] for name, match in found.items()} | typed

    def _send(self, content, name="photo.jpg"):
        token = self._form("/forum/demander")["csrf_token"]
        data = {"csrf_token": token, "name": name, "size": len(content)}
        number = self.url_open("/envois", data=data).json()["id"]
        self.opener.put(
            f"{self.base_url()}/envois/{number}?offset=0", data=io.BytesIO(content), headers={"X-CSRF-Token": token}
        )
        return json.dumps([{"id": number, "name": name}])

    def _questions(self):
        return self.env["forum.post"].search([("create_uid", "=", self.alice.id), ("parent_id", "=", False)])

    def _asked(self, **typed):
        question = {"titre": "Un tarif", "contenu": "Voici la photo", "theme": str(self.theme.id)}
        return self._form("/forum/demander", **{**question, **typed})

    def _titles(self, address):
        """:return list[str]: of the discussions of a page, in their order"""
        page = html.fromstring(self.url_open(address).content)
        return [title.text_content().split(":")[-1].strip() for title in page.xpath("//h3[@class='c-row__title']/a")]

    def test_what_was_asked_in_an_archived_theme_is_found_there_and_nothing_more_is_asked(self):
        self._ask(self.chloe, "Une question d'avant", forum_id=self.forum.id)
        theme = self.forum.theme_id
        self._log_in(self.alice)
        self.assertEqual(self._titles(f"/forum?theme={theme.id}"), ["Une question d'avant"])
        theme.active = False
        page = html.fromstring(self.url_open(f"/forum?theme={theme.id}").content)
        self.assertIn(f"{theme.name} (thème archivé)", page.get_element_by_id("contenu").text_content())
        self.assertEqual(self._titles(f"/forum?theme={theme.id}"), ["Une question d'avant"])
        # As a type of the library: it filters, and is offered no more; what never was is not there.
        form = html.fromstring(self.url_open("/forum/demander").content)
        choices = form.xpath("//select[@name='theme']/option/@value")
        self.assertNotIn(str(theme.id), choices)
        self.assertIn(str(self.other_forum.theme_id.id), choices)
        self.assertEqual(self.url_open(f"/forum?theme={theme.id + 10_000}").status_code, 404)

    def test_themes_and_territories_are_followed_alone_or_crossed(self):
        for forum, place in itertools.product((self.forum, self.other_forum), (self.port, self.hills)):
            name = f"{forum.theme_id.name}, {place.name}"
            self._ask(self.chloe, name, forum_id=forum.id, territory_id=place.id)
        everything = [f"{t.name}, {p.name}" for t in (self.other_theme, self.theme) for p in (self.hills, self.port)]
        self._log_in(self.chloe)
        found = {
            address: set(self._titles(f"/forum?{address}"))
            for address in (
                f"theme={self.theme.id}",
                f"territoire={self.port.id}",
                f"theme={self.theme.id}&territoire={self.port.id}",
            )
        }
        of_theme, of_place, crossed = found.values()
        self.assertEqual(of_theme, {title for title in everything if title.startswith(self.theme.name)})
        self.assertEqual(of_place, {title for title in everything if title.endswith(self.port.name)})
        self.assertEqual(crossed, of_theme & of_place)

    def test_one_s_own_themes_and_territory_come_first_and_hide_nothing(self):
        self._ask(self.chloe, "D'ailleurs", forum_id=self.other_forum.id, territory_id=self.hills.id)
        self._ask(self.chloe, "De mon territoire", forum_id=self.other_forum.id, territory_id=self.port.id)
        self._ask(self.chloe, "D'un thème que je suis", territory_id=self.hills.id)
        self._ask(self.chloe, "La dernière", forum_id=self.other_forum.id)
        self.theme.with_env(self._as(self.alice))._set_mark("follow", True)
        self._log_in(self.alice)
        self.assertEqual(
            self._titles("/forum"),
            ["D'un thème que je suis", "De mon territoire", "La dernière", "D'ailleurs"],
            "each of them once",
        )
        choices = html.fromstring(self.url_open("/forum/demander").content).xpath(
            "//select[@id='question-theme']/option"
        )
        self.assertEqual(choices[1].text_content().strip(), self.theme.name)

    def test_a_question_carries_a_photo_that_its_readers_alone_open(self):
        self._log_in(self.alice)
        files = self._send(photo(300, 200))
        page = self.url_open("/forum/demander", data=self._asked(fichiers=files, networks=self.blue.id))
        self.assertEqual(page.status_code, 200)
        question = self._questions()
        attachment = self.env["collab.forum.attachment"].search([("post_id", "=", question.id)])
        address = f"/forum/fichiers/{attachment.id}"
        self.assertIn(f'<img loading="lazy" src="{address}"', page.text)
        for person, status in ((self.alice, 200), (self.alan, 200), (self.chloe, 404)):
            self._log_in(person)
            answer = self.url_open(address)
            self.assertEqual(answer.status_code, status)
        # But for the token of the form by which one logs out, which changes at each second.
        pages = (answer.text, self.url_open("/forum/fichiers/999999").text)
        self.assertEqual(*(re.sub(r'name="csrf_token" value="[^"]+"', "", page) for page in pages))
        self._log_in(self.alan)
        answer = self.url_open(address)
        self.assertEqual(answer.headers["Content-Type"], "image/jpeg")
        self.assertTrue(answer.headers["Content-Disposition"].startswith("inline"))

    def test_a_double_click_asks_once_and_going_back_to_ask_something_else_asks_twice(self):
        self._log_in(self.alice)
        form = self._asked()
        first, second = (self.url_open("/forum/demander", data=form, allow_redirects=False) for _ in range(2))
        self.assertEqual(first.headers["Location"], second.headers["Location"])
        self.assertEqual(len(self._questions()), 1)
        self.url_open("/forum/demander", data={**form, "titre": "Un autre tarif"})
        self.assertEqual(len(self._questions()), 2)

    def test_a_question_that_is_refused_keeps_all_that_was_typed_and_sent(self):
        self._log_in(self.alice)
        files = self._send(photo(300, 200))
        form = self._asked(fichiers=files, theme="")
        page = self.url_open("/forum/demander", data=form).text
        self.assertIn("Choisissez un thème.", page)
        self.assertIn("Voici la photo", page)
        self.assertIn(files.replace('"', "&#34;"), page)
        self.url_open("/forum/demander", data={**form, "theme": self.theme.id})
        self.assertEqual(len(self._questions()), 1)

    def test_files_that_make_no_sense_write_nothing(self):
        self._log_in(self.alice)
        for files in ('[{"id": 999999}]', "[", '[{"id": "x"}]', "[" * 20000, '[{"id": 1e400}]', '{"a": 1}', "[1]"):
            with self.subTest(files[:20]):
                page = self.url_open("/forum/demander", data=self._asked(fichiers=files))
                self.assertEqual(page.status_code, 200)
                self.assertIn("Cet envoi est terminé", page.text)
        self.assertFalse(self._questions())

    def test_an_answer_carries_a_document_that_its_author_takes_away(self):
        question = self._ask(self.alice)
        self._log_in(self.alan)
        form = self._form(f"/forum/{question.id}", contenu="Voici", fichiers=self._send(b"%PDF-1.4 x", "note.pdf"))
        page = self.url_open(f"/forum/{question.id}/repondre", data=form).text
        [attachment] = self.env["collab.forum.attachment"].search([("post_id.parent_id", "=", question.id)])
        self.assertIn("note.pdf", page)
        answer = self.url_open(f"/forum/fichiers/{attachment.id}")
        self.assertEqual(answer.content, b"%PDF-1.4 x")
        self.assertTrue(answer.headers["Content-Disposition"].startswith("attachment"))
        corrected = {"contenu": "Voici, sans", "sans": attachment.id, "csrf_token": form["csrf_token"]}
        self.url_open(f"/forum/{attachment.post_id.id}/corriger", data=corrected)
        self.assertFalse(attachment.exists())

    def test_a_link_writes_nothing_in_somebody_s_form_but_a_title(self):
        self._log_in(self.alice)
        page = self.url_open("/forum/demander?riche=1&titre=Le+titre&contenu=<b>Appât</b>&fichiers=[1]&jeton=a").text
        self.assertNotIn("Appât", page)
        self.assertIn("Le titre", page)
        self.assertFalse(self.env["forum.post"].search([("name", "=", "Le titre")]))

    def test_the_editor_is_loaded_once_and_only_where_somebody_writes(self):
        question = self._ask(self.alice)
        self._answer(self.alice, question, "<p>Un détail</p>")
        self._log_in(self.alice)
        for address, editors in (("/forum", 0), ("/pour-moi", 0), ("/forum/demander", 1), (f"/forum/{question.id}", 1)):
            with self.subTest(address):
                page = html.fromstring(self.url_open(address).content)
                self.assertEqual(len(page.xpath("//textarea[@data-rich]")), editors)
                scripts = page.xpath("//script[contains(@src, 'collab_contribution.assets_writing')]")
                self.assertEqual(len(scripts), min(editors, 1))
                self.assertTrue(all("defer" in script.attrib for script in scripts))

    def test_the_source_of_a_text_is_corrected_as_it_was_written(self):
        question = self._ask(self.alice, content="<p>Écrire à &lt;img src=x onerror=alert(1)&gt;</p>")
        for person, address in ((self.alice, f"/forum/{question.id}/corriger"), (self.maud, question._case_url())):
            person.password = PASSWORD
            self._log_in(person)
            with self.subTest(address):
                # Decoded once by the field, and once by the editor.
                self.assertIn("&lt;p&gt;Écrire à &amp;lt;img src=x", self.url_open(address).text)

    def test_each_answer_of_a_long_discussion_has_its_address(self):
        question = self._ask(self.alice)
        answers = [self._answer(self.alan, question, f"<p>Réponse {number}</p>") for number in range(ANSWERS_SHOWN + 2)]
        self._log_in(self.alice)
        for answer in (answers[0], answers[-1]):
            page = self.url_open(f"/forum/{answer.id}")
            self.assertIn(f'id="reponse-{answer.id}"', page.text)

    def test_a_double_click_says_a_remark_once_and_a_closed_discussion_gives_it_back(self):
        question = self._ask(self.alice)
        self._log_in(self.alan)
        form = self._form(f"/forum/{question.id}", body="Un merci")
        for _ in range(2):
            self.url_open(f"/forum/{question.id}/commenter", data=form)
        self.assertEqual(question.comment_ids.mapped("body"), ["Un merci"])
        question.with_env(self._as(self.maud))._close("Doublon")
        page = self.url_open(f"/forum/{question.id}/commenter", data={**form, "body": "Trop tard"}).text
        self.assertIn("Trop tard", page)

    def test_a_double_click_flags_once_and_says_thank_you_twice(self):
        question = self._ask(self.alice)
        self._log_in(self.alan)
        form = self._form(f"/forum/{question.id}", reason="Reconnaissable")
        for _ in range(2):
            page = self.url_open(f"/signaler/discussion/{question.id}", data=form)
            self.assertIn("Signalé aux modérateurs. Vous saurez ce qu’ils décident.", page.text)

    def test_a_draft_comes_back_until_it_is_published(self):
        self._log_in(self.alice)
        token = self._form("/forum/demander")["csrf_token"]
        self.url_open("/brouillons/discussion", data={"csrf_token": token, "contenu": '[["titre", "En cours", null]]'})
        self.assertIn("En cours", self.url_open("/forum/demander").text)
        self._log_in(self.alan)
        self.assertNotIn("En cours", self.url_open("/forum/demander").text)
        self._log_in(self.alice)
        self.url_open("/forum/demander", data=self._asked())
        self.assertNotIn("En cours", self.url_open("/forum/demander").text)

    def test_one_is_suggested_whom_the_choices_of_the_form_let_read(self):
        self._log_in(self.alice)

        def suggested(**asked):
            query = "&".join(f"{name}={value}" for name, value in {"lettres": "chl", **asked}.items())
            return [row["name"] for row in self.url_open(f"/forum/personnes?{query}").json()]

        self.assertEqual(suggested(), ["chloe"])
        self.assertEqual(suggested(networks=self.blue.id), [])
        # A network that is not hers to address counts for nothing.
        self.assertEqual(suggested(networks=f"{self.blue.id},{self.green.id}"), [])
        question = self._ask(self.alice, audience_network_ids=self.blue.ids)
        self.assertEqual(suggested(discussion=question.id), [])
        self.assertEqual(suggested(discussion=question.id, lettres="ala"), ["alan"])
        self._log_in(self.chloe)
        self.assertEqual(self.url_open(f"/forum/personnes?lettres=ala&discussion={question.id}").status_code, 404)

    def test_what_is_refused_under_a_text_stays_in_its_form(self):
        question = self._ask(self.alice)
        self._log_in(self.alan)
        token = self._form("/forum/demander")["csrf_token"]
        question.with_env(self._as(self.alan))._report("Déjà dit")
        page = self.url_open(
            f"/signaler/discussion/{question.id}", data={"csrf_token": token, "reason": "Une seconde fois"}
        ).text
        self.assertIn("personne n", page)
        self.assertIn("Une seconde fois</textarea>", page)
        self._log_in(self.alice)
        form = {"csrf_token": self._form("/forum/demander")["csrf_token"], "titre": "x" * 201, "contenu": "Mieux dit"}
        page = self.url_open(f"/forum/{question.id}/corriger", data=form).text
        self.assertIn("x" * 201, page)
        self.assertIn("Mieux dit", page)
        remark = {"csrf_token": form["csrf_token"], "body": "y" * 5001}
        self.assertIn("y" * 5001, self.url_open(f"/forum/{question.id}/commenter", data=remark).text)
