"""A question, its answers, and what the federations do: by what the pages show."""

import pytest
from playwright.sync_api import expect

PHONE = {"width": 390, "height": 844}


def go_to_forum(page):
    page.get_by_role("navigation", name="Menu principal").get_by_role("link", name="Forum").click()
    expect(page.get_by_role("heading", name="Forum", exact=True)).to_be_visible()


def write(page, text, where="La situation, et ce que vous avez essayé"):
    page.get_by_role("textbox", name=where).click()
    page.keyboard.type(text)


@pytest.fixture
def asked(log_in):
    """Alice asks something of her network, from her telephone.

    :return Page: hers, on the discussion
    """

    def go(title, networks=("FNARS",)):
        page = log_in("alice", PHONE)
        go_to_forum(page)
        page.get_by_role("link", name="Poser une question").first.click()
        page.get_by_label("Votre question, en une ligne").fill(title)
        write(page, "Une personne que nous accompagnons commence à 7 heures.")
        page.get_by_label("Thème").select_option("Formation")
        for network in networks:
            page.get_by_label(network, exact=True).check()
        page.get_by_role("button", name="Publier").click()
        expect(page.get_by_role("heading", name=title)).to_be_visible()
        return page

    return go


def open_discussion(page, title):
    go_to_forum(page)
    page.get_by_role("link", name=title).click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()


def test_alice_asks_karim_answers_she_is_told_and_retains_it(asked, log_in, mailbox):
    title = "Garde d'enfants tôt le matin : quelles aides ?"
    alice = asked(title)
    before = mailbox.count("alice@collab.example")
    karim = log_in("karim")
    go_to_forum(karim)
    row = karim.get_by_role("listitem").filter(has=karim.get_by_role("link", name=title))
    expect(row.get_by_text("nouveau", exact=True)).to_be_visible()
    karim.get_by_role("link", name=title).click()
    write(karim, "La CAF et le Département, sous conditions.", "Votre réponse")
    karim.get_by_role("button", name="Répondre").click()
    expect(karim.get_by_role("heading", name="1 réponse")).to_be_visible()
    link = mailbox.wait_for(
        "alice@collab.example", r'sous conditions[\s\S]*?href="\S+?(/forum/\d+#reponse-\d+)"', after=before
    )
    alice.goto(link)
    alice.get_by_role("button", name="Cette réponse m’a aidé(e)").click()
    expect(alice.get_by_text("Réponse retenue")).to_be_visible()
    karim.reload()
    expect(karim.get_by_text("Réponse retenue")).to_be_visible()
    # Another network finds nothing of it.
    bruno = log_in("bruno")
    go_to_forum(bruno)
    expect(bruno.get_by_role("link", name=title)).to_have_count(0)


def test_a_question_that_was_asked_already_is_shown_while_it_is_typed(asked, log_in):
    title = "Covoiturage pour les horaires décalés"
    asked(title)
    karim = log_in("karim")
    go_to_forum(karim)
    karim.get_by_role("link", name="Poser une question").first.click()
    karim.get_by_label("Votre question, en une ligne").press_sequentially("horaire décalé et covoiturage")
    expect(karim.get_by_role("status").get_by_role("link", name=title)).to_be_visible()


def test_what_is_flagged_is_hidden_by_the_federation_concerned(asked, log_in):
    title = "Un texte à signaler"
    alice = asked(title)
    karim = log_in("karim")
    open_discussion(karim, title)
    karim.get_by_text("Commenter, signaler").first.click()
    karim.get_by_label("Quelque chose ne va pas ?").fill("On reconnaît la personne")
    karim.get_by_role("button", name="Signaler").click()
    expect(karim.get_by_text("Merci : les fédérations sont prévenues.")).to_be_visible()
    other = log_in("moderation.coorace")
    go_to_forum(other)
    other.get_by_role("link", name="Ce qui vous attend").click()
    expect(other.get_by_role("link", name=title)).to_have_count(0)
    moderator = log_in("moderation.fnars")
    go_to_forum(moderator)
    moderator.get_by_role("link", name="Ce qui vous attend").click()
    item = moderator.get_by_role("article").filter(has=moderator.get_by_role("link", name=title))
    expect(item.get_by_text("On reconnaît la personne")).to_be_visible()
    item.get_by_label("Pourquoi ? Son auteur le lira.").fill("Ôtez le prénom, et reposez la question")
    item.get_by_role("button", name="Masquer").click()
    expect(moderator.get_by_text("C’est fait, et les personnes concernées sont prévenues.")).to_be_visible()
    karim.reload()
    expect(karim.get_by_role("heading", name="Page introuvable")).to_be_visible()
    alice.reload()
    expect(alice.get_by_text("Masqué")).to_be_visible()


def test_a_draft_is_found_again_after_the_page_was_left(log_in):
    page = log_in("alice")
    go_to_forum(page)
    page.get_by_role("link", name="Poser une question").first.click()
    page.get_by_label("Votre question, en une ligne").fill("Un titre pas encore publié")
    write(page, "Un texte pas encore publié")
    page.reload()
    expect(page.get_by_text("Ce que vous aviez écrit a été retrouvé.")).to_be_visible()
    expect(page.get_by_label("Votre question, en une ligne")).to_have_value("Un titre pas encore publié")
    expect(page.get_by_role("textbox", name="La situation, et ce que vous avez essayé")).to_have_text(
        "Un texte pas encore publié"
    )
