#!/bin/sh
# SPDX-License-Identifier: MIT
# `reeve calendar import`: what changes is said, comments stay, and what is not understood changes
# nothing.
. tests/cli/kit.sh
D=$HERE/tests/data/calendars
cp -R "$E/england" "$E/torbay" "$T/"
nation=$T/england/calendar.yaml council=$T/torbay/calendar.yaml

# --- bank holidays -----------------------------------------------------------------------------
was=$(cksum <"$nation")
said "a dry run says what would be added" "+ 2029-05-08: Bank holiday for the coronation" \
    calendar import "$D/bank-holidays.json" --into "$nation" --dry-run
said "and that nothing was written" "Nothing was written" \
    calendar import "$D/bank-holidays.json" --into "$nation" --dry-run
[ "$was" = "$(cksum <"$nation")" ] && ok "nor was it" || not_ok "nor was it"
chmod 640 "$nation"
said "then it is written" "10 changes, 8 entries the same" \
    calendar import "$D/bank-holidays.json" --into "$nation"
[ "$(stat -c %a "$nation")" = 640 ] && ok "its mode stays" || not_ok "its mode stays"
grep -q "^known_until: 2029-12-31  *# nothing is guessed beyond" "$nation" &&
    ok "comments stay where they were" || not_ok "comments stay where they were"
diff "$E/england/calendar.yaml" "$nation" | grep '^<' | grep -vq known_until &&
    not_ok "no other line is touched" || ok "no other line is touched"
said "a second time nothing changes" "0 changes, 17 entries the same" \
    calendar import "$D/bank-holidays.json" --into "$nation"
said "the new day is counted" "Fri 11 May 2029" \
    when '3 working days after x' x=2029-05-04 --pack "$T/england"
said "another nation's can be looked at" '"what":"2029-11-30"' \
    calendar import "$D/bank-holidays.json" --into "$nation" --division scotland --dry-run --json
said "what it does not have is said" "2029-04-02: Easter Monday stands here, and not in" \
    calendar import "$D/bank-holidays.json" --into "$nation" --division scotland --dry-run
said "and can be taken out" "- 2029-04-02: Easter Monday" calendar import \
    "$D/bank-holidays.json" --into "$nation" --division scotland --prune --dry-run
refused "a division there is not" 1 unknown "did you mean 'northern-ireland'" \
    calendar import "$D/bank-holidays.json" --into "$nation" --division northern-irelan

# --- terms -------------------------------------------------------------------------------------
said "terms from a table" "+ spring 2030: {from: 2030-01-07, to: 2030-04-05" \
    calendar import "$D/terms.csv" --into "$council"
said "and a note that the years are not known yet" "known_until is 2028-12-31" \
    calendar import "$D/terms.csv" --into "$council" --dry-run
said "terms from a feed" "+ 2029-11-09: INSET day, staff only" \
    calendar import "$D/terms.ics" --into "$council" --dry-run
run 0 check "$T/torbay" && ok "the pack is as sound as before" ||
    not_ok "the pack is as sound as before"

# --- what is refused ---------------------------------------------------------------------------
was=$(cksum <"$council")
printf 'term,from,to\nAutumn term,2030-09-04,2030-12-20\nSports day,2030-09-20,\n' >"$T/t.csv"
refused "a line that is not understood, by its number" 1 input "line 3: 'Sports day' is not" \
    calendar import "$T/t.csv" --into "$council"
printf 'term,from,to\nAutumn term,Wednesday 3 September 2030,2030-12-20\n' >"$T/t.csv"
refused "a day of the week that does not fit" 1 input "that day is Tuesday 3 September 2030" \
    calendar import "$T/t.csv" --into "$council"
printf 'nothing\000at all' >"$T/t.csv"
refused "bytes that are no text" 1 input "not UTF-8" calendar import "$T/t.csv" --into "$council"
printf '{"a": [' >"$T/t.json"
refused "half a file" 1 input "." calendar import "$T/t.json" --into "$council"
[ "$was" = "$(cksum <"$council")" ] && ok "none of them changed the calendar" ||
    not_ok "none of them changed the calendar"
refused "a file that is no calendar" 1 pack "." \
    calendar import "$D/terms.csv" --into "$T/torbay/pack.yaml"
refused "a calendar that is not there" 2 unknown "." \
    calendar import "$D/terms.csv" --into "$T/nowhere.yaml"
refused "another word than import" 2 usage "reeve calendar import FILE" calendar export x
# --- a date by it ------------------------------------------------------------------------------
cp -R "$HERE/tests/packs/schools/dale" "$T/"
said "a school's own calendar counts" "^Due    Tue 3 Nov 2026" \
    when '5 school days after x' x=2026-10-16 --pack "$T/dale" --school 900001
grep -q "Fri 23 Oct 2026 is not counted: Training day" "$T/out" && ok "and says why" ||
    not_ok "and says why"
said "the council's counts for the others" "^Due    Fri 23 Oct 2026" \
    when '5 school days after x' x=2026-10-16 --pack "$T/dale" --school 900002
grep -q "has no calendar of its own" "$T/err" && ok "which is said" || not_ok "which is said"
said "a picture of the days" "^ *November   ·   ·   ·   ·   ·   ·   ·" \
    when '5 school days after x' x=2026-10-16 --pack "$T/dale" --school 900001 --picture
said "how long it is" "^Left   14 days from Wed 16 Dec 2026, 8 working days" \
    when '10 working days after x' x=2026-12-14 --pack "$E/torbay" --on 2026-12-16
said "several at once" '"moments":\[{' \
    when '2 weeks after x' '1 month after x' x=2026-12-14 --pack "$E/torbay" --json
refused "a name that no moment has" 2 usage "'y' is given, and stands in no moment" \
    when '2 weeks after x' x=2026-12-14 y=2026-12-15 --pack "$E/torbay"
refused "no moment at all" 2 usage "which moment" when x=2026-12-14 --pack "$E/torbay"
refused "no number of a school" 1 input "." \
    when '2 weeks after x' x=2026-12-14 --school 12 --pack "$E/torbay"

ls "$T/torbay" "$T/england" | grep -q 'yaml\.' && not_ok "nothing is left lying about" ||
    ok "nothing is left lying about"
