"""The main job of the platform, end to end, on documents that nobody here wrote."""

import hashlib
import pathlib
import re
import shutil

from playwright.sync_api import expect

PHONE = {"width": 390, "height": 844}


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_alice_deposits_a_french_manual_and_her_colleague_downloads_the_same(deposit, log_in, french_pdfs):
    manual = french_pdfs[1]
    title = "Manuel Debian Edu pour les ateliers numériques"
    page = deposit("alice", [manual], title, "Outils", ["FNARS"], ["Loire-Atlantique"])
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    expect(page.get_by_text("Alice Martineau, L'Ancre solidaire")).to_be_visible()

    colleague = log_in("karim")
    expect(colleague.get_by_role("heading", name="Bonjour Karim")).to_be_visible()
    colleague.get_by_role("link", name=title).click()
    with colleague.expect_download() as download:
        colleague.get_by_role("link", name="Télécharger").click()
    assert download.value.suggested_filename == manual.name
    assert sha256(download.value.path()) == sha256(manual)

    for stranger in ("chloe", "bruno", "emma"):
        other = log_in(stranger)
        expect(other.get_by_role("link", name=title)).to_have_count(0)
        other.get_by_role("link", name="Ressources", exact=True).click()
        expect(other.get_by_role("heading", name="Ressources")).to_be_visible()
        expect(other.get_by_role("link", name=title)).to_have_count(0)


def test_a_large_archive_arrives_in_pieces_and_whole(deposit, log_in, root, tmp_path):
    guides = root / ".local/documents/usr/share/doc/installation-guide-amd64"
    archive = pathlib.Path(shutil.make_archive(tmp_path / "guides-d-installation", "tar", guides))
    assert 9_000_000 < archive.stat().st_size < 50 * 1024 * 1024, "more than one piece, less than the limit"
    title = "Guides d'installation, toutes langues"
    deposit("alice", [archive], title, "Outils", ["FNARS"])
    colleague = log_in("karim")
    colleague.get_by_role("link", name=title).click()
    with colleague.expect_download() as download:
        colleague.get_by_role("link", name="Télécharger").click()
    assert sha256(download.value.path()) == sha256(archive)


def test_the_author_reads_who_will_see_it_before_depositing(log_in, address_to):
    page = log_in("alice")
    page.get_by_role("link", name="Déposer des documents").click()
    sentence = page.get_by_role("status")
    expect(sentence).to_have_text(re.compile(r"^Visible par (39|4[01]) personnes de (19|20) structures\.$"))
    address_to(page, "FNARS")
    expect(sentence).to_have_text(re.compile(r"^Visible par 1[78] personnes de (9|10) structures\.$"))
    page.get_by_label("Loire-Atlantique", exact=True).check()
    expect(sentence).to_have_text(re.compile(r"^Visible par [56] personnes de [23] structures\.$"))
    # She addresses those whom she belongs to: neither the other networks nor the other areas are offered.
    expect(page.get_by_label("COORACE", exact=True)).to_have_count(0)
    expect(page.get_by_label("Saint-Nazaire (44)", exact=True)).to_have_count(0)


def test_several_files_at_once_from_a_phone(deposit, log_in, french_pdfs):
    page = deposit("lucie", [french_pdfs[0], french_pdfs[2]], None, "Présentations", ["Réseau 44"], viewport=PHONE)
    expect(page.get_by_text("2 documents déposés.")).to_be_visible()
    reader = log_in("chloe", viewport=PHONE)
    for title in ("Guide-installation", "Debian-reference.fr"):
        expect(reader.get_by_role("link", name=title)).to_be_visible()


def test_files_dropped_on_the_page_are_sent(log_in):
    page = log_in("alice")
    page.get_by_role("link", name="Déposer des documents").click()
    transfer = page.evaluate_handle(
        """() => {
            const transfer = new DataTransfer();
            transfer.items.add(new File(["Ordre du jour"], "ordre-du-jour.txt", {type: "text/plain"}));
            return transfer;
        }"""
    )
    page.locator(".c-drop").dispatch_event("drop", {"dataTransfer": transfer})
    expect(page.get_by_text("Prêt")).to_be_visible()
    expect(page.get_by_label("Titre")).to_have_value("Ordre-du-jour")


def test_what_was_typed_is_kept_when_something_is_missing(log_in, french_pdfs):
    page = log_in("alice")
    page.get_by_role("link", name="Déposer des documents").click()
    page.get_by_label("2. Dans quel dossier ?").select_option("Outils")
    page.get_by_role("button", name="Déposer").click()
    expect(page.get_by_role("alert")).to_have_text("Choisissez au moins un fichier.")
    page.get_by_label("1. Vos fichiers").set_input_files(french_pdfs[0])
    expect(page.get_by_text("Prêt")).to_be_visible()
    page.get_by_label("Titre").fill("Un titre choisi avec soin")
    page.get_by_label("2. Dans quel dossier ?").select_option("")
    page.get_by_role("button", name="Déposer").click()
    expect(page.get_by_label("Titre")).to_have_value("Un titre choisi avec soin")


