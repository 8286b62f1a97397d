import io
import json

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .world import OpenLists, World


@tagged("post_install", "-at_install")
class TestSharedThings(OpenLists, World, HttpCase):
    """What several networks read is widened, or closed, by no single one of them: over HTTP, as a script would try."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.both = cls.blue | cls.green
        cls.library = cls.env.ref("collab_ressources.directory_library")
        cls.tools = cls.env.ref("collab_ressources.directory_tools")
        # Of both networks: he may address both, and each of their moderators reads what he does.
        cls.david = cls._user("david", organisation=cls._organisation("Both", cls.both, [cls.port]))
        cls.david._accept_charter(
            cls.env["collab.charter"].browse(cls.env["collab.charter"]._current_id()), "127.0.0.1"
        )
        cls.shared = cls._deposit(cls.david, cls.both)
        cls.for_all = cls._deposit(cls.david)
        cls.for_green = cls._deposit(cls.greta, cls.green)
        cls.open_folder = cls._folder("Open")
        cls.shared_folder = cls._folder("Shared", cls.both)
        cls.green_folder = cls._folder("Green", cls.green)

    @classmethod
    def _deposit(cls, person, networks=(), folder=None):
        env = cls.env(user=person.id, su=False)
        content = f"{person.login} {networks} {folder}".encode()
        upload = env["collab.upload"]._start("x.txt", len(content))
        upload._append(0, io.BytesIO(content))
        vals = {"audience_network_ids": [network.id for network in networks]}
        document = upload._deposit({"title": "x", "directory_id": (folder or cls.tools).id, **vals})
        return document.with_env(cls.env)

    @classmethod
    def _folder(cls, name, networks=(), parent=None):
        vals = {"name": name, "parent_id": (parent or cls.library).id, "audience_network_ids": [n.id for n in networks]}
        return cls.env["dms.directory"].create(vals)

    def _as(self, person):
        self.authenticate(person.login, f"{person.login}-password-2026")

    def _call_kw(self, model, method, *args, **kwargs):
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
        answer = self.url_open("/web/dataset/call_kw", data=body, headers={"Content-Type": "application/json"})
        return answer.json()

    def _change(self, record, **vals):
        """:return bool: it has been written, from the form as from a script"""
        spec = {"id": {}}
        answers = [self._call_kw(record._name, "web_save", record.ids, vals, spec)]
        answers.append(self._call_kw(record._name, "write", record.ids, vals))
        done = ["error" not in answer for answer in answers]
        self.assertEqual(*done)
        record.invalidate_recordset()
        return done[0]

    def _networks(self, *networks):
        return {"audience_network_ids": [[6, 0, [network.id for network in networks]]]}

    def _changes_of_audience(self, record):
        if record.audience_network_ids:
            yield self._networks()
            yield {"audience_network_ids": [[3, self.blue.id]]}
        yield self._networks(self.green)
        yield self._networks(self.blue)
        yield {"audience_territory_ids": [[6, 0, self.port.ids]]}
        yield {"audience_territory_ids": [[4, self.hills.id]]}

    @mute_logger("odoo.http")
    def test_a_moderator_neither_widens_nor_narrows_what_another_network_reads(self):
        self._as(self.gus)
        for record in (self.shared, self.for_all, self.shared_folder, self.open_folder):
            before = record.audience_id
            for vals in self._changes_of_audience(record):
                with self.subTest(record._name, networks=record.audience_network_ids.mapped("code"), vals=vals):
                    self.assertFalse(self._change(record, **vals))
                    self.assertEqual(record.audience_id, before)

    @mute_logger("odoo.http")
    def test_a_moderator_decides_for_his_network(self):
        self._as(self.gus)
        for record in (self.for_green, self.green_folder):
            for vals in (
                {"audience_territory_ids": [[6, 0, self.port.ids]]},
                self._networks(),
            ):
                with self.subTest(record._name, vals=vals):
                    self.assertTrue(self._change(record, **vals))
            self.assertFalse(self._change(record, **self._networks(self.green)), "it is everybody's now")

    def test_what_lies_in_a_folder_of_his_network_is_his_network_s(self):
        below, document = (
            self._folder("Below", parent=self.green_folder),
            self._deposit(self.greta, folder=self.green_folder),
        )
        self._as(self.gus)
        for record in (below, document):
            with self.subTest(record._name):
                self.assertTrue(self._change(record, **self._networks(self.green)))

    @mute_logger("odoo.http")
    def test_a_moderator_does_not_move_what_others_read_out_of_their_sight(self):
        moved = self._folder("Moved")
        document = self._deposit(self.greta)
        self._as(self.gus)
        self.assertFalse(self._change(moved, parent_id=self.green_folder.id))
        self.assertFalse(self._change(document, directory_id=self.green_folder.id))
        self.assertTrue(self._change(moved, parent_id=self.open_folder.id))
        self.assertTrue(self._change(document, directory_id=self.open_folder.id))
        # The other way round: what only both read does not come to be read by all.
        inside = self._folder("Inside", parent=self.shared_folder)
        self.assertFalse(self._change(inside, parent_id=self.library.id))

    def test_an_administrator_decides_for_all(self):
        self._as(self.ada)
        for record in (self.shared, self.for_all, self.shared_folder, self.open_folder):
            for vals in (self._networks(self.green), self._networks()):
                with self.subTest(record._name, vals=vals):
                    self.assertTrue(self._change(record, **vals))
        self.assertTrue(self._change(self.open_folder, parent_id=self.green_folder.id))

    def test_a_moderator_who_reads_all_networks_decides_for_his_own(self):
        self.env["ir.config_parameter"].set_param("collab_reseaux.moderators_read_all", True)
        self._as(self.gus)
        with mute_logger("odoo.http"):
            self.assertFalse(self._change(self.shared, **self._networks(self.green)))

    # Members, whom no call reaches: their forms write as they do.

    def _written(self, person, record, **vals):
        """:return bool: a form of his has been accepted"""
        try:
            with self.env.cr.savepoint():
                record.with_user(person).write(vals)
        except ValidationError:
            return False
        return True

    def test_an_author_takes_back_what_he_gave_and_gives_nothing_that_is_not_his(self):
        own = self._deposit(self.david, self.green)
        self.david.partner_id.parent_id.network_ids = self.green
        both, green, port = ([Command.set(found.ids)] for found in (self.both, self.green, self.port))
        everyone = [Command.clear()]
        for document, vals, accepted in (
            (own, {"audience_network_ids": both}, False),
            (own, {"audience_network_ids": everyone}, True),
            (self.shared, {"audience_network_ids": everyone}, False),
            # As his form does, which keeps what it does not offer.
            (self.shared, {"title": "y", "audience_network_ids": both}, True),
            (self.shared, {"audience_territory_ids": port}, True),
            (self.shared, {"audience_territory_ids": everyone}, False),
            (self.shared, {"audience_network_ids": green}, True),
            (self.for_all, {"audience_network_ids": green}, True),
            (self.for_all, {"audience_network_ids": everyone, "audience_territory_ids": port}, True),
        ):
            with self.subTest(document.audience_network_ids.mapped("code"), vals=vals):
                self.assertEqual(self._written(self.david, document, **vals), accepted)

    def test_an_author_of_a_question_likewise(self):
        forum = next(iter(self.env["forum.forum"]._by_theme().values()))
        vals = {"name": "x", "forum_id": forum, "audience_network_ids": [Command.set(self.both.ids)]}
        question = self.env["forum.post"].with_user(self.david).create(vals)
        self.david.partner_id.parent_id.network_ids = self.green
        self.assertFalse(self._written(self.david, question, audience_network_ids=[Command.clear()]))
        self.assertTrue(self._written(self.david, question, audience_network_ids=[Command.set(self.green.ids)]))

    # What the platform alone writes

    @mute_logger("odoo.http")
    def test_nobody_writes_an_audience_as_it_is_stored(self):
        everyone = self.env["collab.audience"]._of((), ())
        for person in (self.gus, self.ada):
            self._as(person)
            for record in (self.for_green, self.green_folder):
                with self.subTest(person.login, model=record._name):
                    self.assertFalse(self._change(record, audience_id=everyone))
                    vals = {"name": "y.txt", "audience_network_ids": [[6, 0, self.green.ids]]}
                    vals["parent_id" if record == self.green_folder else "directory_id"] = self.library.id
                    answer = self._call_kw(record._name, "create", [{**vals, "audience_id": everyone}])
                    self.assertIn("error", answer)
                    # Not on the list of what is called from outside, maybe: then as the same person.
                    made = record.with_user(person).with_context(default_audience_id=everyone).create(vals)
                    self.assertEqual(made.audience_id, record.audience_id)
                    made.sudo().name = f"{person.login}.txt"

    def test_what_has_just_been_addressed_to_new_people_is_found_at_once(self):
        env = self.env(user=self.ada, su=False)
        as_gus = self.env(user=self.gus, su=False)["test.collab.note"]
        as_gus.search([])
        note = env["test.collab.note"].create(
            {"audience_network_ids": self.green.ids, "audience_territory_ids": (self.port | self.hills).ids}
        )
        self.assertIn(note.id, as_gus.search([]).ids)
        note.audience_territory_ids = self.rives_north | self.hills
        self.assertIn(note.id, as_gus.search([]).ids)

    @mute_logger("odoo.http")
    def test_a_part_stays_where_it_was_said(self):
        mine = self.env["collab.document.comment"].with_user(self.gus)
        mine = mine.create({"document_id": self.for_green.id, "body": "x"})
        self.for_all.with_user(self.greta)._say_outdated("Perdu")
        report = self.for_all.sudo()._flags("outdated").sudo(False)
        self._as(self.gus)
        self.assertFalse(self._change(mine, document_id=self.for_all.id))
        self.assertTrue(self._change(mine, body="y"))
        for vals in ({"reason": "Autre chose"}, {"is_closed": True}, {"res_id": self.for_green.id}):
            with self.subTest(vals):
                self.assertFalse(self._change(report, **vals))
        self.assertEqual((report.reason, report.is_closed), ("Perdu", False))

    # What an administrator may see he can repair

    def test_no_group_of_folders_keeps_an_administrator_out(self):
        inside = self._folder("Inside", parent=self.open_folder)
        document = self._deposit(self.greta, folder=inside)
        self.open_folder.write({"inherit_group_ids": False, "group_ids": [Command.clear()]})
        self._as(self.ada)
        for record in (self.open_folder, inside, document):
            with self.subTest(record._name):
                self.assertTrue(record.with_user(self.ada).has_access("write"))
                self.assertFalse(record.with_user(self.gus).has_access("read"))
        self.assertTrue(self._change(self.open_folder, name="Repaired"))

    def test_a_folder_below_a_barred_one_tells_nothing_of_it(self):
        """Its name is made of theirs."""
        inside = self._folder("Inside", parent=self.open_folder)
        groups = self.library.group_ids
        self.open_folder.write({"inherit_group_ids": False})
        inside.write({"group_ids": [Command.set(groups.ids)]})
        self.assertFalse(inside.with_user(self.gus).has_access("read"))

    @mute_logger("odoo.http")
    def test_nobody_keeps_a_document_for_himself(self):
        """dms lets whoever takes the lock of a document keep everybody else from changing it, administrators too."""
        self.for_all.locked_by = self.gus
        self.assertTrue(self.for_all.with_user(self.ada).has_access("write"))

    @mute_logger("odoo.http")
    def test_the_tools_of_dms_are_nobody_s(self):
        for person in (self.gus, self.ada):
            self._as(person)
            for model, vals in (
                ("wizard.dms.share", {"res_model": "dms.file", "res_id": self.for_green.id}),
                ("wizard.dms.file.move", {"directory_id": self.tools.id}),
                ("dms.access.group", {"name": "x"}),
                ("dms.storage", {"name": "x"}),
                ("dms.tag", {"name": "x"}),
            ):
                with self.subTest(model, person=person.login):
                    self.assertIn("error", self._call_kw(model, "create", [vals]))
            group = self.env.ref("collab_ressources.access_group_members")
            self.assertFalse(self._change(group, name="x"))
            self.assertFalse(self._change(self.library.storage_id, save_type="database"))
        self._as(self.gus)
        self.assertFalse(self._change(self.env.ref("collab_ressources.category_tool"), name="x"))
