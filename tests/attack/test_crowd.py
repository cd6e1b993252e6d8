#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Many processes on one database at once: nothing is lost, nothing happens twice."""
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

REEVE = os.path.abspath(os.environ.get("REEVE", "build/asan/reeve"))
EXAMPLES = pathlib.Path("examples").resolve()
CROWD = 20
OPEN = ["open", "torbay/annual-review", "birth=2013-08-08", "plan_issued=2019-09-24", "last_review=2025-12-19",
        "--school", "900006", "--as", "officer"]

failed = 0


def result(good, name, *more):
    global failed
    print(("ok - " if good else "not ok - ") + name)
    if not good:
        failed = 1
        for line in more:
            print("    " + str(line)[:2000].replace("\n", "\n    "))


class Base:
    def __init__(self, folder):
        self.path = pathlib.Path(folder) / "reeve.db"
        self.env = dict(os.environ, REEVE_DB=str(self.path), REEVE_NOW="2026-10-01T09:00", NO_COLOR="1")

    def start(self, *words):
        return subprocess.Popen([REEVE, *map(str, words)], env=self.env, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def run(self, *words):
        process = self.start(*words)
        out, err = process.communicate(timeout=120)
        return process.returncode, out, err

    def must(self, *words):
        code, out, err = self.run(*words)
        assert code == 0, (words, code, out, err)
        return out

    def crowd(self, calls):
        """All at once; their ends, as (code, out, err)."""
        processes = [self.start(*words) for words in calls]
        ends = [process.communicate(timeout=120) for process in processes]
        return [(process.returncode, *end) for process, end in zip(processes, ends)]

    def case(self, number):
        return json.loads(self.must("case", number, "--json"))

    def verify(self):
        code, out, err = self.run("verify")
        return code == 0, out + err


def begin(base):
    base.must("publish", EXAMPLES / "torbay")
    base.must("schools", "import", EXAMPLES / "caseload/schools.csv")
    base.must("people", "import", EXAMPLES / "caseload/people.csv")
    base.must(*OPEN, "child=C-1")


def history(base, number):
    return [event.get("name") for event in base.case(number)["history"]]


def same_key(base):
    ends = base.crowd([["do", 1, "list", "--key", "only-once"]] * CROWD)
    result(all(code == 0 for code, _, _ in ends), "the same key from %d processes: each gets an answer" % CROWD,
           *[err for code, _, err in ends if code])
    result(sum("recorded before" in out for _, out, _ in ends) == CROWD - 1, "and all but one: recorded before")
    result(history(base, 1).count("list") == 1, "one event is on record", history(base, 1))


def other_content(base):
    calls = [["do", 1, "arrange", "meeting=2026-12-%02d" % (i + 1), "transfer=stays", "--key", "date"]
             for i in range(CROWD)]
    ends = base.crowd(calls)
    result(sum(code == 0 for code, _, _ in ends) == 1 and
           sum("was used for something else" in err for _, _, err in ends) == CROWD - 1,
           "the same key with other content: one is taken, the others refused",
           *["%d %s" % (code, out + err) for code, out, err in ends])


def open_once(base):
    ends = base.crowd([OPEN + ["child=C-2", "--key", "form-7"]] * CROWD)
    numbers = {out.split()[0] for code, out, _ in ends if code == 0}
    result(len(numbers) == 1 and all(code == 0 for code, _, _ in ends), "a case is opened once under one key",
           numbers, *[err for code, _, err in ends if code])
    ends = base.crowd([OPEN + ["child=C-3"]] * CROWD)
    result(sum(code == 0 for code, _, _ in ends) == 1 and
           sum("is open already" in err for _, _, err in ends) == CROWD - 1,
           "and once a child without one", *[out + err for _, out, err in ends])
    code, _, err = base.run(*OPEN, "child=C-4", "--key", "form-7")
    result(code == 1 and "was used for something else" in err, "nor is the key good for another child", err)
    code, out, err = base.run("do", 2, "list", "--key", "only-once")
    result(code == 0 and "recorded before" not in out, "a key belongs to its case: on another it is new", out + err)


def no_update_lost(base):
    """Each item is another field of the same case's body."""
    case = base.case(1)
    names = [item["name"] for item in case["items"] if not item["done"]]
    before = len(case["history"])
    ends = base.crowd([["item", 1, name, "done", "--on", "2026-10-01"] for name in names])
    result(all(code == 0 for code, _, _ in ends), "%d items of one case at once: each is recorded" % len(names),
           *[err for code, _, err in ends if code])
    case = base.case(1)
    undone = [item["name"] for item in case["items"] if not item["done"]]
    result(not undone and len(case["history"]) == before + len(names), "and none is lost", undone)


def publish_at_once(base, folder):
    """Six versions of one pack and one more of another, while somebody opens cases."""
    calls = []
    for i in range(6):
        shutil.copytree(EXAMPLES / "england", folder / ("v%d" % i) / "england")
        shutil.copytree(EXAMPLES / "torbay", folder / ("v%d" % i) / "torbay")
        pack = folder / ("v%d" % i) / "torbay/pack.yaml"
        pack.write_text(pack.read_text().replace("title: Torbay", "title: (%d) Torbay" % i))
        calls.append(["publish", folder / ("v%d" % i) / "torbay"])
    calls.append(["publish", EXAMPLES / "plymouth"])
    calls += [OPEN + ["child=P-%d" % i] for i in range(6)]
    ends = base.crowd(calls)
    result(all(code == 0 for code, _, _ in ends), "packs are published at once, and cases opened meanwhile",
           *[err for code, _, err in ends if code])
    result(len(base.must("versions", "torbay").splitlines()) == 7, "all versions are there",
           base.must("versions", "torbay"))


def beside_a_service(base, folder):
    env = dict(base.env)
    env.pop("REEVE_NOW")
    service = subprocess.Popen([REEVE, "run"], env=env, stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    time.sleep(1)
    calls = [["verify"], ["backup", folder / "copy-1.db"]]
    calls += [OPEN + ["child=S-%d" % i] for i in range(12)]
    calls += [["verify"], ["backup", folder / "copy-2.db"], ["publish", EXAMPLES / "torbay"]]
    ends = base.crowd(calls)
    bad = ["%s: %d %s" % (words[0], code, out + err) for words, (code, out, err) in zip(calls, ends) if code]
    result(not bad, "beside a service: cases opened, verified, copied and published", *bad)
    for name in ("copy-1.db", "copy-2.db"):
        code, out, err = base.run("verify", "--db", folder / name)
        result(code == 0, "%s is whole" % name, out + err)
    service.send_signal(signal.SIGTERM)
    _, log = service.communicate(timeout=30)
    result(service.returncode == 0 and '"level":"error"' not in log, "and the service ends well", log)


def time_never_falls(base):
    """A clock set back: what is recorded never comes before what was."""
    base.env["REEVE_NOW"] = "2026-09-01T09:00"
    code, out, err = base.run("item", 2, "papers.family_views", "done")
    base.env["REEVE_NOW"] = "2026-10-01T09:00"
    case = base.case(2)
    recorded = [event["recorded"] for event in case["history"]]
    result(recorded == sorted(recorded), "recorded never falls, whatever the clock says",
           code, out, err, recorded)


def main():
    with tempfile.TemporaryDirectory(prefix="reeve-crowd-") as name:
        folder = pathlib.Path(name)
        base = Base(folder)
        begin(base)
        same_key(base)
        other_content(base)
        open_once(base)
        no_update_lost(base)
        publish_at_once(base, folder)
        beside_a_service(base, folder)
        time_never_falls(base)
        good, said = base.verify()
        result(good, "all of it verifies", said)
    return failed


sys.exit(main())
