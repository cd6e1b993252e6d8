#!/bin/sh
# SPDX-License-Identifier: MIT
# What opens by itself: month by month, after an outage, when a version comes in the middle of the
# year, and when the program is killed between a day and its record.
. tests/cli/kit.sh
MOOR=$HERE/tests/schedules/moor
export REEVE_NOW=2026-08-20T09:00

said "the pack is sound" "0 errors, 0 warnings" check "$MOOR"
said "its stories hold" ", 0 failed" test "$MOOR"

printf 'urn,name,phase\n900001,Ash,primary\n900002,Beech,secondary\n900003,Cedar,special\n' \
    >"$T/schools.csv"
run 0 publish "$MOOR" || not_ok "the pack is published"
run 0 schools import "$T/schools.csv" || not_ok "schools come in"

# --- what is to come ---------------------------------------------------------------------------
said "the next of each is listed" \
    "^Tue 1 Sep 2026 .*Governors' questions on SEND .*moor/governors-monitoring .*each school (3 now)" \
    schedules
said "and of a term" "^Fri 4 Dec 2026 .*Termly report to members .*the authority" schedules
said "as far as is asked" "^Thu 24 Dec 2026 .*moor/part-time-return" schedules --until 2026-12-31
said "nothing is guessed beyond the calendar" \
    "^not known .*moor/oversight .*the calendar ends: add the next years, and publish" \
    schedules --until 2027-12-31
run 0 schedules --json && python3 - "$T/out" <<'PY' && ok "and for programs" || not_ok "and for programs"
import json, sys
all = json.load(open(sys.argv[1]))["schedules"]
assert [(one["process"], one["on"], one["for"], one["cases_now"]) for one in all] == [
    ("part-time-return", "2026-08-24", "each school", 3),
    ("governors-monitoring", "2026-09-01", "each school", 3),
    ("timetable-review", "2026-09-03", "each case", 0),
    ("oversight", "2026-12-04", "authority", 1)], all
assert all[2]["of"] == "reduced-timetable" and all[0]["opens"] == "1 week before end of month"
PY

# opened NAME EXPRESSION: true of what opened by itself, as (process, day, school) in order.
opened() {
    python3 - "$REEVE_DB" "$2" <<'PY' && ok "$1" || not_ok "$1" "$2"
import json, sqlite3, sys, urllib.parse
base = sqlite3.connect("file:" + urllib.parse.quote(sys.argv[1]) + "?mode=ro", uri=True)
all = []
for case, process, school, said in base.execute(
        "SELECT c.id, c.process, c.school, (SELECT said FROM event WHERE case_id = c.id"
        " ORDER BY id LIMIT 1) FROM casefile AS c ORDER BY c.id"):
    event = json.loads(said)
    if event["role"] in ("clock", "link"):
        all.append((process, event["on"], school))
if not eval(f"({sys.argv[2]})", {"all": all, "days": lambda p: [on for one, on, _ in all if one == p]}):
    sys.exit(f"    opened: {all}")
PY
}

# --- day by day --------------------------------------------------------------------------------
tick() {
    run 0 tick --now "$1" || not_ok "a tick at $1"
}
tick 2026-08-23T08:00
opened "nothing opens before its day" 'all == []'
tick 2026-08-24T00:01
opened "on its day one a school" \
    'all == [("part-time-return", "2026-08-24", 900001 + i) for i in range(3)]'
tick 2026-08-24T23:00
opened "and once" 'len(all) == 3'
said "the case says by whom" "^  Mon 24 Aug 2026  Opened  by itself" case 1
said "it is due from its occasion" "^Return  return  Wed 22 Jul 2026  Mon 31 Aug 2026" case 1

run 0 open reduced-timetable child=C-1 hours=12 --school 900002 --as head --on 2026-08-20 ||
    not_ok "a timetable is opened"
export REEVE_NOW=2026-09-10T09:00
run 0 do RT-26-0004 begin --as head --on 2026-09-10 || not_ok "it begins"

# --- an outage of ten weeks --------------------------------------------------------------------
tick 2026-11-03T08:00
opened "all that was slept through, in the order of the days" \
    '[(p, on) for p, on, _ in all[3:]] == [("governors-monitoring", "2026-09-01")] * 3
     + [("part-time-return", "2026-09-23")] * 3 + [("part-time-return", "2026-10-24")] * 3
     + [("timetable-review", "2026-11-02")]'
