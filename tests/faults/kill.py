# SPDX-License-Identifier: MIT
"""Rounds of `kill -9` on a busy service: test_kill.py plays a few, long_kill.py fifty.

Each round is a day. At eight `reeve run` begins to remind and to send, clients record and open
beside it (some are killed too, and ask again under the same key), and at a random moment the
service dies. Then all that was acknowledged must be there once, and the next day goes on.
"""
import datetime
import json
import os
import random
import signal
import subprocess
import threading
import time

from reeve import ASAN, RELEASE, Place, Sink, note, ok

CLIENTS = 3
CASES = 480
SCHOOLS = 40
FIRST = datetime.date(2026, 11, 2)


class Client(threading.Thread):
    """Acts until told to stop; what was acknowledged is kept with its key."""

    def __init__(self, place, now, number, seed, kill_some):
        super().__init__()
        self.place, self.now, self.number = place, now, number
        self.dice = random.Random(seed)
        self.kill_some = kill_some
        self.stopping = False
        self.acknowledged, self.asked_again, self.problems = [], 0, []

    def words(self, key):
        if self.dice.random() < 0.25:
            return ["open", "reduced-timetable", f"child=K-{key}", "--school", 900001 + self.dice.randrange(SCHOOLS),
                    "--as", "senco"]
        day = FIRST + datetime.timedelta(days=self.dice.randrange(30, 80))
        return ["do", 1 + self.dice.randrange(CASES), "arrange", f"meeting={day}", "transfer=stays", "--as", "senco"]

    def attempt(self, words, key):
        """True: acknowledged. Some are killed at a random moment, as a person closes a window."""
        env = {**self.place.env, "REEVE_NOW": self.now}
        process = subprocess.Popen([RELEASE, *map(str, words), "--key", key], env=env,
                                   stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if self.kill_some and self.dice.random() < 0.2:
            try:
                process.wait(self.dice.random() * 0.04)
            except subprocess.TimeoutExpired:
                process.kill()
        _, err = process.communicate()
        if process.returncode not in (0, -signal.SIGKILL):
            self.problems.append(f"{' '.join(map(str, words))}: {process.returncode} {err.decode()}")
        return process.returncode == 0

    def run(self):
        count = 0
        while not self.stopping:
            count += 1
            key = f"{self.now[:10]}-{self.number}-{count}"
            words = self.words(key)
            while not self.attempt(words, key):
                self.asked_again += 1
                if self.problems:
                    return
            self.acknowledged.append(key)


def fill(place):
    place.publish("examples/england")
    schools = "urn,name,phase\n" + "".join(f"{900001 + i},School {i},primary\n" for i in range(SCHOOLS))
    people = "name,email,role,school\n" + "".join(
        f"Senco {i},senco{i}@school{i}.example.org,senco,{900001 + i}\n" for i in range(SCHOOLS))
    people += "Olu Officer,o.officer@town.example.org,officer,\nMia Manager,m.manager@town.example.org,manager,\n"
    place.call("schools", "import", place.write("schools.csv", schools), program=RELEASE)
    place.call("people", "import", place.write("people.csv", people), program=RELEASE)
    groups = 24
    for group in range(groups):
        meeting = FIRST + datetime.timedelta(days=22 + group * 2)
        place.fill(CASES // groups, FIRST, "annual-review", "officer", 900001, SCHOOLS,
                   [f"child=G{group}-%d", "birth=2014-05-06", "plan_issued=2020-01-20", "last_review=2025-12-15"],
                   "arrange", [f"meeting={meeting}", "transfer=stays"])


def events(place):
    """Every event with a key: how often each key is on record."""
    keys = {}
    for (said,) in place.ask("SELECT said FROM event WHERE said LIKE '%\"key\":%'"):
        key = json.loads(said).get("key")
        keys[key] = keys.get(key, 0) + 1
    return keys


def one_round(place, number, dice, seed):
    """A day with a violent end. What the clients were told, and whether the database is sound."""
    now = f"{FIRST + datetime.timedelta(days=number)}T08:00"
    log = open(place.folder / "run.log", "ab")
    env = {**place.env, "REEVE_NOW": now}
    program = ASAN if number % 4 == 0 else RELEASE
    service = subprocess.Popen([program, "run"], env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    place.running.append(service)
    clients = [Client(place, now, i, seed * 1000 + number * 10 + i, True) for i in range(CLIENTS)]
    for client in clients:
        client.start()
    time.sleep(dice.random() * (2.5 if program == ASAN else 1.2))
    early = service.poll()
    service.kill()
    service.wait()
    time.sleep(dice.random() * 0.2)
    for client in clients:
        client.stopping = True
    for client in clients:
        client.join()
    return clients, early


def mail_of_round(sink, seen, words):
    """Message-IDs that came since the last look, with repeats. `words`: what each was, to compare."""
    fresh = []
    for path in sorted(sink.folder.glob("*.eml")):
        if path.name not in seen:
            seen.add(path.name)
            head, _, body = path.read_bytes().partition(b"\r\n\r\n")
            one = [line.split(": ", 1)[1] for line in head.decode().split("\r\n")
                   if line.startswith("Message-ID: ")][0]
            words.setdefault(one, set()).add(body)
            fresh.append(one)
    return fresh


def told_rows(place, until):
    """Reminders as decided, reminders as noted, and notices that were never settled."""
    decided, missing = 0, []
    noted = dict(place.ask("SELECT id / 4096, count(*) FROM notice GROUP BY 1"))
    for event, did in place.ask("SELECT id, did FROM event WHERE did LIKE '%\"notices\":%'"):
        notices = json.loads(did).get("notices", [])
        decided += len(notices)
        if noted.get(event, 0) < len(notices):
            missing.append(event)
    waiting = place.ask("SELECT count(*) FROM notice WHERE message IS NULL AND person IS NOT NULL")[0][0]
    sent = [row[0] for row in place.ask("SELECT key FROM message WHERE state = 'sent'")]
    open_messages = place.ask("SELECT count(*) FROM message WHERE state = 'waiting'")[0][0]
    owed = place.ask("SELECT count(*) FROM casefile WHERE wake <= ?", (until,))[0][0]
    return decided, missing, waiting + owed, sent, open_messages


def play(rounds, seed=None):
    seed = seed or int.from_bytes(os.urandom(4), "big")
    dice = random.Random(seed)
    note(f"seed {seed}, {rounds} rounds")
    place = Place()
    sink = Sink(place)
    sink.answers("DELAY 0.01")
    place.settings(sink.port)
    fill(place)

    acknowledged, asked_again, problems, unsound, lost, twice = [], 0, [], [], [], []
    per_id, repeated_in_a_round, seen, words, ended_early = {}, [], set(), {}, []
    for number in range(1, rounds + 1):
        clients, early = one_round(place, number, dice, seed)
        if early is not None:
            ended_early.append((number, early))
        for client in clients:
            acknowledged += client.acknowledged
            asked_again += client.asked_again
            problems += client.problems
        time.sleep(0.05)
        came = mail_of_round(sink, seen, words)
        for one in set(came):
            per_id[one] = per_id.get(one, 0) + 1
            if came.count(one) > 1:
                repeated_in_a_round.append(one)
        done = place.run("verify", program=RELEASE)
        if done.returncode != 0:
            unsound.append(f"round {number}: {done.stdout}{done.stderr}")
        keys = events(place)
        lost += [key for key in acknowledged if key not in keys]
        twice += [key for key, count in keys.items() if count > 1]

    last = FIRST + datetime.timedelta(days=rounds)
    for extra in range(1, 4):
        place.call("tick", "--now", f"{last + datetime.timedelta(days=extra)}T08:00", program=RELEASE)
        place.call("tick", "--now", f"{last + datetime.timedelta(days=extra)}T11:00", program=RELEASE)
    for one in mail_of_round(sink, seen, words):
        per_id[one] = per_id.get(one, 0) + 1
    now = (last + datetime.timedelta(days=3) - datetime.date(1970, 1, 1)).days * 1440 + 11 * 60
    decided, missing, waiting, sent, open_messages = told_rows(place, now)
    unreached = [key for key in sent if f"<{key.replace(':', '.')}@town.example.org>" not in per_id]
    often = [list(per_id.values()).count(n) for n in range(1, max(per_id.values()) + 1)]
    changed = [one for one, texts in words.items() if len(texts) > 1]

    note(f"{len(acknowledged)} acts acknowledged, {asked_again} asked again, {decided} reminders decided, "
         f"{len(per_id)} messages: " + ", ".join(f"{count} delivered {n} times" for n, count in enumerate(often, 1)))
    ok(not ended_early, "the service never ended by itself", ended_early)
    ok(not problems, "no client was turned away", "\n".join(problems))
    ok(len(acknowledged) > rounds * 5, "there was load", len(acknowledged))
    ok(not lost, "nothing acknowledged is lost", lost)
    ok(not twice, "no key is applied twice", twice)
    ok(not unsound, "verify is clean after each round", "\n".join(unsound))
    ok(not missing, "every reminder decided is noted", missing)
    ok(waiting == 0 and open_messages == 0, "and every one was told", f"{waiting} owed, {open_messages} messages wait")
    ok(not unreached, "what is on record as sent arrived", unreached)
    # Whoever is killed between the server's answer and its record sends again: once a kill, no more.
    ok(not repeated_in_a_round, "none twice but across a kill", repeated_in_a_round)
    ok(len(often) <= 3 and sum(often[2:]) <= 1, "a digest twice at most, unless that is killed again", often)
    ok(not changed, "again means the same words under the same Message-ID", changed)
    done = place.run("verify", program=ASAN)
    ok(done.returncode == 0, "verify is clean at the end", done.stdout + done.stderr)
