#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Digests to a mail server on loopback: each once, in whatever state the server is."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "kit"))
from reeve import Place, Sink, digests, finish, ok  # noqa: E402

SCHOOLS = "urn,name,phase\n900001,Larkmoor,primary\n900002,Tidewell,primary\n"
PEOPLE = ("name,email,role,school\n"
          "Sam Senco,s.senco@larkmoor.example.org,senco,900001\n"
          "Tia Senco,t.senco@tidewell.example.org,senco,900002\n"
          "Olu Officer,o.officer@town.example.org,officer,\n")
SAM, TIA, OLU = "s.senco@larkmoor.example.org", "t.senco@tidewell.example.org", "o.officer@town.example.org"


def town(sink=None, settings=""):
    """Two schools with a review each, whose meeting is on 12 January 2027."""
    place = Place()
    place.publish("examples/england")
    place.at("2026-12-01T09:00")
    place.call("schools", "import", place.write("schools.csv", SCHOOLS))
    place.call("people", "import", place.write("people.csv", PEOPLE))
    for number, urn in enumerate((900001, 900002), 1):
        place.call("open", "annual-review", f"child=C-{number}", "birth=2014-05-06", "plan_issued=2020-01-20",
                   "last_review=2026-01-15", "--school", urn, "--as", "officer")
        place.call("do", number, "arrange", "meeting=2027-01-12", "transfer=stays", "--as", "senco")
    if sink:
        place.settings(sink(place).port, settings)
    return place


def tick(place, now):
    return place.json("tick", "--now", now)


def each_once():
    kept = []
    place = town(lambda place: kept.append(Sink(place)) or kept[0])
    sink = kept[0]
    # 29 December is two clear weeks before the meeting: a week before that, on the 22nd, but the
    # school's last day is the 18th.
    sent = []
    for day in range(15, 24):
        for hour in (8, 9, 17):
            figures = tick(place, f"2026-12-{day}T{hour:02d}:00")
            sent.append(figures["sent"])
    found = digests(sink.mails())
    ok(found and set(found.values()) == {1}, "each digest once", found)
    ok(sum(sent) == len(sink.mails()), "what it says it sent is what came", (sent, len(sink.mails())))
    ok({SAM, TIA} <= {who for who, _ in found}, "both SENCOs are told", found)
    text = sink.mails()[0].get_body(("plain",)).get_content()
    ok("AR-26-000" in text and "C-1" not in text and "C-2" not in text, "by reference, not by child", text)
    ok(all(str(mail["auto-submitted"]) == "auto-generated" for mail in sink.mails()), "marked as automatic")
    ok(all(str(mail["x-envelope-from"]) == "send@town.example.org" for mail in sink.mails()), "from the address set")
    return place, sink


def unreachable():
    kept = []
    place = town(lambda place: kept.append(Sink(place)) or kept[0])
    port = kept[0].port
    kept[0].stop()
    first = tick(place, "2026-12-15T08:00")
    ok(first["sent"] == 0 and first["mail_waiting"] >= 1, "nobody answers: it waits", first)
    tried = tick(place, "2026-12-15T08:00")
    ok(tried["sent"] == 0 and tried["mail_waiting"] == 0, "and is not tried again at once", tried)
    case = place.json("case", 1)
    ok("waiting" in str(case), "reeve case shows that it waits", case)
    sink = Sink(place, "later", port)
    again = tick(place, "2026-12-15T08:10")
    ok(again["sent"] == first["mail_waiting"], "sent once the server is there", (first, again))
    ok(set(digests(sink.mails()).values()) == {1}, "each once", digests(sink.mails()))


def soft_then_accepted():
    kept = []
    place = town(lambda place: kept.append(Sink(place)) or kept[0])
    sink = kept[0]
    sink.answers(f"{SAM} 451")
    first = tick(place, "2026-12-15T08:00")
    ok(first["mail_waiting"] == 1 and SAM not in str(digests(sink.mails())), "451: Sam's waits", first)
    tick(place, "2026-12-15T08:02")
    sink.answers()
    done = tick(place, "2026-12-15T08:30")
    ok(done["sent"] == 1, "then it is accepted", done)
    ok(digests(sink.mails()).get((SAM, "2026-12-15")) == 1, "once", digests(sink.mails()))


def refused():
    kept = []
    place = town(lambda place: kept.append(Sink(place)) or kept[0])
    sink = kept[0]
    sink.answers(f"{SAM} 550")
    first = tick(place, "2026-12-15T08:00")
    ok(first["mail_refused"] == 1, "550: refused", first)
    tick(place, "2026-12-15T09:00")
    for day in range(16, 19):
        tick(place, f"2026-12-{day}T08:00")
    told = [mail for mail in sink.mails() if str(mail["to"].addresses[0].addr_spec) == OLU and
            f"mail to {SAM} is refused" in " ".join(mail.get_body(("plain",)).get_content().split())]
    ok(len(told) == 1, "the officer is told, once", [str(mail["subject"]) for mail in sink.mails()])
    ok(all(str(mail["x-envelope-to"]) != SAM for mail in sink.mails()), "nothing reached Sam")
    ok("refused" in str(place.json("case", 1)), "reeve case shows it")


def our_own_fault():
    """A server that refuses the sender says nothing about the recipients."""
    kept = []
    place = town(lambda place: kept.append(Sink(place)) or kept[0])
    sink = kept[0]
    sink.answers("SENDER 550")
    first = tick(place, "2026-12-15T08:00")
    ok(first["mail_refused"] == 0 and first["mail_waiting"] >= 1, "a refused sender: it waits", first)
    sink.answers()
    later = tick(place, "2026-12-15T10:00")
    ok(later["sent"] == first["mail_waiting"], "and goes once that is put right", later)


def hung_up():
    """Kept, but the answer is lost: sent again, under the same Message-ID."""
    kept = []
    place = town(lambda place: kept.append(Sink(place)) or kept[0])
    sink = kept[0]
    sink.answers("DATA drop")
    first = tick(place, "2026-12-15T08:00")
    ok(first["sent"] == 0 and first["mail_waiting"] >= 1, "no answer: it waits", first)
    sink.answers()
    tick(place, "2026-12-15T08:10")
    tick(place, "2026-12-15T09:10")
    mails = sink.mails()
    ids = [str(mail["message-id"]) for mail in mails]
    ok(all(ids.count(one) == 2 for one in ids), "twice, no more", ids)
    bodies = {}
    for mail in mails:
        bodies.setdefault(str(mail["message-id"]), set()).add(mail.get_body(("plain",)).get_content())
    ok(all(len(texts) == 1 for texts in bodies.values()), "the same words both times")


def to_a_folder():
    place = town()
    done = place.run("tick", "--now", "2026-12-15T08:00")
    ok("folder" in done.stderr, "without a server it says where the mail goes", done.stderr)
    files = sorted((place.folder / "reeve.db-mail").glob("*.eml"))
    names = [path.name for path in files]
    ok("digest.1.2026-12-15.eml" in names, "into a folder beside the database", names)
    ok(not list((place.folder / "reeve.db-mail").glob(".*")), "and nothing half written")


def verified(place):
    done = place.run("verify")
    ok(done.returncode == 0 and ": 0 wrong" in done.stdout, "verify is clean", done.stdout + done.stderr)


place, _ = each_once()
verified(place)
unreachable()
soft_then_accepted()
refused()
our_own_fault()
hung_up()
to_a_folder()
finish()
