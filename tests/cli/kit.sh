# SPDX-License-Identifier: MIT
# What the tests of the command line share: a folder, a database with the Torbay pack and its
# people, and checks. Sourced: . tests/cli/kit.sh

: "${REEVE:=build/asan/reeve}"
case $REEVE in
/*) ;;
*) REEVE=$PWD/$REEVE ;;
esac
HERE=$PWD
E=$HERE/examples
T=$(mktemp -d "${TMPDIR:-/tmp}/reeve-cli-XXXXXX") || exit 1
trap 'rm -rf "$T"' EXIT
trap 'exit 1' INT TERM
export REEVE_DB="$T/reeve.db" REEVE_NOW=2026-10-01T09:00 NO_COLOR=1
unset REEVE_CONFIG

ok() {
    echo "ok - $1"
}
not_ok() {
    echo "not ok - $1"
    shift
    for line; do printf '    %s\n' "$line"; done
    [ ! -s "$T/out" ] || sed 's/^/    out: /' "$T/out"
    [ ! -s "$T/err" ] || sed 's/^/    err: /' "$T/err"
}

# A published pack, schools, people, and one annual review, AR-26-0001, on its list.
set_up() {
    {
        "$REEVE" publish "$E/torbay" &&
            "$REEVE" schools import "$E/caseload/schools.csv" &&
            "$REEVE" people import "$E/caseload/people.csv" &&
            "$REEVE" open annual-review child=C-1 birth=2013-08-08 plan_issued=2019-09-24 \
                last_review=2025-12-19 --school 900006 --as officer
    } >"$T/out" 2>"$T/err" </dev/null || {
        not_ok "a pack is published and a case opened"
        exit 1
    }
}

# All rows of all tables, as text: what must not change.
dump() {
    python3 - "$1" <<'PY'
import sqlite3, sys, urllib.parse
base = sqlite3.connect("file:" + urllib.parse.quote(sys.argv[1]) + "?mode=ro", uri=True)
for line in base.iterdump():
    print(line)
PY
}

# Keeps the database as it stands; unchanged: whether it still says the same. Where the bytes are
# the same, so is what they say, and nothing is read out.
keep() {
    rm -f "$T/kept" "$T/kept-wal"
    for part in '' -wal; do
        [ ! -f "$REEVE_DB$part" ] || cp "$REEVE_DB$part" "$T/kept$part"
    done
}
unchanged() {
    for part in '' -wal; do
        [ ! -f "$REEVE_DB$part" ] && [ ! -f "$T/kept$part" ] && continue
        cmp -s "$REEVE_DB$part" "$T/kept$part" && continue
        [ "$(dump "$REEVE_DB" 2>&1 | cksum)" = "$(dump "$T/kept" 2>&1 | cksum)" ]
        return
    done
}

# run STATUS WORDS...: runs reeve, keeps out and err; false when it ends with another status.
run() {
    wanted=$1
    shift
    "$REEVE" "$@" >"$T/out" 2>"$T/err" </dev/null
    got=$?
    [ "$got" -eq "$wanted" ]
}

# refused NAME STATUS CODE TEXT WORDS...: ends with STATUS and says TEXT (a basic regular
# expression) on stderr and nothing on stdout; with --json says the same as {"error": ...} with
# CODE; and nothing in the database changes.
refused() {
    name=$1 status=$2 code=$3 text=$4
    shift 4
    keep
    if ! run "$status" "$@"; then
        not_ok "$name" "ended with $got, not $status"
        return
    fi
    if [ -s "$T/out" ] || ! grep -q -- "$text" "$T/err"; then
        not_ok "$name" "stderr does not say '$text', or stdout says something"
        return
    fi
    if ! run "$status" "$@" --json || ! python3 - "$code" "$T/out" <<'PY'
import json, sys
error = json.load(open(sys.argv[2]))["error"]
assert error["code"] == sys.argv[1] and error["text"], error
PY
    then
        not_ok "$name" "as JSON: ended with $got, or no error with code $code"
        return
    fi
    if ! unchanged; then
        not_ok "$name" "the database changed"
        return
    fi
    ok "$name"
}

# said NAME TEXT WORDS...: ends with 0 and says TEXT on stdout.
said() {
    name=$1 text=$2
    shift 2
    if run 0 "$@" && grep -q -- "$text" "$T/out"; then
        ok "$name"
    else
        not_ok "$name" "ended with $got; wanted '$text'"
    fi
}
