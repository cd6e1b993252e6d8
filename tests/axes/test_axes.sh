#!/bin/sh
# SPDX-License-Identifier: MIT
# Each axis along which processes differ is a pack of YAML and Lua alone, without a finding, whose
# stories pass; tests/axes/README.md names them.
: "${REEVE:=build/asan/reeve}"
export REEVE_NOW=2026-10-01T09:00           # Calendars and panels run out.
A=$(dirname "$0")
out=$(mktemp) || exit 1
trap 'rm -f "$out"' EXIT

axis=1
while [ $axis -le 18 ]; do
    set -- "$A"/a$(printf %02d $axis)-*
    [ -d "$1" ] && echo "ok - axis $axis has a pack" || echo "not ok - axis $axis has a pack"
    axis=$((axis + 1))
done
for pack in "$A"/base "$A"/a[0-9]*; do
    name=$(basename "$pack")
    grep -q "\`$name\`" "$A/README.md" && echo "ok - $name is named" || echo "not ok - $name is named"
    if "$REEVE" check "$pack" >"$out" 2>&1 && grep -q "0 errors, 0 warnings" "$out"; then
        echo "ok - $name has no findings"
    else
        echo "not ok - $name has no findings"
        cat "$out"
    fi
    if "$REEVE" test "$pack" >"$out" 2>&1 && grep -q "^[1-9][0-9]* passed, 0 failed$" "$out"; then
        echo "ok - the stories of $name pass"
    else
        echo "not ok - the stories of $name pass"
        cat "$out"
    fi
done
