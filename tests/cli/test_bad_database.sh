#!/bin/sh
# SPDX-License-Identifier: MIT
# A database that is missing, newer, somebody else's, unwritable, or on a full disk.
. tests/cli/kit.sh
set_up
good=$REEVE_DB
sql() { # FILE STATEMENT
    python3 -c 'import sqlite3, sys
base = sqlite3.connect(sys.argv[1]); base.executescript(sys.argv[2]); base.close()' "$1" "$2"
}

REEVE_DB=$T/missing.db
refused "a missing database" 2 unknown "there is no database" cases
[ ! -e "$T/missing.db" ] && ok "and none is made" || not_ok "and none is made"
refused "nor by an act" 2 unknown "reeve publish" do 1 arrange meeting=2026-12-14

refused "nor by the clock" 2 unknown "there is no database" tick

REEVE_DB=$T/newer.db
"$REEVE" backup "$REEVE_DB" --db "$good" >/dev/null
sql "$REEVE_DB" "PRAGMA user_version = 99"
refused "a database of a newer version" 2 store "newer" cases
refused "nor is it written to" 2 store "newer" do 1 arrange meeting=2026-12-14 transfer=stays

REEVE_DB=$T/other.db
sql "$REEVE_DB" "CREATE TABLE album(id INTEGER PRIMARY KEY, title TEXT); INSERT INTO album(title) VALUES('x')"
refused "another program's SQLite file" 2 store "another program" cases
refused "nor is a pack published into it" 2 store "another program" publish "$E/torbay"

REEVE_DB=$T/text.db
echo "this is no database at all, whatever its name says" >"$REEVE_DB"
refused "a file that is no database" 2 store "." cases
refused "a folder in its place" 2 store "." cases --db "$T"

# --- a backup, and putting it back -------------------------------------------------------------
REEVE_DB=$good
run 0 backup "$T/copy.db" && ok "a backup" || not_ok "a backup"
refused "a backup over a file that is there" 1 input "." backup "$T/copy.db"
run 0 do 1 arrange meeting=2026-12-14 transfer=stays || not_ok "an event after the backup"
refused "a restore over a database that is there" 1 conflict "." restore "$T/copy.db"
refused "a restore from another program's file" 1 input "." restore "$T/other.db" --force
said "with --force the backup takes its place" "Restored" restore "$T/copy.db" --force
said "and is what it was" "On the list for review" case 1
said "and verifies" ": 0 wrong" verify

# --- a folder that cannot be written -----------------------------------------------------------
mkdir "$T/closed"
"$REEVE" backup "$T/closed/reeve.db" >/dev/null
chmod 555 "$T/closed"
chmod 444 "$T/closed/reeve.db"
before=$(cksum <"$T/closed/reeve.db")
as_nobody=
if [ "$(id -u)" -eq 0 ]; then
    as_nobody="setpriv --reuid 65534 --regid 65534 --clear-groups"
    chmod 755 "$T"
fi
if $as_nobody test -x "$REEVE" 2>/dev/null && ! $as_nobody test -w "$T/closed" 2>/dev/null; then
    $as_nobody "$REEVE" do 1 arrange meeting=2026-12-14 transfer=stays --db "$T/closed/reeve.db" \
        >"$T/out" 2>"$T/err"
    got=$?
    [ "$got" -eq 2 ] && [ -s "$T/err" ] && [ ! -s "$T/out" ] &&
        [ "$before" = "$(cksum <"$T/closed/reeve.db")" ] &&
        ok "a read-only folder" || not_ok "a read-only folder" "ended with $got"
else
    echo "skip - a read-only folder: nobody else may run the program here"
fi

# --- a full disk -------------------------------------------------------------------------------
mkdir "$T/small"
cat >"$T/fill.sh" <<'FILL'
mount -t tmpfs -o size=2m tmpfs "$T/small" 2>/dev/null || exit 77
"$REEVE" backup "$T/small/reeve.db" --db "$REEVE_DB" >/dev/null || exit 78
"$REEVE" verify --db "$T/small/reeve.db" >/dev/null || exit 79
dd if=/dev/zero of="$T/small/fill" bs=4k 2>/dev/null
"$REEVE" do 1 arrange meeting=2026-12-14 transfer=stays --db "$T/small/reeve.db" >"$T/out" 2>"$T/err"
got=$?
rm -f "$T/small/fill"
"$REEVE" case 1 --db "$T/small/reeve.db" >"$T/after" 2>&1
"$REEVE" verify --db "$T/small/reeve.db" >>"$T/after" 2>&1
"$REEVE" do 1 arrange meeting=2026-12-14 transfer=stays --db "$T/small/reeve.db" >>"$T/after" 2>&1
umount "$T/small"
exit "$got"
FILL
export T REEVE REEVE_DB
if [ "$(id -u)" -eq 0 ]; then sh "$T/fill.sh"; else unshare -rm sh "$T/fill.sh" 2>/dev/null; fi
got=$?
case $got in
1 | 77 | 78 | 79 | 126 | 127) echo "skip - a full disk: no small disk can be made here ($got)" ;;
*)
    [ "$got" -eq 2 ] && grep -q "no room left" "$T/err" && ok "a full disk" ||
        not_ok "a full disk" "ended with $got"
    grep -q "On the list for review" "$T/after" && grep -q ": 0 wrong" "$T/after" &&
        ok "and nothing was written" || not_ok "and nothing was written" "$(cat "$T/after")"
    grep -q "Preparing for the meeting" "$T/after" && ok "and with room again it goes on" ||
        not_ok "and with room again it goes on" "$(cat "$T/after")"
    ;;
esac

# --- a mail server that cannot be reached ------------------------------------------------------
run 0 do 1 arrange meeting=2026-12-14 transfer=stays || not_ok "an event before the mail"
cat >"$T/reeve.yaml" <<'SETTINGS'
mail:
  server: smtp://127.0.0.1:1
  from: Torbay Council SEND <send@example.org>
SETTINGS
export REEVE_NOW=2026-12-18T08:05
run 0 tick && ok "an unreachable mail server does not stop the clock" ||
    not_ok "an unreachable mail server does not stop the clock" "ended with $got"
grep -q "waiting" "$T/out" && ok "and the message waits" || not_ok "and the message waits"
said "and the case shows it" ": waiting" case 1
said "and all verifies" ": 0 wrong" verify
