"""Somebody who has no mouse asks, answers, quotes and retains."""

import pytest
from playwright.sync_api import expect

# As many stops as the longest page has, before what is looked for.
STOPS_MAX = 120


class Keyboard:
    def __init__(self, page):
        self.page = page

    def reach(self, role, name, exact=False):
        """Go to something, stop after stop, as one who does not know how many there are."""
        wanted = self.page.get_by_role(role, name=name, exact=exact).first
        wanted.wait_for()
        for _ in range(STOPS_MAX):
            self.page.keyboard.press("Tab")
            if wanted.evaluate("element => element === document.activeElement"):
                return
        raise AssertionError(f"{role} {name}: the keyboard does not reach it")

    def press(self, role, name, key="Enter", exact=False):
        self.reach(role, name, exact)
        self.page.keyboard.press(key)

    def type(self, role, name, text):
        self.reach(role, name)
        self.page.keyboard.type(text)


@pytest.fixture
def keyboard(log_in):
    return lambda login: Keyboard(log_in(login))


def test_a_question_is_asked_answered_quoted_and_retained_without_a_mouse(keyboard):
    title = "Qui a déjà fait une demande sans souris ?"
    alice, karim = keyboard("alice"), keyboard("karim")
    alice.press("link", "Poser une question")
    alice.type("textbox", "Votre question", title)
    # The field becomes an editor once the page has loaded.
    alice.page.wait_for_load_state()
    alice.type("textbox", "Ce qu’il faut savoir pour vous aider", "Au clavier seul.")
    alice.type("combobox", "Thème", "Form")
    alice.press("button", "Publier la question")
    expect(alice.page.get_by_role("heading", name=title)).to_be_visible()

    karim.press("link", "Forum")
    expect(karim.page.get_by_role("heading", name="Forum", exact=True)).to_be_visible()
    karim.press("link", title)
    expect(karim.page.get_by_role("heading", name=title)).to_be_visible()
    karim.type("textbox", "Votre réponse", "Avec la touche de tabulation.")
    karim.press("button", "Répondre", exact=True)
    expect(karim.page.get_by_role("heading", name="1 réponse")).to_be_visible()

    alice.page.reload()
    alice.press("button", "Retenir")
    expect(alice.page.get_by_text("Réponse retenue")).to_be_visible()
    karim.page.reload()
    expect(karim.page.get_by_text("Réponse retenue")).to_be_visible()
    # The menu of the question opens and closes without a mouse, and gives the focus back.
    more = karim.page.get_by_label("Autres actions", exact=True).first
    more.wait_for()
    for _ in range(STOPS_MAX):
        karim.page.keyboard.press("Tab")
        if more.evaluate("element => element === document.activeElement"):
            break
    karim.page.keyboard.press("Enter")
    quote = karim.page.get_by_role("link", name="Citer dans une réponse").first
    expect(quote).to_be_visible()
    karim.page.keyboard.press("Escape")
    expect(quote).to_be_hidden()
    expect(more).to_be_focused()
    karim.page.keyboard.press("Enter")
    karim.press("link", "Citer dans une réponse")
    expect(karim.page.get_by_role("textbox", name="Votre réponse")).to_contain_text("Au clavier seul.")
    karim.type("textbox", "Votre réponse", "Merci de l’avoir dit.")
    karim.press("button", "Répondre", exact=True)
    expect(karim.page.get_by_role("heading", name="2 réponses")).to_be_visible()
    alice.page.reload()
    expect(alice.page.get_by_role("article").filter(has_text="Alice Martineau a écrit").first).to_be_visible()
