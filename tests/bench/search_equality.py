"""Run in Odoo's shell, on a database of search.sql: prints in JSON what the search finds that the rules of each kind of
content do not let somebody read, and what it does not find that they do, for random words of the contents."""

# ruff: noqa: F821
import json
import random
import re

from odoo.addons.collab_recherche.models import collab_search, collab_search_contents

QUERIES = 100
WORD = re.compile(r"[^\W\d_]+")
PEOPLE = {
    "alice": "membre d'un réseau",
    "david": "membre de deux réseaux",
    "moderation.fnars": "modération",
    "admin": "administration",
    "nadia": "membre sans charte acceptée",
}
# All that is found, and not the first pages.
collab_search.HITS_MAX = collab_search_contents.HITS_MAX = 10**9
rng = random.Random(42)  # noqa: S311


def random_queries():
    env.cr.execute("SELECT text FROM collab_search_passage ORDER BY md5(id::text) LIMIT %s", [QUERIES])
    for rank, (text,) in enumerate(env.cr.fetchall()):
        words = WORD.findall(text)
        long = [word for word in words if len(word) > 3] or words
        start, word = rng.randrange(len(words)), rng.choice(long)
        if rank % 5 == 0:
            yield f'"{" ".join(words[start : start + 3])}"'
        elif rank % 5 == 1:
            # A letter is missing.
            yield word[:2] + word[3:]
        else:
            yield " ".join(rng.sample(long, min(rank % 5 - 1, len(long))))


def expected(person, query):
    """:return set: what has the words, whoever may read it, then filtered by what each model lets a person read"""
    for level in (*query.levels, *query.looser):
        env.cr.execute(
            "SELECT res_model, array_agg(res_id) FROM collab_search_entry WHERE vector @@ %s::tsquery GROUP BY 1",
            [level],
        )
        readable = {
            (name, number)
            for name, numbers in env.cr.fetchall()
            for number in env[name].with_user(person).search([("id", "in", numbers)]).ids
        }
        if readable:
            return readable
    return set()


asked, found = list(random_queries()), []
names = set(env["collab.contents"]._names())
for login, said in PEOPLE.items():
    person = env["res.users"].search([("login", "=", f"{login}@collab.example")])
    search = env(user=person, su=False, context={"lang": "fr_FR"})["collab.search"]
    leaks = losses = hits = 0
    for words in asked:
        answer = search._find(collab_search.Asked(words))
        got = {hit for hit in answer.hits if hit[0] in names}
        # Whoever finds nothing at all is asked the same as anybody.
        right = expected(person, answer.query or env["collab.search"]._understood(collab_search.Asked(words)))
        leaks, losses, hits = leaks + len(got - right), losses + len(right - got), hits + len(got)
    found.append([said, len(asked), hits, leaks, losses])
print("bench:" + json.dumps(found))  # noqa: T201
