"""What a page costs a browser: requests, bytes, and when the largest thing on it is there."""

import base64
import hashlib
import statistics
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import sync_playwright

VISITS = 3
SETTLED = 1_000  # milliseconds after which a page has asked for all that it shows
LCP = """() => new Promise((resolve) => {
    new PerformanceObserver((list) => resolve(list.getEntries().at(-1).startTime))
        .observe({type: "largest-contentful-paint", buffered: true});
    setTimeout(() => resolve(null), 3000);
})"""


class Visit(NamedTuple):
    requests: int
    kilobytes: float  # received, compressed, headers included
    lcp: float  # largest contentful paint, milliseconds


def visits(stack, person, paths, chromium, arguments):
    """Open pages with an empty cache, then again.

    :param Person person: who is logged in
    :return dict[str, tuple[Visit, Visit]]: cold and warm, median of VISITS
    """
    key = x509.load_pem_x509_certificate(stack.certificate.read_bytes()).public_key()
    digest = hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).digest()
    # A certificate that is not trusted would keep Chromium from using its cache.
    arguments = [*arguments, f"--ignore-certificate-errors-spki-list={base64.b64encode(digest).decode()}"]
    found = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        for path in paths:
            pairs = [_pair(browser, stack, person, path) for _ in range(VISITS)]
            found[path] = tuple(
                Visit(*(statistics.median(values) for values in zip(*turn, strict=True)))
                for turn in zip(*pairs, strict=True)
            )
        browser.close()
    return found


def _pair(browser, stack, person, path):
    context = browser.new_context(locale="fr-FR", viewport={"width": 1280, "height": 900})
    session = person.session.cookies["session_id"]
    context.add_cookies([{"name": "session_id", "value": session, "url": stack.url}])
    pair = [_visit(context, f"{stack.url}{path}") for _ in ("cold", "warm")]
    context.close()
    return pair


def _visit(context, url):
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    asked, received = set(), []

    def sent(event):
        if event["request"]["url"].startswith("http"):
            asked.add(event["requestId"])

    network.on("Network.requestWillBeSent", sent)
    # What comes from the cache costs nobody anything.
    network.on("Network.requestServedFromCache", lambda event: asked.discard(event["requestId"]))
    network.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    # The page of Odoo's never stops asking whether something has happened elsewhere.
    page.goto(url)
    lcp = page.evaluate(LCP)
    page.wait_for_timeout(SETTLED)
    page.close()
    return Visit(len(asked), sum(received) / 1000, lcp or 0.0)
