"""Who does what, and how to reach them: found from a phone, and hidden again at once."""

import re

from playwright.sync_api import expect

PHONE = {"width": 390, "height": 844}


def go_to_directory(page):
    more = page.locator(".c-nav__plus summary")
    if more.is_visible():
        more.click()
        page.locator(".c-sheet").get_by_role("link", name="Annuaire").click()
    else:
        page.get_by_role("navigation", name="Menu principal").get_by_role("link", name="Annuaire").first.click()
    expect(page.get_by_role("heading", name="Annuaire", level=1)).to_be_visible()


def choose(page, side, value):
    chip = page.locator("summary.c-chip", has_text=side)
    chip.click()
    chip.locator("xpath=..").get_by_role("link", name=re.compile(rf"^{value}\s*\d+$")).click()
    expect(page.get_by_role("link", name=re.compile(f"{side}.*{value}"))).to_be_visible()


def change_card(page, **fields):
    page.get_by_text("Mon compte", exact=True).first.locator("..").click()
    page.get_by_role("link", name="Mon profil et mon mot de passe").click()
    page.get_by_role("link", name="Modifier – Téléphone professionnel").click()
    for label, value in fields.items():
        field = page.get_by_label(label, exact=True)
        field.set_checked(value) if isinstance(value, bool) else field.fill(value)
    page.get_by_role("button", name="Enregistrer mon profil").click()


def test_who_can_help_on_mobility_in_vendee_is_found_from_a_phone_and_reached(log_in):
    bruno = log_in("bruno", PHONE)
    go_to_directory(bruno)
    # At his first visit, he is told what the others see of him.
    expect(bruno.get_by_text("restent cachés tant que vous ne décidez pas")).to_be_visible()
    bruno.get_by_role("button", name="J’ai compris").click()
    expect(bruno.get_by_role("button", name="J’ai compris")).to_have_count(0)
    choose(bruno, "Peut aider sur", "Mobilité")
    choose(bruno, "Territoire", "Vendée")
    [name] = bruno.locator("main .c-columns > div h3").all_inner_texts()
    assert name == "Zohra Amrani"
    expect(bruno.get_by_role("link", name="Appeler Zohra Amrani")).to_have_attribute("href", "tel:0255008510")
    bruno.get_by_role("link", name="Zohra Amrani", exact=True).click()
    expect(bruno.get_by_role("heading", name="Zohra Amrani", level=1)).to_be_visible()
    expect(bruno.get_by_role("link", name="Écrire un e-mail")).to_have_attribute("href", "mailto:zohra@collab.example")
    expect(bruno.get_by_text("Location de scooters")).to_be_visible()
    with bruno.expect_download() as download:
        bruno.get_by_role("link", name="Ajouter à mes contacts").click()
    assert "FN:Zohra Amrani" in download.value.path().read_text()
    # Back: the address holds what he had chosen.
    bruno.go_back()
    expect(bruno.get_by_role("link", name=re.compile("Territoire.*Vendée"))).to_be_visible()
    assert bruno.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_somebody_is_found_while_one_types_with_an_error_and_by_the_keyboard(log_in):
    david = log_in("david")
    go_to_directory(david)
    box = david.get_by_role("combobox", name="Un nom, un métier, une structure, une commune")
    box.press_sequentially("houdaier")
    options = david.get_by_role("option")
    expect(options).to_have_count(1)
    expect(options.first).to_contain_text("Sophie Houdayer")
    box.press("Escape")
    expect(options).to_have_count(0)
    box.fill("")
    box.press_sequentially("mobi")
    expect(david.get_by_role("option", name=re.compile("Peut aider sur.*Mobilité"))).to_be_visible()
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    box.press("ArrowUp")
    box.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    box.fill("")
    box.press_sequentially("sophie h")
    expect(options.first).to_contain_text("Sophie Houdayer")
    box.press("ArrowDown")
    box.press("Enter")
    expect(david.get_by_role("heading", name="Sophie Houdayer", level=1)).to_be_visible()
    # Enter without a choice searches.
    david.go_back()
    david.get_by_role("main").get_by_role("combobox").fill("restos")
    david.get_by_role("main").get_by_role("combobox").press("Enter")
    expect(david.get_by_role("heading", name="Personne ne correspond à cette recherche.")).to_be_visible()
    david.get_by_role("link", name="Effacer le filtre restos").click()
    expect(david.get_by_text("personnes, par nom")).to_be_visible()
    david.get_by_role("link", name="Structures", exact=True).click()
    expect(david.get_by_role("link", name="Vendée Accueil")).to_be_visible()


def test_a_phone_that_is_hidden_is_gone_for_another_member_at_once(log_in):
    thomas, emma = log_in("thomas", PHONE), log_in("emma")
    go_to_directory(emma)
    emma.get_by_role("main").get_by_role("combobox").fill("thomas chevalier")
    emma.get_by_role("main").get_by_role("combobox").press("Enter")
    expect(emma.get_by_role("link", name="02 55 00 49 30")).to_be_visible()
    # What is no number is refused, and stays to be corrected.
    change_card(thomas, **{"Téléphone professionnel": "demandez l’accueil"})
    expect(thomas.get_by_role("alert")).to_contain_text("n’est pas un numéro de téléphone")
    expect(thomas.get_by_label("Téléphone professionnel")).to_have_value("demandez l’accueil")
    change_card(thomas, **{"Téléphone professionnel": "0255004931", "Mon téléphone": False})
    expect(thomas.get_by_role("status")).to_contain_text("Profil enregistré")
    emma.reload()
    expect(emma.get_by_role("link", name="Thomas Chevalier", exact=True)).to_be_visible()
    expect(emma.get_by_text("02 55 00 49")).to_have_count(0)
    emma.get_by_role("link", name="Thomas Chevalier", exact=True).click()
    expect(emma.get_by_text("Cette personne ne montre ni e-mail ni téléphone.")).to_be_visible()
    change_card(thomas, **{"Mon téléphone": True})
    emma.reload()
    expect(emma.get_by_role("link", name="02 55 00 49 31").first).to_be_visible()
