"""What somebody remembers of a content is found from anywhere, on a phone or by the keyboard alone."""

import re
import time

import docx
import pytest
from forum_screens import other
from odf.opendocument import OpenDocumentText
from odf.style import Header, MasterPage, PageLayout
from odf.text import P
from playwright.sync_api import expect
from reportlab.pdfgen.canvas import Canvas

PHONE = {"width": 390, "height": 844}
# Files are read by a job, after they have been deposited.
READ_SECONDS = 120


def field(page):
    return page.get_by_role("banner").get_by_role("combobox", name="Rechercher partout")


def look_for(page, words):
    field(page).fill(words)
    field(page).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("«")


@pytest.fixture
def written(tmp_path):
    """Three documents, each with a word that it has nowhere else: on page 3, in a table, in a header.

    :return dict[str, pathlib.Path]: by name
    """
    paths = {name: tmp_path / name for name in ("sorties.pdf", "materiel.docx", "ateliers.odt")}
    canvas = Canvas(str(paths["sorties.pdf"]))
    for text in ("Les sorties du printemps", "Le programme de chaque jour", "Prévoir des chrysanthèmes pour la visite"):
        canvas.drawString(72, 700, text)
        canvas.showPage()
    canvas.save()
    document = docx.Document()
    document.add_paragraph("Ce qui se prête entre structures")
    document.add_table(1, 2).rows[0].cells[1].text = "Un motoculteur, à réserver"
    document.save(paths["materiel.docx"])
    text = OpenDocumentText()
    layout = PageLayout(name="layout")
    page = MasterPage(name="Standard", pagelayoutname=layout)
    header = Header()
    header.addElement(P(text="Atelier de passementerie"))
    page.addElement(header)
    text.automaticstyles.addElement(layout)
    text.masterstyles.addElement(page)
    text.text.addElement(P(text="Les horaires de la semaine"))
    text.save(paths["ateliers.odt"])
    return paths


def find(page, words, title):
    """Look for words until a content is found by what is written in its file, which a job reads.

    :return Locator: its row
    """
    row = page.locator("main .c-row").filter(has=page.get_by_role("link", name=title, exact=True))
    end = time.monotonic() + READ_SECONDS
    while True:
        look_for(page, words)
        if row.locator("mark").count():
            return row
        assert time.monotonic() < end, f"{words} is not found in {title}"
        time.sleep(2)


def test_a_word_typed_with_an_error_finds_the_file_that_has_it_and_only_for_those_who_may_read_it(
    deposit, log_in, written
):
    deposit("agnes", list(written.values()), None, "Outils", ["COORACE"], viewport=PHONE)
    claire = log_in("claire", PHONE)
    for typed, word, where, title in (
        ("chrisanthèmes", "chrysanthèmes", "page 3", "Sorties"),
        ("motoculteurr", "motoculteur", "", "Materiel"),
        ("passementrie", "passementerie", "", "Ateliers"),
    ):
        row = find(claire, typed, title)
        expect(claire.get_by_role("link", name=f"Chercher «\xa0{typed}\xa0» tel quel")).to_be_visible()
        extract = row.locator(".c-row__extract")
        expect(extract).to_contain_text(where)
        expect(extract.locator("mark")).to_have_text(word)
        shown, marked = extract.bounding_box(), extract.locator("mark").bounding_box()
        assert marked["y"] + marked["height"] <= shown["y"] + shown["height"], "two lines hold it"
        assert row.bounding_box()["y"] < 260
        assert claire.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        row.get_by_role("link", name=title).click()
        expect(claire.get_by_role("heading", name=title, level=1)).to_be_visible()
    # Of another network, even without an error.
    ousmane = log_in("ousmane", PHONE)
    for words in ("chrysanthèmes", "chrisanthèmes", "motoculteur", "passementerie"):
        look_for(ousmane, words)
        expect(ousmane.get_by_role("heading", level=1)).to_contain_text(f"Aucun résultat pour «\xa0{words}\xa0»")
        expect(ousmane.locator("main .c-row")).to_have_count(0)
    ousmane.get_by_role("link", name="Poser la question au forum").click()
    expect(ousmane.get_by_label("Votre question")).to_have_value("passementerie")


