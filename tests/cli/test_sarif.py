#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""`reeve check` for other programs: SARIF holds against the standard's schema, and it and GitHub's
lines name the files where they stand, from wherever one asks.

Every example pack and every bad pack of tests/packs (files laid over the good ones there) is tried;
the results must be those of
`--format json`, at the same places.
"""

import functools
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.parse

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.environ.get("BUILD", os.path.join(ROOT, "build"))
REEVE = os.path.abspath(os.environ.get("REEVE", os.path.join(BUILD, "asan", "reeve")))


def tell(ok, name, why=""):
    print(f"{'ok' if ok else 'not ok'} - {name}" + (f"\n    {why}" if why and not ok else ""))


@functools.lru_cache(maxsize=None)
def check(pack, form, cwd=ROOT):
    ran = subprocess.run([REEVE, "check", pack, "--format", form], cwd=cwd, capture_output=True,
                         text=True)
    return ran.returncode, ran.stdout, ran.stderr


def sarif(pack, cwd=ROOT):
    status, out, err = check(pack, "sarif", cwd)
    return status, json.loads(out)["runs"][0], err


def place(location):
    physical = location["physicalLocation"]
    return urllib.parse.unquote(physical["artifactLocation"]["uri"]), physical["region"]


def same_as_json(pack, cwd):
    """What is wrong with a pack's log, or None."""
    status, run, err = sarif(pack, cwd)
    json_status, out, _ = check(pack, "json", cwd)
    findings = json.loads(out)["findings"]
    if status != json_status or status not in (0, 1):
        return f"exit status {status}, as JSON {json_status}"
    if not re.search(r"\d+ errors?, \d+ warnings?", err):
        return f"no verdict on stderr: {err}"
    if len(run["results"]) != len(findings):
        return f"{len(run['results'])} results for {len(findings)} findings"
    for result, finding in zip(run["results"], findings):
        path, region = place(result["locations"][0])
        if (result["ruleId"], result["level"]) != (finding["code"], finding["severity"]):
            return f"{result['ruleId']} for {finding['code']}"
        if run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] != result["ruleId"]:
            return f"{result['ruleId']}: another rule's index"
        if not result["message"]["text"].startswith(finding["text"]):
            return result["message"]["text"]
        whole = os.path.join(cwd, path)
        if finding["file"] and not os.path.isfile(whole):
            return f"no such file: {path}"
        if finding["file"] and not path.endswith("/" + finding["file"]):
            return f"{path} for {finding['file']}"
        if finding["line"] > 0 and region["startLine"] != finding["line"]:
            return f"{path}: line {region['startLine']} for {finding['line']}"
        if region.get("startColumn", 1) >= region.get("endColumn", 1 << 30):
            return f"{path}: {region}"
        for related in result.get("relatedLocations", []):
            if not os.path.isfile(os.path.join(cwd, place(related)[0])):
                return f"no such file: {place(related)[0]}"
    prints = {(r["partialFingerprints"]["reeveLine/v1"], r["message"]["text"],
               r["locations"][0]["physicalLocation"]["region"].get("startColumn"),
               r["locations"][0]["physicalLocation"]["region"]["startLine"]) for r in run["results"]}
    return None if len(prints) == len(findings) else "two results are one"


def whole_packs(folder):
    """Copies, as paths from `folder`."""
    shutil.copytree(os.path.join(ROOT, "examples"), os.path.join(folder, "examples"))
    packs = ["examples/england", "examples/torbay", "examples/plymouth"]
    for bad in sorted(glob.glob(os.path.join(ROOT, "tests/packs/bad/*"))):
        here = os.path.join(folder, os.path.basename(bad))
        shutil.copytree(os.path.join(ROOT, "tests/packs/good"), here)
        shutil.copytree(bad, here, dirs_exist_ok=True)
        if os.path.isfile(os.path.join(here, "removed.txt")):
            with open(os.path.join(here, "removed.txt"), encoding="utf-8") as file:
                for path in file.read().split():
                    os.unlink(os.path.join(here, path))
        if os.path.isfile(os.path.join(here, "town", "pack.yaml")):
            packs.append(os.path.basename(bad) + "/town")
    return packs


