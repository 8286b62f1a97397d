"""What a page costs the server: CPU time, queries, bytes, under ten members at once."""

import contextlib
import gzip
import re
import statistics
import threading
import time
from typing import NamedTuple

import psutil
from production.person import Person

CLIENTS = 10
ROUNDS = 5
REQUESTS = 20  # of each client, in each round
# werkzeug's line in Odoo's log: "GET /x HTTP/1.1" 200 - queries, seconds of SQL, seconds of Python
LOG_LINE = re.compile(r'"(?:GET|POST) (\S+) HTTP/1\.[01]" (\d+) - (\d+) ')


class Turn(NamedTuple):
    """What a request of one turn costs, in CPU milliseconds."""

    cpu: float  # in all
    sql: float  # of PostgreSQL, in that
    waits: list[float]  # milliseconds that each request took


class Cost(NamedTuple):
    cpu: float  # CPU milliseconds per request, median of the rounds
    ratio: float  # to the yardstick of the same round, median of the rounds
    ratios: tuple[float, float]  # the least and the most
    p50: float  # milliseconds, seen by a member
    p95: float
    queries: int  # SQL queries of a request, median
    body: int  # bytes of the page
    wire: int  # and once compressed


def cpu_seconds(*roots):
    """:return float: CPU time that processes, their living descendants and those that have ended have taken"""
    total = 0.0
    for root in roots:
        for process in [root, *root.children(recursive=True)]:
            with contextlib.suppress(psutil.NoSuchProcess):
                times = process.cpu_times()
                total += times.user + times.system
        times = root.cpu_times()
        total += times.children_user + times.children_system
    return total


class Load:
    """Ten members, of all networks and territories, each with a connection of his own."""

    def __init__(self, stack, logins, proxy=False, person=Person):
        """
        :param Stack stack: the platform
        :param Sequence[str] logins: the members
        :param bool proxy: count the work of nginx too, beside that of Odoo and PostgreSQL
        :param type person: who they are
        """
        self.stack = stack
        self.postgres = psutil.Process(stack.cluster.pid)
        self.others = [psutil.Process(pid) for pid in (stack.odoo.pid, *((stack.nginx.pid,) if proxy else ()))]
        # Logging in costs a third of a second of pure CPU: once, and not through the proxy, which counts attempts.
        self.people = [person(stack, login) for login in logins]

    def run(self, path, requests=REQUESTS, status=None):
        """Each member asks for the page, or does what is to be done, several times.

        :param str | Callable[[Person], Response] path: the page, or what is done
        :param int requests: of each member
        :param int | None status: what is answered; None: 200, and where it leads once something has been written
        :return Turn: what one costs
        """
        waits = []
        failures = []
        expected = status or (303 if callable(path) else 200)

        def act(person):
            for _ in range(requests):
                started = time.perf_counter()
                answer = path(person) if callable(path) else person.get(path)
                waits.append((time.perf_counter() - started) * 1000)
                if answer.status_code != expected:
                    failures.append(answer.status_code)

        before = cpu_seconds(self.postgres), cpu_seconds(*self.others)
        threads = [threading.Thread(target=act, args=(person,)) for person in self.people]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not failures, (path, failures)
        sql, others = (
            (after - spent) * 1000 / len(waits)
            for after, spent in zip((cpu_seconds(self.postgres), cpu_seconds(*self.others)), before, strict=True)
        )
        return Turn(sql + others, sql, waits)

    def measure(self, yardstick, paths):
        """Measure pages and the yardstick in turn, so that what else the machine does weighs on all.

        :param str yardstick: path of the page to compare with
        :param list[str] paths: the pages
        :return dict[str, Cost]: with the yardstick itself
        """
        paths = [yardstick, *paths]
        for path in paths:
            self.run(path)  # caches, and compiled templates of both workers
        log_start = self.stack.log.stat().st_size
        cpu, waits = {path: [] for path in paths}, {path: [] for path in paths}
        for _ in range(ROUNDS):
            for path in paths:
                turn = self.run(path)
                cpu[path].append(turn.cpu)
                waits[path] += turn.waits
        queries = self.queries(log_start)
        costs = {}
        for path in paths:
            ratios = [spent / base for spent, base in zip(cpu[path], cpu[yardstick], strict=True)]
            # A page is as heavy as for the one who sees the most.
            bodies = [person.get(path, headers={"Accept-Encoding": "identity"}).content for person in self.people]
            body = max(bodies, key=len)
            percentiles = statistics.quantiles(waits[path], n=20)
            costs[path] = Cost(
                statistics.median(cpu[path]),
                statistics.median(ratios),
                (min(ratios), max(ratios)),
                statistics.median(waits[path]),
                percentiles[18],
                statistics.median_high(queries[path]),
                len(body),
                len(gzip.compress(body, 5)),
            )
        return costs

    def queries(self, start):
        """
        :param int start: where to begin reading Odoo's log
        :return dict[str, list[int]]: by path, the number of SQL queries of each request that was answered
        """
        with self.stack.log.open("rb") as log:
            log.seek(start)
            lines = log.read().decode()
        queries = {}
        for path, status, number in LOG_LINE.findall(lines):
            if status in ("200", "303"):
                queries.setdefault(path, []).append(int(number))
        return queries
