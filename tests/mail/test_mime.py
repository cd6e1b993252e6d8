#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Messages as they go over the wire, read back by Python's email package and by rule."""
import email
import email.policy
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

TOOL = pathlib.Path(os.environ.get("BUILD", "build")) / "release/tests/kit/tool_mime"

PLAIN = {
    "from": "Torbay Council SEND <send@torbay.example.org>",
    "to_name": "Amara Nwosu",
    "to_email": "a.nwosu@larkmoor.example.org",
    "subject": "3 overdue, 2 to do this week",
    "message_id": "digest.12.2026-12-16@torbay.example.org",
    "text": "Dear Amara,\n\nthe report is due.\n",
    "html": "<p>Dear Amara,</p>\n<p>the report is due.</p>\n",
}
LONG = "Überprüfung eines Plans für ein Kind mit sehr langem Titel — Größe, Maß und Ziel 漢字 " * 3
CASES = {
    "a plain one": {},
    "names that need quoting": {"to_name": 'O\'Brien, "Dan" \\ Co', "from": 'A "B" <c@d.example.org>'},
    "names beyond ASCII": {"to_name": "Zoë Müller-Łukasz", "from": "Bürgeramt Süd <amt@sud.example.org>"},
    "no names": {"to_name": "", "from": "send@torbay.example.org"},
    "a subject beyond ASCII": {"subject": "Prüfung: 漢字 für Zoë"},
    "a long subject beyond ASCII": {"subject": LONG.strip()},
    "a long subject in ASCII": {"subject": ("to do this week " * 60).strip()},
    "a subject that looks encoded": {"subject": "=?UTF-8?B?aGVsbG8=?= is what came"},
    "line breaks in headers": {"subject": "one\r\nBcc: everybody@example.org", "to_name": "A\nB"},
    "a long id": {"message_id": "notify.1234567890.1234567890123456.1234567890123456789012345678901234567890@" +
                  "a-very-long-domain-name.of-a-council.example.org"},
    "lines that need care": {"text": ".\n.dot\n..\n trailing \ntab\t\n=equals=\n" + "x" * 300 + "\n" + "é" * 200 +
                             "\nFrom here\n--=_digest.12.2026-12-16\n\n\nend without a break"},
    "control characters": {"text": "a\x01b\x7fc\rd\n"},
    "nothing": {"text": "", "html": ""},
    "characters cut by line ends": {"text": "".join("x" * n + "漢" for n in range(1, 90)) + "\n"},
}


def problems(given, raw):
    if b"\n" in raw.replace(b"\r\n", b""):
        yield "a bare line feed"
    if b"\r" in raw.replace(b"\r\n", b""):
        yield "a bare carriage return"
    if max(raw) > 126 or any(byte < 32 and byte not in (9, 10, 13) for byte in raw):
        yield "a byte that is not printable ASCII"
    head, _, body = raw.partition(b"\r\n\r\n")
    for line in head.split(b"\r\n"):
        if b"=?" in line and len(line) > 76 or len(line) > 998:
            yield f"a header line of {len(line)}"
    for line in body.split(b"\r\n"):
        if len(line) > 76:
            yield f"a body line of {len(line)}"
    message = email.message_from_bytes(raw, policy=email.policy.default)
    if message.defects or any(part.defects for part in message.walk()):
        yield f"defects: {message.defects} {[part.defects for part in message.walk()]}"
    subject = re.sub(r"[\r\n]", " ", given["subject"])
    if message["subject"] != subject:
        yield f"subject {message['subject']!r}, not {subject!r}"
    to = message["to"].addresses
    if len(to) != 1 or to[0].addr_spec != given["to_email"]:
        yield f"to {message['to']}"
    elif to[0].display_name != given["to_name"].replace("\n", " "):
        yield f"to {to[0].display_name!r}, not {given['to_name']!r}"
    sender = message["from"].addresses[0]
    if sender.addr_spec != re.sub(r".*<|>", "", given["from"]):
        yield f"from {message['from']}"
    if message["message-id"] != f"<{given['message_id']}>":
        yield f"id {message['message-id']}"
    if message["auto-submitted"] != "auto-generated" or message["bcc"]:
        yield "headers that should not be so"
    if message["date"].datetime.isoformat() != "2026-12-16T08:00:00+00:00":
        yield f"date {message['date']}"
    boundary = message.get_boundary()
    if len(boundary) > 70 or not re.fullmatch(r"[0-9A-Za-z'()+_,./:=?-]+", boundary):
        yield f"boundary {boundary}"
    parts = list(message.iter_parts())
    if [part.get_content_type() for part in parts] != ["text/plain", "text/html"]:
        yield "other parts"
    for part, name in zip(parts, ("text", "html")):
        got = part.get_payload(decode=True).decode("utf-8").replace("\r\n", "\n")
        if got.rstrip("\n") != given[name].rstrip("\n"):
            yield f"{name} {got[:200]!r}"


def main():
    failed = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for i, change in enumerate(CASES.values()):
            (folder / f"{i:02d}.in").write_text(json.dumps({**PLAIN, **change}, ensure_ascii=False))
        subprocess.run([TOOL, folder], check=True)
        for i, (title, change) in enumerate(CASES.items()):
            found = list(problems({**PLAIN, **change}, (folder / f"{i:02d}.eml").read_bytes()))
            print(f"{'not ok' if found else 'ok'} - {title}")
            for line in found:
                print(f"    {line}")
            failed += bool(found)
    return failed > 0


sys.exit(main())
