# SPDX-License-Identifier: MIT
"""What test scripts in Python share: a place with a database of its own, calls of the program, a
mail server, and the counting of ok and not ok.

    place = Place()                      # a folder under /tmp, gone at the end
    place.publish("examples/torbay")
    place.call("do", case, "hold")       # checks the exit status
"""
import atexit
import contextlib
import email
import email.policy
import json
import os
import pathlib
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("BUILD", ROOT / "build"))
ASAN = os.environ.get("REEVE", str(BUILD / "asan/reeve"))
RELEASE = os.environ.get("REEVE_RELEASE", str(BUILD / "reeve"))
TOOLS = BUILD / "release/tests/kit"
SINK = ROOT / "tests/kit/smtp_sink.py"

failures = []


def ok(good, name, why=""):
    """One line of result; `why` is shown when it is not so."""
    print(f"{'ok' if good else 'not ok'} - {name}", flush=True)
    if not good:
        failures.append(name)
        for line in str(why).splitlines()[:40]:
            print(f"    {line[:400]}", flush=True)
    return good


def note(text):
    print(f"# {text}", flush=True)


def skip(name, why):
    print(f"skip - {name}: {why}", flush=True)


def finish():
    sys.exit(1 if failures else 0)


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


class Place:
    def __init__(self, program=ASAN):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="reeve-test-"))
        self.db = self.folder / "reeve.db"
        self.program = program
        self.env = {**os.environ, "REEVE_DB": str(self.db), "NO_COLOR": "1"}
        self.env.pop("REEVE_NOW", None)
        self.running = []
        atexit.register(self.close)

    def close(self):
        for process in self.running:
            if process.poll() is None:
                process.kill()
                process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def at(self, instant):
        """From now on it is this local instant for every call; None: the real time."""
        self.env.pop("REEVE_NOW", None)
        if instant:
            self.env["REEVE_NOW"] = instant

    def start(self, *words, program=None, **options):
        process = subprocess.Popen([program or self.program, *map(str, words)], env=self.env,
                                   stdin=subprocess.DEVNULL, cwd=ROOT, **options)
        self.running.append(process)
        return process

    def run(self, *words, program=None, timeout=280, now=None):
        env = {**self.env, "REEVE_NOW": now} if now else self.env
        return subprocess.run([program or self.program, *map(str, words)], env=env, cwd=ROOT,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=timeout)

    def call(self, *words, **options):
        done = self.run(*words, **options)
        if done.returncode != 0:
            raise SystemExit(f"not ok - reeve {' '.join(map(str, words))}: {done.returncode}\n"
                             f"{done.stdout}{done.stderr}")
        return done.stdout

    def json(self, *words, **options):
        return json.loads(self.call(*words, "--json", **options))

    def publish(self, pack, now="2026-01-05T07:00"):
        return self.call("publish", pack, program=RELEASE, now=now)

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def fill(self, count, date, process, role, urn, schools, given, event=(), with_=()):
        words = [TOOLS / "tool_fill", self.db, count, date, process, role, urn, schools, *given]
        if event:
            words += ["do", event, *with_]
        subprocess.run(list(map(str, words)), check=True, cwd=ROOT)

    def ask(self, sql, values=()):
        """Rows straight from the database, which is let go of at once."""
        with contextlib.closing(sqlite3.connect(f"file:{self.db}?mode=ro", uri=True)) as db:
            return db.execute(sql, values).fetchall()

    def settings(self, port, more=""):
        self.write("reeve.yaml", f"{more}mail:\n  server: smtp://127.0.0.1:{port}\n"
                                 "  from: The town <send@town.example.org>\n")


class Sink:
    """smtp_sink.py on a folder of the place; what it kept, in order."""

    def __init__(self, place, name="mail", port=0):
        self.folder = place.folder / name
        self.folder.mkdir(exist_ok=True)
        self.process = subprocess.Popen([sys.executable, SINK, self.folder, "--port", str(port)],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        place.running.append(self.process)
        line = self.process.stdout.readline()
        self.port = int(line or 0)

    def answers(self, *lines):
        part = self.folder / "answers.part"
        part.write_text("".join(line + "\n" for line in lines))
        part.rename(self.folder / "answers")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()

    def mails(self):
        return [email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
                for path in sorted(self.folder.glob("*.eml"))]


def digests(mails):
    """{(address, date): how many} of the digests among them, by Message-ID."""
    count = {}
    for mail in mails:
        found = re.fullmatch(r"<digest\.(\d+)\.(\d{4}-\d\d-\d\d)@.*>", str(mail["message-id"]))
        if found:
            key = (str(mail["to"].addresses[0].addr_spec), found[2])
            count[key] = count.get(key, 0) + 1
    return count


def wait_for(what, seconds=30):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if what():
            return True
        time.sleep(0.02)
    return False
