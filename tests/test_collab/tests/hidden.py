import base64
import io
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from unittest.mock import patch
from urllib.parse import urlencode

from werkzeug.test import Client

from odoo import fields
from odoo.http import Request, root
from odoo.tests import HttpCase
from odoo.tests.common import release_test_lock
from odoo.tools import mute_logger

from . import canaries
from .world import World

# Each refusal is logged, by whoever meets what was asked.
GRUMBLERS = (
    "odoo.addons.base.models.ir_qweb",
    "odoo.addons.base.models.ir_rule",
    "odoo.addons.web.controllers.binary",
    "odoo.addons.web.controllers.export",
    "odoo.addons.website.models.website_snippet_filter",
    "odoo.http",
    "odoo.models",
    "odoo.sql_db",
    "odoo.tools.pdf",
    "py.warnings",
)

# Addressed to nobody: each is that of whoever opens it, which the matrix sees.
DIALOGS = (
    *("collab.account.step", "collab.factor.clearing", "collab.people.move", "collab.retire"),
    *("collab.document.merge", "collab.folder.merge"),
)
# Models with an audience that carry no canary of their own, and why.
NOT_SWEPT = {
    **dict.fromkeys(DIALOGS, "a dialog is addressed to nobody"),
    "collab.member": "people are shown to each other whatever their networks",
    "collab.organisation": "organisations are shown to everybody whatever their networks",
    "collab.place": "as above",
    "res.partner": "what a person keeps for himself is swept beside",
    "res.users": "as above",
}
# These have no words of their own.
WORDLESS = ("collab.date.slot", "collab.date.vote", "collab.participation")


