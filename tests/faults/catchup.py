# SPDX-License-Identifier: MIT
"""Switched off for sixty days: test_catchup.py with 5,000 deadlines, long_catchup.py with 50,000."""
import datetime
import os
import pty
import select
import shutil
import subprocess
import time

from reeve import RELEASE, Place, Sink, digests, note, ok, skip

SCHOOLS = 30
OPENED = datetime.date(2026, 9, 7)
BACK = datetime.date(2026, 11, 6)   # Sixty days later.
MEETINGS = 20


def fill(place, cases):
    place.publish("examples/england")
    schools = "urn,name,phase\n" + "".join(f"{900001 + i},School {i},primary\n" for i in range(SCHOOLS))
    people = "name,email,role,school\n" + "".join(
        f"Senco {i},senco{i}@school{i}.example.org,senco,{900001 + i}\n" for i in range(SCHOOLS))
    people += "Olu Officer,o.officer@town.example.org,officer,\nMia Manager,m.manager@town.example.org,manager,\n"
    place.call("schools", "import", place.write("schools.csv", schools), program=RELEASE)
    place.call("people", "import", place.write("people.csv", people), program=RELEASE)
    for group in range(MEETINGS):
        meeting = OPENED + datetime.timedelta(days=20 + group * 3)
        place.fill(cases // MEETINGS, OPENED, "annual-review", "officer", 900001, SCHOOLS,
                   [f"child=G{group}-%d", "birth=2014-05-06", "plan_issued=2020-01-20", "last_review=2025-12-15"],
                   "arrange", [f"meeting={meeting}", "transfer=stays"])


def on_a_terminal(place, program, *words):
    """The call with a terminal for stderr: how it ended, stdout, what the terminal saw, seconds. Where no
    terminal can be had (a bare chroot), None for what it saw."""
    try:
        ours, theirs = pty.openpty()
    except OSError:
        began = time.monotonic()
        done = subprocess.run([program, *map(str, words)], env=place.env, capture_output=True, text=True)
        return done.returncode, done.stdout, None, time.monotonic() - began
    env = {**place.env, "TERM": "xterm"}
    env.pop("NO_COLOR", None)
    began = time.monotonic()
    process = subprocess.Popen([program, *map(str, words)], env=env, stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=theirs)
    place.running.append(process)
    os.close(theirs)
    seen = b""
    while True:
        ready, _, _ = select.select([ours], [], [], 0.2)
        if ready:
            try:
                chunk = os.read(ours, 65536)
            except OSError:
                break
            if not chunk:
                break
            seen += chunk
        elif process.poll() is not None:
            break
    out = process.stdout.read().decode()
    process.wait()
    os.close(ours)
    return process.returncode, out, seen.decode(errors="replace"), time.monotonic() - began


def in_order(place):
    """The minutes of the clock's events, in the order they were written."""
    minutes = [(day, minute or 0) for day, minute in place.ask(
        "SELECT json_extract(said, '$.today'), json_extract(said, '$.minute') FROM event "
               "WHERE json_extract(said, '$.kind') = 'clock' OR json_extract(said, '$.role') = 'clock' ORDER BY id")]
    return minutes, all(a <= b for a, b in zip(minutes, minutes[1:]))


def reminders(place):
    """Each as (case, what about, kind, the day it was decided for, person)."""
    return place.ask("SELECT n.case_id, n.about, n.kind, json_extract(e.said, '$.today'), n.person "
                      "FROM notice AS n JOIN event AS e ON e.id = n.id / 4096 ORDER BY 1, 2, 3, 4, 5")


def catch_up(deadlines, program):
    place = Place()
    sink = Sink(place)
    place.settings(sink.port)
    fill(place, deadlines // 4)
    count = place.ask("SELECT count(*) FROM due")[0][0]
    began = time.monotonic()
    status, out, seen, took = on_a_terminal(place, program, "tick", "--now", f"{BACK}T08:00")
    minutes, ordered = in_order(place)
    told = reminders(place)
    speed = len(minutes) / max(time.monotonic() - began, 0.001)
    note(f"{count} deadlines, 60 days off: {len(minutes)} events of the clock, {len(told)} notices "
         f"in {took:.1f} s ({speed:.0f} a second), {len(sink.mails())} messages")
    ok(status == 0, "tick catches up", out + (seen or ""))
    ok(count >= deadlines * 0.95, f"with {deadlines} deadlines", count)
    ok(ordered and len(minutes) > deadlines / 4, "in order of instant over all cases", minutes[:20])
    ok(len(told) == len(set(told)), "each reminder once")
    if seen is None:
        skip("with progress shown", "there is no terminal to be had here")
    else:
        ok(took < 1.5 or "Catching up [" in seen, "with progress shown", seen[-300:])
    found = digests(sink.mails())
    ok(found and set(found.values()) == {1} and {day for _, day in found} == {str(BACK)},
       "one digest a person, of today", found)
    ok(place.ask("SELECT count(*) FROM notice WHERE message IS NULL AND person IS NOT NULL")[0][0] == 0,
       "nothing is left untold")
    again = place.json("tick", "--now", f"{BACK}T08:30", program=program)
    ok(again["events"] == 0 and again["sent"] == 0, "once more finds nothing to do", again)
    done = place.run("verify", program=RELEASE)
    ok(done.returncode == 0, "verify is clean", done.stdout + done.stderr)


def the_same_as_day_by_day(cases):
    """What was decided does not depend on when the clock was looked at."""
    daily = Place()
    fill(daily, cases)
    late = Place()
    shutil.copy(daily.db, late.db)
    for day in range(1, (BACK - OPENED).days + 1):
        daily.call("tick", "--now", f"{OPENED + datetime.timedelta(days=day)}T08:00", program=RELEASE)
    late.call("tick", "--now", f"{BACK}T08:00", program=RELEASE)
    one, two = reminders(daily), reminders(late)
    ok(one and one == two, "the same reminders as by a look every morning",
       sorted(set(one) ^ set(two))[:20])
    state = "SELECT id, state, open, wake FROM casefile ORDER BY id"
    ok(daily.ask(state) == late.ask(state), "and the same cases")
