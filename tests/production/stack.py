"""The platform as in production, on this machine: PostgreSQL, Odoo with its workers, Debian's nginx with our template.

For the tests of faults and for the bench. Nothing here is simulated: processes are started, killed and measured.
"""

import contextlib
import functools
import os
import pathlib
import shlex
import shutil
import signal
import socket
import string
import subprocess
import time

import psutil
import requests
import server_log

ROOT = pathlib.Path(__file__).parents[2]
LOCAL = ROOT / ".local"
TEST_ADDONS = ".,demo,tests"


def free_port():
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def run(*command, **environ):
    """Run a script of bin/, and show what it said if it fails.

    :param str environ: variables beside those of this process
    :return str: what it printed
    """
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environ}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert done.returncode == 0, f"{shlex.join(command)}:\n{done.stdout}"
    return done.stdout


def start(*command, **environ):
    """:return subprocess.Popen: a script of bin/ that runs in a group of its own, to be killed whole"""
    return subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environ}, start_new_session=True)


def peak(process):
    """:return int: the most memory that a process has used since its peak was forgotten, in bytes (man 5 proc)"""
    for line in pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) * 1024
    raise AssertionError("no VmHWM")


def forget_peak(process):
    pathlib.Path(f"/proc/{process.pid}/clear_refs").write_text("5")


