"""What a search costs: in the server, beside what the ORM takes to look for the same words; and a page, as a member
sees it."""

import itertools
import statistics
import time
from functools import partial
from typing import NamedTuple
from urllib.parse import quote

from production.person import Person

from .load import ROUNDS, Load
from .report import number, over, paragraph, table
from .search_queries import ALL, QUERIES
from .shell import inside

ORM_LIMIT, P95_LIMIT, GROWTH_LIMIT = 0.05, 150, 1.5
PAGE_LIMIT, SUGGESTIONS_LIMIT = 1.0, 0.4
DEPOSIT_LIMIT, FILES_LIMIT = 60, 600  # seconds
DEPOSITS = 3
# Nothing else has it.
WORD = "zygophyllum"


class Searched(NamedTuple):
    """What has been measured with so many contents."""

    said: str  # what the database holds
    found: list[dict]  # for each query, ``words``, ``ours``, ``orm`` (milliseconds), ``total``
    pages: dict[str, list]  # for each page, the turns; the yardstick too

    @property
    def ours(self):
        return [one["ours"] for one in self.found]

    @property
    def compared(self):
        return [one for one in self.found if one["orm"]]

    def ratio(self, page):
        turns = zip(self.pages[page], self.pages["Étalon"], strict=True)
        return statistics.median(turn.cpu / yardstick.cpu for turn, yardstick in turns)


def measured(stack, said, template, logins, yardstick):
    """
    :param Stack stack: the platform on a copy of the template
    :param str said: what it holds
    :param str template: a database of search.sql
    :param Sequence[str] logins: the members
    :param str yardstick: path of the page to compare with
    :return Searched:
    """
    return Searched(said, inside("search_inside", template), _pages(stack, logins, yardstick))


def _pages(stack, logins, yardstick):
    load = Load(stack, logins)
    words = [words for words in ALL if words[0] not in "\"'"]
    asked = {
        "Résultats": [f"/recherche?q={quote(words)}" for words in ALL],
        "Suggestions": [f"/recherche/suggestions?q={quote(words[: 2 + len(words) // 2])}" for words in words],
    }

    def ask(paths, person):
        return person.get(next(paths))

    turns = {"Étalon": partial(load.run, yardstick)}
    for label, paths in asked.items():
        turns[label] = partial(load.run, partial(ask, itertools.cycle(paths)), status=200)
    for turn in turns.values():
        turn()
    rounds = [{label: turn() for label, turn in turns.items()} for _ in range(ROUNDS)]
    return {label: [one[label] for one in rounds] for label in turns}


def delays(stack, login):
    """
    :return list[float]: seconds from the end of a deposit until the words of the file are found, with the jobs of the
        server
    """
    person, found = Person(stack, login), []
    for rank in range(DEPOSITS):
        person.open_deposit()
        document = person.deposit_file("note.txt", f"Une note sur {WORD}{rank}.".encode(), f"Note {rank}")
        start = time.monotonic()
        while f"/ressources/{document}" not in person.get(f"/recherche?q={WORD}{rank}").text:
            assert time.monotonic() - start < 2 * DEPOSIT_LIMIT, "the job does not read files"
            time.sleep(0.5)
        found.append(time.monotonic() - start)
    return found


def report(few, many, equality, files, waits):
    """
    :param Searched few:
    :param Searched many:
    :param list equality: as search_equality.py
    :param list files: as search_files.py
    :param list[float] waits: as ``delays``
    :return str: Markdown
    """
    head = f"""
        {len(ALL)} recherches, d'un à quatre mots, par une membre : ce que prennent, dans le serveur, la première page,
        le nombre de résultats et les extraits ; à côté, dans la même base, `search` et `search_count` de l'ORM avec
        `ilike` sur le titre et le texte des mêmes actualités, de quelque 2 800 caractères chacune. Limites :
        {number(ORM_LIMIT, 2)} de l'ORM, {P95_LIMIT} ms à 95 %, × {number(GROWTH_LIMIT, 1)} d'une taille à l'autre ;
        une page, {number(PAGE_LIMIT, 2)} du processeur de l'étalon, des suggestions, {number(SUGGESTIONS_LIMIT, 2)}.
    """
    parts = [paragraph(head)]
    parts += [f"### {one.said}\n\n{_speed(one)}\n\n{_kinds(one)}\n\n{_costs(one)}" for one in (few, many)]
    parts.append(f"### De l'une à l'autre\n\n{_growth(few, many)}")
    parts.append(f"### Ce qui est trouvé, et ce qui peut l'être\n\n{_equality(equality)}")
    parts.append(f"### Fichiers\n\n{_files(files, waits)}")
    return "\n\n".join(parts)


