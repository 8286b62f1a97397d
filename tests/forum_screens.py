"""What anybody does in the forum, by what its pages show."""

from playwright.sync_api import expect


def go_to_moderation(page):
    """Go there by the menu; on a phone, its last entries are behind « Plus »."""
    menu = page.get_by_role("navigation", name="Menu principal")
    entry = menu.get_by_role("link", name="Modération")
    if not entry.is_visible():
        menu.locator("summary").click()
    entry.click()


def go_to_forum(page):
    page.get_by_role("navigation", name="Menu principal").get_by_role("link", name="Forum").click()
    expect(page.get_by_role("heading", name="Forum", exact=True)).to_be_visible()


def open_discussion(page, title):
    go_to_forum(page)
    page.get_by_role("link", name=title).first.click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()


def write(page, text, where="Ce qu’il faut savoir pour vous aider"):
    # The field becomes an editor once the page has loaded.
    page.wait_for_load_state()
    page.get_by_role("textbox", name=where).click()
    page.keyboard.type(text)


def join(page, files):
    """Join photos or documents, and wait until they have arrived."""
    with page.expect_file_chooser() as chooser:
        page.get_by_text("Joindre une photo ou un document").click()
    chooser.value.set_files(files)
    expect(page.get_by_text("Prêt")).to_have_count(len(files))


def address_to(page, *names):
    """Choose the networks and territories that may see what is shared, by name."""
    # What is corrected may be for some already: its boxes are open.
    choice = page.get_by_role("button", name="Je choisis", exact=True)
    if names and choice.is_visible():
        choice.click()
    for name in names:
        page.get_by_label(name, exact=True).check()


def other(scope, role, name):
    """:return: what stands under the first ⋯ of a page, or of a message, which is opened first if it is not"""
    item = scope.get_by_role(role, name=name, exact=True).first
    if not item.is_visible():
        scope.get_by_label("Autres actions", exact=True).first.click()
    return item


def flag(page, message, reason):
    other(message, "link", "Signaler aux modérateurs").click()
    asked = page.get_by_role("dialog")
    asked.get_by_label("Quel est le problème ?").fill(reason)
    asked.get_by_role("button", name="Signaler", exact=True).click()


def ask(page, title, theme="Formation", networks=("FNARS",), files=()):
    """Ask a question, and be on its page."""
    go_to_forum(page)
    page.get_by_role("link", name="Poser une question").first.click()
    page.get_by_label("Votre question, en une phrase").fill(title)
    write(page, "Une personne que nous accompagnons commence à 7 heures.")
    page.get_by_label("Thème").select_option(theme)
    address_to(page, *networks)
    if files:
        join(page, files)
    page.get_by_role("button", name="Publier").click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()
