"""A document is found by its filters, and a folder is deposited as it is."""

import os
import re
import zipfile

from playwright.sync_api import expect

PHONE = {"width": 390, "height": 844}


def test_a_phone_filters_opens_and_comes_back_to_the_same_place(log_in):
    page = log_in("alice", PHONE)
    page.get_by_role("navigation", name="Menu principal").get_by_role("link", name="Ressources").click()
    chips = page.get_by_role("navigation", name="Listes et filtres")
    chips.locator("summary").get_by_text("Type", exact=True).click()
    choice = page.locator(".c-pick[open]").get_by_role("link").first
    name, number = choice.inner_text().split("\n")[0], choice.locator(".c-pick__count").inner_text()
    page.keyboard.press("Escape")
    expect(choice).to_be_hidden()
    chips.locator("summary").get_by_text("Type", exact=True).click()
    choice.click()
    chosen = chips.get_by_role("link", name=re.compile(f"Type.*{name}"))
    expect(chosen).to_be_in_viewport()
    rows = page.locator(".c-rows > .c-row")
    expect(rows).to_have_count(int(number))
    last = rows.last.get_by_role("heading").get_by_role("link")
    last.scroll_into_view_if_needed()
    place = page.evaluate("window.scrollY")
    last.click()
    expect(page.get_by_role("link", name="Télécharger")).to_be_visible()
    page.get_by_role("navigation", name="Dossiers").get_by_role("link", name="Ressources").click()
    expect(rows).to_have_count(int(number))
    page.wait_for_function(f"Math.abs(window.scrollY - {place}) < 4")
    chosen.click()
    expect(chosen).to_have_count(0)
    expect(page).to_have_url(re.compile("/ressources$"))


def test_a_folder_is_deposited_before_all_has_arrived_without_what_is_refused(log_in, tmp_path, address_to):
    folder = tmp_path / "Dossier chantier"
    for path, text in {
        "note.txt": "Au-dessus",
        "2025/note.txt": "De l'an dernier",
        "2026/note.txt": "De cette année",
        "2026/outil.exe": "Un programme",
        "2026/copie.txt": "De cette année",
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    page = log_in("alice")
    page.get_by_role("navigation", name="Menu principal").get_by_role("link", name="Ressources").click()
    page.get_by_role("navigation", name="Dossiers").get_by_role("link", name="Outils").click()
    page.get_by_role("link", name="Déposer des documents").click()
    # The folder that was open is proposed.
    expect(page.get_by_label("2. Dans quel dossier ?").locator("option:checked")).to_have_text("Outils")
    address_to(page, "FNARS")
    # The network is slow: each request waits.
    held = []
    page.route("**/envois", lambda route: held.append(route) or page.wait_for_timeout(150) or route.continue_())
    page.get_by_label("Choisir un dossier entier").set_input_files(folder)
    page.get_by_role("button", name="Déposer", exact=True).click()
    expect(page.get_by_text("Le dépôt se fera à la fin de l’envoi.")).to_be_visible()
    said = page.get_by_role("status").filter(has_text="3 documents déposés.")
    expect(said).to_contain_text("2 fichiers refusés : ")
    expect(said).to_contain_text("Dossier chantier/2026/outil.exe")
    for title in ("Note", "Note (2025)", "Note (2026)"):
        expect(page.get_by_role("link", name=title, exact=True)).to_have_count(1)


def test_a_choice_in_a_long_list_is_found_by_typing_without_its_accents(log_in):
    page = log_in("moderation.fnars")
    page.goto("/habillage")
    page.locator("summary").get_by_text("Territoire", exact=True).click()
    choices = page.locator(".c-pick[open]").get_by_role("listitem")
    expect(choices).to_have_count(2)
    page.get_by_label("Chercher un territoire").fill("vendee")
    expect(choices).to_have_text([re.compile("Vendée")])
    page.get_by_label("Chercher un territoire").fill("nulle part")
    expect(page.locator(".c-pick[open]").get_by_text("Aucun résultat.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(choices).to_have_count(2)
    page.keyboard.press("Escape")
    expect(choices).to_have_count(0)
    page.get_by_label("Chercher dans la liste").fill("atlan")
    expect(page.get_by_label("Une longue liste").locator("option:checked")).to_have_text("Loire-Atlantique")


def test_a_slow_deposit_shows_the_bytes_that_have_left_and_leaving_warns(log_in, tmp_path):
    archive = tmp_path / "photos-du-chantier.zip"
    with zipfile.ZipFile(archive, "w") as photos:
        photos.writestr("chantier.bin", os.urandom(6_000_000))
    page = log_in("alice", PHONE)
    page.get_by_role("navigation", name="Menu principal").get_by_role("link", name="Ressources").click()
    page.get_by_role("link", name="Déposer").click()
    # A train in the country: a piece takes seconds.
    network = page.context.new_cdp_session(page)
    slow = {"offline": False, "latency": 20, "downloadThroughput": -1, "uploadThroughput": 1_500_000}
    network.send("Network.emulateNetworkConditions", slow)
    page.get_by_label("1. Vos fichiers").set_input_files(archive)
    progress = page.get_by_role("progressbar", name=archive.name)
    # In the middle of a piece of four megabytes, and not only at its end.
    page.wait_for_function("bar => bar.value > 0 && bar.value < 3e6", arg=progress.element_handle(), polling=20)
    asked = []
    page.once("dialog", lambda dialog: asked.append(dialog.type) or dialog.dismiss())
    page.get_by_role("link", name="Annuler").click()
    expect(page.get_by_text("Prêt")).to_be_visible()
    assert asked == ["beforeunload"]
    network.send("Network.emulateNetworkConditions", {**slow, "uploadThroughput": -1})
    # Nothing leaves any more: the page may be left, and the file found again.
    page.get_by_role("link", name="Annuler").click()
    expect(page.get_by_role("heading", name="Ressources", level=1)).to_be_visible()
    assert asked == ["beforeunload"]
