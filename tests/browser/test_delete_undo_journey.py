"""Somebody deletes what is his, is asked first, and may undo it; and finds again what he was writing: by what the pages
show."""

import re
import time

import pytest
from forum_screens import ask, flag, go_to_forum, open_discussion, other, write
from playwright.sync_api import expect

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["390", "1280"])
def test_an_answer_is_deleted_and_comes_back_with_its_thanks(log_in, viewport):
    title, said = f"Un atelier cuisine, vu à {viewport['width']} : par où commencer ?", "Par une liste de courses."
    alice = log_in("alice", viewport)
    ask(alice, title)
    karim = log_in("karim", viewport)
    open_discussion(karim, title)
    write(karim, said, "Votre réponse")
    karim.get_by_role("button", name="Répondre").click()
    expect(karim.get_by_text("Réponse publiée.")).to_be_focused()
    expect(karim.get_by_text("Réponse publiée.")).to_be_in_viewport()
    karim.reload()
    expect(karim.get_by_role("heading", name="1 réponse")).to_be_visible()
    expect(karim.get_by_text("Réponse publiée.")).to_have_count(0)
    open_discussion(alice, title)
    answer = alice.get_by_role("article").filter(has_text=said)
    answer.get_by_role("button", name=re.compile("^Merci")).click()
    expect(answer.get_by_role("button", name="Merci 1")).to_be_visible()

    karim.reload()
    mine = karim.get_by_role("article").filter(has_text=said)
    other(mine, "link", "Supprimer").click()
    asked = karim.get_by_role("dialog", name="Supprimer votre réponse ?")
    expect(asked).to_contain_text("Par une liste de courses.")
    expect(asked).to_contain_text("Cela supprime aussi 1 merci.")
    expect(asked.get_by_role("link", name="Garder")).to_be_focused()
    karim.keyboard.press("Escape")
    expect(asked).to_have_count(0)
    other(mine, "link", "Supprimer").click()
    asked.get_by_role("button", name="Supprimer la réponse").click()
    strip = karim.get_by_role("dialog").filter(has_text="Réponse supprimée.")
    expect(strip.get_by_role("status")).to_be_focused()
    expect(strip).to_be_in_viewport(ratio=1)
    line = karim.get_by_text("Vous avez supprimé votre réponse.")
    expect(line).to_be_in_viewport()
    alice.reload()
    expect(alice.get_by_text(said)).to_have_count(0)
    # The strip is closed; the line stays.
    strip.get_by_role("button", name="Fermer").click()
    expect(strip).to_be_hidden()
    karim.get_by_role("button", name="Restaurer").click()
    expect(karim.get_by_text("Réponse restaurée.")).to_be_focused()
    expect(karim.get_by_text("1 merci", exact=True)).to_be_visible()
    alice.reload()
    expect(alice.get_by_role("article").filter(has_text=said).get_by_role("button", name="Merci 1")).to_be_visible()
    # What another has answered is closed, and not deleted.
    other(alice, "link", "Supprimer").click()
    closing = alice.get_by_role("dialog", name="Fermer votre question ?")
    expect(closing).to_contain_text("elle ne peut plus être supprimée")
    closing.get_by_role("button", name="Fermer la question").click()
    expect(alice.get_by_text("Question fermée.")).to_be_visible()
    karim.reload()
    expect(karim.get_by_text("on ne peut plus y écrire")).to_be_visible()
    alice.get_by_role("button", name="Annuler").click()
    expect(alice.get_by_text("Question rouverte.")).to_be_visible()
    karim.reload()
    expect(karim.get_by_role("button", name="Répondre")).to_be_visible()


def test_whoever_has_flagged_it_is_told_once_it_can_be_undone_no_more(log_in, mailbox):
    title, said, address = "Un badge oublié : que faire ?", "Appelez Jean au bureau.", "bruno@collab.example"
    ask(log_in("alice"), title, networks=())
    karim, bruno = log_in("karim"), log_in("bruno")
    open_discussion(karim, title)
    write(karim, said, "Votre réponse")
    karim.get_by_role("button", name="Répondre").click()
    open_discussion(bruno, title)
    answer = bruno.get_by_role("article").filter(has_text=said)
    flag(bruno, answer, "Un nom")
    expect(bruno.get_by_text("Signalé aux modérateurs.")).to_be_visible()
    before = mailbox.count(address)
    mine = karim.get_by_role("article").filter(has_text=said)
    for is_sorry in (True, False):
        other(mine, "link", "Supprimer").click()
        karim.get_by_role("button", name="Supprimer la réponse").click()
        strip = karim.get_by_role("dialog").filter(has_text="Réponse supprimée.")
        expect(strip).to_be_visible()
        start = time.monotonic()
        if is_sorry:
            strip.get_by_role("button", name="Annuler").click()
            expect(karim.get_by_text("Réponse restaurée.")).to_be_visible()
    mailbox.wait_for(address, r"(a été supprimé par son auteur)", after=before)
    assert time.monotonic() - start > 9
    assert mailbox.count(address) == before + 1, "of what was undone, nothing was told"


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["390", "1280"])
def test_what_one_was_writing_is_found_again_after_leaving_the_form(log_in, viewport):
    title = f"Une question remise à plus tard, à {viewport['width']}"
    page = log_in("karim", viewport)
    go_to_forum(page)
    page.get_by_role("link", name="Poser une question").first.click()
    page.get_by_label("Votre question, en une phrase").fill(title)
    write(page, "Quelques mots déjà.")
    page.get_by_role("link", name="Annuler").click()
    expect(page.get_by_role("heading", name="Forum", exact=True)).to_be_visible()
    page.get_by_role("link", name="Poser une question").first.click()
    text = page.get_by_role("textbox", name="Ce qu’il faut savoir pour vous aider")
    expect(page.get_by_text("Votre brouillon a été retrouvé.")).to_be_visible()
    expect(page.get_by_label("Votre question, en une phrase")).to_have_value(title)
    expect(text).to_have_text("Quelques mots déjà.")
    page.get_by_role("button", name="Supprimer le brouillon").click()
    expect(page.get_by_text("Brouillon supprimé.")).to_be_visible()
    expect(page.get_by_label("Votre question, en une phrase")).to_have_value("")
    expect(text).to_have_text("")
    page.get_by_role("button", name="Annuler").click()
    expect(page.get_by_label("Votre question, en une phrase")).to_have_value(title)
    expect(text).to_have_text("Quelques mots déjà.")
    # Once more, and for good: it is not there any more, here or elsewhere.
    page.get_by_role("button", name="Supprimer le brouillon").click()
    expect(page.get_by_text("Brouillon supprimé.")).to_be_visible()
    go_to_forum(page)
    page.get_by_role("link", name="Poser une question").first.click()
    expect(page.get_by_label("Votre question, en une phrase")).to_have_value("")
    expect(page.get_by_text("Votre brouillon")).to_be_hidden()
