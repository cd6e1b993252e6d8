#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Commands beside a busy service, and how a service begins and ends."""
import concurrent.futures
import os
import pathlib
import random
import signal
import subprocess
import sys
import time

sys.path[:0] = [str(pathlib.Path(__file__).parent), str(pathlib.Path(__file__).parents[1] / "kit")]
import catchup  # noqa: E402
from reeve import ASAN, RELEASE, Place, Sink, digests, finish, note, ok, percentile, wait_for  # noqa: E402

COMMANDS, AT_ONCE, CASES = 200, 2, 2500


def events(place):
    return place.ask("SELECT max(id) FROM event")[0][0]


def start_service(place, now, program=RELEASE):
    place.log = open(place.folder / "run.log", "ab")
    return place.start("run", program=program, stdout=place.log, stderr=place.log)


def log_of(place):
    return (place.folder / "run.log").read_text()


def command(place, number, dice):
    words = ["do", 1 + number * 7 % CASES, "arrange", f"meeting=2027-0{1 + dice.randrange(3)}-{10 + number % 18}",
             "transfer=stays", "--as", "senco", "--key", f"key-{number}"]
    began = time.monotonic()
    done = place.run(*words, program=RELEASE)
    return done.returncode, time.monotonic() - began, done.stderr


def beside_a_sweep():
    """The clock owes thousands of cases sixty days; people go on meanwhile."""
    place = Place()
    catchup.fill(place, CASES)
    place.at(f"{catchup.BACK}T08:00")
    place.settings(Sink(place).port)
    before = events(place)
    service = start_service(place, None)
    wait_for(lambda: events(place) > before)
    dice = random.Random(1)
    swept_from = events(place)
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(lambda n: command(place, n, dice), range(COMMANDS)))
    swept_to = events(place)
    wait_for(lambda: " done" in log_of(place) or service.poll() is not None, 0.1)
    times = [took for _, took, _ in answers]
    refused = [(n, status, why) for n, (status, _, why) in enumerate(answers) if status != 0]
    busy = [row for row in refused if row[1] == 2]
    note(f"{COMMANDS} commands beside a sweep of {swept_to - swept_from - COMMANDS} events: "
         f"median {percentile(times, 0.5) * 1000:.0f} ms, p99 {percentile(times, 0.99) * 1000:.0f} ms, "
         f"longest {max(times) * 1000:.0f} ms (a whole process each)")
    ok(not busy, "none finds it busy", busy)
    ok(not refused, "none is refused", refused)
    keys = [row[0] for row in place.ask("SELECT json_extract(said, '$.key') FROM event WHERE said LIKE '%\"key\":%'")]
    ok(sorted(keys) == sorted(f"key-{n}" for n in range(COMMANDS)), "none is lost, none comes twice", len(keys))
    ok(swept_to - swept_from - COMMANDS > 500, "the service was busy all the while", (swept_from, swept_to))
    return place, service


def second_service(place, service):
    for words in (("run",), ("tick",)):
        done = place.run(*words, program=ASAN, timeout=60)
        ok(done.returncode == 2 and str(service.pid) in done.stderr,
           f"a second {words[0]} is refused, naming the first", f"{done.returncode} {done.stderr}")
    ok(service.poll() is None, "the first goes on")


def drains(place, service):
    service.send_signal(signal.SIGTERM)
    try:
        status = service.wait(20)
    except subprocess.TimeoutExpired:
        status = "still running"
    ok(status == 0, "SIGTERM ends it, cleanly", log_of(place)[-1000:])
    wal = os.path.getsize(f"{place.db}-wal") if os.path.exists(f"{place.db}-wal") else 0
    ok(wal == 0, "nothing is left in the log", wal)
    done = place.run("tick", program=RELEASE)
    ok(done.returncode == 0, "and another may begin", done.stderr)
    done = place.run("verify", program=RELEASE)
    ok(done.returncode == 0, "verify is clean", done.stdout + done.stderr)


def drains_mail():
    """What the mail server is thinking about gets its ten seconds; then it is on record."""
    place = Place()
    catchup.fill(place, 600)
    place.at(f"{catchup.BACK}T08:00")
    sink = Sink(place)
    sink.answers("DELAY 1.5")
    place.settings(sink.port)
    service = start_service(place, None, ASAN)
    ok(wait_for(lambda: len(list(sink.folder.glob("*.eml"))) >= 2), "mail is under way", log_of(place))
    service.send_signal(signal.SIGTERM)
    began = time.monotonic()
    status = service.wait(20)
    ok(status == 0 and time.monotonic() - began < 12, "SIGTERM while mail is under way", (status, log_of(place)[-800:]))
    sent = len(sink.mails())
    sink.answers()
    place.json("tick", program=RELEASE)
    found = digests(sink.mails())
    ok(len(found) > sent and set(found.values()) == {1}, "none of it goes twice", found)


def slow_server():
    """A server that takes its time keeps nobody waiting, and the loop does not spin."""
    place = Place()
    catchup.fill(place, 600)
    place.at(f"{catchup.BACK}T08:00")
    sink = Sink(place)
    sink.answers("DELAY 2")
    place.settings(sink.port)
    service = start_service(place, None)
    wait_for(lambda: len(list(sink.folder.glob("*.eml"))) >= 2)
    before = sum(os.times()[2:4]), open(f"/proc/{service.pid}/stat").read().split()[13:15]
    time.sleep(1.5)
    after = open(f"/proc/{service.pid}/stat").read().split()[13:15]
    ticks = sum(map(int, after)) - sum(map(int, before[1]))
    ok(ticks < 40, "waiting for mail costs next to nothing", f"{ticks} hundredths of a second of 150")
    code, took, why = command(place, 3, random.Random(2))
    ok(code == 0, f"a command beside it: {took * 1000:.0f} ms", why)
    service.kill()
    service.wait()


place, service = beside_a_sweep()
second_service(place, service)
drains(place, service)
drains_mail()
slow_server()
finish()
