"""axe reports no serious or critical violation on any page of ours, at both widths; every page has one h1."""

import pytest
from playwright.sync_api import expect

VISITOR = (
    "/web/login",
    "/web/reset_password",
    "/charte",
    "/mentions-legales",
    "/confidentialite",
    "/accessibilite",
)
MEMBER = (
    "/",
    "/ressources",
    "/ressources?tri=title",
    "/ressources/nouveautes",
    "/ressources/favoris",
    "/ressources/depot",
    "/pour-moi",
    "/pour-moi/favoris",
    "/pour-moi/suivis",
    "/forum",
    "/forum/demander",
    "/page-absente",
    "/charte",
    "/mon-compte",
    "/mon-compte/second-facteur",
    "/mon-compte/fiche",
    "/mon-compte/notifications",
    "/mon-compte/quitter",
)
STAFF = (
    "/habillage",
    "/moderation",
    "/moderation/corbeille",
    "/moderation/journal",
    "/moderation/suspendus",
)
WIDTHS = [{"width": 1280, "height": 900}, {"width": 390, "height": 844}]


@pytest.mark.parametrize("viewport", WIDTHS, ids=["1280", "390"])
@pytest.mark.parametrize("who, addresses", [(None, VISITOR), ("alice", MEMBER), ("moderation.fnars", STAFF)])
def test_pages_are_accessible(log_in, visitor, root, who, addresses, viewport):
    axe = (root / ".local/npm/node_modules/axe-core/axe.min.js").read_text()
    page = log_in(who, viewport) if who else visitor(viewport)
    for address in addresses:
        page.goto(address)
        check(page, axe, address)
    if who == "alice":
        # A document of hers, and the form that corrects it: their addresses are not known in advance.
        page.goto("/ressources")
        page.get_by_role("link", name="Grille d'évaluation des compétences").click()
        expect(page.get_by_role("link", name="Télécharger")).to_be_visible()
        check(page, axe, "document")
        page.get_by_role("link", name="Déposer une nouvelle version").click()
        expect(page.get_by_role("button", name="Déposer cette version")).to_be_visible()
        check(page, axe, "new version")
        page.get_by_role("link", name="Annuler").click()
        page.get_by_role("link", name="Corriger").click()
        expect(page.get_by_role("button", name="Enregistrer")).to_be_visible()
        check(page, axe, "correct")
        # The editor, with the box where a link is made, and an address that is refused.
        page.goto("/forum/demander")
        page.get_by_role("button", name="Lien", exact=True).click()
        page.get_by_label("Adresse du lien").fill("javascript:alert(1)")
        page.get_by_role("button", name="Enregistrer le lien").click()
        expect(page.get_by_text("Cette adresse ne mène nulle part")).to_be_visible()
        check(page, axe, "link")
        # What is refused, and one's own question to be corrected.
        page.goto("/forum/demander")
        page.get_by_label("Votre question, en une ligne").fill(" ")
        page.get_by_label("Thème").select_option("Formation")
        page.get_by_role("button", name="Publier").click()
        expect(page.get_by_text("Donnez un titre à votre question.")).to_be_visible()
        check(page, axe, "refused")
        page.get_by_label("Votre question, en une ligne").fill("Qui connaît ces aides ?")
        page.get_by_role("button", name="Publier").click()
        page.get_by_text("Commenter, corriger, retirer").first.click()
        page.get_by_role("link", name="Corriger").click()
        expect(page.get_by_role("heading", name="Corriger ma question")).to_be_visible()
        check(page, axe, "correct a question")
    if who == "moderation.fnars":
        # What a moderator does with a text, all folds open.
        page.goto("/forum/demander")
        page.get_by_label("Votre question, en une ligne").fill("Qui vient à la réunion de rentrée ?")
        page.get_by_label("Thème").select_option("Vie des structures")
        page.get_by_role("button", name="Publier").click()
        page.get_by_role("link", name="Modérer", exact=True).click()
        for fold in ("Corriger", "Déplacer dans un autre thème", "Fusionner avec une autre discussion"):
            page.get_by_role("heading", name=fold).click()
        expect(page.get_by_role("button", name="Fusionner")).to_be_visible()
        check(page, axe, "moderate")


def check(page, axe, address):
    page.evaluate(axe)
    # It looks at the same, and does not describe each element where a rule holds.
    found = page.evaluate("() => axe.run({resultTypes: ['violations']})")
    serious = [
        f"{violation['id']}: {[node['html'] for node in violation['nodes']]}"
        for violation in found["violations"]
        if violation["impact"] in ("serious", "critical")
    ]
    assert not serious, (address, serious)
    assert page.locator("h1").count() == 1, address
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{address} is too wide"


def test_the_keyboard_reaches_the_content_first(log_in):
    page = log_in("alice")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "c-skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "contenu"
    for _ in range(3):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
