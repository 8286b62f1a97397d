import json
from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import Form, HttpCase, tagged

from .world import World


@tagged("post_install", "-at_install")
class TestCaps(World, HttpCase):
    """Nobody does in a day more than anybody would; and whoever has, loses nothing of what he has typed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for kind in ("upload", "question", "answer", "flag"):
            cls.env["ir.config_parameter"].set_param(f"collab_reseaux.daily_{kind}", "2")
        cls.forum = next(iter(cls.env["forum.forum"]._by_theme().values()))
        cls.questions = [cls._by(cls.greta, "forum.post").create(cls._question(number)) for number in range(2)]
        cls.document = cls.env["dms.file"].create(
            {"name": "note.txt", "title": "Note", "directory_id": cls.env.ref("collab_ressources.directory_tools").id}
        )

    @classmethod
    def _by(cls, person, model):
        return cls.env(user=person.id, su=False)[model]

    @classmethod
    def _question(cls, number):
        return {"name": f"Question {number} ?", "content": "<p>Je cherche.</p>", "forum_id": cls.forum}

    def setUp(self):
        super().setUp()
        self.authenticate("wanda", "wanda-password-2026")
        page = self.url_open("/ressources/depot").text
        self.token = page.partition('name="csrf_token" value="')[2].partition('"')[0]

    def _post(self, url, **data):
        return self.url_open(url, data={"csrf_token": self.token, **data})

    def test_questions(self):
        theme = str(self.env["forum.forum"].browse(self.forum).theme_id.id)
        said = "Vous avez posé le maximum de questions pour une journée (2). Posez celle-ci demain."
        for number in range(3):
            answer = self._post("/forum/demander", titre=f"Titre-{number}", contenu=f"Texte-{number}", theme=theme)
            self.assertEqual(said in answer.text, number == 2)
        self.assertIn("Titre-2", answer.text)
        self.assertIn("Texte-2", answer.text)
        self.assertEqual(self._by(self.wanda, "forum.post").search_count([("create_uid", "=", self.wanda.id)]), 2)

    def test_answers_and_comments_of_the_forum_and_of_the_library_count_together(self):
        said = (
            "Vous avez écrit le maximum de réponses et de commentaires pour une journée (2). Envoyez ce texte demain."
        )
        question = self.questions[0].id
        self.assertNotIn(said, self._post(f"/forum/{question}/repondre", contenu="Premier").text)
        self.assertNotIn(said, self._post(f"/ressources/{self.document.id}/commenter", body="Deuxième").text)
        for url, field in (
            (f"/forum/{question}/repondre", "contenu"),
            (f"/forum/{question}/commenter", "body"),
            (f"/ressources/{self.document.id}/commenter", "body"),
        ):
            answer = self._post(url, **{field: "Troisième texte"})
            with self.subTest(url):
                self.assertIn(said, answer.text)
                self.assertIn("Troisième texte", answer.text)
        # Removing one's comment gives nothing back.
        comment = self.document.comment_ids
        self._post(f"/supprimer/commentaire-document/{comment.id}")
        self.assertIn(said, self._post(f"/ressources/{self.document.id}/commenter", body="Encore").text)

    def test_flags_and_reports(self):
        said = "Vous avez fait le maximum de signalements pour une journée (2). Écrivez à votre fédération."
        self.assertNotIn(said, self._post(f"/signaler/discussion/{self.questions[0].id}", reason="Un nom").text)
        self.assertNotIn(said, self._post(f"/ressources/{self.document.id}/perime", reason="Périmé").text)
        answer = self._post(f"/signaler/discussion/{self.questions[1].id}", reason="Une adresse")
        self.assertIn(said, answer.text)
        self.assertIn("Une adresse", answer.text)

    def test_files(self):
        said = "Vous avez envoyé le maximum de fichiers pour une journée (2). Envoyez les autres demain."
        for number in range(3):
            answer = self._post("/envois", name="note.txt", size=5)
            self.assertEqual(said == json.loads(answer.text).get("error"), number == 2)
            if number < 2:
                # Given up, they have been announced all the same.
                headers = {"X-CSRF-Token": self.token}
                self.url_open(f"/envois/{answer.json()['id']}", method="DELETE", headers=headers)

    def test_it_is_by_person_and_by_day_and_the_platform_is_free(self):
        Count = self._by(self.wanda, "collab.daily.count")
        Count._take("flag", 2)
        with self.assertRaises(UserError):
            Count._take("flag")
        Count._take("question")
        self._by(self.greta, "collab.daily.count")._take("flag")
        Count.sudo()._take("flag", 100)
        today = Count._today()
        self.env["collab.daily.count"].search([]).day = today - timedelta(days=1)
        self.env.flush_all()
        Count._take("flag")
        self.env["collab.daily.count"]._gc_days()
        self.assertEqual(self.env["collab.daily.count"].search([("kind", "=", "flag")]).mapped("count"), [1])

    def test_an_administrator_chooses_how_many(self):
        ours = "collab_reseaux.res_config_settings_view_form"
        settings = Form(self.env["res.config.settings"].with_user(self.ada), view=ours)
        self.assertEqual(settings.collab_daily_flag, 2)
        settings.collab_daily_flag = 3
        settings.save().execute()
        self._by(self.wanda, "collab.daily.count")._take("flag", 3)
        self.env["ir.config_parameter"].set_param("collab_reseaux.daily_flag", False)
        self.assertEqual(Form(self.env["res.config.settings"], view=ours).collab_daily_flag, 30)
