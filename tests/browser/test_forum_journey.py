"""A question, its answers, and what the federations do: by what the pages show."""

import contextlib

import chromium
import pytest
from forum_screens import address_to, ask, go_to_forum, join, open_discussion, other, write
from PIL import Image
from playwright.sync_api import Error, expect

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.fixture
def asked(log_in):
    """Alice asks something of her network.

    :return Page: hers, on the discussion
    """

    def go(title, viewport=PHONE, **asked):
        page = log_in("alice", viewport)
        ask(page, title, **asked)
        return page

    return go


@pytest.fixture
def photo(tmp_path):
    path = tmp_path / "panneau.jpg"
    Image.effect_noise((2400, 1800), 60).convert("RGB").save(path)
    return path


def pictures(page):
    """:return list[int]: the width of each picture of the text, once it is there"""
    page.locator(".c-files img").evaluate_all("images => Promise.allSettled(images.map(image => image.decode()))")
    return page.locator(".c-files img").evaluate_all("images => images.map(image => image.naturalWidth)")


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["390", "1280"])
def test_alice_asks_with_a_photo_karim_answers_she_is_told_and_retains_it(asked, log_in, mailbox, photo, viewport):
    title = f"Garde d'enfants tôt le matin, vue à {viewport['width']} : quelles aides ?"
    alice = asked(title, files=[photo], viewport=viewport)
    assert pictures(alice) == [1600]
    before = mailbox.count("alice@collab.example")
    karim = log_in("karim", viewport)
    go_to_forum(karim)
    row = karim.get_by_role("listitem").filter(has=karim.get_by_role("link", name=title)).first
    expect(row.get_by_text("Nouveau")).to_be_attached()
    row.get_by_role("link", name=title).click()
    assert pictures(karim) == [1600]
    write(karim, "La CAF et le Département, sous conditions.", "Votre réponse")
    karim.get_by_role("button", name="Répondre").click()
    expect(karim.get_by_role("heading", name="1 réponse")).to_be_visible()
    link = mailbox.wait_for(
        "alice@collab.example", r'sous conditions[\s\S]*?href="\S+?(/forum/\d+#reponse-\d+)"', after=before
    )
    assert "Ne répondez pas à cet e-mail" in mailbox.of("alice@collab.example")[-1].html
    alice.goto(link)
    # It leads to a place of the page that she has before her eyes.
    alice.reload()
    alice.get_by_role("button", name="Retenir").click()
    expect(alice.get_by_role("button", name="Retenue ✓")).to_be_visible()
    karim.reload()
    expect(karim.get_by_text("Réponse retenue")).to_be_visible()
    # Another network finds nothing of it.
    bruno = log_in("bruno")
    go_to_forum(bruno)
    expect(bruno.get_by_role("link", name=title)).to_have_count(0)


def test_karim_mentions_bruno_without_leaving_the_keyboard_and_she_is_told(asked, log_in, mailbox):
    title = "Qui connaît cette aide ?"
    asked(title, networks=())
    before = mailbox.count("bruno@collab.example")
    karim = log_in("karim")
    open_discussion(karim, title)
    write(karim, "Demande à @bru", "Votre réponse")
    expect(karim.get_by_role("option", name="Bruno Leroux")).to_be_visible()
    karim.keyboard.press("Enter")
    karim.keyboard.type("qui l'a demandée.")
    karim.get_by_role("button", name="Répondre").click()
    expect(karim.get_by_text("Demande à @Bruno Leroux qui l'a demandée.").first).to_be_visible()
    mailbox.wait_for("bruno@collab.example", r"vous mentionne[\s\S]*?(/forum/\d+#reponse-\d+)", after=before)


def test_a_question_that_was_asked_already_is_shown_while_it_is_typed(asked, log_in):
    title = "Covoiturage pour les horaires décalés"
    asked(title)
    karim = log_in("karim")
    go_to_forum(karim)
    karim.get_by_role("link", name="Poser une question").first.click()
    karim.get_by_label("Votre question, en une phrase").press_sequentially("horaire décalé et covoiturage")
    expect(karim.get_by_role("status").get_by_role("link", name=title)).to_be_visible()


@pytest.mark.parametrize(("viewport", "who"), [(PHONE, "emma"), (DESK, "lucie")], ids=["390", "1280"])
def test_a_draft_survives_a_killed_browser(browser, log_in, photo, viewport, who):
    title = f"Un titre pas encore publié par {who}"
    doomed = browser.browser_type.launch(executable_path=chromium.EXECUTABLE, args=chromium.ARGUMENTS)
    page = log_in(who, viewport, another=doomed)
    go_to_forum(page)
    page.get_by_role("link", name="Poser une question").first.click()
    join(page, [photo])
    page.get_by_label("Votre question, en une phrase").fill(title)
    page.get_by_label("Thème").select_option("Formation")
    with page.expect_response("**/brouillons/discussion"):
        write(page, "Un texte d'ici & là")
    with contextlib.suppress(Error):
        doomed.new_browser_cdp_session().send("Browser.crash")
    assert not doomed.is_connected()
    again = log_in(who, viewport)
    go_to_forum(again)
    again.get_by_role("link", name="Poser une question").first.click()
    expect(again.get_by_text("Votre brouillon a été retrouvé")).to_be_visible()
    expect(again.get_by_label("Votre question, en une phrase")).to_have_value(title)
    expect(again.get_by_role("textbox", name="Ce qu’il faut savoir pour vous aider")).to_have_text(
        "Un texte d'ici & là"
    )
    expect(again.get_by_text("Prêt")).to_be_visible()
    again.get_by_role("button", name="Publier").click()
    expect(again.get_by_role("heading", name=title)).to_be_visible()
    assert pictures(again) == [1600]
    go_to_forum(again)
    again.get_by_role("link", name="Poser une question").first.click()
    expect(again.get_by_label("Votre question, en une phrase")).to_have_value("")


