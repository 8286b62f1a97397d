import base64

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import LibraryCase


@tagged("post_install", "-at_install")
class TestFile(LibraryCase):
    def test_looking_and_searching_agree(self):
        """dms alone answers that everybody has access to everything."""
        document = self._deposit(self.alice, audience_network_ids=self.blue.ids)
        self.assertTrue(document.with_user(self.alan).has_access("read"))
        self.assertFalse(document.with_user(self.chloe).has_access("read"))
        # Each person has a transaction of his own.
        self.env.invalidate_all()
        self.assertFalse(document.with_user(self.chloe).read(["title"]))
        self.assertFalse(self.env["dms.file"].with_user(self.chloe).search_count([("id", "=", document.id)]))

    def test_comments_are_as_closed_as_the_document(self):
        document = self._deposit(self.alice, audience_network_ids=self.blue.ids)
        message = document.sudo().message_post(body="CANARY", message_type="comment", subtype_xmlid="mail.mt_comment")
        self.assertFalse(self.env["mail.message"].with_user(self.chloe).search([("id", "=", message.id)]))
        self.assertTrue(self.env["mail.message"].with_user(self.alan).search([("id", "=", message.id)]))

    def test_the_content_is_as_closed_as_the_document(self):
        document = self._deposit(self.alice, audience_network_ids=self.blue.ids)
        attachment = self.env["ir.attachment"].search(
            [("res_model", "=", "dms.file"), ("res_id", "=", document.id), ("res_field", "=", "content_file")]
        )
        self.assertTrue(attachment)
        other_staff = self._user("mona", "moderator", networks=[self.green])
        for stranger in (self.chloe, other_staff):
            with self.subTest(stranger.login):
                self.assertFalse(attachment.with_user(stranger).has_access("read"))

    def test_a_link_opens_nothing_to_whom_the_audience_excludes(self):
        document = self._deposit(self.alice, audience_network_ids=self.blue.ids)
        token = document.sudo()._portal_ensure_token()
        self.assertTrue(document.with_user(self.alan).check_access_token(token))
        self.assertFalse(document.with_user(self.chloe).sudo().check_access_token(token))

    def test_an_author_corrects_and_withdraws_his_own(self):
        document = self._deposit(self.alice)
        document.title = "Note corrigée"
        with self.assertRaises(AccessError):
            document.with_user(self.alan).title = "Note volée"
        with self.assertRaises(AccessError):
            document.with_user(self.alan)._withdraw()
        document._withdraw()
        self.assertTrue(document.removed_date)
        # The bin keeps it: nobody deletes at once.
        for person in (self.alice, self._user("moe", "moderator", networks=[self.blue])):
            with self.assertRaises(AccessError):
                document.with_user(person).unlink()

    def test_what_is_withdrawn_is_found_by_nobody_but_can_be_put_back(self):
        document = self._deposit(self.alice)
        document._withdraw()
        self.assertFalse(document.with_user(self.alan).has_access("read"))
        self.assertFalse(
            document.with_user(self.alan).with_context(active_test=False).search([("id", "=", document.id)])
        )
        moderator = self._user("maud", "moderator", networks=[self.blue])
        document.with_user(moderator)._restore()
        self.assertTrue(document.with_user(self.alan).has_access("read"))

    def test_a_member_of_two_networks_sees_each_document_once(self):
        david = self._user("david", organisation=self._organisation("Deux", [self.blue, self.green], [self.port]))
        both = self._deposit(david, audience_network_ids=(self.blue | self.green).ids)
        blue = self._deposit(self.alice, audience_network_ids=self.blue.ids)
        green = self._deposit(self.chloe, audience_network_ids=self.green.ids)
        found = self.env["dms.file"].with_user(david).search([("id", "in", (both | blue | green).ids)])
        self.assertEqual(sorted(found.ids), sorted((both | blue | green).ids))

    def test_the_author_is_named_without_opening_the_accounts(self):
        document = self._deposit(self.alice).with_user(self.chloe)
        self.assertEqual(document.author_id.name, self.alice.name)
        self.assertEqual(document.author_id.organisation_name, "Association")

    def test_a_title_reads_like_a_sentence(self):
        title = self.env["dms.file"]._title_from_name("compte-rendu_du  12 novembre.odt")
        self.assertEqual(title, "Compte-rendu du 12 novembre")

    def test_what_dms_receives_without_a_title_takes_that_of_its_name(self):
        document = self.env["dms.file"].create(
            {
                "name": "compte-rendu_du 12 novembre.pdf",
                "directory_id": self.folder.id,
                "content": base64.b64encode(b"%PDF-1.4"),
            }
        )
        self.assertEqual(document.title, "Compte-rendu du 12 novembre")

    def test_names_that_a_disk_refuses_are_refused(self):
        for name in (
            "../evasion.pdf",
            "/etc/passwd",
            "nul\x00.pdf",
            "x" * 300 + ".pdf",
            "...",
            "\u202efdp.exe",
        ):
            with self.subTest(name), self.assertRaises(ValidationError), self.cr.savepoint():
                self._deposit(self.alice, name=name)
        self.assertEqual(self._deposit(self.alice, name="été 🌻.pdf").name, "été 🌻.pdf")

    def test_sizes_are_written_as_the_french_write_them(self):
        document = self._deposit(self.alice, content=b"x" * 1536, name="note.txt").with_context(lang="fr_FR")
        say_size = document.env["ir.qweb.field.collab_size"].value_to_html
        self.assertEqual(say_size(document.size, {}), "1,5\N{NO-BREAK SPACE}ko")
