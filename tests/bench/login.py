"""How long somebody waits who tries a password or asks for a link: it must not say who has an account."""

import statistics
import time

from production.guesser import Guesser

from .report import number, table

ROUNDS = 40
PEOPLE = {
    "alice": "qui a un compte",
    "bruno": "qui a fermé le sien",
    "chloe": "qui n'a jamais choisi de mot de passe",
    "nobody": "que personne ne connaît",
}
STATES = "UPDATE res_users SET {} WHERE login = '{}@collab.example'"


def _try_password(guesser, login, token):
    return guesser.post("/web/login", data={"login": login, "password": "not-hers", "csrf_token": token})


def _ask_for_link(guesser, login, token):
    return guesser.post("/web/reset_password", data={"login": login, "csrf_token": token})


ACTS = {"/web/login": ("un mot de passe faux", _try_password), "/web/reset_password": ("un lien", _ask_for_link)}


def report(stack):
    """
    :param Stack stack: the platform
    :return str: what is waited for, in Markdown
    """
    stack.cluster.sql(STATES.format("active = false", "bruno"), stack.database)
    stack.cluster.sql(STATES.format("password = NULL", "chloe"), stack.database)
    waits = {(path, login): [] for path in ACTS for login in PEOPLE}
    for _ in range(ROUNDS):
        # In turn, so that what else the machine does weighs on all.
        for path, login in waits:
            guesser = Guesser(stack)
            token = guesser.token(path)
            started = time.perf_counter()
            answer = ACTS[path][1](guesser, f"{login}@collab.example", token)
            waits[path, login].append((time.perf_counter() - started) * 1000)
            assert answer.status_code == 200, (path, login)
    rows = [
        [
            f"{ACTS[path][0]}, pour une adresse {PEOPLE[login]}",
            number(statistics.median(found), 1),
            number(statistics.quantiles(found, n=20)[18], 1),
        ]
        for (path, login), found in waits.items()
    ]
    said = f"Ce qu'attend quelqu'un qui essaie, {ROUNDS} fois chacun, à tour de rôle.\n\n"
    return said + table(["Essai", "ms p50", "ms p95"], rows)
