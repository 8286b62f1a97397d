"""An account from its first line on a form to its erasure, by people whom an administrator has made."""

from federation_screens import PASSWORD, come_in, line_of, make_by_hand, open_menu, open_platform
from forum_screens import ask, go_to_forum, open_discussion
from playwright.sync_api import expect

QUESTION = "Qui prête une salle à Cholet ?"


def step(page, who, button, confirm, reason=None):
    """Take a step in the life of an account, from the form of a person.

    :return str: what was said before
    """
    open_menu(page, "Membres", "Membres")
    if button in ("Rouvrir le compte", "Effacer"):
        show_closed(page)
    line_of(page, who).locator("td.o_data_cell").nth(1).click()
    page.get_by_role("button", name=button, exact=True).click()
    dialog = page.get_by_role("dialog")
    said = dialog.locator("[name=consequences]")
    expect(said).not_to_be_empty()
    if reason:
        dialog.locator("[name=reason] textarea").first.fill(reason)
    text = said.inner_text()
    dialog.get_by_role("button", name=confirm, exact=True).click()
    expect(dialog).to_have_count(0)
    return text


def show_closed(page):
    page.locator(".o_searchview_dropdown_toggler").click()
    page.get_by_role("menuitemcheckbox", name="Compte fermé").click()


def log_in_as(page, address):
    """As somebody who comes back another day."""
    page.goto("/web/login")
    page.get_by_label("Adresse électronique").fill(address)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_load_state()


def test_who_is_made_by_hand_is_suspended_closed_opened_again_and_erased(made_by_hand, visitor, log_in, mailbox):
    admin = made_by_hand("Paule", "Evin", "Administrateur")
    open_platform(admin)
    address = make_by_hand(admin, "Régis", "Lambert", "Modérateur", "FNARS")
    moderator = visitor()
    come_in(moderator, mailbox, address, "Régis")
    address = make_by_hand(admin, "Lola", "Cormier", "Membre", "FNARS")
    lola = visitor()
    come_in(lola, mailbox, address, "Lola")
    ask(lola, QUESTION, networks=())

    # The moderator suspends her; she is told why, and reads what others write.
    open_platform(moderator)
    said = step(moderator, address, "Suspendre", "Suspendre", "Publicité répétée")
    assert "Lola Cormier" in said
    mailbox.wait_for(address, "Publicité répétée")
    go_to_forum(lola)
    expect(lola.get_by_role("link", name=QUESTION).first).to_be_visible()
    lola.get_by_role("link", name="Poser une question").first.click()
    expect(lola.get_by_text("Publicité répétée").or_(lola.get_by_text("suspendu")).first).to_be_visible()
    step(moderator, address, "Laisser écrire de nouveau", "Laisser écrire de nouveau", "Elle a compris")

    # The administrator closes her account: her next click finds the door closed.
    step(admin, address, "Fermer le compte", "Fermer le compte", "Départ de la structure")
    lola.get_by_role("navigation", name="Menu principal").get_by_role("link", name="Accueil").click()
    expect(lola.get_by_role("button", name="Se connecter")).to_be_visible()
    lola = visitor()
    log_in_as(lola, address)
    expect(lola.get_by_role("alert")).to_contain_text("incorrect")
    # Opened again, she finds all as it was: her password, the charter that she has accepted, what she has written.
    step(admin, address, "Rouvrir le compte", "Rouvrir le compte")
    lola = visitor()
    log_in_as(lola, address)
    expect(lola.get_by_role("heading", name="Bonjour Lola")).to_be_visible()
    open_discussion(lola, QUESTION)

    # Closed for good, and erased.
    step(admin, address, "Fermer le compte", "Fermer le compte")
    step(admin, address, "Effacer", "Effacer pour de bon")
    open_menu(admin, "Membres", "Membres")
    expect(line_of(admin, address)).to_have_count(0)
    # What the others see of it.
    alice = log_in("alice")
    open_discussion(alice, QUESTION)
    expect(alice.get_by_role("main").get_by_text("Membre parti").first).to_be_visible()
    expect(alice.get_by_text("Lola")).to_have_count(0)
