import io
import json
import re
import zipfile

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from odoo.addons.collab_comptes.exceptions import AlreadyDone

from .common import ForumCase
from .test_collab_forum_attachment import photo

WAITS = "Votre modification attend un modérateur"


@tagged("post_install", "-at_install")
class TestEdit(ForumCase, HttpCase):
    """What an author changes in a text that others read already."""

    def setUp(self):
        super().setUp()
        self.question = self._ask(self.alice, "Comment faire ?")
        self.answer = self._answer(self.alice, self._ask(self.chloe, "Autre"))
        self.remark = self._comment(self.alice, self.question, "Merci")
        self.theirs = self._answer(self.alan, self.question, "<p>Comme ceci.</p>")
        self._review(9)

    def _review(self, number):
        self.env["ir.config_parameter"].set_param("collab_contribution.reviewed", str(number))

    def _edits(self):
        return self.env["collab.edit"].search([])

    def _log_in(self, person):
        self.authenticate(person.login, f"{person.login}-password-2026")
        self.token = re.search(r'name="csrf_token" value="([^"]+)"', self.url_open("/forum/demander").text)[1]

    def _said(self, answer):
        return " ".join(answer.text.replace("&#39;", "’").replace("'", "’").split())

    def _page(self, url):
        return self._said(self.url_open(url))

    def _post(self, url, **fields):
        answer = self.url_open(url, data={"csrf_token": self.token, **fields})
        self.env.invalidate_all()
        return self._said(answer)

    def _accept(self, text, person=None, **kw):
        mine = text.with_env(self._as(person or self.maud))
        mine._accept_edit("", self.env["collab.edit"]._of(text)._stamp())

    # What waits

    def test_what_a_reviewed_author_corrects_waits_and_others_read_what_was_accepted(self):
        for text, vals in (
            (self.question, {"name": "Injures", "content": "<p>Injures</p>"}),
            (self.answer, {"content": "<p>Injures</p>"}),
            (self.remark, {"body": "Injures"}),
        ):
            with self.subTest(text._name):
                before = {name: text[name] for name in vals}
                text.with_env(self._as(self.alice)).write(vals)
                self.assertEqual({name: text[name] for name in vals}, before)
                self.assertEqual((text.state, text.is_shown, text.corrected_date), ("active", True, False))
                edit = self.env["collab.edit"]._of(text)
                self.assertEqual(self._readers(edit), ["ali", "mau", "gus", "ada"])
                self.assertEqual(len(self._readers(text)), 6)
        self.assertEqual(self.question.child_count, 1, "the discussion goes on")
        self._answer(self.alan, self.question)

    def test_the_moderators_are_told_and_read_before_and_after(self):
        self.question.with_env(self._as(self.alice)).write({"name": "Mieux", "content": "<p>Je cherche mieux.</p>"})
        self.assertIn(("maud", "queue", "daily"), self._waiting())
        self._log_in(self.maud)
        page = self._page("/moderation")
        for text in ("Modifié par son auteur", "Comment faire ?", "Je cherche.", "Mieux", "Je cherche mieux."):
            self.assertIn(text, page)
        self._log_in(self.gus)
        self.question.sudo().audience_network_ids = self.blue
        self.assertNotIn("Je cherche mieux.", self._page("/moderation"))

    def test_once_accepted_others_read_it_and_its_author_is_told(self):
        self.question.with_env(self._as(self.alice)).write({"content": "<p>@alan, mieux</p>"})
        self.assertNotIn(("alan", "forum_mention", "each"), self._waiting())
        self._accept(self.question)
        self.assertEqual(self.question.content, "<p>@alan, mieux</p>")
        self.assertTrue(self.question.corrected_date)
        self.assertFalse(self._edits())
        self.assertIn(("alan", "forum_mention", "each"), self._waiting())
        self.assertIn(
            ("alice", "Un modérateur a publié votre modification : votre question « Comment faire ? »"),
            self._told(),
        )
        action = self.env["collab.action"].search([], limit=1)
        self.assertEqual((action.kind, action.detail), ("accept_edit", "Comment faire ?\nJe cherche."))

    def test_once_refused_its_author_is_told_why_and_gets_his_text_back(self):
        self.remark.with_env(self._as(self.alice)).write({"body": "Un long texte"})
        stamp = self._edits()._stamp()
        mine = self.remark.with_env(self._as(self.maud))
        with self.assertRaises(UserError):
            mine._refuse_edit(" ", stamp)
        mine._refuse_edit("Nomme une personne", stamp)
        self.assertEqual((self.remark.body, len(self._edits())), ("Merci", 0))
        action = self.env["collab.action"].search([], limit=1).with_env(self._as(self.alice))
        said = action.with_context(lang="fr_FR")._notification("moderation", None)["said"]
        self.assertIn("Nomme une personne", said)
        self.assertIn("Un long texte", said)
        with self.assertRaises(AlreadyDone):
            self.remark.with_env(self._as(self.ada))._refuse_edit("x", stamp)

    def test_a_moderator_publishes_what_he_has_read_and_nothing_else(self):
        mine = self.question.with_env(self._as(self.alice))
        mine.write({"content": "<p>Poli</p>"})
        stamp = self._edits()._stamp()
        mine.write({"content": "<p>Injures</p>"})
        with self.assertRaises(UserError):
            self.question.with_env(self._as(self.maud))._accept_edit("", stamp)
        self.assertEqual(self.question.content, "<p>Je cherche.</p>")
        self._accept(self.question)
        self.assertEqual(self.question.content, "<p>Injures</p>")

    def test_members_and_other_moderators_decide_nothing(self):
        self.question.sudo().audience_network_ids = self.blue
        self.question.with_env(self._as(self.alice)).write({"content": "<p>Mieux</p>"})
        for person in (self.alice, self.alan, self.chloe, self.gus):
            with self.subTest(person.login), self.assertRaises(UserError):
                self._accept(self.question, person)
        edit = self._edits()
        for act in (lambda edit: edit.write({"content": "x"}), lambda edit: edit.unlink()):
            for person in (self.alice, self.maud):
                with self.subTest(person.login), self.assertRaises(AccessError):
                    act(edit.with_env(self._as(person)))

    def test_to_change_its_theme_waits_for_nobody_and_troubles_nobody(self):
        self.question.with_env(self._as(self.alice)).write({"forum_id": self.other_forum.id})
        self.assertEqual((self.question.forum_id, len(self._edits())), (self.other_forum, 0))
        self.assertNotIn("queue", [kind for _person, kind, _rhythm in self._waiting()])

    def test_to_write_again_what_others_read_takes_the_correction_back(self):
        mine = self.question.with_env(self._as(self.alice))
        mine.write({"content": "<p>Mieux</p>"})
        mine.write({"content": "<p>Je cherche.</p>"})
        self.assertFalse(self._edits())

    def test_what_nobody_reads_yet_is_corrected_at_once(self):
        pending = self._ask(self.alice, "En attente")
        pending.with_env(self._as(self.alice)).write({"content": "<p>Mieux</p>"})
        self.theirs.with_env(self._as(self.maud))._hide("Un nom")
        self.theirs.with_env(self._as(self.alan)).write({"content": "<p>Sans le nom</p>"})
        self.assertEqual((pending.content, self.theirs.content), ("<p>Mieux</p>", "<p>Sans le nom</p>"))
        self.assertFalse(self._edits())

    def test_who_is_not_reviewed_any_more_corrects_at_once_and_nothing_waits_behind(self):
        mine = self.question.with_env(self._as(self.alice))
        mine.write({"content": "<p>Mieux</p>"})
        self._review(1)
        mine.write({"content": "<p>Encore mieux</p>"})
        self.assertEqual((self.question.content, len(self._edits())), ("<p>Encore mieux</p>", 0))

    # What a moderator has corrected

    def test_what_a_moderator_has_corrected_is_not_undone_in_silence(self):
        self._review(0)
        for text, vals, theirs in (
            (self.question, {"name": "Sans le nom"}, {"name": "Madame Lefèvre"}),
            (self.answer, {"content": "<p>Sans le nom</p>"}, {"content": "<p>Madame Lefèvre</p>"}),
            (self.remark, {"body": "Sans le nom"}, {"body": "Madame Lefèvre"}),
        ):
            with self.subTest(text._name):
                text.with_env(self._as(self.maud))._correct(vals, "Un nom")
                self.env["collab.notification"].search([]).unlink()
                text.with_env(self._as(self.alice)).write(theirs)
                self.assertEqual({name: text[name] for name in vals}, vals)
                self.assertIn(("maud", "queue", "daily"), self._waiting())
                rows = [row for row in self._as(self.maud)["collab.queue"]._rows() if row["what"] == "edit"]
                self.assertIn(text.id, [row["id"] for row in rows])
                self._accept(text)
                text.with_env(self._as(self.alice)).write(vals)
                self.assertEqual({name: text[name] for name in vals}, vals, "once accepted, it is his again")
        self.assertFalse(self._edits())

    def test_a_moderator_who_has_corrected_his_own_text_goes_on_correcting_it(self):
        question = self._ask(self.maud)
        question.with_env(self._as(self.maud))._correct({"name": "Mieux"}, "x")
        question.with_env(self._as(self.maud)).write({"name": "Encore mieux"})
        self.assertEqual(question.name, "Encore mieux")

    # Files

    def _send(self, content, name):
        data = {"csrf_token": self.token, "name": name, "size": len(content)}
        number = self.url_open("/envois", data=data).json()["id"]
        self.opener.put(
            f"{self.base_url()}/envois/{number}?offset=0",
            data=io.BytesIO(content),
            headers={"X-CSRF-Token": self.token},
        )
        return json.dumps([{"id": number, "name": name}])

    def test_a_file_that_is_added_waits_with_the_correction(self):
        self._log_in(self.alice)
        typed = {"titre": "Comment faire ?", "contenu": "<p>Je cherche.</p>", "riche": "1"}
        files = self._send(photo(300, 200), "photo.jpg")
        page = self._post(f"/forum/{self.question.id}/corriger", fichiers=files, **typed)
        self.assertIn(WAITS, page)
        self.assertNotIn('src="/forum/fichiers/', page)
        [attachment] = self.env["collab.forum.attachment"].search([("post_id", "=", self.question.id)])
        url = f"/forum/fichiers/{attachment.id}"
        for person, status in ((self.alice, 200), (self.alan, 404), (self.maud, 200)):
            self._log_in(person)
            self.assertEqual(self.url_open(url).status_code, status, person.login)
        self.assertIn(url, self._page("/moderation"))
        self._post(f"{self.question._case_url()}/publier-correction", lu=self._edits()._stamp())
        self._log_in(self.alan)
        self.assertEqual(self.url_open(url).status_code, 200)
        self.assertIn(url, self._page(f"/forum/{self.question.id}"))

    def test_a_file_that_is_refused_or_taken_back_is_gone(self):
        self._log_in(self.alice)
        typed = {"titre": "Comment faire ?", "contenu": "<p>Je cherche.</p>", "riche": "1"}
        Attachment = self.env["collab.forum.attachment"]
        self._post(f"/forum/{self.question.id}/corriger", fichiers=self._send(b"%PDF-1.4 x", "note.pdf"), **typed)
        attachment = Attachment.search([("post_id", "=", self.question.id)])
        self._post(f"/forum/{self.question.id}/corriger", sans=attachment.id, **typed)
        self.assertFalse(attachment.exists() or self._edits())
        self._post(f"/forum/{self.question.id}/corriger", fichiers=self._send(b"%PDF-1.4 y", "note.pdf"), **typed)
        self.question.with_env(self._as(self.maud))._refuse_edit("x", self._edits()._stamp())
        self.assertFalse(Attachment.search([("post_id", "=", self.question.id)]))

    # On the pages

    def test_the_page_says_to_its_author_that_his_correction_waits_and_gives_it_back(self):
        self._log_in(self.alice)
        page = self._post(f"/forum/{self.question.id}/corriger", titre="Un nom", contenu="Madame Lefèvre")
        self.assertIn(WAITS, page)
        page = self._page(f"/forum/{self.question.id}/corriger")
        self.assertIn("&lt;p&gt;Madame Lefèvre&lt;/p&gt;", page)
        self.assertIn("Un nom</textarea>", page)
        page = self._post(f"/forum/commentaires/{self.remark.id}/corriger", body="Madame Lefèvre aussi")
        self.assertEqual(page.count(WAITS), 2)
        self.assertIn("Madame Lefèvre aussi</textarea>", page)
        self._log_in(self.alan)
        page = self._page(f"/forum/{self.question.id}")
        for text in (WAITS, "Lefèvre", "Un nom"):
            self.assertNotIn(text, page)

    def test_a_moderator_decides_from_the_queue_and_from_the_page_of_the_text(self):
        self.question.with_env(self._as(self.alice)).write({"content": "<p>Mieux dit</p>"})
        self.remark.with_env(self._as(self.alice)).write({"body": "Mieux remercié"})
        self._log_in(self.maud)
        page = self._page("/moderation")
        stamp = self.env["collab.edit"]._of(self.question)._stamp()
        self.assertIn(f'name="lu" value="{stamp}"', page)
        url = f"{self.question._case_url()}/publier-correction"
        self.assertIn(url, page)
        self.assertIn("Son auteur l’a changée depuis", self._post(url, file="1", lu="x"))
        self._post(url, file="1", lu=stamp)
        self.assertEqual(self.question.content, "<p>Mieux dit</p>")
        self.assertIn("Vous l’avez déjà fait.", self._post(url, file="1", lu=stamp))
        case = self.remark._case_url()
        page = self._page(case)
        self.assertIn("Mieux remercié", page)
        stamp = self.env["collab.edit"]._of(self.remark)._stamp()
        page = self._post(f"{case}/refuser-correction", lu=stamp, reason="Restons-en là")
        self.assertIn("Modification refusée.", page)
        self.assertEqual(self.remark.body, "Merci")

    # What is closed

    def test_a_closed_discussion_is_not_rewritten_and_what_was_typed_is_given_back(self):
        self._review(0)
        self.question.with_env(self._as(self.maud))._close("Réglé")
        answer, remark = self._answer_of_alice(), self.remark
        self._log_in(self.alice)
        page = self._page(f"/forum/{self.question.id}")
        self.assertNotIn("/corriger", page)
        for url, typed in (
            (f"/forum/{self.question.id}/corriger", {"titre": "Réécrit", "contenu": "Réécrit après coup"}),
            (f"/forum/{answer.id}/corriger", {"contenu": "Réécrit après coup"}),
            (f"/forum/commentaires/{remark.id}/corriger", {"body": "Réécrit après coup"}),
        ):
            with self.subTest(url):
                page = self._post(url, **typed)
                self.assertIn("Cette discussion a été fermée : on ne peut plus modifier ce qui y est écrit.", page)
                self.assertIn("Réécrit après coup", page)
        self.assertEqual(self.question.content, "<p>Je cherche.</p>")
        self.assertEqual((answer.content, remark.body), ("<p>La mienne</p>", "Merci"))
        self._post(f"/supprimer/discussion/{answer.id}")
        self.assertFalse(answer.active, "what is one's own is deleted all the same")

    def _answer_of_alice(self):
        vals = {"parent_id": self.question.id, "content": "<p>La mienne</p>", "forum_id": self.forum.id}
        return self.env["forum.post"].with_user(self.alice).sudo().create(vals)

    def test_what_was_closed_then_hidden_or_lies_in_the_bin_is_not_rewritten(self):
        self._review(0)
        mine = self.question.with_env(self._as(self.alice))
        self.question.with_env(self._as(self.maud))._close("Réglé")
        self.question.with_env(self._as(self.maud))._hide("Un nom")
        with self.assertRaises(UserError):
            mine.write({"content": "<p>x</p>"})
        own = self._ask(self.alice, "Retirée")
        remark = self._comment(self.alice, own)
        own.with_env(self._as(self.alice))._withdraw()
        for text, vals in ((own, {"content": "<p>x</p>"}), (remark, {"body": "x"})):
            with self.subTest(text._name), self.assertRaises(UserError):
                text.with_env(self._as(self.alice)).write(vals)

    # Around

    def test_a_correction_follows_its_question_when_it_is_merged(self):
        self.question.with_env(self._as(self.alice)).write({"name": "Mieux", "content": "<p>Mieux dit</p>"})
        kept = self.answer.parent_id.with_env(self._as(self.maud))
        self.question.with_env(self._as(self.maud))._merge_into(kept, "x")
        self._accept(self.question)
        self.assertEqual(self.question.content, "<p><strong>Mieux</strong></p><p>Mieux dit</p>")

    def test_what_waits_is_in_one_s_own_data_and_goes_away_with_oneself(self):
        self.question.with_env(self._as(self.alice)).write({"content": "<p>Mieux dit</p>"})
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            self.alice.with_env(self._as(self.alice))._write_own_data(archive)
        with zipfile.ZipFile(buffer) as archive:
            self.assertIn("Mieux dit", archive.read("moderation.json").decode())
        self.alice.active = False
        self.alice._forget()
        self.assertFalse(self._edits())
