"""Run in Odoo's shell, on a database of relevance_data.py: prints in JSON how many of the right documents each query
finds, and how many others; the queries themselves are told to nobody."""

# ruff: noqa: F821
import json

from relevance.judge import HALVES, queries

from odoo.addons.collab_recherche.models.collab_search import Asked

admin = env["res.users"].search([("login", "=", "admin@collab.example")])
search = env(user=admin, su=False, context={"lang": "fr_FR"})["collab.search"]
known = env["ir.config_parameter"].search([("key", "=like", "bench.%")])
keys = {tuple(one.key.removeprefix("bench.").rsplit(".", 1)): one.value for one in known}


def found(words):
    hits = search._find(Asked(words)).hits
    return {keys[name, str(number)] for name, number in hits if (name, str(number)) in keys}


counted = []
for half in HALVES:
    for query in queries(half):
        answer, right = found(query.text), set(query.relevant)
        counted.append([half, query.kind, len(answer & right), len(answer), len(right)])
print("bench:" + json.dumps(counted))  # noqa: T201
