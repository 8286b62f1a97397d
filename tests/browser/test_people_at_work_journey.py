"""People whom an administrator makes with his mouse do their whole work on the screens of the federations."""

import re

from federation_screens import choose, fill, line_of, open_menu, open_platform, save
from playwright.sync_api import expect


def test_a_moderator_made_by_hand_does_his_whole_work(made_by_hand, log_in):
    moderator = made_by_hand("Yvon", "Kerbrat", "Modérateur", "FNARS")
    open_platform(moderator)
    # Organisations: his network's, of which he brings one in.
    open_menu(moderator, "Membres", "Structures adhérentes")
    expect(line_of(moderator, "FNARS").first).to_be_visible()
    expect(line_of(moderator, "Réseau 44").filter(has_not_text="FNARS")).to_have_count(0)
    moderator.get_by_role("button", name="Nouveau").click()
    fill(moderator, "name", "Le Pont solidaire")
    choose(moderator, "network_ids", "FNARS")
    fill(moderator, "zip", "44600")
    fill(moderator, "city", "Saint-Nazaire")
    fill(moderator, "phone", "02 40 00 00 00")
    save(moderator)
    expect(moderator.locator("[name=scope_territory_ids]").first).to_contain_text("Saint-Nazaire")
    # People: those of his network, to look at.
    open_menu(moderator, "Membres", "Membres")
    expect(line_of(moderator, "alice@collab.example")).to_be_visible()
    expect(line_of(moderator, "bruno@collab.example")).to_have_count(0)
    expect(moderator.get_by_role("button", name="Nouveau")).to_have_count(0)
    line_of(moderator, "alice@collab.example").locator("td").nth(2).click()
    expect(moderator.locator(".o_form_readonly")).to_be_visible()
    # The library: he classifies, tidies up, puts back.
    open_menu(moderator, "Ressources", "Dossiers")
    moderator.get_by_role("button", name="Nouveau").click()
    fill(moderator, "name", "Rencontres de la FNARS")
    choose(moderator, "parent_id", "Bibliothèque")
    choose(moderator, "audience_network_ids", "FNARS")
    save(moderator)
    open_menu(moderator, "Ressources", "Documents")
    moderator.locator(".o_data_row").filter(has_text="FNARS").first.locator("td").nth(1).click()
    was = moderator.locator("[name=title] input").input_value()
    fill(moderator, "title", f"{was}, relu par Yvon")
    save(moderator)
    # Moderation, and the forum.
    for entry in ("Signalements", "Journal"):
        open_menu(moderator, "Modération", entry)
    open_menu(moderator, "Forum", "Discussions")
    moderator.locator(".o_data_row").first.get_by_role("button", name="Ouvrir la page").click()
    expect(moderator.get_by_role("navigation", name="Menu principal")).to_be_visible()
    # What the others see of it.
    alice = log_in("alice")
    alice.get_by_role("link", name="Ressources", exact=True).click()
    expect(alice.get_by_role("link", name=f"{was}, relu par Yvon")).to_be_visible()
    # Nothing lies in it yet: it is among the empty ones.
    alice.get_by_text(re.compile("dossiers? vides?")).click()
    expect(alice.get_by_role("link", name="Rencontres de la FNARS").first).to_be_visible()
    other = log_in("moderation.coorace")
    open_platform(other)
    open_menu(other, "Membres", "Structures adhérentes")
    expect(line_of(other, "Le Pont solidaire")).to_have_count(0)


def test_an_administrator_made_by_hand_does_his_whole_work(made_by_hand, log_in):
    admin = made_by_hand("Odile", "Marchand", "Administrateur")
    open_platform(admin)
    # The settings of the platform, and only those.
    open_menu(admin, "Configuration", "Réglages")
    expect(admin.get_by_text("Les modérateurs lisent tous les réseaux")).to_be_visible()
    expect(admin.locator(".settings_tab .tab")).to_have_count(1)
    macros = admin.get_by_label("Accepter les documents avec macros")
    macros.check()
    admin.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(admin.locator(".o_form_dirty, .o_field_changed")).to_have_count(0)
    open_menu(admin, "Configuration", "Réglages")
    expect(macros).to_be_checked()
    macros.uncheck()
    admin.get_by_role("button", name="Enregistrer", exact=True).click()
    # A theme, which members find when they ask.
    open_menu(admin, "Configuration", "Thèmes")
    admin.get_by_role("button", name="Nouveau").click()
    admin.locator(".o_data_row [name=name] input").fill("Garde d’enfants")
    admin.locator(".o_list_button_save").click()
    # What the networks, the places, the charter and the law say.
    for entry in ("Réseaux", "Territoires", "Communes", "Charte", "Pages légales"):
        open_menu(admin, "Configuration", entry)
        if entry != "Communes":
            admin.locator(".o_data_row").first.locator("td.o_data_cell:not(.o_handle_cell)").first.click()
            expect(admin.locator(".o_form_view")).to_be_visible()
    open_menu(admin, "Membres", "Import")
    admin.get_by_role("button", name="E-mails aux membres").or_(
        admin.get_by_role("menuitem", name="E-mails aux membres")
    ).click()
    expect(admin.locator(".o_list_view")).to_be_visible()
    # Somebody of an organisation, made by hand too; then an administrator no more, or a moderator.
    open_menu(admin, "Membres", "Membres")
    admin.get_by_role("button", name="Nouveau").click()
    fill(admin, "firstname", "Lila")
    fill(admin, "lastname", "Costa")
    fill(admin, "login", "lila.costa@structure.example")
    choose(admin, "network_ids", "COORACE")
    save(admin)
    expect(admin.locator("[name=platform_role] input")).to_have_value("Membre")
    choose(admin, "platform_role", "Modérateur")
    save(admin)
    open_menu(admin, "Membres", "Salariés des fédérations")
    expect(line_of(admin, "lila.costa@structure.example")).to_be_visible()
    # What a member sees of it.
    alice = log_in("alice")
    alice.get_by_role("navigation", name="Menu principal").get_by_role("link", name="Forum").click()
    alice.get_by_role("link", name="Poser une question").first.click()
    alice.get_by_label("Thème").select_option("Garde d’enfants")
