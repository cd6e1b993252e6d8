#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every example in `reeve help` works on the demo's database, on the demo's day.

  tests/cli/examples.py DATABASE     called by tests/cli/test_demo.sh
"""
import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
REEVE = os.path.abspath(os.environ.get("REEVE", os.path.join(ROOT, "build/asan/reeve")))
TODAY = "2026-12-16"
SETTINGS = "mail:\n  server: smtp://127.0.0.1:1\n  from: Torbay Council SEND <send@example.org>\n"


def run(words, folder, **more):
    env = {**os.environ, "REEVE_NOW": TODAY + "T09:00", "NO_COLOR": "1"}
    env.pop("REEVE_DB", None)
    return subprocess.run([REEVE, *words], cwd=folder, env=env, text=True, timeout=120,
                          capture_output=True, stdin=subprocess.DEVNULL, **more)


def serve(words, folder):
    """A service has no end of its own: it is told to stop as soon as it says that it runs."""
    env = {**os.environ, "REEVE_NOW": TODAY + "T09:00"}
    env.pop("REEVE_DB", None)
    with subprocess.Popen([REEVE, *words], cwd=folder, env=env, text=True, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE) as service:
        said = service.stderr.readline()
        service.send_signal(signal.SIGTERM)
        out, err = service.communicate(timeout=60)
        return subprocess.CompletedProcess(words, service.returncode, out, said + err)


# Our packs give nobody more time: these examples are of one that does, and a case of it.
RECORDS = os.path.join(ROOT, "tests/packs/clocks/records")
RECEIVED = {"extend": "2026-12-07", "late": "2026-11-16"}


def prepare(command, folder):
    """The case of a request for records that some examples are about."""
    on = RECEIVED.get(command)
    if on:
        with open(os.path.join(folder, "list.txt"), "w", encoding="utf-8") as file:
            file.write("What there is to read.\n")
        run(["publish", RECORDS], folder, check=True)
        run(["open", "request", "child=C-9", "--on", on, "--as", "officer"], folder, check=True)
        run(["do", "R-26-0069", "receive", "--on", on, "--as", "officer"], folder, check=True)


def overdue(answer):
    """What is late already when somebody follows an example that opens a case."""
    return [one["title"] for one in json.loads(answer)["next"]
            if not one["right"] and one["due"] < TODAY]


def works(example, base):
    """Tries one example in a folder of its own; says what is wrong with it, or None."""
    words = shlex.split(example.partition(" > ")[0]) # Where a shell would put it is its business.
    with tempfile.TemporaryDirectory(prefix="reeve-example-") as folder:
        for name in os.listdir(os.path.join(ROOT, "tests/data/calendars")):
            shutil.copy(os.path.join(ROOT, "tests/data/calendars", name), folder)
        if words[0] in ("new", "fmt", "calendar"): # They write.
            shutil.copytree(os.path.join(ROOT, "examples"), os.path.join(folder, "examples"))
        else:
            os.symlink(os.path.join(ROOT, "examples"), os.path.join(folder, "examples"))
        with open(os.path.join(folder, "reeve.yaml"), "w", encoding="utf-8") as file:
            file.write(SETTINGS)
        shutil.copy(base, os.path.join(folder, "reeve.db"))
        prepare(words[0], folder)
        if words[0] == "restore":
            run(["backup", words[1]], folder, check=True)
        if words[0] == "run":
            done = serve(words, folder)
        else:
            done = run(words + ["--json"] * (words[0] == "open"), folder)
        if done.returncode != 0:
            return f"ended with {done.returncode}: {(done.stdout + done.stderr)[-600:]}"
        late = overdue(done.stdout) if words[0] == "open" else None
        return f"overdue already: {late}" if late else None


def main():
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="reeve-examples-") as folder:
        base = os.path.join(folder, "base.db") # One file, without what the demo left in its WAL.
        run(["backup", base, "--db", os.path.abspath(sys.argv[1])], folder, check=True)
        for command in json.loads(run(["help", "--json"], folder).stdout)["commands"]:
            for example in command["examples"]:
                why = works(example, base)
                wrong += why is not None
                print(f"{'not ok' if why else 'ok'} - reeve {example}")
                if why:
                    print(f"    {why}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
