#!/bin/sh
# SPDX-License-Identifier: MIT
# Bad input gets a clear answer and changes nothing.
. tests/cli/kit.sh
set_up

# --- what is asked of a case -------------------------------------------------------------------
refused "an unknown event" 1 unknown "there is no event 'arrang'" do 1 arrang meeting=2026-12-14
refused "which names the nearest" 1 unknown "did you mean 'arrange'" do 1 arrang
refused "an event of another state" 1 refused "." do 1 report recommendation=maintain
refused "a role that may not" 1 forbidden "only SENCO or SEND officer may" \
    do 1 arrange meeting=2026-12-14 transfer=stays --as family
refused "a role there is not" 1 unknown "did you mean 'senco'" do 1 arrange --as senc
refused "a hint that names all that is missing" 1 refused "give child=... birth=... plan_issued=..." \
    open annual-review --school 900006
refused "a finding there is not, without a case's name" 1 input "there is no finding 'R999'" \
    explain R999
refused "a moment without quotes" 2 usage "reeve when '2 weeks after held'" \
    when 2 weeks after held held=2026-12-14 --pack examples/torbay
refused "a preference there is not" 1 input "days=Mon-Wed" people set a.nwosu@larkmoor.example.org hat=7
refused "a calendar that is a folder" 1 input "name a file in it" \
    calendar import tests/data/calendars/terms.csv --into examples/torbay
refused "a field that is missing" 1 refused "is missing" do 1 arrange meeting=2026-12-14
refused "a field that is not asked" 1 input "." do 1 arrange meeting=2026-12-14 transfer=stays hat=7
refused "31 February in a field" 1 input "February 2026 has 28 days" \
    do 1 arrange meeting=2026-02-31 transfer=stays
refused "31 February as the day" 1 input "February 2026 has 28 days" \
    do 1 arrange meeting=2026-12-14 transfer=stays --on '31 February 2026'
refused "a day in the future" 1 input "future" \
    do 1 arrange meeting=2026-12-14 transfer=stays --on 2026-10-02
refused "a word where a date is wanted" 1 input "not a date" do 1 arrange meeting=soon transfer=stays
refused "a choice there is not" 1 input "." do 1 arrange meeting=2026-12-14 transfer=perhaps
refused "a year nobody knows" 1 input "years run from 1900 to 2199" \
    do 1 arrange meeting=2250-01-08 transfer=stays
refused "a case that does not exist" 1 unknown "there is no case 'AR-26-0999'" \
    do AR-26-0999 arrange meeting=2026-12-14
refused "nor by its number" 1 unknown "there is no case '999'" case 999
refused "a process there is not" 1 unknown "did you mean 'annual-review'" open anual-review child=C-2
refused "an item there is not" 1 unknown "." item 1 papers.familly done
refused "an item's word there is not" 2 usage "did you mean 'done'" item 1 papers.family_views doen
refused "a consent there is not" 1 unknown "." consent 1 agreement given --by 'A. Parent' --how paper
refused "a consent from nobody" 2 usage "who answered" consent 1 agreement given
refused "a deadline that has no excuse of this name" 1 unknown "." excuse 1 complete weather --why rain
refused "a person nobody knows" 1 unknown "nobody has the address" \
    name 1 caseworker nobody@nowhere.example.org
refused "a second review of the same child" 1 refused "is open already" \
    open annual-review child=C-1 birth=2013-08-08 plan_issued=2019-09-24 --school 900006
refused "nor with spaces about the name" 1 refused "is open already" \
    open annual-review child=' C-1 ' birth=2013-08-08 plan_issued=2019-09-24 --school 900006
refused "a school's number that is none" 1 input "not a URN" \
    open annual-review child=C-2 birth=2013-08-08 plan_issued=2019-09-24 --school twelve
refused "a school that nobody brought in" 1 unknown "there is no school with URN '123456'" \
    open annual-review child=C-2 birth=2013-08-08 plan_issued=2019-09-24 --school 123456
