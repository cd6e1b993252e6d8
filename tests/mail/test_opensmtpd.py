#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A second mail server, OpenSMTPD, into a maildir: what it takes is what people get."""
import email
import email.policy
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "kit"))
from reeve import Place, digests, finish, ok, skip, wait_for  # noqa: E402

SMTPD = shutil.which("smtpd") or "/usr/sbin/smtpd"
NAME = "digests into a maildir"


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def why_not():
    if not os.access(SMTPD, os.X_OK):
        return "opensmtpd is not installed"
    if os.geteuid() != 0:
        return "OpenSMTPD starts as root only"
    return None


def start(place, port):
    """All mail goes to one maildir; the queue is OpenSMTPD's own, so nothing else may use it."""
    maildir = place.folder / "maildir"
    os.chmod(place.folder, 0o755)
    home = place.folder / "home"
    home.mkdir()
    shutil.chown(home, "nobody")
    config = place.write("smtpd.conf", f"""listen on 127.0.0.1 port {port}
table users {{ "@" = "nobody" }}
action keep maildir "{home}/maildir" virtual <users>
match from any for any action keep
""")
    log = open(place.folder / "smtpd.log", "wb")
    server = subprocess.Popen([SMTPD, "-d", "-f", str(config)], stdout=log, stderr=log)
    place.running.append(server)
    return server, home / "maildir", maildir


def answers(port):
    try:
        with socket.create_connection(("127.0.0.1", port), 1) as one:
            return one.recv(100).startswith(b"220")
    except OSError:
        return False


def main():
    reason = why_not()
    if reason:
        skip(NAME, reason)
        return
    place = Place()
    port = free_port()
    server, maildir, _ = start(place, port)
    if not wait_for(lambda: answers(port), 10):
        log = (place.folder / "smtpd.log").read_text(errors="replace").strip().splitlines()
        server.kill()
        skip(NAME, "it does not start here: " + (log[-1] if log else "no reason given"))
        return
    place.publish("examples/england")
    place.at("2026-12-01T09:00")
    place.call("schools", "import", place.write("s.csv", "urn,name,phase\n900001,Larkmoor,primary\n"))
    place.call("people", "import", place.write("p.csv", "name,email,role,school\n"
                                               "Zoë Senco,z.senco@larkmoor.example.org,senco,900001\n"
                                               "Olu Officer,o.officer@town.example.org,officer,\n"))
    place.settings(port)
    place.call("open", "annual-review", "child=C-1", "birth=2014-05-06", "plan_issued=2020-01-20",
               "last_review=2026-01-15", "--school", 900001, "--as", "officer")
    place.call("do", 1, "arrange", "meeting=2027-01-12", "transfer=stays", "--as", "senco")
    sent = 0
    for day in range(14, 24):
        for hour in (8, 10):
            sent += place.json("tick", "--now", f"2026-12-{day}T{hour:02d}:00")["sent"]

    def kept():
        return sorted(maildir.glob("new/*"))

    wait_for(lambda: len(kept()) >= sent, 20)
    time.sleep(0.5)
    mails = [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in kept()]
    found = digests(mails)
    ok(sent > 0 and len(mails) == sent, NAME, f"{sent} sent, {len(mails)} kept")
    ok(found and set(found.values()) == {1}, "each once", found)
    ok(any(mail["to"].addresses[0].display_name == "Zoë Senco" for mail in mails), "names as they are written",
       [str(mail["to"]) for mail in mails])
    ok(not any(part.defects for mail in mails for part in mail.walk()), "and nothing wrong with them")
    server.terminate()
    server.wait()


main()
finish()
