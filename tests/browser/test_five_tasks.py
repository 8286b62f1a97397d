"""What people come for, on a phone, in five taps at most once they have logged in.

Only what is seen is tapped. A field is tapped before one types in it; the keys are not counted.
"""

import pytest
from playwright.sync_api import expect

PHONE = {"width": 390, "height": 844}
TAPS_MAX = 5


class Thumb:
    """Somebody who holds a phone, and counts."""

    def __init__(self, page):
        self.page = page
        self.taps = 0

    def tap(self, role, name, exact=False):
        self.press(self.page.get_by_role(role, name=name, exact=exact).locator("visible=true").first)

    def press(self, what):
        what.click()
        self.taps += 1
        self.page.wait_for_load_state()

    def type(self, label, text):
        self.press(self.page.get_by_label(label))
        self.page.keyboard.type(text)

    def choose(self, label, option):
        self.page.get_by_label(label).select_option(label=option)
        self.taps += 1


@pytest.fixture
def thumb(log_in):
    """:return: somebody who has just logged in; what he does then takes few taps"""
    people = []

    def log_in_on_a_phone(login):
        people.append(Thumb(log_in(login, PHONE)))
        return people[-1]

    yield log_in_on_a_phone
    for person in people:
        assert 0 < person.taps <= TAPS_MAX, f"{person.taps} taps"


def test_ask_a_question(thumb):
    bruno = thumb("bruno")
    title = "Qui a un contrat type pour un prêt de véhicule ?"
    bruno.tap("link", "Poser une question")
    bruno.type("Votre question", title)
    bruno.choose("Thème", "Mobilité")
    bruno.tap("button", "Publier")
    expect(bruno.page.get_by_role("heading", name=title)).to_be_visible()


def test_find_a_document_on_mobility(thumb):
    chloe = thumb("chloe")
    chloe.tap("link", "Ressources")
    chloe.press(chloe.page.locator("summary").filter(has_text="Thème"))
    chloe.tap("link", "Mobilité")
    found = chloe.page.locator(".c-row:visible a[href^='/ressources/']").first
    title = found.inner_text()
    chloe.press(found)
    expect(chloe.page.get_by_role("heading", level=1)).to_contain_text(title.removeprefix("Nouveau : ").strip())
    expect(chloe.page.get_by_role("link", name="Mobilité").first).to_be_visible()


def test_deposit_a_document_for_my_network(thumb, tmp_path):
    path = tmp_path / "Fiche de prêt de vélo.txt"
    path.write_text("Une fiche.")
    alice = thumb("alice")
    alice.tap("link", "Ressources")
    alice.tap("link", "Déposer")
    with alice.page.expect_file_chooser() as chooser:
        alice.press(alice.page.get_by_label("1. Vos fichiers"))
    chooser.value.set_files(path)
    alice.tap("button", "Mon réseau")
    alice.tap("button", "Déposer")
    expect(alice.page.get_by_role("heading", name="Fiche de prêt de vélo")).to_be_visible()
    expect(alice.page.locator(".c-network", has_text="FNARS").first).to_be_visible()


def test_follow_a_theme(thumb):
    emma = thumb("emma")
    emma.tap("link", "Forum")
    emma.tap("button", "Thème", exact=True)
    emma.tap("link", "Mobilité")
    emma.tap("button", "Suivre ce thème")
    expect(emma.page.get_by_role("button", name="Thème suivi")).to_be_visible()


def test_hide_my_phone(thumb):
    david = thumb("david")
    david.press(david.page.get_by_text("Mon compte", exact=True).first.locator(".."))
    david.tap("link", "Mon profil et mon mot de passe")
    david.tap("link", "Modifier mon profil")
    david.press(david.page.get_by_label("Mon téléphone"))
    david.tap("button", "Enregistrer mon profil")
    expect(david.page.get_by_role("status").first).to_contain_text("Profil enregistré")
