"""The main pages are valid HTML, as they leave the platform: a browser mends in silence, a screen reader does not.

The checker is html-validate: it runs in Node, which the tests already have; the one of the W3C asks for Java.
"""

import json
import subprocess

from playwright.sync_api import expect

MEMBER = (
    "/",
    "/forum",
    "/forum/demander",
    "/actualites",
    "/actualites/publier",
    "/agenda",
    "/agenda?vue=semaine",
    "/agenda?vue=liste",
    "/ressources",
    "/ressources/depot",
    "/pour-moi",
    "/recherche",
    "/recherche?q=mobilité",
    "/recherche?q=zorglubienne",
    "/mon-compte",
    "/mon-compte/notifications",
)
# What the standard asks for, and nothing about style.
RULES = {"extends": ["html-validate:standard"], "root": True}


def test_the_main_pages_are_valid(log_in, visitor, root, tmp_path):
    stranger, alice, moderator = visitor(), log_in("alice"), log_in("moderation.fnars")
    pages = {"/web/login": stranger, "/moderation": moderator, **dict.fromkeys(MEMBER, alice)}
    for section in ("/forum", "/actualites", "/ressources"):
        alice.goto(section)
        row = alice.locator(".c-row__title a").first
        address = row.get_attribute("href")
        alice.goto(address)
        expect(alice.locator("h1")).to_be_visible()
        pages[address] = alice
    for number, (address, page) in enumerate(pages.items()):
        (tmp_path / f"{number}.html").write_text(page.request.get(address).text())
    (tmp_path / ".htmlvalidate.json").write_text(json.dumps(RULES))
    npm = root / ".local/npm/node_modules"
    done = subprocess.run(
        [root / ".local/venv/bin/node", npm / "html-validate/bin/html-validate.mjs", "--formatter=json", tmp_path],
        capture_output=True,
        text=True,
    )
    found = [
        f"{list(pages)[int(result['filePath'].rpartition('/')[2].partition('.')[0])]}, line {message['line']}: "
        f"{message['message']} ({message['ruleId']})"
        for result in json.loads(done.stdout)
        for message in result["messages"]
    ]
    assert not found, "\n".join(found)
    assert done.returncode == 0, done.stderr
