"""What gives rights is not deleted while in use: an administrator is told why, archives, merges; no one reads more."""

import re

import pytest
from federation_screens import choose, fill, line_of, open_menu, open_platform, save
from forum_screens import ask, go_to_forum, open_discussion, other
from playwright.sync_api import expect

TITLE = "Qui finance le permis des salariés en insertion ?"


@pytest.fixture
def come_in(log_in):
    """A person of the demonstration, who accepts the charter again if another journey has published a new one."""

    def as_person(login):
        page = log_in(login)
        accept = page.get_by_label("J’ai lu la charte et je l’accepte")
        if accept.is_visible():
            accept.check()
            page.get_by_role("button", name="Entrer sur la plateforme").click()
        return page

    return as_person


def open_dialog(page, menu, entry, who, button, column=1):
    """:return Locator: the dialog that says what uses something of a list, and what may be done"""
    open_menu(page, menu, entry)
    line_of(page, who).first.locator("td").nth(column).click()
    page.get_by_role("button", name=button).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name=who).last).to_be_visible()
    return dialog


def leave(dialog):
    dialog.get_by_role("button", name="Annuler").click()
    expect(dialog).to_have_count(0)


def test_a_network_in_use_is_archived_and_what_was_addressed_to_it_stays_closed(come_in):
    bruno, alice, admin = come_in("bruno"), come_in("alice"), come_in("admin")
    ask(bruno, TITLE, networks=("COORACE",))
    address = bruno.url
    open_platform(admin)

    # It is in use, and moderated by somebody who has no other: neither deleted nor archived.
    dialog = open_dialog(admin, "Configuration", "Réseaux", "COORACE", "Archiver ou supprimer…", column=2)
    expect(dialog).to_contain_text(re.compile(r"\d+ structures en font partie\."))
    expect(dialog).to_contain_text(re.compile(r"\d+ personnes en font partie\."))
    expect(dialog).to_contain_text(re.compile(r"\d+ questions? lui (est|sont) adressée"))
    expect(dialog).to_contain_text(re.compile("modérateurs? n’(a|ont) pas d’autre réseau"))
    for name in ("Supprimer", "Archiver"):
        expect(dialog.get_by_role("button", name=name, exact=True)).to_have_count(0)
    leave(dialog)
    # Those of them whom other journeys have made are given another one too.
    changed = "moderation.fnars@collab.example"
    while True:
        open_menu(admin, "Membres", "Salariés des fédérations")
        # A list first shows what it held when it was left.
        expect(line_of(admin, changed)).to_contain_text("FNARS")
        alone = line_of(admin, "Modérateur").filter(has_text="COORACE").filter(has_not_text="FNARS")
        if not alone.count():
            break
        changed = alone.first.locator("td").nth(1).inner_text()
        alone.first.locator("td").nth(1).click()
        choose(admin, "network_ids", "FNARS")
        expect(admin.locator("[name=reading_warning]")).to_contain_text(
            "Cette personne verra aussi ce qui est adressé à FNARS."
        )
        save(admin)

    # Now it is archived: the dialog says before what follows.
    dialog = open_dialog(admin, "Configuration", "Réseaux", "COORACE", "Archiver ou supprimer…", column=2)
    expect(dialog).to_contain_text("Ce qui lui est adressé reste fermé aux autres.")
    expect(dialog.get_by_role("button", name="Supprimer", exact=True)).to_have_count(0)
    dialog.get_by_role("button", name="Archiver", exact=True).click()
    expect(admin.get_by_role("button", name="Restaurer")).to_be_visible()

    # Its author and its members go on reading, and read that it is archived; nobody chooses it.
    open_discussion(bruno, TITLE)
    expect(bruno.locator("main")).to_contain_text("COORACE (réseau archivé)")
    go_to_forum(bruno)
    bruno.get_by_role("link", name="Poser une question").first.click()
    expect(bruno.get_by_label("COORACE")).to_have_count(0)

    # The others read it no more than before.
    go_to_forum(alice)
    expect(alice.get_by_role("link", name=TITLE)).to_have_count(0)
    assert alice.goto(address).status == 404

    # A moderator who corrects it keeps it where it was.
    julien = come_in("moderation.coorace")
    open_discussion(julien, TITLE)
    other(julien, "link", "Modérer").click()
    form = julien.locator("#corriger")
    form.locator("summary").first.click()
    kept = form.get_by_label("COORACE (réseau archivé)")
    expect(kept).to_be_checked()
    expect(kept).to_be_disabled()
    form.get_by_label("Titre").fill(f"{TITLE} (2026)")
    form.get_by_label("Pourquoi").fill("L’année manquait")
    form.get_by_role("button", name="Modifier", exact=True).click()
    open_discussion(bruno, f"{TITLE} (2026)")
    expect(bruno.locator("main")).to_contain_text("COORACE (réseau archivé)")
    assert alice.goto(address).status == 404

    admin.get_by_role("button", name="Restaurer").click()
    expect(admin.get_by_role("button", name="Archiver ou supprimer…")).to_be_visible()


