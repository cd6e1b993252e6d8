#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Schools with days of their own: nation, authority, school. The stories of tests/packs/schools,
and the same through the command line.
"""
import pathlib
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "kit"))
from reeve import ROOT, Place, finish, ok  # noqa: E402

place = Place()
shutil.copytree(ROOT / "examples/england", place.folder / "england")
shutil.copytree(ROOT / "tests/packs/schools/dale", place.folder / "dale")
pack = place.folder / "dale"

done = place.run("check", pack, now="2026-10-01T09:00")      # Panels run out.
ok(done.returncode == 0 and "0 warnings" in done.stdout, "it checks", done.stdout + done.stderr)
done = place.run("test", pack)
stories = len(list((pack / "scenarios").glob("*.yaml")))
ok(done.returncode == 0 and f"{stories} passed, 0 failed" in done.stdout, "its stories pass", done.stdout + done.stderr)

place.at("2026-10-16T09:00")
ok(place.run("publish", pack).returncode == 0, "it is published")
place.call("schools", "import", place.write("s.csv", "urn,name,phase\n900001,Longbeck,primary\n900002,Moss,primary\n"))
for case, school, due in ((1, 900001, "Tue 3 Nov 2026"), (2, 900002, "Fri 23 Oct 2026")):
    place.call("open", "support", "--school", school, "--as", "officer")
    shown = place.call("explain", case, "reply")
    ok(due in shown, f"school {school} has its own days", shown)
    ok(("Training day" in shown) == (school == 900001), f"explain says so for {school}", shown)
ok(place.run("verify").returncode == 0, "deciding again gives the same")
finish()
