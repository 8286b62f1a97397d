"""What anybody does in the forum, by what its pages show."""

from playwright.sync_api import expect


def go_to_forum(page):
    page.get_by_role("navigation", name="Menu principal").get_by_role("link", name="Forum").click()
    expect(page.get_by_role("heading", name="Forum", exact=True)).to_be_visible()


def open_discussion(page, title):
    go_to_forum(page)
    page.get_by_role("link", name=title).first.click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()


def write(page, text, where="La situation, et ce que vous avez essayé"):
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


def ask(page, title, theme="Formation", networks=("FNARS",), files=()):
    """Ask a question, and be on its page."""
    go_to_forum(page)
    page.get_by_role("link", name="Poser une question").first.click()
    page.get_by_label("Votre question, en une ligne").fill(title)
    write(page, "Une personne que nous accompagnons commence à 7 heures.")
    page.get_by_label("Thème").select_option(theme)
    for network in networks:
        page.get_by_label(network, exact=True).check()
    if files:
        join(page, files)
    page.get_by_role("button", name="Publier").click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()
