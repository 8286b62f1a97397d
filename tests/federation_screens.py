"""The screens of the federations, as their employees go through them."""

from playwright.sync_api import TimeoutError, expect

PASSWORD = "le-tram-de-8h12"


def open_platform(page):
    """From any page of the website to the screens of the federations."""
    page.get_by_text("Mon compte", exact=True).first.locator("..").click()
    page.get_by_role("link", name="Gérer la plateforme").click()
    # One application: it opens at once, once its scripts have been put together.
    expect(page.locator(".o_menu_brand")).to_have_text("Plateforme", timeout=60_000)


def open_menu(page, menu, entry):
    page.get_by_role("button", name=menu, exact=True).click()
    page.get_by_role("menuitem", name=entry, exact=True).click()
    # Or the button "Nouveau" would be that of the screen before.
    expect(page.locator(".o_breadcrumb .active, .o_last_breadcrumb_item").first).to_contain_text(entry)


def confirm(page, name):
    page.get_by_role("button", name=name).click()
    page.locator(".modal-footer .btn-primary").click()


def line_of(page, who):
    return page.locator(".o_data_row").filter(has_text=who)


def fill(page, name, text):
    """Type in a field of a form, by the name that the screen gives it."""
    page.locator(f".o_form_view [name={name}] :is(input, textarea)").first.fill(text)


def choose(page, name, label):
    """Choose in a field of a form among what it suggests."""
    field = page.locator(f".o_form_view [name={name}] input").first
    choice = page.locator(".o-dropdown--menu, .o-autocomplete--dropdown-menu").get_by_text(label, exact=True)
    field.click()
    try:
        choice.click(timeout=5_000)
    except TimeoutError:
        # What was typed before has just been answered, and the list has closed: one opens it again.
        field.click()
        choice.click()


def save(page):
    page.get_by_role("button", name="Enregistrer manuellement").click()
    expect(page.locator(".o_form_button_save")).to_be_hidden()


def make_by_hand(page, firstname, lastname, role, *networks):
    """Create somebody on the screens, and invite him.

    :param str role: Membre, Modérateur or Administrateur
    :return str: his address
    """
    address = f"{firstname.lower()}.{lastname.lower()}@federation.example"
    open_menu(page, "Membres", "Membres" if role == "Membre" else "Salariés des fédérations")
    page.get_by_role("button", name="Nouveau").click()
    fill(page, "firstname", firstname)
    fill(page, "lastname", lastname)
    fill(page, "login", address)
    choose(page, "platform_role", role)
    for network in networks:
        choose(page, "network_ids", network)
    save(page)
    page.get_by_role("button", name="Inviter", exact=True).click()
    return address


def come_in(page, mailbox, address, firstname):
    """Choose a password by the link of the invitation, and accept the charter."""
    page.goto(mailbox.wait_for(address, r'href="https://[^"/]*(/web/signup[^"]*)"'))
    page.get_by_label("Nouveau mot de passe").fill(PASSWORD)
    page.get_by_label("Le même mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Enregistrer et entrer").click()
    page.get_by_label("J’ai lu la charte et je l’accepte").check()
    page.get_by_role("button", name="Entrer sur la plateforme").click()
    expect(page.get_by_role("heading", name=f"Bonjour {firstname}")).to_be_visible()
