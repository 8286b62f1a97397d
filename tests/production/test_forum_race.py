"""Two people act in one discussion at the same moment: see forum_race.py, which runs where Odoo does."""

import os
import subprocess

from .conftest import copy_of_demo
from .stack import ROOT

DATABASE = "collab_race"


def test_two_people_at_once_leave_a_discussion_as_if_one_had_come_after_the_other():
    with copy_of_demo(DATABASE):
        done = subprocess.run(
            ["bin/odoo", "test", "shell", "-d", DATABASE, "--no-http"],
            input="from production.forum_race import run; run(env)",
            env={**os.environ, "PYTHONPATH": "tests"},
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
    assert done.returncode == 0, done.stderr[-20_000:]
