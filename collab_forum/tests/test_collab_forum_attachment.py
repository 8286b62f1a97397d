import io
import zipfile

from PIL import Image

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.collab_fichiers.models.collab_attachment_mixin import ATTACHMENTS_MAX
from odoo.addons.collab_fichiers.preview import IMAGE_MAX_PIXELS

from .common import ForumCase

ORIENTATION, GPS = 0x0112, 0x8825


def photo(width=3000, height=2000, kind="JPEG"):
    """:return bytes: a photo that a telephone held upright has taken, and that says where"""
    said = Image.Exif()
    said[ORIENTATION] = 6
    said.get_ifd(GPS)[1] = "N"
    content = io.BytesIO()
    Image.new("RGB", (width, height), (200, 120, 40)).save(content, kind, exif=said)
    return content.getvalue()


@tagged("post_install", "-at_install")
class TestForumAttachment(ForumCase):
    def setUp(self):
        super().setUp()
        # What happens after a commit opens a cursor of its own: it must see the test's.
        self.registry_enter_test_mode()
        self.question = self._ask(self.alice, audience_network_ids=self.blue.ids)

    def _sent(self, person, content, name="photo.jpg"):
        upload = self._as(person)["collab.upload"]._start(name, len(content))
        upload._append(0, io.BytesIO(content))
        return upload

    def _attach(self, person, post, uploads):
        env = self._as(person)(context={"lang": "fr_FR"})
        env["collab.forum.attachment"]._attach(post.with_env(env), uploads)
        return self.env["collab.forum.attachment"].search([("post_id", "=", post.id)])

    def test_a_photo_is_shown_upright_and_tells_neither_where_nor_by_whom_it_was_taken(self):
        attachment = self._attach(self.alice, self.question, self._sent(self.alice, photo()))
        kept = Image.open(io.BytesIO(attachment._stored().raw))
        self.assertEqual((kept.format, kept.size), ("JPEG", (1067, 1600)))
        self.assertEqual((attachment.width, attachment.height, attachment.mimetype), (1067, 1600, "image/jpeg"))
        # The page keeps its room, so that nothing moves when it comes.
        self.assertEqual(attachment._room(), "width: 256px; aspect-ratio: 1067 / 1600")
        self.assertFalse(kept.getexif())

    def test_what_can_be_seen_through_stays_so_or_lies_on_white(self):
        for kind, name, mode, corner in (("PNG", "logo.png", "RGBA", (0, 0, 0, 0)), ("WEBP", "logo.webp", "RGB", None)):
            content = io.BytesIO()
            Image.new("RGBA", (30, 20)).save(content, kind)
            attachment = self._attach(self.alice, self.question, self._sent(self.alice, content.getvalue(), name))[-1]
            kept = Image.open(io.BytesIO(attachment._stored().raw))
            with self.subTest(name):
                self.assertEqual(kept.mode, mode)
                self.assertEqual(kept.getpixel((0, 0)), corner or (255, 255, 255))

    def test_a_drawing_stays_sharp_and_a_document_stays_what_it_is(self):
        drawing = self._attach(self.alice, self.question, self._sent(self.alice, photo(30, 20, "PNG"), "plan.png"))
        self.assertEqual((drawing.mimetype, drawing.width), ("image/png", 20))
        document = self._attach(self.alice, self.question, self._sent(self.alice, b"%PDF-1.4 x", "note.pdf")) - drawing
        self.assertEqual((document.mimetype, document.size, document.width), ("application/pdf", 10, 0))
        self.assertEqual((drawing._room(), document._room()), ("width: 20px; aspect-ratio: 20 / 30", None))
        self.assertEqual(document._stored().raw, b"%PDF-1.4 x")

    def test_whoever_reads_the_text_reads_its_files_and_nobody_else(self):
        attachment = self._attach(self.alice, self.question, self._sent(self.alice, photo(30, 20)))
        self.assertEqual(self._readers(attachment), ["ali", "ala", "mau", "ada"])
        self.question.with_user(self.maud)._hide("Reconnaissable")
        self.assertEqual(self._readers(attachment), ["ali", "mau", "ada"])

    def test_a_moderator_sees_the_files_and_takes_one_away_with_a_reason(self):
        uploads = self._sent(self.alice, photo(30, 20)) | self._sent(self.alice, b"%PDF-1.4", "note.pdf")
        picture, document = self._attach(self.alice, self.question, uploads)
        mine = self.question.with_env(self._as(self.maud))
        self.assertEqual([file["name"] for file in mine._case()["files"]], ["photo.jpg", "note.pdf"])
        mine._correct({}, "On reconnaît la personne", [picture.id])
        self.assertEqual((picture.exists() | document).mapped("name"), ["note.pdf"])
        self.assertIn("photo.jpg", self.env["collab.action"].search([], limit=1).detail)

    def test_one_joins_one_s_own_files_to_one_s_own_texts(self):
        with self.assertRaises(AccessError):
            self._attach(self.alan, self.question, self._sent(self.alan, photo(30, 20)))
        with self.assertRaises(AccessError):
            self._as(self.alice)["collab.forum.attachment"].create(
                {"post_id": self.question.id, "name": "x", "mimetype": "image/png", "size": 1}
            )
        attachment = self._attach(self.alice, self.question, self._sent(self.alice, photo(30, 20)))
        with self.assertRaises(AccessError):
            attachment.with_env(self._as(self.alan))._detach()
        attachment.with_env(self._as(self.alice))._detach()
        self.assertFalse(attachment.exists())

    def test_what_cannot_be_shown_is_refused_in_french_and_may_be_sent_again(self):
        side = int(IMAGE_MAX_PIXELS**0.5) + 1
        large = io.BytesIO()
        Image.new("1", (side, side)).save(large, "PNG")
        other = io.BytesIO()
        Image.new("RGB", (30, 20)).save(other, "TIFF")
        for content, name in (
            (large.getvalue(), "plan.png"),
            (photo(30, 20)[:200], "photo.jpg"),
            # As it is, it would keep the place where it was taken.
            (other.getvalue(), "photo.tiff"),
        ):
            upload = self._sent(self.alice, content, name)
            with self.subTest(name), self.assertRaises(ValidationError) as refusal, self.cr.savepoint():
                self._attach(self.alice, self.question, upload)
            self.assertIn("ne peut pas être affichée", str(refusal.exception))
            self.assertEqual(upload._received(), len(content))

    def test_a_file_joins_one_text_and_a_text_has_a_few(self):
        upload = self._sent(self.alice, photo(30, 20))
        self._attach(self.alice, self.question, upload)
        with self.assertRaises(UserError), self.cr.savepoint():
            self._attach(self.alice, self.question, upload)
        many = upload.union(*(self._sent(self.alice, b"%PDF-1.4", "note.pdf") for _ in range(ATTACHMENTS_MAX)))
        with self.assertRaises(ValidationError) as refusal:
            self._attach(self.alice, self.question, many)
        self.assertIn("Joignez 10 fichiers au maximum", str(refusal.exception))

    def test_files_leave_the_disk_with_the_discussion(self):
        answer = self._answer(self.alan, self.question)
        attachments = self._attach(self.alice, self.question, self._sent(self.alice, b"%PDF-1.4 q", "note.pdf"))
        attachments |= self._attach(self.alan, answer, self._sent(self.alan, b"%PDF-1.4 a", "note.pdf"))
        contents = attachments[0]._stored() | attachments[1]._stored()
        self.assertEqual(len(contents), 2)
        self.question.sudo()._purge()
        self.assertFalse(contents.exists())

    def _own_files(self, person):
        """:return dict[str, bytes]: what somebody takes away, by name"""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            person._write_own_data(archive)
        archive = zipfile.ZipFile(target)
        return {name: archive.read(name) for name in archive.namelist()}

    def test_what_one_takes_away_holds_one_s_files(self):
        self._attach(self.alice, self.question, self._sent(self.alice, b"%PDF-1.4 q", "note.pdf"))
        self.assertIn(b"%PDF-1.4 q", self._own_files(self.alice).values())
        self.assertNotIn(b"%PDF-1.4 q", self._own_files(self.alan).values())
