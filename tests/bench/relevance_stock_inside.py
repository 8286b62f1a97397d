"""Run in Odoo's shell, on a database of relevance_stock_data.py: as relevance_inside.py, by the search of Odoo's
websites."""

# ruff: noqa: F821
import json

from relevance.judge import HALVES, queries

# Of /website/search.
LIMIT, ORDER = 500, "name asc"
OPTIONS = {
    **dict.fromkeys(("displayDescription", "displayDetail", "displayExtraDetail", "displayExtraLink"), True),
    **{"displayImage": True, "allowFuzzy": True},
}

env = env(user=env.ref("base.user_admin"), su=False)
website = env["website"].search([], limit=1)
known = env["ir.config_parameter"].sudo().search([("key", "=like", "bench.%")])
keys = {int(one.key.removeprefix("bench.")): one.value for one in known}


def found(words):
    _count, results, _fuzzy = website._search_with_fuzzy("all", words, LIMIT, ORDER, OPTIONS)
    return {keys[post] for one in results if one["model"] == "forum.post" for post in one["results"].ids}


counted = []
for half in HALVES:
    for query in queries(half):
        answer, right = found(query.text), set(query.relevant)
        counted.append([half, query.kind, len(answer & right), len(answer), len(right)])
print("bench:" + json.dumps(counted))  # noqa: T201
