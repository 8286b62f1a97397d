"""The address by which one comes in: changed by its owner, from two mailboxes; undone; changed by an administrator."""

import re

from codes import code_now
from federation_screens import fill, line_of, open_menu, open_platform, save
from playwright.sync_api import expect

PASSWORD, CHOSEN = "demo-collab-2026", "le-tram-de-9h10"
PHONE = {"width": 390, "height": 844}
OLD, NEW = "gwenael@collab.example", "gwenael.nouveau@collab.example"


def fill_login(page, login, password=PASSWORD):
    page.get_by_label("Adresse e-mail").fill(login)
    page.get_by_label("Mot de passe", exact=True).fill(password)
    page.get_by_role("button", name="Se connecter").click()


def open_account(page):
    page.get_by_text("Mon compte", exact=True).first.locator("..").click()
    page.get_by_role("link", name="Mon profil et mon mot de passe").click()
    expect(page.get_by_role("heading", name="Mon compte", exact=True)).to_be_visible()


def link_of(mailbox, address, base_url, path, after=0):
    return mailbox.wait_for(address, rf'href="({base_url}{path}\?jeton=[\w-]+)"', after)


def test_an_address_changed_by_its_owner_is_undone_from_the_old_one(log_in, visitor, mailbox, base_url):
    page = log_in("gwenael", PHONE)
    open_account(page)
    page.get_by_role("link", name=re.compile("^Modifier – E-mail")).click()
    # What is wrong is said, and what was typed stays.
    page.get_by_label("Nouvelle adresse e-mail").fill("gwenaël@collab.example")
    page.get_by_label("Mot de passe actuel").fill(PASSWORD)
    page.get_by_role("button", name="Recevoir l’e-mail de confirmation").click()
    expect(page.get_by_role("alert")).to_contain_text("« ë »")
    expect(page.get_by_label("Nouvelle adresse e-mail")).to_have_value("gwenaël@collab.example")
    page.get_by_label("Nouvelle adresse e-mail").fill("Gwenael.Nouveau@collab.example ")
    page.get_by_label("Mot de passe actuel").fill(PASSWORD)
    page.get_by_role("button", name="Recevoir l’e-mail de confirmation").click()
    expect(page.get_by_role("status")).to_contain_text(NEW)
    expect(page.get_by_role("status")).to_contain_text(f"vous vous connectez avec {OLD}")

    # The mailbox of the new address, on another device.
    desk = visitor()
    desk.goto(link_of(mailbox, NEW, base_url, "/mon-compte/adresse/confirmer"))
    told = mailbox.count(OLD)
    desk.get_by_role("button", name="Confirmer cette adresse").click()
    expect(desk.get_by_role("status")).to_contain_text(NEW)
    desk.get_by_role("link", name="Se connecter").click()
    fill_login(desk, OLD)
    expect(desk.get_by_role("alert")).to_be_visible()
    fill_login(desk, NEW)
    expect(desk.get_by_role("heading", name="Bonjour")).to_be_visible()
    # The other device has been logged out.
    page.reload()
    expect(page.get_by_role("heading", name="Se connecter")).to_be_visible()

    # The mailbox of the old one: it was not him.
    undo = visitor(PHONE)
    undo.goto(link_of(mailbox, OLD, base_url, "/mon-compte/annuler", told))
    expect(undo.get_by_role("heading", name="Annuler le changement d’adresse")).to_be_visible()
    undo.get_by_role("button", name="Annuler, et choisir un nouveau mot de passe").click()
    undo.get_by_label("Nouveau mot de passe").fill(CHOSEN)
    undo.get_by_label("Le même mot de passe").fill(CHOSEN)
    undo.get_by_role("button", name="Enregistrer ce mot de passe").click()
    expect(undo.get_by_role("status")).to_be_visible()
    undo.get_by_role("link", name="Retour").click()
    fill_login(undo, NEW, CHOSEN)
    expect(undo.get_by_role("alert")).to_be_visible()
    fill_login(undo, OLD, CHOSEN)
    expect(undo.get_by_role("heading", name="Bonjour")).to_be_visible()
    # Whoever had come in with the new one is out.
    desk.get_by_role("link", name="Ressources", exact=True).click()
    expect(desk.get_by_role("heading", name="Se connecter")).to_be_visible()


