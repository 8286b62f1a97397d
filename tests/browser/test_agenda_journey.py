"""What the networks plan: who finds a seat, whose calendar shows what, and how a day is chosen together."""

import re
from datetime import date, timedelta

import icalendar
from federation_screens import come_in, fill, line_of, open_menu, open_platform, save
from forum_screens import address_to, other
from playwright.sync_api import expect

PHONE = {"width": 390, "height": 844}
# Of whom the other journeys ask nothing: nobody receives more than ten mails a day.
COMING = [
    *("agnes", "pierre", "claire", "emilie", "teresa", "aicha", "franck", "jeanne", "ousmane", "minh", "lea", "issa"),
    "romain",
]


def go_to_agenda(page):
    menu = page.get_by_role("navigation", name="Menu principal")
    if page.viewport_size["width"] == PHONE["width"]:
        menu.locator("summary").click()
    menu.get_by_role("link", name="Agenda").locator("visible=true").click()
    expect(page.get_by_role("heading", name="Agenda", level=1)).to_be_visible()


def open_date(page, title):
    """From any page to that of a date, by the list."""
    go_to_agenda(page)
    if page.viewport_size["width"] != PHONE["width"]:
        page.get_by_role("link", name="Liste", exact=True).click()
    page.get_by_role("link", name=title).locator("visible=true").first.click()
    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()


def answer(page, name):
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_role("button", name=name, exact=True)).to_have_attribute("aria-pressed", "true")


def test_twelve_seats_thirteen_people_and_one_who_withdraws_from_his_mail(log_in, visitor, mailbox):
    title, day = "Journée logement : les bailleurs répondent", date.today() + timedelta(days=20)
    moderator = log_in("moderation.fnars")
    go_to_agenda(moderator)
    moderator.get_by_role("link", name="Ajouter une date").click()
    moderator.get_by_label("Titre").fill(title)
    moderator.get_by_label("Type").select_option("Journée thématique")
    moderator.get_by_label("Jour", exact=True).fill(day.isoformat())
    moderator.get_by_label("De", exact=True).fill("09:00")
    moderator.get_by_label("À", exact=True).fill("16:30")
    moderator.get_by_label("Adresse, salle").fill("Salle Vasse")
    moderator.get_by_label("Commune").fill("Nantes")
    moderator.get_by_text("Réponses et places", exact=True).click()
    moderator.get_by_label("Nombre de places").fill("12")
    moderator.get_by_role("button", name="Publier la date").click()
    expect(moderator.get_by_role("heading", name=title, level=1)).to_be_visible()
    pages = {}
    for person in COMING:
        pages[person] = log_in(person, PHONE)
        open_date(pages[person], title)
        answer(pages[person], "Je participe")
    last = pages["romain"]
    expect(last.get_by_text("liste d’attente").first).to_be_visible()
    # The room changes: those who come are told, and one of them withdraws from his mail, on a telephone of his own.
    before = {person: mailbox.count(f"{person}@collab.example") for person in ("agnes", "romain")}
    other(moderator, "link", "Modifier").click()
    moderator.get_by_label("Adresse, salle").fill("Salle de la Manufacture")
    moderator.get_by_role("button", name="Enregistrer").click()
    expect(moderator.get_by_text("Salle de la Manufacture").first).to_be_visible()
    link = mailbox.wait_for(
        "agnes@collab.example", r'href="https://[^"/]*(/agenda/reponse/[^"]*)"', after=before["agnes"]
    )
    stranger = visitor(PHONE)
    stranger.goto(link)
    expect(stranger.get_by_role("heading", name=title)).to_be_visible()
    stranger.get_by_role("button", name="Je ne peux pas").click()
    expect(stranger.get_by_text("Ce lien ne sert plus").or_(stranger.get_by_text("C’est noté")).first).to_be_visible()
    # It has served: whoever opens it again answers nothing.
    again = visitor(PHONE)
    again.goto(link)
    expect(again.get_by_text("Ce lien a déjà servi.")).to_be_visible()
    expect(again.get_by_role("button", name="Je participe")).to_have_count(0)
    # The one who waited has the seat, knows it from a letter, and from the page.
    mailbox.wait_for("romain@collab.example", r"(Vous étiez sur la liste d’attente)", after=before["romain"])
    open_date(last, title)
    expect(last.get_by_role("button", name="Je participe")).to_have_attribute("aria-pressed", "true")
    expect(last.get_by_text("liste d’attente")).to_have_count(0)
    # Who organises it sees who comes.
    open_date(moderator, title)
    expect(moderator.get_by_role("heading", name="12 participants")).to_be_visible()
    with moderator.expect_download() as sheet:
        moderator.get_by_role("link", name="Feuille d’émargement").click()
    assert sheet.value.path().read_bytes().startswith(b"%PDF")