class Cluster:
    """A private PostgreSQL of bin/postgres, named after its purpose."""

    def __init__(self, name):
        self.name = name

    def start(self):
        run("bin/postgres", "start", self.name)

    def stop(self):
        run("bin/postgres", "stop", self.name)

    def is_running(self):
        return subprocess.run(["bin/postgres", "status", self.name], cwd=ROOT).returncode == 0

    @property
    def pid(self):
        return int((LOCAL / "postgres" / self.name / "data/postmaster.pid").read_text().split()[0])

    def kill(self):
        """Kill every process at once, as a machine that runs out of memory does."""
        postmaster = psutil.Process(self.pid)
        family = [postmaster, *postmaster.children(recursive=True)]
        for process in family:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(family, timeout=30)

    @functools.cached_property
    def _environ(self):
        assignments = shlex.split(run("bin/postgres", "env", self.name))
        return dict(assignment.split("=", 1) for assignment in assignments if "=" in assignment)

    def sql(self, query, database="postgres"):
        """:return list[tuple[str]]: the rows that a query gives"""
        command = ["psql", "-qXAt", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", query]
        done = subprocess.run(command, env={**os.environ, **self._environ}, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return [tuple(line.split("\t")) for line in done.stdout.splitlines()]


class Stack:
    """Odoo with two workers, and nginx in front of it, on a database of a cluster."""

    def __init__(self, cluster, database, folder, data_dir=None, environ=None, prefix=(), attempts="10r/m"):
        """
        :param Cluster cluster: where the database lies; started by the caller
        :param str database: its name
        :param pathlib.Path folder: for the configuration of nginx and the logs
        :param pathlib.Path | None data_dir: of Odoo; that of the cluster unless told
        :param dict | None environ: variables for Odoo, as an operator would set them
        :param Sequence[str] prefix: command in which Odoo's is run
        :param str attempts: how many logins the proxy lets pass from one address, where everybody has the same
        """
        self.cluster = cluster
        self.database = database
        self.folder = folder
        self.data_dir = data_dir or LOCAL / "data" / cluster.name
        self.environ = environ or {}
        self.prefix = list(prefix)
        self.attempts = attempts
        self.http_port, self.live_port, self.proxy_port, self.plain_port = (free_port() for _ in range(4))
        self.url = f"https://127.0.0.1:{self.proxy_port}"
        self.odoo_url = f"http://127.0.0.1:{self.http_port}"
        self.certificate = folder / "certificate.pem"
        self.log = folder / "odoo.log"
        self.odoo = self.nginx = None

    def __enter__(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            self.start_odoo()
            self.start_nginx()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *error):
        self.stop_odoo()
        if self.nginx:
            self.nginx.terminate()
            self.nginx.wait(30)

    def start_odoo(self):
        command = [
            *self.prefix,
            "bin/odoo",
            self.cluster.name,
            "server",
            "-d",
            self.database,
            "--db-filter",
            f"^{self.database}$",
        ]
        command += ["--addons-path", TEST_ADDONS, "--http-interface", "127.0.0.1"]
        command += ["--http-port", str(self.http_port), "--gevent-port", str(self.live_port)]
        environ = {
            **os.environ,
            "ODOO_CONF": "config/odoo.production.conf",
            "ODOO_DATA_DIR": str(self.data_dir),
            "PLATFORM_URL": self.url,
            **self.environ,
        }
        server_log.watch(self.log)
        with self.log.open("ab") as output:
            self.odoo = subprocess.Popen(
                command, cwd=ROOT, env=environ, stdout=output, stderr=output, start_new_session=True
            )
        self.wait_for(lambda: self.answers(self.odoo_url), "Odoo")
        if self.environ.get("ODOO_WORKERS") != "0":
            # It has no pages: those of Odoo ask for what its server does not tell.
            live = f"http://127.0.0.1:{self.live_port}"
            self.wait_for(lambda: self.answers(live, "/web/health"), "the process of the websocket")

    def stop_odoo(self):
        if self.odoo and self.odoo.poll() is None:
            self.odoo.terminate()
            try:
                self.odoo.wait(30)
            finally:
                # A worker that would not stop must not outlive the tests.
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(self.odoo.pid, signal.SIGKILL)

    def workers(self):
        """:return list[psutil.Process]: those that answer pages and run jobs; the websocket has a command of its own"""
        master = psutil.Process(self.odoo.pid)
        return [child for child in master.children() if "gevent" not in child.cmdline()]

    def start_nginx(self):
        self._certify()
        (self.folder / "logs").mkdir(exist_ok=True)
        template = (ROOT / "config/nginx/templates/collab.conf.template").read_text()
        site = _fill(
            template,
            SERVER_NAME="127.0.0.1",
            HTTP_PORT=f"127.0.0.1:{self.plain_port}",
            HTTPS_PORT=str(self.proxy_port),
            ODOO_HTTP=f"127.0.0.1:{self.http_port}",
            ODOO_LIVE=f"127.0.0.1:{self.live_port}",
            CERTIFICATE=str(self.certificate),
            CERTIFICATE_KEY=str(self.folder / "key.pem"),
            FILESTORE=str(self.data_dir / "filestore"),
            PAGES=str(ROOT / "collab_serveur/pages"),
            UPLOAD_MAX="55m",
        )
        # On this machine, the loopback interface alone.
        site = site.replace(f"listen {self.proxy_port} ", f"listen 127.0.0.1:{self.proxy_port} ")
        site = site.replace("rate=10r/m", f"rate={self.attempts}")
        site = site.replace("/dev/stdout", str(self.folder / "access.log")).replace(
            "/dev/stderr", str(self.folder / "error.log")
        )
        (self.folder / "collab.conf").write_text(site)
        nginx = LOCAL / "nginx"
        temporary = "".join(
            f"{kind}_temp_path {self.folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        (self.folder / "nginx.conf").write_text(
            f"daemon off; pid {self.folder}/nginx.pid; worker_processes 1; error_log {self.folder}/error.log;\n"
            # Files of the filestore belong to whoever runs the tests.
            + ("user root;\n" if os.getuid() == 0 else "")
            + "events { worker_connections 1024; }\n"
            + f"http {{\ninclude {nginx}/etc/nginx/mime.types; sendfile on;\n{temporary}"
            + f"include {self.folder}/collab.conf;\n}}\n"
        )
        command = [str(nginx / "usr/sbin/nginx"), "-p", str(self.folder), "-c", str(self.folder / "nginx.conf")]
        checked = subprocess.run([*command, "-t"], capture_output=True, text=True)
        assert checked.returncode == 0, checked.stderr
        with (self.folder / "error.log").open("ab") as output:
            self.nginx = subprocess.Popen(command, stdout=output, stderr=output)
        self.wait_for(lambda: self.answers(self.url), "nginx")

    def _certify(self):
        key = self.folder / "key.pem"
        if not self.certificate.exists():
            command = (
                "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=127.0.0.1"
            )
            command = [*command.split(), "-addext", "subjectAltName=IP:127.0.0.1"]
            subprocess.run([*command, "-keyout", key, "-out", self.certificate], check=True, capture_output=True)

    def answers(self, url, path="/web/login"):
        """:return bool: the page is there"""
        try:
            return requests.get(f"{url}{path}", timeout=60, verify=str(self.certificate)).status_code == 200
        except requests.RequestException:
            return False

    def wait_for(self, condition, what, seconds=90):
        limit = time.monotonic() + seconds
        while not condition():
            assert self.odoo.poll() is None, f"Odoo stopped: see {self.log}"
            assert time.monotonic() < limit, f"{what} does not answer: see {self.folder}"
            time.sleep(0.1)


def _fill(template, **values):
    """Fill ${VARIABLES} in, and leave nginx's own $variables alone, as nginx's image does.

    :raises AssertionError: the template asks for something else than what is given
    """
    asked = {
        match["braced"]
        for match in string.Template.pattern.finditer(template)
        if match["braced"] and match["braced"].isupper()
    }
    asked.discard("VARIABLES")  # named in the template's own comment
    assert asked == set(values), asked ^ set(values)
    for name, value in values.items():
        template = template.replace(f"${{{name}}}", value)
    return template


def empty_folder(path):
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    return path
