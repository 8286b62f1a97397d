"""What becomes of a document once it is there: found again, followed, corrected, said to be out of date."""

import io
import re
import zipfile

import pytest
from federation_screens import line_of, open_menu, open_platform
from playwright.sync_api import expect

PHONE = {"width": 390, "height": 844}


def text_file(name, content="Ordre du jour"):
    return {"name": name, "mimeType": "text/plain", "buffer": content.encode()}


def go_to_library(page, folder=None):
    page.get_by_role("navigation", name="Menu principal").get_by_role("link", name="Ressources").click()
    expect(page.get_by_role("heading", name="Ressources")).to_be_visible()
    if folder:
        # On a phone, the folders are behind their chip.
        chip = page.get_by_role("button", name="Dossiers", exact=True)
        if chip.is_visible():
            chip.click()
        page.get_by_role("navigation", name="Dossiers").get_by_role("link", name=folder).click()
        expect(page.get_by_role("heading", name=folder)).to_be_visible()


def open_document(page, title, folder="Outils"):
    go_to_library(page, folder)
    page.get_by_role("link", name=title).click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()


@pytest.fixture
def deposited(log_in, address_to):
    """Alice deposits a text for her network, as anybody would.

    :return Page: hers, on the document
    """

    def go(title, content="Ordre du jour", folder="Outils"):
        page = log_in("alice")
        page.get_by_role("link", name="Déposer des documents").click()
        page.get_by_label("1. Vos fichiers").set_input_files(text_file("note.txt", content))
        expect(page.get_by_text("Prêt", exact=True)).to_be_visible()
        page.get_by_label("Titre").fill(title)
        page.get_by_label("2. Dans quel dossier ?").select_option(folder)
        address_to(page, "FNARS")
        page.get_by_role("button", name="Déposer").click()
        expect(page.get_by_role("heading", name=title)).to_be_visible()
        return page

    return go


def downloaded(page):
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger", exact=True).click()
    return download.value.path().read_text()


def test_five_files_are_dropped_and_the_one_that_is_refused_holds_back_no_other(log_in, address_to):
    page = log_in("alice")
    page.get_by_role("link", name="Déposer des documents").click()
    transfer = page.evaluate_handle(
        """() => {
            const transfer = new DataTransfer();
            const names = ["trame-accueil.txt", "trame-bilan.txt", "outil.exe", "trame-sortie.txt", "trame-suivi.txt"];
            for (const name of names) {
                transfer.items.add(new File([`Contenu de ${name}`], name));
            }
            return transfer;
        }"""
    )
    page.locator(".c-drop").dispatch_event("drop", {"dataTransfer": transfer})
    expect(page.get_by_text("Prêt", exact=True)).to_have_count(4)
    expect(page.get_by_text("Les fichiers « .exe » ne sont pas acceptés ici.")).to_be_visible()
    page.get_by_label("2. Dans quel dossier ?").select_option("Outils")
    address_to(page, "FNARS")
    expect(page.get_by_text("1 fichier refusé : il ne sera pas déposé.")).to_be_visible()
    page.get_by_role("button", name="Déposer", exact=True).click()
    expect(page.get_by_text("4 documents déposés.")).to_be_visible()
    colleague = log_in("karim")
    go_to_library(colleague, "Outils")
    for name in ("Trame-accueil", "Trame-bilan", "Trame-sortie", "Trame-suivi"):
        expect(colleague.get_by_role("link", name=name)).to_be_visible()
    expect(colleague.get_by_role("link", name="Outil", exact=True)).to_have_count(0)


def test_karim_keeps_a_document_and_a_folder_and_finds_them_again(deposited, log_in):
    title = "Trame à garder sous la main"
    deposited(title)
    karim = log_in("karim")
    open_document(karim, title)
    karim.get_by_role("button", name="Favori").click()
    expect(karim.get_by_role("button", name="Favori")).to_have_attribute("aria-pressed", "true")
    go_to_library(karim, "Comptes-rendus")
    karim.get_by_role("button", name="Garder ce dossier dans mes favoris").click()
    later = log_in("karim", PHONE)
    go_to_library(later)
    later.get_by_role("link", name="Favoris").click()
    expect(later.get_by_role("link", name="Comptes-rendus")).to_be_visible()
    later.get_by_role("link", name=title).click()
    expect(later.get_by_role("link", name="Télécharger")).to_be_visible()
    # What he keeps is his own business.
    alice = log_in("alice")
    go_to_library(alice)
    alice.get_by_role("link", name="Favoris").click()
    expect(alice.get_by_role("heading", name="Rien ici pour l’instant")).to_be_visible()


