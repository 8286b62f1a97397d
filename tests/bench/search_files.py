"""Run in Odoo's shell, on a copy of the demonstration: deposits files of all kinds, then reads and indexes them as the
job does, in one process; prints in JSON how many, the seconds, the megabytes of this process and of the one that reads
each file, and what has become of them."""

# ruff: noqa: F821
import io
import json
import pathlib
import resource
import time
import zipfile

from texts import made

FILES = 1_000
PDF = pathlib.Path(".local/documents/usr/share/debian-reference/debian-reference.fr.pdf")
NAMES = ["compte.docx", "compte.doc", "compte.odt", "compte.rtf", "compte.pdf"]
NAMES += ["budget.ods", "budget.xlsx", "budget.xls", "expose.odp", "expose.pptx", "expose.ppt"]


def unlike(content, name, number):
    """:return bytes: the same document, which no other file equals"""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content + b"\n%%%d" % number
    with zipfile.ZipFile(target := io.BytesIO(content), "a") as archive:
        archive.writestr("number", str(number))
    return target.getvalue()


admin = env["res.users"].search([("login", "=", "admin@collab.example")])
env["ir.config_parameter"].set_param("collab_reseaux.daily_upload", "100000")
env["ir.config_parameter"].set_param("collab_recherche.rebuild", False)
env["collab.search.file"].search([("state", "=", "todo")]).write({"state": "none"})
mine = env(user=admin, su=False, context={"lang": "fr_FR"})
folder = mine.ref("collab_ressources.directory_tools")
contents = {**{name: made.document(name) for name in NAMES}, PDF.name: PDF.read_bytes()}
for number in range(FILES):
    name = list(contents)[number % len(contents)]
    content = unlike(contents[name], name, number)
    upload = mine["collab.upload"]._start(name, len(content))
    upload._append(0, io.BytesIO(content))
    upload._deposit({"title": f"{name} {number}", "directory_id": folder.id})
    env.cr.commit()
    env.invalidate_all()

before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
env["collab.search.file"]._read_waiting()
seconds = time.monotonic() - start
env.cr.execute("SELECT state, count(*) FROM collab_search_file GROUP BY state ORDER BY state")
states = dict(env.cr.fetchall())
after, reader = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print("bench:" + json.dumps([FILES, seconds, (after - before) / 1024, after / 1024, reader / 1024, states]))  # noqa: T201
