"""What it costs to hand documents over: one at a time, then a folder at once."""

import statistics
import time
import zipfile

import psutil
from production.person import Person
from production.stack import LOCAL, forget_peak, peak

from .load import Load, cpu_seconds
from .report import number, table

SHARE = LOCAL / "documents/usr/share"
# Documents that nobody here wrote, of the weight of those that members share.
GUIDES = [
    SHARE / "debian-reference/debian-reference.fr.pdf",
    SHARE / "doc/debian-edu-doc-fr/debian-edu-bookworm-manual.pdf",
]
OURS, STOCK = "/ressources/{}/telecharger", "/test/telechargement-de-reference/{}"
ZIP, ZIP_DOCUMENTS, ZIP_TURNS = "/ressources/zip?dossier={}", 500, 3
CONTENT = "res_model = 'dms.file' AND res_field = 'content_file' AND res_id"
PIECE = 64 * 1024


def deposited(stack, login):
    """:return list[int]: a document for each of GUIDES, addressed to everyone"""
    author = Person(stack, login)
    author.open_deposit()
    return [author.deposit_file(guide.name, guide.read_bytes(), guide.stem) for guide in GUIDES]


def documents(stack, readers, documents):
    """Compare a download with that of core, which hands the file over to the proxy too, and notes nothing.

    :param list[int] documents: as ``deposited`` gives them
    :return str: Markdown
    """
    load, with_proxy = Load(stack, readers), Load(stack, readers, proxy=True)
    rows = []
    for guide, document in zip(GUIDES, documents, strict=True):
        stock, ours = STOCK.format(document), OURS.format(document)
        costs, all_costs = load.measure(stock, [ours]), with_proxy.measure(stock, [ours])
        size = guide.stat().st_size
        assert [cost.body for cost in costs.values()] == [size, size], "what was sent is not the document"
        low, high = costs[ours].ratios
        rows.append(
            [
                f"PDF de {number(size / 1_000_000, 1)} Mo",
                number(costs[stock].cpu, 1),
                number(costs[ours].cpu, 1),
                f"**{number(costs[ours].ratio, 2)}** ({number(low, 2)} à {number(high, 2)})",
                f"{number(all_costs[stock].cpu, 1)} / {number(all_costs[ours].cpu, 1)}",
                f"{number(all_costs[ours].ratio, 2)}",
                f"{costs[stock].queries} / {costs[ours].queries}",
                f"{number(costs[stock].p50)} / {number(costs[stock].p95)}",
                f"{number(costs[ours].p50)} / {number(costs[ours].p95)}",
            ]
        )
    columns = ["Document", "Odoo : ms CPU", "ici : ms CPU", "rapport", "avec nginx : Odoo / ici", "rapport avec nginx"]
    columns += ["requêtes SQL : Odoo / ici"]
    columns += ["Odoo : ms p50 / p95", "ici : ms p50 / p95"]
    return (
        "Un document, à travers nginx. Le travail d'Odoo et de PostgreSQL, comme pour les pages ; puis avec celui de\n"
        "nginx, où pèse le chiffrement (TLS), le même des deux côtés. L'étalon est `/web/content` d'Odoo,\n"
        f"pour le même document et les mêmes membres ; limite : 1,00.\n\n{table(columns, rows)}"
    )


def _heavy_folder(stack, model):
    """Fill a folder with documents that everyone reads, each with the content of another.

    :param int model: the document whose content they take
    :return int: the folder, where nothing else lies
    """
    [(folder,)] = stack.cluster.sql(
        "SELECT d.id FROM dms_directory d JOIN collab_audience a ON a.id = d.audience_id AND a.key = '|'"
        " JOIN dms_file f ON f.directory_id = d.id ORDER BY length(d.parent_path) DESC, d.id DESC LIMIT 1",
        stack.database,
    )
    stack.cluster.sql(
        f"UPDATE dms_file SET directory_id = (SELECT directory_id FROM dms_file WHERE id = {model})"
        f" WHERE directory_id = {folder};"
        f" UPDATE dms_file SET directory_id = {folder} WHERE id IN (SELECT f.id FROM dms_file f JOIN collab_audience a"
        f" ON a.id = f.audience_id AND a.key = '|' WHERE f.active AND f.id != {model} LIMIT {ZIP_DOCUMENTS});"
        f" UPDATE dms_file f SET size = m.size FROM dms_file m WHERE m.id = {model} AND f.directory_id = {folder};"
        f" UPDATE ir_attachment a SET (store_fname, checksum, file_size, mimetype) = (SELECT store_fname, checksum,"
        f" file_size, mimetype FROM ir_attachment WHERE {CONTENT} = {model})"
        f" WHERE {CONTENT} IN (SELECT id FROM dms_file WHERE directory_id = {folder});"
        " INSERT INTO collab_change (res_model) VALUES ('dms.file')",
        stack.database,
    )
    return int(folder)


def archive(stack, login, model):
    """Ask for a whole folder, as a ZIP.

    :param str login: who asks for it
    :param int model: a document, whose content all those of the folder have
    :return str: Markdown
    """
    path = ZIP.format(_heavy_folder(stack, model))
    reader = Person(stack, login)
    title = f"Un dossier de {number(ZIP_DOCUMENTS)} documents"
    with reader.get(path, stream=True) as answer:
        if answer.status_code != 200:
            return f"{title} : **rien à mesurer, `{path}` répond {answer.status_code}.**"
    turns = [_archived(stack, reader, path) for _ in range(ZIP_TURNS)]
    first, whole, cpu, memory, size = (statistics.median(values) for values in zip(*turns, strict=True))
    columns = [title, "ms jusqu'au premier octet", "ms en tout", "ms CPU", "Mo de mémoire en plus"]
    row = [f"ZIP de {number(size / 1e6)} Mo", *(number(value) for value in (first, whole, cpu)), number(memory / 1e6)]
    return f"Par un membre, à travers nginx ; médiane de {ZIP_TURNS}.\n\n{table(columns, [row])}"


def _archived(stack, reader, path):
    """:return tuple: ms to the first byte, in all, and of CPU; bytes of memory that a worker took, and of the ZIP"""
    workers = stack.workers()
    roots = [psutil.Process(pid) for pid in (stack.odoo.pid, stack.cluster.pid, stack.nginx.pid)]
    received = stack.folder / "folder.zip"
    before = [worker.memory_info().rss for worker in workers]
    for worker in workers:
        forget_peak(worker)
    spent, start, first = cpu_seconds(*roots), time.monotonic(), None
    with reader.get(path, stream=True) as answer, received.open("wb") as target:
        for piece in answer.iter_content(PIECE):
            first = first or time.monotonic()
            target.write(piece)
    end = time.monotonic()
    spent = cpu_seconds(*roots) - spent
    memory = max(peak(worker) - rss for worker, rss in zip(workers, before, strict=True))
    with zipfile.ZipFile(received) as content:
        assert sum(not info.is_dir() for info in content.infolist()) == ZIP_DOCUMENTS, "documents are missing"
    size = received.stat().st_size
    received.unlink()
    return (first - start) * 1000, (end - start) * 1000, spent * 1000, memory, size
