import re
from collections import defaultdict

from lxml import html

from odoo.tests import HttpCase, tagged

from .organisation_case import OrganisationCase


@tagged("post_install", "-at_install")
class TestOrganisation(OrganisationCase, HttpCase):
    """The page of an organisation, and the forms that lead from it."""

    def _page(self, path="", organisation=None):
        return self.url_open(f"/annuaire/structures/{(organisation or self.anchor).id}{path}")

    def _come_in(self, person):
        self.authenticate(person.login, f"{person.login}-password-2026")

    def _send(self, path, organisation=None, **typed):
        """Send the form of a page, as it stands but for what is typed."""
        page = html.fromstring(self._page(path, organisation).text)
        [form] = [form for form in page.forms if form.action.startswith("/annuaire")]
        sent = defaultdict(list)
        for name, value in form.form_values():
            sent[name].append(value)
        return self.url_open(form.action, data={**sent, **typed})

    def test_its_page_says_what_it_is_and_how_to_reach_it(self):
        kind = self.env["collab.organisation.kind"].create({"name": "Accueil d'essai"})
        self.anchor.write({"kind_ids": kind, "activities": "Friperie", "about": "Ouvert <b>tôt</b>."})
        self.anchor.write({"phone": "02 40 00 00 00", "website": "lancre.example", "email": "accueil@lancre.example"})
        self.rita.partner_id.write({"function": "Directrice", "work_days": "lundi"})
        self._come_in(self.bruno)
        page = self._page().text
        for shown in (
            *("Accueil d&#39;essai", "Friperie", "Ouvert &lt;b&gt;tôt&lt;/b&gt;.", "12 quai de la Fosse", "Rezé"),
            *(
                "tel:0240000000",
                'rel="noopener noreferrer" target="_blank" href="https://lancre.example">lancre.example</a>',
            ),
            *("mailto:accueil@lancre.example", "Directrice", "lundi", "Blue", "2 personnes", "Proposer une correction"),
            f"/carte?structure={self.anchor.id}",
        ):
            self.assertIn(shown, page)
        self.assertNotIn("Qui travaille encore ici", page)

    def test_who_is_not_listed_is_not_on_it(self):
        self.alice.partner_id.is_listed = False
        self._come_in(self.bruno)
        page = self._page().text
        self.assertNotIn(f"/annuaire/{self.alice.partner_id.id}", page)
        self.assertIn("1 personne", page)

    def test_an_organisation_of_many_people_is_read_page_by_page(self):
        for number in range(22):
            self._user(f"nom{number:02}", organisation=self.quay)
        self._come_in(self.alice)
        first = self._page(organisation=self.quay).text
        self.assertIn("23 personnes", first)
        self.assertIn("?page=2", first)
        self.assertIn("nom21", self._page("?page=2", self.quay).text)
        self.assertEqual(self._page("?page=99999999999999999999", self.quay).status_code, 200)

    def test_what_is_archived_or_none_is_not_found(self):
        closed = self._organisation("Fermée", [self.blue])
        closed.active = False
        self._come_in(self.bruno)
        for number in (closed.id, self.alice.partner_id.id, self.site.id, 999_999_999):
            for path in ("", "/modifier", "/equipe"):
                with self.subTest(number=number, path=path):
                    response = self.url_open(f"/annuaire/structures/{number}{path}")
                    self.assertEqual(response.status_code, 404)

    def test_the_page_costs_a_few_queries_whatever_the_number_of_people(self):
        for number in range(15):
            self._user(f"nom{number:02}", organisation=self.quay)
        self._come_in(self.bruno)
        self._page()
        self._page(organisation=self.quay)
        counts = []
        for organisation in (self.anchor, self.quay):
            before = self.env.cr.sql_log_count
            self._page(organisation=organisation)
            counts.append(self.env.cr.sql_log_count - before)
        # Its site, and no more for fifteen people.
        self.assertLessEqual(max(counts) - min(counts), 2, counts)
        self.assertLessEqual(max(counts), 25, counts)

    # Corrections

    def test_a_member_proposes_a_correction_and_finds_it_again(self):
        self._come_in(self.bruno)
        page = self._send("/modifier", rue="14 quai de la Fosse", phrase="Vu hier").text
        self.assertIn("Correction proposée", page)
        self.assertIn("attend un modérateur", page)
        self.assertEqual(self.anchor.street, "12 quai de la Fosse")
        correction = self.env["collab.correction"].search([("user_id", "=", self.bruno.id)])
        self.assertEqual(correction.changes["own"], {"street": ["12 quai de la Fosse", "14 quai de la Fosse"]})
        form = self._page("/modifier").text
        self.assertIn('value="14 quai de la Fosse"', form)
        self.assertIn("Vu hier", form)

    def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays(self):
        self._come_in(self.bruno)
        for word, typed, said in (
            ("site", "javascript:alert(1)", "pas l’adresse d’un site"),
            ("telephone", "appelez-moi", "pas un numéro"),
            ("email", "moi", "adresse e-mail"),
            ("rue", "x" * 300, "200 caractères maximum"),
        ):
            with self.subTest(word):
                page = self._send("/modifier", **{word: typed, "presentation": "Une phrase tapée"}).text
                self.assertRegex(page, rf'id="card-{word}-error"[^>]*>[^<]*{said}')
                self.assertIn(typed, page)
                self.assertIn("Une phrase tapée", page)
        self.assertFalse(self.env["collab.correction"].search([]))

    def test_a_referent_changes_the_card_at_once_and_is_told_what_waits(self):
        self._come_in(self.rita)
        page = self._send("/modifier", rue="14 quai de la Fosse", nom="L'Ancre solidaire").text
        self.assertIn("Fiche modifiée", page)
        self.assertIn("doit encore accepter", page)
        self.assertEqual((self.anchor.street, self.anchor.name), ("14 quai de la Fosse", "L'Ancre"))

    def test_what_has_been_changed_while_the_form_was_open_is_shown(self):
        self._come_in(self.rita)
        page = self._page("/modifier").text
        self.anchor.phone = "02 40 00 00 01"
        sent = {
            name: re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in ("csrf_token", "jeton", "empreinte")
        }
        answer = self.url_open(
            f"/annuaire/structures/{self.anchor.id}/modifier",
            data={**sent, "telephone": "02 40 00 00 02", "nom": "L'Ancre"},
        ).text
        self.assertIn("02 40 00 00 01", answer)
        self.assertIn('value="02 40 00 00 02"', answer)
        self.assertEqual(self.anchor.phone, "02 40 00 00 01")

    # Who works there

    def test_only_a_referent_has_the_page_of_the_team(self):
        for person in (self.bruno, self.alice, self.maud):
            self._come_in(person)
            with self.subTest(person.login):
                self.assertEqual(self._page("/equipe").status_code, 404)
        self._come_in(self.rita)
        self.assertEqual(self._page("/equipe").status_code, 200)
        self.assertEqual(self._page("/equipe", self.quay).status_code, 404)

    def test_one_click_confirms_and_an_untick_is_asked_first(self):
        self._come_in(self.rita)
        page = self._page("/equipe").text
        self.assertIn("Ces 2 personnes sont encore là", re.sub(r"\s+", " ", re.sub("<[^>]+>", "", page)))
        self.assertIn("Merci", self._send("/equipe", la=[str(self.alice.partner_id.id)]).text)
        asked = self._send("/equipe", la=[])
        self.assertIn("Fermer le compte de", asked.text)
        self.assertTrue(self.alice.active, "nothing is closed yet")
        self.assertIn("Compte fermé", self._send("/equipe", la=[], sur="1").text)
        self.assertFalse(self.alice.active)

    def test_a_forged_form_closes_nobody_else(self):
        tom = self._user("tom", "moderator", organisation=self.anchor)
        self._come_in(self.rita)
        token = re.search(r'name="csrf_token" value="([^"]*)"', self._page("/equipe").text)[1]
        people = [self.bruno, tom, self.rita, self.maud]
        self.url_open(
            f"/annuaire/structures/{self.anchor.id}/equipe",
            data={"csrf_token": token, "vus": [str(person.partner_id.id) for person in people], "sur": "1"},
        )
        self.assertTrue(all(person.active for person in people))
