import io
import re
import zipfile
from datetime import timedelta

from odoo.tests import HttpCase, tagged

from odoo.addons.collab_charte.tests.common import CharterCase


@tagged("post_install", "-at_install")
class TestLibraryPages(CharterCase, HttpCase):
    """What the pages of the library say, give and refuse, to each."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.default"].set("res.partner", "lang", "fr_FR")
        cls.folder = cls.env.ref("collab_ressources.directory_tools")
        organisation = cls._organisation("Association", [cls.blue], [cls.port])
        cls.alice = cls._user("alice", organisation=organisation)
        cls.alan = cls._user("alan", organisation=organisation)
        cls.chloe = cls._user("chloe", organisation=cls._organisation("Autre", [cls.green], [cls.port]))
        (cls.alice | cls.alan | cls.chloe).lang = "fr_FR"

    def _deposit(self, user, content=b"%PDF-1.4", name="note.pdf", **vals):
        upload = self.env(user=user, su=False)["collab.upload"]._start(name, len(content))
        upload._append(0, io.BytesIO(content))
        return upload._deposit({"title": "Note", "directory_id": self.folder.id, **vals})

    def _as(self, person):
        self.authenticate(person.login, f"{person.login}-password-2026")
        self.token = re.search(r'name="csrf_token" value="([^"]+)"', self.url_open("/ressources/depot").text)[1]

    def _post(self, url, **fields):
        return self.url_open(url, data={"csrf_token": self.token, **fields})

    def _correct(self, document, **fields):
        page = self.url_open(f"/ressources/{document.id}/corriger").text
        stamp = re.search(r'name="empreinte" value="([^"]+)"', page)[1]
        return {"empreinte": stamp, "title": document.title, "folder": self.folder.id, "status": "current", **fields}

    def test_the_folder_of_one_s_last_deposit_is_proposed(self):
        proposed = f'<option value="{self.folder.id}" selected="selected">'
        self._as(self.alice)
        self.assertNotIn(proposed, self.url_open("/ressources/depot").text)
        self._deposit(self.alice)
        self.assertIn(proposed, self.url_open("/ressources/depot").text)
        # What is asked for goes before.
        other = self.env.ref("collab_ressources.directory_minutes")
        page = self.url_open(f"/ressources/depot?dossier={other.id}").text
        self.assertIn(f'<option value="{other.id}" selected="selected">', page)
        self.assertNotIn(proposed, page)

    def test_replaced_by_oneself_or_by_what_one_may_not_read_is_refused(self):
        document, other = self._deposit(self.alice), self._deposit(self.alice)
        hidden = self._deposit(self.chloe, audience_network_ids=self.green.ids)
        self._as(self.alice)
        for link in (document.id, hidden.id, hidden.id + 1000, "x"):
            form = self._correct(document, status="replaced", replaced_by=f"/ressources/{link}")
            answer = self._post(f"/ressources/{document.id}/corriger", **form)
            self.assertIn("Remplacé par", answer.text)
            self.assertFalse(document.replaced_by_id)
        form = self._correct(
            document, status="replaced", replaced_by=f"https://plateforme.example/ressources/{other.id}"
        )
        self._post(f"/ressources/{document.id}/corriger", **form)
        document.invalidate_recordset()
        self.assertEqual(document.replaced_by_id, other)
        form = self._correct(other, status="replaced", replaced_by=f"/ressources/{document.id}")
        answer = self._post(f"/ressources/{other.id}/corriger", **form)
        self.assertIn("se remplaceraient", answer.text)

    def test_an_archive_holds_what_its_reader_may_read(self):
        below = self.env["dms.directory"].create({"name": "Grilles", "parent_id": self.folder.id})
        closed = self.env["dms.directory"].create(
            {"name": "Interne", "parent_id": self.folder.id, "audience_network_ids": self.blue.ids}
        )
        self._deposit(self.alice, b"for all", "pour-tous.txt")
        self._deposit(self.alice, b"below", "dessous.txt", directory_id=below.id)
        self._deposit(self.alice, b"CANARY", "reserve.txt", audience_network_ids=self.blue.ids)
        self._deposit(self.alice, b"CANARY", "interne.txt", directory_id=closed.id)
        withdrawn = self._deposit(self.alice, b"CANARY", "retire.txt")
        withdrawn._withdraw()
        self._as(self.chloe)
        answer = self.url_open(f"/ressources/zip?dossier={self.folder.id}")
        self.assertEqual(answer.headers["Content-Type"], "application/zip")
        self.assertEqual(int(answer.headers["Content-Length"]), len(answer.content))
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            names = [name for name in archive.namelist() if name.endswith(".txt")]
            self.assertEqual(sorted(names), ["Outils/Grilles/dessous.txt", "Outils/pour-tous.txt"])
        self.assertNotIn(b"CANARY", answer.content)
        ticked = "&".join(f"documents={document}" for document in self.env["dms.file"].search([]).ids)
        answer = self.url_open(f"/ressources/zip?{ticked}")
        self.assertNotIn(b"CANARY", answer.content)
        self.assertEqual(self.url_open(f"/ressources/zip?dossier={closed.id}").status_code, 404)
        self.assertEqual(self.url_open("/ressources/zip").status_code, 404)

    def test_what_is_taken_at_once_is_bounded(self):
        self._deposit(self.alice)
        self._as(self.alan)
        self.patch(type(self.env["ir.attachment"]), "_contents_of", lambda *args: ({}, 3 * 1024**3))
        answer = self.url_open(f"/ressources/zip?dossier={self.folder.id}")
        self.assertIn("Trop de documents à la fois", answer.text)

    def _word(self):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name in ("[Content_Types].xml", "word/document.xml"):
                archive.writestr(name, "x")
        return buffer.getvalue()

    def test_only_what_a_browser_shows_without_danger_is_shown(self):
        self._as(self.alan)
        for name, content, status in (
            ("note.pdf", b"%PDF-1.4", 200),
            ("note.txt", "<b>L'été</b> & l'hiver".encode(), 404),
            ("note.docx", self._word(), 404),
        ):
            document = self._deposit(self.alice, content, name)
            answer = self.url_open(f"/ressources/{document.id}/apercu")
            self.assertEqual(answer.status_code, status, name)
            page = self.url_open(f"/ressources/{document.id}").text
            if name.endswith(".txt"):
                self.assertIn("&lt;b&gt;L'été&lt;/b&gt; &amp; l'hiver", page.replace("&#39;", "'"))
            if name.endswith(".docx"):
                self.assertIn("Aperçu impossible pour ce format (DOCX)", page)
        document = self._deposit(self.alice, audience_network_ids=self.blue.ids)
        self._as(self.chloe)
        self.assertEqual(self.url_open(f"/ressources/{document.id}/apercu").status_code, 404)

    def test_a_part_of_a_reader_asks_for_a_part_of_the_file(self):
        """A large manual is read page by page: the viewer asks for what it shows."""
        document = self._deposit(self.alice, b"%PDF-1.4" + bytes(3 * 1024 * 1024))
        self._as(self.alan)
        answer = self.url_open(f"/ressources/{document.id}/apercu", headers={"Range": "bytes=0-99"})
        self.assertEqual((answer.status_code, len(answer.content)), (206, 100))

    def test_a_comment_that_is_refused_is_kept(self):
        document = self._deposit(self.alice)
        self._as(self.alan)
        answer = self._post(f"/ressources/{document.id}/commenter", body="é" * 5001)
        self.assertIn("Ce texte est trop long", answer.text)
        self.assertIn("é" * 5001, answer.text)
        self._post(f"/ressources/{document.id}/commenter", body="<b>Utile</b>")
        self.assertIn("&lt;b&gt;Utile&lt;/b&gt;", self.url_open(f"/ressources/{document.id}").text)

    def _forms(self, page, ending):
        """:return list[dict]: what the forms of a page carry, whose addresses end so"""
        found = re.findall(rf'<form[^>]*action="[^"]*{ending}".*?</form>', self.url_open(page).text, re.DOTALL)
        return [dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form)) for form in found]

    def test_a_form_that_is_sent_twice_says_it_once(self):
        document = self._deposit(self.alice)
        document._make_room()
        self._as(self.alan)
        page = f"/ressources/{document.id}"
        for ending, typed in (("/commenter", {"body": "Utile"}), ("/perime", {"reason": "Le seuil a changé"})):
            [hidden] = self._forms(page, ending)
            for _time in range(2):
                answer = self.url_open(page + ending, data={**hidden, **typed}, allow_redirects=False)
                self.assertEqual(answer.status_code, 303, ending)
        self.assertEqual(document.comment_ids.mapped("body"), ["Utile"])
        self.assertEqual(document.sudo()._flags("outdated").mapped("reason"), ["Le seuil a changé"])
        # A second remark, that one types on the same page after going back, is another one.
        [hidden] = self._forms(page, "/commenter")
        for body in ("Et encore", "Et enfin"):
            self.url_open(f"{page}/commenter", data={**hidden, "body": body})
        self.assertEqual(len(document.comment_ids), 3)
        self._as(self.alice)
        [hidden] = self._forms(page, "/restaurer")
        former = document.version_ids
        for _time in range(2):
            self.url_open(f"{page}/versions/{former.id}/restaurer", data=hidden)
        self.assertEqual(len(document.version_ids), 2)

    def test_the_words_and_versions_of_others_are_not_ones_own(self):
        document = self._deposit(self.alice)
        comment = (
            self.env["collab.document.comment"].with_user(self.alice).create({"document_id": document.id, "body": "A"})
        )
        elsewhere = self._deposit(self.alan)
        document._make_room()
        self._as(self.alan)
        base = f"/ressources/{document.id}"
        version = document.version_ids.id
        for url in (
            f"{base}/commentaires/{comment.id}/corriger",
            f"/supprimer/commentaire-document/{comment.id}",
            f"/remettre/commentaire-document/{comment.id}",
            f"/supprimer/document/{document.id}",
            f"{base}/versions/{version}/restaurer",
            f"/ressources/{elsewhere.id}/versions/{version}/restaurer",
        ):
            with self.subTest(url):
                self.assertEqual(self._post(url, body="B").status_code, 404)
        self.assertEqual(self.url_open(f"/ressources/{elsewhere.id}/versions/{version}").status_code, 404)
        self.assertEqual(comment.body, "A")

    def test_a_long_conversation_is_read_by_parts(self):
        document = self._deposit(self.alice)
        Comment = self.env["collab.document.comment"].with_user(self.alan)
        Comment.create([{"document_id": document.id, "body": f"Numéro {number}."} for number in range(60)])
        self._as(self.alice)
        page = self.url_open(f"/ressources/{document.id}").text
        self.assertIn("Numéro 59.", page)
        self.assertNotIn("Numéro 9.", page)
        older = re.search(r'href="([^"]+avant=\d+)', page)[1]
        self.assertIn("Numéro 9.", self.url_open(older).text)

    def test_what_a_mail_tells_is_stopped_by_a_post_alone(self):
        Preference = self.env["collab.notification.preference"]
        path = Preference._unsubscribe_url(self.alice, ["comment"]).removeprefix(Preference.get_base_url())
        self.authenticate(None, None)
        page = self.url_open(path)
        self.assertIn("Un commentaire sous un document suivi", page.text)
        self.assertNotIn("alice", page.text)
        self.assertEqual(Preference._rhythms({"comment": self.alice}), {("comment", self.alice.id): "each"})
        answer = self.url_open(path, data={"List-Unsubscribe": "One-Click"})
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(Preference._rhythms({"comment": self.alice}), {("comment", self.alice.id): "never"})
        self.assertEqual(Preference._rhythms({"care": self.alice}), {("care", self.alice.id): "each"})
        # A mail program would take the login page for a success.
        Preference._choose(self.alice, "comment", "each")
        answer = self.url_open(f"{path[:-2]}xx", data={"List-Unsubscribe": "One-Click"})
        self.assertEqual(answer.status_code, 404)
        self.assertEqual(Preference._rhythms({"comment": self.alice}), {("comment", self.alice.id): "each"})

    def test_preferences_are_chosen_and_nonsense_changes_nothing(self):
        self._as(self.alice)
        self._post("/mon-compte/notifications", comment="daily", care="always", x="never")
        Preference = self.env["collab.notification.preference"]
        self.assertEqual(Preference._rhythms({"comment": self.alice}), {("comment", self.alice.id): "daily"})
        self.assertEqual(Preference._rhythms({"care": self.alice}), {("care", self.alice.id): "each"})

    def test_the_pages_of_the_library_cost_the_same_with_more_documents(self):
        theme = self.env["collab.theme"].search([], limit=1)
        for person in (self.alice, self.alan):
            person.create_date -= timedelta(days=1)
        queries = {}
        self._as(self.alan)
        for number in (3, 25):
            documents = self.env["dms.file"]
            for _ in range(number):
                documents |= self._deposit(self.alice, theme_id=theme.id)
            documents.with_user(self.alan)._set_mark("favourite", True)
            self.env["collab.document.comment"].with_user(self.alice).create(
                [{"document_id": documents[0].id, "body": "x"} for _ in range(number)]
            )
            for name, url in {
                "all": "/ressources",
                "folder": f"/ressources?dossier={self.folder.id}",
                "filter": f"/ressources?theme={theme.id}&tri=use",
                "title": "/ressources?tri=title",
                "news": "/ressources/nouveautes",
                "favourites": "/ressources/favoris",
                "document": f"/ressources/{documents[0].id}",
            }.items():
                self.url_open(url)  # caches of the server
                before = self.env.cr.sql_log_count
                self.assertEqual(self.url_open(url).status_code, 200)
                queries.setdefault(name, []).append(self.env.cr.sql_log_count - before)
        for name, (few, many) in queries.items():
            with self.subTest(name, queries=(few, many)):
                self.assertLessEqual(many, few)
                self.assertLessEqual(many, 25)