def test_a_double_click_on_publish_makes_one_question(log_in):
    title = "Une question posée d'un double clic"
    page = log_in("alice", PHONE)
    go_to_forum(page)
    page.get_by_role("link", name="Poser une question").first.click()
    page.get_by_label("Votre question, en une phrase").fill(title)
    page.get_by_label("Thème").select_option("Formation")
    page.get_by_role("button", name="Publier").dblclick()
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    karim = log_in("karim")
    karim.get_by_role("navigation", name="Menu principal").get_by_role("link", name="Forum").click()
    karim.get_by_role("link", name="Formation").first.click()
    expect(karim.get_by_role("link", name=title)).to_have_count(1)


def test_what_was_typed_is_found_again_when_the_discussion_has_been_closed_meanwhile(asked, log_in):
    title = "Une discussion que l'on ferme"
    asked(title)
    karim = log_in("karim", PHONE)
    open_discussion(karim, title)
    write(karim, "Un texte auquel je tiens", "Votre réponse")
    moderator = log_in("moderation.fnars")
    open_discussion(moderator, title)
    other(moderator, "link", "Modérer").click()
    moderator.get_by_label("Pourquoi ?").first.fill("Doublon")
    moderator.get_by_role("button", name="Fermer").click()
    expect(moderator.get_by_text("Les personnes concernées sont prévenues.")).to_be_visible()
    karim.get_by_role("button", name="Répondre").click()
    expect(karim.get_by_role("alert").get_by_text("Cette discussion a été fermée")).to_be_visible()
    expect(karim.get_by_text("Un texte auquel je tiens")).to_be_visible()


def test_a_text_that_looks_like_a_page_stays_a_text_for_its_author_and_for_those_who_moderate(log_in):
    title, bait = "Une balise dans une question", "<img src=x onerror=\"document.title='piège'\">"
    karim = log_in("karim")
    go_to_forum(karim)
    karim.get_by_role("link", name="Poser une question").first.click()
    karim.get_by_label("Votre question, en une phrase").fill(title)
    write(karim, bait)
    karim.get_by_label("Thème").select_option("Numérique")
    karim.get_by_role("button", name="Publier").click()
    other(karim, "link", "Modifier").click()
    expect(karim.get_by_role("textbox", name="Ce qu’il faut savoir pour vous aider")).to_have_text(bait)
    moderator = log_in("moderation.fnars")
    open_discussion(moderator, title)
    other(moderator, "link", "Modérer").click()
    moderator.get_by_role("heading", name="Modifier").click()
    expect(moderator.get_by_role("textbox", name="Texte", exact=True)).to_have_text(bait)
    for page in (karim, moderator):
        assert "piège" not in page.title()


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["390", "1280"])
def test_whoever_asked_changes_the_theme_and_the_readers_of_his_question(asked, log_in, viewport):
    title = f"Une question mal rangée, vue à {viewport['width']}"
    alice = asked(title, viewport, networks=())
    bruno = log_in("bruno", viewport)
    open_discussion(bruno, title)
    other(alice, "link", "Modifier").click()
    line = alice.get_by_label("Votre question, en une phrase")
    expect(line).to_have_value(title)
    alice.get_by_label("Thème").select_option("Numérique")
    address_to(alice, "FNARS")
    line.fill(" ")
    alice.get_by_role("button", name="Enregistrer").click()
    # What is refused is said beside the line, where the page opens; the rest is as she has left it.
    expect(line).to_be_focused()
    expect(line).to_be_in_viewport()
    expect(line).to_have_accessible_description("Donnez un titre à votre question.")
    expect(alice.get_by_text("Donnez un titre à votre question.")).to_be_in_viewport()
    expect(alice.get_by_label("FNARS", exact=True)).to_be_checked()
    line.fill(title)
    alice.get_by_role("button", name="Enregistrer").click()
    expect(alice.get_by_role("heading", name=title)).to_be_visible()
    karim = log_in("karim", viewport)
    go_to_forum(karim)
    # On a phone, the themes open from their chip.
    themes = karim.get_by_role("button", name="Thème", exact=True)
    if themes.is_visible():
        themes.click()
    karim.get_by_role("link", name="Numérique").first.click()
    expect(karim.get_by_role("link", name=title)).to_have_count(1)
    bruno.reload()
    expect(bruno.get_by_role("heading", name=title)).to_have_count(0)
    go_to_forum(bruno)
    expect(bruno.get_by_role("link", name=title)).to_have_count(0)
