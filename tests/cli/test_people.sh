#!/bin/sh
# SPDX-License-Identifier: MIT
# When people want to hear of things: `people set`, `people show`, and the columns of people.csv.
. "$(dirname "$0")/kit.sh"
set_up
WHO=n.corrigan@gullstone.example.org

holds() { # NAME TEXT: the answer has it
    if grep -qF -- "$2" "$T/out"; then ok "$1"; else not_ok "$1" "no '$2'"; fi
}
refuses() { # NAME STATUS TEXT WORDS...
    name=$1 status=$2 text=$3
    shift 3
    if run "$status" "$@" && grep -qF -- "$text" "$T/err"; then ok "$name"; else not_ok "$name"; fi
}

run 0 people show "$WHO" && holds "daily unless said otherwise" "Works on all days; the digest comes on all days."
holds "with posts and schools" "SENCO of Gullstone"
run 0 people set "$WHO" reminders=weekly on=Monday days=Mon-Wed &&
    holds "a weekly digest" "Works on Mon-Wed; the digest comes on Mon."
holds "and what breaks it" "only what is due then or overdue in law"
run 0 people set "$WHO" on=Friday && holds "a day not worked moves back" "the digest comes on Wed."
run 0 people show "$WHO" --json && holds "for programs" '"days":"Mon-Wed","digest_on":"Wed"'
refuses "no such weekday" 1 "names no weekdays" people set "$WHO" days=never
refuses "no such preference" 1 "did you mean 'days'" people set "$WHO" day=Mon
refuses "no such person" 1 "nobody here has the address" people set nobody@example.org days=Mon
refuses "no such act" 2 "did you mean 'show'" people shew "$WHO"
refuses "not both good and bad" 1 "names no weekdays" people set "$WHO" reminders=daily days=soon
run 0 people show "$WHO" && holds "nothing of it was kept" "the digest comes on Wed."

printf 'name,email,role,school,days,reminders\nN Corrigan,%s,senco,900006,,daily\nT Aldous,t.aldous@gullstone.example.org,head,900006,Thu-Fri,\n' "$WHO" >"$T/p.csv"
run 0 people import "$T/p.csv" || not_ok "imported"
run 0 people show "$WHO" && holds "an empty cell leaves what is known" "Works on Mon-Wed; the digest comes on Mon-Wed."
run 0 people show t.aldous@gullstone.example.org && holds "a column says it" "Works on Thu, Fri;"
printf 'name,email,role,school,on\nN Corrigan,%s,senco,900006,someday\n' "$WHO" >"$T/p.csv"
refuses "a bad cell imports nothing" 1 "p.csv:2: 'on=someday' names no weekdays" people import "$T/p.csv"
