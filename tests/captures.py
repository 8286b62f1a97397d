"""Takes a picture of each screen of the federations, for `docs/captures/`: run by hand, on the demonstration.

    make run                                                (or any server of the demonstration)
    .local/venv/bin/python tests/captures.py [ADDRESS] [WORD]

ADDRESS is that of the server (http://127.0.0.1:8069); with WORD, only the screens whose menu says it are taken again.
It logs in as the administrator of the demonstration, walks every entry of the menus, and takes what it shows, then the
form of its first line and that of a new one. It changes nothing: nothing is saved. A screen that fails is told, the
others are still taken, and the exit code is that of a failure.
"""

import io
import pathlib
import sys
import unicodedata

import chromium
from PIL import Image
from playwright.sync_api import Error, sync_playwright

TARGET = pathlib.Path(__file__).parent.parent / "docs/captures"
LOGIN, PASSWORD = "admin@collab.example", "demo-collab-2026"
WIDTH, HEIGHT, HEIGHT_MAX = 1280, 800, 1600
SIZE_MAX = 150_000
# What is waited for: the screen has been shown. The backend never stops asking: what it still draws is given a moment.
SETTLE_MS = 600
SHOWN = ".o_action_manager .o_view_controller, .o_action_manager .o_form_view, .o_action_manager > .o_action"
FAULTS = ".o_error_dialog, .modal .o_dialog_error"


def slug(*names):
    """:return str: the name of a file, from the words of the menus that lead to the screen"""
    text = unicodedata.normalize("NFKD", "-".join(names)).encode("ascii", "ignore").decode().lower()
    return "-".join("".join(letter if letter.isalnum() else " " for letter in text).split())


def entries(page):
    """:return list[tuple[tuple[str], int]]: each entry of the menus that shows a screen, with its action"""
    menus = page.request.get("/web/webclient/load_menus").json()
    found = []

    def walk(menu, names):
        action = menu.get("actionModel") == "ir.actions.act_window" and menu.get("actionID")
        if action and not menu["children"]:
            found.append((names, action))
        for child in menu["children"]:
            walk(menus[str(child)], (*names, menus[str(child)]["name"]))

    for app in menus["root"]["children"]:
        walk(menus[str(app)], ())
    return found


def settle(page):
    page.locator(SHOWN).first.wait_for()
    page.wait_for_timeout(SETTLE_MS)
    if page.locator(FAULTS).count():
        raise AssertionError(page.locator(FAULTS).first.inner_text())


def write(screenshot, path):
    """Keep a picture, in as few colours as it takes to be small.

    :param bytes screenshot: PNG
    """
    picture = Image.open(io.BytesIO(screenshot)).convert("RGB")
    for colours in (256, 64, 16):
        target = io.BytesIO()
        picture.quantize(colours).save(target, "PNG", optimize=True)
        if target.tell() < SIZE_MAX:
            break
    path.write_bytes(target.getvalue())
    sys.stdout.write(f"{path.name} {target.tell() // 1000} kB\n")


def take(page, name):
    """Write the picture of what is shown, as tall as what it holds, in few colours."""
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    tall = page.evaluate(
        """() => {
            const boxes = [...document.querySelectorAll(".o_content, .settings, .o_form_sheet_bg, .o_list_renderer")];
            return Math.max(0, ...boxes.map((box) => box.scrollHeight - box.clientHeight));
        }"""
    )
    page.set_viewport_size({"width": WIDTH, "height": min(HEIGHT + tall, HEIGHT_MAX)})
    # Nothing that follows the mouse.
    page.mouse.move(0, 0)
    page.wait_for_timeout(300)
    write(page.screenshot(animations="disabled"), TARGET / f"{name}.png")


def take_entry(page, names, action):
    """Take the screen of an entry, the form of its first line, and that of a new line."""
    name = slug(*names)
    page.goto(f"/odoo/action-{action}")
    settle(page)
    take(page, name)
    cells = page.locator(".o_data_row").first.locator("td.o_data_cell:not(.o_handle_cell):not(.o_list_button)")
    if cells.count():
        cells.first.click()
        settle(page)
        # A list that is filled in where it is has no form.
        if page.locator(".o_form_view").count():
            take(page, f"{name}-fiche")
            for index, tab in enumerate(page.locator(".o_notebook_headers .nav-link:not(.active)").all(), start=2):
                tab.click()
                settle(page)
                take(page, f"{name}-fiche-{index}")
    page.goto(f"/odoo/action-{action}")
    settle(page)
    create = page.locator(".o_list_button_add, .o-kanban-button-new").first
    if create.is_visible():
        create.click()
        page.wait_for_timeout(SETTLE_MS)
        if page.locator(".o_form_view").count():
            take(page, f"{name}-nouveau")
    # What has been begun is not kept.
    page.goto("/")


def taken(page, names, action):
    """:return bool: the pictures of an entry are taken; why not is told"""
    try:
        take_entry(page, names, action)
    except (AssertionError, Error) as error:
        sys.stderr.write(f"{' > '.join(names)} FAILED: {str(error).splitlines()[0]}\n")
        return False
    return True


def main(address="http://127.0.0.1:8069", word=""):
    """:return int: how many screens could not be taken"""
    TARGET.mkdir(exist_ok=True)
    failed = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.EXECUTABLE, args=chromium.ARGUMENTS)
        context = browser.new_context(
            base_url=address, locale="fr-FR", timezone_id="Europe/Paris", viewport={"width": WIDTH, "height": HEIGHT}
        )
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto("/web/login")
        page.locator("input[name=login]").fill(LOGIN)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("form button[type=submit]").first.click()
        page.wait_for_load_state()
        for names, action in entries(page):
            if word.lower() not in " ".join(names).lower():
                continue
            failed += not taken(page, names, action)
        browser.close()
    return failed


if __name__ == "__main__":
    sys.exit(min(main(*sys.argv[1:]), 1))
