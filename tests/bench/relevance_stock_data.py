"""Run in Odoo's shell, where ``website_forum`` is alone: the documents of ``tests/relevance`` are discussions, whose
file name is in their text."""

# ruff: noqa: F821
from markupsafe import Markup
from relevance.corpus import documents

forum = env["forum.forum"].search([], limit=1)
env["forum.post"].search([]).unlink()
for document in documents():
    lines = (Markup("<p>%s</p>") % line for line in [document.file_name, *document.text.splitlines()] if line)
    post = env["forum.post"].create(
        {"forum_id": forum.id, "name": document.title, "content": Markup("").join(lines), "state": "active"}
    )
    env["ir.config_parameter"].set_param(f"bench.{post.id}", document.key)
env.cr.commit()
