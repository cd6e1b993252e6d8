#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A mail server on loopback that keeps what it gets.

    smtp_sink.py FOLDER [--port N] [--answer ADDRESS=CODE ...]

Prints the port it listens on, then keeps every message it accepts as
FOLDER/NNNN.eml (written under another name first, so a file that is there is
whole), with the envelope in X-Envelope-From and X-Envelope-To lines on top.
Recipients are answered with a code where --answer says so, or a line
`ADDRESS CODE` in FOLDER/answers, which is read for every message and so can
be changed meanwhile; `*` is everybody. `SENDER CODE` is the answer to MAIL FROM. Two lines there are about what comes
after a message was kept: `DATA CODE` answers so, `DELAY SECONDS` waits first,
and `DATA drop` hangs up without an answer. Ends on SIGTERM or when stdin closes
with --until-eof.
"""
import argparse
import asyncio
import os
import pathlib
import signal
import sys

try:
    from aiosmtpd.smtp import SMTP
except ImportError:
    # Debian's package belongs to Debian's Python, which need not be the first one found.
    debian = "/usr/bin/python3"
    if sys.executable != debian and os.access(debian, os.X_OK) and "SMTP_SINK_AGAIN" not in os.environ:
        os.environ["SMTP_SINK_AGAIN"] = "1"
        os.execv(debian, [debian] + sys.argv)
    sys.exit("smtp_sink.py needs python3-aiosmtpd: apt-get install python3-aiosmtpd")

WORDS = {
    250: "250 OK",
    421: "421 service not available, closing",
    450: "450 mailbox busy",
    451: "451 local error, try again later",
    452: "452 insufficient storage",
    550: "550 no such mailbox",
    552: "552 mailbox full",
    554: "554 transaction failed",
}


class Sink:
    def __init__(self, folder, answers):
        self.folder = folder
        self.answers = answers
        self.count = len(list(folder.glob("*.eml")))

    def lines(self):
        try:
            for line in (self.folder / "answers").read_text().splitlines():
                name, _, word = line.partition(" ")
                yield name.lower(), word.strip()
        except FileNotFoundError:
            pass

    def answer_for(self, address):
        answers = dict(self.answers)
        answers.update({name: int(word) for name, word in self.lines() if word.isdigit()})
        return answers.get(address.lower(), answers.get("*", 250))

    async def handle_MAIL(self, server, session, envelope, address, options):
        code = dict(self.lines()).get("sender", "250")
        if code == "250":
            envelope.mail_from = address
        return WORDS.get(int(code), f"{code} as asked")

    async def handle_RCPT(self, server, session, envelope, address, options):
        code = self.answer_for(address)
        if code == 250:
            envelope.rcpt_tos.append(address)
        return WORDS.get(code, f"{code} as asked")

    async def handle_DATA(self, server, session, envelope):
        self.count += 1
        name = f"{self.count:04d}.eml"
        head = f"X-Envelope-From: {envelope.mail_from}\r\n"
        head += "".join(f"X-Envelope-To: {to}\r\n" for to in envelope.rcpt_tos)
        part = self.folder / (name + ".part")
        part.write_bytes(head.encode() + envelope.original_content)
        part.rename(self.folder / name)
        after = dict(self.lines())
        await asyncio.sleep(float(after.get("delay", 0)))
        if after.get("data") == "drop":
            server.transport.abort()
            return None
        return WORDS.get(int(after.get("data", 250)), "250 kept") if "data" in after else "250 kept"


async def serve(args):
    folder = pathlib.Path(args.folder)
    folder.mkdir(parents=True, exist_ok=True)
    answers = {}
    for word in args.answer:
        name, _, code = word.rpartition("=")
        answers[name.lower()] = int(code)
    sink = Sink(folder, answers)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(sink, hostname="sink.example.org", enable_SMTPUTF8=True),
        host="127.0.0.1",
        port=args.port,
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    if args.until_eof:
        loop.add_reader(sys.stdin, lambda: os.read(0, 4096) or stop.set())
    await stop.wait()
    server.close()
    await server.wait_closed()


def main():
    parser = argparse.ArgumentParser(description="A mail server on loopback that keeps what it gets.")
    parser.add_argument("folder")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--answer", action="append", default=[], metavar="ADDRESS=CODE")
    parser.add_argument("--until-eof", action="store_true")
    asyncio.run(serve(parser.parse_args()))


if __name__ == "__main__":
    main()
