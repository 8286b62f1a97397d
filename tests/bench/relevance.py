"""What the search finds of what it should, by kind of query and by half; and what that of Odoo's websites finds."""

import statistics
from typing import NamedTuple

from relevance.judge import HALVES, KINDS

from .report import OVER, number, over, paragraph, table
from .shell import inside

F1_LIMIT = 0.95
FROZEN, TUNED = HALVES
HALF_NAMES = {FROZEN: "gelée", TUNED: "réglée"}
# None of these is without its document.
SURE = ("plural", "accent", "typo_one")
KIND_NAMES = {
    **{"plural": "singulier, pluriel", "stemming": "mots d'une famille", "accent": "accents", "ligature": "ligatures"},
    **{"apostrophe": "apostrophes", "hyphen": "traits d'union", "typo_one": "une faute de frappe"},
    **{"typo_several": "plusieurs fautes", "acronym": "sigles", "stop_word": "mots courants", "phrase": "phrases"},
    **{"exclusion": "mot exclu", "file_name": "nom de fichier", "several_words": "plusieurs mots"},
}
assert KIND_NAMES.keys() == set(KINDS)
STOCK = {"ODOO_SERVER_WIDE_MODULES": "base,web"}


class Score(NamedTuple):
    """Means of some queries."""

    precision: float
    recall: float
    f1: float
    empty: int  # how many find nothing
    lost: int  # how many find nothing right


def _score(counted):
    """
    :param list[tuple[int, int, int]] counted: for each query, how many documents it finds that are right, how many it
        finds, how many are right
    :return Score: a query that finds nothing has no precision
    """
    precisions = [right / found if found else 0 for right, found, _all in counted]
    recalls = [right / every for right, _found, every in counted]
    f1 = [2 * right / (found + every) for right, found, every in counted]
    return Score(
        *map(statistics.mean, (precisions, recalls, f1)),
        sum(not found for _right, found, _all in counted),
        sum(not right for right, _found, _all in counted),
    )


def _scores(counted):
    """:return dict[tuple[str, str | None], Score]: by half and kind; None: all kinds"""
    by_kind = {}
    for half, kind, *numbers in counted:
        for key in (kind, None):
            by_kind.setdefault((half, key), []).append(numbers)
    return {key: _score(some) for key, some in by_kind.items()}


def report():
    """:return str: Markdown"""
    ours = _scores(inside("relevance_inside", "bench_relevance"))
    beside = {
        "Ici": ours,
        "Odoo, avec `unaccent`": _scores(inside("relevance_stock_inside", "bench_relevance_stock", **STOCK)),
        "Odoo, sans": _scores(inside("relevance_stock_inside", "bench_relevance_plain", **STOCK)),
    }
    head = f"""
        Les documents et les recherches de `tests/relevance`, où l'on a jugé avant de chercher. Ici, ceux qui sont des
        fichiers sont déposés, les autres publiés, indexés comme le fait la plateforme, et cherchés par une
        administratrice ; à côté, les mêmes textes dans des discussions de `website_forum`, par la recherche des sites
        d'Odoo (`/website/search`, 500 résultats au plus). Chaque figure est la moyenne de celles des recherches ; une
        recherche sans résultat compte pour zéro. Limite : F1 de {number(F1_LIMIT, 2)} sur la moitié gelée.
    """
    fall = ours[TUNED, None].f1 - ours[FROZEN, None].f1
    lost = sum(ours[half, kind].lost for half in HALVES for kind in SURE)
    said = f"""
        De la moitié réglée à la moitié gelée, F1 perd {number(fall, 3)}. Recherches d'un singulier ou d'un pluriel, à
        un accent ou à une faute près, qui ne trouvent aucun de leurs documents : {over(lost, 0, 0)}.
    """
    return "\n\n".join([paragraph(head), _sides(beside), paragraph(said), _by_kind(ours)])


def _sides(beside):
    rows = []
    for label, scores in beside.items():
        for half in HALVES:
            one = scores[half, None]
            wrong = label == "Ici" and half == FROZEN and one.f1 < F1_LIMIT
            f1 = f"**{number(one.f1, 3)}**" + (f" : **{OVER}**" if wrong else "")
            rows.append(
                [
                    f"{label}, moitié {HALF_NAMES[half]}",
                    number(one.precision, 3),
                    number(one.recall, 3),
                    f1,
                    str(one.empty),
                    str(one.lost),
                ]
            )
    return table(["", "précision", "rappel", "F1", "sans résultat", "sans bon résultat"], rows)


def _by_kind(scores):
    rows = []
    for kind in KINDS:
        pairs = [scores[half, kind] for half in (TUNED, FROZEN)]
        cells = [number(getattr(one, name), 2) for one in pairs for name in ("precision", "recall", "f1")]
        rows.append([KIND_NAMES[kind], *cells, f"{pairs[0].lost} / {pairs[1].lost}"])
    columns = ["Sorte", *(f"{half} : {name}" for half in ("réglée", "gelée") for name in ("P", "R", "F1"))]
    return table([*columns, "sans bon résultat"], rows)