def test_what_a_moderator_hides_is_found_by_nobody_at_once(deposit, log_in, tmp_path):
    path = tmp_path / "covoiturage.txt"
    path.write_text("Les trajets vers le Brivadois, au départ de la gare.")
    title = "Trajets à partager"
    pierre = deposit("pierre", [path], title, "Outils", ["COORACE"])
    teresa = log_in("teresa")
    find(teresa, "Brivadois", title)
    moderator = log_in("moderation.coorace")
    find(moderator, "Brivadois", title).get_by_role("link", name=title).click()
    other(moderator, "link", "Modérer").click()
    moderator.get_by_label("Pourquoi ? Son auteur le lira.").first.fill("Ôtez le nom des conducteurs")
    moderator.get_by_role("button", name="Masquer").click()
    expect(moderator.get_by_text("Les personnes concernées sont prévenues.")).to_be_visible()
    for person in (teresa, pierre, moderator):
        for words in ("Brivadois", title):
            look_for(person, words)
            expect(person.get_by_role("link", name=title, exact=True)).to_have_count(0)


def test_a_word_typed_with_an_error_on_a_phone_finds_a_discussion(log_in):
    bruno = log_in("bruno", PHONE)
    look_for(bruno, "domicilliation")
    expect(bruno.get_by_role("heading", level=1)).to_have_text(re.compile("Résultats pour «\xa0domiciliation\xa0»"))
    expect(bruno.get_by_role("link", name="Chercher «\xa0domicilliation\xa0» tel quel")).to_be_visible()
    assert bruno.locator("main .c-row").first.bounding_box()["y"] < 260
    bruno.locator("main").get_by_role("link", name=re.compile("Domiciliation refusée par un CCAS")).click()
    expect(bruno.get_by_role("heading", name=re.compile("Domiciliation refusée"), level=1)).to_be_visible()
    # Back to the results, whose address holds all that he has asked.
    bruno.go_back()
    bruno.get_by_role("link", name=re.compile(r"^Discussions\s*\d+$")).click()
    expect(bruno.get_by_role("link", name=re.compile("Tout effacer"))).to_be_visible()
    bruno.get_by_role("link", name=re.compile("Tout effacer")).click()
    expect(bruno.get_by_role("link", name=re.compile(r"^Tout\s*\d+$"))).to_have_attribute("aria-current", "page")
    assert bruno.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_who_finds_nothing_asks_the_others_without_typing_again(log_in):
    chloe = log_in("chloe", PHONE)
    look_for(chloe, "Zorglubification des tondeuses")
    expect(chloe.get_by_role("heading", level=1)).to_contain_text("Aucun résultat pour")
    chloe.get_by_role("link", name="Poser la question au forum").click()
    expect(chloe.get_by_label("Votre question")).to_have_value("Zorglubification des tondeuses")


def test_the_keyboard_goes_from_end_to_end(log_in):
    david = log_in("david")
    david.keyboard.press("/")
    expect(field(david)).to_be_focused()
    david.keyboard.type("domicil")
    options = david.get_by_role("option")
    expect(options.last).to_have_text(re.compile("Tous les résultats pour"))
    expect(field(david)).to_have_attribute("aria-expanded", "true")
    david.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    active = field(david).get_attribute("aria-activedescendant")
    assert options.first.get_attribute("id") == active
    david.keyboard.press("Escape")
    expect(options).to_have_count(0)
    expect(field(david)).to_have_value("domicil")
    # What closed opens again, from its end.
    david.keyboard.press("ArrowUp")
    expect(options.last).to_be_visible()
    david.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    david.keyboard.press("Enter")
    expect(david.get_by_role("heading", level=1)).to_contain_text("domicil")
    # A slash that is typed is a slash.
    david.keyboard.press("/")
    david.keyboard.type("a/b")
    expect(field(david)).to_have_value("a/b")


def test_recent_searches_are_found_again_and_erased(log_in):
    emma = log_in("emma")
    look_for(emma, "garage solidaire")
    look_for(emma, "logement")
    emma.get_by_role("navigation", name="Menu principal").get_by_role("link", name="Accueil").click()
    field(emma).click()
    expect(emma.get_by_role("option", name=re.compile("garage solidaire"))).to_be_visible()
    emma.get_by_role("option", name="Effacer mes recherches récentes").click()
    emma.get_by_role("button", name=re.compile("Effacer.*garage solidaire")).click()
    expect(emma.get_by_text("Recherche effacée.")).to_be_visible()
    expect(emma.get_by_role("link", name="garage solidaire")).to_have_count(0)
    expect(emma.get_by_role("link", name="logement", exact=True)).to_be_visible()
    emma.get_by_role("button", name="Tout effacer").click()
    expect(emma.get_by_text("Aucune recherche pour l’instant")).to_be_visible()


def test_without_script_one_searches_all_the_same(browser, base_url, log_in):
    cookies = log_in("alice").context.cookies()
    context = browser.new_context(base_url=base_url, ignore_https_errors=True, java_script_enabled=False)
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto("/")
    box = page.get_by_role("searchbox", name="Rechercher partout")
    box.fill("mobilité")
    box.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("«\xa0mobilité\xa0»")
    context.close()
