"""The rules change. The last journey: afterwards, everybody in the demonstration is asked again."""

from playwright.sync_api import expect


def test_a_new_version_stops_everybody_who_then_decides(log_in):
    alice = log_in("alice")
    admin = log_in("admin")
    admin.get_by_text("Mon compte", exact=True).first.locator("..").click()
    admin.get_by_role("link", name="Gérer la plateforme").click()
    admin.locator(".o_navbar_apps_menu button").click()
    admin.get_by_role("menuitem", name="Plateforme").last.click()
    admin.get_by_role("button", name="Configuration").click()
    admin.get_by_role("menuitem", name="Charte").click()
    admin.get_by_role("button", name="Nouveau").click()
    text = admin.locator("[name=body] .odoo-editor-editable")
    text.click()
    text.press_sequentially("On se tutoie.")
    admin.get_by_role("button", name="Enregistrer manuellement").click()
    with admin.expect_popup() as popup:
        admin.get_by_role("button", name="Aperçu").click()
    expect(popup.value.get_by_text("Rien n'est encore publié")).to_be_visible()
    expect(popup.value.get_by_role("article").get_by_text("On se tutoie.")).to_be_visible()
    popup.value.close()
    # Nobody has noticed anything yet.
    alice.get_by_role("link", name="Accueil", exact=True).click()
    expect(alice.get_by_role("heading", name="Bonjour Alice")).to_be_visible()
    admin.get_by_role("button", name="Publier").click()
    admin.get_by_role("dialog").get_by_role("button", name="OK").click()
    # Whoever publishes is asked first.
    admin.get_by_label("J'ai lu la charte et je l'accepte").check()
    admin.get_by_role("button", name="Entrer sur la plateforme").click()
    expect(admin.get_by_role("heading", name="Bonjour Camille")).to_be_visible()
    # The session of Alice was open.
    alice.get_by_role("link", name="Ressources", exact=True).click()
    expect(alice.get_by_role("heading", name="Ce qui change")).to_be_visible()
    expect(alice.get_by_role("insertion").filter(has_text="On se tutoie.")).to_be_visible()
    alice.get_by_role("button", name="Je n'accepte pas").click()
    expect(alice.get_by_role("heading", name="Vous n'avez pas accepté la charte")).to_be_visible()
    expect(alice.get_by_role("link", name="contact@fnars.example")).to_be_visible()
    alice.get_by_role("link", name="Relire la charte").click()
    alice.get_by_label("J'ai lu la charte et je l'accepte").check()
    alice.get_by_role("button", name="Entrer sur la plateforme").click()
    expect(alice.get_by_role("heading", name="Ressources")).to_be_visible()
    # She alone has decided.
    expect(log_in("bruno").get_by_role("heading", name="La charte de la plateforme")).to_be_visible()
