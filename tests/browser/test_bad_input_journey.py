"""What goes wrong on an ordinary day, and costs nobody what he had written."""

import re

import pytest
from federation_screens import open_menu, open_platform
from playwright.sync_api import expect


@pytest.fixture
def deposit_page(log_in):
    def go(login, **browser):
        page = log_in(login, **browser)
        page.get_by_role("link", name="Déposer des documents").click()
        return page

    return go


def row(page, name):
    return page.locator("li.c-upload").filter(has_text=name)


def log_in_again(page, login):
    page.get_by_label("Adresse e-mail").fill(f"{login}@collab.example")
    page.get_by_label("Mot de passe").fill("demo-collab-2026")
    page.get_by_role("button", name="Se connecter").click()


def test_a_file_that_lies_is_refused_and_the_others_are_deposited(deposit_page, log_in, french_pdfs, tmp_path):
    fake = tmp_path / "bilan-annuel.pdf"
    fake.write_text("Ceci est un texte.")
    page = deposit_page("alice")
    page.get_by_label("1. Vos fichiers").set_input_files([fake, french_pdfs[2]])
    expect(page.get_by_text("« bilan-annuel.pdf » n’est pas vraiment un fichier PDF")).to_be_visible()
    kept = row(page, french_pdfs[2].name)
    expect(kept.get_by_text("Prêt")).to_be_visible()
    kept.get_by_label("Titre").fill("La référence, malgré un voisin refusé")
    page.get_by_label("2. Dans quel dossier ?").select_option("Outils")
    page.get_by_role("button", name="Déposer").click()
    expect(page.get_by_role("heading", name="La référence, malgré un voisin refusé")).to_be_visible()
    bruno = log_in("bruno")
    expect(bruno.get_by_role("link", name="La référence, malgré un voisin refusé")).to_have_count(1)
    expect(bruno.get_by_text("bilan-annuel")).to_have_count(0)


def test_a_double_click_deposits_once_and_an_emoji_is_welcome(deposit_page, log_in, french_pdfs, tmp_path):
    named = tmp_path / "fête de l'été 🎉.pdf"
    named.write_bytes(french_pdfs[2].read_bytes() + b"\n% fete")
    page = deposit_page("alice")
    page.get_by_label("1. Vos fichiers").set_input_files(named)
    expect(page.get_by_text("Prêt")).to_be_visible()
    expect(page.get_by_label("Titre")).to_have_value("Fête de l'été 🎉")
    page.get_by_label("2. Dans quel dossier ?").select_option("Outils")
    page.get_by_role("button", name="Déposer").dblclick()
    expect(page.get_by_role("heading", name="Fête de l'été 🎉")).to_be_visible()
    bruno = log_in("bruno")
    expect(bruno.get_by_role("link", name="Fête de l'été 🎉")).to_have_count(1)
    bruno.get_by_role("link", name="Fête de l'été 🎉").click()
    with bruno.expect_download() as download:
        bruno.get_by_role("link", name="Télécharger").click()
    assert download.value.suggested_filename == named.name


def test_a_document_that_is_there_already_is_pointed_out(deposit_page, french_pdfs, tmp_path):
    title = "Un guide que tout le monde a déjà"
    guide = tmp_path / "guide.pdf"
    guide.write_bytes(french_pdfs[0].read_bytes() + b"\n% already there")
    page = deposit_page("bruno")
    page.get_by_label("1. Vos fichiers").set_input_files(guide)
    expect(page.get_by_text("Prêt")).to_be_visible()
    page.get_by_label("Titre").fill(title)
    page.get_by_label("2. Dans quel dossier ?").select_option("Outils")
    page.get_by_role("button", name="Déposer").click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    colleague = deposit_page("alice")
    colleague.get_by_label("1. Vos fichiers").set_input_files(guide)
    expect(colleague.get_by_text("Déjà dans la bibliothèque :")).to_be_visible()
    with colleague.expect_popup() as popup:
        colleague.get_by_role("link", name=title).click()
    expect(popup.value.get_by_role("heading", name=title)).to_be_visible()
    # Hers is still there: she decides.
    expect(colleague.get_by_text("Prêt")).to_be_visible()


