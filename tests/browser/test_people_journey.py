"""People come in, and the rules change. The last journey: afterwards, everybody in the demonstration is asked again."""

import pathlib

import pytest
from federation_screens import confirm, line_of, open_menu, open_platform
from openpyxl import load_workbook
from playwright.sync_api import expect

PHONE = {"width": 390, "height": 844}
PASSWORD = "le-tram-de-8h12"
COLUMNS = ["Structure", "SIRET", "Code postal", "Ville", "Réseaux", "Prénom", "Nom", "E-mail", "Fonction"]
# Twelve people; the fourth, the fifth and the seventh lines are faulty.
PEOPLE = [
    ("Le Gué", "43782982300032", "44600", "Saint-Nazaire", "FNARS", "Awa", "Diallo", "awa@gue.example", "Éducatrice"),
    ("Le Gué", "", "", "", "", "Yann", "Le Bihan", "yann@gue.example", "Chef de service"),
    ("Les Jardins", "", "49000", "Angers", "COORACE", "Sophie", "Martin", "sophie@jardins.example", "Encadrante"),
    ("Les Jardins", "", "", "", "", "Karim", "Benali", "karim@@jardins.example", "Conseiller"),
    ("Relais 72", "12345678901234", "72000", "Le Mans", "FNARS", "Luc", "Roy", "luc@relais.example", "Directeur"),
    ("", "", "44000", "Nantes", "Réseau 44", "Maya", "Petit", "maya@reseau.example", "Bénévole"),
    ("Cap Vendée", "", "85000", "La Roche-sur-Yon", "Emmaüs", "Inès", "Faure", "ines@cap.example", "Directrice"),
    ("Cap Mayenne", "", "53000", "Laval", "COORACE, FNARS", "Hugo", "Blin", "hugo@cap53.example", "Animateur"),
    ("Cap Mayenne", "", "", "", "", "Jade", "Noël", "jade@cap53.example", "Animatrice"),
    ("Cap Mayenne", "", "", "", "", "Omar", "Sy", "omar@cap53.example", "Comptable"),
    ("Le Gué", "", "", "", "", "Rose", "Le Gall", "rose@gue.example", "Veilleuse"),
    ("Le Gué", "", "", "", "", "Paul", "Hamon", "paul@gue.example", "Veilleur"),
]


def accept(page):
    page.get_by_label("J’ai lu la charte et je l’accepte").check()
    page.get_by_role("button", name="Entrer sur la plateforme").click()


@pytest.fixture
def people_file(tmp_path):
    """What a federation employee has in a folder, and fills the model in with."""

    def fill(download):
        model = tmp_path / download.suggested_filename
        download.save_as(model)
        book = load_workbook(model)
        head = [cell.value for cell in book.worksheets[0][1]]
        for person in PEOPLE:
            cells = dict(zip(COLUMNS, person, strict=True))
            book.worksheets[0].append([cells.get(title, "") for title in head])
        path = tmp_path / "salariés 2026.xlsx"
        book.save(path)
        return str(path)

    return fill


