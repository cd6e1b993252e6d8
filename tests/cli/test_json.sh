#!/bin/sh
# SPDX-License-Identifier: MIT
# Wherever something is listed or shown, --json is one JSON object with the keys scripts rely on.
. tests/cli/kit.sh

# has NAME KEYS WORDS...: the answer to WORDS --json parses and has all KEYS (a.b, a.0.b).
has() {
    name=$1 keys=$2
    shift 2
    if ! run 0 "$@" --json; then
        not_ok "$name" "ended with $got"
        return
    fi
    python3 - "$T/out" $keys <<'PY' && ok "$name" || not_ok "$name"
import json, sys
text = open(sys.argv[1]).read()
assert text.count("\n") == 1 and text.endswith("\n"), "one line"
whole = json.loads(text)
for path in sys.argv[2:]:
    at = whole
    for word in path.split("."):
        at = at[int(word)] if word.isdigit() else at[word]
PY
}

cp -R "$E/torbay" "$E/england" "$T" && sed -i "/^accepts/,\$d" "$T/torbay/pack.yaml"
has check "pack processes errors warnings verdict findings.0.code findings.0.file findings.0.line findings.0.about" \
    check "$T/torbay"
has accepted "accepted.0.code accepted.0.about accepted.0.why" check "$E/torbay"
has test "passed failed scenarios.0.title scenarios.0.passed" test "$E/torbay" christmas
has show "pack processes.0.process processes.0.title" show "$E/torbay"
has "show one" "process text" show "$E/torbay/annual-review" --resolved
has when "due do_by provisional steps.0.text steps.0.kind missing beyond" \
    when '2 weeks after x' x=2026-12-14 --pack "$E/england"
has publish "pack version new from scenarios" publish "$E/torbay"
has schools "rows added changed" schools import "$E/caseload/schools.csv"
has people "rows added changed" people import "$E/caseload/people.csv"
has versions "versions.0.pack versions.0.hash versions.0.from versions.0.open_cases" versions
has open "case ref process state open changes.0.due opened told next.0.do_by again" \
    open annual-review child=C-1 birth=2013-08-08 plan_issued=2019-09-24 last_review=2025-12-19 \
    --school 900006 --as officer
has what-if "what_if changes.0.change" what-if 1 arrange meeting=2026-12-14 transfer=stays
has do "state state_title changes.0.title next" do 1 arrange meeting=2026-12-14 transfer=stays
has item "changes next" item 1 papers.family_views done
has name "case" name 1 caseworker y.trevail@council.example.org
has case "ref state waiting_for deadlines.0.due fields.meeting items.0.name history.0.title \
    history.0.did possible.0.event people.caseworker consents links messages notes" case 1
has "case --as-of" "as_of state" case 1 --as-of 2026-10-01
has cases "cases.0.ref cases.0.next_do_by after" cases --school 900006
has due "today due.0.group due.0.do_by due.0.title due.0.nobody" due --who senco
has explain "deadlines.0.verdict state" explain 1
has "explain a date" "verdict rule.steps.0.text rule.place rule.binds floor stored.due do_by_steps" \
    explain 1 circulate
has "explain a code" "code title hint" explain F001
has tick "events messages sent mail_waiting" tick --now 2026-10-01T09:05
has verify "cases events wrong differences" verify
has backup "file" backup "$T/copy.db"
has restore "file" restore "$T/copy.db" --force
has version "version edition" version
has help "commands.0.name commands.0.flags" help

place='file=.*torbay/processes/annual-review.yaml,line=[0-9]*,col=[0-9]*'
run 0 check "$T/torbay" --format github && grep -q "^::warning $place,title=F001::" "$T/out" &&
    ok "findings as GitHub wants them" || not_ok "findings as GitHub wants them"
run 0 check "$E/torbay" && [ "$(tail -n 1 "$T/out")" = "torbay: 3 processes, 0 errors, 0 warnings, 1 accepted" ] &&
    ok "the last line is the verdict" || not_ok "the last line is the verdict"

rm -rf "$T/torbay" && cp -R "$E/torbay" "$T"
printf '\nhat: yes\n' >>"$T/torbay/processes/annual-review.yaml"
run 1 check "$T/torbay" --json && python3 - "$T/out" <<'PY' && ok "a pack with errors" || not_ok "a pack with errors"
import json, sys
whole = json.load(open(sys.argv[1]))
assert whole["errors"] == 1 and whole["findings"][0]["severity"] == "error", whole
PY
before=$(dump "$REEVE_DB" | cksum)
run 1 publish "$T/torbay" && [ "$before" = "$(dump "$REEVE_DB" | cksum)" ] &&
    ok "is not published" || not_ok "is not published"
rm -rf "$T/torbay" && cp -R "$E/torbay" "$T"
sed -i 's/10 working days/3 working days/' "$T/torbay/processes/annual-review.yaml"
run 1 publish "$T/torbay" && grep -q "scenarios fail" "$T/err" && [ "$before" = "$(dump "$REEVE_DB" | cksum)" ] &&
    ok "nor is one whose scenarios fail" || not_ok "nor is one whose scenarios fail"
