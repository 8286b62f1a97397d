"""docs/mesures.md: each section is written whole by its measure, and by nothing else."""

import datetime
import re
import subprocess
import sys
import textwrap

from production.stack import ROOT

PATH = ROOT / "docs/mesures.md"
HEAD = """# Mesures

Ce fichier est écrit par `make bench` : aucun chiffre n'est tapé à la main. Une section se refait seule, par
`make bench s=NOM`. Deux processus d'Odoo derrière nginx, PostgreSQL, deux cœurs partagés avec les clients qui mesurent.

L'étalon est une page de deux mots dans la mise en page d'Odoo (`website.layout`), mesurée en alternance, dans le même
tour. Le temps processeur (Odoo et PostgreSQL, dix membres à la fois) se compare d'une machine à l'autre par son rapport
à l'étalon, à 25 % près ; les durées dépendent de la machine.
"""

OVER = "hors limite"


def number(value, digits=0):
    """:return str: as the French write it"""
    return f"{value:,.{digits}f}".replace(",", "\N{NARROW NO-BREAK SPACE}").replace(".", ",")


def over(value, limit, digits=2, tolerance=1):
    """
    :param float | None limit: that ``value`` may reach, times ``tolerance``; None: there is none
    :return str: a figure, and that it is over its limit
    """
    is_over = limit is not None and value > limit * tolerance
    return f"**{number(value, digits)}**" + (f" : **{OVER}**" if is_over else "")


def paragraph(text, first="", then=""):
    """:return str: a text in lines of the width of the documents, the first one and the next ones indented so"""
    words = " ".join(text.split())
    return textwrap.fill(words, 120, initial_indent=first, subsequent_indent=then, break_on_hyphens=False)


def table(columns, rows):
    lines = [columns, ["---", *["---:"] * (len(columns) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def write_section(name, title, body):
    """Replace a section, or add it; what is over its limit is said on the screen too.

    :param str name: that of ``make bench s=``
    :param str title: its heading, in French
    :param str body: Markdown
    """
    for line in body.splitlines():
        if OVER in line:
            sys.stdout.write(f"  limite dépassée : {line}\n")
    commit = _git("rev-parse", "--short", "HEAD")
    # This file changes while it is written, which changes nothing that is measured.
    if _git("status", "--porcelain", "--", ".", ":!docs/mesures.md"):
        commit += " modifié"
    day = datetime.date.today().isoformat()
    text = f"## {title}\n\n`make bench s={name}`, le {day}, au commit {commit}.\n\n{body}\n"
    sections = dict(
        re.findall(r"<!-- (\w+) -->\n(.*?)(?=\n<!-- |\Z)", PATH.read_text() if PATH.exists() else "", re.DOTALL)
    )
    sections[name] = text
    PATH.write_text(HEAD + "".join(f"\n<!-- {key} -->\n{content.rstrip()}\n" for key, content in sections.items()))


def _git(*command):
    return subprocess.run(["git", *command], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
