import os
import pathlib
import shutil
import time
from datetime import UTC, datetime, timedelta

from odoo.http import Controller, Response, request, route
from odoo.tools import config

# Beyond these limits, the check fails: a monitor should wake somebody up.
DISK_MIN_FREE = 0.05  # of the disk that holds the files
MAIL_MAX_WAIT = timedelta(hours=1)
JOB_MAX_DELAY = timedelta(hours=1)


class Health(Controller):
    @route("/sante", type="http", auth="none", methods=["GET"], sitemap=False, save_session=False)
    def health(self, **kw):
        """Answer a monitor: 200 when all checks pass, 503 otherwise."""
        return answer({"database": _database(), "disk": _disk(), "mail": _mail(), "jobs": _jobs(), "backup": _backup()})


def answer(checks):
    """:param dict checks: by subject, a dictionary with ``ok`` and figures
    :return Response: JSON, as in the IETF draft *Health Check Response Format for HTTP APIs*"""
    well = all(check["ok"] for check in checks.values())
    return request.make_json_response(
        {"status": "pass" if well else "fail", "checks": checks},
        headers={"Cache-Control": "no-store"},
        status=200 if well else 503,
    )


def without_database():
    """:return Response: the answer when PostgreSQL does not"""
    return Response(
        '{"status": "fail", "checks": {"database": {"ok": false}}}',
        status=503,
        headers={"Cache-Control": "no-store"},
        mimetype="application/json",
    )


def _ask(query, *params):
    request.env.cr.execute(query, params)
    return request.env.cr.fetchone()


def _database():
    start = time.perf_counter()
    _ask("SELECT count(*) FROM res_users")
    return {"ok": True, "seconds": round(time.perf_counter() - start, 4)}


def _disk():
    usage = shutil.disk_usage(config["data_dir"])
    return {"ok": usage.free >= DISK_MIN_FREE * usage.total, "free_percent": round(100 * usage.free / usage.total, 1)}


def _mail():
    # sudo: nobody is logged in, and only a date is read; each module that sends mails answers for its own
    dates = request.env["ir.mail_server"].sudo()._waiting_since()
    oldest = min(dates, default=None)
    waiting = max(_now() - oldest, timedelta()) if oldest else timedelta()
    return {"ok": waiting <= MAIL_MAX_WAIT, "oldest_unsent_minutes": _minutes(waiting) if oldest else None}


def _jobs():
    last, due = _ask("SELECT max(lastcall), min(nextcall) FROM ir_cron WHERE active")
    delay = max(_now() - due, timedelta()) if due else timedelta()
    return {"ok": delay <= JOB_MAX_DELAY, "last": _iso(last), "delay_minutes": _minutes(delay)}


def _backup():
    """Check the age of the last backup, if the operator has set a limit (BACKUP_MAX_HOURS)."""
    limit = os.environ.get("BACKUP_MAX_HOURS")
    folder = pathlib.Path(os.environ.get("BACKUP_DIR") or os.devnull)
    # bin/backup gives this name to a backup only when it is complete.
    names = sorted(path.name for path in folder.glob("2*Z"))
    last = datetime.strptime(names[-1], "%Y%m%dT%H%M%SZ") if names else None
    ok = not limit or bool(last and _now() - last <= timedelta(hours=float(limit)))
    return {"ok": ok, "last": _iso(last)}


def _now():
    """:return datetime: UTC, naive, as in the database"""
    return datetime.now(UTC).replace(tzinfo=None)


def _minutes(delay):
    return int(delay.total_seconds() // 60)


def _iso(moment):
    return f"{moment.isoformat(timespec='seconds')}Z" if moment else None
