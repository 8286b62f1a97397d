import re

from lxml import html

from odoo.tests import HttpCase, tagged

from .world import World


@tagged("post_install", "-at_install")
class TestOwnAccount(World, HttpCase):
    """The page of one's own account: a line for each fact, and each message at its form."""

    def setUp(self):
        super().setUp()
        self.authenticate("wanda", "wanda-password-2026")

    def _post(self, path, **typed):
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.url_open("/mon-compte").text)[1]
        return self.url_open(path, data={"csrf_token": token, **typed})

    def test_one_fact_is_changed_alone_and_the_others_stay(self):
        self.wanda.partner_id.write(
            {
                "firstname": "Wanda",
                "lastname": "Bleu",
                "function": "Éducatrice",
                "phone": "02 40 00 00 01",
                "shows_phone": True,
            }
        )
        page = html.fromstring(self.url_open("/mon-compte/fiche?champ=function").content)
        [form] = [form for form in page.forms if form.get("action") == "/mon-compte/fiche"]
        shown = [field.name for field in form.inputs if field.get("type", "text") != "hidden" and field.name]
        self.assertEqual(shown, ["function"])
        answer = self.url_open("/mon-compte/fiche", data={**dict(form.form_values()), "function": "Cheffe de service"})
        self.assertNotIn('role="alert"', answer.text)
        own = self.wanda.partner_id
        self.assertEqual((own.function, own.phone, own.shows_phone), ("Cheffe de service", "02 40 00 00 01", True))

    def test_a_refusal_stands_at_the_head_of_its_own_form(self):
        typed = {"current": "faux", "password": "une-phrase-et-2026", "again": "une-phrase-et-2026"}
        page = html.fromstring(self._post("/mon-compte/mot-de-passe", **typed).content)
        [alert] = page.xpath("//main//*[@role='alert']")
        self.assertEqual(alert.xpath("ancestor::section/@id"), ["mot-de-passe"])

    def test_whose_password_it_is_stands_beside_each_new_password(self):
        link = f"/web/reset_password?token={self._invited().partner_id._generate_signup_token()}"
        for path, login in (("/mon-compte", "wanda"), (link, "newcomer")):
            if path == link:
                self.authenticate(None, None)
            page = html.fromstring(self.url_open(path).content)
            forms = page.xpath("//form[.//input[@autocomplete='new-password']]")
            self.assertEqual([form.xpath(".//input[@autocomplete='username']/@value") for form in forms], [[login]])

    def _invited(self):
        user = self._user("newcomer", networks=self.blue)
        user.partner_id.signup_prepare(signup_type="reset")
        return user

    def test_leaving_says_all_that_stays(self):
        for path in ("/mon-compte", "/mon-compte/quitter"):
            said = " ".join(html.fromstring(self.url_open(path).content).text_content().split())
            for kept in ("documents", "questions", "réponses", "commentaires"):
                self.assertIn(kept, said)
