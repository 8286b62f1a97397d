"""An account from its first form to its erasure, by people whom an administrator has made: each step says what
follows, and is then taken."""

import re

from federation_screens import (
    PASSWORD,
    choose,
    come_in,
    fill,
    line_of,
    make_by_hand,
    open_menu,
    open_platform,
    save,
)
from forum_screens import ask, go_to_forum, open_discussion, write
from playwright.sync_api import expect

QUESTION = "Qui prête une salle à Cholet ?"


def open_person(page, address, *filters):
    open_menu(page, "Membres", "Membres")
    if filters:
        page.locator(".o_searchview_dropdown_toggler").click()
        for name in filters:
            page.get_by_role("menuitemcheckbox", name=name, exact=True).click()
        page.keyboard.press("Escape")
    line_of(page, address).locator("td[name=lastname]").click()
    expect(page.locator(".o_form_view")).to_be_visible()


def take_step(page, name, *said, button=None, reason=None, until=None):
    """Open the screen of a step from the form of a person, read what it says, and go on."""
    page.locator(".o_form_statusbar").get_by_role("button", name=name, exact=True).click()
    screen = page.locator(".modal")
    for sentence in said:
        expect(screen.get_by_text(re.compile(sentence))).to_be_visible()
    if until:
        screen.locator("[name=until] :is(input, button)").first.click()
        page.keyboard.type(until)
        page.keyboard.press("Tab")
    if reason:
        screen.locator("[name=reason] textarea").fill(reason)
    screen.get_by_role("button", name=button or name, exact=True).click()
    expect(screen).to_have_count(0)


def shows_state(page, state):
    # The first screen of somebody is made of much.
    expect(page.locator(".o_form_view [name=door_label]")).to_have_text(state)


def log_in_as(page, address):
    """As somebody who comes back another day."""
    page.goto("/web/login")
    page.get_by_label("Adresse e-mail").fill(address)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_load_state()


