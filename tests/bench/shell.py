"""What the bench does inside the server: scripts that Odoo's shell runs on a database."""

import json
import os
import pathlib
import subprocess

from production.stack import ROOT

# Before what a script says to the bench, on one line.
SAID = "bench:"


def inside(script, database, **environ):
    """
    :param str script: the name of a file beside this one, without its extension
    :param str database:
    :param str environ: variables beside those of this process
    :return: what it has printed, as JSON, after SAID; None if nothing
    """
    path = pathlib.Path(__file__).with_name(f"{script}.py")
    command = ["bin/odoo", "bench", "shell", "-d", database, "--no-http", "--log-level=error"]
    found = {**os.environ, "PYTHONPATH": "tests:collab_fichiers", **environ}
    done = subprocess.run(command, cwd=ROOT, input=path.read_text(), env=found, capture_output=True, text=True)
    assert done.returncode == 0, f"{script}:\n{done.stdout}\n{done.stderr}"
    said = [line.removeprefix(SAID) for line in done.stdout.splitlines() if line.startswith(SAID)]
    return json.loads(said[0]) if said else None