def test_an_empty_file_is_refused_in_french(log_in, tmp_path):
    empty = tmp_path / "vide.pdf"
    empty.touch()
    page = log_in("alice")
    page.get_by_role("link", name="Déposer des documents").click()
    page.get_by_label("1. Vos fichiers").set_input_files(empty)
    expect(page.get_by_text("« vide.pdf » est vide : choisissez un autre fichier.")).to_be_visible()


def test_david_sees_the_documents_of_both_networks_each_once(deposit, log_in, french_pdfs):
    deposit("alice", [french_pdfs[0]], "Pour la FNARS seule", "Outils", ["FNARS"])
    deposit("bruno", [french_pdfs[0]], "Pour le COORACE seul", "Outils", ["COORACE"])
    deposit("david", [french_pdfs[0]], "Pour les deux réseaux", "Outils", ["FNARS", "COORACE"])
    david = log_in("david")
    david.get_by_role("link", name="Ressources", exact=True).click()
    for title in ("Pour la FNARS seule", "Pour le COORACE seul", "Pour les deux réseaux"):
        expect(david.get_by_role("link", name=title)).to_have_count(1)
    alice = log_in("alice")
    expect(alice.get_by_role("link", name="Pour les deux réseaux")).to_have_count(1)
    expect(alice.get_by_role("link", name="Pour le COORACE seul")).to_have_count(0)


def test_alice_corrects_her_document_then_deletes_it(deposit, log_in, french_pdfs, among_others):
    page = deposit("alice", [french_pdfs[0]], "Un titre à corriger", "Outils", ["FNARS"])
    among_others(page, "link", "Modifier").click()
    page.get_by_label("Titre").fill("Le bon titre, pour tout le monde")
    page.get_by_role("button", name="Je choisis", exact=True).click()
    page.get_by_label("FNARS", exact=True).uncheck()
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("heading", name="Le bon titre, pour tout le monde")).to_be_visible()
    bruno = log_in("bruno")
    bruno.get_by_role("link", name="Le bon titre, pour tout le monde").click()
    expect(bruno.get_by_role("link", name="Télécharger")).to_be_visible()
    expect(bruno.get_by_role("link", name="Modifier")).to_have_count(0)
    among_others(page, "link", "Supprimer").click()
    page.get_by_role("dialog").get_by_role("link", name="Garder").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    among_others(page, "link", "Supprimer").click()
    page.get_by_role("button", name="Supprimer le document").click()
    expect(page.get_by_text("Document supprimé.")).to_be_visible()
    bruno.reload()
    expect(bruno.get_by_role("heading", name="Page introuvable")).to_be_visible()


def test_to_strangers_a_document_is_like_one_that_does_not_exist(deposit, log_in, visitor, french_pdfs):
    """Not a journey: what somebody gets who guesses addresses."""
    page = deposit("alice", [french_pdfs[0]], "Introuvable pour les autres", "Outils", ["FNARS"], ["Loire-Atlantique"])
    page.wait_for_url(re.compile(r"/ressources/\d+$"))
    here = int(page.url.rsplit("/", 1)[1])
    nowhere = here + 10_000
    addresses = (
        "/ressources/{}",
        "/ressources/{}/telecharger",
        "/web/image/dms.file/{}/image_128",
        "/web/content/dms.file/{}/content_file",
        "/my/dms/file/{}/download",
    )
    for stranger in (log_in("chloe"), visitor()):
        for address in addresses:
            found, absent = (stranger.request.get(address.format(number)) for number in (here, nowhere))
            assert found.status == absent.status, address
            assert found.headers.get("content-type") == absent.headers.get("content-type"), address
            bodies = [answer.body() for answer in (found, absent)]
            if found.headers.get("content-type", "").startswith("text/"):
                # A page may repeat the address that was asked, and carries a token of the moment; nothing else.
                bodies = [
                    re.sub(rb'name="csrf_token" value="\w+"|(?<=[/=F])%d\b' % number, b"", body)
                    for body, number in zip(bodies, (here, nowhere), strict=True)
                ]
            assert bodies[0] == bodies[1], address
        for address in ("/", "/ressources", "/website/search?search=Introuvable+pour"):
            assert "Introuvable pour les autres" not in stranger.request.get(address).text()
    # The owner, by the same addresses, does find it.
    assert "Introuvable pour les autres" in page.request.get(f"/ressources/{here}").text()
