import re
from datetime import timedelta

from lxml import html

from odoo import fields
from odoo.tests import HttpCase, tagged

from odoo.addons.collab_forum.tests.common import ForumCase


@tagged("post_install", "-at_install")
class TestModerationPages(ForumCase, HttpCase):
    """What moderators do on the pages of the forum, and what members do with comments."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.default"].set("res.partner", "lang", "fr_FR")

    def _log_in(self, person):
        self.authenticate(person.login, f"{person.login}-password-2026")
        self.token = re.search(r'name="csrf_token" value="([^"]+)"', self.url_open("/forum/demander").text)[1]

    def _post(self, url, **fields):
        answer = self.url_open(url, data={"csrf_token": self.token, **fields})
        self.env.invalidate_all()
        return answer

    def _page(self, url):
        return self._said(self.url_open(url))

    def _said(self, answer):
        """:return str: a page, whose apostrophes are all alike"""
        return " ".join(answer.text.replace("&#39;", "’").replace("'", "’").split())

    # Who comes here

    def test_the_pages_of_moderation_are_those_of_moderators_and_of_their_networks(self):
        question = self._ask(self.alice, audience_network_ids=self.blue.ids)
        comment = self._comment(self.alan, question)
        cases = [f"/forum/moderation/discussion/{question.id}", f"/forum/moderation/commentaire/{comment.id}"]
        pages = [f"/forum/moderation{page}" for page in ("", "/corbeille", "/suspendus", "/journal")]
        self.env.flush_all()
        for person, own in ((self.alice, []), (self.gus, pages), (self.maud, pages + cases), (self.ada, pages + cases)):
            self._log_in(person)
            for url in pages + cases:
                with self.subTest(url, person=person.login):
                    self.assertEqual(self.url_open(url).status_code, 200 if url in own else 404)
            if person in (self.alice, self.gus):
                answer = self._post(f"/forum/moderation/discussion/{question.id}/masquer", reason="x")
                self.assertEqual((answer.status_code, question.state), (404, "active"), person.login)
        for url in (f"/forum/moderation/x/{question.id}", "/forum/moderation/discussion/1000000000"):
            self.assertEqual(self.url_open(url).status_code, 404)
        for action in ("", "x", "_purge", "unlink"):
            answer = self._post(f"/forum/moderation/discussion/{question.id}/{action}", reason="x")
            self.assertIn(answer.status_code, (404, 405))
        for action in ("fermer", "deplacer", "fusionner"):
            answer = self._post(f"/forum/moderation/commentaire/{comment.id}/{action}", reason="x")
            self.assertEqual(answer.status_code, 404, "a comment is neither closed nor moved")

    def test_the_queue_names_what_it_leads_to_in_the_words_of_moderation(self):
        """Other rooms say "Answer" and "Suspended" of other things."""
        question = self._ask(self.alice)
        question.sudo().shown_date = fields.Datetime.now() - timedelta(days=3)
        self._log_in(self.maud)
        page = html.fromstring(self.url_open("/moderation").content)
        said = [" ".join(link.text_content().split()) for link in page.xpath("//main//a")]
        for words in ("À faire", "Corbeille", "Suspendus", "Journal", "Répondre"):
            self.assertIn(words, said)

    # One text

    def test_each_button_acts_with_its_reason_and_comes_back_to_the_text(self):
        question = self._ask(self.alice)
        question.with_env(self._as(self.alan))._report("Nomme une personne")
        self._log_in(self.maud)
        url = f"/forum/moderation/discussion/{question.id}"
        self.assertIn("Nomme une personne", self._page(url))
        for action, is_so in (
            ("garder", lambda: question.sudo()._flags().is_closed),
            ("fermer", lambda: question.state == "close"),
            ("rouvrir", lambda: question.state == "active"),
            ("masquer", lambda: question.state == "hidden"),
            ("montrer", lambda: question.state == "active"),
            ("supprimer", lambda: not question.active),
            ("remettre", lambda: question.active),
        ):
            with self.subTest(action):
                self.assertIn(f"{url}/{action}", self._page(url), "its button is there")
                answer = self._post(f"{url}/{action}", reason=f"Parce que {action}")
                self.assertTrue(answer.url.endswith(url), answer.url)
                self.assertIn("Les personnes concernées sont prévenues.", self._said(answer))
                # What is deleted can be put back at once, from the strip that says so.
                self.assertEqual(f'action="{url}/remettre"' in answer.text, action == "supprimer")
                self.assertTrue(is_so())
        page = self._page(url)
        for action in ("garder", "remettre"):
            self.assertIn(f"Parce que {action}", page, "the log")

    def test_a_reason_that_is_missing_is_said_beside_its_form(self):
        question = self._ask(self.alice)
        self._log_in(self.maud)
        url = f"/forum/moderation/discussion/{question.id}"
        for action in ("masquer", "suspendre"):
            answer = self._post(f"{url}/{action}", reason="  ")
            self.assertIn("Dites pourquoi en quelques mots.", self._said(answer))
        question.with_env(self._as(self.alan))._report("x")
        answer = self._post(f"{url}/masquer", reason=" ", file="1")
        self.assertIn("Dites pourquoi en quelques mots.", self._said(answer))
        self.assertIn('name="file" value="1"', self._said(answer), "once it is done, one is back in the queue")
        self.assertEqual((question.state, self.alice.suspended_date), ("active", False))

    def test_a_moderator_corrects_the_text_and_those_whom_it_addresses(self):
        question = self._ask(self.alice, audience_network_ids=self.blue.ids)
        url = f"/forum/moderation/discussion/{question.id}"
        self._log_in(self.maud)
        fields = {"titre": "Plus clair", "contenu": "<p>Sans le nom</p>", "riche": "1", "territoire": str(self.port.id)}
        narrower = {"networks": str(self.blue.id), "territories": str(self.port.id)}
        self._post(f"{url}/corriger", reason="Un nom", **narrower, **fields)
        self.assertEqual((question.name, question.content), ("Plus clair", "<p>Sans le nom</p>"))
        self.assertEqual((question.territory_id, question.audience_network_ids), (self.port, self.blue))
        self.assertEqual(question.audience_territory_ids, self.port)
        for wrong, said in (
            ({"titre": ""}, "Donnez un titre à votre question."),
            ({"reason": ""}, "Dites pourquoi en quelques mots."),
        ):
            typed = {"reason": "Parce que", **fields, "contenu": "<p>Tapé longuement</p>", **wrong}
            answer = self._post(f"{url}/corriger", networks=str(self.blue.id), **typed)
            self.assertIn(said, self._said(answer))
            self.assertIn("Tapé longuement", self._said(answer))
            if typed["reason"]:
                self.assertIn("Parce que</textarea>", self._said(answer))
        # Another network is not his to address.
        self._post(f"{url}/corriger", reason="x", networks=str(self.green.id), **fields)
        self.assertFalse(question.audience_network_ids & self.green)

    def test_what_all_networks_read_is_not_closed_by_the_moderator_of_one(self):
        question = self._ask(self.alice)
        self._log_in(self.maud)
        typed = {"titre": "x", "contenu": "<p>Tapé longuement</p>", "riche": "1", "networks": str(self.blue.id)}
        answer = self._post(f"/forum/moderation/discussion/{question.id}/corriger", reason="Trop large", **typed)
        self.assertIn("D’autres réseaux le lisent aussi", self._said(answer))
        self.assertIn("Tapé longuement", self._said(answer))
        self.assertFalse(question.audience_network_ids)

    def test_answers_and_comments_are_corrected_too(self):
        question = self._ask(self.alice)
        answer, comment = self._answer(self.alan, question), self._comment(self.alan, question)
        self._log_in(self.maud)
        url = f"/forum/moderation/discussion/{answer.id}/corriger"
        self._post(url, reason="x", contenu="<p>Mieux</p>", riche="1", titre="x")
        self._post(f"/forum/moderation/commentaire/{comment.id}/corriger", reason="x", contenu="Mieux dit")
        self.assertEqual((answer.content, answer.name, comment.body), ("<p>Mieux</p>", False, "Mieux dit"))

    def test_a_discussion_moves_and_joins_another_one(self):
        kept = self._ask(self.chloe, "Garde d'enfants le matin")
        question = self._ask(self.alice, "Garde d'enfants à 6 heures")
        for_blue = self._ask(self.alice, "Garde d'enfants des bleus", audience_network_ids=self.blue.ids)
        self._log_in(self.maud)
        url = f"/forum/moderation/discussion/{question.id}"
        answer = self._post(f"{url}/deplacer", reason="x", theme=str(self.theme.id))
        self.assertIn("Elle est déjà dans ce thème", self._said(answer))
        self._post(f"{url}/deplacer", reason="x", theme=str(self.other_theme.id))
        self.assertEqual(question.forum_id, self.other_forum)
        page = self._page(url)
        self.assertIn("Garde d’enfants le matin", page)
        self.assertNotIn("des bleus", page, "not of the same people")
        for vers, autre, said in (
            ("", "", "Choisissez une discussion"),
            ("", "ma discussion", "Choisissez une discussion"),
            ("", "999999999", "Choisissez une discussion"),
            ("", f"https://x.example/forum/{for_blue.id}#repondre", "n’ont pas les mêmes destinataires"),
            (str(question.id), "", "la même discussion"),
        ):
            answer = self._post(f"{url}/fusionner", reason="Déjà demandé", vers=vers, autre=autre)
            self.assertIn(said, self._said(answer))
            self.assertIn("Déjà demandé</textarea>", self._said(answer))
            self.assertIn(f'value="{autre}"', self._said(answer))
        self.assertFalse(question.parent_id)
        answer = self._post(
            f"{url}/fusionner", reason="Déjà demandé", vers="", autre=f"http://x.example/forum/{kept.id}?page=2"
        )
        self.assertEqual(question.parent_id, kept)
        self.assertIn("Modérer une réponse", self._said(answer))

    def test_an_author_is_suspended_and_writes_again(self):
        question = self._ask(self.alice)
        self._log_in(self.maud)
        url = f"/forum/moderation/discussion/{question.id}"
        self._post(f"{url}/suspendre", reason="Injures")
        self.assertTrue(self.alice.suspended_date)
        page = self._page("/moderation/suspendus")
        self.assertIn("Injures", page)
        answer = self._post(f"/moderation/suspendus/{self.alice.id}", reason="")
        self.assertIn("Dites pourquoi en quelques mots.", self._said(answer))
        self._post(f"/moderation/suspendus/{self.alice.id}", reason="Excuses")
        self.assertFalse(self.alice.suspended_date)
        self.assertIn("Personne n’est suspendu", self._page("/moderation/suspendus"))
        self._post(f"{url}/suspendre", reason="Encore")
        self._post(f"{url}/retablir", reason="Encore")
        self.assertFalse(self.alice.suspended_date)
        theirs = self._ask(self.chloe)
        page = self._page(f"/forum/moderation/discussion/{theirs.id}")
        self.assertNotIn("/suspendre", page, "she is of another network")
        self.assertEqual(self._post(f"/moderation/suspendus/{self.chloe.id}", reason="x").status_code, 404)

    # The bin and the log

    def test_what_lies_in_the_bin_is_found_again(self):
        question = self._ask(self.alice, "À retrouver", audience_network_ids=self.blue.ids)
        question.with_env(self._as(self.maud))._remove("Une annonce")
        self._log_in(self.gus)
        self.assertNotIn("À retrouver", self._page("/moderation/corbeille"))
        self.assertNotIn("Une annonce", self._page("/moderation/journal"))
        self._log_in(self.maud)
        page = self._page("/moderation/corbeille")
        self.assertIn("À retrouver", page)
        self.assertIn("Une annonce", page)
        self.assertIn(f"/forum/moderation/discussion/{question.id}", page)
        page = self._page("/moderation/journal")
        self.assertIn("Une annonce", page)
        self.assertIn(self.maud.name, page)

    def test_the_log_has_pages(self):
        answer = self._answer(self.alan, self._ask(self.alice))
        mine = answer.with_env(self._as(self.maud))
        for number in range(16):
            mine._hide(f"Masqué {number}")
            mine._show(f"Montré {number}")
        self._log_in(self.maud)
        first, second = (self._page(f"/moderation/journal?page={page}") for page in (1, "deux"))
        self.assertEqual((first.count("Masqué 0<"), second.count("Montré 15<")), (0, 1))
        self.assertIn("Masqué 0<", self._page("/moderation/journal?page=2"))

    # What waits

    def test_an_answer_and_a_comment_wait_and_are_accepted(self):
        question = self._ask(self.chloe)
        self.env["ir.config_parameter"].set_param("collab_contribution.reviewed", "2")
        self._log_in(self.alice)
        self._post(f"/forum/{question.id}/repondre", contenu="Ma réponse", jeton="a")
        self._post(f"/forum/{question.id}/commenter", body="Mon commentaire")
        page = self._page(f"/forum/{question.id}")
        self.assertEqual(page.count("En attente d’un modérateur"), 2, "of the answer, and of the comment")
        self._log_in(self.alan)
        page = self._page(f"/forum/{question.id}")
        for text in ("Ma réponse", "Mon commentaire"):
            self.assertNotIn(text, page)
        self._log_in(self.maud)
        page = self._page("/moderation")
        self.assertIn("2 textes vous attendent", page)
        self.env["collab.notification"].search([]).unlink()
        for url in re.findall(r'formaction="(/forum/moderation/[^"#]+/accepter)#', page):
            self._post(url, file="1")
        self.assertIn(("chloe", "forum_first_answer", "each"), self._waiting())
        self._log_in(self.alan)
        page = self._page(f"/forum/{question.id}")
        for text in ("Ma réponse", "Mon commentaire"):
            self.assertIn(text, page)

    # Comments

    def test_a_comment_is_flagged_with_a_reason(self):
        question = self._ask(self.alice)
        comment = self._comment(self.chloe, question)
        self._log_in(self.alan)
        url = f"/signaler/commentaire/{comment.id}"
        self.assertIn(url, self._page(f"/forum/{question.id}"))
        self.assertIn("Dites pourquoi en quelques mots.", self._said(self._post(url, reason=" ")))
        answer = self._post(url, reason="Trop familier")
        self.assertIn("Signalé aux modérateurs. Vous saurez ce qu’ils décident.", self._said(answer))
        self.assertEqual(comment.sudo()._flags().reason, "Trop familier")
        answer = self._post(url, reason="Je le redis")
        self.assertIn("Je le redis</textarea>", self._said(answer), "what was typed is kept")
        self._log_in(self.maud)
        self.assertIn("Trop familier", self._page("/moderation"))

    def test_one_corrects_and_withdraws_one_s_own_comment_and_no_other(self):
        question = self._ask(self.alice)
        comment = self._comment(self.alan, question)
        url = f"/forum/commentaires/{comment.id}"
        self._log_in(self.chloe)
        for address in (
            f"{url}/corriger",
            f"/supprimer/commentaire/{comment.id}",
            f"/remettre/commentaire/{comment.id}",
        ):
            self.assertEqual(self._post(address, body="x").status_code, 404)
            self.assertNotIn(address, self._page(f"/forum/{question.id}"))
        self._log_in(self.alan)
        answer = self._post(f"{url}/corriger", body=" ")
        self.assertIn('role="alert"', self._said(answer))
        self._post(f"{url}/corriger", body="Bien mieux")
        self.assertEqual(comment.body, "Bien mieux")
        for _time in range(2):
            # The page shows it when it has just been corrected; and its place, when it has just been deleted.
            self.assertNotIn("Bien mieux", self._said(self._post(f"/supprimer/commentaire/{comment.id}")))
            self.assertFalse(comment.active)
        self.assertNotIn("Vous avez supprimé", self._page(f"/forum/{question.id}"))

    def test_a_comment_that_one_does_not_read_answers_like_none(self):
        question = self._ask(self.alice, audience_network_ids=self.blue.ids)
        comment = self._comment(self.alan, question)
        self._log_in(self.chloe)
        for number in (comment.id, comment.id + 1000):
            for address in (
                f"/signaler/commentaire/{number}",
                f"/forum/commentaires/{number}/corriger",
                *(f"/{action}/commentaire/{number}" for action in ("supprimer", "remettre")),
            ):
                self.assertEqual(self._post(address, reason="x", body="x").status_code, 404)

    # The screens of the federations

    def test_the_menus_of_the_federations_are_ours(self):
        stock = self.env["ir.model.data"].search([("module", "=", "website_forum"), ("model", "=", "ir.ui.menu")])
        stock = self.env["ir.ui.menu"].with_context(active_test=False).browse(stock.mapped("res_id")).exists()
        self.assertTrue(stock)
        ours = (
            "collab_forum.menu_discussion",
            *(f"collab_contribution.menu_{name}" for name in ("queue", "flag", "log")),
        )
        for person in (self.maud, self.ada):
            seen = self._menus(person)
            self.assertFalse(seen & set(stock.ids), person.login)
            self.assertTrue(seen >= {self.env.ref(name).id for name in ours}, person.login)

    def _menus(self, person):
        """:return set[int]: the menus that this person finds, from the first one on"""
        menus, found = self._as(person)["ir.ui.menu"].load_menus(False), set()
        below = list(menus["root"]["children"])
        while below:
            number = below.pop()
            found.add(number)
            below += menus[number]["children"]
        return found

    def test_a_screen_leads_to_the_page_and_changes_nothing(self):
        answer = self._answer(self.alan, self._ask(self.alice))
        comment = self._comment(self.alice, answer)
        comment.with_env(self._as(self.alan))._report("x")
        comment.with_env(self._as(self.maud))._hide("y")
        flag = comment.sudo()._flags().with_env(self._as(self.maud))
        action = self._as(self.maud)["collab.action"].search([], limit=1)
        case = f"/forum/moderation/commentaire/{comment.id}"
        self.assertEqual([record.action_open_page()["url"] for record in (flag, action)], [case] * 2)
        mine = answer.with_env(self._as(self.maud))
        self.assertEqual(mine.action_open_page()["url"], f"/forum/{answer.parent_id.id}#reponse-{answer.id}")
        for model in ("forum.post", "collab.flag", "collab.action"):
            views = self.env["ir.ui.view"].search([("model", "=", model), ("type", "in", ("list", "form"))])
            for view in views.filtered(lambda view: view.xml_id.startswith("collab_forum.")):
                self.assertIn('create="0" edit="0" delete="0"', view.arch, view.xml_id)
