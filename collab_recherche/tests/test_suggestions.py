from lxml import html

from odoo.tests import tagged

from .common import SearchCase


@tagged("post_install", "-at_install")
class TestSuggestions(SearchCase):
    """The field of every page, and what it proposes."""

    def test_every_page_of_who_has_passed_the_door_has_the_field_and_no_other(self):
        for path in ("/recherche", "/pour-moi", "/mon-compte", "/page-absente"):
            page = html.fromstring(self.url_open(path).content)
            [form] = page.xpath("//header//form[@role='search']")
            self.assertEqual((form.get("action"), form.get("method")), ("/recherche", "get"), path)
            [field] = form.xpath(".//input[@type='search']")
            self.assertEqual((field.name, field.get("aria-label")), ("q", "Rechercher partout"))
        nadia = self._user("nadia", accepts=False, networks=self.blue)
        self._come(nadia)
        self.assertNotIn('action="/recherche"', self.url_open("/charte").text)
        self.authenticate(None, None)
        self.assertNotIn('action="/recherche"', self.url_open("/web/login").text)
        for path in ("/recherche?q=x", "/recherche/suggestions?q=x"):
            self.assertIn("/web/login", self.url_open(path, allow_redirects=False).headers["Location"])

    def test_what_is_proposed_leads_there_and_the_last_one_to_all(self):
        one = {"title": "Domiciliation & CCAS", "url": "/x/1", "nature": "Chose"}
        self.patch(self.env.registry["collab.search"], "_suggest", lambda model, typed, limit: [one])
        found = self.url_open("/recherche/suggestions?q=domi %26 c").json()
        self.assertEqual(
            found,
            [
                {"label": "Domiciliation & CCAS", "said": "Chose", "address": "/x/1"},
                {
                    "label": "Tous les résultats pour « domi & c »".replace("« ", "«\xa0").replace(" »", "\xa0»"),
                    "address": "/recherche?q=domi+%26+c",
                },
            ],
        )
        self.assertEqual(self.url_open("/recherche/suggestions?q=d").json(), [])
        self.assertFalse(self.env["collab.search.recent"].search([]), "what is typed is not yet searched")
