"""How Debian's Chromium is started, for the journeys and for the bench: without the windows, tabs and menus that nobody
sees there, and that take a quarter of the processor."""

import shutil

EXECUTABLE = shutil.which("chromium-headless-shell")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=fr",
]
