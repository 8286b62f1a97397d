"""How people come in: what they type, what they have forgotten, what they are asked for besides, and how they leave."""

import time

import pytest
from codes import code_now
from federation_screens import open_menu, open_platform
from playwright.sync_api import expect

PASSWORD = "demo-collab-2026"


def fill_login(page, login, password=PASSWORD):
    page.get_by_label("Adresse e-mail").fill(login)
    page.get_by_label("Mot de passe", exact=True).fill(password)
    page.get_by_role("button", name="Se connecter").click()


def open_account(page):
    page.get_by_text("Mon compte", exact=True).first.locator("..").click()
    page.get_by_role("link", name="Mon profil et mon mot de passe").click()
    expect(page.get_by_role("heading", name="Mon compte")).to_be_visible()


def log_out(page):
    page.get_by_text("Mon compte", exact=True).first.locator("..").click()
    page.get_by_role("button", name="Se déconnecter").click()
    expect(page.get_by_role("heading", name="Se connecter")).to_be_visible()


def test_capitals_and_spaces_of_a_phone_do_not_matter(visitor):
    page = visitor()
    page.goto("/web/login")
    fill_login(page, "Lucie@Collab.Example ")
    expect(page.get_by_role("heading", name="Bonjour Lucie")).to_be_visible()


def test_a_page_is_not_found_again_after_logging_out(log_in):
    page = log_in("lucie")
    page.get_by_role("link", name="Ressources", exact=True).click()
    expect(page.get_by_role("heading", name="Ressources")).to_be_visible()
    log_out(page)
    page.go_back()
    page.wait_for_load_state()
    expect(page.get_by_role("heading", name="Se connecter")).to_be_visible()


def test_a_forgotten_password_is_chosen_again(visitor, log_in, mailbox, base_url):
    elsewhere = log_in("marc")
    page = visitor()
    page.goto("/web/login")
    page.get_by_role("link", name="Mot de passe oublié, ou première visite ?").click()
    before = mailbox.count("marc@collab.example")
    page.get_by_label("Adresse e-mail").fill("marc@collab.example")
    page.get_by_role("button", name="Recevoir le lien").click()
    expect(page.get_by_role("status")).to_contain_text("Si cette adresse a un compte")
    page.goto(mailbox.wait_for("marc@collab.example", rf'href="({base_url}/web/reset_password[^"]*)"', before))
    page.get_by_label("Nouveau mot de passe").fill("marcmarcmarc")
    page.get_by_label("Le même mot de passe").fill("marcmarcmarc")
    page.get_by_role("button", name="Enregistrer ce mot de passe").click()
    expect(page.get_by_role("alert")).to_contain_text("trop simple")
    page.get_by_label("Nouveau mot de passe").fill("le-tram-de-8h12")
    page.get_by_label("Le même mot de passe").fill("le-tram-de-8h12")
    page.get_by_role("button", name="Enregistrer ce mot de passe").click()
    expect(page.get_by_role("status")).to_be_visible()
    page.get_by_role("link", name="Retour").click()
    fill_login(page, "marc@collab.example", "le-tram-de-8h12")
    expect(page.get_by_role("heading", name="Bonjour Marc")).to_be_visible()
    # Whoever was in with the old one is out.
    elsewhere.get_by_role("link", name="Ressources", exact=True).click()
    expect(elsewhere.get_by_role("heading", name="Se connecter")).to_be_visible()


def test_a_member_protects_his_account_with_an_application(log_in, visitor):
    page = log_in("sophie")
    open_account(page)
    page.get_by_role("link", name="Activer la double vérification").click()
    secret = page.locator(".c-card span.c-code").inner_text().replace(" ", "")
    page.get_by_label("Code à six chiffres").fill("123")
    page.get_by_label("Mot de passe actuel").fill(PASSWORD)
    page.get_by_role("button", name="Activer la double vérification").click()
    expect(page.get_by_role("alert")).to_contain_text("Ce code n’est pas le bon")
    assert page.locator(".c-card span.c-code").inner_text().replace(" ", "") == secret
    used = code_now(secret)
    page.get_by_label("Code à six chiffres").fill(used)
    page.get_by_label("Mot de passe actuel").fill(PASSWORD)
    page.get_by_role("button", name="Activer la double vérification").click()
    expect(page.get_by_role("status")).to_contain_text("Double vérification activée")
    log_out(page)
    thief = visitor()
    thief.goto("/web/login")
    fill_login(thief, "sophie@collab.example")
    expect(thief.get_by_role("heading", name="Encore une étape")).to_be_visible()
    thief.get_by_role("textbox", name="Code").fill("000000")
    thief.get_by_role("button", name="Se connecter").click()
    expect(thief.get_by_role("alert")).to_be_visible()
    fill_login(page, "sophie@collab.example")
    # A code that has been used is refused: half a minute later, the application shows another.
    while code_now(secret) == used:
        time.sleep(0.5)
    page.get_by_role("textbox", name="Code").fill(code_now(secret))
    page.get_by_role("button", name="Se connecter").click()
    expect(page.get_by_role("heading", name="Bonjour Sophie")).to_be_visible()
    open_account(page)
    page.get_by_label("Mot de passe actuel").last.fill(PASSWORD)
    page.get_by_role("button", name="Retirer l’application de codes").click()
    expect(page.get_by_role("status")).to_contain_text("Application de codes retirée")
    log_out(page)
    fill_login(page, "sophie@collab.example")
    expect(page.get_by_role("heading", name="Bonjour Sophie")).to_be_visible()


def give_the_code_received(page, address, mailbox):
    expect(page.get_by_role("heading", name="Encore une étape")).to_be_visible()
    page.get_by_role("textbox", name="Code").fill(mailbox.wait_for(address, r">\s*(\d{6})\s*<"))
    page.get_by_role("button", name="Se connecter").click()


@pytest.fixture
def codes_demanded(log_in, mailbox):
    """What an administrator does in the settings of the platform, and undoes."""

    def demand(yes):
        page = log_in("admin")
        if not yes:
            give_the_code_received(page, "admin@collab.example", mailbox)
        open_platform(page)
        open_menu(page, "Configuration", "Réglages")
        box = page.locator("#auth_totp_enforce_0, [name=auth_totp_enforce] input").first
        box.set_checked(yes)
        page.get_by_role("button", name="Enregistrer").click()
        page.locator(".o_form_saved, .o_settings_container").first.wait_for()
        page.get_by_role("button", name="Enregistrer").wait_for(state="hidden")
        page.context.close()

    demand(True)
    yield
    demand(False)


def test_a_moderator_is_asked_for_a_code_sent_by_mail(codes_demanded, visitor, log_in, mailbox):
    page = visitor()
    page.goto("/web/login")
    fill_login(page, "moderation.reseau44@collab.example")
    give_the_code_received(page, "moderation.reseau44@collab.example", mailbox)
    expect(page.get_by_role("heading", name="Bonjour")).to_be_visible()
    # Members are not asked for one.
    expect(log_in("lucie").get_by_role("heading", name="Bonjour Lucie")).to_be_visible()
