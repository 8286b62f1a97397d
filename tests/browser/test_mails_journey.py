"""What a person wants to be told by mail: each click is saved, and a pause is said."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
SAID = "Vos choix sont enregistrés."


def open_mails(page):
    page.get_by_text("Mon compte", exact=True).first.locator("..").click()
    page.get_by_role("link", name="Mon profil et mon mot de passe").click()
    page.get_by_role("link", name="Choisir mes e-mails").click()
    expect(page.get_by_role("heading", name="Mes e-mails", level=1)).to_be_visible()


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["390", "1280"])
def test_each_click_in_the_table_is_saved_and_the_whole_cell_is_pressed(log_in, viewport):
    page = log_in("emma", viewport)
    open_mails(page)
    expect(page.get_by_role("button", name="Enregistrer", exact=True)).to_be_hidden()
    never = page.get_by_role("radio", name="La première réponse à l’une de mes questions Jamais")
    cell = never.locator("xpath=ancestor::td").bounding_box()
    assert cell["height"] >= 44
    # In its corner, far from the circle.
    page.mouse.click(cell["x"] + 4, cell["y"] + 4)
    expect(never).to_be_checked()
    expect(page.get_by_text(SAID)).to_be_visible()
    page.reload()
    expect(never).to_be_checked()
    # Two clicks in a row are both saved.
    daily = page.get_by_role("radio", name="La première réponse à l’une de mes questions 1 fois par jour")
    daily.check()
    page.get_by_label("Tout en un e-mail par jour").check()
    expect(page.get_by_text(SAID)).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.reload()
    expect(daily).to_be_checked()
    expect(page.get_by_label("Tout en un e-mail par jour")).to_be_checked()
    page.get_by_role("button", name="L’essentiel").click()
    expect(page.get_by_role("button", name="L’essentiel")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("radio", name="La première réponse à l’une de mes questions Aussitôt")).to_be_checked()


def test_without_script_one_button_saves_and_a_pause_begins_and_ends(browser, base_url):
    context = browser.new_context(
        viewport=PHONE, java_script_enabled=False, base_url=base_url, locale="fr-FR", ignore_https_errors=True
    )
    page = context.new_page()
    page.goto("/web/login")
    page.get_by_label("Adresse e-mail").fill("emma@collab.example")
    page.get_by_label("Mot de passe").fill("demo-collab-2026")
    page.get_by_role("button", name="Se connecter").click()
    open_mails(page)
    page.get_by_role("radio", name="Quelqu’un me mentionne dans une discussion Jamais").check()
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_text(SAID)).to_be_visible()
    until = date.today() + timedelta(days=9)
    page.get_by_label("Pause jusqu’au").fill(until.isoformat())
    page.get_by_role("button", name="Mettre mes e-mails en pause").click()
    expect(page.get_by_text("Vos e-mails sont en pause jusqu’au")).to_be_visible()
    page.get_by_role("button", name="Recevoir de nouveau mes e-mails").click()
    expect(page.get_by_text("Vous recevez de nouveau vos e-mails")).to_be_visible()
    expect(page.get_by_text("Vos e-mails sont en pause jusqu’au")).to_have_count(0)
    page.get_by_role("button", name="L’essentiel").click()
    context.close()