def validate(packs, cwd, folder):
    files = []
    for i, pack in enumerate(packs):
        files.append(os.path.join(folder, f"{i}.sarif"))
        with open(files[-1], "w", encoding="utf-8") as file:
            file.write(check(pack, "sarif", cwd)[1])
    env = dict(os.environ, NODE_PATH=os.path.join(BUILD, "node", "node_modules"))
    broken = os.path.join(folder, "broken.sarif")
    with open(broken, "w", encoding="utf-8") as file:
        json.dump({"version": "2.1.0", "runs": [{"tool": {"driver": {}}}]}, file)
    ran = subprocess.run(["node", os.path.join(ROOT, "tests/node/sarif.js"), *files, broken],
                         capture_output=True, text=True, env=env)
    if ran.returncode:
        sys.exit("not ok - the validator runs\n" + ran.stderr)
    lines = ran.stdout.splitlines()
    tell(all(line.startswith("ok ") for line in lines[:-1]) and len(lines) == len(packs) + 1,
         f"{len(packs)} logs hold against the schema of SARIF 2.1.0",
         "\n    ".join(line for line in lines[:-1] if not line.startswith("ok ")))
    tell(lines[-1].startswith("no "), "the validator refuses one that is broken", lines[-1])


def from_elsewhere(folder):
    """The file of the first finding, as named from several folders."""
    shutil.copytree(os.path.join(ROOT, "examples", "england"), os.path.join(folder, "england"))
    pack = os.path.join(folder, "a town #1", "our_town")
    shutil.copytree(os.path.join(ROOT, "examples", "england"), os.path.join(folder, "a town #1", "england"))
    os.makedirs(os.path.join(pack, "processes"))
    with open(os.path.join(pack, "pack.yaml"), "w", encoding="utf-8") as file:
        file.write("pack: our_town\ntitle: T\nextends: ../england\n")
    with open(os.path.join(pack, "processes", "annual-review.yaml"), "w", encoding="utf-8") as file:
        file.write("changes: annual-review\nsetings: {report_within: 2 weeks}\n")
    rows = [
        (folder, "a town #1/our_town", "a town #1/our_town/processes/annual-review.yaml"),
        (folder, "./a town #1/our_town/", "a town #1/our_town/processes/annual-review.yaml"),
        (folder, pack, "a town #1/our_town/processes/annual-review.yaml"),
        (pack, ".", "processes/annual-review.yaml"),
        (os.path.join(pack, "processes"), "..", "../processes/annual-review.yaml"),
        (os.path.join(folder, "england"), "../a town #1/our_town",
         "../a town #1/our_town/processes/annual-review.yaml"),
        ("/", pack, pack[1:] + "/processes/annual-review.yaml"),
    ]
    for cwd, typed, wanted in rows:
        _, run, _ = sarif(typed, cwd)
        result = next(r for r in run["results"] if r["ruleId"] == "R001")
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]
        got = place(result["locations"][0])[0]
        tell(got == wanted and " " not in uri["uri"] and "#" not in uri["uri"] and
             uri.get("uriBaseId") == "%SRCROOT%", f"from {os.path.basename(cwd) or '/'}: {typed[-24:]}",
             f"{uri} for {wanted}")
        line = next(l for l in check(typed, "github", cwd)[1].splitlines() if "R001" in l)
        tell(line.startswith(f"::error file={wanted},line=2,col=1,title=R001::"), "  for GitHub", line)
    _, run, _ = sarif("/" + os.path.relpath(pack, "/"), os.path.join(folder, "england"))
    uri = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    tell(uri["uri"].startswith("file:///") and "uriBaseId" not in uri, "a pack that stands elsewhere", uri)


def accepted_and_dropped(folder):
    _, run, _ = sarif("examples/torbay")
    tell(any(a["code"] == "F001" and a["why"] for a in run["properties"]["accepted"]),
         "what the pack accepts is told with its reason", run["properties"])
    pack = os.path.join(folder, "many")
    os.makedirs(pack)
    with open(os.path.join(pack, "pack.yaml"), "w", encoding="utf-8") as file:
        file.write("pack: many\ntitle: M\n" + "".join(f"wrong_{i}: 1\n" for i in range(80)))
    _, run, _ = sarif(pack)
    said = run["invocations"][0].get("toolExecutionNotifications", [{}])[0]
    tell("more" in said.get("message", {}).get("text", ""), "that there are more is said", said)


def main():
    with tempfile.TemporaryDirectory(prefix="reeve-sarif-") as folder:
        folder = os.path.realpath(folder)
        cwd = os.path.join(folder, "packs")
        os.mkdir(cwd)
        packs = whole_packs(cwd)
        tell(len(packs) > 100, f"{len(packs)} packs are tried")
        wrong = [(pack, why) for pack in packs for why in [same_as_json(pack, cwd)] if why]
        tell(not wrong, "each log says what --format json says", wrong[:5])
        validate(packs, cwd, folder)
        from_elsewhere(folder)
        accepted_and_dropped(folder)
    status, out, err = check("examples/none", "sarif")
    tell(status == 2 and not out and "cannot open" in err, "no pack: exit status 2, and no log")
    status, _, err = check("examples/torbay", "sariff")
    tell(status == 2 and "json, sarif or github" in err, "a form there is not: exit status 2")


main()
