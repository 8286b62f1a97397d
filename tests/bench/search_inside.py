"""Run in Odoo's shell, on a database of search.sql: prints in JSON what a search costs, as a member, and what the ORM
takes to look for the same words in the same contents."""

# ruff: noqa: F821
import json
import os
import statistics
import time

from odoo.fields import Domain

from odoo.addons.collab_recherche.models.collab_search import Asked

from bench.search_queries import ALL

PAGE = 20
TIMES = 3
# The ORM takes seconds for each.
EACH = int(os.environ.get("EACH", "3"))

member = env["res.users"].search([("login", "=", "alice@collab.example")])
as_member = env(user=member, context={"lang": "fr_FR", "uid": member.id})
Search, News = as_member["collab.search"], as_member["collab.news"]


def timed(function, *arguments):
    """:return tuple[float, object]: milliseconds, as the first thing that a request does; and what it returns"""
    env.cr.rollback()
    env.invalidate_all()
    start = time.perf_counter()
    result = function(*arguments)
    return (time.perf_counter() - start) * 1000, result


def find(words):
    found = Search._find(Asked(words))
    Search._rows(Asked(words), found, 0, PAGE)
    return found.total


def ilike(words):
    domain = Domain.AND(
        Domain("name", "ilike", word) | Domain("content", "ilike", word) for word in words.replace('"', "").split()
    )
    News.search(domain, limit=PAGE)
    return News.search_count(domain)


find(ALL[0])
found = []
for place, words in enumerate(ALL):
    durations, totals = zip(*(timed(find, words) for _ in range(TIMES)), strict=True)
    orm, _total = timed(ilike, words) if place % EACH == 0 else (None, None)
    found.append({"words": words, "ours": statistics.median(durations), "total": totals[0], "orm": orm})
print("bench:" + json.dumps(found))  # noqa: T201
