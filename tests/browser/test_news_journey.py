"""What a member announces, seen by each person whom it concerns, and by nobody else."""

import re
import time

from forum_screens import address_to, go_to_moderation, join, other, write
from PIL import Image
from playwright.sync_api import expect

PHONE = {"width": 390, "height": 844}


def go_to_news(page):
    page.get_by_role("navigation", name="Menu principal").get_by_role("link", name="Actualités").click()
    expect(page.get_by_role("heading", name="Actualités", level=1)).to_be_visible()


def announce(page, title, kind="Information", networks=(), files=(), **fields):
    """Publish a news item, and be on its page.

    :param str fields: by the beginning of a label, what is typed there
    """
    go_to_news(page)
    page.get_by_role("link", name="Publier", exact=True).click()
    page.get_by_label("Titre").fill(title)
    page.get_by_label("Que voulez-vous annoncer ?").select_option(kind)
    for label, typed in fields.items():
        page.get_by_label(label).fill(typed)
    write(page, "Venez avec les personnes que vous accompagnez.", "Ce que vos collègues doivent savoir")
    if files:
        join(page, files)
    address_to(page, *networks)
    page.get_by_role("button", name="Publier l’actualité").click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()


def decide(moderator, title, verb, reason):
    go_to_news(moderator)
    moderator.get_by_role("link", name=title).click()
    other(moderator, "link", "Modérer").click()
    moderator.get_by_label("Pourquoi ? Son auteur le lira.").first.fill(reason)
    moderator.get_by_role("button", name=verb, exact=True).click()
    expect(moderator.get_by_text("Les personnes concernées sont prévenues.")).to_be_visible()


def test_open_days_for_two_networks_are_seen_once_and_withdrawn_with_a_reason(log_in, mailbox, tmp_path):
    title, day = "Portes ouvertes du chantier de maraîchage", time.strftime("%Y-12-31T10:00")
    photo = tmp_path / "serre.jpg"
    Image.effect_noise((2400, 1600), 60).convert("RGB").save(photo, quality=90)
    author = log_in("sandrine", PHONE)
    announce(author, title, "Portes ouvertes", ["FNARS", "COORACE"], [photo], **{"Début": day})
    picture = author.get_by_role("img", name="serre.jpg")
    expect(picture).to_be_visible()
    author.wait_for_function("it => it.complete && it.naturalWidth > 0", arg=picture.element_handle())
    # Somebody of both networks sees it once, and says that he will come.
    david = log_in("david", PHONE)
    go_to_news(david)
    expect(david.get_by_role("link", name=title)).to_have_count(1)
    david.get_by_role("link", name=title).click()
    david.get_by_role("button", name="Ça m’intéresse").click()
    expect(david.get_by_role("button", name="Ça m’intéresse")).to_have_attribute("aria-pressed", "true")
    author.reload()
    expect(author.get_by_text("David Besnard")).to_be_visible()
    # A moderator of the third network finds it nowhere, and its address is that of nothing.
    third = log_in("moderation.reseau44", PHONE)
    go_to_news(third)
    expect(third.get_by_role("link", name=title)).to_have_count(0)
    go_to_moderation(third)
    for where in ("À faire", "Corbeille", "Journal"):
        third.get_by_role("link", name=where, exact=True).click()
        expect(third.get_by_text(title)).to_have_count(0)
    # One of them withdraws it, and says why.
    address = "sandrine@collab.example"
    before = mailbox.count(address)
    moderator = log_in("moderation.coorace", PHONE)
    decide(moderator, title, "Supprimer", "La date est celle de l’an dernier")
    mailbox.wait_for(address, r"(La date est celle de l’an dernier)", after=before)
    go_to_news(david)
    expect(david.get_by_role("link", name=title)).to_have_count(0)


def test_a_withdrawal_that_is_undone_at_once_is_told_to_nobody(log_in, mailbox):
    title, address = "Bourse aux travaux : une équipe libre en janvier", "bruno@collab.example"
    bruno = log_in("bruno", PHONE)
    announce(bruno, title, "Bourse aux travaux", ["COORACE"])
    before = mailbox.count(address)
    moderator = log_in("moderation.coorace", PHONE)
    decide(moderator, title, "Supprimer", "Publiée deux fois")
    start = time.monotonic()
    moderator.get_by_role("button", name="Annuler").click()
    expect(moderator.get_by_role("heading", name=re.compile("Modérer"))).to_be_visible()
    colleague = log_in("david", PHONE)
    go_to_news(colleague)
    expect(colleague.get_by_role("link", name=title)).to_have_count(1)
    # Its letter would have left by now.
    time.sleep(max(0, 14 - (time.monotonic() - start)))
    assert not [mail for mail in mailbox.of(address)[before:] if "Publiée deux fois" in mail.html]
