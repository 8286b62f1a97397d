"""The outbox of the platform, and processes that empty it."""

import contextlib
import multiprocessing.connection
import os
import signal
import subprocess
import time

import server_log

from .stack import ROOT, TEST_ADDONS

SEND = 'env["collab.notification"]._send_due()'
# As Odoo's own process of jobs does.
JOBS = "from odoo.addons.base.models.ir_cron import IrCron; IrCron._process_jobs(env.cr.dbname)"


class Process:
    """One process, that does one thing."""

    def __init__(self, path, code, line=None, here=False):
        self.connection = multiprocessing.connection.Client(str(path), "AF_UNIX")
        self.connection.send((code, line, here))
        self.pid = self.connection.recv()

    def kill(self):
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def wait(self):
        """:return: what the code gave
        :raises EOFError: it was killed
        :raises AssertionError: it failed"""
        with self.connection:
            result, error = self.connection.recv()
        assert not error, error
        return result


class Processes:
    """Where processes that send come from; see outbox_sender.py."""

    def __init__(self, stack, mailbox):
        stack.folder.mkdir(parents=True, exist_ok=True)
        self.path = stack.folder / "sender"
        command = ["bin/odoo", stack.cluster.name, "shell", "-d", stack.database, "--no-http"]
        environ = {
            **os.environ,
            "ODOO_SMTP_SERVER": "127.0.0.1",
            "ODOO_SMTP_PORT": str(mailbox.port),
            "ODOO_DATA_DIR": str(stack.data_dir),
            "OUTBOX_SOCKET": str(self.path),
        }
        self.log = stack.folder / "sender.log"
        server_log.watch(self.log)
        with (ROOT / "tests/production/outbox_sender.py").open() as script, self.log.open("ab") as output:
            self.parent = subprocess.Popen(
                [*command, "--addons-path", TEST_ADDONS],
                cwd=ROOT,
                env=environ,
                stdin=script,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def __enter__(self):
        return self

    def __exit__(self, *error):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.parent.pid, signal.SIGKILL)
        self.parent.wait(30)

    def _connect(self, code, **options):
        limit = time.monotonic() + 60
        while not self.path.exists():
            assert self.parent.poll() is None and time.monotonic() < limit, f"see {self.log}"
            time.sleep(0.05)
        return Process(self.path, code, **options)

    def start(self, code=SEND, line=None):
        """:param str code: with ``env``; what it calls ``result`` is given back
        :param int | None line: the process dies at this line of the outbox, counted as they are reached
        :return Process:
        """
        return self._connect(code, line=line)

    def run(self, code=SEND):
        return self.start(code).wait()

    def prepare(self, code):
        """Run this where the processes to come are born: they find in memory what it has loaded."""
        return self._connect(code, here=True).wait()
