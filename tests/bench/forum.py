"""The forum beside that of Odoo, ``website_forum`` alone, with the same discussions, in the same run."""

import itertools
import re
import statistics
from typing import NamedTuple

from production.person import Person

from .load import ROUNDS, Load
from .report import number, over, paragraph, table

# Of the CPU of Odoo's own, to within 10 %.
LIST_LIMIT, DISCUSSION_LIMIT, WRITE_LIMIT = 0.16, 0.25, 0.5
TOLERANCE = 1.1
EMPTY_LIMIT = 0.35  # an empty page of ours, to one of Odoo's in its own base
GROWTH_LIMIT = 1.25
# Odoo's pages take ten times longer: each member asks for them less often.
STOCK_REQUESTS = 5
OUR_REQUESTS = 10
# Measured once, elsewhere, on the same operations: CPU of NodeBB 4.10 to that of website_forum.
NODEBB = {"Liste": 0.17, "Discussion, 10 réponses": 0.18}
CYCLE, EMPTY, STOCK_LAYOUT = "/test/deux-mots", "/test/page-vide", "/test/page-de-reference"
FLOORS = {
    CYCLE: "Le cycle d'une requête, qui répond deux mots",
    EMPTY: "Une page vide dans notre mise en page",
}
TEXT = (
    "<p>Chez nous, il a suffi d'un courrier recommandé pour débloquer la demande.</p>"
    "<p>Gardez bien l'accusé de réception, et rappelez la référente après une semaine.</p>"
)
ANSWERS = 10


class StockPerson(Person):
    """The same member, where ``website_forum`` is alone."""

    SIGN = "/web/session/logout"


class Writing:
    """What members post, each time elsewhere: it is called with the member who posts."""

    def __init__(self, pattern, paths, **data):
        """
        :param str pattern: regular expression of the paths
        :param Iterable[str] paths: where it is posted, in turn
        :param str data: the fields of the form
        """
        self.pattern, self.paths, self.data = re.compile(pattern), itertools.cycle(paths), data

    def __call__(self, person):
        return person.post(next(self.paths), **self.data)


class Operation(NamedTuple):
    label: str
    stock: str | Writing
    ours: str | Writing
    limit: float | None  # of the CPU of Odoo's own; None: for the record
    queries: int | None  # at most, of ours


class Side(NamedTuple):
    """One operation on one side, in all the rounds."""

    turns: list
    queries: int
    body: int | None

    @property
    def cpu(self):
        return statistics.median(turn.cpu for turn in self.turns)

    @property
    def sql(self):
        return statistics.median(turn.sql for turn in self.turns)

    @property
    def waits(self):
        waits = [wait for turn in self.turns for wait in turn.waits]
        return f"{number(statistics.median(waits))} / {number(statistics.quantiles(waits, n=20)[18])}"


class Forum(NamedTuple):
    """What has been measured with so many discussions."""

    said: str  # what the database holds
    operations: list[Operation]
    stock: dict[str, Side]  # by label
    ours: dict[str, Side]  # by label, with those of FLOORS
    empty: Side  # an empty page of Odoo's, in its own base

    def ratios(self, label):
        pairs = zip(self.ours[label].turns, self.stock[label].turns, strict=True)
        return sorted(ours.cpu / stock.cpu for ours, stock in pairs)

    def ratio(self, label):
        return statistics.median(self.ratios(label))

    def share(self, label):
        """:return float: CPU of ours to that of an empty page of Odoo's in the same round, to compare two runs"""
        pairs = zip(self.ours[label].turns, self.empty.turns, strict=True)
        return statistics.median(ours.cpu / floor.cpu for ours, floor in pairs)


