"""The card of an organisation, corrected by those who know better, and the people who still work there."""

import re

from federation_screens import choose, fill, open_menu, open_platform, save
from playwright.sync_api import expect

PHONE = {"width": 390, "height": 844}
HOUSE = "L'Ancre solidaire"


def open_card(page, person, house=HOUSE):
    """From the first page to the card of an organisation, by somebody who has written there."""
    page.goto("/annuaire/structures")
    page.get_by_role("link", name=house).first.click()
    expect(page.get_by_role("heading", name=house, level=1)).to_be_visible()


def test_an_address_is_corrected_end_to_end(log_in, mailbox):
    address, street = "samuel@collab.example", "14 quai de la Fosse"
    samuel = log_in("samuel", PHONE)
    open_card(samuel, HOUSE)
    samuel.get_by_role("link", name="Proposer une correction").click()
    samuel.get_by_label("Numéro et rue").first.fill(street)
    samuel.get_by_label("Un mot pour le modérateur").fill("Ils ont déménagé d’une porte.")
    samuel.get_by_role("button", name="Proposer la correction").click()
    expect(samuel.get_by_text("Correction proposée.")).to_be_visible()
    expect(samuel.get_by_text("Votre correction attend un modérateur")).to_be_visible()
    # Nobody else sees it yet.
    fatou = log_in("fatou", PHONE)
    open_card(fatou, HOUSE)
    expect(fatou.get_by_text(street)).to_have_count(0)
    expect(fatou.get_by_text("attend un modérateur")).to_have_count(0)
    # A moderator of another network has nothing to look at; that of its network accepts with one click.
    other = log_in("moderation.coorace")
    open_platform(other)
    open_menu(other, "Membres", "Corrections à regarder")
    expect(other.locator(".o_data_row")).to_have_count(0)
    moderator = log_in("moderation.fnars")
    open_platform(moderator)
    moderator.get_by_role("button", name=re.compile("corrections? à regarder")).click()
    moderator.locator(".o_data_row").filter(has_text=HOUSE).click()
    expect(moderator.get_by_text("Ils ont déménagé d’une porte.")).to_be_visible()
    expect(moderator.get_by_role("cell", name=street)).to_be_visible()
    before = mailbox.count(address)
    moderator.get_by_role("button", name="Accepter cette correction").click()
    expect(moderator.locator(".o_statusbar_status").get_by_text("Acceptée")).to_be_visible()
    mailbox.wait_for(address, rf"Votre correction est acceptée[^$]*?({street})", after=before)
    fatou.reload()
    expect(fatou.get_by_text(street)).to_be_visible()
    samuel.reload()
    expect(samuel.get_by_text("attend un modérateur")).to_have_count(0)


def test_a_referent_confirms_five_people_and_closes_one(log_in, mailbox):
    admin = log_in("admin")
    open_platform(admin)
    names = ["Nadège", "Ursule", "Octave"]
    for firstname in names:
        open_menu(admin, "Membres", "Membres")
        admin.get_by_role("button", name="Nouveau").click()
        fill(admin, "firstname", firstname)
        fill(admin, "lastname", "Passager")
        fill(admin, "login", f"{firstname[0].lower()}.passager@ancre.example")
        choose(admin, "platform_role", "Membre")
        choose(admin, "parent_id", HOUSE)
        save(admin)
    alice = log_in("alice", PHONE)
    open_card(alice, HOUSE)
    alice.get_by_role("link", name="Qui travaille encore ici").click()
    button = alice.get_by_role("button", name=re.compile(r"Ces \d+ personnes sont encore là"))
    number = int(re.search(r"\d+", button.inner_text())[0])
    assert number >= 6
    # Neither she herself, nor anybody of another organisation, can be unticked.
    expect(alice.get_by_role("checkbox", name=re.compile("c’est vous"))).to_be_disabled()
    alice.get_by_role("checkbox", name=re.compile("Octave Passager")).uncheck()
    alice.get_by_role("button", name="Fermer 1 compte").click()
    expect(alice.get_by_role("heading", name="Fermer le compte de Octave Passager")).to_be_visible()
    alice.get_by_role("button", name="Fermer ce compte").click()
    expect(alice.get_by_text("Compte fermé")).to_be_visible()
    expect(alice.get_by_text("Octave Passager")).to_have_count(1)  # in what has just been said
    mailbox.wait_for("o.passager@ancre.example", r"(Votre compte est fermé)")
    alice.get_by_role("link", name="Qui travaille encore ici").click()
    alice.get_by_role("button", name=f"Ces {number - 1} personnes sont encore là").click()
    expect(alice.get_by_text(f"{number - 1} personnes sont encore là.")).to_be_visible()


def test_a_referent_gives_her_organisation_no_other_network(log_in):
    alice = log_in("alice", PHONE)
    open_card(alice, HOUSE)
    alice.get_by_role("link", name="Modifier la fiche").click()
    alice.get_by_role("checkbox", name="COORACE").check()
    alice.get_by_role("region", name="Coordonnées").get_by_label("Téléphone").fill("02 55 00 31 01")
    alice.get_by_role("button", name="Enregistrer la fiche").click()
    expect(alice.get_by_text("Un modérateur doit encore accepter")).to_be_visible()
    expect(alice.get_by_text("02 55 00 31 01")).to_be_visible()
    expect(alice.locator("main .c-head").get_by_text("COORACE")).to_have_count(0)
