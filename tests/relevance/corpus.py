"""What the queries are asked of: fiches of service-public.fr, which nobody here wrote, and what members might write."""

import json
import pathlib
import tomllib
from typing import NamedTuple

from .fetch import FICHES, chosen, fetch

WRITTEN = pathlib.Path(__file__).with_name("documents")
# Around the text of a fiche: menus, sources, addresses of other pages.
AROUND = {
    *(
        "dc:creator",
        "dc:subject",
        "dc:description",
        "dc:publisher",
        "dc:contributor",
        "dc:date",
        "dc:type",
        "dc:format",
    ),
    *("dc:identifier", "dc:source", "dc:language", "dc:relation", "dc:coverage", "dc:rights", "dc:title"),
    *("SurTitre", "Audience", "Canal", "FilDAriane", "Theme", "SousThemePere", "Dossier", "DossierPere"),
    *("SousDossier", "SousDossierPere", "VoirAussi", "Reference", "PourEnSavoirPlus", "OuSAdresser", "ServiceEnLigne"),
    *("PivotLocal", "RessourceWeb", "NoticeLiee", "QuestionReponse", "CommentFaireSi"),
}
# Its words go on in the same line.
INLINE = {
    *("Expression", "Exposant", "Indice", "LienInterne", "LienExterne", "LienIntra", "MiseEnEvidence", "Valeur"),
    *("Citation", "LienExterneCommente"),
}


class Document(NamedTuple):
    key: str
    title: str
    file_name: str  # empty if it is not a file
    text: str


def documents():
    """:return list[Document]: all of them, always in the same order"""
    return [*_fiches(), *_written()]


def _fiches():
    fetch()
    found = []
    for name in chosen():
        [publication] = json.loads((FICHES / f"{name}.json").read_text())["children"]
        parts = publication["children"]
        [title] = [_text(part) for part in parts if part.get("name") == "dc:title"]
        body = "".join(_text(part) for part in parts if part.get("name") not in AROUND)
        lines = (" ".join(line.split()) for line in body.splitlines())
        found.append(Document(name.partition("/")[2], " ".join(title.split()), "", "\n".join(filter(None, lines))))
    return found


def _text(node):
    """:return str: what a reader sees of a node of a fiche, blocks on lines of their own"""
    if node.get("type") == "text":
        return " ".join(node["text"].splitlines())
    text = "".join(map(_text, node.get("children", ())))
    return text if node.get("name") in INLINE else f"\n{text}\n"


def _written():
    found = []
    for path in sorted(WRITTEN.glob("*.toml")):
        for entry in tomllib.loads(path.read_text())["document"]:
            found.append(Document(entry["key"], entry["title"], entry.get("file_name", ""), entry["text"].strip()))
    return found