def _p95(values):
    return statistics.quantiles(values, n=20)[18]


def _speed(one):
    ours, orm = ([found[side] for found in one.compared] for side in ("ours", "orm"))
    ratio = statistics.median(ours) / statistics.median(orm)
    worst = max(found["ours"] / found["orm"] for found in one.compared)
    row = [
        number(statistics.median(one.ours), 1),
        over(_p95(one.ours), P95_LIMIT, 0),
        number(statistics.median(orm)),
        over(ratio, ORM_LIMIT, 3),
        number(worst, 3),
    ]
    columns = ["ms p50", "ms p95", f"ORM : ms p50 ({len(orm)} recherches)", "rapport des p50", "le pire rapport"]
    return table(columns, [row])


def _kinds(one):
    by_words, rows = {found["words"]: found for found in one.found}, []
    for label, some in QUERIES.items():
        found = [by_words[words] for words in some]
        times = [each["ours"] for each in found]
        totals = sorted(each["total"] for each in found)
        spread = f"{number(totals[0])} à {number(totals[-1])}"
        rows.append([label, number(statistics.median(times), 1), number(max(times), 1), spread])
    return table(["Recherche", "ms p50", "ms au plus", "résultats"], rows)


def _costs(one):
    limits = {"Résultats": PAGE_LIMIT, "Suggestions": SUGGESTIONS_LIMIT}
    rows = []
    for label, turns in one.pages.items():
        waits = [wait for turn in turns for wait in turn.waits]
        rows.append(
            [
                label,
                number(statistics.median(turn.cpu for turn in turns), 1),
                number(statistics.median(turn.sql for turn in turns), 1),
                over(one.ratio(label), limits.get(label)),
                f"{number(statistics.median(waits))} / {number(_p95(waits))}",
            ]
        )
    return table(["Par dix membres à la fois", "ms CPU", "dont PostgreSQL", "rapport à l'étalon", "ms p50 / p95"], rows)


def _growth(few, many):
    times = statistics.median(many.ours) / statistics.median(few.ours)
    rows = [["Dans le serveur, p50", over(times, GROWTH_LIMIT)]]
    for label in ("Résultats", "Suggestions"):
        rows.append(
            [f"{label}, processeur rapporté à l'étalon", over(many.ratio(label) / few.ratio(label), GROWTH_LIMIT)]
        )
    return table(["", "×"], rows)


def _equality(equality):
    said = """
        Des recherches tirées au sort dans les textes ; ce que la recherche trouve, à côté de ce qui a les mots, quel
        qu'en soit le lecteur, puis filtré par `search([("id", "in", …)])` de chaque modèle.
    """
    rows = [
        [who, *(number(value) for value in values[:2]), *(over(value, 0, 0) for value in values[2:])]
        for who, *values in equality
    ]
    columns = ["Qui", "recherches", "résultats", "trouvés à tort", "manquants"]
    return f"{paragraph(said)}\n\n{table(columns, rows)}"


def _files(files, waits):
    count, seconds, more, most, reader, states = files
    read = ", ".join(f"{number(many)} « {state} »" for state, many in states.items())
    lines = [
        f"{number(count)} fichiers de toutes sortes, lus et indexés par un seul processus :"
        f" {over(seconds, FILES_LIMIT, 0)} s. Il y prend {number(more)} Mo de plus, {number(most)} en tout ; celui qui"
        f" lit chaque fichier, {number(reader)} Mo au plus. États : {read}.",
        f"Après un dépôt, les mots d'un fichier sont trouvés au bout de {over(max(waits), DEPOSIT_LIMIT, 1)} s au plus,"
        f" en {len(waits)} essais.",
    ]
    return "\n\n".join(map(paragraph, lines))
