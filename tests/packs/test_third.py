#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A third authority: a pack made in a scratch folder by writing YAML and Lua only, over
examples/england, checked, tested and used with the same program.
"""
import pathlib
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "kit"))
from reeve import ROOT, Place, Sink, digests, finish, ok  # noqa: E402

place = Place()
shutil.copytree(ROOT / "examples/england", place.folder / "england")
shutil.copytree(ROOT / "tests/packs/third/northmoor", place.folder / "northmoor")
pack = place.folder / "northmoor"

done = place.run("check", pack)
ok(done.returncode == 0, "it checks", done.stdout + done.stderr)
done = place.run("test", pack)
ok(done.returncode == 0 and "1 passed, 0 failed" in done.stdout, "its scenario passes", done.stdout + done.stderr)
shown = place.call("show", f"{pack}/annual-review", "--resolved")
ok("checking" in shown and "england" in shown and "northmoor" in shown, "what it changes is shown beside what it does not")

sink = Sink(place)
place.settings(sink.port)
place.at("2026-09-03T09:00")
ok(place.run("publish", pack).returncode == 0, "it is published")
place.call("schools", "import", place.write("s.csv", "urn,name,phase\n900001,Larkmoor,primary\n"))
place.call("people", "import", place.write("p.csv", "name,email,role,school\n"
                                           "Ada Lead,a.lead@larkmoor.example.org,senco,900001\n"
                                           "Ivo Partner,i.partner@northmoor.example.org,inclusion,\n"))
place.call("open", "annual-review", "child=C-1", "birth=2014-05-06", "plan_issued=2020-01-20",
           "last_review=2025-12-15", "--school", 900001, "--as", "officer")
place.at("2026-09-21T09:00")
place.call("do", 1, "arrange", "meeting=2026-10-20", "transfer=stays", "--as", "senco")
place.at("2026-10-02T09:00")
for item in ("invited.invite_family", "invited.invite_school", "invited.invite_authority", "invited.invite_health",
             "invited.invite_care", "papers.family_views", "papers.child_views", "papers.progress"):
    place.call("item", 1, item, "done", "--as", "a.lead@larkmoor.example.org")
place.at("2026-10-20T09:00")
done = place.run("do", 1, "hold", "meeting=2026-10-20", "--as", "senco")
ok(done.returncode == 1 and "recorded" in done.stderr, "the extra consent is wanted", done.stderr)
place.call("consent", 1, "recording", "given", "--by", "A parent", "--how", "paper", "--as", "family")
place.call("do", 1, "hold", "meeting=2026-10-20", "--as", "senco")
due = {line["deadline"]: line for line in place.json("due")["due"]}
ok(due["send_report"]["due"] == "2026-10-27", "another time limit", due["send_report"])
ok("Inclusion lead" in place.call("due"), "another role's name", place.call("due"))
place.at("2026-11-11T09:00")
place.call("do", 1, "report", "recommendation=maintain", "--as", "senco")
ok(place.json("case", 1)["state"] == "checking", "one more state", place.json("case", 1))
done = place.run("do", 1, "send_back", "--as", "i.partner@northmoor.example.org")
ok(done.returncode == 1 and "no time left" in done.stderr and "17 Nov" in done.stderr, "its own Lua refuses, with the reason",
   done.stderr)
place.call("tick", "--now", "2026-11-17T08:00")
ok(("i.partner@northmoor.example.org", "2026-11-17") in digests(sink.mails()), "whoever holds the new role is reminded",
   digests(sink.mails()))
explained = place.call("explain", 1, "check_report")
ok("Founder's Day" in explained, "the date explains itself", explained)
done = place.run("verify")
ok(done.returncode == 0, "verify is clean", done.stdout + done.stderr)
finish()