def _operations(ours, stock, stock_person):
    """:return list[Operation]: the same ones on both sides, on discussions that all the readers read"""
    [(theme, forum, place, name)] = ours.cluster.sql(
        "SELECT f.theme_id, f.id, t.id, t.name FROM forum_post p JOIN forum_forum f ON f.id = p.forum_id"
        " JOIN collab_territory t ON t.id = p.territory_id"
        " WHERE p.parent_id IS NULL AND p.is_shown GROUP BY 1, 2, 3, 4 ORDER BY count(*) DESC LIMIT 1",
        ours.database,
    )
    [(tag,)] = stock.cluster.sql(
        f"SELECT id FROM forum_tag WHERE forum_id = {forum} AND name = $name${name}$name$", stock.database
    )
    open_to_all = ours.cluster.sql(
        "SELECT p.id, p.forum_id, p.child_count FROM forum_post p JOIN collab_audience a ON a.id = p.audience_id"
        " WHERE p.parent_id IS NULL AND p.is_shown AND p.state = 'active' AND a.key = '|' ORDER BY md5(p.id::text)",
        ours.database,
    )
    discussion, its_forum = next((post, where) for post, where, answers in open_to_all if int(answers) == ANSWERS)
    others = [(post, where) for post, where, _answers in open_to_all if post != discussion]

    def canonical(path):
        return stock_person.get(path).url.removeprefix(stock_person.url)

    listed = canonical(f"/forum/{forum}")
    unanswered = f"{listed}?filters=unanswered"
    words = {"post_name": "Qui connaît un garage solidaire ?", "titre": "Qui connaît un garage solidaire ?"}
    return [
        Operation("Liste", listed, "/forum", LIST_LIMIT, 10),
        Operation(
            "Liste d'un thème et d'un territoire",
            canonical(f"/forum/{forum}/tag/{tag}/questions"),
            f"/forum?theme={theme}&territoire={place}",
            LIST_LIMIT,
            10,
        ),
        Operation("Liste d'un thème, sans réponse", unanswered, f"/forum?theme={theme}&etat=sans-reponse", None, 10),
        Operation(
            "Discussion, 10 réponses",
            canonical(f"/forum/{its_forum}/{discussion}"),
            f"/forum/{discussion}",
            DISCUSSION_LIMIT,
            12,
        ),
        Operation(
            "Répondre",
            Writing(r"/forum/\d+/\d+/reply", [f"/forum/{where}/{post}/reply" for post, where in others], content=TEXT),
            Writing(r"/forum/\d+/repondre", [f"/forum/{post}/repondre" for post, _ in others], contenu=TEXT, riche="1"),
            WRITE_LIMIT,
            18,
        ),
        Operation(
            "Demander",
            Writing(r"/forum/\d+/new", [f"/forum/{forum}/new"], content=TEXT, post_name=words["post_name"]),
            Writing("/forum/demander", ["/forum/demander"], contenu=TEXT, riche="1", titre=words["titre"], theme=theme),
            None,
            None,
        ),
    ]


def measured(ours, stock, readers, said):
    """Measure both sides in turn, operation by operation, so that what else the machine does weighs on both. What is
    written comes after all that is read: the lists would otherwise show what the bench has just asked, which nobody has
    answered.

    :param Stack ours: the platform
    :param Stack stock: the same discussions with website_forum alone
    :param list[str] readers: logins, the same ones
    :param str said: what the database holds
    :return Forum:
    """
    loads = {"stock": Load(stack=stock, logins=readers, person=StockPerson), "ours": Load(ours, readers)}
    operations = _operations(ours, stock, loads["stock"].people[0])
    reading = next(
        operation for operation in operations if operation.label in NODEBB and "Discussion" in operation.label
    )
    for side, load in loads.items():
        for person in load.people:
            person.read_token(getattr(reading, side))
    asked = {(side, getattr(operation, side)): None for operation in operations for side in loads}
    asked |= {("ours", path): None for path in FLOORS} | {("stock", STOCK_LAYOUT): None}
    requests = {"stock": STOCK_REQUESTS, "ours": OUR_REQUESTS}
    starts, turns = {}, {key: [] for key in asked}
    for is_writing in (False, True):
        group = [(side, what) for side, what in asked if isinstance(what, Writing) == is_writing]
        for side, what in group:
            loads[side].run(what, requests[side])  # caches, and compiled templates of both workers
        starts = starts or {side: load.stack.log.stat().st_size for side, load in loads.items()}
        for _ in range(ROUNDS):
            for side, what in group:
                turns[side, what].append(loads[side].run(what, requests[side]))
    queries = {side: load.queries(starts[side]) for side, load in loads.items()}

    def whole(side, what):
        body = None
        if isinstance(what, str):
            found = queries[side][what]
            body = max(len(person.get(what).content) for person in loads[side].people)
        else:
            found = [
                count for path, counts in queries[side].items() if what.pattern.fullmatch(path) for count in counts
            ]
        return Side(turns[side, what], statistics.median_high(found), body)

    found = {key: whole(*key) for key in asked}
    sides = {
        side: {operation.label: found[side, getattr(operation, side)] for operation in operations} for side in loads
    }
    sides["ours"] |= {label: found["ours", path] for path, label in FLOORS.items()}
    return Forum(said, operations, **sides, empty=found["stock", STOCK_LAYOUT])


def _beside(forum):
    rows = []
    for operation in forum.operations:
        label = operation.label
        stock, ours = forum.stock[label], forum.ours[label]
        low, *_between, high = forum.ratios(label)
        ratio = over(forum.ratio(label), operation.limit, tolerance=TOLERANCE)
        rows.append(
            [
                label,
                number(stock.cpu, 1),
                number(ours.cpu, 1),
                f"{ratio} ({number(low, 2)} à {number(high, 2)})",
                number(operation.limit, 2) if operation.limit else "",
                f"{stock.queries} / {over(ours.queries, operation.queries, 0)}",
                f"{number(stock.body / 1000)} / {number(ours.body / 1000)}" if ours.body else "",
                stock.waits,
                ours.waits,
            ]
        )
    columns = ["Opération", "Odoo : ms CPU", "ici : ms CPU", "rapport", "limite", "requêtes SQL : Odoo / ici"]
    columns += ["ko : Odoo / ici", "Odoo : ms p50 / p95", "ici : ms p50 / p95"]
    return table(columns, rows)


