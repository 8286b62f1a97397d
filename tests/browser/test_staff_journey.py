"""People whom an administrator makes with his mouse do their whole work on the screens of the federations."""

import pytest
from chromium import EXECUTABLE  # noqa: F401  (installed by bin/bootstrap test)
from federation_screens import choose, fill, open_menu, open_platform, save
from playwright.sync_api import expect

PASSWORD = "le-tram-de-8h12"


@pytest.fixture
def invited(log_in, visitor, mailbox):
    """:return: a person whom the administrator makes by hand, who comes in from his letter"""

    def make(firstname, lastname, role, network=None):
        address = f"{firstname.lower()}.{lastname.lower()}@federation.example"
        admin = log_in("admin")
        open_platform(admin)
        open_menu(admin, "Membres", "Salariés des fédérations")
        admin.get_by_role("button", name="Nouveau").click()
        fill(admin, "firstname", firstname)
        fill(admin, "lastname", lastname)
        fill(admin, "login", address)
        if network:
            choose(admin, "network_ids", network)
        admin.locator("[name=platform_role] select, [name=platform_role] input").first.click()
        choose_role(admin, role)
        save(admin)
        admin.get_by_role("button", name="Inviter", exact=True).click()
        link = mailbox.wait_for(address, r'href="https://[^"/]*(/web/signup[^"]*)"')
        person = visitor()
        person.goto(link)
        person.get_by_label("Nouveau mot de passe").fill(PASSWORD)
        person.get_by_label("Le même mot de passe").fill(PASSWORD)
        person.get_by_role("button", name="Enregistrer et entrer").click()
        person.get_by_label("J'ai lu la charte et je l'accepte").check()
        person.get_by_role("button", name="Entrer sur la plateforme").click()
        expect(person.get_by_role("heading", name=f"Bonjour {firstname}")).to_be_visible()
        return person

    return make
