"""Every form that makes something, received six times at the same moment by two workers."""

import json
import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from .person import Person

SENDINGS = 6


@pytest.fixture(scope="module")
def people(stack):
    return [Person(stack, login) for login in ("alice", "bruno", "moderation.fnars")]


def at_once(send):
    """:return list: what is answered to each of the sendings"""
    with ThreadPoolExecutor(SENDINGS) as threads:
        return list(threads.map(lambda _: send(), range(SENDINGS)))


def send_at_once(person, page, action, **typed):
    """Fill in a form of a page, and send it.

    :param str action: the end of the address of the form
    :return str: where all the browsers are led
    """
    form = re.search(rf'<form[^>]*action="([^"]*{action})".*?</form>', person.get(page).text, re.DOTALL)
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[0]))
    person.token = hidden.pop("csrf_token")
    answers = at_once(lambda: person.post(form[1], **hidden, **typed))
    assert [answer.status_code for answer in answers] == [303] * SENDINGS, action
    [led] = {answer.headers["Location"] for answer in answers}
    return led


def test_what_is_sent_six_times_to_the_forum_is_said_once(people):
    alice, bruno, moderator = people
    page = alice.get("/forum/demander").text
    theme = re.search(r'<select id="question-theme".*?<option value="(\d+)"', page, re.DOTALL)[1]
    title = "Une question envoyée six fois"
    led = send_at_once(alice, "/forum/demander", "/demander", titre=title, contenu="Le réseau est lent.", theme=theme)
    question = re.search(r"/forum/(\d+)", led)[1]
    assert bruno.get("/forum").text.count(title) == 1
    discussion = f"/forum/{question}"
    send_at_once(bruno, discussion, "/repondre", contenu="Une réponse envoyée six fois")
    send_at_once(bruno, discussion, f"/{question}/commenter", body="Un commentaire envoyé six fois")
    for said in ("Une réponse envoyée six fois", "Un commentaire envoyé six fois"):
        assert alice.get(discussion).text.count(said) == 1
    flag = f"/signaler/discussion/{question}"
    send_at_once(bruno, flag, flag, reason="Un signalement envoyé six fois")
    assert moderator.get(f"/forum/moderation/discussion/{question}").text.count("Un signalement envoyé six fois") == 1
    comment = re.search(r"/signaler/commentaire/(\d+)", alice.get(discussion).text)[1]
    flag = f"/signaler/commentaire/{comment}"
    send_at_once(alice, flag, flag, reason="Un autre, envoyé six fois")
    assert moderator.get(f"/forum/moderation/commentaire/{comment}").text.count("Un autre, envoyé six fois") == 1


def test_what_is_sent_six_times_to_the_library_is_there_once(people):
    alice, bruno, _moderator = people
    bruno.open_deposit()
    title, content = "Un document envoyé six fois", b"Une grille, vue par six"
    upload = bruno.start("grille.txt", len(content))
    bruno.send_all(upload, content)
    [document] = set(at_once(lambda: bruno.deposit([(upload, title)])))
    assert alice.get("/ressources?tri=newest").text.count(f">{title}</a>") == 1
    send_at_once(alice, document, "/commenter", body="Un commentaire envoyé six fois")
    send_at_once(alice, document, "/perime", reason="Un signalement envoyé six fois")
    page = bruno.get(document).text
    assert page.count("Un commentaire envoyé six fois") == page.count("Un signalement envoyé six fois") == 1
    upload = bruno.start("grille-2.txt", len(content) + 1)
    bruno.send_all(upload, content + b"!")
    files = json.dumps([{"id": upload}])
    answers = at_once(lambda: bruno.post(f"{document}/version", files=files))
    assert [answer.json() for answer in answers] == [{"redirect": document}] * SENDINGS
    assert len(set(re.findall(rf"{document}/versions/(\d+)", alice.get(document).text))) == 1
    send_at_once(bruno, document, "/restaurer")
    assert len(set(re.findall(rf"{document}/versions/(\d+)", alice.get(document).text))) == 2
