# shellcheck shell=bash
# What every script of bin/ shares: where things are, and how a step speaks and fails.
set -Eeuo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
LOCAL=$ROOT/.local
VENV=$LOCAL/venv
export ROOT LOCAL VENV
cd "$ROOT"
mkdir -p "$LOCAL/log"

STEP=
REMEDY=
LOG=

# step TEXT REMEDY: what begins now, and what to do if it fails.
step() {
    STEP=$1 REMEDY=$2 LOG=$LOCAL/log/$(basename "$0").log
    printf '→ %s\n' "$STEP"
}

# quietly COMMAND…: run it, its output kept in the log of the script.
quietly() { "$@" >>"$LOG" 2>&1; }

die() {
    trap - ERR
    printf 'Échec : %s. À faire : %s.\n' "$1" "$2" >&2
    exit 1
}

on_error() {
    [ -n "$STEP" ] || exit 1
    local detail=
    [ -s "$LOG" ] && detail=" (détail : ${LOG#"$ROOT"/})"
    die "$STEP$detail" "$REMEDY"
}
trap on_error ERR

is_root() { [ "$(id -u)" = 0 ]; }

# free_port: a TCP port of the loopback interface that nobody listens on.
free_port() {
    "$VENV/bin/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# answers URL: the page answers 200.
answers() {
    "$VENV/bin/python" - "$1" <<'PY'
import sys
import urllib.request

try:
    sys.exit(urllib.request.urlopen(sys.argv[1], timeout=60).status != 200)
except OSError:
    sys.exit(1)
PY
}

# code_stamp: a hash of everything that a database is built from.
code_stamp() {
    {
        cat uv.lock
        find collab_* demo tests/test_* -type f ! -name '*.pyc' -print0 2>/dev/null |
            sort -z | xargs -0 cat
    } | sha256sum | cut -d' ' -f1
}
