import json
import re

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.collab_courrier.models.collab_notification import Event

from .test_matrix import Probes


@tagged("post_install", "-at_install")
class TestArchived(Probes, HttpCase):
    """What was addressed to a network, or a territory, that is archived since: it stays closed to the others, says
    so to those who read it, and no later edit opens it to everyone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.default"].set("res.partner", "lang", "fr_FR")
        (cls.wanda | cls.greta | cls.gus | cls.ada | cls.bea).lang = "fr_FR"
        # wanda wrote for her network; bea is of another one too, and moderates there.
        cls.env["collab.network"].browse(cls.blue.id).name = "Zinc"
        cls.bea.partner_id.network_ids |= cls.green
        cls.colleague = cls._user("colleague", organisation=cls.houses[cls.blue])
        cls.colleague._accept_charter(
            cls.env["collab.charter"].browse(cls.env["collab.charter"]._current_id()), "127.0.0.1"
        )
        cls.document, cls.question = cls.probes["dms.file"][2], cls.probes["forum.post"][2]
        cls.folder, cls.note = cls.folders[1], cls.probes["test.collab.note"][1]
        cls.document.with_env(cls.env).title = cls.question.with_env(cls.env).name = "CANARI"
        cls.folder.name = "CANARI"
        cls.closed = [record.with_env(cls.env) for record in (cls.document, cls.question, cls.folder, cls.note)]
        # What only its own territory reads.
        cls.greta.partner_id.territory_ids = cls.port
        cls.for_hills = cls._document(
            cls.env(user=cls.ada, su=False), 9, {"audience_territory_ids": cls.hills.ids}
        ).with_env(cls.env)
        # What is addressed to nobody by itself, and lies where only they go.
        cls.open_folder = cls.folders[0]
        cls.hills_folder = cls.env["dms.directory"].create(
            {"name": "H", "parent_id": cls.folder.parent_id.id, "audience_territory_ids": cls.hills.ids}
        )
        cls.below = cls.env["dms.directory"].create({"name": "B", "parent_id": cls.folder.id})
        cls.inside = cls._document(cls.env(user=cls.wanda, su=False), 7, {"directory_id": cls.folder.id})
        cls.inside_hills = cls._document(cls.env(user=cls.ada, su=False), 8, {"directory_id": cls.hills_folder.id})
        cls.inside, cls.inside_hills = cls.inside.with_env(cls.env), cls.inside_hills.with_env(cls.env)

    def setUp(self):
        super().setUp()
        self.counted = self._counts()
        self.blue.active = False
        self.hills.active = False
        self.env.invalidate_all()

    def _counts(self):
        Document, Post = self.env["dms.file"].with_user(self.greta), self.env["forum.post"].with_user(self.greta)
        return (
            Document._facets(Document._reading())["total"],
            Document._count_new(),
            Document.search_count([]),
            Post._facets(Post._reading())["total"],
            Post._count_new(),
        )

    def _log_in(self, person):
        self.authenticate(person.login, f"{person.login}-password-2026")
        self.token = re.search(r'name="csrf_token" value="([^"]+)"', self.url_open("/forum/demander").text)[1]

    def _post(self, url, **fields):
        answer = self.url_open(url, data={"csrf_token": self.token, **fields})
        self.env.invalidate_all()
        return answer

    def _call_kw(self, model, method, *args, **kwargs):
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
        answer = self.url_open("/web/dataset/call_kw", data=body, headers={"Content-Type": "application/json"})
        self.env.invalidate_all()
        return answer.json()

    def assertStaysClosed(self):
        for record in self.closed:
            self.assertEqual(record.audience_network_ids, self.blue, record)
            self.assertEqual(self.env["collab.audience"]._sides(record.audience_id.id)[0], {self.blue.id}, record)
            self.assertFalse(record.with_user(self.greta).has_access("read"), record)
        self.assertFalse(self.for_hills.with_user(self.greta).has_access("read"))

    # Reading

    def test_who_could_not_read_it_still_cannot_on_any_page(self):
        self.assertStaysClosed()
        self.assertEqual(self._counts(), self.counted)
        self._log_in(self.greta)
        for url in ("/", "/ressources", "/ressources/nouveautes", "/forum", "/forum/semblables?titre=CANARI"):
            with self.subTest(url):
                self.assertNotIn("CANARI", self.url_open(url).text)
        for url in ("/ressources/{}", "/ressources/{}/telecharger", "/ressources/{}/corriger"):
            absent = self.document.id + 1000
            for number in (self.document.id, self.for_hills.id, absent):
                self.assertEqual(self.url_open(url.format(number)).status_code, 404)
        self.assertEqual(self.url_open(f"/forum/{self.question.id}").status_code, 404)
        self.assertEqual(self.url_open(f"/ressources?dossier={self.folder.id}").status_code, 404)

    def test_nobody_else_is_written_to_about_it(self):
        self.document.with_user(self.wanda)._set_mark("follow", True)
        self.env["collab.mark"].with_user(self.greta)._put("follow", "dms.file", self.document.ids)
        event = Event("x", self.document)
        self.env["collab.notification"]._notify("change", self.document, event, self.greta | self.wanda)
        for person, told in ((self.greta, False), (self.wanda, True)):
            document = self.env["dms.file"].with_user(person).search([("id", "=", self.document.id)])
            self.assertEqual(bool(document), told)

    def test_who_belonged_to_it_goes_on_reading_and_reads_that_it_is_archived(self):
        for person in (self.wanda, self.colleague, self.ada, self.bea):
            self._log_in(person)
            for url in (f"/ressources/{self.document.id}", f"/forum/{self.question.id}"):
                with self.subTest(url, person=person.login):
                    page = self.url_open(url).text
                    self.assertIn("Zinc (réseau archivé)", page)
        self.assertIn("Hills (TS) (territoire archivé)", self.url_open(f"/ressources/{self.for_hills.id}").text)

    def test_an_author_who_has_left_it_keeps_his_own(self):
        self.wanda.partner_id.parent_id = self.houses[self.green]
        self._log_in(self.wanda)
        self.assertIn("Zinc (réseau archivé)", self.url_open(f"/ressources/{self.document.id}").text)

    def test_a_member_of_nothing_else_reads_what_is_for_everyone(self):
        self._log_in(self.colleague)
        self.assertEqual(self.url_open("/").status_code, 200)
        self.assertEqual(self.url_open(f"/ressources/{self.probes['dms.file'][1].id}").status_code, 200)

    def test_its_network_is_not_offered_on_any_form(self):
        for person in (self.colleague, self.ada):
            self._log_in(person)
            for url in ("/forum/demander", "/ressources/depot"):
                with self.subTest(url, person=person.login):
                    page = self.url_open(url).text
                    self.assertNotIn(f'name="networks" value="{self.blue.id}"', page)
                    self.assertNotIn("Zinc", page)

    # Writing

    def test_the_form_of_a_document_keeps_it(self):
        for person in (self.wanda, self.ada):
            self._log_in(person)
            url = f"/ressources/{self.document.id}/corriger"
            page = self.url_open(url).text
            self.assertIn("Zinc (réseau archivé)", page)
            self.assertRegex(page, rf'name="networks" checked="checked" disabled="disabled" value="{self.blue.id}"')
            self.assertRegex(page, r"Visible par \d+ personnes", "its readers are still there")
            stamp = re.search(r'name="empreinte" value="([^"]+)"', page)[1]
            folder = self.document.directory_id.id
            answer = self._post(
                url, empreinte=stamp, title=f"CANARI {person.login}", folder=folder, status="current", reason="x"
            )
            self.assertEqual(answer.url.rpartition("/")[2], str(self.document.id), answer.text)
            self.assertEqual(self.document.with_env(self.env).title, f"CANARI {person.login}")
            self.assertStaysClosed()

    def test_the_form_of_moderators_keeps_it(self):
        for person in (self.bea, self.ada):
            self._log_in(person)
            url = f"/forum/moderation/discussion/{self.question.id}"
            self.assertIn("Zinc (réseau archivé)", self.url_open(url).text)
            answer = self._post(f"{url}/corriger", titre="CANARI bis", contenu="x", riche="0", reason="Plus clair")
            self.assertEqual(answer.status_code, 200)
            self.assertStaysClosed()

    def test_the_screens_and_the_calls_of_the_federations_keep_it(self):
        network = self.env["collab.network"].with_context(lang="fr_FR").browse(self.blue.id)
        spec = {"audience_network_ids": {"fields": {"display_name": {}}}}
        self._log_in(self.ada)
        for record in (self.document, self.folder):
            with self.subTest(record._name), mute_logger("odoo.http"):
                [shown] = self._call_kw(record._name, "web_read", record.ids, spec, context={"lang": "fr_FR"})["result"]
                self.assertEqual(
                    shown["audience_network_ids"], [{"id": network.id, "display_name": network.display_name}]
                )
                for commands in ([[6, 0, []]], [[5]], [[3, self.blue.id]]):
                    vals = {"audience_network_ids": commands}
                    answer = self._call_kw(
                        record._name, "web_save", record.ids, vals, {"id": {}}, context={"lang": "fr_FR"}
                    )
                    self.assertIn("adressé à un réseau ou à un territoire archivé", answer["error"]["data"]["message"])
                name = "title" if record == self.document else "name"
                self.assertIn("result", self._call_kw(record._name, "web_save", record.ids, {name: "CANARI ter"}, {}))
        self.assertStaysClosed()

    def test_nobody_widens_it_the_platform_included(self):
        for record in (*self.closed, self.for_hills):
            field = "audience_territory_ids" if record == self.for_hills else "audience_network_ids"
            for env in (self.env, self.env(user=self.ada, su=False), self.env(user=self.wanda, su=False)):
                with self.subTest(record, uid=env.uid), self.assertRaises(UserError):
                    record.with_env(env).write({field: [Command.clear()]})
        self.assertStaysClosed()

    def test_what_lies_in_a_folder_addressed_to_it_is_not_moved_where_everyone_reads(self):
        for person in (self.wanda, self.ada):
            with self.subTest(person.login):
                self._log_in(person)
                url = f"/ressources/{self.inside.id}/corriger"
                stamp = re.search(r'name="empreinte" value="([^"]+)"', self.url_open(url).text)[1]
                answer = self._post(
                    url, empreinte=stamp, title="CANARI", folder=self.open_folder.id, status="current", reason="x"
                )
                self.assertIn("dans un dossier adressé à un réseau ou à un territoire archivé", answer.text)
                self.assertEqual(self.inside.directory_id, self.folder)
                self.assertFalse(self.inside.with_user(self.greta).has_access("read"))

    def test_no_screen_and_no_call_moves_what_lies_there_either(self):
        elsewhere = {"directory_id": self.open_folder.id}
        for record, vals in (
            (self.inside, elsewhere),
            (self.inside_hills, elsewhere),
            (self.below, {"parent_id": self.open_folder.id}),
            # What closes one side does not close the other.
            (self.inside, {"directory_id": self.hills_folder.id}),
            (self.inside, {**elsewhere, "audience_territory_ids": self.port.ids}),
        ):
            for env in (self.env, self.env(user=self.ada, su=False)):
                with self.subTest(record, vals=vals, uid=env.uid), self.assertRaises(ValidationError):
                    record.with_env(env).write(vals)
        with self.assertRaises(ValidationError):
            self.below.with_user(self.bea).parent_id = self.open_folder
        self.assertFalse(self.below.with_user(self.greta).has_access("read"))

    def test_what_lies_there_goes_where_others_than_everyone_read(self):
        # Of another closed folder, or once it is addressed to a network in use by itself, in one edit as in two.
        self.inside.with_user(self.wanda).directory_id = self.below
        green = self.env["dms.directory"].create(
            {"name": "G", "parent_id": self.open_folder.id, "audience_network_ids": self.green.ids}
        )
        self.below.with_user(self.ada).parent_id = green
        self.assertTrue(self.inside.with_user(self.greta).has_access("read"))
        self.assertFalse(self.inside.with_user(self.colleague).has_access("read"))
        other = self.inside_hills.with_user(self.ada)
        other.write({"audience_territory_ids": self.port.ids, "directory_id": self.open_folder.id})
        other.audience_territory_ids = False
        self.assertTrue(self.inside_hills.with_user(self.greta).has_access("read"))

    def test_two_edits_open_it_for_nobody_but_who_may_address_both(self):
        for wide in (False, True):
            self.env["ir.config_parameter"].set_param("collab_reseaux.moderators_read_all", wide)
            for person in (self.wanda, self.gus, self.greta):
                with self.subTest(person.login, wide=wide), self.assertRaises(UserError):
                    self.document.with_user(person).audience_network_ids = self.green
        self.assertStaysClosed()

    def test_an_administrator_addresses_it_to_somebody_else(self):
        as_ada = self.document.with_user(self.ada)
        as_ada.audience_network_ids |= self.green
        self.assertTrue(self.document.with_user(self.greta).has_access("read"))
        with self.assertRaises(ValidationError):
            as_ada.audience_network_ids = False
        as_ada.audience_network_ids -= self.blue
        as_ada.audience_network_ids = False

    def test_nobody_addresses_anything_to_it(self):
        for person in (self.wanda, self.ada):
            with self.subTest(person.login), self.assertRaises(ValidationError):
                self.document.with_user(person).copy_data()
                self._question(self.env(user=person, su=False), {"audience_network_ids": self.blue.ids})
            with self.subTest(person.login), self.assertRaises(ValidationError):
                self.probes["dms.file"][1].with_user(person).audience_network_ids = self.blue

    def test_a_question_that_waited_in_a_draft_is_not_asked_of_everyone_instead(self):
        self._log_in(self.colleague)
        theme = next(iter(self.env["forum.forum"]._by_theme()))
        fields = {"titre": "CANARI de brouillon", "contenu": "x", "riche": "0", "theme": theme, "jeton": "x"}
        answer = self._post("/forum/demander", **fields, networks=self.blue.id)
        self.assertIn("n’est plus proposé", answer.text.replace("&#39;", "’"))
        self.assertIn("CANARI de brouillon", answer.text, "nothing that was typed is lost")
        self.assertFalse(self.env["forum.post"].search([("name", "=", "CANARI de brouillon")]))

    def test_the_sentence_of_the_picker_counts_those_who_still_read_it(self):
        self._log_in(self.ada)

        def said(**asked):
            query = {"networks": self.blue.id, **asked}
            answer = self.url_open(
                "/habillage/audience?" + "&".join(f"{name}={value}" for name, value in query.items())
            )
            return answer.json()["sentence"]

        everyone = said()
        mine = said(model="dms.file", record=self.document.id)
        self.assertNotEqual(mine, everyone)
        self.assertEqual(self.document._count_audience(self.blue.ids, [])[0], 2)
        self.assertIn("2 personnes", mine)
        # Who may not read it learns nothing of it.
        self._log_in(self.greta)
        everyone = said()
        for asked in (
            {"model": "dms.file", "record": self.document.id},
            {"model": "dms.file", "record": "9" * 30},
            {"model": "res.users", "record": self.wanda.id},
            {"model": "no.model", "record": 1},
            {"model": "dms.file", "record": "x"},
        ):
            with self.subTest(asked):
                self.assertEqual(said(**asked), everyone)

    def test_what_is_restored_is_chosen_again(self):
        self.blue.with_user(self.ada).action_restore()
        self._log_in(self.wanda)
        self.assertNotIn("réseau archivé", self.url_open(f"/ressources/{self.document.id}").text)
        self.assertIn(f'name="networks" value="{self.blue.id}"', self.url_open("/forum/demander").text)

    # What is refused, and why

    def test_what_is_addressed_to_them_is_counted_the_bin_included(self):
        for record, field, number in (
            (self.blue, "audience_network_ids", 1),
            (self.hills, "audience_territory_ids", 1),
        ):
            with self.subTest(record._name):
                with self.assertRaises(UserError) as caught:
                    record.unlink()
                documents = self.env["dms.file"].with_context(active_test=False)
                self.assertEqual(documents.search_count([(field, "in", record.ids)]), number)
                self.assertIn("1 document", str(caught.exception))
        self.for_hills.active = False
        with self.assertRaises(UserError) as caught:
            self.hills.unlink()
        self.assertIn("1 document", str(caught.exception))
        with self.assertRaises(UserError) as caught:
            self.blue.unlink()
        for part in ("1 question", "1 folder", "1 content"):
            self.assertIn(part, str(caught.exception))
        self.assertNotIn("CANARI", str(caught.exception))

    @mute_logger("odoo.http")
    def test_no_call_deletes_them(self):
        category, theme = self.env.ref("collab_ressources.category_tool"), self.env["collab.theme"].search([], limit=1)
        for person in (self.gus, self.ada):
            self._log_in(person)
            for record in (self.green, self.port, self.houses[self.green], category, theme, self.folders[0]):
                for method, *args in (("unlink",), ("action_archive",), ("write", {"active": False})):
                    with self.subTest(record, person=person.login, method=method):
                        self.assertIn("error", self._call_kw(record._name, method, record.ids, *args))
                        self.assertTrue(record.exists())
                        self.assertTrue("active" not in record._fields or record.active)

    def test_a_theme_and_a_type_give_what_they_hold_to_another(self):
        theme, other = self.env["collab.theme"].create([{"name": "Ancien"}, {"name": "Nouveau"}])
        category, kept = self.env["dms.category"].create([{"name": "Ancien"}, {"name": "Nouveau"}])
        self.document.with_env(self.env).write({"theme_id": theme.id, "category_id": category.id})
        withdrawn = self.probes["dms.file"][0].with_env(self.env)
        withdrawn.write({"theme_id": theme.id, "category_id": category.id})
        forums = self.env["forum.forum"]._by_theme()
        question = self.question.with_env(self.env)
        question.forum_id = forums[theme.id]
        word, same, kept_word = self.env["forum.tag"].create(
            [
                {"name": "mot", "forum_id": forums[theme.id], "post_ids": question.ids},
                {"name": "pareil", "forum_id": forums[theme.id], "post_ids": question.ids},
                {"name": "pareil", "forum_id": forums[other.id]},
            ]
        )
        self.env["collab.mark"].with_user(self.greta)._put("follow", "collab.theme", theme.ids)
        for record, into, field in ((theme, other, "theme_id"), (category, kept, "category_id")):
            with self.assertRaises(UserError) as caught:
                record.unlink()
            self.assertIn("2 documents", str(caught.exception))
            dialog = (
                self.env["collab.retire"]
                .with_user(self.ada)
                .browse(record.with_user(self.ada).action_retire()["res_id"])
            )
            dialog.write({field: into.id})
            self.assertTrue(dialog.merge_consequence)
            dialog.action_merge()
            self.assertFalse(record.exists())
        self.assertEqual((self.document.theme_id, self.document.category_id), (other, kept))
        self.assertEqual((withdrawn.theme_id, withdrawn.category_id), (other, kept))
        self.assertEqual(question.forum_id.theme_id, other)
        self.assertEqual(question.tag_ids & (word | kept_word), word | kept_word)
        self.assertEqual(word.forum_id, question.forum_id)
        self.assertFalse(same.exists())
        self.assertIn(self.greta.id, other._followers().ids)
        self.assertStaysClosed()

    def test_a_folder_with_documents_is_merged_and_not_deleted(self):
        into, folder = (
            self.env["dms.directory"].create({"name": name, "parent_id": self.folder.parent_id.id})
            for name in ("Garde", "Range")
        )
        self.for_hills.directory_id = folder
        dialog = (
            self.env["collab.retire"].with_user(self.gus).browse(folder.with_user(self.gus).action_retire()["res_id"])
        )
        self.assertEqual(dialog.uses, "1 document lies there.")
        with self.assertRaises(UserError):
            dialog.action_delete()
        with self.assertRaises(UserError):
            dialog.action_archive()
        dialog.folder_id = into
        dialog.action_merge()
        self.assertEqual(self.for_hills.directory_id, into)
        empty = self.env["dms.directory"].create({"name": "Vide", "parent_id": self.folder.parent_id.id})
        action = empty.with_user(self.gus).action_retire()
        self.env["collab.retire"].with_user(self.gus).browse(action["res_id"]).action_delete()
        self.assertFalse(empty.exists())
