"""Run in Odoo's shell, on a copy of the demonstration: the documents of ``tests/relevance`` take its place in the
index. Those that are files are deposited, the others published as news; the words of files are read as the job does."""

# ruff: noqa: F821
import io

from markupsafe import Markup
from relevance.corpus import documents

env.cr.execute("DELETE FROM collab_search_entry")
env.cr.execute("DELETE FROM collab_search_file")
env.cr.execute("DELETE FROM collab_search_word")
env["ir.config_parameter"].set_param("collab_recherche.rebuild", False)
for kind in ("upload", "publication"):
    # More than anybody publishes in a day.
    env["ir.config_parameter"].set_param(f"collab_reseaux.daily_{kind}", "100000")
admin = env["res.users"].search([("login", "=", "admin@collab.example")])
env = env(user=admin, su=False, context={"lang": "fr_FR"})
folder = env.ref("collab_ressources.directory_tools")


def deposited(document):
    text = document.text.encode()
    upload = env["collab.upload"]._start("document.txt", len(text))
    upload._append(0, io.BytesIO(text))
    file = upload._deposit({"title": document.title, "directory_id": folder.id})
    file.sudo().name = document.file_name
    return file


def published(document):
    lines = (Markup("<p>%s</p>") % line for line in document.text.splitlines())
    return env["collab.news"].create({"name": document.title, "content": Markup("").join(lines)})


for document in documents():
    made = deposited(document) if document.file_name else published(document)
    env["ir.config_parameter"].sudo().set_param(f"bench.{made._name}.{made.id}", document.key)
    env.cr.commit()
env["collab.search.file"].sudo()._read_waiting()
env["collab.search.word"].sudo()._count()
env.cr.commit()
