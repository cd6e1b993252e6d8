#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A database changed behind reeve's back: verify tells, and nothing crashes.

Rows are edited one table at a time, then a bit of every page is turned over.
"""
import os
import pathlib
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile

REEVE = os.path.abspath(os.environ.get("REEVE", "build/asan/reeve"))
EXAMPLES = pathlib.Path("examples").resolve()
OPEN = ["open", "annual-review", "birth=2013-08-08", "plan_issued=2019-09-24", "last_review=2025-12-19",
        "--school", "900006", "--as", "officer"]
FLIPS = 60

# What is changed, and what verify must say of it.
EDITS = [
    ("UPDATE event SET said = replace(said, '2026', '2027') WHERE id = 1", "event 1 does not fit the chain"),
    ("UPDATE event SET did = replace(did, '2026', '2025') WHERE id = 2", "event 2 does not fit the chain"),
    ("UPDATE event SET personal = replace(personal, '2013', '2014')", "does not fit the chain"),
    ("UPDATE event SET recorded_ms = recorded_ms - 1000 WHERE id = 1", "event 1 does not fit the chain"),
    ("UPDATE event SET hash = randomblob(32) WHERE id = 1", "event 1 does not fit the chain"),
    ("UPDATE event SET prev = id", "goes in a circle"),
    ("UPDATE event SET ruleset = 99 WHERE id = 1", "no rule set number 99"),
    ("UPDATE event SET said = '{' WHERE id = 1", "not JSON"),
    ("DELETE FROM event WHERE id = 1", "no event number 1"),
    ("UPDATE casefile SET state = 'nonsense' WHERE id = 1", "AR-26-0001: the case's row"),
    ("UPDATE casefile SET wake = NULL WHERE id = 1", "AR-26-0001: the case's row"),
    ("UPDATE casefile SET ruleset = 99 WHERE id = 1", "AR-26-0001: "),
    ("UPDATE casefile SET subject = 'X' WHERE id = 1", "AR-26-0001: the row does not say"),
    ("UPDATE casefile SET keys = NULL WHERE id = 1", "AR-26-0001: the row has other callers' keys"),
    ("UPDATE casefile SET head_hash = randomblob(32) WHERE id = 1", "AR-26-0001: the case does not end"),
    ("UPDATE casefile SET body = '{' WHERE id = 1", "AR-26-0001: case AR-26-0001: not JSON"),
    ("UPDATE casefile SET body = replace(body, '20', '21') WHERE id = 1", "AR-26-0001: the stored case"),
    ("DELETE FROM casefile WHERE id = 1", "events 3 hang on no case"),
    ("UPDATE casefile SET head = (SELECT prev FROM event WHERE id = casefile.head) WHERE id = 1",
     "AR-26-0001: the case does not end"),
    ("DELETE FROM due", "the list of what is due has 0"),
    ("UPDATE due SET do_by = do_by + 1", "the list of what is due has 'meet' wrong"),
    ("UPDATE due SET desk = 1 WHERE name = 'complete'", "the list of what is due has 'complete' wrong"),
    ("UPDATE pack SET files = replace(files, 'England', 'Wales')", "version 1 of the pack 'torbay' is not"),
    ("UPDATE pack SET files = '{}'", "a stored pack is damaged"),
    ("UPDATE calendar SET files = replace(files, 'Boxing', 'Bxing')", "version 1 of the calendar 'torbay'"),
    ("UPDATE in_use SET version = 77", "version 77 of the pack 'torbay'"),
    ("DELETE FROM ruleset", "no rule set number 1"),
    ("DELETE FROM person", "a row of 'sits' points at nothing"),
    ("UPDATE seal SET hash = randomblob(32)", "seal 1 does not fit"),
]

failed = 0


def result(good, name, *more):
    global failed
    print(("ok - " if good else "not ok - ") + name)
    if not good:
        failed = 1
        for line in more:
            print("    " + str(line).replace("\n", "\n    "))


class Base:
    def __init__(self, folder):
        self.folder = folder
        self.good = folder / "good.db"
        self.path = folder / "reeve.db"

    def run(self, *words, db=None, now="2026-10-01T09:00"):
        env = dict(os.environ, REEVE_DB=str(db or self.path), REEVE_NOW=now, NO_COLOR="1")
        done = subprocess.run([REEVE, *words], env=env, capture_output=True, timeout=60,
                              stdin=subprocess.DEVNULL)
        return done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace")

    def make(self):
        for words in (["publish", str(EXAMPLES / "torbay")],
                      ["schools", "import", str(EXAMPLES / "caseload/schools.csv")],
                      ["people", "import", str(EXAMPLES / "caseload/people.csv")],
                      OPEN + ["child=C-1"], OPEN + ["child=C-2", "--key", "second"],
                      ["do", "1", "list", "--key", "k1"]):
            code, said = self.run(*words, db=self.good)
            assert code == 0, said
        code, said = self.run("tick", db=self.good, now="2026-10-24T09:00")
        assert code == 0, said

    def again(self):
        for path in self.folder.glob("reeve.db*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        shutil.copy(self.good, self.path)

    def edit(self, sql):
        base = sqlite3.connect(self.path)
        base.executescript("PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF; " + sql)
        base.commit()
        base.close()


# Whatever is in the file: an answer, and no crash.
LOOKS = [["case", "1"], ["due"], ["tick", "--now", "2026-11-20T09:00"],
         ["do", "1", "arrange", "meeting=2026-12-14", "transfer=stays"], ["backup"]]


def looks(base):
    for words in LOOKS:
        if words == ["backup"]:
            words = ["backup", str(base.folder / "copy.db")]
            (base.folder / "copy.db").unlink(missing_ok=True)
        code, said = base.run(*words)
        if code not in (0, 1, 2):
            return "%s ended with %d: %s" % (words[0], code, said[-1500:])
    return ""


def edited(base):
    code, said = base.run("verify", db=base.good)
    result(code == 0, "verify finds nothing in what is sound", said)
    for sql, wanted in EDITS:
        base.again()
        base.edit(sql)
        code, said = base.run("verify")
        result(code == 1 and wanted in said and " wrong" in said, "verify tells: " + sql,
               "ended with %d, wanted '%s'" % (code, wanted), said)
        crash = looks(base)
        if crash:
            result(False, "nothing crashes on: " + sql, crash)


def flipped(base):
    """Pages of rules, cases, events, indexes: a turned bit that SQLite or the chain can see."""
    data = base.good.read_bytes()
    pages = len(data) // 4096
    rng = random.Random(20261001)
    told = crashed = 0
    for i in range(FLIPS):
        page = i * pages // FLIPS
        used = [at for at in range(page * 4096, page * 4096 + 4096) if data[at]]
        if not used:
            continue
        base.again()
        damaged = bytearray(data)
        damaged[used[0] if i % 3 == 0 else rng.choice(used)] ^= 1 << rng.randrange(8)
        base.path.write_bytes(damaged)
        told += base.run("verify")[0] != 0
        crash = looks(base)
        if crash:
            crashed += 1
            result(False, "a bit of page %d" % (page + 1), crash)
    result(not crashed, "%d turned bits crash nothing" % FLIPS)
    # What no check can know: names of people and schools, what was sent, empty room in a page.
    result(told >= FLIPS * 6 // 10, "and most are told by verify", "only %d of %d" % (told, FLIPS))


def main():
    with tempfile.TemporaryDirectory(prefix="reeve-damage-") as folder:
        base = Base(pathlib.Path(folder))
        base.make()
        edited(base)
        flipped(base)
    return failed


sys.exit(main())