def test_what_is_new_is_marked_for_the_colleague_until_he_has_seen_it(deposited, log_in):
    title = "Une trame toute neuve"
    alice = deposited(title)
    karim = log_in("karim")
    go_to_library(karim, "Outils")
    row = karim.get_by_role("listitem").filter(has=karim.get_by_role("link", name=title))
    expect(row.get_by_text("Nouveau :", exact=True)).to_have_count(1)
    karim.get_by_role("link", name=re.compile("Nouveautés")).click()
    karim.get_by_role("link", name=title).click()
    expect(karim.get_by_role("heading", name=title)).to_be_visible()
    go_to_library(karim)
    karim.get_by_role("link", name=re.compile("Nouveautés")).click()
    expect(karim.get_by_role("heading", name="Nouveautés")).to_be_visible()
    expect(karim.get_by_role("link", name=title)).to_have_count(0)
    karim.get_by_role("button", name="Tout marquer comme vu").click()
    expect(karim.get_by_role("heading", name="Vous avez tout vu")).to_be_visible()
    menu = karim.get_by_role("navigation", name="Menu principal")
    expect(menu.get_by_role("listitem").filter(has_text="Ressources").locator(".c-count")).to_have_count(0)
    # To its author, it was never new.
    go_to_library(alice, "Outils")
    own = alice.get_by_role("listitem").filter(has=alice.get_by_role("link", name=title))
    expect(own).to_have_count(1)
    expect(own.get_by_text("Nouveau :", exact=True)).to_have_count(0)


def test_a_former_version_is_put_back_and_the_colleague_downloads_it(deposited, log_in, among_others):
    title = "Grille qui change"
    alice = deposited(title, "La première")
    among_others(alice, "link", "Déposer une nouvelle version").click()
    alice.get_by_label("Le nouveau fichier").set_input_files(text_file("note-2.txt", "La seconde"))
    expect(alice.get_by_text("Prêt", exact=True)).to_be_visible()
    alice.get_by_role("button", name="Déposer cette version").click()
    expect(alice.get_by_role("heading", name="Versions précédentes (1)")).to_be_visible()
    karim = log_in("karim")
    open_document(karim, title)
    assert downloaded(karim) == "La seconde"
    karim.get_by_role("heading", name="Versions précédentes (1)").click()
    expect(karim.get_by_role("button", name="Restaurer")).to_have_count(0)
    alice.get_by_role("heading", name="Versions précédentes (1)").click()
    alice.get_by_role("button", name="Restaurer").click()
    expect(alice.get_by_role("heading", name="Versions précédentes (2)")).to_be_visible()
    expect(alice.get_by_role("definition").filter(has_text="note.txt")).to_be_visible()
    karim.reload()
    assert downloaded(karim) == "La première"


def test_a_document_is_said_to_be_out_of_date_and_its_owner_is_told_by_mail(deposited, log_in, mailbox, among_others):
    title = "Barème à vérifier"
    alice = deposited(title)
    before = mailbox.count("alice@collab.example")
    karim = log_in("karim")
    open_document(karim, title)
    among_others(karim, "button", "Signaler comme périmé").click()
    karim.get_by_label("En quelques mots").fill("Les montants sont ceux de 2024")
    karim.get_by_role("button", name="Signaler comme périmé").click()
    expect(karim.get_by_text("Signalé comme périmé. Son responsable est prévenu.")).to_be_visible()
    link = mailbox.wait_for(
        "alice@collab.example", r'Les montants sont ceux de 2024[\s\S]*?href="\S+(/ressources/\d+)"', after=before
    )
    alice.goto(link)
    expect(alice.get_by_text("Les montants sont ceux de 2024")).to_be_visible()
    alice.get_by_role("button", name="Il est à jour").click()
    expect(alice.get_by_text("Les montants sont ceux de 2024")).to_have_count(0)


def test_a_comment_is_read_by_mail_and_those_mails_are_stopped_by_their_link(deposited, log_in, visitor, mailbox):
    title = "Trame à discuter"
    alice = deposited(title)
    before = mailbox.count("alice@collab.example")
    karim = log_in("karim", PHONE)
    open_document(karim, title)
    karim.get_by_label("Comment l’utilisez-vous ? Une question, une astuce ?").fill(
        "Qui l'a essayée en accueil de jour ?"
    )
    karim.get_by_role("button", name="Commenter").click()
    expect(karim.get_by_role("paragraph").filter(has_text="Qui l'a essayée en accueil de jour ?")).to_be_visible()
    expect(karim.get_by_label("Comment l’utilisez-vous ? Une question, une astuce ?")).to_have_value("")
    stop = mailbox.wait_for(
        "alice@collab.example", r'essayée en accueil de jour[\s\S]*?href="\S+(/desabonnement/\S+)"', after=before
    )
    anybody = visitor()
    anybody.goto(stop)
    anybody.get_by_role("button", name="Arrêter ces e-mails").click()
    expect(anybody.get_by_text("Ces e-mails sont arrêtés")).to_be_visible()
    alice.get_by_text("Mon compte", exact=True).first.locator("..").click()
    alice.get_by_role("link", name="Mon profil et mon mot de passe").click()
    alice.get_by_role("link", name="Choisir mes e-mails").click()
    comments = "Un commentaire sous un document suivi"
    expect(alice.get_by_role("radio", name=f"{comments} Jamais")).to_be_checked()
    alice.get_by_role("radio", name=f"{comments} Aussitôt").check()
    expect(alice.get_by_text("Vos choix sont enregistrés.")).to_be_visible()