class Hidden(World, HttpCase):
    """A record of each kind that is addressed to one network, with a secret wherever it can carry one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Or nothing would be new to anybody.
        cls.env.cr.execute("UPDATE res_users SET create_date = create_date - interval '1 day'")
        cls.env.invalidate_all()
        cls._let_members_plan()
        cls.refused, cls.secrets = [], []
        env = cls.env(user=cls.wanda, su=False)
        # What is said of something, or given to it, comes once it is there.
        contents = cls.env["collab.contents"]._names()
        for name in sorted(
            cls._models_with_audience(),
            key=lambda name: (
                name not in contents,
                bool(getattr(cls.env[name], "_content_field", None)) or "res_id" in cls.env[name]._fields,
            ),
        ):
            if name not in NOT_SWEPT:
                cls._keep(cls._new(env, name))
        upload = env["collab.upload"]._start(f"{canaries.WORD}.txt", 10)
        draft = cls.env["collab.charter"].create({"body": f"<p>{canaries.WORD}</p>"})
        cls._keep(upload, draft)
        # What a person keeps for himself: the federations see it in their screens, the other members nowhere.
        person = cls.wanda.partner_id
        person.write(
            {
                "email": f"{canaries.WORD.lower()}@blue.example",
                "phone": f"{canaries.WORD} 02 40",
                # Or it would be the address of the organisation, which is that of nadia too.
                "type": "other",
                "street": canaries.WORD,
                "comment": canaries.WORD,
                "image_1920": base64.b64encode(canaries.picture()),
                "shows_photo": False,
            }
        )
        # An account carries little of its own: most of what it shows is its contact's.
        cls.wanda.signature = f"<p>{canaries.WORD}</p>"
        cls.private = [person, cls.wanda, cls.env["collab.member"].search([("user_id", "=", cls.wanda.id)])]
        # As at the end of a request: a search finds them.
        cls.env.cr.flush()

    @classmethod
    def _models_with_audience(cls):
        return [
            n for n, model in cls.env.registry.items() if "audience_visible" in model._fields and not model._abstract
        ]

    # One maker for each model: a model without one fails, until it has been thought about. A content declares enough,
    # of itself and of what lies under it.
    @classmethod
    def _new(cls, env, name):
        if maker := getattr(cls, f"_new_{name.replace('.', '_')}", None):
            return maker(env)
        for contents in env["collab.contents"]._all():
            said = contents._content()
            if name == contents._name:
                return contents.create({said.title: "x", "audience_network_ids": cls.blue.ids})
            if name in (said.comments, said.files):
                return cls._new_part(env[name], next(one for one in cls.secrets if one._name == contents._name))
        raise NotImplementedError(name)

    @classmethod
    def _new_part(cls, parts, content):
        """:return Model: what is said under a content, or a file that is joined to it"""
        if "body" in parts._fields:
            return parts.create({parts._content_field: content.id, "body": canaries.WORD})
        upload = parts.env["collab.upload"]._start(f"{canaries.WORD}.txt", len(canaries.WORD))
        upload._append(0, io.BytesIO(canaries.WORD.encode()))
        parts._attach(content.with_env(parts.env), upload)
        return cls.env[parts._name].search([(parts._content_field, "=", content.id)])

    @classmethod
    def _date(cls):
        return next(record for record in cls.secrets if record._name == "calendar.event")

    @classmethod
    def _new_calendar_event(cls, env):
        event = cls._planned(env, audience_network_ids=cls.blue.ids)
        event.sudo().cancel_reason = canaries.WORD
        return event

    @classmethod
    def _new_collab_participation(cls, env):
        number = cls._date().with_env(env)._answer("yes").id
        return cls.env["collab.participation"].browse(number)

    @classmethod
    def _new_collab_date_slot(cls, env):
        now = fields.Datetime.now()
        return cls.env["collab.date.slot"].create({"event_id": cls._date().id, "start": now, "stop": now})

    @classmethod
    def _new_collab_date_vote(cls, env):
        start = cls._date().start
        slot = cls.env["collab.date.slot"].create({"event_id": cls._date().id, "start": start, "stop": start})
        said = {"answer": "yes", "answered_date": start, "user_id": env.uid}
        return cls.env["collab.date.vote"].create({"slot_id": slot.id, **said})

    @classmethod
    def _new_test_collab_note(cls, env):
        return env["test.collab.note"].create({"name": "x", "audience_network_ids": cls.blue.ids})

    @classmethod
    def _new_dms_directory(cls, env):
        library = cls.env.ref("collab_ressources.directory_library")
        return cls.env["dms.directory"].create(
            {"name": "x", "parent_id": library.id, "audience_network_ids": cls.blue.ids}
        )

    @classmethod
    def _new_dms_file(cls, env):
        content = canaries.WORD.encode()
        upload = env["collab.upload"]._start("x.txt", len(content))
        upload._append(0, io.BytesIO(content))
        tools = cls.env.ref("collab_ressources.directory_tools")
        return upload._deposit({"title": "x", "directory_id": tools.id, "audience_network_ids": cls.blue.ids})

    @classmethod
    def _document(cls):
        return next(record for record in cls.secrets if record._name == "dms.file")

    @classmethod
    def _new_collab_document_version(cls, env):
        return cls.env["collab.document.version"].create(
            {"document_id": cls._document().id, "name": f"{canaries.WORD}.txt", "mimetype": "text/plain"}
        )

    @classmethod
    def _new_forum_post(cls, env):
        forum = next(iter(cls.env["forum.forum"]._by_theme().values()))
        return env["forum.post"].create(
            {"name": "x", "content": "<p>x</p>", "forum_id": forum, "audience_network_ids": cls.blue.ids}
        )

    @classmethod
    def _new_forum_tag(cls, env):
        question = cls._new_forum_post(env).sudo()
        question.tag_ids = cls.env["forum.tag"].create({"name": "x", "forum_id": question.forum_id.id})
        return question.tag_ids

    @classmethod
    def _question(cls):
        return next(record for record in cls.secrets if record._name == "forum.post")

    @classmethod
    def _new_collab_forum_comment(cls, env):
        return env["collab.forum.comment"].create({"post_id": cls._question().id, "body": canaries.WORD})

    @classmethod
    def _about(cls):
        return {"res_model": "forum.post", "res_id": cls._question().id}

    @classmethod
    def _new_collab_edit(cls, env):
        content = f"<p>{canaries.WORD}</p>"
        return cls.env["collab.edit"].create(
            {**cls._about(), "name": canaries.WORD, "content": content, "body": canaries.WORD}
        )

    @classmethod
    def _new_collab_flag(cls, env):
        return cls.env["collab.flag"].create({**cls._about(), "reason": canaries.WORD, "title": canaries.WORD})

    @classmethod
    def _new_collab_action(cls, env):
        return cls.env["collab.action"].create(
            {
                **cls._about(),
                "author_id": cls.wanda.id,
                "kind": "hide",
                **dict.fromkeys(("title", "reason", "detail"), canaries.WORD),
            }
        )

    @classmethod
    def _new_collab_name_request(cls, env):
        return cls.env["collab.name.request"].create(
            {"user_id": cls.wanda.id, **dict.fromkeys(("firstname", "lastname", "borne_by", "answer"), canaries.WORD)}
        )

    @classmethod
    def _new_collab_correction(cls, env):
        house = cls.wanda.partner_id.parent_id
        changes = {"own": {"about": ["", canaries.WORD]}, "sites": {}, "added": []}
        return cls.env["collab.correction"].create(
            {
                "organisation_id": house.id,
                "user_id": cls.wanda.id,
                "changes": changes,
                **dict.fromkeys(("note", "answer"), canaries.WORD),
            }
        )

    @classmethod
    def _keep(cls, *records):
        for record in records:
            secret = record.sudo()
            cls.refused += canaries.plant(secret)
            cls.secrets.append(secret)
            if "message_ids" in secret._fields:
                cls.secrets.append(secret.message_post(body=f"{canaries.WORD} said", message_type="comment"))
            cls.secrets.append(
                cls.env["ir.attachment"].create(
                    {
                        "name": f"{canaries.WORD}.txt",
                        "raw": canaries.WORD.encode(),
                        "res_model": secret._name,
                        "res_id": secret.id,
                        "access_token": f"token-{secret._name}-{secret.id}",
                    }
                )
            )

    def _files(self, record):
        return [name for name, field in record._fields.items() if field.type == "binary" and field.store]

    def _content_of(self, record):
        """:return: what this record is a part of; nothing if it is none"""
        is_part = isinstance(record, self.registry["collab.part.mixin"])
        return record[record._content_field] if is_part else record.browse()

    def _within(self, look):
        """Ask many things, as a request does, in a thread of its own; each refusal is logged, and that is expected."""

        def in_thread():
            threading.current_thread().dbname = self.env.cr.dbname
            look()

        # Nobody sends forms from another site here: tokens are another test's business.
        with (
            patch.object(Request, "validate_csrf", lambda request, token: True),
            patch.object(self, "http_request_key", "sweep"),
            mute_logger(*GRUMBLERS),
            release_test_lock(),
            ThreadPoolExecutor(1) as thread,
        ):
            thread.submit(in_thread).result()

    def _as(self, person):
        self.person = person
        session = self.authenticate(person and person.login, person and f"{person.login}-password-2026")
        self.cookie = f"session_id={session.sid}; test_request_key=sweep"

    def _ask(self, method, url, params):
        """Send a request to the application, without the socket between the two: there are thousands of them."""
        sent = {"method": method, "base_url": self.base_url(), "headers": {"Cookie": self.cookie}}
        if method == "JSON":
            sent.update(method="POST", data=self._said(method, params), content_type="application/json")
        else:
            sent["query_string"] = self._said(method, params)
        return Client(root, use_cookies=False).open(url, **sent)

    def _said(self, method, params):
        """:return str: what a request says beside its address"""
        if method == "JSON":
            return json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
        return urlencode({name: value for name, value in params.items() if isinstance(value, (str, int))})
