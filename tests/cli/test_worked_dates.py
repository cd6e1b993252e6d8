#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The dates worked out by hand (tests/data/worked-dates.csv), through `reeve when --json`."""
import csv
import json
import os
import subprocess
import sys

REEVE = os.environ.get("REEVE", "build/asan/reeve")


def worked(row):
    call = [REEVE, "when", row["moment"], *row["anchors"].split(), "--pack", "examples/england", "--json"]
    if row["calendar"] != "england":
        call += ["--calendar", row["calendar"]]
    if row["roll"]:
        call += ["--roll", row["roll"]]
    done = subprocess.run(call, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60)
    if done.returncode != 0:
        return f"ended with {done.returncode}: {done.stdout}{done.stderr}"
    got = json.loads(done.stdout)
    # Where no do-by date was worked out (a right, a date far ahead) none is compared.
    if got["due"] != row["due"] or (row["do_by"] and got["do_by"] != row["do_by"]):
        steps = "; ".join(step["text"] for step in got["steps"])
        return f"due {got['due']}, do by {got['do_by']}; wanted {row['due']}, {row['do_by']} ({steps})"
    if not got["steps"]:
        return "it does not say how"
    return None


def main():
    with open("tests/data/worked-dates.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    wrong = 0
    for row in rows:
        why = worked(row)
        wrong += why is not None
        print(f"{'not ok' if why else 'ok'} - row {row['id']}: {row['moment']}, {row['anchors']}")
        if why:
            print(f"    {why}")
    return 1 if wrong or len(rows) < 50 else 0


if __name__ == "__main__":
    sys.exit(main())