def test_twelve_people_are_brought_in_and_one_of_them_comes(log_in, visitor, mailbox, people_file, tmp_path, base_url):
    admin = log_in("admin")
    open_platform(admin)
    open_menu(admin, "Membres", "Import")
    admin.get_by_role("button", name="Nouveau").click()
    with admin.expect_download() as download:
        admin.get_by_role("link", name="Télécharger le modèle à remplir").click()
    admin.locator(".o_field_binary input[type=file]").set_input_files(people_file(download.value))
    admin.get_by_role("button", name="Vérifier le fichier").click()
    expect(admin.locator(".o_data_row")).to_have_count(12)
    expect(admin.get_by_text("À corriger : 3 · Création : 9")).to_be_visible()
    for who, why in (("Karim Benali", "karim@@jardins"), ("Luc Roy", "SIRET"), ("Inès Faure", "Emmaüs")):
        expect(line_of(admin, who)).to_contain_text(why)
    # The faulty ones are kept to be corrected.
    with admin.expect_download() as download:
        admin.get_by_role("button", name="Télécharger ces lignes").click()
    faulty = pathlib.Path(tmp_path / "faulty.xlsx")
    download.value.save_as(faulty)
    assert load_workbook(faulty).active.max_row == 4
    confirm(admin, "Importer ces lignes")
    expect(line_of(admin, "Awa Diallo")).to_contain_text("Pas invité")
    confirm(admin, "Inviter ces personnes")
    expect(admin.get_by_text("9 invitations partent dans la minute.")).to_be_visible()
    link = mailbox.wait_for("awa@gue.example", rf'href="({base_url}/web/signup[^"]*)"')

    awa = visitor(PHONE)
    awa.goto(link)
    expect(awa.get_by_text("awa@gue.example")).to_be_visible()
    awa.get_by_label("Nouveau mot de passe").fill(PASSWORD)
    awa.get_by_label("Le même mot de passe").fill(PASSWORD)
    awa.get_by_role("button", name="Enregistrer et entrer").click()
    # Nothing is seen before the charter.
    expect(awa.get_by_role("heading", name="La charte de la plateforme")).to_be_visible()
    expect(awa.get_by_role("link", name="Ressources", exact=True)).to_have_count(0)
    accept(awa)
    expect(awa.get_by_role("heading", name="Bonjour Awa")).to_be_visible()
    # Her link has served.
    late = visitor(PHONE)
    late.goto(link)
    expect(late.get_by_role("alert")).to_contain_text("a déjà servi")
    expect(late.get_by_role("link", name="Demander un nouveau lien")).to_be_visible()

    open_menu(admin, "Membres", "Membres")
    expect(line_of(admin, "awa@gue.example")).to_contain_text("Charte acceptée")
    expect(line_of(admin, "yann@gue.example")).to_contain_text("Invité")

    # A new version stops her, wherever she goes.
    open_menu(admin, "Configuration", "Charte")
    admin.get_by_role("button", name="Nouveau").click()
    text = admin.locator("[name=body] .odoo-editor-editable")
    text.click()
    # It begins as the text in force; something is added at its end.
    expect(text).to_contain_text("La courtoisie")
    text.press("Control+End")
    text.press("Enter")
    text.press_sequentially("On se tutoie.")
    admin.get_by_role("button", name="Enregistrer manuellement").click()
    with admin.expect_popup() as popup:
        admin.get_by_role("button", name="Aperçu").click()
    expect(popup.value.get_by_text("Rien n’est encore publié")).to_be_visible()
    expect(popup.value.get_by_role("article").get_by_text("On se tutoie.")).to_be_visible()
    popup.value.close()
    # Nobody has noticed anything yet.
    awa.get_by_role("link", name="Accueil", exact=True).click()
    expect(awa.get_by_role("heading", name="Bonjour Awa")).to_be_visible()
    confirm(admin, "Publier")
    # Whoever publishes is asked first.
    accept(admin)
    expect(admin.get_by_role("heading", name="Bonjour Camille")).to_be_visible()
    awa.get_by_role("navigation", name="Menu principal").get_by_role("link", name="Ressources").click()
    expect(awa.get_by_role("heading", name="Ce qui change")).to_be_visible()
    expect(awa.get_by_role("insertion").filter(has_text="On se tutoie.")).to_be_visible()
    awa.get_by_role("button", name="Je n’accepte pas").click()
    expect(awa.get_by_role("heading", name="Vous n’avez pas accepté la charte")).to_be_visible()
    expect(awa.get_by_role("link", name="contact@fnars.example")).to_be_visible()
    expect(awa.get_by_role("link", name="fermer votre compte")).to_be_visible()

    open_platform(admin)
    open_menu(admin, "Membres", "Membres")
    expect(line_of(admin, "awa@gue.example")).to_contain_text("Charte refusée")

    awa.get_by_role("link", name="Relire la charte").click()
    accept(awa)
    # The page that she was going to.
    expect(awa.get_by_role("heading", name="Ressources")).to_be_visible()
    # She alone has decided.
    expect(log_in("bruno").get_by_role("heading", name="La charte de la plateforme")).to_be_visible()
    # One letter each, and none to the faulty ones.
    for *_cells, firstname, _name, address, _job in PEOPLE:
        mails = [mail.message["subject"] for mail in mailbox.of(address)]
        assert len(mails) == (firstname not in ("Karim", "Luc", "Inès")), (address, mails)