opened "the review is at its parent's school" 'all[-1][2] == 900002'
said "the parent shows it" "^  child: TR-26-0014 timetable-review, To be reviewed$" case RT-26-0004
said "and why it is there" "Its day came round" case RT-26-0004
said "it shows the parent" "^  parent: RT-26-0004 reduced-timetable, Part-time$" case TR-26-0014
run 0 case RT-26-0004 --json && python3 - "$T/out" <<'PY' && ok "and for programs" || not_ok "and for programs"
import json, sys
links = json.load(open(sys.argv[1]))["links"]
assert [(one["link"], one["case"], one["process"], one["ref"], one["state"], one["open"])
        for one in links] == [
    ("child", 14, "timetable-review", "TR-26-0014", "open_now", True)], links
PY
said "all proves itself" ": 0 wrong$" verify

# --- a new version in the middle of the year ---------------------------------------------------
mkdir "$T/packs" && cp -R "$MOOR" "$T/packs/moor"
sed -i 's/opens: 1 September/opens: 1 November/' "$T/packs/moor/processes/governors-monitoring.yaml"
sed -i 's/opened: 2026-09-01/opened: 2026-11-01/; s/date: 2026-09-02/date: 2026-11-02/' \
    "$T/packs/moor/scenarios/governors.yaml"
export REEVE_NOW=2026-11-04T09:00
run 0 publish "$T/packs/moor" || not_ok "a changed pack is published"
tick 2026-11-05T08:00
opened "a changed schedule opens the next one only" 'len(days("governors-monitoring")) == 3'
said "which is listed" "^Mon 1 Nov 2027 .*moor/governors-monitoring" schedules
printf 'urn,name,phase\n900004,Dogwood,primary\n' >"$T/schools.csv"
run 0 schools import "$T/schools.csv" || not_ok "another school comes in"
tick 2026-11-24T08:00
opened "a new school takes part from the next day on" \
    '[s for p, on, s in all if on == "2026-11-23"] == [900001, 900002, 900003, 900004] and len(all) == 17'
tick 2027-02-01T08:00
opened "over the new year" 'days("oversight") == ["2026-12-04"] and
    days("part-time-return")[-8:] == ["2026-12-24"] * 4 + ["2027-01-24"] * 4'

# --- the calendar ends -------------------------------------------------------------------------
tick 2027-07-20T08:00
run 0 tick --now 2027-07-21T08:00 && grep -q "moor/oversight opens nothing more: its calendar ends" "$T/err" &&
    ok "the log says when the calendar ends" || not_ok "the log says when the calendar ends"

# --- killed ------------------------------------------------------------------------------------
# 400 schools: the program is killed with SIGKILL again and again while it opens their cases.
export REEVE_DB="$T/killed.db" REEVE_NOW=2026-08-20T09:00
python3 - >"$T/many.csv" <<'PY'
print("urn,name,phase")
for urn in range(900001, 900401):
    print(f"{urn},School {urn},primary")
PY
run 0 publish "$MOOR" && run 0 schools import "$T/many.csv" || not_ok "400 schools"
python3 - "$REEVE" "$REEVE_DB" <<'PY' && ok "killed at any moment, each opens once" || not_ok "killed"
import sqlite3, subprocess, sys
reeve, base = sys.argv[1:]
killed, counts = 0, set()
for attempt in range(500):
    child = subprocess.Popen([reeve, "tick", "--now", "2026-09-24T08:00"],
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        child.wait(timeout=0.02 + 0.01 * attempt)  # A little longer each time, on any machine.
        if child.returncode == 0:
            break
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
        killed += 1
    with sqlite3.connect(base) as db:
        counts.add(db.execute("SELECT count(*) FROM casefile").fetchone()[0])
else:
    sys.exit("it never came to an end")
with sqlite3.connect(base) as db:
    rows = db.execute("SELECT process, json_extract(body, '$.opened'), school, count(*)"
                      " FROM casefile GROUP BY 1, 2, 3").fetchall()
print(f"    killed {killed} times, with {sorted(counts)} cases")
assert killed and any(0 < count < 1200 for count in counts), (killed, counts)
assert len(rows) == 1200 and all(row[3] == 1 for row in rows), len(rows)
PY
said "and all proves itself" ": 0 wrong$" verify
