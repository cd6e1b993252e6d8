#!/bin/sh
# SPDX-License-Identifier: MIT
# Letters: written by an event, printed, marked as posted; and handing cases over.
. "$(dirname "$0")/kit.sh"
set_up
CASE=EHC-26-0002

holds() { # NAME TEXT: the answer has it
    if grep -qF -- "$2" "$T/out"; then ok "$1"; else not_ok "$1" "no '$2'"; fi
}
refuses() { # NAME STATUS TEXT WORDS...
    name=$1 status=$2 text=$3
    shift 3
    if run "$status" "$@" && grep -qF -- "$text" "$T/err"; then ok "$name"; else not_ok "$name"; fi
}
must() {
    run 0 "$@" || { not_ok "$*"; exit 1; }
}

must open ehc-assessment child=C-9 birth=2016-05-10 request_received=2026-10-01 --school 900006 --as officer
must name "$CASE" family p.verity@example.org --named 'Pat Verity' --as officer
must do "$CASE" receive request_received=2026-10-01 asked_by=parent --as officer
for item in tell_family tell_health tell_care tell_school; do
    must item "$CASE" "told.$item" done --as officer
done
must do "$CASE" board_advised --as officer
run 0 letters --unsent && holds "none yet" "0 letters not sent yet."
must do "$CASE" decide_assess assess=refuse --as officer
holds "the answer names the letter" "Letter: Parent or carer: letter-no-assessment, to go by post"
run 0 letters --unsent && holds "it waits for the post" "to be posted"
run 0 case "$CASE" && holds "the case shows it" "letter-no-assessment to Parent or carer, written"
run 0 letters print "$T/outbox" && holds "printed" "1 letter to print and post."
FILE="$T/outbox/$CASE letter-no-assessment"
if grep -q '<h1>Our decision not to assess</h1>' "$FILE.html" && grep -q 'Pat Verity' "$FILE.html" &&
    ! grep -qi 'http\|<script\|src=' "$FILE.html"; then ok "a page that needs nothing else"
else not_ok "a page that needs nothing else"; fi
if grep -q '^If you disagree$' "$FILE.txt" && ! grep -q '[*][*]\|((' "$FILE.txt"; then ok "and its words"
else not_ok "and its words"; fi
cp "$FILE.html" "$T/first.html"
run 0 letters print "$T/outbox"
if cmp -s "$FILE.html" "$T/first.html"; then ok "the same each time"; else not_ok "the same each time"; fi
if ls "$T/outbox" | grep -q part; then not_ok "nothing half written"; else ok "nothing half written"; fi
refuses "not before the case began" 1 "before the case was opened" letters posted "$CASE" letter-no-assessment --on 2026-09-30
refuses "no such letter" 1 "did you mean 'letter-no-assessment'" letters posted "$CASE" letter-no-assesment
run 0 letters posted "$CASE" letter-no-assessment --on 2026-10-01 --as officer &&
    holds "posted" "Letter 'letter-no-assessment' sent"
refuses "only once" 1 "was sent on" letters posted "$CASE" letter-no-assessment
run 0 letters print "$T/outbox" && holds "nothing is left to post" "Nothing is to be posted."
run 0 letters --json && holds "for programs" '"sent":"2026-10-01"'
run 0 case "$CASE" --json && holds "in the case too" '"letters":[{"by":"post","letter":"letter-no-assessment"'
refuses "no such act" 2 "did you mean 'posted'" letters post "$CASE" x

# --- handing over
A=y.trevail@council.example.org B=n.corrigan@gullstone.example.org
printf 'name,email,role,school\nY Trevail,%s,officer,\nN Corrigan,%s,senco,900006\n' "$A" "$B" >"$T/p.csv"
must people import "$T/p.csv"
must name "$CASE" caseworker "$A" --as officer
must name AR-26-0001 caseworker "$A" --as officer
run 0 reassign "$A" "$B" --dry-run && holds "a dry run tells" "2 roles would go from $A to $B."
run 0 case AR-26-0001 && holds "and changes nothing" "$A"
run 0 reassign "$A" "$B" --where 'process=annual-review school=900006' --why 'Cover' &&
    holds "one process" "1 role went from $A to $B."
run 0 case AR-26-0001 && holds "an event of the case" "why: Cover"
run 0 case "$CASE" && holds "the other stays" "$A"
run 0 reassign "$A" "$B" --json && holds "the rest" '"done":[{"case":"EHC-26-0002","role":"caseworker"}]'
run 0 reassign "$A" "$B" && holds "nothing is left" "0 roles went from"
refuses "no such person" 1 "nobody has the address" reassign "$A" nobody@example.org
refuses "to the same" 2 "both are the same person" reassign "$A" "$A"
refuses "no such school" 1 "no school with URN" reassign "$A" "$B" --where school=999999
refuses "no such key" 2 "did you mean 'process'" reassign "$A" "$B" --where proces=annual-review
run 0 verify && holds "all can be proved" "0 wrong"
