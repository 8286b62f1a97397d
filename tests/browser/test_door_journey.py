"""Who may come in, and what is asked of him first."""

import re

import pytest
from federation_screens import open_menu, open_platform
from playwright.sync_api import expect


def test_nadia_is_stopped_by_the_charter_and_passes(log_in):
    page = log_in("nadia")
    expect(page.get_by_role("heading", name="La charte de la plateforme")).to_be_visible()
    expect(page.get_by_role("link", name="Ressources")).to_have_count(0)
    page.get_by_role("button", name="Entrer sur la plateforme").click()
    expect(page).to_have_url(re.compile("/charte"))
    page.get_by_label("J’ai lu la charte et je l’accepte").check()
    page.get_by_role("button", name="Entrer sur la plateforme").click()
    expect(page.get_by_role("heading", name="Bonjour Nadia")).to_be_visible()
    page.get_by_role("link", name="Ressources", exact=True).click()
    expect(page.get_by_role("link", name="Grille d'évaluation des compétences")).to_be_visible()
    page.get_by_text("Mon compte", exact=True).first.locator("..").click()
    page.get_by_role("button", name="Se déconnecter").click()
    expect(page.get_by_role("heading", name="Se connecter")).to_be_visible()


def test_a_wrong_password_is_told_in_french_and_the_address_is_kept(visitor):
    page = visitor()
    page.goto("/web/login")
    page.get_by_label("Adresse e-mail").fill("alice@collab.example")
    page.get_by_label("Mot de passe").fill("pas-le-bon")
    page.get_by_role("button", name="Se connecter").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Adresse e-mail")).to_have_value("alice@collab.example")


def test_the_legal_pages_are_open_to_all(visitor):
    page = visitor()
    page.goto("/web/login")
    for name in ("Charte", "Mentions légales", "Données personnelles", "Accessibilité"):
        page.get_by_role("link", name=name).click()
        expect(page.locator("h1")).to_be_visible()
        expect(page.get_by_role("link", name="Ressources")).to_have_count(0)


@pytest.mark.parametrize("login", ["admin", "moderation.fnars"])
def test_federation_staff_find_the_people_in_the_backend(log_in, login):
    page = log_in(login)
    open_platform(page)
    open_menu(page, "Membres", "Structures adhérentes")
    row = page.get_by_role("row", name=re.compile("L'Ancre solidaire"))
    expect(row.get_by_text("FNARS")).to_be_visible()
    row.get_by_text("L'Ancre solidaire").click()
    expect(page.get_by_role("tab", name="Sites")).to_be_visible()
    page.get_by_role("button", name="Membres").click()
    page.get_by_role("menuitem", name="Membres", exact=True).click()
    expect(page.get_by_role("cell", name="Martineau")).to_be_visible()


def test_a_moderator_logs_out_of_the_backend_and_a_link_logs_out_nobody(log_in):
    page = log_in("moderation.fnars")
    page.goto("/web/session/logout")
    expect(page.get_by_role("heading", name="Se déconnecter ?")).to_be_visible()
    page.get_by_role("link", name="Rester").click()
    expect(page.get_by_role("heading", name="Bonjour")).to_be_visible()
    page.goto("/odoo")
    page.locator(".o_user_menu button").click()
    page.get_by_role("menuitem", name="Se déconnecter").click()
    expect(page.get_by_role("heading", name="Se connecter")).to_be_visible()
    page.goto("/odoo")
    expect(page.get_by_role("heading", name="Se connecter")).to_be_visible()
