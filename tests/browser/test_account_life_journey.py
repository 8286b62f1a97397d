"""The life of an account by the screens of the federations: each step says what follows, and is then taken."""

import re

from federation_screens import line_of, open_menu, open_platform
from forum_screens import go_to_forum, write
from playwright.sync_api import expect


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
    expect(page.locator(".o_form_view [name=door_label]")).to_have_text(state, timeout=20_000)


def test_a_member_is_suspended_closed_opened_again_and_erased(log_in, mailbox):
    franck = log_in("franck")
    expect(franck.get_by_role("heading", name="Bonjour Franck")).to_be_visible()
    moderator = log_in("moderation.coorace")
    open_platform(moderator)
    open_person(moderator, "franck@collab.example")
    # Neither the button of an administrator, nor a menu of Odoo's.
    expect(moderator.get_by_role("button", name="Fermer le compte")).to_have_count(0)
    expect(moderator.locator(".o_cp_action_menus button")).to_have_count(0)
    take_step(
        moderator,
        "Suspendre",
        "Franck Audrain pourra tout lire, mais ne pourra plus rien écrire",
        "Les modérateurs de Réseau 44 sont prévenus, sans le motif",
        reason="Messages blessants malgré deux rappels",
        until="31/12/2030",
    )
    shows_state(moderator, "Suspendu (jusqu’au 31 déc. 2030)")
    # He reads why and whom to write to; those of his other network know it, and not why.
    mailbox.wait_for(
        "franck@collab.example", r"(Messages blessants malgré deux rappels)[\s\S]*pas d’accord\s\? Écrivez à"
    )
    link = mailbox.wait_for(
        "moderation.reseau44@collab.example", r'Franck Audrain ne peut plus écrire[\s\S]*?href="\S+?(/odoo/[^"]+)"'
    )
    told = [mail.html for mail in mailbox.of("moderation.reseau44@collab.example")]
    assert not any("blessants" in text for text in told)
    other = log_in("moderation.reseau44")
    other.goto(link)
    shows_state(other, "Suspendu (jusqu’au 31 déc. 2030)")
    franck.goto("/mon-compte")
    expect(franck.get_by_role("status").filter(has_text="jusqu’au mardi 31 décembre 2030")).to_be_visible()
    go_to_forum(franck)
    franck.get_by_role("link", name="Poser une question").first.click()
    franck.get_by_label("Votre question, en une ligne").fill("Une question ?")
    write(franck, "Je demande.")
    franck.get_by_label("Thème").select_option("Formation")
    franck.get_by_role("button", name="Publier").click()
    expect(franck.get_by_role("alert").first).to_contain_text("suspendu votre droit d’écrire jusqu’au")
    # An administrator lets him write again, closes his account, and opens it again.
    admin = log_in("admin")
    open_platform(admin)
    open_person(admin, "franck@collab.example")
    take_step(admin, "Laisser écrire de nouveau", "pourra écrire de nouveau", reason="Excuses reçues")
    shows_state(admin, "Charte acceptée")
    take_step(admin, "Fermer le compte", "Franck Audrain ne pourra plus se connecter", "Rien n’est effacé")
    shows_state(admin, "Compte fermé")
    franck.goto("/ressources")
    expect(franck.get_by_label("Mot de passe")).to_be_visible()
    take_step(admin, "Rouvrir le compte", "La charte est déjà acceptée")
    shows_state(admin, "Charte acceptée")
    expect(log_in("franck").get_by_role("heading", name="Bonjour Franck")).to_be_visible()
    # Then erases him: nothing on the screen looks as if he were still there.
    take_step(admin, "Fermer le compte")
    take_step(admin, "Effacer", "disparaît pour toujours", "C’est définitif", button="Effacer pour toujours")
    form = admin.locator(".o_form_view")
    expect(form.get_by_role("heading", name="Membre parti")).to_be_visible()
    expect(form.get_by_text("Effacé le")).to_be_visible()
    expect(form.get_by_text(re.compile("Audrain|franck@|Appartenance|Téléphone"))).to_have_count(0)
    expect(form.locator(".o_field_image, .o_form_statusbar button:visible")).to_have_count(0)
    open_menu(admin, "Membres", "Journal des comptes")
    for kind in ("Suspendu", "Compte fermé", "Compte rouvert", "Effacé"):
        expect(line_of(admin, kind).filter(has_text="Membre parti").first).to_be_visible()
