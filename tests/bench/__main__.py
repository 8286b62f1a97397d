"""make bench: see docs/mesures.md, which this writes."""

import base64
import shutil
import sys
import time
from functools import partial

import chromium
from production.person import Person
from production.stack import LOCAL, Cluster, Stack, empty_folder, run

from . import downloads, forum, login, paste, relevance, search, subscribers, texts, zooming
from .browser import visits
from .load import CLIENTS, Load
from .report import number, table, write_section
from .shell import inside

CLUSTER = Cluster("bench")
SIZES = (100, 50_000)
DISCUSSIONS = (2_000, 20_000)
SEARCHED = (10_000, 100_000)
NEWS = ("news_1000", "news_10000")
AGENDA = ("agenda_1000", "agenda_10000")
# By section, the templates that are not those of all.
TEMPLATES = {"news": NEWS, "agenda": AGENDA, "directory": (100, "directory")}
STOCK = "/test/page-de-reference"
# One of each kind of reader, and their copies: several organisations, networks and territories.
READERS = ["alice", "bruno", "chloe", "david", "emma", "1.alice", "2.bruno", "3.chloe", "4.david", "5.emma"]
assert len(READERS) == CLIENTS

PAGES = {
    "accueil": {"/": "Accueil"},
    "library": {
        "/ressources": "Bibliothèque",
        "/ressources?page=2": "Bibliothèque, page 2",
        "/ressources?page=100": "Bibliothèque, page 100",
        "/ressources?tri=title": "Par titre",
        "/ressources?tri=use": "Par usage",
        "/ressources?theme={theme}&type={category}": "D'un thème et d'un type",
        "/ressources?dossier={folder}": "Un dossier",
        "/ressources?dossier={largest}": "Le plus gros dossier",
        # There are not so many: the last one is shown.
        "/ressources?dossier={largest}&page=9999": "Le plus gros dossier, dernière page",
        "/ressources/nouveautes": "Nouveautés",
        "/ressources/favoris": "Favoris",
        "/ressources/{document}": "Un document",
        "/ressources/depot": "Dépôt",
    },
    "news": {
        "/actualites": "Fil",
        "/actualites?page=2": "Fil, page 2",
        "/actualites?type={type}": "Fil, d'un type",
        "/actualites/archives": "Archives",
        "/actualites/archives?page=100": "Archives, page 100",
        "/actualites/{news}": "Une actualité",
        "/actualites/publier": "Publier",
        "/": "Accueil",
        "/forum": "Forum",
        "/ressources": "Bibliothèque",
    },
    "agenda": {
        "/agenda": "Mois, et liste d'un téléphone",
        "/agenda?vue=semaine": "Semaine",
        "/agenda?vue=liste": "Liste",
        "/agenda?vue=liste&page=50": "Liste, page 50",
        "/agenda?quoi=passees&page=50": "Passés, page 50",
        "/": "Accueil",
        "/actualites": "Fil",
    },
    "directory": {
        "/annuaire": "Annuaire",
        "/annuaire?page=50": "Annuaire, page 50",
        "/annuaire?tri=structure": "Par structure",
        "/annuaire?aide={theme}": "Qui peut aider",
        "/annuaire?q=guil+mor": "Recherche",
        "/annuaire/structures": "Structures",
        "/annuaire/suggestions?q=guil": "Suggestions",
        "/annuaire/suggestions?q=chadouillou": "Suggestions, avec une faute",
        "/annuaire/{person}": "Une personne",
        "/annuaire/structures/{organisation}": "Une structure",
        "/carte": "Carte",
        "/carte/points": "Points de la carte",
    },
}
TITLES = {
    "login": "Qui a un compte ?",
    "accueil": "Accueil",
    "library": "Bibliothèque",
    "forum": "Forum, à côté de celui d'Odoo",
    "paste": "Coller un document Word",
    "downloads": "Téléchargements",
    "news": "Actualités",
    "agenda": "Agenda",
    "directory": "Annuaire et carte",
    "map": "Carte, dans le navigateur",
    "browser": "Dans le navigateur",
    "import": "Import",
    "texts": "Texte des fichiers",
    "search": "Recherche",
    "relevance": "Pertinence de la recherche",
}
IMPORTED = 1_000


