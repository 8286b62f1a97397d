import csv
import difflib
import io
import pathlib

from odoo.tests import TransactionCase, tagged

from .test_sweep import read_rules
from .world import World

TABLE = pathlib.Path(__file__).parent / "matrix.csv"
OPERATIONS = {"read": "r", "write": "w", "create": "c", "unlink": "u"}


class Probes(World):
    """Records on which rights are tried: for all, and for the network of which nobody is but wanda, who wrote them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        env = cls.env(user=cls.wanda, su=False)
        for_all, for_blue = {}, {"audience_network_ids": cls.blue.ids}
        documents = [
            cls._document(env, number, audience) for number, audience in enumerate((for_all, for_all, for_blue))
        ]
        documents[0]._withdraw()
        library = cls.env.ref("collab_ressources.directory_library")
        questions = [cls._question(env, audience) for audience in (for_all, for_all, for_blue)]
        questions[0].with_user(cls.bea)._hide("x")
        news = [env["collab.news"].create({"name": "x", **audience}) for audience in (for_all, for_all, for_blue)]
        news[0].with_user(cls.bea)._hide("x")
        cls._let_members_plan()
        dates = [cls._planned(env, shows_participants=True, **who) for who in (for_all, for_all, for_blue)]
        dates[0].with_user(cls.bea)._hide("x")
        cls.folders = [
            cls.env["dms.directory"].create({"name": str(audience), "parent_id": library.id, **audience})
            for audience in (for_all, for_blue)
        ]
        cls.probes = {
            "dms.file": documents,
            "dms.directory": cls.folders,
            "test.collab.note": [env["test.collab.note"].create(audience) for audience in (for_all, for_blue)],
            "collab.document.comment": [
                env["collab.document.comment"].create({"document_id": document.id, "body": "x"})
                for document in documents[1:]
            ],
            "collab.news": news,
            "collab.news.comment": [
                env["collab.news.comment"].create({"news_id": item.id, "body": "x"}) for item in news[1:]
            ],
            "collab.news.attachment": [
                cls.env["collab.news.attachment"].create(
                    {"news_id": item.id, "name": "x.txt", "mimetype": "text/plain", "size": 1}
                )
                for item in news
            ],
            "calendar.event": dates,
            "collab.event.comment": [
                env["collab.event.comment"].create({"event_id": date.id, "body": "x"}) for date in dates[1:]
            ],
            "collab.event.attachment": [
                cls.env["collab.event.attachment"].create(
                    {"event_id": date.id, "name": "x.txt", "mimetype": "text/plain", "size": 1}
                )
                for date in dates
            ],
            "collab.participation": [
                cls.env["collab.participation"].browse(date._answer("yes").id) for date in dates[1:]
            ],
            "forum.post": questions,
            "collab.forum.comment": [
                env["collab.forum.comment"].create({"post_id": question.id, "body": "x"}) for question in questions[1:]
            ],
            "collab.forum.attachment": [
                cls.env["collab.forum.attachment"].create(
                    {"post_id": question.id, "name": "x.txt", "mimetype": "text/plain", "size": 1}
                )
                for question in questions
            ],
            "collab.flag": [
                cls.env["collab.flag"].create({"res_model": "forum.post", "res_id": question.id, "reason": "x"})
                for question in questions
            ],
            "collab.edit": [
                cls.env["collab.edit"].create({"res_model": "forum.post", "res_id": question.id, "content": "x"})
                for question in questions
            ],
            "forum.tag": [
                cls.env["forum.tag"].create(
                    {"name": str(number), "forum_id": question.forum_id.id, "post_ids": question.ids if number else []}
                )
                for number, question in enumerate(questions)
            ],
            "collab.action": list(cls.env["collab.action"].search([])),
            # Of his network, of another one, and himself.
            "res.partner": [*cls.houses.values(), cls.wanda.partner_id, cls.greta.partner_id, cls.gus.partner_id],
            "res.users": [cls.wanda, cls.greta, cls.gus, cls.env.ref("base.user_admin")],
            "collab.upload": [env["collab.upload"]._start("x.txt", 1)],
            "collab.charter": [cls.env["collab.charter"].create({"body": "<p>Draft</p>"})],
        }

    @classmethod
    def _document(cls, env, number, audience):
        upload = env["collab.upload"]._start(f"{number}.txt", 1)
        upload._append(0, io.BytesIO(str(number).encode()))
        tools = cls.env.ref("collab_ressources.directory_tools")
        return upload._deposit({"title": str(number), "directory_id": tools.id, **audience})

    @classmethod
    def _question(cls, env, audience):
        forum = next(iter(cls.env["forum.forum"]._by_theme().values()))
        return env["forum.post"].create({"name": "x", "forum_id": forum, **audience})


@tagged("post_install", "-at_install")
class TestMatrix(Probes, TransactionCase):
    """What each person may do with each model, against the table that somebody has decided upon.

    ``RWCU`` for read, write, create and unlink: in capitals, all records; in small letters, those that rules leave him;
    a dash, none. A figure: how many of the records made above, by a member of another network than his.
    """

    def _people(self):
        return {
            "anonymous": self.env.ref("base.public_user"),
            "no charter": self.nadia,
            "member": self.greta,
            "moderator": self.gus,
            "administrator": self.ada,
        }

    def _rights(self, person, name):
        env = self.env(user=person.id, su=False)
        letters = ""
        for operation, letter in OPERATIONS.items():
            domain = env["ir.rule"]._compute_domain(name, operation)
            if not env["ir.model.access"].check(name, operation, raise_exception=False):
                letters += "-"
            elif domain.is_true():
                letters += letter.upper()
            else:
                letters += "-" if domain.optimize_full(env[name]).is_false() else letter
                if name in self.probes:
                    allowed = [probe for probe in self.probes[name] if probe.with_env(env).has_access(operation)]
                    letters += str(len(allowed))
        return letters

    def _names(self):
        return sorted(name for name, model in self.registry.items() if not model._abstract)

    def _row(self, name):
        return [name, *(self._rights(person, name) for person in self._people().values())]

    def _text(self):
        target = io.StringIO()
        rows = [["model", *self._people()], *map(self._row, self._names())]
        csv.writer(target, lineterminator="\n").writerows(rows)
        return target.getvalue()

    def test_each_person_may_do_what_has_been_decided(self):
        difference = difflib.unified_diff(
            TABLE.read_text().splitlines(), self._text().splitlines(), "decided", "found", lineterm="", n=0
        )
        self.assertFalse(list(difference), "decide, then correct matrix.csv or the rights")

    def test_the_matrix_sees_each_rule_that_is_missing(self):
        """Those that the sweep does not see: what they hide is not read, but written; or they grant."""
        data = self.env["ir.model.data"].search([("module", "=like", "%collab%"), ("model", "=", "ir.rule")])
        rules = self.env["ir.rule"].browse(data.mapped("res_id")) - read_rules(self.env)
        self.assertGreater(len(rules), 3)
        decided = {row[0]: row for row in csv.reader(TABLE.read_text().splitlines())}
        for rule in rules:
            rule.active = False
            # One row that differs is enough; that of its own model is the first to be looked at.
            own = rule.model_id.model
            names = sorted(self._names(), key=lambda name, own=own: (name != own, name))
            with self.subTest(rule.name):
                changed = any(self._row(name) != decided.get(name) for name in names)
                self.assertTrue(changed, "removed, and nothing has changed")
            rule.active = True
