"""What the agenda costs the server, for the calendar programs that have subscribed to it."""

import html
import re
import statistics
from functools import partial

from .load import ROUNDS, Load
from .report import number, table

SUBSCRIPTION = "/agenda/abonnement"
FIELD = re.compile(r'<input id="address"[^>]*value="[^"]*(/agenda/flux/[^"]*)"')


def report(stack, logins, yardstick):
    """
    :param Stack stack: the platform
    :param Sequence[str] logins: those who have subscribed
    :param str yardstick: path of the page to compare with
    :return str: what a fetch costs, when the agenda has changed and when it has not, in Markdown
    """
    load = Load(stack, logins)
    feeds = {person: html.unescape(FIELD.search(person.get(SUBSCRIPTION).text)[1]) for person in load.people}
    fetched = {person: person.get(path) for person, path in feeds.items()}

    def fetch(person, **headers):
        return person.get(feeds[person], headers=headers)

    def ask(person):
        return fetch(person, **{"If-None-Match": fetched[person].headers["ETag"]})

    turns = {
        "Étalon": partial(load.run, yardstick),
        "Flux entier": partial(load.run, fetch, status=200),
        "Flux inchangé": partial(load.run, ask, status=304),
    }
    for turn in turns.values():
        turn()
    found = [{label: turn() for label, turn in turns.items()} for _ in range(ROUNDS)]
    rows = []
    for label in turns:
        ratios = [one[label].cpu / one["Étalon"].cpu for one in found]
        waits = [wait for one in found for wait in one[label].waits]
        rows.append(
            [
                label,
                number(statistics.median(one[label].cpu for one in found), 1),
                f"**{number(statistics.median(ratios), 2)}** ({number(min(ratios), 2)} à {number(max(ratios), 2)})",
                f"{number(statistics.median(waits))} / {number(statistics.quantiles(waits, n=20)[18])}",
            ]
        )
    size = number(max(len(one.content) for one in fetched.values()) / 1000)
    columns = ["Ce que demande un agenda personnel", "ms CPU", "rapport à l'étalon", "ms p50 / p95"]
    return f"Le plus gros flux pèse {size} ko, avant compression.\n\n{table(columns, rows)}"
