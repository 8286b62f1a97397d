"""A person and what is hers: her card, her data, her leaving."""

import json
import zipfile

import pytest
from PIL import Image
from playwright.sync_api import expect

PHONE = {"width": 390, "height": 844}
PASSWORD = "demo-collab-2026"
TITLE = "Compte-rendu, matinée « santé et rue »"


@pytest.fixture
def portrait(tmp_path):
    path = tmp_path / "moi.jpg"
    Image.new("RGB", (1600, 1200), "#2f5e9e").save(path)
    return str(path)


def open_account(page):
    page.get_by_text("Mon compte", exact=True).first.locator("..").click()
    page.get_by_role("link", name="Mon profil et mon mot de passe").click()
    expect(page.get_by_role("heading", name="Mon compte")).to_be_visible()


def open_document(page):
    page.get_by_role("link", name="Ressources", exact=True).click()
    page.get_by_role("link", name="Comptes-rendus").click()
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()


def test_a_member_changes_her_card_takes_her_data_then_leaves(log_in, portrait):
    alice = log_in("alice")
    open_document(alice)
    expect(alice.get_by_text("Fatou Niakaté").first).to_be_visible()

    fatou = log_in("fatou", PHONE)
    open_account(fatou)
    fatou.get_by_role("link", name="Modifier mon profil").click()
    fatou.get_by_label("Nom", exact=True).fill("Niakaté-Morel")
    fatou.get_by_label("Métier").fill("Cheffe de service")
    fatou.get_by_label("Téléphone professionnel").fill("02 40 12 34 56")
    # Something is wrong first: what she typed stays.
    fatou.get_by_label("Photo", exact=True).set_input_files(
        {"name": "moi.jpg", "mimeType": "image/jpeg", "buffer": b"not a photo"}
    )
    fatou.get_by_role("button", name="Enregistrer mon profil").click()
    expect(fatou.get_by_role("alert")).to_contain_text("n’est pas une image")
    expect(fatou.get_by_label("Nom", exact=True)).to_have_value("Niakaté-Morel")
    fatou.get_by_label("Photo", exact=True).set_input_files(portrait)
    fatou.get_by_role("button", name="Enregistrer mon profil").click()
    expect(fatou.get_by_role("status")).to_contain_text("Profil enregistré")
    card = fatou.locator(".c-person")
    expect(card).to_contain_text("Fatou Niakaté-Morel")
    expect(card).to_contain_text("Cheffe de service")
    assert card.locator("img").evaluate("image => image.naturalWidth") > 0
    # Her number is for her federation, until she says otherwise.
    expect(card).not_to_contain_text("02 40 12 34 56")
    # One fact alone, and who sees it.
    fatou.get_by_role("link", name="Modifier – Téléphone professionnel").click()
    expect(fatou.get_by_label("Nom", exact=True)).to_have_count(0)
    fatou.get_by_label("Mon téléphone").check()
    fatou.get_by_role("button", name="Enregistrer mon profil").click()
    expect(card).to_contain_text("02 40 12 34 56")

    alice.reload()
    expect(alice.get_by_text("Fatou Niakaté-Morel").first).to_be_visible()

    with fatou.expect_download() as download:
        fatou.get_by_role("link", name="Télécharger mes données").click()
    with zipfile.ZipFile(download.value.path()) as archive:
        assert json.loads(archive.read("compte.json"))["nom"] == "Niakaté-Morel"
        assert TITLE in [document["titre"] for document in json.loads(archive.read("documents.json"))]

    # Red, apart, and a question first: what keeps the account has the focus.
    fatou.get_by_role("link", name="Fermer mon compte").click()
    dialog = fatou.get_by_role("dialog", name="Fermer votre compte ?")
    expect(dialog).to_contain_text("documents, questions, réponses et commentaires restent")
    expect(dialog.get_by_role("button", name="Garder mon compte")).to_be_focused()
    fatou.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    fatou.get_by_role("link", name="Fermer mon compte").click()
    dialog.get_by_label("Votre mot de passe").fill(PASSWORD)
    dialog.get_by_role("button", name="Fermer mon compte").click()
    expect(fatou.get_by_role("status")).to_contain_text("Votre compte est fermé")
    alice.reload()
    expect(alice.get_by_text("Membre parti").first).to_be_visible()
    expect(alice.get_by_text("Niakaté")).to_have_count(0)