def test_a_session_that_expires_while_depositing_costs_nothing(deposit_page, log_in, french_pdfs, tmp_path):
    first, second = tmp_path / "premier.pdf", tmp_path / "second.pdf"
    first.write_bytes(french_pdfs[2].read_bytes() + b"\n% first")
    second.write_bytes(french_pdfs[2].read_bytes() + b"\n% second")
    page = deposit_page("alice")
    page.get_by_label("1. Vos fichiers").set_input_files(first)
    expect(page.get_by_text("Prêt")).to_be_visible()
    row(page, "premier.pdf").get_by_label("Titre").fill("Écrit avant que la session expire")
    page.context.clear_cookies()
    page.get_by_label("1. Vos fichiers").set_input_files(second)
    stopped = row(page, "second.pdf")
    expect(stopped.get_by_text("Votre session a expiré.")).to_be_visible()
    with page.expect_popup() as popup:
        stopped.get_by_role("link", name="Se reconnecter").click()
    tab = popup.value
    log_in_again(tab, "alice")
    expect(tab.get_by_role("heading", name="Bonjour Alice")).to_be_visible()
    tab.close()
    stopped.get_by_role("button", name="Réessayer").click()
    expect(stopped.get_by_text("Prêt")).to_be_visible()
    page.get_by_label("2. Dans quel dossier ?").select_option("Outils")
    page.get_by_role("button", name="Déposer").click()
    expect(page.get_by_text("2 documents déposés.")).to_be_visible()
    bruno = log_in("bruno")
    expect(bruno.get_by_role("link", name="Écrit avant que la session expire")).to_have_count(1)


def test_a_session_that_expires_while_correcting_gives_back_what_was_typed(
    deposit_page, log_in, french_pdfs, tmp_path, among_others, address_to
):
    file = tmp_path / "a-corriger.pdf"
    file.write_bytes(french_pdfs[2].read_bytes() + b"\n% to correct")
    page = deposit_page("alice")
    page.get_by_label("1. Vos fichiers").set_input_files(file)
    expect(page.get_by_text("Prêt")).to_be_visible()
    page.get_by_label("Titre").fill("Un titre trop vite écrit")
    page.get_by_label("2. Dans quel dossier ?").select_option("Outils")
    page.get_by_role("button", name="Déposer").click()
    among_others(page, "link", "Modifier").click()
    page.get_by_label("Titre").fill("Un titre longuement réfléchi")
    address_to(page, "FNARS")
    page.context.clear_cookies()
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Votre session a expiré. Reconnectez-vous : votre texte est conservé.")).to_be_visible()
    log_in_again(page, "alice")
    expect(page.get_by_text("Votre brouillon a été retrouvé")).to_be_visible()
    expect(page.get_by_label("Titre")).to_have_value("Un titre longuement réfléchi")
    expect(page.get_by_label("FNARS", exact=True)).to_be_checked()
    expect(page.get_by_text(re.compile(r"^Visible par 1[78] personnes"))).to_be_visible()
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("heading", name="Un titre longuement réfléchi")).to_be_visible()
    # It was received: the next visit begins with what is recorded.
    among_others(page, "link", "Modifier").click()
    expect(page.get_by_text("Votre brouillon a été retrouvé")).to_be_hidden()
    karim = log_in("karim")
    expect(karim.get_by_role("link", name="Un titre longuement réfléchi")).to_have_count(1)
    bruno = log_in("bruno")
    expect(bruno.get_by_role("link", name="Un titre longuement réfléchi")).to_have_count(0)


def test_staff_are_told_that_an_address_gives_no_territory(log_in):
    page = log_in("moderation.fnars")
    open_platform(page)
    open_menu(page, "Membres", "Structures adhérentes")
    page.get_by_role("button", name="Nouveau").click()
    page.get_by_label("Nom de la structure").fill("Structure sans adresse")
    page.get_by_label("Nom de la structure").press("Tab")
    warning = page.get_by_text("Structure sans adresse n’a pas d’adresse, donc pas de territoire")
    expect(warning).to_be_visible()
    page.get_by_label("Code postal").fill("44190")
    page.get_by_label("Ville").fill("Clison")
    page.get_by_label("Ville").press("Tab")
    expect(page.get_by_text("Aucune commune n’est connue comme Clison (44190)")).to_be_visible()
    page.get_by_label("Code postal").fill("35000")
    page.get_by_label("Code postal").press("Tab")
    expect(page.get_by_text("Clison (35000) est hors de la région")).to_be_visible()
    page.get_by_label("Ville").fill("Clisson")
    page.get_by_label("Code postal").fill("44190")
    page.get_by_label("Code postal").press("Tab")
    expect(page.get_by_text("est hors de la région")).to_be_hidden()
    expect(warning).to_be_hidden()
    page.get_by_role("button", name="Enregistrer manuellement").click()
    expect(page.locator("[name=scope_territory_ids]")).to_contain_text("(44)")
