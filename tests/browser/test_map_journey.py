"""From a pin of the map to the people who work there, with 150 organisations."""

import re
import subprocess

import pytest
from playwright.sync_api import expect
from production.conftest import copy_of_demo
from production.stack import LOCAL, ROOT, Stack, empty_folder

PHONE = {"width": 390, "height": 844}
# With the twenty of the demonstration, 150 organisations of the five départements, at their communes; two in Ancenis.
FILL = """
communes = env["collab.commune"].search([], order="code")
communes = [communes[number * 9] for number in range(129)] + [env.ref("collab_reseaux.commune_44003")]
networks = env["collab.network"].search([])
env["res.partner"].create([
    {
        "name": "Chantier d’insertion de " + commune.name,
        "is_company": True,
        "street": "1 rue de la Mairie",
        "zip": commune.postal_codes[:5],
        "city": commune.name,
        "network_ids": [networks[number % 3].id],
    }
    for number, commune in enumerate(communes)
])
env.cr.commit()
"""


@pytest.fixture(scope="module")
def base_url(mailbox):
    """As that of the other journeys, with a base of its own."""
    database = "collab_browser_map"
    with copy_of_demo(database) as cluster:
        command = ["bin/odoo", "test", "shell", "-d", database, "--no-http"]
        done = subprocess.run(command, input=FILL, cwd=ROOT, capture_output=True, text=True)
        assert "Traceback" not in done.stderr, done.stderr
        with Stack(cluster, database, empty_folder(LOCAL / "browser_map"), attempts="10r/s") as stack:
            yield stack.url


def go_to_map(page):
    if page.viewport_size["width"] < 600:
        page.locator(".c-nav__plus summary").click()
    page.get_by_role("link", name="Carte", exact=True).click()
    page.locator("[data-map][data-ready]").wait_for()


def choose(page, side, choice):
    """Filter the map."""
    page.locator("summary").filter(has_text=side).click()
    page.get_by_role("link", name=re.compile(choice)).click()
    page.locator("[data-map][data-ready]").wait_for()


def test_from_a_pin_to_a_person_on_a_phone(log_in):
    chloe = log_in("chloe", PHONE)
    go_to_map(chloe)
    expect(chloe.get_by_role("heading", name="150 structures sur la carte")).to_be_visible()
    choose(chloe, "Territoire", "Saint-Nazaire")
    assert "territoire=" in chloe.url
    pin = chloe.get_by_role("button", name=re.compile("Passerelles Estuaire"))
    pin.click()
    card = chloe.locator("[data-map-card]")
    expect(card.get_by_role("heading", name="Passerelles Estuaire")).to_be_in_viewport()
    expect(card).to_contain_text("27 rue de Trignac")
    assert "structure=" in chloe.url and "territoire=" in chloe.url
    # What is in the address can be sent to somebody.
    other = log_in("david", PHONE)
    other.goto(chloe.url)
    expect(other.locator("[data-map-card]").get_by_role("heading", name="Passerelles Estuaire")).to_be_visible()
    person = card.get_by_role("link", name=re.compile("Chloé"))
    name = person.inner_text()
    person.click()
    expect(chloe.get_by_role("heading", name=name, level=1)).to_be_visible()


def test_the_map_is_used_by_keyboard(log_in):
    alice = log_in("alice")
    go_to_map(alice)
    choose(alice, "Territoire", "Saint-Nazaire")
    wanted = alice.get_by_role("button", name=re.compile("Passerelles Estuaire"))
    for _ in range(120):
        alice.keyboard.press("Tab")
        if wanted.count() and wanted.evaluate("element => element === document.activeElement"):
            break
    expect(wanted).to_be_focused()
    alice.keyboard.press("Enter")
    heading = alice.locator("[data-map-card]").get_by_role("heading", name="Passerelles Estuaire")
    expect(heading).to_be_focused()
    alice.keyboard.press("Escape")
    expect(heading).to_have_count(0)
    expect(wanted).to_be_focused()
    assert "structure=" not in alice.url
    # The list does the same.
    row = alice.get_by_role("link", name="Passerelles Estuaire")
    row.focus()
    alice.keyboard.press("Enter")
    expect(heading).to_be_focused()
    expect(alice.locator("[data-map] [aria-current]")).to_have_count(1)


def test_several_at_one_place_are_told_apart(log_in):
    alice = log_in("alice")
    alice.goto("/carte#13/47.3655/-1.1776")
    alice.locator("[data-map][data-ready]").wait_for()
    alice.get_by_role("button", name="2 structures").first.click()
    together = alice.locator("[data-map-card]")
    expect(together.get_by_role("heading", name="2 structures à cet endroit")).to_be_visible()
    together.get_by_role("link").filter(has_text=re.compile("La Ressourcerie")).click()
    expect(together.get_by_role("heading", name="La Ressourcerie d'Ancenis")).to_be_visible()


def test_one_looks_at_the_same_place_again(log_in):
    alice = log_in("alice")
    go_to_map(alice)
    alice.get_by_role("button", name="Zoomer", exact=True).click()
    expect(alice).to_have_url(re.compile(r"/carte#[\d.]+/47\.\d+/-0\.\d+$"))
    address = alice.url
    other = log_in("bruno")
    other.goto(address)
    other.locator("[data-map][data-ready]").wait_for()
    assert other.url == address


def test_without_script_the_list_says_the_same(log_in, browser, base_url):
    alice = log_in("alice")
    state = alice.context.storage_state()
    context = browser.new_context(
        base_url=base_url, storage_state=state, java_script_enabled=False, ignore_https_errors=True
    )
    page = context.new_page()
    page.goto("/carte?vue=liste")
    expect(page.get_by_role("heading", name="150 structures")).to_be_visible()
    page.get_by_role("link", name="Bocage Emploi").click()
    expect(page.get_by_role("heading", name="Bocage Emploi")).to_be_visible()
    expect(page.get_by_role("link", name="La page de la structure")).to_be_visible()
    page.get_by_role("link", name="Fermer").click()
    expect(page.get_by_role("heading", name="Bocage Emploi")).to_have_count(0)
    context.close()


def test_a_moderator_places_an_organisation_and_another_member_sees_it_there(log_in):
    moderator = log_in("moderation.coorace")
    go_to_map(moderator)
    moderator.goto("/carte?vue=liste")
    moderator.get_by_role("link", name="Bocage Emploi").click()
    card = moderator.locator("[data-map-card]")
    expect(card).to_contain_text("Emplacement approximatif")
    card.get_by_role("link", name="Placer sur la carte").click()
    moderator.locator("[data-place][data-ready]").wait_for()
    before = moderator.get_by_label("Latitude").input_value()
    moderator.locator("[data-place]").click(position={"x": 200, "y": 120})
    assert moderator.get_by_label("Latitude").input_value() != before
    moderator.get_by_role("button", name="Enregistrer l’emplacement").click()
    expect(moderator.get_by_text("Emplacement enregistré.")).to_be_visible()
    reader = log_in("emma", PHONE)
    reader.goto(moderator.url)
    card = reader.locator("[data-map-card]")
    expect(card.get_by_role("heading", name="Bocage Emploi")).to_be_visible()
    expect(card).not_to_contain_text("approximatif")
    expect(card.get_by_role("link", name="Placer sur la carte")).to_have_count(0)


def test_the_map_is_ready_soon_and_asks_nobody_else(log_in):
    """``visitor`` refuses any request to another machine."""
    alice = log_in("alice")
    go_to_map(alice)
    spent = alice.evaluate("performance.getEntriesByName('collab-map')[0].startTime")
    assert spent < 5_000, "2 s on a machine that does nothing else"
