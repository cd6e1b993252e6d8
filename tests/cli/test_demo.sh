#!/bin/sh
# SPDX-License-Identifier: MIT
# The demo runs to its end and shows what it promises.
: "${REEVE_RELEASE:=$PWD/build/reeve}"
T=$(mktemp -d "${TMPDIR:-/tmp}/reeve-demo-test-XXXXXX") || exit 1
trap 'rm -rf "$T"' EXIT
unset REEVE_DB REEVE_NOW

TMPDIR=$T REEVE=$REEVE_RELEASE sh examples/demo.sh >"$T/out" 2>&1
got=$?
if [ "$got" -ne 0 ]; then
    tail -n 20 "$T/out" | sed 's/^/    /'
    echo "not ok - the demo ends with 0, not $got"
    exit 1
fi
echo "ok - the demo runs to its end"
# shows NAME TEXT
shows() {
    grep -q -- "$2" "$T/out" && echo "ok - it shows $1" || echo "not ok - it shows $1: '$2'"
}
shows "what is overdue" "^Overdue ("
shows "what is due this week" "^This week ("
shows "what is due in the next four weeks" "^Next four weeks ("
shows "which date binds" "the law .*Mon 28 Dec 2026 .*binds"
shows "when to do it" "do it by the last school day before: Fri 18 Dec 2026"
shows "a digest" "Message-ID: <digest\."
shows "with the same date" "Fri 18 Dec  Send the report"
shows "what to try next" "reeve help"
if grep -q "C-0401" "$T"/reeve-demo-*/mail/*.eml; then
    echo "not ok - no message has a child's reference"
else
    echo "ok - no message has a child's reference"
fi
base=$(echo "$T"/reeve-demo-*/reeve.db)
"$REEVE_RELEASE" verify --db "$base" | grep -q ": 0 wrong" && echo "ok - and all of it verifies" ||
    echo "not ok - and all of it verifies"
REEVE=${REEVE:-$REEVE_RELEASE} python3 tests/cli/examples.py "$base" || echo "not ok - every example in help works"
