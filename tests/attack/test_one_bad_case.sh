#!/bin/sh
# SPDX-License-Identifier: MIT
# One case that cannot be read, one pack that does not load any more, one message that cannot be
# written: the others are served, and the bad one does not go unseen.
. tests/cli/kit.sh
. tests/attack/small_pack.sh
set_up
for i in 2 3; do
    run 0 open annual-review child=C-$i birth=2013-08-08 plan_issued=2019-09-24 \
        last_review=2025-12-19 --school 90000$i --as officer || not_ok "case $i"
done
run 0 backup "$T/good.db" || not_ok "a copy"

sql() {
    python3 -c 'import sqlite3, sys
base = sqlite3.connect(sys.argv[1]); base.executescript(sys.argv[2]); base.close()' "$REEVE_DB" "$1"
}
again() {
    rm -rf "$REEVE_DB"*
    cp "$T/good.db" "$REEVE_DB"
}
told() { # CASE: in how many digests
    cat "$REEVE_DB-mail"/*.eml 2>/dev/null | grep -c "^  .* $1"
}

# --- a case that is damaged before the clock reaches it -------------------------------------------
again
sql "UPDATE casefile SET body = '{' WHERE id = 2"
run 0 tick --now 2026-11-13T09:00 && ok "the clock goes on" || not_ok "the clock goes on" "ended with $got"
grep -q "could not be decided" "$T/err" && ok "and says that something was left" || not_ok "and says so"
[ "$(told AR-26-0001)" -ge 1 ] && [ "$(told AR-26-0003)" -ge 1 ] && ok "others are reminded" ||
    not_ok "others are reminded"
said "the list of what is due has it" "AR-26-0002 .*senco" due
said "and one school's list" "AR-26-0002" due --who senco --school 900002
said "and the list of cases" "AR-26-0002 .*cannot be read" cases
run 2 case 2 && grep -q "not JSON" "$T/err" && ok "itself it is refused" || not_ok "itself it is refused"
run 1 verify && grep -q "AR-26-0002: .*not JSON" "$T/out" && ok "and verify names it" ||
    not_ok "and verify names it"

# --- one that is damaged when its reminder waits ---------------------------------------------------
again
run 0 tick --now 2026-11-13T07:00 || not_ok "reminders in the morning"
sql "UPDATE casefile SET body = '{' WHERE id = 2"
run 0 tick --now 2026-11-13T09:00 && [ "$(told AR-26-0002)" -ge 1 ] &&
    ok "a reminder that waits is not lost" || not_ok "a reminder that waits is not lost"

# --- a message that cannot be written --------------------------------------------------------------
again
run 0 tick --now 2026-11-13T07:00 || not_ok "reminders in the morning"
sql "INSERT INTO message(key, person, state, next_try) VALUES('notify:1:1:1', 1, 'waiting', 0);
     INSERT INTO message(key, person, state, next_try) VALUES('notify:2:2:2', 999, 'waiting', 0)"
run 0 tick --now 2026-11-13T09:00 && [ "$(told AR-26-0001)" -ge 1 ] &&
    ok "messages that cannot be written keep nobody's mail" ||
    not_ok "messages that cannot be written keep nobody's mail" "ended with $got"

# --- a pack that does not load any more ------------------------------------------------------------
again
small_pack "$T/small"
run 0 publish "$T/small" && run 0 open small/p who=x --as officer || not_ok "another pack" "ended with $got"
sql "UPDATE pack SET files = replace(files, 'deadlines:', 'deadlinez:') WHERE name = 'torbay'"
run 0 tick --now 2026-10-16T09:00 && [ "$(told P-26-0004)" -ge 1 ] &&
    ok "cases of other packs are reminded" || not_ok "cases of other packs are reminded" "ended with $got"
said "and opened" "opened" open p who=y --as officer
said "and the list has all" "AR-26-0003" due
said "also of a role" "P-26-0004" due --who senco
run 2 case 1 && grep -q "does not load any more" "$T/err" && ok "its own say why" || not_ok "its own say why"

# --- rules that a former edition of the program decided --------------------------------------------
again
sql "UPDATE ruleset SET edition = edition + 1"
said "lists of a role" "AR-26-0001" due --who senco
said "and of a process" "AR-26-0001" cases --process annual-review
said "are read, and verify does not decide again" "3 events, 0 decided again, .*: 0 wrong" verify
said "and the next event is decided" "Preparing" do 1 arrange meeting=2026-12-14 transfer=stays