def test_an_address_changed_by_an_administrator_is_told_to_both(log_in, visitor, mailbox):
    viviane = log_in("viviane")
    expect(viviane.get_by_role("heading", name="Bonjour Viviane")).to_be_visible()
    page = log_in("admin")
    open_platform(page)
    open_menu(page, "Membres", "Membres")
    page.locator(".o_searchview_input").fill("viviane")
    page.locator(".o_searchview_input").press("Enter")
    line_of(page, "viviane@collab.example").click()
    expect(page.get_by_text("l’ancienne et la nouvelle adresse reçoivent un e-mail")).to_be_visible()
    fill(page, "login", "viviane durand@collab.example")
    page.get_by_role("button", name="Enregistrer manuellement").click()
    expect(page.locator(".modal")).to_contain_text("n’a pas d’espace")
    page.locator(".modal .btn-primary").click()
    expect(page.locator(".o_form_view [name=login] input")).to_have_value("viviane durand@collab.example")
    fill(page, "login", "Viviane.Durand@collab.example")
    save(page)
    expect(page.locator(".o_form_view [name=login] input")).to_have_value("viviane.durand@collab.example")
    for address in ("viviane@collab.example", "viviane.durand@collab.example"):
        said = mailbox.wait_for(address, r"(Camille Renaud, qui administre la plateforme)")
        assert said
        text = re.sub(r"<[^>]+>", " ", mailbox.of(address)[-1].html)
        assert "viviane@collab.example" in text and "viviane.durand@collab.example" in text
    viviane.reload()
    expect(viviane.get_by_role("heading", name="Se connecter")).to_be_visible()
    fill_login(viviane, "viviane.durand@collab.example")
    expect(viviane.get_by_role("heading", name="Bonjour Viviane")).to_be_visible()


def test_a_lost_phone_is_no_prison(log_in, visitor, mailbox):
    """A member links an application, loses the phone; a moderator of her network, who knows her voice, lets her in."""
    heloise = log_in("heloise")
    open_account(heloise)
    heloise.get_by_role("link", name="Activer la double vérification").click()
    secret = heloise.locator(".c-card span.c-code").inner_text().replace(" ", "")
    heloise.get_by_label("Code à six chiffres").fill(code_now(secret))
    heloise.get_by_label("Mot de passe actuel").fill(PASSWORD)
    heloise.get_by_role("button", name="Activer la double vérification").click()
    expect(heloise.get_by_role("status")).to_contain_text("Double vérification activée")
    assert mailbox.wait_for("heloise@collab.example", r"(Retirer cette application)")

    lost = visitor(PHONE)
    lost.goto("/web/login")
    fill_login(lost, "heloise@collab.example")
    expect(lost.get_by_text("Vous n’avez pas votre téléphone ?")).to_be_visible()
    expect(lost.get_by_role("link", name="contact@coorace.example")).to_be_visible()

    page = log_in("moderation.coorace")
    open_platform(page)
    open_menu(page, "Membres", "Membres")
    line_of(page, "heloise@collab.example").locator(".o_data_cell").first.click()
    page.get_by_role("button", name="Retirer la double vérification").click()
    expect(page.locator(".modal")).to_contain_text("Rappelez la personne au numéro que vous connaissez")
    page.get_by_role("button", name="J’ai vérifié : retirer").click()
    # Nothing is done without saying how it has been checked.
    expect(page.locator(".modal .o_field_widget.o_field_invalid")).to_be_visible()
    page.locator(".modal [name=reason] input").fill("Rappelée au bureau, voix reconnue")
    page.get_by_role("button", name="J’ai vérifié : retirer").click()
    expect(page.locator(".modal")).to_be_hidden()
    expect(page.get_by_role("button", name="Retirer la double vérification")).to_be_hidden()
    assert mailbox.wait_for("heloise@collab.example", r"(a retiré l’application de codes)")
    lost.goto("/web/login")
    fill_login(lost, "heloise@collab.example")
    expect(lost.get_by_role("heading", name="Bonjour Héloïse")).to_be_visible()