def test_what_is_ticked_is_downloaded_in_one_archive(deposited, log_in):
    deposited("Trame une", "un")
    deposited("Trame deux", "deux")
    karim = log_in("karim")
    go_to_library(karim, "Outils")
    for title in ("Trame une", "Trame deux"):
        karim.get_by_label(f"Cocher : {title}").check()
    expect(karim.get_by_text("2 documents cochés")).to_be_visible()
    karim.get_by_label("Tout cocher").check()
    number = karim.get_by_label(re.compile(r"Cocher\s:")).count()
    expect(karim.get_by_text(f"{number} documents cochés")).to_be_visible()
    karim.get_by_label("Tout cocher").uncheck()
    expect(karim.get_by_role("button", name="Télécharger la sélection")).to_be_disabled()
    for title in ("Trame une", "Trame deux"):
        karim.get_by_label(f"Cocher : {title}").check()
    with karim.expect_download() as download:
        karim.get_by_role("button", name="Télécharger la sélection").click()
    archive = zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes()))
    assert sorted(archive.namelist()) == ["note (2).txt", "note.txt"]
    assert {archive.read(name).decode() for name in archive.namelist()} == {"un", "deux"}


def test_a_manual_is_read_in_the_page(log_in, french_pdfs):
    page = log_in("alice")
    page.get_by_role("link", name="Déposer des documents").click()
    page.get_by_label("1. Vos fichiers").set_input_files(french_pdfs[0])
    expect(page.get_by_text("Prêt", exact=True)).to_be_visible()
    page.get_by_label("Titre").fill("Guide à lire sur place")
    page.get_by_label("2. Dans quel dossier ?").select_option("Outils")
    page.get_by_role("button", name="Déposer", exact=True).click()
    karim = log_in("karim")
    open_document(karim, "Guide à lire sur place")
    karim.get_by_text("Lire ici").click()
    viewer = karim.frame_locator("iframe[title='Guide à lire sur place']")
    expect(viewer.get_by_text("Manuel d’installation").first).to_be_visible()


def act_on(page, titles, action):
    """Tick documents in the list of the federations, and choose what is done with them."""
    for title in titles:
        line_of(page, title).locator(".o_list_record_selector input").check()
    page.get_by_role("button", name="Actions").click()
    # Some have a picture before their name.
    page.get_by_role("menuitem", name=re.compile(rf"^\W*{action}$")).click()


def test_a_moderator_removes_a_document_with_a_reason_and_restores_it_from_the_bin(deposited, log_in):
    title = "Trame en trop"
    deposited(title)
    moderator = log_in("moderation.fnars")
    open_platform(moderator)
    open_menu(moderator, "Ressources", "Documents")
    line_of(moderator, title).locator("td").nth(1).click()
    moderator.get_by_role("button", name="Modérer").click()
    moderator.locator("#boutons").get_by_label("Motif").select_option(index=1)
    moderator.locator("#boutons").get_by_role("button", name="Supprimer").click()
    expect(moderator.get_by_text("Les personnes concernées sont prévenues.")).to_be_visible()
    karim = log_in("karim")
    go_to_library(karim, "Outils")
    expect(karim.get_by_role("link", name=title)).to_have_count(0)
    open_platform(moderator)
    open_menu(moderator, "Ressources", "Corbeille")
    line_of(moderator, title).get_by_role("button", name="Restaurer").click()
    expect(line_of(moderator, title)).to_have_count(0)
    karim.reload()
    expect(karim.get_by_role("link", name=title)).to_be_visible()


def test_a_moderator_merges_what_was_deposited_twice(deposited, log_in):
    deposited("Trame déposée une fois")
    deposited("Trame déposée deux fois")
    karim = log_in("karim")
    open_document(karim, "Trame déposée une fois")
    karim.get_by_role("button", name="Favori").click()
    moderator = log_in("moderation.fnars")
    open_platform(moderator)
    open_menu(moderator, "Ressources", "Documents")
    act_on(moderator, ("Trame déposée une fois", "Trame déposée deux fois"), "Fusionner")
    # The latest is proposed.
    expect(moderator.locator(".modal [name=kept_id] input")).to_have_value("Trame déposée deux fois")
    moderator.locator(".modal-footer").get_by_role("button", name="Fusionner").click()
    expect(moderator.locator(".modal")).to_have_count(0)
    karim.get_by_role("link", name="Outils").click()
    expect(karim.get_by_role("link", name="Trame déposée une fois")).to_have_count(0)
    karim.get_by_role("link", name="Favoris").click()
    karim.get_by_role("link", name="Trame déposée deux fois").click()
    expect(karim.get_by_role("link", name="Télécharger")).to_be_visible()