def prepared(name, made_from="bench_base", **options):
    """
    :param int | str name: of the template: how many files it has, or what it is
    :param str made_from: the database whose filestore it has
    :param options: of Stack
    :return Stack: the platform on a copy of this template
    """
    database = f"bench_{name}_run"
    CLUSTER.sql(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
    CLUSTER.sql(f"CREATE DATABASE {database} TEMPLATE bench_{name}")
    stack = Stack(CLUSTER, database, empty_folder(LOCAL / "bench" / str(name)), **options)
    filestore = stack.data_dir / "filestore"
    shutil.rmtree(filestore / database, ignore_errors=True)
    run("cp", "-al", str(filestore / made_from), str(filestore / database))
    return stack


def tireless(stack):
    """:return Stack: the same, not started yet, where people write more than anybody does in a day"""
    for kind in ("question", "answer"):
        CLUSTER.sql(
            f"INSERT INTO ir_config_parameter (key, value) VALUES ('collab_reseaux.daily_{kind}', '100000')"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            stack.database,
        )
    return stack


def sizes(stack):
    """:return str: what the database holds, counted in it"""
    query = (
        "SELECT (SELECT count(*) FROM dms_file WHERE active), (SELECT count(DISTINCT directory_id) FROM dms_file),"
        " (SELECT count(*) FROM res_users WHERE active AND share),"
        " (SELECT count(*) FROM res_partner WHERE is_company AND active AND parent_id IS NULL),"
        " (SELECT count(*) FROM collab_news WHERE active), (SELECT count(*) FROM calendar_event WHERE active)"
    )
    [counts] = CLUSTER.sql(query, stack.database)
    files, folders, members, organisations, news, dates = (number(int(value)) for value in counts)
    said = f"{files} documents dans {folders} dossiers, {members} comptes de membres, {organisations} structures"
    return f"{said}, {news} actualités, {dates} rendez-vous"


def paths(stack, pages):
    """:return dict[str, str]: the addresses of pages, with folders, a document and a news item that everyone reads"""
    [found] = CLUSTER.sql(
        "WITH largest AS (SELECT d.* FROM dms_file f JOIN dms_directory d ON d.id = f.directory_id"
        " WHERE f.active GROUP BY d.id ORDER BY count(*) DESC, d.id LIMIT 1)"
        " SELECT l.id, d.id, f.id, f.theme_id, f.category_id FROM largest l, collab_audience a, dms_file f"
        " JOIN dms_directory d ON d.id = f.directory_id"
        " WHERE f.active AND a.key = '|' AND f.audience_id = a.id AND d.audience_id = a.id"
        " AND f.theme_id IS NOT NULL AND f.category_id IS NOT NULL AND NOT starts_with(l.parent_path, d.parent_path)"
        " ORDER BY length(d.parent_path), f.id LIMIT 1",
        stack.database,
    )
    values = dict(zip(("largest", "folder", "document", "theme", "category"), found, strict=True))
    [item] = CLUSTER.sql(
        "SELECT n.id, n.type_id FROM collab_news n JOIN collab_audience a ON a.id = n.audience_id"
        " WHERE a.key = '|' AND n.active AND n.is_shown ORDER BY n.content_date DESC LIMIT 1",
        stack.database,
    )
    values |= dict(zip(("news", "type"), item, strict=True))
    [person] = CLUSTER.sql(
        "SELECT p.id, p.parent_id FROM res_users u JOIN res_partner p ON p.id = u.partner_id WHERE u.login ~ '^chloe@'",
        stack.database,
    )
    values |= dict(zip(("person", "organisation"), person, strict=True))
    return {path.format(**values): label for path, label in pages.items()}


def measure_pages(section):
    parts, growth, templates = [], {}, TEMPLATES.get(section, SIZES)
    for template in templates:
        with prepared(template) as stack:
            pages = {STOCK: "Étalon", **paths(stack, PAGES[section])}
            costs = Load(stack, READERS).measure(STOCK, list(pages)[1:])
            rows = []
            for path, cost in costs.items():
                growth.setdefault(pages[path], []).append(cost)
                low, high = cost.ratios
                rows.append(
                    [
                        pages[path],
                        number(cost.cpu, 1),
                        f"**{number(cost.ratio, 2)}** ({number(low, 2)} à {number(high, 2)})",
                        str(cost.queries),
                        number(cost.body / 1000, 1),
                        number(cost.wire / 1000, 1),
                        f"{number(cost.p50)} / {number(cost.p95)}",
                    ]
                )
            columns = ["Page", "ms CPU", "rapport à l'étalon", "requêtes SQL", "ko", "ko compressés", "ms p50 / p95"]
            parts.append(f"### {sizes(stack)}\n\n{table(columns, rows)}")
            if section == "agenda":
                parts.append(subscribers.report(stack, READERS, STOCK))
    rows = [
        [label, number(many.ratio / few.ratio, 2), f"{few.queries} → {many.queries}"]
        for label, (few, many) in growth.items()
    ]
    parts.append("### De la plus petite base à la plus grande\n\n" + table(["Page", "× CPU", "requêtes SQL"], rows))
    write_section(section, TITLES[section], "\n\n".join(parts))


def measure_browser():
    with prepared(SIZES[-1]) as stack:
        pages = {STOCK: "Étalon", "/": "Accueil", **paths(stack, PAGES["library"])}
        alice = Person(stack, "alice")
        for path in pages:
            alice.get(path)  # the server is warm: the browser alone is cold
        found = visits(stack, alice, list(pages), chromium.EXECUTABLE, chromium.ARGUMENTS)
        rows = [
            [
                pages[path],
                *(
                    cell
                    for visit in pair
                    for cell in (number(visit.requests), number(visit.kilobytes), number(visit.lcp))
                ),
            ]
            for path, pair in found.items()
        ]
        columns = ["Page", "requêtes", "ko", "LCP ms", "puis : requêtes", "ko", "LCP ms"]
        body = f"### {sizes(stack)}\n\nChromium, cache vide, puis la même page encore.\n\n"
        write_section("browser", TITLES["browser"], body + table(columns, rows))


def measure_map():
    with prepared(TEMPLATES["directory"][-1]) as stack:
        alice = Person(stack, "alice")
        alice.get("/carte")  # the server is warm: the browser alone is cold
        pins, ready, frame = zooming.measured(stack, alice, chromium.EXECUTABLE, chromium.ARGUMENTS)
        columns = ["Structures sur la carte", "utilisable après, ms", "l'image la plus longue en zoomant, ms"]
        body = f"### {sizes(stack)}\n\nChromium, cache vide.\n\n"
        write_section("map", TITLES["map"], body + table(columns, [[number(pins), number(ready), number(frame)]]))


def measure_downloads():
    with prepared(SIZES[-1]) as stack:
        made = downloads.deposited(stack, READERS[0])
        parts = [f"### {sizes(stack)}", downloads.documents(stack, READERS, made)]
        parts.append(downloads.archive(stack, READERS[0], made[0]))
        write_section("downloads", TITLES["downloads"], "\n\n".join(parts))


def measure_login():
    # The links are not sent meanwhile.
    with prepared(SIZES[0], environ={"ODOO_MAX_CRON_THREADS": "0"}) as stack:
        write_section("login", TITLES["login"], login.report(stack))


def measure_forum():
    found = []
    for discussions in DISCUSSIONS:
        # Jobs and mails are apart, on both sides; and Odoo's own is without what we load beside it.
        quiet = {"ODOO_MAX_CRON_THREADS": "0"}
        with (
            tireless(prepared(f"forum_{discussions}", environ=quiet)) as ours,
            prepared(
                f"stock_{discussions}", "bench_stock_base", environ={**quiet, "ODOO_SERVER_WIDE_MODULES": "base,web"}
            ) as stock,
        ):
            [counts] = CLUSTER.sql(
                "SELECT count(*) FILTER (WHERE parent_id IS NULL), count(parent_id),"
                " (SELECT count(*) FROM collab_forum_comment), (SELECT count(*) FROM forum_forum),"
                " (SELECT count(*) FROM res_users WHERE active AND share) FROM forum_post",
                ours.database,
            )
            posts, answers, comments, themes, members = (number(int(value)) for value in counts)
            said = f"{posts} discussions, {answers} réponses, {comments} commentaires, {themes} thèmes,"
            said += f" {members} comptes de membres"
            found.append(forum.measured(ours, stock, READERS, said))
    write_section("forum", TITLES["forum"], forum.report(*found))


def measure_paste():
    with tireless(prepared(SIZES[0], environ={"ODOO_MAX_CRON_THREADS": "0"})) as stack:
        write_section("paste", TITLES["paste"], paste.report(stack, READERS, STOCK))


def measure_search():
    found = []
    for news in SEARCHED:
        with prepared(f"search_{news}", environ={"ODOO_MAX_CRON_THREADS": "0"}) as stack:
            found.append(search.measured(stack, sizes(stack), f"bench_search_{news}", READERS, STOCK))
    equality = inside("search_equality", f"bench_search_{SEARCHED[0]}")
    files = inside("search_files", prepared(SIZES[0]).database)
    with prepared(SIZES[0]) as stack:
        waits = search.delays(stack, READERS[0])
    write_section("search", TITLES["search"], search.report(*found, equality, files, waits))


def people_file(job):
    """:return str: a table of people, one in seven with the address of a new organisation; CSV in base64"""
    head = "Structure;Code postal;Ville;Réseaux;Prénom;Nom;Adresse électronique;Fonction"
    communes = CLUSTER.sql("SELECT split_part(postal_codes, ' ', 1), name FROM collab_commune LIMIT 150", "bench_100")
    rows = [head]
    for rank in range(IMPORTED):
        house = rank // 7
        zip_code, city = communes[house]
        where = f"{zip_code};{city};FNARS" if rank % 7 == 0 else ";;"
        rows.append(f"Structure {house};{where};Prénom{rank};Nom{rank};p{rank}@import.example;{job}")
    return base64.b64encode("\n".join(rows).encode()).decode()


def measure_import():
    with prepared(SIZES[0]) as stack:
        admin = Person(stack, "admin")
        rows = []
        for label, job in (
            ("Tout est nouveau", "Éducatrice"),
            ("Rien n'a changé", "Éducatrice"),
            ("Une fonction change par ligne", "Cheffe"),
        ):
            [record] = admin.call("collab.import", "create", [{"file": people_file(job), "filename": "x.csv"}])
            durations = []
            for method in ("action_check", "action_import"):
                start = time.monotonic()
                admin.call("collab.import", method, [record])
                durations.append(number(time.monotonic() - start, 1))
            [[read]] = [admin.call("collab.import", "read", [record], ["summary"])]
            rows.append([label, *durations, read["summary"]])
        columns = ["Fichier", "vérifier, s", "importer, s", "résultat"]
        body = f"### {sizes(stack)}, après {number(IMPORTED)} lignes\n\n"
        write_section("import", TITLES["import"], body + table(columns, rows))


def measure_texts():
    write_section("texts", TITLES["texts"], texts.report())


def measure_relevance():
    write_section("relevance", TITLES["relevance"], relevance.report())


# The other sections are pages.
MEASURES = {
    **{"browser": measure_browser, "map": measure_map, "login": measure_login, "downloads": measure_downloads},
    **{"forum": measure_forum, "paste": measure_paste, "import": measure_import, "texts": measure_texts},
    **{"search": measure_search, "relevance": measure_relevance},
}


def main(wanted):
    sections = wanted or list(TITLES)
    unknown = set(sections) - set(TITLES)
    if unknown:
        sys.exit(f"Sections : {', '.join(TITLES)}")
    for section in sections:
        sys.stdout.write(f"  {section}\n")
        sys.stdout.flush()
        measure = MEASURES.get(section) or partial(measure_pages, section)
        measure()


main(sys.argv[1:])
