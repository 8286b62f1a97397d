# shellcheck shell=bash
# What every script of bin/ shares: where things are, and how a step speaks and fails.
set -Eeuo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# In a container, the volume; ODOO_PYTHON is then the Python of the image, which holds everything already.
LOCAL=${COLLAB_LOCAL:-$ROOT/.local}
VENV=$LOCAL/venv
PYTHON=${ODOO_PYTHON:-$VENV/bin/python}
export ROOT LOCAL VENV PYTHON
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
    # Said once, however deep it happened.
    [ "$BASH_SUBSHELL" = 0 ] || exit 1
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
    "$PYTHON" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# answers URL: the page answers 200.
answers() {
    "$PYTHON" - "$1" <<'PY'
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
    local folders=(collab_*/)
    # It is not in the image of production.
    [ ! -d demo ] || folders+=(demo/)
    {
        cat uv.lock
        find "${folders[@]}" -type f ! -name '*.pyc' -print0 |
            sort -z | xargs -0 cat
    } | sha256sum | cut -d' ' -f1
}

# sql CLUSTER ARGUMENT…: psql on a cluster, bare output.
sql() {
    local name=$1
    shift
    (eval "$(bin/postgres env "$name")" && PGOPTIONS=-cclient_min_messages=warning psql -qXAt -v ON_ERROR_STOP=1 "$@")
}

has_database() { [ "$(sql "$1" -c "SELECT 1 FROM pg_database WHERE datname = '$2'")" = 1 ]; }

# empty_database CLUSTER NAME: sorted as the French sort, searchable without accents.
empty_database() {
    sql "$1" -c "DROP DATABASE IF EXISTS $2 WITH (FORCE)" \
        -c "CREATE DATABASE $2 TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'fr-FR'"
    # An index needs a function that never changes its mind.
    sql "$1" -d "$2" -c "CREATE EXTENSION unaccent" -c "CREATE EXTENSION pg_trgm" -c "ALTER FUNCTION unaccent(text) IMMUTABLE"
    rm -rf "$LOCAL/data/$1/filestore/$2"
}

# copy_database CLUSTER FROM TO: with its files; nobody is connected to the first.
copy_database() {
    sql "$1" -c "DROP DATABASE IF EXISTS $3 WITH (FORCE)" -c "CREATE DATABASE $3 TEMPLATE $2"
    rm -rf "$LOCAL/data/$1/filestore/$3"
    cp -a "$LOCAL/data/$1/filestore/$2" "$LOCAL/data/$1/filestore/$3"
}

# build_database CLUSTER NAME MODULES: the platform on a new database. Built under another name: what is interrupted is
# begun again, never half done.
build_database() {
    local made=${2}_new
    empty_database "$1" "$made"
    quietly bin/odoo "$1" server -d "$made" -i "$3" --skip-auto-install --load-language=fr_FR --stop-after-init --no-http --workers=0
    take_place "$1" "$made" "$2"
    stamp_database "$1" "$2"
}

# take_place CLUSTER FROM TO: a database and its files take the name of another, which disappears.
take_place() {
    sql "$1" -c "DROP DATABASE IF EXISTS $3 WITH (FORCE)"
    rm -rf "$LOCAL/data/$1/filestore/$3"
    [ ! -d "$LOCAL/data/$1/filestore/$2" ] || mv "$LOCAL/data/$1/filestore/$2" "$LOCAL/data/$1/filestore/$3"
    sql "$1" -c "ALTER DATABASE $2 RENAME TO $3"
}

# A database that has been brought up to the code is stamped with it.
stamp_of() { echo "$LOCAL/stamps/database-$1-$2"; }
stamp_database() { mkdir -p "$LOCAL/stamps" && code_stamp >"$(stamp_of "$1" "$2")"; }

# postgres_for CLUSTER: make sure that it runs, and stop it at the end of the script if it did not.
postgres_for() {
    if ! bin/postgres status "$1"; then
        bin/postgres start "$1" || exit $?
        CLUSTER_STARTED=$1
    fi
}
stop_postgres() { [ -z "${CLUSTER_STARTED:-}" ] || bin/postgres stop "$CLUSTER_STARTED"; }

# clean LOG: a warning in the log of an installation is a failure.
clean() {
    ! grep -aE '^[0-9-]+ [0-9:,]+ [0-9]+ (WARNING|ERROR|CRITICAL) ' "$1"
}
