#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The schema for editors, tried with a validator and a YAML reader by other hands.

Every file of every example pack and of the good packs passes; every bad pack whose fault is one of
keys or of the shape of values fails. What `reeve schema` and `reeve stubs` print is what stands in
the repository.
"""

import glob
import os
import re
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.environ.get("BUILD", os.path.join(ROOT, "build"))
REEVE = os.environ.get("REEVE", os.path.join(BUILD, "asan", "reeve"))
# Faults that a schema can know: keys there are not, values of another kind, YAML's own.
CATCHABLE = re.compile(r"\[(R001|Y001|Y002|Y006)\]|'\w+' cannot be ('|a ).*\[R002\]")
# Control characters are for other YAML readers to allow; what a worked-out field cannot be hangs on
# a second key.
LENIENT = {"control-character", "worked-out-fields"}

bad = 0


def tell(ok, name, why=""):
    global bad
    bad += not ok
    print(f"{'ok' if ok else 'not ok'} - {name}" + (f"\n    {why}" if why and not ok else ""))


def reeve(*words):
    return subprocess.run([REEVE, *words], capture_output=True, text=True, check=True).stdout


# YAML that is no part of a pack.
OTHERS = (os.sep + "caseload" + os.sep, os.sep + "hooks" + os.sep)


def files(*folders):
    return sorted(path for folder in folders
                  for path in glob.glob(os.path.join(ROOT, folder, "**", "*.yaml"), recursive=True)
                  if not any(other in path for other in OTHERS))


def validate(schema, paths):
    env = dict(os.environ, NODE_PATH=os.path.join(BUILD, "node", "node_modules"))
    ran = subprocess.run(["node", os.path.join(ROOT, "tests/node/validate.js"), schema, *paths],
                         capture_output=True, text=True, env=env)
    if ran.returncode:
        sys.exit("not ok - the validator runs\n" + ran.stderr)
    return ran.stdout.splitlines()


with tempfile.NamedTemporaryFile("w", suffix=".json") as schema:
    text = reeve("schema")
    schema.write(text)
    schema.flush()
    kept = open(os.path.join(ROOT, "examples/reeve.schema.json"), encoding="utf-8").read()
    tell(kept == text, "examples/reeve.schema.json is what `reeve schema` prints: `make docs`")
    for path in files("examples"):
        with open(path, encoding="utf-8") as file:
            head = file.read(400)
        named = re.search(r"^# yaml-language-server: \$schema=(\S+)$", head, re.M)
        other = re.search(r"^# \$schema: (\S+)$", head, re.M)
        there = named and other and named[1] == other[1] and os.path.exists(
            os.path.join(os.path.dirname(path), named[1]))
        if not there:
            tell(False, f"{os.path.relpath(path, ROOT)} names the schema to editors")
    good = files("examples", "tests/axes", "tests/packs/good", "tests/packs/third", "tests/replay")
    lines = validate(schema.name, good)
    tell(len(lines) == len(good) > 100, f"{len(good)} files are read")
    tell(all(line.startswith("ok ") for line in lines), "all files of good packs pass",
         "\n    ".join(line for line in lines if not line.startswith("ok ")))
    caught = 0
    for folder in sorted(glob.glob(os.path.join(ROOT, "tests/packs/bad/*"))):
        name = os.path.basename(folder)
        expected = open(os.path.join(folder, "expected.txt"), encoding="utf-8").read()
        if name in LENIENT or not CATCHABLE.search(expected):
            continue
        found = [line for line in validate(schema.name, files(folder)) if line.startswith("no ")]
        tell(found, f"the bad pack {name} fails", "the schema has nothing against it")
        caught += bool(found)
    tell(caught >= 10, "bad packs are caught")

stubs = open(os.path.join(ROOT, "lua/reeve.lua"), encoding="utf-8").read()
tell(reeve("stubs") == stubs, "lua/reeve.lua is what `reeve stubs` prints")
own = reeve("stubs", os.path.join(ROOT, "examples/torbay"))
tell(own.startswith(stubs) and "---@class case.annual_review: case\n" in own and
     "---@field meeting date? Date of the review meeting\n" in own,
     "with a pack, the fields of its cases are described")
sys.exit(bad > 0)
