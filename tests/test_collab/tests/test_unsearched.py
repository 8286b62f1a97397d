import io

from odoo.tests import HttpCase, tagged

from .world import World


@tagged("post_install", "-at_install")
class TestUnsearched(World, HttpCase):
    """Who may change a document learns on its page that a search does not find its text. Nobody else does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.default"].set("res.partner", "lang", "fr_FR")
        cls.walter = cls._user("walter", organisation=cls.houses[cls.blue])
        (cls.wanda | cls.bea | cls.walter).lang = "fr_FR"
        content = b"%PDF-1.4 photo"
        upload = cls.env(user=cls.wanda, su=False)["collab.upload"]._start("bail.pdf", len(content))
        upload._append(0, io.BytesIO(content))
        folder = cls.env.ref("collab_ressources.directory_tools").id
        cls.document = upload._deposit({"title": "Bail", "directory_id": folder})
        # As when what has been done is saved: the search learns that there is a file.
        cls.env.cr.flush()
        cls.file = cls.env["collab.search.file"].search([("checksum", "=", cls.document.sudo().checksum)]).ensure_one()

    def _page(self, person):
        self.env.flush_all()
        self.authenticate(person.login, f"{person.login}-password-2026")
        answer = self.url_open(f"/ressources/{self.document.id}")
        self.assertEqual(answer.status_code, 200)
        return answer.text

    def test_each_state_has_its_sentence(self):
        unsearched = "son texte ne peut pas être cherché."
        for vals, said in (
            ({"state": "scan"}, f"Numérisé\xa0: {unsearched}"),
            ({"state": "locked"}, f"Protégé par un mot de passe\xa0: {unsearched}"),
            ({"state": "failed"}, f"Fichier illisible\xa0: {unsearched}"),
            ({"state": "text", "is_cut": True}, "Très long\xa0: seul le début est cherché."),
        ):
            self.file.write({"is_cut": False, **vals})
            for person in (self.wanda, self.bea):
                self.assertIn(said, self._page(person))
            self.assertNotIn(said, self._page(self.walter))

    def test_nothing_is_said_of_what_is_read_or_waits_or_has_no_text(self):
        for state in ("todo", "text", "empty", "none"):
            self.file.write({"state": state, "is_cut": False})
            self.assertNotIn("cherché.", self._page(self.wanda))

    def test_who_may_not_change_it_learns_nothing_by_any_way(self):
        self.file.state = "scan"
        for person, told in ((self.wanda, True), (self.bea, True), (self.walter, False), (self.nadia, False)):
            document = self.document.with_env(self.env(user=person, su=False))
            self.assertEqual(bool(document._unsearched()), told, person.login)
