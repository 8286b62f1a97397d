"""An administrator keeps the list of members: finds, takes away, moves several at once, and brings a file in."""

import pytest
from federation_screens import confirm, line_of, open_menu, open_platform
from openpyxl import Workbook, load_workbook
from playwright.sync_api import expect

HEAD = [
    "Nom",
    "Prénom",
    "E-mail",
    "Fonction",
    "Structure",
    "Réseaux",
    "Territoires",
    "Rôle",
    "État",
    "Dernière connexion",
]
MOVED = ("Adeyinka", "Gandon", "Ballo", "Chevalier")
FILE = [
    ["Structure", "CP", "Commune", "Intervenant", "Courriel", "Âge"],
    ["Verger de la Sèvre", "85500", "Les Herbiers", "BLANCHARD Maëlle", "maelle@verger.example", 31],
    ["Verger de la Sèvre", "", "", "Le Goff Titouan", "titouan@verger.example", 45],
    # In another town than on the platform; nearly the name of another.
    ["Toit et travail", "44000", "Nantes", "RIOU Gaëlle", "gaelle@toit.example", 28],
    ["Association Vendée accueil", "85000", "La Roche-sur-Yon", "HERVÉ Noé", "noe@vendee.example", 52],
]


@pytest.fixture
def members(log_in):
    """:return: an administrator before the list of members"""
    admin = log_in("admin")
    open_platform(admin)
    open_menu(admin, "Membres", "Membres")
    expect(line_of(admin, "roselyne@collab.example")).to_be_visible()
    return admin


def filters(page):
    page.locator(".o_searchview_dropdown_toggler").click()
    return page.locator(".o_search_bar_menu")


def exported(page, tmp_path):
    """:return list[tuple]: the rows of the workbook that the button gives"""
    with page.expect_download() as download:
        page.get_by_role("button", name="Exporter").click()
    assert download.value.suggested_filename == "membres.xlsx"
    path = tmp_path / "membres.xlsx"
    download.value.save_as(path)
    return list(load_workbook(path).active.iter_rows(values_only=True))


def test_the_list_is_filtered_in_words_and_taken_away(members, tmp_path):
    # From A to Z, by last name: É with E.
    names = members.locator(".o_data_row [name=lastname]").all_inner_texts()
    assert names[:3] == ["Adeyinka", "Amrani", "Audrain"], names
    menu = filters(members)
    expect(menu.locator(".o_filter_menu .o_menu_item")).to_have_count(13)
    menu.get_by_text("Sans structure", exact=True).click()
    members.keyboard.press("Escape")
    expect(line_of(members, "roselyne@collab.example")).to_have_count(0)
    shown = members.locator(".o_data_row").count()
    head, *lines = exported(members, tmp_path)
    assert list(head) == HEAD
    assert len(lines) == shown > 0
    assert {line[HEAD.index("Structure")] for line in lines} == {None}
    assert {line[HEAD.index("Rôle")] for line in lines} == {"Membre"}

    # A filter of one's own is made of a dozen fields.
    members.locator(".o_searchview .o_facet_remove").click()
    filters(members).get_by_text("Filtre personnalisé").click()
    members.locator(".o_model_field_selector").click()
    names = members.locator(".o_model_field_selector_popover_item_name")
    # They are asked of the server first.
    expect(names.first).to_be_visible()
    offered = names.all_inner_texts()
    assert len(offered) <= 13 and {"Nom", "Structure", "Réseaux", "État", "Dernière connexion"} <= set(offered), offered


def test_four_people_change_organisation_at_once_and_one_of_them_sees_it(members, log_in):
    for name in MOVED:
        line_of(members, name).get_by_role("checkbox").check()
    members.get_by_role("button", name="Changer de structure").click()
    dialog = members.get_by_role("dialog")
    dialog.locator("[name=organisation_id] input").fill("Vendée Acc")
    members.locator(".o-autocomplete--dropdown-menu").get_by_text("Vendée Accueil").click()
    # What they will read is said before.
    said = dialog.locator("[name=consequence]")
    expect(said).to_contain_text("2 personnes passent de « La Halte mayennaise » à « Vendée Accueil »")
    expect(said).to_contain_text("2 personnes passent de « Toit et travail » à « Vendée Accueil »")
    expect(said).to_contain_text("elles verront ce qui est adressé à Nantes (44)")
    dialog.get_by_role("button", name="Changer de structure").click()
    for name in MOVED:
        expect(line_of(members, name)).to_contain_text("Vendée Accueil")

    roselyne = log_in("roselyne")
    roselyne.goto("/mon-compte")
    expect(roselyne.get_by_text("Vendée Accueil").first).to_be_visible()
    expect(roselyne.get_by_text("La Halte mayennaise")).to_have_count(0)


def test_a_file_with_both_names_in_a_column_is_mapped_on_screen_and_imported(members, tmp_path):
    book = Workbook()
    for cells in FILE:
        book.active.append(cells)
    path = tmp_path / "équipe.xlsx"
    book.save(path)
    open_menu(members, "Membres", "Import")
    members.get_by_role("button", name="Nouveau").click()
    members.locator(".o_field_binary input[type=file]").set_input_files(path)
    members.locator(".o_form_view [name=network_ids] input").click()
    members.locator(".o-autocomplete--dropdown-menu").get_by_text("COORACE", exact=True).click()
    members.get_by_role("button", name="Vérifier le fichier").click()
    expect(members.get_by_text("À corriger : 4")).to_be_visible()
    expect(members.get_by_text("Colonnes non importées : Intervenant, Âge")).to_be_visible()

    members.get_by_role("tab", name="Colonnes").click()
    column = line_of(members, "Intervenant")
    expect(column).to_contain_text("BLANCHARD Maëlle")
    column.locator("[name=target]").click()
    column.locator("[name=target] input").click()
    members.get_by_role("menuitem", name="Nom et prénom (une colonne)").click()
    members.get_by_role("button", name="Vérifier de nouveau").click()
    expect(members.get_by_text("Conflit : 1 · À vérifier : 1 · Création : 2")).to_be_visible()
    members.get_by_role("tab", name="Lignes").click()
    expect(line_of(members, "Gaëlle RIOU")).to_contain_text("Cholet sur la plateforme, Nantes dans le fichier")
    doubtful = line_of(members, "Noé HERVÉ")
    expect(doubtful).to_contain_text("ressemble à « Vendée Accueil (La Roche-sur-Yon) »")
    expect(line_of(members, "Titouan Le Goff")).to_contain_text("Création")

    # It is another one: somebody says so.
    doubtful.locator("[name=confirmed]").click()
    expect(doubtful.get_by_role("checkbox")).to_be_checked()
    confirm(members, "Importer ces lignes")
    expect(members.get_by_text("Conflit : 1 · Création : 3")).to_be_visible()
    open_menu(members, "Membres", "Membres")
    for address, name, house in (
        ("maelle@verger.example", "BLANCHARD", "Verger de la Sèvre"),
        ("titouan@verger.example", "Le Goff", "Verger de la Sèvre"),
        ("noe@vendee.example", "HERVÉ", "Association Vendée accueil"),
    ):
        line = line_of(members, address)
        for said in (name, house, "COORACE", "Pas invité"):
            expect(line).to_contain_text(said)
    expect(line_of(members, "gaelle@toit.example")).to_have_count(0)