def summaries(program, address):
    """:return set[str]: the titles that a program which subscribes to this address shows"""
    read = program.get(address)
    assert read.status == 200
    return {str(event["SUMMARY"]) for event in icalendar.Calendar.from_ical(read.body()).walk("VEVENT")}


def test_who_changes_organisation_finds_other_dates_in_one_s_calendar(log_in, visitor, mailbox):
    address = "ida.calendrier@ancre.example"
    admin = log_in("admin")
    open_platform(admin)
    open_menu(admin, "Membres", "Membres")
    admin.get_by_role("button", name="Nouveau").click()
    fill(admin, "firstname", "Ida")
    fill(admin, "lastname", "Calendrier")
    fill(admin, "login", address)
    work_in(admin, "L'Ancre solidaire")
    admin.get_by_role("button", name="Inviter", exact=True).click()
    ida = visitor(PHONE)
    come_in(ida, mailbox, address, "Ida")
    go_to_agenda(ida)
    ida.get_by_role("link", name="voir comment").click()
    feed = ida.get_by_label("Adresse à copier dans votre agenda").input_value()
    # A program without any session of ours.
    program = visitor().request
    shown = summaries(program, feed)
    assert "Groupe CIP du vignoble" in shown
    assert "Bilan des chantiers" not in shown
    open_menu(admin, "Membres", "Membres")
    line_of(admin, address).click()
    work_in(admin, "La Ressourcerie d'Ancenis")
    shown = summaries(program, feed)
    assert "Groupe CIP du vignoble" not in shown
    assert "Bilan des chantiers" in shown
    # The old address gives nothing any more, once there is another.
    ida.get_by_text("Changer l’adresse", exact=True).first.click()
    ida.get_by_role("button", name="Changer mes adresses").click()
    expect(ida.get_by_text("Adresses changées.")).to_be_visible()
    assert program.get(feed).status == 404
    assert "Bilan des chantiers" in summaries(
        program, ida.get_by_label("Adresse à copier dans votre agenda").input_value()
    )


def work_in(admin, organisation):
    admin.locator(".o_form_view [name=parent_id] input").fill(organisation)
    admin.locator(".o-autocomplete--dropdown-menu").get_by_text(organisation, exact=True).click()
    save(admin)


def test_four_people_find_a_date_together_on_their_phones(log_in, mailbox):
    title = "Quel jour pour le groupe hébergement ?"
    days = [date.today() + timedelta(days=number) for number in (25, 26, 27)]
    moderator = log_in("moderation.fnars", PHONE)
    go_to_agenda(moderator)
    moderator.get_by_role("link", name="Ajouter une date").click()
    moderator.get_by_role("link", name="Trouver une date ensemble").click()
    moderator.get_by_label("Titre").fill(title)
    for number, day in enumerate(days, 1):
        row = moderator.get_by_role("group", name=f"Date {number}")
        row.get_by_label(f"Date {number}", exact=True).fill(day.isoformat())
        row.get_by_label("Début").fill("14:00")
        row.get_by_label("Fin").fill("16:00")
    address_to(moderator, "FNARS")
    moderator.get_by_role("button", name="Publier le sondage").click()
    expect(moderator.get_by_text("Sondage publié.")).to_be_visible()
    # Yes, if need be, no: the second day suits all of them.
    answers = {"ousmane": (0, 0, 2), "baptiste": (2, 0, 0), "thomas": (2, 0, 2), "minh": (0, 1, 2)}
    pages = {}
    for person, columns in answers.items():
        pages[person] = log_in(person, PHONE)
        open_date(pages[person], title)
        for row, column in enumerate(columns):
            pages[person].locator("tbody tr").nth(row).get_by_role("radio").nth(column).check()
        pages[person].get_by_role("button", name="Envoyer mes réponses").click()
        expect(pages[person].get_by_text("Réponses enregistrées.")).to_be_visible()
    # Another network finds nothing of it.
    chloe = log_in("chloe", PHONE)
    go_to_agenda(chloe)
    expect(chloe.get_by_role("link", name=title)).to_have_count(0)
    before = mailbox.count("baptiste@collab.example")
    open_date(moderator, title)
    best = moderator.locator("tbody tr").filter(has_text="Meilleure date")
    expect(best).to_have_count(1)
    moderator.get_by_text("Choisir la date", exact=True).click()
    moderator.locator("li").filter(has_text="Meilleure date").get_by_role("link").click()
    moderator.get_by_role("button", name="Retenir cette date").click()
    expect(moderator.get_by_text("Date retenue.")).to_be_visible()
    mailbox.wait_for("baptiste@collab.example", rf"({re.escape(title)})", after=before)
    open_date(pages["baptiste"], title)
    expect(pages["baptiste"].get_by_role("button", name="Je participe")).to_have_attribute("aria-pressed", "true")
    # Who could only if need be says himself whether he comes.
    open_date(pages["minh"], title)
    expect(pages["minh"].get_by_role("button", name="Je participe")).to_have_attribute("aria-pressed", "false")
