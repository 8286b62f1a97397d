import re
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import email_normalize, mute_logger

from odoo.addons.collab_courrier.models.collab_notification import CollabNotification

from . import canaries
from .world import World

# Of the session, and of each form.
TOKEN = re.compile(r'[0-9a-f]{20,}o\d+|(?<=name="jeton" value=")[0-9a-f]+')
NOWHERE = 2_000_000_000
# Where a reader meets what others have said, without naming it.
LISTS = (
    *("/", "/forum", "/forum?tri=newest", "/forum?tri=thanks", "/forum?etat=sans-reponse", "/forum?etat=resolues"),
    *("/forum?etat=suivies", "/forum?page=2", "/mon-compte", f"/forum/semblables?titre={canaries.WORD[:-1]}"),
)
# What Odoo computes by asking another service, or is made for a screen with a context of its own.
UNREAD_MODELS = ("ir.", "report.", "website.page", "base.language")


@tagged("post_install", "-at_install")
class TestForumSecrets(World, HttpCase):
    """What is said in the forum to others, or to nobody any more, shows nowhere: greta and gus are of another network,
    nadia has not accepted the charter. greta and gus took part in one discussion before it was closed to them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.cr.execute("UPDATE res_users SET create_date = create_date - interval '1 day'")
        cls.env.invalidate_all()
        for person in (cls.wanda, cls.bea, cls.nadia, cls.greta, cls.gus, cls.ada):
            person.write({"email": f"{person.login}@example.org", "lang": "fr_FR"})
        cls.theme, cls.forum = next(iter(cls.env["forum.forum"]._by_theme().items()))
        cls.readable = cls._asked(cls.greta, "Ce que tout le monde lit")

    @classmethod
    def _env(cls, person):
        return cls.env(user=person.id, su=False)

    @classmethod
    def _asked(cls, person, title, **vals):
        return cls._env(person)["forum.post"].create(
            {"name": title, "content": "<p>Je cherche.</p>", "forum_id": cls.forum, **vals}
        )

    @classmethod
    def _answered(cls, person, question, text="Comme ceci."):
        return cls._env(person)["forum.post"].create({"parent_id": question.id, "content": f"<p>{text}</p>"})

    @classmethod
    def _commented(cls, person, post, text="Merci"):
        return cls._env(person)["collab.forum.comment"].create({"post_id": post.id, "body": text})

    @classmethod
    def _by(cls, person, record):
        return record.with_env(cls._env(person))

    def _say_secrets(self):
        """Lay canaries in all that somebody may say: to others, or that is waiting, hidden, or in the bin.

        :return tuple: what is addressed to the blue network, and what is shown to nobody but moderators
        """
        closed = self._asked(self.wanda, "x", audience_network_ids=self.blue.ids, territory_id=self.port.id)
        answer = self._answered(self.wanda, closed)
        theirs = [closed, answer, self._commented(self.wanda, answer), self._merged_into(closed)]
        tag = self.env["forum.tag"].create({"name": "x", "forum_id": self.forum})
        closed.sudo().tag_ids = tag
        self._by(self.bea, closed)._report(canaries.WORD)
        self._by(self.bea, answer)._approve(True, canaries.WORD)
        self._by(self.bea, answer)._thank(True)
        hidden, binned, pending = (self._asked(self.wanda, "x") for _ in range(3))
        kept = [self._answered(self.wanda, self.readable) for _ in range(3)]
        nobodys = [hidden, binned, pending, *kept, self._commented(self.wanda, self.readable)]
        nobodys += [self._answered(self.bea, hidden), self._commented(self.bea, binned)]
        self._by(self.bea, binned | kept[1])._remove(canaries.WORD)
        self._by(self.bea, hidden | kept[0])._hide(canaries.WORD)
        self._by(self.bea, nobodys[6])._hide(canaries.WORD)
        (pending | kept[2]).sudo().write({"state": "pending"})
        self._plant(*theirs, tag, *nobodys)
        return theirs, nobodys

    def _merged_into(self, kept):
        again = self._asked(self.wanda, "x", audience_network_ids=self.blue.ids)
        self._by(self.bea, again)._merge_into(self._by(self.bea, kept), canaries.WORD)
        return again

    def _plant(self, *records):
        for record in records:
            self.assertFalse(canaries.plant(record.sudo()), "each text carries one")
        self.env.flush_all()
        self.env.invalidate_all()

    def _log_in(self, person):
        self.authenticate(person.login, f"{person.login}-password-2026")

    def _page(self, path, **options):
        """:return tuple: status, where it leads, and text, without what changes at each request"""
        answer = self.url_open(path, allow_redirects=False, **options)
        text = TOKEN.sub("", answer.text).replace(path.rsplit("?", 1)[0], "PATH")
        return answer.status_code, answer.headers.get("Location"), text

    # Pages

    def _lists(self):
        return (*LISTS, f"/forum?theme={self.theme}", f"/forum?territoire={self.port.id}")

    def test_lists_and_counters_are_the_same_as_if_nothing_had_been_said(self):
        paths = [*self._lists(), f"/forum/{self.readable.id}"]
        self._answered(self.wanda, self.readable, "Comme cela.")
        self._by(self.greta, self.readable)._mark_seen()
        before = {}
        for person in (self.greta, self.nadia):
            self._log_in(person)
            before[person] = [self._page(path) for path in paths]
        self._say_secrets()
        for person in (self.greta, self.nadia):
            self._log_in(person)
            for path, page in zip(paths, before[person], strict=True):
                with self.subTest(path, person=person.login):
                    self.assertEqual(self._page(path), page)

    def test_those_to_whom_it_is_said_find_it_in_lists(self):
        """Or the pages above would show nothing to anybody, and prove nothing."""
        self._say_secrets()
        self._log_in(self.bea)
        for path in ("/forum", f"/forum?territoire={self.port.id}", LISTS[-1], "/moderation"):
            with self.subTest(path):
                self.assertIn(canaries.WORD, self.url_open(path).text.upper())

    def _requests(self, number):
        """:return: the requests by which a page of the forum is asked for something by its number"""
        for rule in self.env["ir.http"].routing_map().iter_rules():
            if rule.rule.startswith("/forum") and "<int:" in rule.rule and rule.endpoint.routing.get("members"):
                for model in ("discussion", "commentaire"):
                    path = re.sub("<int:[^>]*>", str(number), rule.rule).replace("<string:model>", model)
                    for method in rule.methods - {"HEAD", "OPTIONS"}:
                        yield method, re.sub("<[^>]*>", "x", path.replace("<string:action>", "masquer"))

    @mute_logger("odoo.http")
    def test_addresses_answer_like_those_of_what_does_not_exist(self):
        theirs, nobodys = self._say_secrets()
        # Those of comments are no addresses: their numbers may be those of discussions.
        posts = [record for record in (*theirs, *nobodys) if record._name == "forum.post"]
        slugs = [self.env["ir.http"]._slug(record.sudo()) for record in (self.readable.forum_id, theirs[0])]
        for person in (self.greta, self.gus):
            self._log_in(person)
            token = re.search(r'csrf_token" value="([^"]+)"', self.url_open("/forum/demander").text)[1]
            form = {"csrf_token": token, "contenu": "x", "body": "x", "reason": "x", "titre": "x"}

            def ask(number, form=form):
                found = []
                for method, path in self._requests(number):
                    found.append((method, *self._page(path, data=form if method == "POST" else None)))
                return found

            missing = ask(NOWHERE)
            self.assertEqual({status for _method, status, _location, _text in missing}, {404})
            for post in posts:
                # Those who moderate read what is waiting, hidden or in the bin in what they may read.
                if person == self.greta or post in theirs:
                    with self.subTest(post.id, person=person.login):
                        self.assertEqual(ask(post.id), missing)
            status, location, text = self._page(f"/forum/{slugs[0]}/{slugs[1]}")
            self.assertEqual((status, location), (404, None))
            self.assertNotIn(canaries.WORD, text.upper())

    # What one took part in, before it was closed

    def _take_part_then_close(self):
        """greta, gus and nadia are told of a discussion in which greta and gus speak; then it is closed to them."""
        for person in (self.greta, self.gus, self.nadia):
            for place in (self.env["collab.theme"].browse(self.theme), self.port):
                place.with_user(person).env["collab.mark"]._put("follow", place._name, place.ids)
        question = self._asked(self.wanda, "x", territory_id=self.port.id)
        for person in (self.greta, self.gus, self.nadia):
            for kind in ("follow", "favourite"):
                question.with_user(person).env["collab.mark"]._put(kind, "forum.post", question.ids)
        answer = self._answered(self.greta, question, "Mes mots.")
        said = self._commented(self.greta, question, "Mes mots.")
        others = self._answered(self.wanda, question, "@greta, @gus et @nadia ?")
        remark = self._commented(self.wanda, answer, "@greta, @gus et @nadia ?")
        for person in (self.greta, self.gus):
            self._by(person, others)._thank(True)
            self._by(person, question)._thank(True)
        self._by(self.greta, others)._report("Mon motif")
        self._by(self.gus, answer)._correct({"content": "<p>Mes mots corrigés.</p>"}, "Une faute")
        self._by(self.gus, question)._close("x")
        self._by(self.gus, question)._reopen("x")
        self._by(self.bea, answer)._approve(True)
        self._by(self.wanda, question).write({"audience_network_ids": [Command.set(self.blue.ids)]})
        self.env.flush_all()
        self._by(self.bea, said)._hide("Un motif")
        self._by(self.bea, answer)._remove("Un motif")
        self._plant(question, others, remark)
        return question

    def _mails(self):
        """Send all that waits, whatever its hour.

        :return dict[str, str]: by login, all that the mails say to somebody
        """
        self.env.cr.execute(
            "UPDATE collab_notification SET due = %s, rhythm = 'each' WHERE state = 'waiting'", [fields.Datetime.now()]
        )
        self.env["ir.config_parameter"].set_param("collab_courrier.mails_a_day", 1000)
        self.env.invalidate_all()
        mails, send = {}, CollabNotification._send

        def keep(letter, message, connection):
            parts = [str(message.items()), *(part.get_content() for part in message.walk() if not part.is_multipart())]
            login = email_normalize(message["To"]).partition("@")[0]
            mails[login] = "\n".join([mails.get(login, ""), message["Subject"], *parts])
            return send(letter, message, connection)

        with patch.object(CollabNotification, "_send", keep):
            self.env.ref("collab_courrier.cron_send").method_direct_trigger()
        self.env.invalidate_all()
        return mails

    def test_a_mail_that_waited_says_nothing_of_what_has_been_closed_meanwhile(self):
        self._take_part_then_close()
        first = self._answered(self.wanda, self._asked(self.greta, "Ma question"))
        self._by(self.bea, first)._hide("x")
        self._plant(first)
        waiting = self.env["collab.notification"].search([("state", "=", "waiting")])
        told = {person: set(rows.mapped("kind")) for person, rows in waiting.grouped("user_id").items()}
        kinds = {"forum_mention", "forum_discussion", "forum_first_answer", "moderation"}
        self.assertLessEqual(kinds, told[self.greta])
        self.assertLessEqual({"forum_answer", "forum_discussion", "forum_mention", "queue"}, told[self.gus])
        mails = self._mails()
        self.assertIn(canaries.WORD, mails["bea"].upper(), "or nobody would be told of anything")
        self.assertIn("Une faute", mails["greta"], "what is done to her own words is told")
        self.assertIn("une de vos réponses", mails["greta"])
        for person in ("greta", "gus", "nadia"):
            with self.subTest(person):
                self.assertNotIn(canaries.WORD, mails.get(person, "").upper())
        self.assertNotIn("nadia", mails)

    def test_one_takes_away_one_s_own_words_and_nothing_of_what_has_been_closed(self):
        self._take_part_then_close()
        self._log_in(self.greta)
        archive = self.url_open("/mon-compte/donnees").content
        self.assertFalse(canaries.in_zip(archive))
        self._log_in(self.wanda)
        self.assertTrue(canaries.in_zip(self.url_open("/mon-compte/donnees").content), "she has said it herself")

    def test_pages_show_nothing_of_what_one_took_part_in(self):
        question = self._take_part_then_close()
        for person in (self.greta, self.gus):
            self._log_in(person)
            for path in self._lists():
                with self.subTest(path, person=person.login):
                    self.assertNotIn(canaries.WORD, self.url_open(path).text.replace(LISTS[-1], "").upper())
            self.assertEqual(self.url_open(f"/forum/{question.id}").status_code, 404)

    # Mentions

    def test_nobody_is_suggested_nor_told_who_may_not_read(self):
        closed = self._asked(self.wanda, "x", audience_network_ids=self.blue.ids)
        for letters, found in (("gre", []), ("gus", []), ("nad", []), ("bea", ["bea"]), ("ada", ["ada"])):
            with self.subTest(letters):
                self.assertEqual([row["name"] for row in self._by(self.wanda, closed)._suggest(letters)], found)
                Post = self._env(self.wanda)["forum.post"]
                self.assertEqual([row["name"] for row in Post._suggest(letters, self.blue.ids)], found)
        self._answered(self.wanda, closed, "@greta @gus @nadia @bea @ada")
        rows = self.env["collab.notification"].search([("kind", "=", "forum_mention")])
        self.assertEqual(rows.user_id, self.bea | self.ada)
        for person in (self.greta, self.gus):
            with self.assertRaises(MissingError):
                self._by(person, closed)._suggest("wan")
        self.assertEqual(self._by(self.nadia, closed)._suggest("wan"), [])

    # By RPC

    @mute_logger("odoo.models", "odoo.sql_db", "odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_no_model_gives_it_to_a_moderator_of_another_network(self):
        """All that a client may read of each model, each field one by one when they are not read together."""
        self._take_part_then_close()
        closed = self._asked(self.wanda, "x", audience_network_ids=self.blue.ids)
        answer = self._answered(self.wanda, closed)
        self._by(self.bea, answer)._approve(True, canaries.WORD)
        self._by(self.bea, closed)._report(canaries.WORD)
        tag = self.env["forum.tag"].create({"name": "x", "forum_id": self.forum, "post_ids": closed.ids})
        self._plant(closed, answer, self._commented(self.wanda, answer), self._merged_into(closed), tag)
        self.assertIn("forum.post.name", self._shown_by_rpc(self.bea))
        self.assertFalse(self._shown_by_rpc(self.gus))

    def _shown_by_rpc(self, person):
        env, shown = self._env(person), set()
        self.env.flush_all()
        # What one of them has read is not there for the next one.
        self.env.invalidate_all()
        for name, model in self.registry.items():
            if model._abstract or model._transient or name.startswith(UNREAD_MODELS) or not model._auto:
                continue
            if not env["ir.model.access"].check(name, "read", raise_exception=False):
                continue
            records = env[name].with_context(active_test=False).search([], limit=100, order="id desc")
            # A many2one tells a name, that of what may not be read included.
            for field in [field for field, known in model._fields.items() if known.type != "binary"]:
                try:
                    with env.cr.savepoint(flush=False):
                        found = str(records.read([field]))
                except (AccessError, UserError, ValueError, TypeError, AttributeError, NotImplementedError):
                    continue
                if canaries.WORD in found.upper():
                    shown.add(f"{name}.{field}")
        return shown