refused "somebody whose name is empty" 2 usage "needs a value" do 1 arrange meeting=2026-12-14 --as ''
refused "a file that is not there" 2 unknown "cannot be read" \
    item 1 papers.family_views done --file "$T/nothing.pdf"
refused "an explanation of a deadline there is not" 1 unknown "did you mean 'complete'" \
    explain 1 complet
refused "a case before it was opened" 1 unknown "was not there yet" case 1 --as-of 2026-09-01

refused "a list of a process there is not" 1 unknown "did you mean 'annual-review'" \
    cases --process anual-review
refused "a list of a state there is not" 1 unknown "no published pack has a state" cases --state xyzzy
refused "a list of a role there is not" 1 unknown "did you mean 'senco'" due --who senc
refused "a list of a person there is not" 1 unknown "nobody has the address" due --who a@b.example.org

# --- keys --------------------------------------------------------------------------------------
run 0 do 1 arrange meeting=2026-12-14 transfer=stays --key k1 || not_ok "an event with a key"
refused "the same key with other content" 1 conflict "was used for something else" \
    do 1 arrange meeting=2026-12-15 transfer=stays --key k1
before=$(dump "$REEVE_DB" | cksum)
said "the same key with the same content is answered again" "recorded before" \
    do 1 arrange meeting=2026-12-14 transfer=stays --key k1
[ "$before" = "$(dump "$REEVE_DB" | cksum)" ] && ok "and not recorded again" ||
    not_ok "and not recorded again"
said "what-if answers" "What if" what-if 1 arrange meeting=2026-12-16 transfer=stays
[ "$before" = "$(dump "$REEVE_DB" | cksum)" ] && ok "and writes nothing" || not_ok "and writes nothing"

# --- a year that the calendar does not know ----------------------------------------------------
said "a year the calendar does not know is never guessed" "does not know the" \
    when '10 working days after x' x=2041-01-04 --pack "$E/torbay"
said "and its JSON says so" '"beyond":true,"do_by":null,"due":null' \
    when '10 working days after x' x=2041-01-04 --pack "$E/torbay" --json
said "a case says that no day to do it by is known" "beyond the calendar" \
    what-if 1 arrange meeting=2041-01-08 transfer=stays

# --- what reaches the terminal -----------------------------------------------------------------
run 0 item 1 papers.family_views na --why "$(printf 'quiet\033[2Jplease\302\233\342\200\256')" ||
    not_ok "a reason with control characters is taken"
run 0 case 1 && ! LC_ALL=C grep -q "$(printf '\033')" "$T/out" && grep -q 'quiet?\[2Jplease??' "$T/out" &&
    ok "control characters never reach the terminal" || not_ok "control characters never reach the terminal"
run 0 case 1 --json && ! LC_ALL=C grep -q "$(printf '\033')" "$T/out" &&
    ok "nor as JSON" || not_ok "nor as JSON"

# --- the words of the call ---------------------------------------------------------------------
refused "an unknown command" 2 usage "did you mean 'reeve check'" chek
refused "an unknown flag" 2 usage "did you mean '--school'" cases --shool 900006
refused "a flag twice" 2 usage "given twice" cases --school 900006 --school 900001
refused "a flag without its value" 2 usage "needs a value" open annual-review --school
refused "nor is the next flag its value" 2 usage "needs a value" open annual-review --school --on 2026-09-01
refused "a word too many" 2 usage "one word too many" case 1 2
refused "a word too few" 2 usage "something is missing" do 1
refused "a word that is no field=value" 2 usage "is not field=value" do 1 arrange meeting
refused "a field twice" 2 usage "given twice" do 1 arrange meeting=2026-12-14 meeting=2026-12-15
refused "a word that is not UTF-8" 2 usage "is not UTF-8" do 1 arrange "$(printf 'meeting=\377')"
if [ -w /dev/full ]; then
    "$REEVE" cases >/dev/full 2>"$T/err"
    got=$?
    : >"$T/out"
    [ "$got" -eq 2 ] && grep -q "cannot be written" "$T/err" && ok "a stdout that is full" ||
        not_ok "a stdout that is full" "ended with $got"
