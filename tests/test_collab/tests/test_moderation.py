import io
import json
import re

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from odoo.addons.collab_comptes.exceptions import AlreadyDone

from .world import World


@tagged("post_install", "-at_install")
class TestModeration(World, HttpCase):
    """Moderation is the same for each content and for what is said under it: flagged, hidden, removed, restored,
    contested, and written in the log; a content that only declares itself is moderated too."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.default"].set("res.partner", "lang", "fr_FR")
        # A second moderator of the network, who has decided nothing.
        cls.ben = cls._user("ben", "moderator", networks=cls.blue)
        for person in (cls.wanda, cls.bea, cls.ben, cls.greta, cls.gus, cls.ada):
            person.write({"email": f"{person.login}@example.org", "lang": "fr_FR"})
        charter = cls.env["collab.charter"].browse(cls.env["collab.charter"]._current_id())
        cls.ben._accept_charter(charter, "127.0.0.1")
        cls.reader = cls._user("rita", organisation=cls.houses[cls.blue])
        cls.reader._accept_charter(charter, "127.0.0.1")

    def setUp(self):
        super().setUp()
        env = self.env(user=self.wanda, su=False)
        blue = {"audience_network_ids": self.blue.ids}
        document = self._deposit(self.wanda, "Guide", **blue)
        question = env["forum.post"].create(
            {
                "name": "Titre",
                "content": "<p>x</p>",
                "forum_id": next(iter(env["forum.forum"]._by_theme().values())),
                **blue,
            }
        )
        answer = env["forum.post"].create({"parent_id": question.id, "content": "<p>Réponse</p>"})
        self._let_members_plan()
        self.texts = [
            document,
            question,
            answer,
            env["collab.document.comment"].create({"document_id": document.id, "body": "Sous le guide"}),
            env["collab.forum.comment"].create({"post_id": question.id, "body": "Sous la question"}),
            env["test.collab.leaflet"].create({"name": "Feuillet", "body": "Plié", **blue}),
            news := env["collab.news"].create({"name": "Annonce", "content": "<p>Venez</p>", **blue}),
            env["collab.news.comment"].create({"news_id": news.id, "body": "Sous l’annonce"}),
            date := self._planned(env, name="Réunion", content="<p>Venez</p>", **blue),
            env["collab.event.comment"].create({"event_id": date.id, "body": "Sous la réunion"}),
        ]
        self.assertEqual({text._name for text in self.texts}, set(env["collab.queue"]._names()), "none is forgotten")
        self.env["collab.notification"].search([]).unlink()

    def _deposit(self, person, title, **vals):
        content = title.encode()
        upload = self.env(user=person, su=False)["collab.upload"]._start("guide.txt", len(content))
        upload._append(0, io.BytesIO(content))
        folder = self.env.ref("collab_ressources.directory_tools")
        return upload._deposit({"title": title, "directory_id": folder.id, **vals})

    def _seen_by(self, person, text):
        text = text.with_user(person)
        text.invalidate_recordset()
        return bool(text.search_count([("id", "=", text.id)]))

    def _log(self, text):
        return self.env["collab.action"].search(self.env["collab.action"]._naming_domain(text), order="id")

    def _told(self, person):
        rows = self.env["collab.notification"].search([("user_id", "=", person.id), ("state", "=", "waiting")])
        return rows.mapped("kind")

    def test_what_a_moderator_hides_is_read_by_its_author_and_the_federations_alone(self):
        for text in self.texts:
            with self.subTest(text._name):
                self.assertTrue(self._seen_by(self.reader, text))
                text.with_user(self.bea)._hide("Trop précis")
                self.assertFalse(self._seen_by(self.reader, text))
                self.assertTrue(self._seen_by(self.wanda, text))
                self.assertTrue(self._seen_by(self.ben, text))
                self.assertIn("moderation", self._told(self.wanda))
                text.with_user(self.ben)._show("Finalement non")
                self.assertTrue(self._seen_by(self.reader, text))
                self.assertEqual(self._log(text).mapped("kind"), ["hide", "show"])
                self.assertEqual(self._log(text).mapped("author_id"), self.wanda)

    def test_what_a_reader_flags_awaits_the_moderators_of_the_network(self):
        for text in self.texts:
            with self.subTest(text._name):
                text.with_user(self.reader)._report("Une personne est nommée")
                rows = [row for row in self._queue(self.bea) if (row["model"], row["id"]) == (text._name, text.id)]
                self.assertEqual([row["what"] for row in rows], ["flag"])
                self.assertEqual(rows[0]["reasons"], ["Une personne est nommée"])
                self.assertFalse([row for row in self._queue(self.gus) if row["model"] == text._name])
                text.with_user(self.bea)._answer_flags("Rien à redire")
                self.assertIn("flag", self._told(self.reader))
        self.assertFalse(self._queue(self.bea))

    def _queue(self, person):
        return self.env(user=person, su=False)["collab.queue"]._rows()

    def test_the_menu_says_how_many_rows_the_queue_has(self):
        for number, text in enumerate(self.texts, 1):
            text.with_user(self.reader)._report("x")
            queue = self.env(user=self.bea, su=False)["collab.queue"]
            self.assertEqual((queue._count(), len(queue._items())), (number, number))
        self.assertEqual(self.env(user=self.gus, su=False)["collab.queue"]._count(), 0)
        self.assertEqual(self.env(user=self.reader, su=False)["collab.queue"]._count(), 0)
        with self.assertRaises(AccessError):
            self.env(user=self.reader, su=False)["collab.queue"]._items()

    def test_what_is_removed_lies_in_the_bin_and_is_restored_in_one_press(self):
        # What lies under another first: it goes with it.
        for text in reversed(self.texts):
            with self.subTest(text._name):
                text.with_user(self.bea)._remove("Doublon")
                self.assertFalse(self._seen_by(self.reader, text))
                queue = self.env(user=self.ben, su=False)["collab.queue"]
                titles = [row["title"] for row in queue._bin()]
                self.assertEqual(titles, [text._title()])
                text.with_user(self.ben)._restore()
                self.assertTrue(self._seen_by(self.reader, text))
                self.assertEqual(self._log(text).mapped("kind"), ["remove", "restore"])

    def test_an_author_contests_and_another_moderator_answers(self):
        for text in self.texts:
            with self.subTest(text._name):
                text.with_user(self.bea)._hide("Trop précis")
                decision = self._log(text)
                for stranger in (self.reader, self.greta, self.bea):
                    with self.assertRaises(UserError):
                        decision.with_user(stranger)._contest("Moi aussi")
                mine = decision.with_user(self.wanda)
                mine._contest("Personne n’est nommé")
                with self.assertRaises(AlreadyDone):
                    mine._contest("Je le redis")
                self.assertFalse(self._queue(self.bea), "not whoever has decided")
                self.assertIn("queue", self._told(self.ben))
                for other in (self.ben, self.ada):
                    [row] = self._queue(other)
                    self.assertEqual((row["what"], row["reasons"]), ("contest", ["Personne n’est nommé"]))
                    self.assertEqual(row["decision"]["reason"], "Trop précis")
                with self.assertRaises(AccessError):
                    text.with_user(self.bea)._uphold("Je maintiens")
                text.with_user(self.ben)._show("Vous avez raison")
                self.assertFalse(self._queue(self.ben))
                self.assertEqual(self._log(text).mapped("kind"), ["hide", "contest", "show"])
                self.assertEqual(mine._contestation().outcome, "reverse")

    def test_a_decision_that_is_upheld_is_not_contested_again(self):
        document = self.texts[0]
        document.with_user(self.bea)._remove("Doublon")
        decision = self._log(document)
        decision.with_user(self.wanda)._contest("Ce n’en est pas un")
        document.with_user(self.ben)._uphold("C’en est un")
        self.assertFalse(document.active)
        self.assertEqual(self._log(document).mapped("kind"), ["remove", "contest", "uphold"])
        self.assertFalse(self._log(document)[-1].with_user(self.wanda)._may_be_contested())
        self.env["collab.notification"].search([]).unlink()

    def test_whoever_decides_alone_answers_what_is_contested(self):
        """Otherwise nobody would."""
        document = self.texts[0]
        everybody = self.env["res.users"].search(
            [("all_group_ids", "in", self.env.ref("collab_reseaux.group_moderator").ids)]
        )
        document.with_user(self.ada)._hide("x")
        self._log(document).with_user(self.wanda)._contest("y")
        self.assertFalse(self._queue(self.ada))
        (everybody - self.ada).sudo().active = False
        self.assertEqual([row["what"] for row in self._queue(self.ada)], ["contest"])

    def test_what_is_contested_does_not_leave_the_bin_for_good(self):
        comment = self.texts[3]
        comment.with_user(self.bea)._remove("x")
        self._log(comment).with_user(self.wanda)._contest("y")
        self.env.flush_all()
        self.env.cr.execute("UPDATE collab_document_comment SET removed_date = removed_date - interval '60 days'")
        comment.invalidate_recordset()
        comment.sudo()._gc_bin()
        self.assertTrue(comment.exists())
        comment.with_user(self.ben)._uphold("z")
        comment.sudo()._gc_bin()
        self.assertFalse(comment.exists())
        self.assertEqual(
            self.env["collab.action"].search([("res_model", "=", comment._name)]).mapped("kind"),
            ["uphold", "contest", "remove"],
            "the log stays",
        )

    def test_the_first_texts_of_a_member_wait_whatever_they_are(self):
        self.env["ir.config_parameter"].set_param("collab_contribution.reviewed", "99")
        document = self._deposit(self.reader, "Premier")
        leaflet = self.env["test.collab.leaflet"].with_user(self.reader).create({"name": "Premier"})
        comment = (
            self.env["collab.document.comment"]
            .with_user(self.reader)
            .create({"document_id": self.texts[0].id, "body": "Premier"})
        )
        for text in (document, leaflet, comment):
            with self.subTest(text._name):
                self.assertEqual(text.state, "pending")
                self.assertFalse(self._seen_by(self.wanda, text))
                self.assertIn("pending", [row["what"] for row in self._queue(self.bea)])
                text.with_user(self.bea)._accept()
                self.assertTrue(self._seen_by(self.wanda, text))

    def test_what_a_moderator_has_corrected_is_not_undone_by_its_author_alone(self):
        for text in self.texts:
            field = next(iter(text._words().values()))
            with self.subTest(text._name):
                text.with_user(self.bea)._correct({field: "Corrigé"}, "Un nom")
                text.write({field: "Remis"})
                self.assertIn("Corrigé", text.sudo()[field])
                self.assertEqual(len(self.env["collab.edit"]._of(text)), 1)
                rows = [row for row in self._queue(self.bea) if (row["model"], row["id"]) == (text._name, text.id)]
                self.assertEqual([row["what"] for row in rows], ["edit"])

    def test_nobody_puts_a_document_in_the_bin_without_a_reason(self):
        document = self.texts[0]
        for person in (self.bea, self.ada):
            with self.assertRaises(AccessError):
                document.with_user(person).write({"active": False})
            with self.assertRaises(UserError):
                document.with_user(person)._remove("  ")
        self.assertTrue(document.active)

    def test_what_a_moderator_tidies_from_a_screen_is_in_the_log(self):
        document = self.texts[0]
        theme = self.env["collab.theme"].search([], limit=1)
        document.with_user(self.bea).write({"theme_id": theme.id})
        self.assertEqual(self._log(document).mapped("kind"), ["tidy"])
        document.write({"title": "Guide relu"})
        self.assertEqual(document.title, "Guide relu", "her words do not wait for that")
        self.assertNotIn("moderation", self._told(self.wanda), "nothing of what he says has changed")
        document.with_user(self.bea).write({"title": "Guide 2026"})
        self.assertIn("Guide", self._log(document)[-1].detail)
        self.assertIn("moderation", self._told(self.wanda))

    def test_what_is_out_of_date_is_told_to_its_owner_and_not_to_the_queue(self):
        document = self.texts[0]
        document.with_user(self.reader)._say_outdated("Le seuil a changé")
        self.assertFalse(self._queue(self.bea))
        self.assertIn("care", self._told(self.wanda))
        document.with_user(self.reader)._report("Une personne est nommée")
        self.assertEqual([row["what"] for row in self._queue(self.bea)], ["flag"])
        document._still_good()
        self.assertEqual(document.sudo()._flags("outdated").outcome, "keep")
        self.assertFalse(document.sudo()._flags("rules").is_closed)

    # Pages

    def _log_in(self, person):
        self.authenticate(person.login, f"{person.login}-password-2026")
        self.token = re.search(r'name="csrf_token" value="([^"]+)"', self.url_open("/forum/demander").text)[1]

    def _post(self, url, **fields):
        answer = self.url_open(url, data={"csrf_token": self.token, **fields})
        self.env.invalidate_all()
        return answer

    def test_each_text_has_a_page_for_its_moderators_and_for_nobody_else(self):
        self.env.flush_all()
        for person, status in (
            (self.bea, 200),
            (self.ada, 200),
            (self.gus, 404),
            (self.reader, 404),
            (self.wanda, 404),
        ):
            self._log_in(person)
            for text in self.texts:
                with self.subTest(text._name, person=person.login):
                    self.assertEqual(self.url_open(text._case_url()).status_code, status)
        self.assertEqual(self.url_open("/moderation").status_code, 404)

    def test_a_moderator_hides_corrects_and_restores_from_the_pages(self):
        self._log_in(self.bea)
        ready = self.env["collab.reason"].search([], limit=1)
        for text in self.texts:
            url = text._case_url()
            with self.subTest(text._name):
                answer = self._post(f"{url}/masquer")
                self.assertIn("Dites", answer.text)
                self.assertEqual(text.sudo().state, "active")
                self._post(f"{url}/masquer", motif=ready.id, reason="Au deuxième paragraphe")
                self.assertEqual(text.sudo().state, "hidden")
                self.assertEqual(
                    self._log(text).reason,
                    f"{ready.name} (charte : {ready.article}). Au deuxième paragraphe".replace(
                        " :", "\N{NO-BREAK SPACE}:"
                    ),
                )
                self._post(f"{url}/montrer", reason="x")
                self._post(f"{url}/supprimer", reason="x")
                self.assertFalse(text.sudo().active)
                self.assertIn(f'action="{url}/remettre"', self.url_open("/moderation/corbeille").text)
                answer = self._post(f"{url}/remettre", file="corbeille")
                self.assertTrue(answer.url.partition("?")[0].endswith("/moderation/corbeille"))
                self.assertTrue(text.sudo().active)

    def test_an_author_reads_the_decision_and_contests_it_on_its_page(self):
        comment = self.texts[3]
        comment.with_user(self.bea)._hide("Trop précis")
        decision = self._log(comment)
        url = f"/moderation/avis/{decision.id}"
        for stranger in (self.reader, self.greta):
            self._log_in(stranger)
            self.assertEqual(self.url_open(url).status_code, 404)
            self.assertEqual(self._post(f"{url}/contester", reason="x").status_code, 404)
        self._log_in(self.wanda)
        self.assertIn("Trop précis", self.url_open(url).text)
        self._post(f"{url}/contester", reason="Personne n’est nommé")
        self.assertEqual(decision._contestation().reason, "Personne n’est nommé")
        self._log_in(self.ben)
        self.assertIn("Personne n", self.url_open("/moderation").text)

    def test_a_text_is_flagged_from_the_page_where_it_is_read(self):
        document, comment = self.texts[0], self.texts[3]
        self.env.flush_all()
        self._log_in(self.reader)
        page = self.url_open(f"/ressources/{document.id}").text
        for text, slug in ((document, "document"), (comment, "commentaire-document")):
            url = f"/signaler/{slug}/{text.id}"
            self.assertIn(url, page)
            self.assertIn('role="alert"', self._post(url, reason=" ").text)
            self._post(url, reason="Une personne est nommée")
            self.assertEqual(text.sudo()._flags("rules").reason, "Une personne est nommée")
        self._log_in(self.greta)
        self.assertEqual(self._post(f"/signaler/document/{document.id}", reason="x").status_code, 404)
        self.assertEqual(self._post("/signaler/rien/1", reason="x").status_code, 404)

    def test_who_writes_something_that_waits_is_told_so(self):
        self.env["ir.config_parameter"].set_param("collab_contribution.reviewed", "99")
        self._log_in(self.reader)
        theme = self.env["collab.theme"].search([], limit=1)
        answer = self._post("/forum/demander", titre="Qui sait ?", contenu="Dites.", theme=theme.id, jeton="a")
        self.assertIn("Enregistré. Un modérateur le relira avant de le publier.", answer.text)
        self.assertNotIn("posée", answer.text)
        document = self._deposit(self.reader, "Premier")
        self.assertIn("Enregistré. Un modérateur le relira", self.url_open(f"/ressources/{document.id}").text)
        files = []
        for title in ("Deuxième", "Troisième"):
            upload = self.env(user=self.reader, su=False)["collab.upload"]._start("guide.txt", len(title.encode()))
            upload._append(0, io.BytesIO(title.encode()))
            files.append({"id": upload.id, "title": title})
        folder = self.env.ref("collab_ressources.directory_tools").id
        answer = self._post("/ressources/depot", files=json.dumps(files), folder=folder)
        page = self.url_open(answer.json()["redirect"]).text
        self.assertIn("2 documents déposés. Un modérateur les relira avant de les publier.", page)

    # What a hostile reading has found

    def test_two_decisions_about_one_text_are_contested_and_answered_apart(self):
        text = self.texts[1]
        text.with_user(self.bea)._correct({"name": "Corrigé"}, "Un nom")
        text.with_user(self.ben)._hide("Un autre nom")
        corrected, hidden = self._log(text)
        for decision in (corrected, hidden):
            decision.with_user(self.wanda)._contest("Personne n’est nommé")
        # Each answers what the other has decided.
        text.with_user(self.bea)._show("Vous avez raison")
        self.assertEqual(hidden._contestation().outcome, "reverse")
        self.assertFalse(corrected._contestation().is_closed, "hidden and shown again, it is still corrected")
        text.with_user(self.ben)._uphold("Le nom y était")
        self.assertEqual(corrected._contestation().outcome, "keep")

    def test_who_has_decided_answers_nothing_by_hiding_and_showing_again(self):
        text = self.texts[3]
        text.with_user(self.bea)._correct({"body": "Corrigé"}, "Un nom")
        [decision] = self._log(text)
        decision.with_user(self.wanda)._contest("Personne n’est nommé")
        text.with_user(self.bea)._hide("x")
        text.with_user(self.bea)._show("y")
        text.with_user(self.bea)._correct({"body": "Corrigé encore"}, "Un autre")
        self.assertFalse(decision._contestation().is_closed)
        text.with_user(self.ben)._correct({"body": "Sous le guide"}, "Rendu à son auteur")
        self.assertEqual(decision._contestation().outcome, "reverse")

    def test_a_moderator_is_no_judge_of_what_he_wrote(self):
        answer = (
            self.env["forum.post"]
            .with_user(self.ben)
            .create({"parent_id": self.texts[1].id, "content": "<p>La mienne</p>"})
        )
        answer.with_user(self.bea)._hide("Trop précis")
        with self.assertRaises(AccessError):
            answer.with_user(self.ben)._show("Non")
        decision = self._log(answer)
        decision.with_user(self.ben)._contest("Non")
        self.assertFalse(self._queue(self.ben))
        with self.assertRaises(AccessError):
            answer.with_user(self.ben)._uphold("x")
        self.assertEqual([row["what"] for row in self._queue(self.ada)], ["contest"])

    def test_what_has_been_undone_is_not_contested(self):
        document = self.texts[0]
        document.with_user(self.bea)._hide("x")
        decision = self._log(document).with_user(self.wanda)
        document.with_user(self.bea)._show("y")
        self.assertFalse(decision._may_be_contested())
        with self.assertRaises(UserError):
            decision._contest("z")

    def test_the_log_names_to_an_author_no_document_that_is_closed_to_him(self):
        document = self.texts[0]
        closed = self._deposit(self.greta, "Titre fermé", audience_network_ids=self.green.ids)
        document.with_user(self.ada).write({"status": "replaced", "replaced_by_id": closed.id})
        document.with_user(self.ada).write({"status": "current", "replaced_by_id": False})
        for action in self._log(document):
            self.assertNotIn("Titre fermé", action.detail or "")
        self._log_in(self.wanda)
        for action in self._log(document):
            self.assertNotIn("Titre fermé", self.url_open(f"/moderation/avis/{action.id}").text)

    def test_nothing_is_published_that_has_changed_since_a_moderator_has_read_it(self):
        self.env["ir.config_parameter"].set_param("collab_contribution.reviewed", "99")
        leaflet = self.env["test.collab.leaflet"].with_user(self.wanda).create({"name": "Premier"})
        self._log_in(self.bea)
        page = self.url_open(leaflet._case_url()).text
        stamp = re.search(r'name="empreinte" value="([^"]+)"', page)[1]
        leaflet.write({"name": "Tout autre chose"})
        answer = self._post(f"{leaflet._case_url()}/accepter", empreinte=stamp)
        self.assertIn('role="alert"', answer.text)
        self.assertEqual(leaflet.sudo().state, "pending")

    def test_a_new_version_by_somebody_who_is_reviewed_waits_too(self):
        document = self.texts[0]
        self.env["ir.config_parameter"].set_param("collab_contribution.reviewed", "99")
        upload = self.env(user=self.wanda, su=False)["collab.upload"]._start("autre.txt", 5)
        upload._append(0, io.BytesIO(b"autre"))
        upload._replace(document)
        self.assertEqual(document.sudo().state, "pending")
        self.assertFalse(self._seen_by(self.reader, document))

    def test_what_is_hidden_is_new_to_nobody(self):
        self.env.cr.execute("UPDATE res_users SET create_date = create_date - interval '1 day'")
        self.env.invalidate_all()
        for text in (self.texts[0], self.texts[5]):
            contents = self.env[text._name].with_user(self.reader)
            before = contents._count_new()
            text.with_user(self.bea)._hide("x")
            self.assertEqual(contents._count_new(), before - 1, text._name)

    def test_flags_of_what_is_merged_or_removed_await_nobody(self):
        kept, merged = self.texts[0], self._deposit(self.wanda, "Doublon", audience_network_ids=self.blue.ids)
        merged.with_user(self.reader)._report("Un nom")
        merged.with_user(self.reader)._say_outdated("Vieux")
        merged.with_user(self.bea)._merge_into(kept.with_user(self.bea))
        self.assertFalse(self._queue(self.bea))
        self.assertTrue(all(flag.is_closed for flag in merged.sudo()._flags()))

    def test_an_author_withdraws_once_what_a_moderator_has_removed_already(self):
        comment = self.texts[3]
        comment.with_user(self.bea)._remove("x")
        self._log(comment).with_user(self.wanda)._contest("y")
        removed = comment.sudo().removed_date
        comment._withdraw()
        self.assertEqual(comment.sudo().removed_date, removed)
        self.assertFalse(self._log(comment)[0]._contestation().is_closed)
