#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A digest of very many deadlines, after months switched off: memory does not grow with them."""
import os
import pathlib
import subprocess
import sys
import tempfile

# Sanitizers keep what is freed: the program as it ships is measured.
REEVE = os.environ.get("REEVE_RELEASE", "build/reeve")
EXAMPLES = pathlib.Path("examples").resolve()
CASES = 250
MOST_KB = 64 * 1024


def main():
    if not os.access(REEVE, os.X_OK):
        print("skip - no program at " + REEVE)
        return 0
    with tempfile.TemporaryDirectory(prefix="reeve-memory-") as folder:
        env = dict(os.environ, REEVE_DB=folder + "/reeve.db", REEVE_NOW="2026-10-01T09:00", NO_COLOR="1")

        def must(*words):
            subprocess.run([os.path.abspath(REEVE), *map(str, words)], env=env, check=True,
                           stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

        must("publish", EXAMPLES / "torbay")
        must("schools", "import", EXAMPLES / "caseload/schools.csv")
        must("people", "import", EXAMPLES / "caseload/people.csv")
        for i in range(CASES):
            must("open", "annual-review", "child=C-%d" % i, "birth=2013-08-08", "plan_issued=2019-09-24",
                 "last_review=2025-11-2%d" % (i % 9), "--school", 900001 + i % 8, "--as", "officer")
        process = subprocess.Popen([os.path.abspath(REEVE), "tick", "--now", "2027-03-01T09:00"], env=env,
                                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        good = status == 0 and usage.ru_maxrss < MOST_KB
        print("%s - %d cases, five months late: at most %d MiB" % ("ok" if good else "not ok", CASES, MOST_KB // 1024))
        if not good:
            print("    ended with %d, at %d KiB" % (status, usage.ru_maxrss))
        return 0 if good else 1


sys.exit(main())
