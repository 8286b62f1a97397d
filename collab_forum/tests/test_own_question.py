from lxml import html

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from odoo.addons.collab_reseaux.refusals import field_of

from .common import ForumCase


def to(*networks):
    return [Command.set([network.id for network in networks])]


@tagged("post_install", "-at_install")
class TestOwnQuestion(ForumCase, HttpCase):
    """Whoever has asked changes the theme of his question, the territory that it is about, and those who read it."""

    def setUp(self):
        super().setUp()
        self.question = self._ask(self.alice, "Comment faire ?")
        self.answer = self._answer(self.alan, self.question)
        self.env["collab.notification"].search([]).unlink()

    def _mine(self, record=None, person=None):
        return (record or self.question).with_env(self._as(person or self.alice))

    def _refused(self, vals, person=None):
        """:return str | None: the field that is refused"""
        with self.assertRaises(UserError) as refusal, self.env.cr.savepoint():
            self._mine(person=person).write(vals)
        return field_of(refusal.exception)

    # What changes

    def test_all_that_lies_under_it_follows_and_nobody_is_told(self):
        self._mine().write(
            {
                "forum_id": self.other_forum.id,
                "territory_id": self.hills.id,
                "audience_network_ids": to(self.blue),
            }
        )
        self.assertEqual((self.question | self.answer).forum_id, self.other_forum)
        self.assertEqual(self.question.territory_id, self.hills)
        self.assertEqual(self.answer.audience_id, self.question.audience_id)
        for record in (self.question, self.answer):
            self.assertEqual(self._readers(record), ["ali", "ala", "mau", "ada"])
        self._mine().write({"audience_network_ids": to()})
        self.assertEqual(len(self._readers(self.question)), 6)
        self.assertFalse(self.question.corrected_date, "its words are the same")
        self.assertFalse(self._waiting())

    def test_the_lists_and_the_numbers_beside_their_filters_follow(self):
        def counted(person):
            Post = self._as(person)["forum.post"]
            facets = Post._facets(Post._reading())
            return facets["forum"].get(self.forum.id, 0), facets["forum"].get(self.other_forum.id, 0)

        here, there = counted(self.chloe)
        self._mine().write({"forum_id": self.other_forum.id})
        self.assertEqual(counted(self.chloe), (here - 1, there + 1))
        self._mine().write({"audience_network_ids": to(self.blue)})
        self.assertEqual(counted(self.chloe), (here - 1, there))

    def test_what_waits_for_a_moderator_is_his_words_and_nothing_else(self):
        self.env["ir.config_parameter"].set_param("collab_contribution.reviewed", "9")
        self._mine().write({"content": "<p>Mieux.</p>", "forum_id": self.other_forum.id})
        self.assertEqual((self.question.content, self.question.forum_id), ("<p>Je cherche.</p>", self.other_forum))

    # What does not

    def test_he_addresses_nobody_but_his_own(self):
        self.assertEqual(self._refused({"audience_network_ids": to(self.green)}), "audience")
        self.assertEqual(self._refused({"audience_territory_ids": [Command.set(self.hills.ids)]}), "audience")
        self._mine(person=self.ada)._correct({"audience_network_ids": to(self.blue, self.green)}, "Pour tous deux")
        # Others read it too: he narrows it, and does not widen it.
        self.assertEqual(self._refused({"audience_network_ids": to()}), "audience")
        self._mine().write({"audience_network_ids": to(self.blue)})

    def test_it_has_a_theme_that_is_in_use(self):
        self.assertEqual(self._refused({"forum_id": False}), "forum_id")
        self.other_theme.active = False
        self.assertEqual(self._refused({"forum_id": self.other_forum.id}), "forum_id")

    def test_a_closed_discussion_does_not_change_and_another_person_changes_nothing(self):
        vals = {"forum_id": self.other_forum.id}
        with self.assertRaises(AccessError):
            self._mine(person=self.alan).write(vals)
        with self.assertRaises(AccessError):
            self._mine(self.answer, self.alan).write(vals)
        self.question.with_env(self._as(self.maud))._close("Réglé")
        self.assertIsNone(self._refused(vals))

    # On its page

    def _log_in(self, person):
        self.authenticate(person.login, f"{person.login}-password-2026")

    def _open(self):
        """:return: the form of correction, as its author opens it"""
        page = self.url_open(f"/forum/{self.question.id}/corriger")
        return html.fromstring(page.text).get_element_by_id("corriger")

    def _send(self, form, **typed):
        """Fill in a form, and send it.

        :return: the page that answers
        """
        sent = [(name, value) for name, value in form.form_values() if name not in typed]
        sent += [
            (name, value)
            for name, values in typed.items()
            for value in ([values] if isinstance(values, str) else values)
        ]
        answer = self.url_open(form.get("action"), data=sent)
        self.env.invalidate_all()
        return answer

    def test_its_page_offers_what_he_may_choose_and_keeps_the_rest(self):
        both = {"territory_id": self.hills.id, "audience_network_ids": to(self.blue, self.green)}
        self._mine(person=self.ada)._correct(both, "Pour tous deux")
        self.env["collab.notification"].search([]).unlink()
        self._log_in(self.alice)
        form = self._open()
        self.assertEqual(form.fields["theme"], str(self.theme.id))
        self.assertEqual(form.fields["territoire"], str(self.hills.id))
        boxes = {box.get("value"): box for box in form.xpath(".//input[@name='networks']")}
        self.assertEqual(boxes[str(self.green.id)].get("disabled"), "disabled")
        answer = self._send(form, theme=str(self.other_theme.id), territoire="")
        self.assertEqual(answer.url, f"{self.base_url()}/forum/{self.question.id}")
        self.assertEqual(
            (self.question.forum_id, self.question.territory_id), (self.other_forum, self.env["collab.territory"])
        )
        self.assertEqual(self.question.audience_network_ids, self.blue | self.green)
        self.assertFalse(self._waiting())

    def test_what_is_not_for_him_has_no_name_there(self):
        self._log_in(self.alice)
        self.assertNotIn("Green", html.tostring(self._open(), encoding="unicode"))

    def test_another_network_reads_it_no_more_and_a_colleague_reads_it_under_its_new_theme(self):
        self._log_in(self.alice)
        self._send(self._open(), theme=str(self.other_theme.id), networks=[str(self.blue.id)])
        for person, status in ((self.alan, 200), (self.chloe, 404)):
            self._log_in(person)
            self.assertEqual(self.url_open(f"/forum/{self.question.id}").status_code, status)
            listed = "Comment faire ?" in self.url_open(f"/forum?theme={self.other_theme.id}").text
            self.assertEqual(listed, status == 200)

    def test_a_stale_page_undoes_nothing_that_a_moderator_has_decided(self):
        self._log_in(self.alice)
        form = self._open()
        self._mine(person=self.maud)._move(self.other_forum.id, "Mal rangé")
        self._mine(person=self.ada)._correct({"audience_network_ids": to(self.blue)}, "Un nom")
        page = self._send(form, titre="Comment ?")
        said = " ".join(page.text.split())
        self.assertIn("Quelqu’un vient de modifier ce texte", said)
        self.assertIn(f'<dt>Thème</dt><dd class="c-prose">{self.other_theme.name}</dd>', said)
        self.assertIn("Comment ?", said)
        self.assertEqual((self.question.forum_id, self.question.audience_network_ids), (self.other_forum, self.blue))
        self.assertEqual(self.question.name, "Comment faire ?")

    def test_a_page_that_was_open_before_it_had_these_fields_changes_none(self):
        self._mine().write({"audience_network_ids": to(self.blue)})
        self._log_in(self.alice)
        form = self._open()
        token = form.fields["csrf_token"]
        self.url_open(form.get("action"), data={"csrf_token": token, "titre": "Comment ?", "contenu": "Dites"})
        self.assertEqual(self.question.name, "Comment ?")
        self.assertEqual(self.question.audience_network_ids, self.blue)

    # What is refused

    def test_what_is_refused_is_said_beside_its_field_and_the_page_opens_on_it(self):
        self._log_in(self.alice)
        for field, typed, said in (
            ("question-title", {"titre": " "}, "Donnez un titre à votre question."),
            ("question-text", {"contenu": "é" * 100_001, "riche": ""}, "Ce texte est trop long."),
            ("question-theme", {"theme": ""}, "Choisissez un thème."),
            ("question-theme", {"theme": "999999"}, "Ce choix n’existe plus"),
            ("question-about", {"territoire": "999999"}, "Ce choix n’existe plus"),
            ("audience", {"networks": [str(self.green.id)]}, "n’est plus proposé"),
        ):
            with self.subTest(field, typed=typed):
                # All the rest is kept.
                typed = {"territoire": str(self.hills.id), "contenu": "Ce que je cherche", **typed}
                form = html.fromstring(self._send(self._open(), **typed).text).get_element_by_id("corriger")
                [error] = form.xpath(".//*[@role='alert']")
                self.assertEqual(error.get("id"), f"{field}-error")
                self.assertIn(said, error.text_content().replace("'", "’"))
                [opened] = form.xpath(".//*[@autofocus]")
                if field != "audience":
                    self.assertEqual((opened.get("id"), opened.get("aria-invalid")), (field, "true"))
                    self.assertIn(error.get("id"), opened.get("aria-describedby").split())
                if "territoire" in typed and field != "question-about":
                    self.assertEqual(form.fields["territoire"], str(self.hills.id))
                self.assertEqual(self.question.name, "Comment faire ?")
