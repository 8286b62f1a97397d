"""A member of the platform who speaks HTTP, for what a browser would be too slow to do many times."""

import json
import re

import requests

PASSWORD = "demo-collab-2026"
TIMEOUT = 60


class Refused(Exception):
    """The platform said no, in words: ``args[0]``."""


class Person:
    # What a page shows to whom is logged in.
    SIGN = "c-account"

    def __init__(self, stack, login, url=None):
        """
        :param Stack stack: the platform
        :param str login: without its domain
        :param str | None url: where he enters; through the proxy unless told
        """
        self.url = url or stack.url
        self.session = requests.Session()
        # A proxy of the environment is not for this machine.
        self.session.trust_env = False
        self.session.verify = str(stack.certificate)
        page = self.get("/web/login")
        data = {"login": f"{login}@collab.example", "password": PASSWORD, "csrf_token": self._token(page.text)}
        answer = self.session.post(f"{self.url}/web/login", data=data, timeout=TIMEOUT)
        assert answer.ok and self.SIGN in answer.text, f"{login} could not log in: {answer.status_code}"

    def get(self, path, **options):
        return self.session.get(f"{self.url}{path}", timeout=TIMEOUT, **options)

    def post(self, path, **data):
        """Send a form, whose page has been read (``read_token``), and do not go where it leads."""
        data["csrf_token"] = self.token
        return self.session.post(f"{self.url}{path}", data=data, allow_redirects=False, timeout=TIMEOUT)

    def read_token(self, path):
        """:param str path: of a page that has a form"""
        self.token = self._token(self.get(path).text)

    def call(self, model, method, *args):
        """Call a model as the screens of the federations do.

        :return: what it returns
        :raises Refused: it refuses
        """
        params = {"model": model, "method": method, "args": args, "kwargs": {"context": {"lang": "fr_FR"}}}
        url = f"{self.url}/web/dataset/call_kw/{model}/{method}"
        answer = self.session.post(url, json={"jsonrpc": "2.0", "params": params}, timeout=4 * TIMEOUT).json()
        if "error" in answer:
            raise Refused(answer["error"]["data"]["message"])
        return answer.get("result")

    def _token(self, page):
        return re.search(r'name="csrf_token" value="([^"]+)"', page)[1]

    def open_deposit(self):
        """Open the page of deposit, as anybody does before he chooses files."""
        page = self.get("/ressources/depot").text
        self.token = self._token(page)
        self.chunk = int(re.search(r'data-chunk="(\d+)"', page)[1])
        self.folder = re.search(r'<option value="(\d+)"', page)[1]

    def _json(self, answer):
        """:raises Refused: the answer is a refusal; OSError, as for a cut, when it is not an answer of the platform"""
        if not answer.headers.get("Content-Type", "").startswith("application/json"):
            raise ConnectionError(f"{answer.status_code}: {answer.text[:200]}")
        content = answer.json()
        if "error" in content:
            raise Refused(content["error"])
        return content

    def start(self, name, size):
        """:return int: the identifier of the sending"""
        data = {"csrf_token": self.token, "name": name, "size": size, "pour": "document"}
        return self._json(self.session.post(f"{self.url}/envois", data=data, timeout=TIMEOUT))["id"]

    def received(self, upload):
        return self._json(self.get(f"/envois/{upload}"))["received"]

    def send(self, upload, content, offset):
        """Send a piece.

        :return dict: how much has been received, and the same document if there is one
        """
        answer = self.session.put(
            f"{self.url}/envois/{upload}?offset={offset}",
            data=content,
            headers={"X-CSRF-Token": self.token, "Content-Type": "application/octet-stream"},
            timeout=TIMEOUT,
        )
        return self._json(answer)

    def send_all(self, upload, content):
        offset = self.received(upload)
        while offset < len(content):
            answer = self.send(upload, content[offset : offset + self.chunk], offset)
            offset = answer["received"]

    def deposit(self, files, networks="", territories=""):
        """:param list[tuple[int, str]] files: sendings with their titles
        :return str: where the platform leads"""
        data = {
            "csrf_token": self.token,
            "files": json.dumps([{"id": upload, "title": title} for upload, title in files]),
            "folder": self.folder,
            "networks": networks,
            "territories": territories,
        }
        return self._json(self.session.post(f"{self.url}/ressources/depot", data=data, timeout=TIMEOUT))["redirect"]

    def deposit_file(self, name, content, title):
        """:return int: the identifier of the document"""
        upload = self.start(name, len(content))
        self.send_all(upload, content)
        return int(self.deposit([(upload, title)]).rsplit("/", 1)[1])

    def download(self, document, **options):
        return self.get(f"/ressources/{document}/telecharger", **options)
