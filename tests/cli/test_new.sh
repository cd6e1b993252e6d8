#!/bin/sh
# SPDX-License-Identifier: MIT
# What `reeve new` makes is a pack that checks, tells its story and can be published; and it never
# writes over anything, nor leaves half of it.
. tests/cli/kit.sh
cd "$T" || exit 1
cp -R "$E" packs
cp -R "$HERE/tests/packs/good/law" "$HERE/tests/packs/good/town" packs/

# sound NAME FOLDER: the findings are those of what it extends, and its own story comes out.
sound() {
    run 0 check "$2" --json || { not_ok "$1: checks"; return; }
    own=$(python3 - "$T/out" "$(basename "$2")" <<'PY'
import json, sys
answer = json.load(open(sys.argv[1]))
print(sum(f["file"] is None or f["file"].startswith(sys.argv[2] + "/") for f in answer["findings"]))
PY
)
    [ "$own" = 0 ] && ok "$1: nothing to find" || not_ok "$1: nothing to find"
    run 0 test "$2" && grep -q "^1 passed, 0 failed" "$T/out" && ok "$1: its story comes out" ||
        not_ok "$1: its story comes out"
    rm -f "$T/new.db"
    run 0 publish "$2" --db "$T/new.db" && ok "$1: can be published" || not_ok "$1: can be published"
    grep -rn '((' "$2" --include='*.yaml' --include=README.md >"$T/out" &&
        not_ok "$1: every word was put in" || ok "$1: every word was put in"
    "$REEVE" schema | cmp -s - "$2/reeve.schema.json" &&
        ! find "$2" -name '*.yaml' | while read -r file; do
            schema=$(sed -n '1s/^# yaml-language-server: $schema=//p' "$file")
            [ -f "$(dirname "$file")/$schema" ] && [ "$(sed -n '2p' "$file")" = "# \$schema: $schema" ] ||
                echo "$file"
        done | grep . && ok "$1: editors find its schema" || not_ok "$1: editors find its schema"
    run 0 fmt "$2" --check && ok "$1: is tidy" || not_ok "$1: is tidy"
    find "$2" -type d -name processes | grep -q . && ok "$1: has an example" ||
        not_ok "$1: has an example"
}

run 0 new moorland && grep -q "reeve check moorland" "$T/out" && ok "it says what to do next" ||
    not_ok "it says what to do next"
sound "a pack of its own" moorland
for base in england torbay plymouth town; do
    run 0 new "packs/on-$base" --extends "packs/$base/" || not_ok "one that extends $base"
    sound "one that extends $base" "packs/on-$base"
done
run 0 new packs/school --extends packs/on-torbay || not_ok "a school that extends its authority"
sound "a school that extends its authority" packs/school
(cd packs && "$REEVE" new beside --extends england) >"$T/out" 2>"$T/err" &&
    ok "from within the folder" || not_ok "from within the folder"
sound "from within the folder" packs/beside
grep -q "^#  report_within: 2 weeks" packs/beside/processes/annual-review.yaml &&
    ok "the settings of the base are shown" || not_ok "the settings of the base are shown"
mkdir packs/bare && printf 'pack: bare\ntitle: Bare\nextends: ../england\n' >packs/bare/pack.yaml
rm -r packs/england/scenarios
run 0 new packs/plain --extends packs/bare && grep -q "no story that an example" "$T/out" &&
    run 0 check packs/plain && ! [ -e packs/plain/processes ] && ! grep -q 'scenarios/' packs/plain/README.md &&
    ok "without a story to begin with, no example" || not_ok "without a story to begin with, no example"
run 0 new asked --json && python3 -c 'import json,sys
a = json.load(open(sys.argv[1]))
assert a["pack"] == "asked" and a["extends"] is None and "asked/pack.yaml" in a["files"], a
' "$T/out" && ok "as JSON" || not_ok "as JSON"

# --- what is refused, and leaves everything as it was ------------------------------------------
mkdir packs/broken && printf 'pack: broken\ntitle: Broken\n' >packs/broken/pack.yaml
mkdir empty full && echo mine >full/pack.yaml && echo mine >file && ln -s nowhere link
find . | sort >before
refused() { # NAME STATUS WORDS-IN-ANSWER ARGS...
    name=$1 status=$2 words=$3
    shift 3
    run "$status" new "$@" && grep -q -- "$words" "$T/err" && ok "refused: $name" ||
        not_ok "refused: $name"
}
refused "a folder that is there" 1 "is there already" full
refused "an empty one too" 1 "is there already" empty
refused "a file" 1 "is there already" file
refused "a link that leads nowhere" 1 "is there already" link
refused "a name that begins with a digit" 1 "cannot be called '9th'" 9th
refused "a name with a space" 1 "cannot be called" "two words"
refused "a name with a dot" 1 "cannot be called" packs/..
refused "no name" 1 "cannot be called" ""
refused "the root" 1 "cannot be called" /
refused "a name without an end" 1 "at most 60" "$(printf 'a%.0s' $(seq 61))"
refused "a folder that is not there" 2 "make that folder first" nowhere/moorland2
refused "a folder that is a file" 2 "make that folder first" file/moorland2
refused "a base that is not there" 2 "cannot open" packs/x --extends packs/wales
refused "a base that is no pack" 2 "no pack.yaml" packs/x --extends packs/caseload
refused "a base that stands elsewhere" 1 "reeve new packs/x --extends packs/torbay" x --extends packs/torbay
refused "a base with errors" 1 "has 1 error" packs/x --extends packs/broken
refused "two folders" 2 "." a b
[ "$(find . | sort | grep -v '^\./\(before\|out\|err\)$')" = "$(grep -v '^\./\(before\|out\|err\)$' before)" ] &&
    ok "nothing was left behind" || not_ok "nothing was left behind"
[ "$(cat full/pack.yaml)" = mine ] && ok "nothing was written over" || not_ok "nothing was written over"

# No file may grow: the first write fails, as on a full disk.
mkdir tight
(cd tight && ulimit -f 0 && trap '' 25 && "$REEVE" new moorland 2>&1) | cat >"$T/out"
grep -q "cannot write" "$T/out" && [ -z "$(ls -A tight)" ] &&
    ok "what cannot be written is taken back" || not_ok "what cannot be written is taken back"
if [ "$(id -u)" -ne 0 ]; then
    chmod a-w tight
    refused "a folder that may not be written in" 2 "Permission denied" tight/moorland
    chmod u+w tight
else
    echo "skip - refused: a folder that may not be written in: root may"
fi
