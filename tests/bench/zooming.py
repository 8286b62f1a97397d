"""How soon the map of many organisations can be used in a browser, and how smooth its zoom is."""

import statistics

from playwright.sync_api import sync_playwright

VISITS = 3
# Nearer and nearer to where most organisations are, then back to the whole region.
STEPS = (*(["in"] * 4), *(["out"] * 4))
SETTLED = 700  # milliseconds between two steps of somebody who looks around
# The longest time between two frames, from now on.
WATCH = """() => {
    window.longest = 0;
    let last = performance.now();
    const frame = (now) => {
        window.longest = Math.max(window.longest, now - last);
        last = now;
        requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
}"""


def measured(stack, person, chromium, arguments):
    """
    :param Person person: who is logged in
    :return tuple[int, float, float]: how many organisations there are on the map; milliseconds until it can be used,
        with an empty cache, and between two frames while it is zoomed, at worst; each the median of VISITS
    """
    ready, frames, pins = [], [], 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        for _ in range(VISITS):
            size = {"width": 1280, "height": 900}
            context = browser.new_context(locale="fr-FR", viewport=size, ignore_https_errors=True)
            session = person.session.cookies["session_id"]
            context.add_cookies([{"name": "session_id", "value": session, "url": stack.url}])
            page = context.new_page()
            page.goto(f"{stack.url}/carte", wait_until="commit")
            page.locator("[data-map][data-ready]").wait_for()
            ready.append(page.evaluate("performance.now()"))
            pins = len(page.evaluate("fetch('/carte/points').then((said) => said.json())")["organisations"])
            page.wait_for_timeout(SETTLED)
            page.evaluate(WATCH)
            for step in STEPS:
                page.locator(f".leaflet-control-zoom-{step}").click()
                page.wait_for_timeout(SETTLED)
            frames.append(page.evaluate("window.longest"))
            context.close()
        browser.close()
    return pins, statistics.median(ready), statistics.median(frames)
