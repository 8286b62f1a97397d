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
# Mails that failed because of their address are not counted: the operator cannot do anything about them.
NOT_OUR_FAULT = ("mail_email_invalid", "mail_email_missing", "mail_bl", "mail_optout", "mail_dup")


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
    [oldest] = _ask(
        """SELECT least(
                      (SELECT min(coalesce(scheduled_date, create_date)) FROM mail_mail
                        WHERE state = 'outgoing' OR (state = 'exception' AND coalesce(failure_type, '') NOT IN %s)),
                      (SELECT min(link_asked) FROM res_users),
                      (SELECT min(create_date) FROM collab_account_letter
                        WHERE sent_date IS NULL AND expires > now() AT TIME ZONE 'UTC'),
                      (SELECT min(wanted) FROM collab_notification
                        WHERE state = 'given_up' OR (state = 'waiting' AND wanted <= now() AT TIME ZONE 'UTC')))""",
        NOT_OUR_FAULT,
    )
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