def _growth(few, many):
    rows = [
        [
            operation.label,
            over(many.share(operation.label) / few.share(operation.label), GROWTH_LIMIT),
            number(many.stock[operation.label].cpu / few.stock[operation.label].cpu, 2),
            f"{few.ours[operation.label].queries} → {many.ours[operation.label].queries}",
        ]
        for operation in many.operations
    ]
    return table(["Opération", "ici : × CPU", "Odoo : × CPU", "ici : requêtes SQL"], rows)


def _parts(forum):
    rows = [
        [label, number(side.cpu, 1), number(side.cpu - side.sql, 1), number(side.sql, 1), str(side.queries)]
        for label, side in forum.ours.items()
    ]
    rows.sort(key=lambda row: row[0] not in FLOORS.values())
    theirs = forum.empty
    rows.insert(
        len(FLOORS),
        [
            "Une page vide d'Odoo, sans la plateforme",
            number(theirs.cpu, 1),
            number(theirs.cpu - theirs.sql, 1),
            number(theirs.sql, 1),
            str(theirs.queries),
        ],
    )
    empty = over(forum.share(FLOORS[EMPTY]), EMPTY_LIMIT, tolerance=TOLERANCE)
    return (
        table(["Ici", "ms CPU", "dont Odoo", "dont PostgreSQL", "requêtes SQL"], rows)
        + f"\n\nUne page vide coûte {empty} de celle d'Odoo."
    )


def _peer(forum):
    """:return str: what separates us from NodeBB"""
    cycle, empty = (forum.ours[FLOORS[path]] for path in (CYCLE, EMPTY))
    lines = []
    for label, theirs in NODEBB.items():
        ours = forum.ours[label]
        peer = theirs * forum.stock[label].cpu
        lines.append(
            f"{label} : NodeBB y tient en {number(theirs, 2)} du temps d'Odoo, soit {number(peer, 1)} ms ici ; nous, en"
            f" {number(forum.ratio(label), 2)}, {number(ours.cpu, 1)} ms. De ceux-ci, le cycle d'une requête d'Odoo"
            f" (session, porte, transaction) en prend {number(cycle.cpu, 1)}, la mise en page"
            f" {number(empty.cpu - cycle.cpu, 1)}, PostgreSQL {number(ours.sql - empty.sql, 1)} de plus pour"
            f" {ours.queries - empty.queries} requêtes, l'ORM et QWeb"
            f" {number(ours.cpu - ours.sql - (empty.cpu - empty.sql), 1)}."
        )
    why = (
        "NodeBB lit dans Redis des discussions déjà mises en forme, et les rend par des gabarits compilés en"
        " JavaScript,"
        " sans transaction. Ici chaque page demande à PostgreSQL ce que *ce* lecteur a le droit de lire (réseaux ×"
        " territoires, modération) et ce qui lui est nouveau, par l'ORM, puis QWeb la compose en Python. Un cache de"
        " pages"
        " ne servirait qu'à un lecteur à la fois. Les rapports de NodeBB ont été relevés une fois, dans une mesure à"
        " part"
        " (60 comptes, 2 000 discussions), et non dans celle-ci."
    )
    return "\n".join(paragraph(line, "- ", "  ") for line in lines) + "\n\n" + paragraph(why)


def report(few, many):
    """:return str: Markdown"""
    head = f"""
        `website_forum` d'Odoo, seul dans sa base, avec les mêmes discussions, réponses, commentaires et comptes (du
        portail) ; un thème y est un forum, un territoire une étiquette. Deux serveurs semblables, le même PostgreSQL,
        les mêmes dix membres à la fois, en alternance, opération par opération, {ROUNDS} tours. Odoo montre 10
        discussions par page, ici 20.
        Limites, à 10 % près : {number(LIST_LIMIT, 2)} du temps processeur d'Odoo pour une liste,
        {number(DISCUSSION_LIMIT, 2)} pour une discussion, {number(WRITE_LIMIT, 2)} pour répondre,
        {number(EMPTY_LIMIT, 2)} pour une page vide ; et × {number(GROWTH_LIMIT, 2)} (la précision de la mesure) d'une
        taille à l'autre, rapporté à une page vide d'Odoo. Les limites de requêtes sont celles de `test_page_cost.py`.
        Ce qui s'écrit vient après ce qui se lit. Écrire s'entend sans les envois, que font des tâches de fond, arrêtées
        des deux côtés : ceux qui suivent (dans Odoo, l'auteur de la question) entrent dans la boîte d'envoi.
    """
    parts = [paragraph(head)]
    parts += [f"### {forum.said}\n\n{_beside(forum)}" for forum in (few, many)]
    parts.append(f"### De l'une à l'autre\n\n{_growth(few, many)}")
    parts.append(f"### Ce qui nous sépare de NodeBB\n\n{_parts(many)}\n\n{_peer(many)}")
    return "\n\n".join(parts)
