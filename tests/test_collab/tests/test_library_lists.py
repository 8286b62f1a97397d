import io
import re
from urllib.parse import urlencode

from PIL import Image

from odoo.tests import HttpCase, tagged

from odoo.addons.collab_ressources.tests.common import LibraryCase

HIDDEN = re.compile(r'<li[^>]*hidden="hidden"[^>]*>.*?</li>', re.DOTALL)


@tagged("post_install", "-at_install")
class TestLibraryLists(LibraryCase, HttpCase):
    """What the lists of the library offer, and say when they are empty."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.alice | cls.alan | cls.chloe).lang = "fr_FR"
        cls.move, cls.health = cls.env["collab.theme"].create([{"name": "Se déplacer"}, {"name": "Se soigner"}])
        cls.tool = cls.env.ref("collab_ressources.category_tool")

    def _page(self, person, path="/ressources", **asked):
        self.authenticate(person.login, f"{person.login}-password-2026")
        return self.url_open(f"{path}?{urlencode(asked)}" if asked else path).text.replace("&amp;", "&")

    def _chips(self, page):
        return re.sub(r"\s+", " ", re.search(r'<nav class="c-chips".*?</nav>', page, re.DOTALL)[0])

    def _words(self, html):
        return " ".join(re.sub(r"<[^>]+>", " ", html).split())

    def test_each_choice_says_how_many_it_leaves_and_the_whole_chip_takes_it_off(self):
        for theme in (self.move, self.move, self.health):
            self._deposit(self.alice, theme_id=theme.id)
        self._deposit(self.chloe, theme_id=self.move.id, audience_network_ids=self.green.ids)
        chips = self._chips(self._page(self.alan))
        self.assertRegex(self._words(chips), r"Se déplacer 2 Se soigner 1")
        self.assertIn(f'href="/ressources?theme={self.move.id}"', chips)
        page = self._page(self.alan, theme=self.move.id, tri="title")
        chips = self._chips(page)
        self.assertRegex(self._words(chips), r"Thème\s: Se déplacer")
        self.assertIn('class="c-chip is-on" href="/ressources?tri=title"', chips)
        self.assertIn("2 documents · Se déplacer", self._words(page))

    def test_nothing_matches_is_not_nothing_yet(self):
        self._deposit(self.alice, theme_id=self.move.id)
        self._deposit(self.alice, category_id=self.tool.id)
        page = self._words(self._page(self.alan, theme=self.move.id, type=self.tool.id))
        self.assertIn(f"Aucun document ne correspond à ces filtres : Se déplacer, {self.tool.name}", page)
        self.assertRegex(page, r"Sans « (Se déplacer|Outil) », il y a 1 document")
        self.assertIn("Effacer le filtre Se déplacer", page)
        empty = self.env["dms.directory"].create({"name": "Vide", "parent_id": self.folder.id})
        html = self._page(self.alan, dossier=empty.id)
        self.assertNotIn("ne correspond", html)
        self.assertIn(f'href="/ressources/depot?dossier={empty.id}"', html)
        deposit = self._page(self.alan, "/ressources/depot", dossier=empty.id)
        self.assertRegex(deposit, rf'<option value="{empty.id}" selected="selected"')

    def test_among_two_hundred_folders_those_around_are_in_sight_and_the_empty_ones_are_folded(self):
        library = self.env.ref("collab_ressources.directory_library")
        tops = self.env["dms.directory"].create(
            [{"name": f"Thématique {number}", "parent_id": library.id} for number in range(100)]
        )
        inner = self.env["dms.directory"].create(
            [{"name": f"Détail {number}", "parent_id": top.id} for number, top in enumerate(tops)]
        )
        for folder in (inner[0], inner[1], tops[2]):
            self._deposit(self.alice, directory_id=folder.id)
        page = self._page(self.alan)
        nav = re.search(r'<nav id="dossiers".*?</nav>', page, re.DOTALL)[0]
        self.assertIn("Chercher un dossier", nav)
        shown, _fold, empty = HIDDEN.sub("", nav).partition("<details")
        self.assertIn("Thématique 0", shown)
        # What lies in a folder is found by typing, and not in sight before one goes there.
        self.assertNotIn("Détail 0", shown)
        self.assertIn("Détail 0", nav)
        self.assertNotIn("Thématique 5<", shown)
        self.assertIn("Thématique 5<", empty)
        page = self._page(self.alan, dossier=inner[0].id)
        nav = HIDDEN.sub("", re.search(r'<nav id="dossiers".*?</nav>', page, re.DOTALL)[0]).partition("<details")[0]
        for name in ("Thématique 0", "Détail 0", "Thématique 1", "Thématique 2"):
            self.assertIn(f">{name}<", nav)
        self.assertNotIn("Détail 1<", nav)

    def test_an_archived_theme_is_named_so_and_opens_everywhere(self):
        document = self._deposit(self.alice, theme_id=self.move.id)
        self.move.active = False
        page = self._page(self.alan, f"/ressources/{document.id}")
        self.assertIn(f'href="/ressources?theme={self.move.id}">Se déplacer (thème archivé)</a>', page)
        page = self._words(self._page(self.alan, theme=self.move.id))
        self.assertIn("1 document · Se déplacer (thème archivé)", page)

    def test_what_was_merged_leads_to_what_stays_by_all_its_addresses_and_says_so(self):
        kept, other = self._deposit(self.alice, title="Celle qui reste"), self._deposit(self.alice)
        maud = self._user("maud", "moderator", networks=[self.blue])
        other.with_user(maud)._merge_into(kept.with_user(maud))
        for path in (f"/ressources/{other.id}", f"/ressources/{other.id}/telecharger"):
            page = self._page(self.alan, path)
            self.assertIn("Celle qui reste", page)
            self.assertIn("a été fusionné avec celui-ci", page)

    def test_what_one_follows_is_in_one_list(self):
        document = self._deposit(self.alice, title="Grille suivie")
        document.with_user(self.alan)._set_mark("follow", True)
        self.folder.with_user(self.alan)._set_mark("follow", True)
        page = self._page(self.alan, "/ressources/suivis")
        self.assertIn("Grille suivie", page)
        self.assertIn(f'href="/ressources?dossier={self.folder.id}"', page)
        self.assertNotIn("Grille suivie", self._page(self.chloe, "/ressources/suivis"))

    def test_a_picture_has_its_room_before_it_is_there(self):
        buffer = io.BytesIO()
        picture, turned = Image.new("RGB", (1200, 800)), Image.Exif()
        turned[0x0112] = 6
        picture.save(buffer, "JPEG", exif=turned)
        document = self._deposit(self.alice, buffer.getvalue(), "affiche.jpg")
        # It was taken upright: as the browser turns it.
        self.assertIn('width="384" height="576"', self._page(self.alan, f"/ressources/{document.id}"))

    def test_what_was_left_out_of_a_deposit_is_named_once_the_rest_is_there(self):
        self.authenticate("alan", "alan-password-2026")
        for number, (left, said) in enumerate(
            (
                ('["lot/outil.exe"]', "1 fichier refusé : lot/outil.exe."),
                ('["a", {}, "b"]', "2 fichiers refusés"),
                ("{", ""),
            )
        ):
            token = re.search(r'name="csrf_token" value="([^"]+)"', self.url_open("/ressources/depot").text)[1]
            content = f"Une grille, {number}".encode()
            upload = self.env(user=self.alan, su=False)["collab.upload"]._start("grille.txt", len(content))
            upload._append(0, io.BytesIO(content))
            sent = {"files": f'[{{"id": {upload.id}}}]', "folder": self.folder.id, "left": left, "csrf_token": token}
            page = self._words(self.url_open(self.url_open("/ressources/depot", data=sent).json()["redirect"]).text)
            with self.subTest(left):
                self.assertIn("Document déposé.", page)
                self.assertIn(said, page)
