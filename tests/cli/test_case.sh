#!/bin/sh
# SPDX-License-Identifier: MIT
# What a case shows: what applies, what happened when, what was missed, who was told; who is named.
. tests/cli/kit.sh
"$REEVE" publish "$E/torbay" >/dev/null || not_ok "a pack is published"
refused "the first case, of a school there is not" 1 unknown "reeve schools import" \
    open annual-review child=C-1 birth=2013-08-08 plan_issued=2019-09-24 --school 123456
set_up

# shown NAME TEXT: `reeve case 1` has a line with TEXT.
shown() {
    said "$1" "$2" case 1
}
# holds NAME EXPRESSION: true of `reeve case 1 --json` as c, its items by name as items.
holds() {
    run 0 case 1 --json && python3 - "$2" "$T/out" <<'PY' && ok "$1" || not_ok "$1" "$2"
import json, sys
c = json.load(open(sys.argv[2]))
items = {item["name"]: item for item in c["items"]}
closed = [one["name"] for one in c["deadlines"] if one["closed_on"]]
assert eval(sys.argv[1], {"c": c, "items": items, "closed": closed})
PY
}
do_items() {
    for item; do
        run 0 item 1 "$item" done || not_ok "$item is done"
    done
}

# --- what applies ------------------------------------------------------------------------------
form='Post-16 annual review form.*'
shown "an item that may apply says what is missing" \
    "^  \[ \] $form: whether it applies is not known, as 'Date of the review meeting' is missing$"
holds "and so for programs" 'items["papers.post16_form"]["applies"] is None'
holds "and what is missing" 'items["papers.post16_form"]["missing"] == "Date of the review meeting"'
run 0 do 1 arrange meeting=2026-12-14 transfer=stays || not_ok "a meeting is arranged"
shown "one that does not apply says so" "^  \[-\] $form: does not apply$"
holds "and so for programs" \
    'items["papers.adulthood"]["applies"] and items["papers.post16_form"]["applies"] is False'
run 0 item 1 papers add 'Speech therapist' --by senco || not_ok "an item is added"
shown "an added one has its title" "Advice and views: 'Speech therapist' added"
run 0 case 1 && [ "$(grep -A 1 '^  \[ \] Speech therapist' "$T/out" | tail -n 1 | cut -c 1-5)" = "  [-]" ] &&
    ok "what does not apply stands after it" || not_ok "what does not apply stands after it"

# --- what happened when ------------------------------------------------------------------------
do_items invited.invite_family invited.invite_school invited.invite_authority \
    invited.invite_health invited.invite_care papers.family_views papers.child_views papers.progress \
    papers.adulthood papers.more1
export REEVE_NOW=2026-12-16T09:00
run 0 do 1 hold || not_ok "a meeting is held"
shown "a meeting has its own day" \
    "^  Mon 14 Dec 2026  The meeting was held .* recorded Wed 16 Dec 2026 09:00$"
holds "and so for programs" \
    '[h["on"] for h in c["history"] if h["name"] == "hold"] == ["2026-12-14"]'
shown "what is typed on its day needs no second one" \
    "^  Thu 1 Oct 2026  Set the meeting date  .*[^0-9]$"

# --- what was missed ---------------------------------------------------------------------------
shown "what the case went on without was missed" \
    "^Circulate everyone's advice .* missed, never met, ended Mon 14 Dec 2026$"
said "and is explained so" "; missed, and ended on Mon 14 Dec 2026 without being met$" \
    explain 1 circulate
holds "and comes before what was met or cancelled" \
    'closed[0] == "circulate" and len(closed) > 1'

# --- who was told ------------------------------------------------------------------------------
run 0 do 1 report recommendation=maintain && run 0 do 1 decide decision=maintain ||
    not_ok "a decision is made"
shown "a message to nobody says so" \
    "^  notify    decision-keep to nobody: nobody is named as Parent or carer$"

# --- who is named ------------------------------------------------------------------------------
said "a parent with a new address is added" \
    "^Added: Pat Verity, p.verity@example.org (nobody had this address before)$" \
    name 1 family p.verity@example.org --named 'Pat Verity'
run 0 name 1 family p.verity@example.org --named 'Another' && ! grep -q "^Added" "$T/out" &&
    ok "and is known from then on" || not_ok "and is known from then on"
python3 - "$REEVE_DB" <<'PY' && ok "under the first name" || not_ok "under the first name"
import sqlite3, sys
base = sqlite3.connect(sys.argv[1])
rows = base.execute("SELECT name FROM person WHERE email = 'p.verity@example.org'").fetchall()
assert rows == [("Pat Verity",)], rows
PY
said "without a name the address is one" "^Added: q.verity@example.org (nobody" \
    name 1 family q.verity@example.org
refused "a role of the authority is not added to" 1 unknown "people come in by" \
    name 1 officer somebody@example.org --named 'Some Body'
refused "nor who works here without a name" 1 unknown "give the name: --named NAME" \
    name 1 caseworker somebody@example.org
said "with a name they are" "^Added: Some Body, somebody@example.org" \
    name 1 caseworker somebody@example.org --named 'Some Body'
refused "what is no address" 1 input "not an e-mail address" name 1 family 'new@'
refused "nor a name" 1 input "no control characters" \
    name 1 family new@example.org --named "$(printf 'Pat\nVerity')"
refused "a role there is not, with a new address" 1 unknown "did you mean 'family'" \
    name 1 famly new@example.org
refused "a name for a name" 2 usage "goes with an e-mail address" name 1 family 'Pat' --named 'Pat'

# --- a copy and its seal -----------------------------------------------------------------------
said "a backup is sealed" "^Seal of all events to [0-9]*: [0-9a-f]\{64\}$" backup "$T/copy.db"
seal=$(sed -n 's/^Seal of all events to .*: //p' "$T/out")
said "the copy holds the seal" ", 1 seal: 0 wrong" verify --db "$T/copy.db"
run 0 item 1 papers.from_care na --why 'none' || run 0 name 1 family r@example.org
refused "a backup that is refused makes no seal" 1 input "there already" backup "$T/copy.db"
run 0 backup "$T/other.db" --json || not_ok "another backup"
cp "$T/out" "$T/other"
run 0 backup "$T/third.db" --json || not_ok "a third"
python3 - "$T/other" "$T/out" "$T/third.db" "$seal" <<'PY' && ok "seals go on" || not_ok "seals go on"
import json, sqlite3, sys
other, third = (json.load(open(path))["seal"] for path in sys.argv[1:3])
rows = sqlite3.connect(sys.argv[3]).execute("SELECT upto, lower(hex(hash)) FROM seal ORDER BY id")
rows = rows.fetchall()
assert other == third, "where nothing happened since, the last one is said again"
assert len(rows) == 2 and rows[0][1] == sys.argv[4], rows
assert rows[1] == (other["upto"], other["hash"]), rows
PY
said "and all of it verifies" \
    "^2 cases, [0-9]* events, [0-9]* decided again, 2 seals: 0 wrong$" verify
