"""Somebody who tries passwords, or asks for links, from an address of his own."""

import concurrent.futures
import ipaddress
import re

import requests

from .person import PASSWORD

# Set apart for tests by RFC 2544.
addresses = map(str, ipaddress.ip_network("198.18.0.0/15").hosts())


class Guesser:
    """Somebody at an address of his own, whom the proxy would let through."""

    def __init__(self, stack, address=None):
        self.stack = stack
        self.session = requests.Session()
        self.session.trust_env = False
        # What the proxy adds, and Odoo believes.
        self.session.headers.update({"X-Forwarded-For": address or next(addresses), "X-Forwarded-Host": "127.0.0.1"})
        self.session.mount("http://", requests.adapters.HTTPAdapter(pool_maxsize=8))

    def get(self, path):
        return self.session.get(f"{self.stack.odoo_url}{path}", timeout=60)

    def post(self, path, **options):
        return self.session.post(f"{self.stack.odoo_url}{path}", timeout=60, allow_redirects=False, **options)

    def call(self, path, **params):
        return self.post(path, json={"jsonrpc": "2.0", "method": "call", "params": params})

    def token(self, path):
        return re.search(r'(?:name="csrf_token" value|csrf_token: )="?([^"]+)"', self.get(path).text)[1]

    def log_in(self, login, password=PASSWORD):
        data = {"login": f"{login}@collab.example", "password": password, "csrf_token": self.token("/web/login")}
        return self.post("/web/login", data=data)

    def comes_in(self, login):
        return self.log_in(login).headers.get("Location") is not None

    def guess(self, attempt, tries=100):
        """Try many times, eight at once.

        :param Callable[[int], requests.Response] attempt:
        :param int tries: how many times
        :return list[str]: what was answered
        """
        with concurrent.futures.ThreadPoolExecutor(8) as crowd:
            return [answer.text.replace("&#39;", "'") for answer in crowd.map(attempt, range(tries))]
