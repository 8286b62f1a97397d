# shellcheck shell=bash
# Shared by all scripts of bin/: paths, messages of steps and of failures, helpers for databases.
set -Eeuo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# In a container, this is the volume, and ODOO_PYTHON is the Python of the image, where everything is installed already.
LOCAL=${COLLAB_LOCAL:-$ROOT/.local}
VENV=$LOCAL/venv
PYTHON=${ODOO_PYTHON:-$VENV/bin/python}
export ROOT LOCAL VENV PYTHON
# Odoo is unpacked and not installed, so that nobody has compiled it: without this, each start takes three seconds more.
# The image has it compiled.
if [ -z "${ODOO_PYTHON:-}" ]; then
    unset PYTHONDONTWRITEBYTECODE
    export PYTHONPYCACHEPREFIX=$LOCAL/pycache
fi
cd "$ROOT"
mkdir -p "$LOCAL/log"

STEP=
REMEDY=
LOG=

# step TEXT REMEDY: prints the step that begins; REMEDY is printed if it fails.
step() {
    STEP=$1 REMEDY=$2 LOG=$LOCAL/log/$(basename "$0").log
    printf '→ %s\n' "$STEP"
}

# quietly COMMAND…: runs it; its output goes to the log of the script.
quietly() { "$@" >>"$LOG" 2>&1; }

die() {
    trap - ERR
    # Only the outermost script prints the failure.
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

# free_port: prints a free TCP port of the loopback interface.
free_port() {
    "$PYTHON" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# answers URL: true when the page answers 200.
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

# code_stamp: prints a hash of all the code that a database is built from.
code_stamp() {
    local folders=(collab_*/)
    # demo/ is not in the image of production.
    [ ! -d demo ] || folders+=(demo/)
    {
        cat uv.lock
        find "${folders[@]}" -type f ! -name '*.pyc' -print0 |
            sort -z | xargs -0 cat
    } | sha256sum | cut -d' ' -f1
}

# sql CLUSTER ARGUMENT…: psql on a cluster, with unformatted output.
sql() {
    local name=$1
    shift
    (eval "$(bin/postgres env "$name")" && PGOPTIONS=-cclient_min_messages=warning psql -qXAt -v ON_ERROR_STOP=1 "$@")
}

has_database() { [ "$(sql "$1" -c "SELECT 1 FROM pg_database WHERE datname = '$2'")" = 1 ]; }

# empty_database CLUSTER NAME: creates a database with French sorting and searches that ignore accents.
empty_database() {
    sql "$1" -c "DROP DATABASE IF EXISTS $2 WITH (FORCE)" \
        -c "CREATE DATABASE $2 TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'fr-FR'"
    # PostgreSQL only accepts an IMMUTABLE function in an index, and unaccent() is not declared so.
    sql "$1" -d "$2" -c "CREATE EXTENSION unaccent" -c "CREATE EXTENSION pg_trgm" -c "ALTER FUNCTION unaccent(text) IMMUTABLE"
    rm -rf "$LOCAL/data/$1/filestore/$2"
}

# copy_database CLUSTER FROM TO: with its files; nobody is connected to the first.
copy_database() {
    sql "$1" -c "DROP DATABASE IF EXISTS $3 WITH (FORCE)" -c "CREATE DATABASE $3 TEMPLATE $2"
    rm -rf "$LOCAL/data/$1/filestore/$3"
    cp -a "$LOCAL/data/$1/filestore/$2" "$LOCAL/data/$1/filestore/$3"
}

# our_modules: for an update, all of them by name: Odoo follows the dependencies of those that are installed only, and would
# miss whatever depends on ours through a module that is new.
our_modules() { (cd "$ROOT" && printf '%s,' collab_* | sed 's/,$//'); }

# content_modules: each lives without the others.
content_modules() { (cd "$ROOT" && grep -lF '"depends": ["collab_contribution"' collab_*/__manifest__.py | xargs -n 1 dirname); }

# build_database CLUSTER NAME MODULES: installs the platform on a new database. It is built under another name, so that
# an interrupted run never leaves a half-built database under this one.
build_database() {
    local made=${2}_new
    empty_database "$1" "$made"
    quietly bin/odoo "$1" server -d "$made" -i "$3" --skip-auto-install --load-language=fr_FR --stop-after-init --no-http --workers=0
    take_place "$1" "$made" "$2"
    stamp_database "$1" "$2"
}

# take_place CLUSTER FROM TO: renames database FROM and its files to TO; the former TO is deleted.
take_place() {
    sql "$1" -c "DROP DATABASE IF EXISTS $3 WITH (FORCE)"
    rm -rf "$LOCAL/data/$1/filestore/$3"
    [ ! -d "$LOCAL/data/$1/filestore/$2" ] || mv "$LOCAL/data/$1/filestore/$2" "$LOCAL/data/$1/filestore/$3"
    sql "$1" -c "ALTER DATABASE $2 RENAME TO $3"
}

# The hash of the code that each database was last updated to is stored in a file.
stamp_of() { echo "$LOCAL/stamps/database-$1-$2"; }
stamp_database() { mkdir -p "$LOCAL/stamps" && code_stamp >"$(stamp_of "$1" "$2")"; }

# postgres_for CLUSTER: starts it unless it runs already; if so, stop_postgres stops it at the end of the script.
postgres_for() {
    if ! bin/postgres status "$1"; then
        bin/postgres start "$1" || exit $?
        CLUSTER_STARTED=$1
    fi
}
stop_postgres() { [ -z "${CLUSTER_STARTED:-}" ] || bin/postgres stop "$CLUSTER_STARTED"; }

# demonstration_copy NAME: copies the demonstration of `make run`, brought up to the code, so that what was done there stays.
demonstration_copy() {
    if has_database run collab; then
        bin/update || exit $?
    else
        bin/demo || exit $?
    fi
    step "Copie de la démonstration" "arrêter make run, puis relancer"
    copy_database run collab "$1"
}

# clean LOG: fails when the log has a warning or an error.
clean() {
    ! grep -aE '^[0-9-]+ [0-9:,]+ [0-9]+ (WARNING|ERROR|CRITICAL) ' "$1"
}
