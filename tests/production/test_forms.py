"""A form that two workers receive at the same moment, on real processes."""

import re
from concurrent.futures import ThreadPoolExecutor

from .person import Person

SENDINGS = 6


def test_a_question_sent_six_times_at_once_is_asked_once_and_each_browser_is_led_to_it(stack):
    alice = Person(stack, "alice")
    page = alice.get("/forum/demander").text
    alice.read_token("/forum/demander")
    theme = re.search(r'<select id="ask-theme".*?<option value="(\d+)"', page, re.DOTALL)[1]
    token = re.search(r'name="jeton" value="([0-9a-f]+)"', page)[1]
    form = {"titre": "Une question envoyée six fois", "contenu": "Le réseau est lent.", "theme": theme, "jeton": token}
    with ThreadPoolExecutor(SENDINGS) as threads:
        answers = list(threads.map(lambda _: alice.post("/forum/demander", **form), range(SENDINGS)))
    assert [answer.status_code for answer in answers] == [303] * SENDINGS
    assert len({answer.headers["Location"] for answer in answers}) == 1
    bruno = Person(stack, "bruno")
    assert bruno.get("/forum").text.count(form["titre"]) == 1
