"""Read by ``bin/odoo CLUSTER shell``: Odoo is loaded once, and each order runs in a process of its own, born from it.

As Odoo's own workers are: real processes, with connections of their own, that can be killed; each starts in no time.
"""

import os
import signal
import sys
import traceback
from multiprocessing.connection import Listener

from odoo import SUPERUSER_ID, api, sql_db
from odoo.orm.registry import Registry
from odoo.tools import config

from odoo.addons.collab_courrier.models import collab_notification, collab_notification_letter

OUTBOX = {collab_notification.__file__, collab_notification_letter.__file__}

[DATABASE] = config["db_name"]


def run(code):
    """:param str code: run as a job is, then committed
    :return: what it calls ``result``, made of plain values"""
    values = {}
    with Registry(DATABASE).check_signaling().cursor() as cr:
        values["env"] = env = api.Environment(cr, SUPERUSER_ID, {})
        exec(code, values)  # noqa: S102 — the tests are who asks
        env.flush_all()
    env.registry.signal_changes()
    return values.get("result")


def die_at(number):
    """Kill this process as it reaches its nth line of the outbox, each line being counted once, the first time."""
    seen = set()

    def on_line(frame, event, arg):
        if event == "line":
            seen.add((frame.f_code.co_filename, frame.f_lineno))
            if len(seen) == number:
                os.kill(os.getpid(), signal.SIGKILL)
        return on_line

    def on_call(frame, event, arg):
        return on_line if frame.f_code.co_filename in OUTBOX else None

    sys.settrace(on_call)


def serve(listener):
    # Nobody waits for these processes: they leave nothing behind.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        with listener.accept() as connection:
            code, line, here = connection.recv()
            if not here and os.fork():
                continue
            connection.send(os.getpid())
            try:
                if line:
                    die_at(line)
                answer = (run(code), None)
            except BaseException:
                answer = (None, traceback.format_exc())
            sys.settrace(None)
            connection.send(answer)
            if not here:
                os._exit(0)
            # A connection to PostgreSQL is not shared between processes.
            sql_db.close_all()


sql_db.close_all()
with Listener(os.environ["OUTBOX_SOCKET"], "AF_UNIX") as listener:
    serve(listener)
