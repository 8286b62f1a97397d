"""What the screens of the federations show of Odoo: nothing."""

import re

import pytest
from federation_screens import line_of, open_menu, open_platform
from playwright.sync_api import expect

WORDS_OF_ODOO = ("Odoo", "Discussion instantanée", "OdooBot", "Site Web", "Applications", "Paramètres", "Support")


@pytest.mark.parametrize("login", ["admin", "moderation.fnars"])
def test_the_bar_shows_the_platform_and_nothing_else(log_in, login):
    page = log_in(login)
    open_platform(page)
    bar = page.locator(".o_main_navbar")
    expect(bar.locator(".o_navbar_apps_menu")).to_be_hidden()
    # Neither messages nor activities, no number on them, no company: the account alone.
    expect(bar.locator(".o_menu_systray .o_user_menu")).to_be_visible()
    expect(bar.locator(".o_menu_systray button:visible")).to_have_count(1)
    expect(bar.locator(".badge, .fa-comments, .fa-clock-o, .o-mail-MessagingMenu-counter")).to_have_count(0)
    bar.locator(".o_user_menu button").click()
    entries = page.locator(".o-dropdown--menu [data-menu]")
    expect(entries).to_have_text(["Mon compte", "Se déconnecter"])
    page.keyboard.press("Escape")
    # The tab.
    expect(page).to_have_title("Ce qui attend - Plateforme collaborative")
    for word in WORDS_OF_ODOO:
        expect(bar.get_by_text(word, exact=True)).to_have_count(0)
    # Nor by the keyboard: the menus, and nobody to write to.
    page.keyboard.press("Control+k")
    palette = page.locator(".o_command_palette")
    expect(palette).to_be_visible()
    palette.locator("input").fill("@alice")
    expect(palette.get_by_text("Alice Martineau")).to_have_count(0)
    page.keyboard.press("Escape")


@pytest.mark.parametrize("login", ["admin", "moderation.fnars"])
def test_screens_of_odoo_asked_by_their_address_show_the_first_of_ours(log_in, login):
    page = log_in(login)
    for screen in ("mail.action_discuss", "website_preview", "base.action_res_company_form", "base.open_module_tree"):
        page.goto(f"/odoo/action-{screen}")
        expect(page).to_have_title("Ce qui attend - Plateforme collaborative")
        expect(page.get_by_role("heading", name="Ce qui attend")).to_be_visible()
        expect(page.locator(".o_error_dialog, .o-mail-Discuss")).to_have_count(0)


def test_the_account_of_the_bar_leads_to_that_of_the_site(log_in):
    page = log_in("admin")
    open_platform(page)
    page.locator(".o_user_menu button").click()
    page.get_by_role("menuitem", name="Mon compte").click()
    expect(page).to_have_url(re.compile(r"/mon-compte$"))


def test_what_odoo_says_is_in_plain_french(log_in):
    """As its dialogs ask for it, once the page has received its words."""
    page = log_in("admin")
    open_platform(page)
    said = page.evaluate(
        """async () => {
            const { appTranslateFn } = odoo.loader.modules.get("@web/core/l10n/translation");
            const said = ["Bye-bye, record!", "No, keep it", "Odoo Server Error"];
            return said.map((words) => String(appTranslateFn(words, "web")));
        }"""
    )
    assert said == ["Supprimer\N{NO-BREAK SPACE}?", "Ne rien faire", "Une erreur est survenue"]


def test_the_charter_says_whom_it_stops_and_who_has_not_accepted_it(log_in):
    page = log_in("admin")
    open_platform(page)
    open_menu(page, "Configuration", "Charte")
    page.get_by_role("button", name="Nouveau").click()
    page.locator("[name=body] .odoo-editor-editable").first.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Une règle de plus.")
    page.get_by_role("button", name="Publier…").click()
    dialog = page.locator(".modal")
    expect(dialog.get_by_text("personnes devront accepter ce texte avant de continuer")).to_be_visible()
    dialog.get_by_role("button", name="Annuler").click()
    expect(page.get_by_text("Brouillon").first).to_be_visible()
    # A draft goes; what is published stays.
    page.get_by_role("button", name="Supprimer ce brouillon").click()
    page.locator(".modal").get_by_role("button", name="Supprimer").click()
    expect(line_of(page, "Brouillon")).to_have_count(0)
    line_of(page, "Version 1").locator("td.o_data_cell").first.click()
    expect(page.get_by_text("ont accepté la version 1")).to_be_visible()
    page.get_by_role("tab", name="Qui ne l’a pas acceptée").click()
    expect(line_of(page, "nadia@collab.example")).to_be_visible()
    expect(page.locator(".o_cp_action_menus .fa-cog")).to_have_count(0)


def test_the_first_page_counts_what_waits_and_leads_to_it(log_in):
    page = log_in("admin")
    open_platform(page)
    line = page.get_by_role("button", name=re.compile("textes? à modérer"))
    number = int(line.locator("b").inner_text())
    line.click()
    expect(page.get_by_role("heading", name="Ce qui vous attend", level=1)).to_be_visible()
    expect(page.get_by_role("article")).to_have_count(number)
