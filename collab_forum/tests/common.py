from unittest.mock import patch

from odoo import fields
from odoo.tools import email_normalize

from odoo.addons.collab_charte.tests.common import CharterCase
from odoo.addons.collab_courrier.models.collab_notification import CollabNotification


class ForumCase(CharterCase):
    """alice and alan are of the blue network, in the port; chloe is of the green one. maud moderates the blue network,
    gus the green one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        organisation = cls._organisation("Association", [cls.blue], [cls.port])
        cls.alice = cls._user("alice", organisation=organisation)
        cls.alan = cls._user("alan", organisation=organisation)
        cls.chloe = cls._user("chloe", organisation=cls._organisation("Autre", [cls.green], [cls.port]))
        cls.maud = cls._user("maud", "moderator", networks=[cls.blue])
        cls.gus = cls._user("gus", "moderator", networks=[cls.green])
        cls.ada = cls._user("ada", "administrator")
        cls.people = cls.alice | cls.alan | cls.chloe | cls.maud | cls.gus | cls.ada
        for person in cls.people:
            person.write({"email": f"{person.login}@example.org", "lang": "fr_FR"})
        cls.theme, cls.other_theme = cls.env["collab.theme"].search([], limit=2)
        forums = cls.env["forum.forum"]._by_theme()
        cls.forum = cls.env["forum.forum"].browse(forums[cls.theme.id])
        cls.other_forum = cls.env["forum.forum"].browse(forums[cls.other_theme.id])

    def setUp(self):
        super().setUp()
        self.env["collab.notification"].search([]).unlink()

    def _as(self, person):
        return self.env(user=person, su=False, context=person.env.context)

    def _ask(self, person, name="Comment faire ?", content="<p>Je cherche.</p>", **vals):
        return self._as(person)["forum.post"].create(
            {"name": name, "content": content, "forum_id": self.forum.id, **vals}
        )

    def _answer(self, person, question, content="<p>Comme ceci.</p>"):
        return self._as(person)["forum.post"].create({"parent_id": question.id, "content": content})

    def _comment(self, person, post, body="Merci"):
        return self._as(person)["collab.forum.comment"].create({"post_id": post.id, "body": body})

    def _sees(self, person, record):
        """:return bool: looking for it and looking at it agree, and say that this person reads it"""
        self.env.flush_all()
        self.env.invalidate_all()
        records = record.with_env(self._as(person)).with_context(active_test=False)
        if not records.env["ir.model.access"].check(record._name, "read", raise_exception=False):
            return False
        found = bool(records.search_count([("id", "=", record.id)]))
        self.assertEqual(found, records.has_access("read"))
        return found

    def _readers(self, record):
        return "".join(person.login[0:3] + " " for person in self.people if self._sees(person, record)).split()

    def _told(self):
        """:return list[tuple[str, str]]: the mails that leave now: to whom, and their subject"""
        mails = []

        def send(letter, message, connection):
            subject = message["Subject"].replace("\N{NO-BREAK SPACE}", " ")
            mails.append((email_normalize(message["To"]).partition("@")[0], subject))
            return original(letter, message, connection)

        original = CollabNotification._send
        with patch.object(CollabNotification, "_send", send), self._job_mode():
            self.env.ref("collab_courrier.cron_send").method_direct_trigger()
        self.env.invalidate_all()
        return sorted(mails)

    def _waiting(self):
        """:return list[tuple[str, str, str]]: who is to be told, of what, at which rhythm"""
        rows = self.env["collab.notification"].search([("state", "=", "waiting")])
        return sorted((row.user_id.login, row.kind, row.rhythm) for row in rows)

    def _tomorrow(self):
        """What waits for the morning waits no more."""
        self.env.cr.execute("UPDATE collab_notification SET due = %s WHERE state = 'waiting'", [fields.Datetime.now()])
        self.env["collab.notification"].invalidate_model()
