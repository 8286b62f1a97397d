import io
import json
import re

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from . import canaries
from .world import OpenLists, World

# Never the number of anything.
NOTHING = 2_000_000_007


@tagged("post_install", "-at_install")
class TestClosedNames(OpenLists, World, HttpCase):
    """What one may not read has no name, wherever a record that one reads leads to it, and its number tells nothing.

    gus moderates another network than wanda's: he asks as a script would, with his ordinary session."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        env = cls.env(user=cls.wanda, su=False)
        for_blue = {"audience_network_ids": cls.blue.ids}
        cls.tools = cls.env.ref("collab_ressources.directory_tools")
        cls.folder = cls.env["dms.directory"].create({"name": canaries.WORD, "parent_id": cls.tools.id, **for_blue})
        below = cls.env["dms.directory"].create({"name": "Below", "parent_id": cls.folder.id})
        cls.document = cls._deposit(cls.wanda, canaries.WORD, **for_blue)
        forum = next(iter(cls.env["forum.forum"]._by_theme().values()))
        question = env["forum.post"].create({"name": canaries.WORD, "forum_id": forum, **for_blue})
        comment = env["collab.forum.comment"].create({"post_id": question.id, "body": canaries.WORD})
        said = env["collab.document.comment"].create({"document_id": cls.document.id, "body": canaries.WORD})
        cls.document.with_user(cls.bea)._say_outdated(canaries.WORD)
        question.with_user(cls.bea)._report(canaries.WORD)
        cls.document.with_user(cls.wanda)._make_room()
        question.with_user(cls.bea)._hide(canaries.WORD)
        log = cls.env["collab.action"].search([("res_id", "=", question.id)], limit=1)
        joined = {"post_id": question.id, "name": f"{canaries.WORD}.txt", "mimetype": "text/plain", "size": 1}
        cls._let_members_plan()
        cls.closed = {
            record._name: record
            for record in (
                cls.folder,
                cls.document,
                question,
                comment,
                said,
                cls.document.version_ids,
                question.sudo()._flags(),
                log,
                cls.env["collab.forum.attachment"].create(joined),
                cls.env["forum.tag"].create({"name": canaries.WORD, "forum_id": forum, "post_ids": question.ids}),
                env["test.collab.note"].create({"name": canaries.WORD, **for_blue}),
                env["collab.news"].create({"name": canaries.WORD, **for_blue}),
                cls._planned(env, name=canaries.WORD, **for_blue),
                cls.wanda,
                cls.wanda.partner_id,
            )
        }
        # What gus reads, and leads where he does not. His own document stays his, in a folder that was closed to him.
        cls.own = cls._deposit(cls.gus, "Of gus")
        cls.own.write({"replaced_by_id": cls.document.id, "status": "replaced"})
        cls.env.cr.execute("UPDATE dms_file SET directory_id = %s WHERE id = %s", [below.id, cls.own.id])
        cls.env.invalidate_all()

    @classmethod
    def _deposit(cls, person, name, **vals):
        env = cls.env(user=person.id, su=False)
        content = f"{name} {person.login}".encode()
        upload = env["collab.upload"]._start(f"{name}.txt", len(content))
        upload._append(0, io.BytesIO(content))
        return upload._deposit({"title": name, "directory_id": cls.tools.id, **vals}).with_env(cls.env)

    def setUp(self):
        super().setUp()
        self.authenticate("gus", "gus-password-2026")

    def _call_kw(self, model, method, *args, **kwargs):
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
        answer = self.url_open("/web/dataset/call_kw", data=body, headers={"Content-Type": "application/json"})
        return answer.json()

    def _told(self, number, model, method, *args, **kwargs):
        """:return str: the answer, but for the number that was given"""
        answer = self._call_kw(model, method, *args, **kwargs)
        return re.sub(rf"\b{number}\b", "N", str(answer.get("error", {}).get("data") or answer["result"]))

    def _read(self, model, method, *args, **kwargs):
        answer = self._call_kw(model, method, *args, **kwargs)
        self.assertNotIn("error", answer)
        self.assertNotIn(canaries.WORD, str(answer))
        return answer["result"]

    # Names

    def test_a_many2one_to_what_is_closed_reads_like_an_empty_one(self):
        ids, name = [self.own.id], {"fields": {"display_name": {}}}
        [row] = self._read("dms.file", "read", ids, ["title", "replaced_by_id", "directory_id"])
        self.assertEqual(row, {"id": self.own.id, "title": "Of gus", "replaced_by_id": False, "directory_id": False})
        for spec in (name, {"fields": {"display_name": {}, "name": {}}}, {"fields": {"name": {}}}, {}):
            with self.subTest(spec):
                [row] = self._read("dms.file", "web_read", ids, {"replaced_by_id": spec, "directory_id": spec})
                self.assertEqual(row, {"id": self.own.id, "replaced_by_id": False, "directory_id": False})
        found = self._read("dms.file", "web_search_read", [["id", "in", ids]], {"replaced_by_id": name})
        self.assertEqual(found["records"], [{"id": self.own.id, "replaced_by_id": False}])

    def test_a_many2one_to_what_is_open_keeps_its_name(self):
        other = self._deposit(self.gus, "Another", replaced_by_id=self.own.id)
        spec = {
            "replaced_by_id": {"fields": {"display_name": {}, "name": {}}},
            "directory_id": {"fields": {"name": {}}},
        }
        [row] = self._read("dms.file", "web_read", [other.id], spec)
        shown = {"id": self.own.id, "display_name": "Of gus", "name": "Of gus.txt"}
        self.assertEqual(row["replaced_by_id"], shown)
        self.assertEqual(row["directory_id"]["name"], self.tools.name)
        [row] = self._read("dms.file", "read", [other.id], ["replaced_by_id"])
        self.assertEqual(row["replaced_by_id"], [self.own.id, "Of gus"])

    def test_what_is_closed_has_no_row(self):
        for name, record in self.closed.items():
            with self.subTest(name):
                for number in (record.id, NOTHING):
                    for fields in (["display_name"], ["display_name", "create_date"]):
                        answer = self._call_kw(name, "read", [number], fields)
                        self.assertFalse(answer.get("result"), answer)

    def test_the_path_of_a_document_names_the_folders_that_are_open(self):
        [row] = self._read("dms.file", "read", [self.own.id], ["path_names", "path_json", "root_directory_id"])
        library = self.env.ref("collab_ressources.directory_library")
        self.assertEqual(row["path_names"], f"{library.name}/{self.tools.name}/Of gus")
        self.assertEqual(
            [step["id"] for step in json.loads(row["path_json"])], [library.id, self.tools.id, self.own.id]
        )

    def _listed(self, model, method, *args, **kwargs):
        """Ask for what may not be on the list of what is called from outside, and must say nothing anyhow."""
        records = self.env(user=self.gus, su=False)[model]
        self.assertNotIn(canaries.WORD, str(getattr(records, method)(*args, **kwargs)))

    def test_every_list_and_export_keeps_silent(self):
        domain = [["id", "=", self.own.id]]
        columns = [["title"], ["directory_id"], ["replaced_by_id"], ["path_names"]]
        self.assertNotIn(canaries.WORD, str(self.own.with_user(self.gus)._export_rows(columns)))
        for method in ("formatted_read_group", "web_read_group"):
            for field in ("directory_id", "replaced_by_id"):
                with self.subTest(method, field=field):
                    self._listed("dms.file", method, domain, [field], ["__count"])
        bar = {"field": "status", "colors": {"current": "x", "replaced": "x"}}
        self._listed("dms.file", "read_progress_bar", domain, "directory_id", bar)
        for field in ("directory_id", "category_id"):
            self._listed("dms.file", "search_panel_select_range", field, enable_counters=True)
        self._listed("dms.file", "search_panel_select_multi_range", "replaced_by_id")
        self._listed("dms.file", "search_panel_select_multi_range", "directory_id")
        self._listed("dms.directory", "search_panel_select_range", "parent_id")
        for model in self.closed:
            with self.subTest(model):
                self._listed(model, "name_search", "")

    def test_a_row_that_leads_to_what_is_closed_says_nothing_of_it(self):
        """Rows that the platform made, or that somebody made when it was still open to him."""
        documents, folders = (self.own | self.document).ids, (self.tools | self.folder).ids
        for model, vals, seen in (
            ("collab.document.merge", {"document_ids": documents, "kept_id": self.document.id}, self.own),
            ("collab.folder.merge", {"folder_ids": folders, "target_id": self.folder.id}, self.tools),
        ):
            made = self.env[model].sudo().create(vals)
            self.env.cr.execute(f"UPDATE {made._table} SET create_uid = %s", [self.gus.id])
            made.invalidate_recordset()
            with self.subTest(model):
                [row] = self._read(model, "read", made.ids, list(vals))
                self.assertEqual(list(row.values()), [made.id, seen.ids, False])
        upload = self.env(user=self.gus, su=False)["collab.upload"]._start("x.txt", 1)
        upload.sudo().document_id = self.document
        answer = self._call_kw("collab.upload", "read", upload.ids, ["document_id"])
        self.assertNotIn(canaries.WORD, str(answer))

    def test_the_chatter_of_a_document_does_not_name_the_folder_that_it_comes_from(self):
        moved = self.document.sudo().with_context(tracking_disable=False)
        for folder in (self.folder, self.tools):
            moved.write({"directory_id": folder.id})
            # Tracked values are noted when the transaction ends.
            self.env.cr.flush()
        self.assertNotIn(canaries.WORD, str(moved.message_ids.tracking_value_ids.mapped("old_value_char")))

    # Numbers

    def _guarded_fields(self):
        """:return list[tuple]: model, field, comodel: what a client may fill with the number of something closed"""
        access = self.registry["collab.access.mixin"]
        return [
            (name, field)
            for name, model in self.registry.items()
            if not model._abstract and self.env[name].with_user(self.gus).has_access("create")
            for field in model._fields.values()
            if field.relational and issubclass(self.registry[field.comodel_name], access)
        ]

    @mute_logger("odoo.http", "odoo.sql_db")
    def test_the_number_of_what_is_closed_and_that_of_nothing_answer_alike(self):
        fields = self._guarded_fields()
        self.assertGreater(len(fields), 20)
        for model, field in fields:
            closed = self.closed[field.comodel_name].id
            answers = [list(self._given(model, field, number)) for number in (closed, NOTHING)]
            # A contact without a name is refused by the number that it would have had.
            answers = [[re.sub(r"partner \d+", "partner", answer) for answer in given] for given in answers]
            with self.subTest(model, field=field.name):
                self.assertEqual(*answers)
                self.assertNotIn(canaries.WORD, str(answers))
                for answer in answers[0]:
                    self.assertIn("Error", answer)

    def _given(self, model, field, number):
        """:return Iterator[str]: the answers to a number given for a field, in each of the ways to give one"""
        many = field.type != "many2one"
        values = [[[4, number]], [[6, 0, [number]]], [number]] if many else [number]
        for value in values:
            yield self._told(number, model, "create", [{field.name: value}])
            yield self._told(number, model, "web_save", [], {field.name: value}, {})
        for value in values[:2]:
            yield self._told(number, model, "onchange", [], {field.name: value}, [field.name], {field.name: {}})
        if not many:
            dressed = {field.name: {"id": number, "display_name": "x"}}
            yield self._told(number, model, "onchange", [], dressed, [field.name], {field.name: {}})
        context = {f"default_{field.name}": values[-1]}
        yield self._told(number, model, "onchange", [], {}, [], {field.name: {}}, context=context)
        yield self._told(number, model, "default_get", [field.name], context=context)
        yield self._told(number, model, "create", [{}], context=context)

    @mute_logger("odoo.http", "odoo.sql_db")
    def test_the_same_when_something_is_corrected(self):
        comment = self.env["collab.document.comment"].with_user(self.gus)
        comment = comment.create({"document_id": self._deposit(self.gus, "Mine").id, "body": "x"})
        for model, record, vals in (
            ("dms.file", self.own, "replaced_by_id"),
            ("dms.file", self.own, "directory_id"),
            ("dms.directory", self.tools, "parent_id"),
            ("collab.document.comment", comment, "document_id"),
        ):
            closed = self.closed[record._fields[vals].comodel_name].id
            answers = [
                [
                    self._told(number, model, method, record.ids, {vals: number}, *more)
                    for method, more in (("write", ()), ("web_save", ({},)), ("onchange", ([vals], {vals: {}})))
                ]
                for number in (closed, NOTHING)
            ]
            with self.subTest(model, field=vals):
                self.assertEqual(*answers)
                for answer in answers[0]:
                    self.assertRegex(answer, "MissingError|AccessError")

    @mute_logger("odoo.http")
    def test_a_wizard_opened_on_what_is_closed_finds_nothing(self):
        for model, field, closed in (
            ("collab.document.merge", "document_ids", self.document),
            ("collab.folder.merge", "folder_ids", self.folder),
        ):
            answers = [
                [
                    self._told(number, model, method, *args, context={"active_ids": [number]})
                    for method, args in (
                        ("default_get", ([field],)),
                        ("onchange", ([], {}, [], {field: {"fields": {"display_name": {}}}})),
                        ("create", ([{}],)),
                    )
                ]
                for number in (closed.id, NOTHING)
            ]
            with self.subTest(model):
                self.assertEqual(*answers)
                self.assertIn("MissingError", answers[0][0])

    @mute_logger("odoo.http")
    def test_thousands_of_numbers_cost_one_question(self):
        wizard = self.env["collab.document.merge"].with_user(self.gus)
        numbers = [*range(NOTHING, NOTHING + 5_000)]
        with self.assertRaisesRegex(Exception, "does not exist"), self.assertQueryCount(8), self.env.cr.savepoint():
            wizard.create({"document_ids": numbers})
