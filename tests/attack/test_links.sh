#!/bin/sh
# SPDX-License-Identifier: MIT
# A database that is reached by a symbolic link is the same database.
. tests/cli/kit.sh
set_up
mkdir "$T/elsewhere" && ln -s "$REEVE_DB" "$T/elsewhere/linked.db"
run 0 backup "$T/copy.db" || not_ok "a backup"
said "a case is seen by way of the link" "AR-26-0001" cases --db "$T/elsewhere/linked.db"

"$REEVE" run >"$T/run" 2>&1 </dev/null &
service=$!
trap 'kill "$service" 2>/dev/null; rm -rf "$T"' EXIT
n=0
until grep -q '"serving' "$T/run" || [ "$n" -ge 100 ]; do
    n=$((n + 1))
    sleep 0.1
done
refused "a second service by way of the link" 2 busy "is running" tick --db "$T/elsewhere/linked.db"
refused "nor is a backup put back under it" 2 busy "is running" \
    restore "$T/copy.db" --force --db "$T/elsewhere/linked.db"
kill "$service"
wait "$service"

run 0 do 1 arrange meeting=2026-12-14 transfer=stays || not_ok "an event after it"
run 0 restore "$T/copy.db" --force --db "$T/elsewhere/linked.db" || not_ok "put back" "ended with $got"
[ -L "$T/elsewhere/linked.db" ] && ok "putting a backup back leaves the link" ||
    not_ok "putting a backup back leaves the link"
said "and replaces what it leads to" "^On the list for review" case 1
