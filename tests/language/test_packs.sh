#!/bin/sh
# SPDX-License-Identifier: MIT
# What the language can say: each folder here is a small pack about one part of it. check has
# nothing to say about it, and its scenarios pass.
: "${REEVE:=build/asan/reeve}"
export REEVE_NOW=2026-10-01T09:00           # Calendars and panels run out.
T=$(mktemp "${TMPDIR:-/tmp}/reeve-language-XXXXXX") || exit 1
trap 'rm -f "$T"' EXIT

for pack in tests/language/*/; do
    name=$(basename "$pack")
    if "$REEVE" check "$pack" >"$T" 2>&1 && "$REEVE" test "$pack" >>"$T" 2>&1; then
        echo "ok - $name"
    else
        echo "not ok - $name"
        sed 's/^/    /' "$T"
    fi
done