def test_a_territory_and_an_organisation_in_use_say_why_and_people_move_at_once(come_in):
    admin = come_in("admin")
    open_platform(admin)
    dialog = open_dialog(admin, "Configuration", "Territoires", "Nantes (44)", "Archiver ou supprimer…")
    expect(dialog).to_contain_text(re.compile(r"\d+ structures en font partie\."))
    expect(dialog).to_contain_text(re.compile(r"\d+ communes s’y trouvent\."))
    expect(dialog.get_by_role("button", name="Supprimer", exact=True)).to_have_count(0)
    leave(dialog)

    # Four people, made by hand in an organisation made by hand.
    open_menu(admin, "Membres", "Structures adhérentes")
    admin.get_by_role("button", name="Nouveau").click()
    fill(admin, "name", "Le Lavoir")
    choose(admin, "network_ids", "COORACE")
    fill(admin, "zip", "49000")
    fill(admin, "city", "Angers")
    save(admin)
    for number, firstname in enumerate(("Anna", "Basile", "Clara", "Denis")):
        open_menu(admin, "Membres", "Membres")
        admin.get_by_role("button", name="Nouveau").click()
        fill(admin, "firstname", firstname)
        fill(admin, "lastname", "Lavandier")
        fill(admin, "login", f"lavandier{number}@lavoir.example")
        admin.locator(".o_form_view [name=parent_id] input").fill("Le Lavoir")
        admin.locator(".o-autocomplete--dropdown-menu").get_by_text("Le Lavoir", exact=True).click()
        save(admin)
    dialog = open_dialog(admin, "Membres", "Structures adhérentes", "Le Lavoir", "Archiver ou fusionner…")
    expect(dialog).to_contain_text("4 personnes y travaillent.")
    for name in ("Supprimer", "Archiver"):
        expect(dialog.get_by_role("button", name=name, exact=True)).to_have_count(0)
    dialog.locator("[name=organisation_id] input").fill("L'Ancre solidaire")
    admin.locator(".o-autocomplete--dropdown-menu").get_by_text("L'Ancre solidaire", exact=True).click()
    expect(dialog).to_contain_text("4 personnes ne verront plus ce qui est adressé à COORACE")
    expect(dialog).to_contain_text("elles verront ce qui est adressé à FNARS")
    dialog.get_by_role("button", name="Fusionner", exact=True).click()
    expect(admin.locator(".o_last_breadcrumb_item")).to_contain_text("Structures adhérentes")
    expect(line_of(admin, "Le Lavoir")).to_have_count(0)
    open_menu(admin, "Membres", "Membres")
    for number in range(4):
        expect(line_of(admin, f"lavandier{number}@lavoir.example")).to_contain_text("L'Ancre solidaire")


def test_what_was_created_by_mistake_is_deleted_by_the_same_button(come_in):
    admin = come_in("admin")
    open_platform(admin)
    open_menu(admin, "Configuration", "Réseaux")
    admin.get_by_role("button", name="Nouveau").click()
    fill(admin, "name", "Réseau 45")
    fill(admin, "code", "reseau45")
    save(admin)
    admin.get_by_role("button", name="Archiver ou supprimer…").click()
    dialog = admin.get_by_role("dialog")
    expect(dialog).to_contain_text("Rien ne l’utilise : vous pouvez supprimer.")
    dialog.get_by_role("button", name="Supprimer", exact=True).click()
    expect(line_of(admin, "Réseau 44")).to_be_visible()
    expect(line_of(admin, "Réseau 45")).to_have_count(0)