fi
REEVE_NOW=yesterday refused "a made-up clock that is none" 2 usage "REEVE_NOW" cases

# --- what is wrong with a moment, a pack or the settings ---------------------------------------
refused "a pack that is none" 2 unknown "give a pack: .* such as examples/torbay$" check "$T/nosuch"
refused "nor to show" 2 unknown "or one of its processes: examples/torbay/annual-review" \
    show "$T/nosuch"
refused "a process where a pack is wanted" 2 unknown "give the whole pack: reeve check $E/torbay$" \
    check "$E/torbay/annual-review"
refused "a process that the pack has not" 1 unknown "it has annual-review, " show "$E/torbay/nosuch"
refused "a moment with a name that was not given" 1 input \
    "give it: hold=2026-11-10, or hold=? if it is not known yet" \
    when '2 weeks after hold' --pack "$E/torbay"
run 1 when '2 weeks after hold' --pack "$E/torbay"
[ "$(grep -c "unknown name" "$T/err")" -eq 1 ] && ok "said once" || not_ok "said once"
refused "with a year" 1 input "give it: moves=2027, or moves=?" \
    when 'before 15 February in moves' --pack "$E/torbay"
refused "with a setting of no process" 1 input "--pack PACK/PROCESS" \
    when 'report_within after hold' hold=2026-12-14 --pack "$E/torbay"
said "a setting of a process" "^Due    Wed 30 Dec 2026$" \
    when 'report_within after hold' hold=2026-12-14 --pack "$E/torbay/annual-review"
said "another length in its place" "^Due    Tue 15 Dec 2026$" \
    when 'report_within after hold' hold=2026-12-14 report_within='1 day' \
    --pack "$E/torbay/annual-review"
refused "a setting that is near" 1 input "did you mean 'report_within'" \
    when 'report_withn after hold' hold=2026-12-14 --pack "$E/torbay/annual-review"
refused "a process there is not" 1 unknown "did you mean 'annual-review'" \
    when '2 weeks after hold' hold=2026-12-14 --pack "$E/torbay/anual-review"
printf 'mial: no\n' >"$T/wrong.yaml"
refused "wrong settings" 2 pack "are not right" tick --config "$T/wrong.yaml"
refused "settings that are not there" 2 unknown "cannot open" tick --config "$T/nosuch.yaml"
run 2 run --config "$T/wrong.yaml" && ok "nor does a service begin" ||
    not_ok "nor does a service begin" "ended with $got"

cp -R "$E/torbay" "$E/england" "$T"
sed -i 's/{send_report: 2025-12-29, decide/{send_report: 2025-12-30, decide/
s/{send_report: 2025-12-19, decide/{send_report: 2025-12-18, decide/' \
    "$T/torbay/scenarios/annual-review-report-over-christmas.yaml"
run 1 test "$T/torbay" christmas && [ "$(grep -c "expected send_report" "$T/out")" -eq 2 ] &&
    [ "$(grep -c "why: " "$T/out")" -eq 1 ] && ok "two wrong dates of a deadline, explained once" ||
    not_ok "two wrong dates of a deadline, explained once"

# --- one is one --------------------------------------------------------------------------------
head -n 2 "$E/caseload/schools.csv" >"$T/one.csv"
said "one row" "^1 row: 0 new schools, 1 known.$" schools import "$T/one.csv"
sed -n '1p;/,officer,/p' "$E/caseload/people.csv" >"$T/officers.csv"
run 0 people import "$T/officers.csv" || not_ok "only officers"
said "one of them" " 1 of these lies with a role that nobody holds.$" \
    due --until 2026-11-20

# --- and after all of it -----------------------------------------------------------------------
said "the database still verifies" ": 0 wrong" verify
