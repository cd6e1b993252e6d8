#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Who is told, how often: ninety days of forty people, with restarts and kills at random moments,
clocks set wrong, days without power, days without mail, and both days on which the clocks change.
"""
import datetime
import os
import pathlib
import random
import subprocess
import sys
import time

sys.path[:0] = [str(pathlib.Path(__file__).parent), str(pathlib.Path(__file__).parents[1] / "kit")]
import catchup  # noqa: E402
from reeve import RELEASE, Place, Sink, finish, note, ok  # noqa: E402

SCHOOLS = 38
CASES = 380
DAYS = [datetime.date(2026, 10, 5) + datetime.timedelta(days=n) for n in range(45)]
DAYS += [datetime.date(2027, 3, 1) + datetime.timedelta(days=n) for n in range(45)]
CHANGES = {datetime.date(2026, 10, 25): ["00:30Z", "00:59Z", "01:00Z", "01:30Z", "07:59Z", "08:00Z"],
           datetime.date(2027, 3, 28): ["00:59Z", "01:00Z", "06:59Z", "07:00Z", "01:30"]}


def fill(place):
    place.publish("examples/england", now="2026-01-05T07:00")
    schools = "urn,name,phase\n" + "".join(f"{900001 + i},School {i},primary\n" for i in range(SCHOOLS))
    people = "name,email,role,school\n" + "".join(
        f"Senco {i},senco{i}@school{i}.example.org,senco,{900001 + i}\n" for i in range(SCHOOLS))
    people += "Olu Officer,o.officer@town.example.org,officer,\nMia Manager,m.manager@town.example.org,manager,\n"
    place.call("schools", "import", place.write("schools.csv", schools), program=RELEASE)
    place.call("people", "import", place.write("people.csv", people), program=RELEASE)
    for group in range(10):
        meeting = datetime.date(2026, 10, 12) + datetime.timedelta(days=group * 18)
        place.fill(CASES // 10, "2026-10-02", "annual-review", "officer", 900001, SCHOOLS,
                   [f"child=G{group}-%d", "birth=2014-05-06", "plan_issued=2020-01-20", "last_review=2026-01-15"],
                   "arrange", [f"meeting={meeting}", "transfer=stays"])


class Story:
    def __init__(self, seed):
        self.dice = random.Random(seed)
        self.place = Place()
        self.sink = Sink(self.place)
        self.place.settings(self.sink.port)
        self.seen = set()
        self.came = []        # (address, the local day it came, Message-ID)
        self.ticks = self.kills = self.steps_back = self.acts = 0
        self.problems = []

    def instants(self, day):
        """When somebody looks on this day: mostly a few times, on some days never."""
        if day in CHANGES:
            return [f"{day}T{clock}" for clock in CHANGES[day]]
        count = self.dice.choice((1, 1, 2, 3))
        times = sorted((self.dice.randrange(24), self.dice.randrange(60)) for _ in range(count))
        if self.dice.random() < 0.7:
            times.append((max(times[-1][0], self.dice.randrange(8, 24)), 59))
        return [f"{day}T{hour:02d}:{minute:02d}" for hour, minute in times]

    def mail_weather(self):
        """Three days now and then: the server is not well."""
        kind = self.dice.choice(("* 451", "* 421", "DATA drop", "DATA 452"))
        self.sink.answers(kind)

    def tick(self, now):
        words = [RELEASE, "tick", "--now", now]
        process = subprocess.Popen(words, env=self.place.env, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.ticks += 1
        if self.dice.random() < 0.15:
            try:
                process.wait(self.dice.random() * 0.1)
            except subprocess.TimeoutExpired:
                process.kill()
                self.kills += 1
        _, err = process.communicate()
        if process.returncode not in (0, -9):
            self.problems.append(f"tick {now}: {process.returncode} {err}")
        if process.returncode == -9:
            time.sleep(0.05)
        self.gather(now)

    def gather(self, now):
        for path in sorted(self.sink.folder.glob("*.eml")):
            if path.name in self.seen:
                continue
            self.seen.add(path.name)
            head = path.read_bytes().split(b"\r\n\r\n", 1)[0].decode().split("\r\n")
            to = [line.split(": ", 1)[1] for line in head if line.startswith("X-Envelope-To: ")][0]
            one = [line.split(": ", 1)[1] for line in head if line.startswith("Message-ID: ")][0]
            self.came.append((to, now[:10], one))

    def act(self, day):
        """Somebody moves a meeting, or holds one."""
        case = 1 + self.dice.randrange(CASES)
        ahead = datetime.timedelta(days=self.dice.randrange(3, 60))
        words = (["do", case, "arrange", f"meeting={day + ahead}", "transfer=stays", "--as", "senco"]
                 if self.dice.random() < 0.6 else ["do", case, "circulate", "--as", "senco"])
        done = self.place.run(*words, program=RELEASE, now=f"{day}T12:00")
        self.acts += done.returncode == 0
        if done.returncode == 2:
            self.problems.append(f"{words}: {done.stderr}")

    def live(self):
        dark = mail_back = None
        for day in DAYS:
            if dark and day < dark and day not in CHANGES:
                continue
            if self.dice.random() < 0.05:
                dark = day + datetime.timedelta(days=3)
            if mail_back and day >= mail_back:
                self.sink.answers()
                mail_back = None
            if not mail_back and self.dice.random() < 0.07:
                self.mail_weather()
                mail_back = day + datetime.timedelta(days=3)
            for now in self.instants(day):
                if self.dice.random() < 0.08 and not now.endswith("Z"):
                    back = datetime.datetime.fromisoformat(now) - datetime.timedelta(minutes=self.dice.randrange(1, 1600))
                    self.steps_back += 1
                    self.tick(back.isoformat(timespec="minutes"))
                self.tick(now)
            for _ in range(self.dice.randrange(6)):
                self.act(day)
        self.sink.answers()
        for extra in range(1, 4):
            for hour in ("09:00", "12:00", "18:00"):
                self.tick(f"{DAYS[-1] + datetime.timedelta(days=extra)}T{hour}")


def check(story):
    place = story.place
    ids = {}
    for to, day, one in story.came:
        ids.setdefault((to, day), set()).add(one)
    two = {key: found for key, found in ids.items() if len([one for one in found if one.startswith("<digest.")]) > 1}
    rows = place.ask("SELECT n.kind, count(*), sum(n.message IS NULL), sum(n.message = 0), sum(m.state = 'sent') "
                     "FROM notice AS n LEFT JOIN message AS m ON m.id = n.message WHERE n.person IS NOT NULL GROUP BY 1")
    told = place.ask("SELECT count(*) FROM notice AS n LEFT JOIN message AS m ON m.id = n.message "
                     "WHERE n.person IS NOT NULL AND (n.message IS NULL OR (n.message > 0 AND m.state <> 'sent'))")[0][0]
    sent = {f"<{key.replace(':', '.')}@town.example.org>" for (key,) in place.ask("SELECT key FROM message WHERE state = 'sent'")}
    arrived = {one for _, _, one in story.came}
    people = {to for to, _, _ in story.came}
    note(f"{story.ticks} looks at the clock, {story.kills} killed, {story.steps_back} with the clock set back, "
         f"{story.acts} acts; {len(story.came)} messages to {len(people)} people; notices: {rows}")
    ok(not story.problems, "nothing went wrong", "\n".join(story.problems))
    ok(len(people) >= 38, "everybody was told something", len(people))
    ok(not two, "at most one digest a person a day", two)
    ok(told == 0, "every reminder was told, or its deadline was met before", told)
    ok(not sent - arrived, "what is on record as sent arrived", sent - arrived)
    done = place.run("verify", program=RELEASE)
    ok(done.returncode == 0, "verify is clean", done.stdout + done.stderr)


seed = int(sys.argv[1]) if len(sys.argv) > 1 else int.from_bytes(os.urandom(3), "big")
note(f"seed {seed}")
story = Story(seed)
fill(story.place)
story.live()
check(story)
finish()
