"""The agenda in a calendar that nobody here wrote: vdirsyncer subscribes, khal shows; and no log keeps the address."""

import html
import json
import os
import re
import subprocess

import pytest

from .stack import LOCAL, ROOT, TEST_ADDONS

# What is planned: on either side of both changes of the clocks, with what differs from a series.
PLANNED = """
import json
from datetime import UTC, datetime, time, timedelta
from dateutil.relativedelta import relativedelta
from odoo.addons.collab_reseaux.moments import ZONE, in_paris, today

def utc(there):
    return there.replace(tzinfo=ZONE).astimezone(UTC).replace(tzinfo=None)

author = env["res.users"].search([("login", "=", "admin@collab.example")])
alice = env["res.users"].search([("login", "=", "alice@collab.example")])
Event = env["calendar.event"].with_user(author).sudo()
monday = datetime.combine(today() + relativedelta(weekday=0, weeks=1), datetime.min.time())
usual = {"type_id": env["collab.event.type"].search([], limit=1).id}

def planned(starts, hours=2, **vals):
    lasts = timedelta(hours=hours)
    return Event.create([{**usual, **vals, "start": at, "stop": at + lasts, "original_start": at} for at in starts])

weekly = env["calendar.recurrence"].create({"event_tz": "Europe/Paris", "count": 52, "mon": True})
dates = planned([utc(monday.replace(hour=9) + timedelta(weeks=number)) for number in range(52)], name="Chaque lundi")
# Their rule afterwards: it would make others.
dates.write({"recurrence_id": weekly.id, "recurrency": True})
dates[1].unlink()
dates[2].write({"start": dates[2].start + timedelta(days=1), "stop": dates[2].stop + timedelta(days=1)})
dates[3].write({"cancelled_date": datetime.now().replace(microsecond=0), "cancel_reason": "La salle est prise."})
dates[4].write({"name": "Ce lundi; autre chose, là-bas \\\\ ici"})
for number in range(1, 370):
    night = monday + timedelta(days=number)
    if in_paris(utc(night)).utcoffset() != in_paris(utc(night + timedelta(days=1))).utcoffset():
        planned([utc(night - timedelta(hours=1))], hours=6, name="La nuit où l’heure change")
planned([monday.replace(hour=8)], hours=34, allday=True, name="Deux jours entiers")
other = env["collab.network"].search([("id", "not in", alice.partner_id.scope_network_ids.ids)], limit=1)
planned([utc(monday)], name="Pour les autres", audience_network_ids=[(6, 0, other.ids)])
env.cr.commit()

def said(event):
    ends = (event.start, event.stop) if event.allday else map(in_paris, (event.start, event.stop))
    form = "%Y-%m-%d 00:00" if event.allday else "%Y-%m-%d %H:%M"
    state = "CANCELLED" if event.cancelled_date else "CONFIRMED"
    title = f"Annulé\\N{NO-BREAK SPACE}: {event.name}" if event.cancelled_date else event.name
    return [*(end.strftime(form) for end in ends), title, state]

coming = [("is_shown", "=", True), ("is_poll", "=", False), ("start", ">=", datetime.combine(today(), time()))]
shown = env["calendar.event"].with_user(alice).sudo(False).search(coming)
print("SAID", json.dumps([said(event) for event in shown]))
"""
VDIRSYNCER = """
[general]
status_path = "{folder}/status/"
[pair agenda]
a = "here"
b = "there"
collections = null
[storage here]
type = "filesystem"
path = "{folder}/agenda"
fileext = ".ics"
[storage there]
type = "http"
url = "{address}"
verify = "{certificate}"
"""
KHAL = """
[calendars]
[[agenda]]
path = {folder}/agenda
[locale]
local_timezone = Europe/Paris
default_timezone = Europe/Paris
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {folder}/khal.db
"""
SHOWN = "{start-long-full}|{end-long-full}|{title}|{status}"


def program(name, *command, folder):
    """:return str: what a calendar program says; its own proxy is not for this machine"""
    environ = {**os.environ, "HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "NO_PROXY": "127.0.0.1"}
    environ["VDIRSYNCER_CONFIG"] = str(folder / "vdirsyncer.conf")
    done = subprocess.run(
        [LOCAL / "venv/bin" / name, *command], env=environ, cwd=folder, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def planned(stack):
    """:return list[tuple]: what alice reads in the agenda: beginning, end, title and state of each date"""
    command = ["bin/odoo", stack.cluster.name, "shell", "-d", stack.database, "--no-http", "--addons-path", TEST_ADDONS]
    done = subprocess.run(command, input=PLANNED, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-20_000:]
    return [tuple(one) for one in json.loads(re.search(r"SAID (.*)", done.stdout)[1])]


def test_a_program_that_subscribes_shows_what_the_platform_shows(stack, alice, planned, tmp_path):
    page = alice.get("/agenda/abonnement").text
    address = html.unescape(re.search(r'<input id="address"[^>]*value="([^"]*)"', page)[1])
    (tmp_path / "agenda").mkdir()
    (tmp_path / "vdirsyncer.conf").write_text(
        VDIRSYNCER.format(folder=tmp_path, address=address, certificate=stack.certificate)
    )
    (tmp_path / "khal.conf").write_text(KHAL.format(folder=tmp_path))

    def shown():
        program("vdirsyncer", "sync", folder=tmp_path)
        asked = ("list", "--day-format", "", "--format", SHOWN, "today", "800d")
        lines = program("khal", "-c", "khal.conf", *asked, folder=tmp_path).splitlines()
        # A date of several days is shown on each of them.
        return sorted({tuple(part.strip() for part in line.split("|")) for line in lines if line})

    program("vdirsyncer", "discover", folder=tmp_path)
    assert len(planned) > 50
    assert shown() == sorted(planned)
    titles = {one[2] for one in planned}
    assert "Pour les autres" not in titles
    # It is taken again, compressed, only once it has changed.
    fetched = alice.session.get(address, timeout=60)
    assert fetched.headers["Content-Encoding"] == "gzip"
    again = alice.session.get(address, headers={"If-None-Match": fetched.headers["ETag"]}, timeout=60)
    assert (again.status_code, again.content) == (304, b"")
    alice.read_token("/agenda/abonnement")
    assert alice.post("/agenda/abonnement").status_code == 303
    assert alice.session.get(address, timeout=60).status_code == 404
    secret = address.rpartition("/")[2].removesuffix(".ics")
    for log in (stack.log, stack.folder / "access.log", stack.folder / "error.log"):
        said = log.read_text()
        assert secret not in said
        assert log.name == "error.log" or "/agenda/flux/***" in said