def test_who_is_made_by_hand_is_suspended_closed_opened_again_and_erased(made_by_hand, visitor, log_in, mailbox):
    # Made by an administrator, she makes a moderator, and a member of two networks.
    admin = made_by_hand("Paule", "Evin", "Administrateur")
    open_platform(admin)
    moderator = visitor()
    come_in(moderator, mailbox, make_by_hand(admin, "Rachel", "Lambert", "Modérateur", "FNARS"), "Rachel")
    address = make_by_hand(admin, "Lola", "Cormier", "Membre", "FNARS", "COORACE")
    lola = visitor()
    come_in(lola, mailbox, address, "Lola")
    ask(lola, QUESTION, networks=())

    open_platform(moderator)
    open_person(moderator, address)
    # Neither the button of an administrator, nor a menu of Odoo's.
    expect(moderator.get_by_role("button", name="Fermer le compte")).to_have_count(0)
    expect(moderator.locator(".o_cp_action_menus button")).to_have_count(0)
    take_step(
        moderator,
        "Suspendre",
        "Lola Cormier pourra tout lire, mais ne pourra plus rien écrire",
        "Les modérateurs de COORACE sont prévenus, sans le motif",
        reason="Messages blessants malgré deux rappels",
        until="31/12/2030",
    )
    shows_state(moderator, "Suspendu (jusqu’au 31 déc. 2030)")
    # She reads why and whom to write to; those of her other network know it, and not why.
    mailbox.wait_for(address, r"(Messages blessants malgré deux rappels)[\s\S]*pas d’accord\s\? Écrivez à")
    link = mailbox.wait_for(
        "moderation.coorace@collab.example", r'Lola Cormier ne peut plus écrire[\s\S]*?href="\S+?(/odoo/[^"]+)"'
    )
    told = [mail.html for mail in mailbox.of("moderation.coorace@collab.example")]
    assert not any("blessants" in text for text in told)
    other = log_in("moderation.coorace")
    other.goto(link)
    shows_state(other, "Suspendu (jusqu’au 31 déc. 2030)")
    go_to_forum(lola)
    lola.get_by_role("link", name="Poser une question").first.click()
    lola.get_by_label("Votre question, en une phrase").fill("Une question ?")
    write(lola, "Je demande.")
    lola.get_by_label("Thème").select_option("Formation")
    lola.get_by_role("button", name="Publier").click()
    expect(lola.get_by_role("alert").first).to_contain_text("suspendu votre droit d’écrire jusqu’au")

    # The administrator lets her write again, closes her account, and opens it again.
    open_person(admin, address)
    take_step(admin, "Laisser écrire de nouveau", "pourra écrire de nouveau", reason="Excuses reçues")
    shows_state(admin, "Charte acceptée")
    take_step(admin, "Fermer le compte", "Lola Cormier ne pourra plus se connecter", "signé «.Membre parti.»")
    shows_state(admin, "Compte fermé")
    # Her next click finds the door closed, and so does her password.
    lola.get_by_role("navigation", name="Menu principal").get_by_role("link", name="Accueil").click()
    expect(lola.get_by_label("Mot de passe")).to_be_visible()
    lola = visitor()
    log_in_as(lola, address)
    expect(lola.get_by_label("Mot de passe")).to_be_visible()
    take_step(admin, "Rouvrir le compte", "La charte est déjà acceptée")
    shows_state(admin, "Charte acceptée")
    # She finds all as it was: her password, the charter that she has accepted, what she has written.
    lola = visitor()
    log_in_as(lola, address)
    expect(lola.get_by_role("heading", name="Bonjour Lola")).to_be_visible()
    open_discussion(lola, QUESTION)

    # Then she is erased: nothing on the screen looks as if she were still there.
    take_step(admin, "Fermer le compte")
    take_step(admin, "Effacer", "sont effacés pour toujours", "C’est définitif", button="Effacer pour toujours")
    form = admin.locator(".o_form_view")
    expect(form.get_by_role("heading", name="Membre parti")).to_be_visible()
    expect(form.get_by_text("Effacé le")).to_be_visible()
    expect(form.get_by_text(re.compile("Cormier|lola\\.|Appartenance|Téléphone"))).to_have_count(0)
    expect(form.locator(".o_field_image, .o_form_statusbar button:visible")).to_have_count(0)
    open_menu(admin, "Membres", "Journal des comptes")
    for kind in ("Ne peut plus écrire", "Compte fermé", "Compte rouvert", "Effacé"):
        expect(line_of(admin, kind).filter(has_text="Membre parti").first).to_be_visible()
    # What the others see of it.
    alice = log_in("alice")
    open_discussion(alice, QUESTION)
    expect(alice.get_by_role("main").get_by_text("Membre parti").first).to_be_visible()
    expect(alice.get_by_text(re.compile("Lola|Cormier"))).to_have_count(0)


def test_of_two_administrators_who_change_one_role_the_second_is_told(log_in):
    first, second = log_in("admin"), log_in("admin")
    open_platform(first)
    open_menu(first, "Membres", "Membres")
    first.get_by_role("button", name="Nouveau").click()
    for name, text in (("firstname", "Sonia"), ("lastname", "Lemaire"), ("login", "sonia.lemaire@federation.example")):
        fill(first, name, text)
    choose(first, "platform_role", "Membre")
    save(first)
    open_platform(second)
    open_menu(second, "Membres", "Membres")
    line_of(second, "Lemaire").locator("td.o_data_cell").first.click()
    choose(first, "platform_role", "Modérateur")
    save(first)
    choose(second, "platform_role", "Administrateur")
    second.get_by_role("button", name="Enregistrer manuellement").click()
    told = second.locator(".modal")
    expect(told).to_contain_text("vient de modifier le rôle de cette personne (Modérateur)")
    told.get_by_role("button").last.click()
    expect(told).to_have_count(0)
    second.locator(".o_form_button_cancel").click()
    second.reload()
    expect(second.locator(".o_form_view [name=platform_role] input")).to_have_value("Modérateur")
