#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Excused, extended, paused and missed are four different things: a pack whose clocks do all four,
checked, tested, and used as a person would, in text and in JSON.
"""
import pathlib
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "kit"))
from reeve import ROOT, Place, finish, ok  # noqa: E402

place = Place()
pack = place.folder / "records"
shutil.copytree(ROOT / "tests/packs/clocks/records", pack)
done = place.run("check", pack)
ok(done.returncode == 0 and "0 warnings" in done.stdout, "it checks", done.stdout + done.stderr)
done = place.run("test", pack)
ok(done.returncode == 0 and "4 passed, 0 failed" in done.stdout, "its scenarios pass", done.stdout + done.stderr)

place.at("2027-01-04T09:00")
ok(place.run("publish", pack).returncode == 0, "it is published")
place.call("open", "request", "child=C-1", "--as", "officer")
place.call("do", 1, "receive", "--as", "officer")


def clock(name="answer_it", case=1):
    return next(one for one in place.json("case", case)["deadlines"] if one["name"] == name)


# --- paused: due Mon 18 Jan; asked on Fri 8 Jan, when Tue 5 to Fri 8 are used ---
place.at("2027-01-08T15:00")
place.call("do", 1, "ask_back", "--as", "officer")
place.at("2027-01-20T09:00")
place.call("tick", "--now", "2027-01-20T09:00")
now = clock()
ok(now["status"] == "paused" and now["due"] == "2027-01-18", "it stands still past its date", now)
ok(now["paused"] == {"now": True, "used": 4, "left": 6, "unit": "working days", "since": "2027-01-08",
                     "ground": "unclear", "earliest": "2027-01-28", "goes_on_after": "2027-02-05"},
   "it says at any moment what is used and left", now["paused"])
shown = place.call("case", 1)
ok("paused since Fri 8 Jan 2027 (It is not clear what is asked for), 4 of 10 working days used, 6 left; "
   "due Thu 28 Jan 2027 at the earliest" in shown, "the case says so", shown)
listed = place.call("due")
ok("Paused (1)" in listed and "4 of 10 working days used, 6 left" in listed, "so does what is due", listed)
line = next(one for one in place.json("due")["due"] if one["deadline"] == "answer_it")
ok(line["group"] == "paused" and line["due"] is None and line["paused"]["left"] == 6, "and its JSON", line)
ok("answer_it" not in [line["deadline"] for line in place.json("due", "--until", "2027-03-31")["due"]],
   "it is not among what has to be done by a day")
explained = place.call("explain", 1, "answer_it")
ok("paused since Fri 8 Jan 2027 with 4 of 10 working days used, 6 left: if it went on today it would be due "
   "Thu 28 Jan 2027" in explained and "it has stood still since Fri 8 Jan 2027 with 6 working days left" in explained,
   "it explains itself", explained)
done = place.run("verify")
ok(done.returncode == 0, "what stands still can be proved", done.stdout + done.stderr)
done = place.run("extend", 1, "answer_it", "complex", "--to", "2027-02-01", "--why", "x", "--as", "manager",
                 "--file", place.write("list.txt", "a"))
ok(done.returncode == 1 and "stands still" in done.stderr, "what stands still is not extended", done.stderr)

# --- going on, and extended ---
done = place.call("do", 1, "hear_back", "--as", "officer")
ok("moved" in done or "running" in done, "it goes on", done)
ok(clock()["due"] == "2027-01-28" and clock()["paused"]["now"] is False, "with a later date", clock())
proof = place.write("list.txt", "412 documents")
done = place.run("extend", 1, "answer_it", "complex", "--to", "2027-02-12", "--why", "412 documents",
                 "--as", "manager", "--file", proof)
ok(done.returncode == 1 and "until Thu 11 Feb 2027 at most: 14 days are left" in done.stderr, "the limit holds", done.stderr)
done = place.run("extend", 1, "answer_it", "complex", "--to", "2027-02-05", "--why", "412 documents", "--as", "manager")
ok(done.returncode != 0 and "document that proves" in done.stderr, "it wants its evidence", done.stderr)
done = place.call("extend", 1, "answer_it", "complex", "--to", "2027-02-05", "--why", "412 documents",
                  "--as", "manager", "--file", proof)
ok("from Thu 28 Jan 2027, now due Fri 5 Feb 2027" in done, "it is extended", done)
one = clock()["extended"][0]
ok((one["from"], one["to"], one["ground"], one["why"], one["role"]) ==
   ("2027-01-28", "2027-02-05", "complex", "412 documents", "manager") and one["evidence"].startswith("list.txt sha256:"),
   "with its ground, evidence and who decided", one)
shown = place.call("case", 1)
ok("Answer the request: extended from Thu 28 Jan 2027 to Fri 5 Feb 2027: There is much to read. 412 documents "
   "(Records manager" in shown and "list.txt" in shown, "the case says so", shown)
ok("Fri 5 Feb 2027 (was Thu 28 Jan 2027)" in place.call("due"), "so does what is due", place.call("due"))

# --- missed, with its ground ---
done = place.run("late", 1, "answer_it", "staff", "--why", "nobody there", "--as", "manager")
ok(done.returncode == 1 and "was not missed" in done.stderr, "what is not missed needs no ground", done.stderr)
place.at("2027-02-09T09:00")
place.call("late", 1, "answer_it", "staff", "--why", "The post is vacant", "--as", "manager")
now = clock()
ok(now["status"] == "missed" and now["missed_for"]["ground"] == "staff" and now["missed_for"]["why"] == "The post is vacant",
   "it stays missed, with the ground on record", now)
place.call("do", 1, "answer", "--as", "officer")
ok(clock()["status"] == "met late" and clock()["missed_for"]["role"] == "manager", "also when it is met late", clock())
shown = place.call("explain", 1, "answer_it")
ok("missed Fri 5 Feb 2027, for: A post was vacant. The post is vacant (Records manager" in shown, "it explains itself", shown)

# --- excused ---
place.call("open", "request", "child=C-2", "--as", "officer")
place.call("do", 2, "receive", "--as", "officer")
place.call("excuse", 2, "answer_it", "withdrawn", "--why", "by telephone", "--as", "officer", "--file", proof)
now = clock(case=2)
ok(now["status"] == "excused" and now["due"] == "2027-02-23" and now["excused"]["evidence"].startswith("list.txt") and
   now["excused"]["role"] == "officer", "the excused one keeps its date and evidence", now)
ok("excused, was due Tue 23 Feb 2027: Nobody needs it any more. by telephone (Records officer" in place.call("case", 2),
   "the case says so", place.call("case", 2))
ok("12:00" in place.call("due") and clock("panel_papers", 2)["cut_off"] == "12:00", "a last day shows its hour")
ok(clock("new_check", 2)["status"] == "running" and "old_check" not in str(place.json("case", 2)["deadlines"]),
   "the regime is the one of its day")
done = place.run("verify")
ok(done.returncode == 0, "all of it can be proved again", done.stdout + done.stderr)
finish()
