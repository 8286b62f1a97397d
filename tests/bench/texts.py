"""What reading the texts of files costs, and what is found in them."""

import itertools
import pathlib
import resource
import statistics
import tempfile
import time

import extraction
from production.stack import LOCAL
from texts import made, test_hostile

from .report import number, paragraph, table

TIMES = 5
FILES = 1_000
REAL = LOCAL / "documents/usr/share/debian-reference/debian-reference.fr.pdf"
# Words found in the same documents by other libraries, counted once on 2026-11-30: kreuzberg 4.10.4, xberg 1.3.9,
# odfpy 1.4.1, python-docx 1.2.0, antiword 0.37, striprtf 0.0.35, python-calamine 0.9.1, openpyxl 3.1.5, xlrd 2.0.2,
# pypdfium2 5.15.2 without comments, office_oxide 0.1.15 alone. A star: with what a tracked change has deleted.
OTHERS = {
    "compte.odt": "kreuzberg 14, xberg 15, odfpy 17*",
    "compte.docx": "kreuzberg 14, xberg 15, python-docx 13",
    "compte.doc": "kreuzberg 11*, xberg 14*, antiword 14*",
    "compte.rtf": "kreuzberg 13*, xberg 14*, striprtf 11*",
    "compte.pdf": "kreuzberg 16*, xberg 16*, pypdfium2 seul 16*",
    "budget.ods": "kreuzberg 8, xberg 8, odfpy 9, calamine 8",
    "budget.xlsx": "kreuzberg 8, xberg 8, openpyxl 11, calamine 8",
    "budget.xls": "kreuzberg 8, xberg 8, xlrd 7, calamine 8",
    "expose.odp": "kreuzberg 0, xberg 5, odfpy 7",
    "expose.pptx": "kreuzberg 6, xberg 6, office_oxide 6",
    "expose.ppt": "kreuzberg 5, xberg 4",
}


def report():
    """:return str: what is found, how fast, and what hostile files cost, in Markdown"""
    with tempfile.TemporaryDirectory() as folder:
        paths = _written(pathlib.Path(folder))
        rows = [_row(path) for path in paths]
        mixed = itertools.islice(itertools.cycle([*paths, REAL]), FILES)
        start = time.monotonic()
        for path in mixed:
            _extracted(path)
        seconds = time.monotonic() - start
        worst, memory, count = _hostile(pathlib.Path(folder) / "hostile")
    head = paragraph(
        "Mots trouvés, parmi ceux que le document a un par endroit : corps, tableaux, cadres, noms de feuilles,"
        " en-tête, pied, notes, commentaires. « * » : avec celui qui a été supprimé en suivi des modifications, qu'il"
        " ne faut pas trouver ; le PDF, lui, l'imprime."
    )
    columns = ["Document", "trouvés", "pages", "ms", "d'autres, sur le même document"]
    mixture = paragraph(
        f"{number(FILES)} fichiers mêlés, l'un après l'autre, dont un sur {len(paths) + 1} est un PDF de 265 pages :"
        f" {number(seconds)} s."
    )
    hostile = paragraph(
        f"{count} fichiers hostiles, refusés ou coupés : {number(worst, 1)} s de processeur au plus pour un fichier, et"
        f" {number(memory)} Mo de mémoire, dans son processus."
    )
    return f"{head}\n\n{table(columns, rows)}\n\n{mixture}\n\n{hostile}"


def _written(folder):
    """:return list[Path]: the documents, uncompressed"""
    paths = [folder / name for name in OTHERS]
    for path in paths:
        path.write_bytes(made.document(path.name))
    return paths


def _extracted(path):
    return extraction.extract(path, made.TYPES[path.suffix[1:]], path.name)


def _row(path):
    """:return list[str]: what is found in a document, and how fast"""
    durations = []
    for _ in range(TIMES):
        start = time.monotonic()
        found = _extracted(path)
        durations.append(1000 * (time.monotonic() - start))
    text, words = " ".join(found.pages), made.WORDS[path.stem]
    seen = sum(word in text for word in words)
    deleted = "*" if made.DELETED in text else ""
    return [
        path.suffix[1:].upper(),
        f"{seen}{deleted} sur {len(words)}",
        str(len(found.pages)),
        number(statistics.median(durations)),
        OTHERS[path.name],
    ]


def _hostile(path):
    """
    :param Path path: where to write the files
    :return tuple[float, float, int]: seconds of processor of the slowest, megabytes of the largest, how many they are
    """
    files, worst = {**test_hostile.REFUSED, **test_hostile.CUT}, 0
    for name, content in files.values():
        path.write_bytes(content())
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        extraction.extract(path, made.TYPES[name.rpartition(".")[2]], name)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        worst = max(worst, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return worst, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, len(files)
