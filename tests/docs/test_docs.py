#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What the pages say is so: README.md and docs/ are run, not only read.

- A block marked ```console is run, line by line, in a scratch folder with a copy of examples/;
  what stands under a command must be what it prints (a line `...` stands for any lines, … for any
  text in a line).
- A block marked ```LANGUAGE file=PATH is written to PATH there: the first one of a path begins the
  file, further ones are added to it, and with `again` it begins anew; with `more` it is added to
  what a command made.
- Every row of the tables of moments in docs/rules.md is worked out with `reeve when`.
- In the pages about the language every example of YAML, Lua and messages is part of such a file.
- Every file named in backticks exists, and every link leads somewhere.
- The tables of keys, findings and Lua functions are what the program's say (`make docs`).

  tests/docs/test_docs.py            tests, as `make test` does
  tests/docs/test_docs.py --write    puts what commands print now into the pages
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.environ.get("BUILD", os.path.join(ROOT, "build"))
REEVE = os.environ.get("REEVE", os.path.join(BUILD, "asan", "reeve"))
KEYS = os.path.join(BUILD, "asan", "tests", "docs", "keys")
PAGES = ["README.md"] + sorted(
    os.path.relpath(os.path.join(folder, name), ROOT)
    for folder, _, names in os.walk(os.path.join(ROOT, "docs")) for name in names
    if name.endswith(".md"))
LANGUAGE = ["docs/rules.md", "docs/recipes.md", "docs/lua.md"]
BLOCK = re.compile(r"^```(\S+)([^\n]*)\n(.*?)^```$", re.S | re.M)
MARK = "@@@ a command ended @@@"


def tell(ok, name, why=""):
    print(f"{'ok' if ok else 'not ok'} - {name}" + (f"\n{why}" if why and not ok else ""))
    return ok


def read(page):
    with open(os.path.join(ROOT, page), encoding="utf-8") as file:
        return file.read()


# --- commands and examples ----------------------------------------------------------------------

class Scratch:
    """A folder to try a page in, with one shell for all of its commands."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="reeve-docs-")
        self.written = set()
        os.mkdir(os.path.join(self.folder, "bin"))
        os.symlink(REEVE, os.path.join(self.folder, "bin", "reeve"))
        shutil.copytree(os.path.join(ROOT, "examples"), os.path.join(self.folder, "examples"))
        env = {k: v for k, v in os.environ.items() if not k.startswith("REEVE")}
        env["REEVE_NOW"] = "2026-10-01T09:00"   # Calendars and panels run out.
        env["PATH"] = os.path.join(self.folder, "bin") + ":" + env.get("PATH", "/usr/bin:/bin")
        # One day for all that read the clock, or calendars would end too soon one day.
        env.update(LC_ALL="C.UTF-8", TZ="Europe/London", NO_COLOR="1", REEVE_NOW="2026-11-16T09:00")
        self.shell = subprocess.Popen(["sh"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                      stderr=subprocess.STDOUT, cwd=self.folder, env=env)

    def write(self, path, text, words):
        whole = os.path.join(self.folder, path)
        os.makedirs(os.path.dirname(whole) or ".", exist_ok=True)
        added = (path in self.written or "more" in words) and "again" not in words
        with open(whole, "a" if added else "w", encoding="utf-8") as file:
            file.write(("\n" if added else "") + text)
        self.written.add(path)

    def run(self, command):
        """What the command prints, and its exit status. `make` stands for the project's own."""
        if command.startswith("make"):
            command = f"(cd '{ROOT}' && unset MAKEFLAGS MAKELEVEL && {command})"
        # Without its input, or a command would read what the shell is to run next.
        ask = f"{{ {command}\n}} </dev/null\nprintf '\\n%s %s\\n' '{MARK}' $?\n"
        self.shell.stdin.write(ask.encode())
        self.shell.stdin.flush()
        out = []
        while True:
            line = self.shell.stdout.readline().decode()
            if line.startswith(MARK):
                break
            if not line:
                return "".join(out), 255
            out.append(line)
        text = "".join(out)
        return text[:-1] if text.endswith("\n") else text, int(line.split()[-1])

    def close(self):
        self.shell.stdin.close()
        self.shell.wait()
        shutil.rmtree(self.folder)


def steps(block):
    """A console block as [command, lines below it]; a line that ends with \\ goes on."""
    found, going_on = [], False
    for line in block.splitlines():
        if going_on:
            found[-1][0] += "\n" + line
        elif line.startswith("$ "):
            found.append([line[2:], []])
        elif found:
            found[-1][1].append(line)
        going_on = bool(found) and not found[-1][1] and line.endswith("\\")
    return found


def fits(wanted, came):
    pattern = "".join(r"(?:.*\n)*?" if line.strip() == "..." else
                      re.escape(line.rstrip()).replace("…", ".*") + r"\n" for line in wanted)
    text = "".join(line.rstrip() + "\n" for line in came.splitlines())
    return re.fullmatch(pattern, text) is not None


def renewed(wanted, came):
    """The lines that came, but those with … that still fit stay as they are."""
    open_lines = [line for line in wanted if "…" in line]
    return [next((line for line in open_lines if fits([line], came_line)), came_line)
            for came_line in came.splitlines()]


def play(page, write):
    text, out, scratch, at = read(page), [], Scratch(), 0
    for match in BLOCK.finditer(text):
        language, marks, body = match.groups()
        words = dict((m.partition("=")[0], m.partition("=")[2]) for m in marks.split())
        if "file" in words:
            scratch.write(words["file"], body, words)
        if language != "console":
            continue
        new = ""
        for command, wanted in steps(body):
            came, status = scratch.run(command)
            good = status in (0, 1) and fits(wanted, came)
            new += f"$ {command}\n"
            stays = good or status not in (0, 1)
            new += "".join(f"{line}\n" for line in (wanted if stays else renewed(wanted, came)))
            if write and status not in (0, 1):
                print(f"{page}: left as it is, exit status {status}: {command}\n{came}", file=sys.stderr)
            if not write:
                tell(good, f"{page}: {command.splitlines()[0]}",
                     f"exit status {status}; it printed:\n{came}\nthe page says:\n" + "\n".join(wanted))
        out.append(text[at:match.start(3)] + new)
        at = match.end(3)
    scratch.close()
    out.append(text[at:])
    if write and "".join(out) != text:
        with open(os.path.join(ROOT, page), "w", encoding="utf-8") as file:
            file.write("".join(out))


# --- moments --------------------------------------------------------------------------------------

def moments():
    """Rows | `moment` | `name=date ...` | due | ... of docs/rules.md; `pack:` names whose calendar."""
    pack, rows = "examples/torbay", 0
    for line in read("docs/rules.md").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("<!-- pack:"):
            pack = line.split()[2]
        if len(cells) < 3 or not re.fullmatch(r"`[^`]+`", cells[0]) or \
           not re.match(r"(- |~)?\d{4}-\d\d-\d\d", cells[2]):
            continue
        rows += 1
        moment, due = cells[0].strip("`"), cells[2]
        names = re.findall(r"[A-Za-z_]+=\"[^\"]*\"|\S+=\S+", cells[1].strip("`"))
        call = [REEVE, "when", moment] + [name.replace('"', "") for name in names]
        call += ["--pack", os.path.join(ROOT, pack), "--json"]
        ran = subprocess.run(call, capture_output=True, text=True)
        came = json.loads(ran.stdout) if ran.returncode == 0 else {}
        date = (came.get("due") or "") + (" " + came["time"] if came.get("time") else "")
        tell(date == due, f"docs/rules.md: {moment} is {due}", f"{date} {ran.stdout}{ran.stderr}")
    tell(rows >= 30, "docs/rules.md works its moments out", f"only {rows} rows")


# --- kinds of answers -----------------------------------------------------------------------------

PACK = """pack: kinds
title: Kinds of answers
roles: {officer: {title: Officer, of: authority}}
"""
PROCESS = """process: asked
title: Asked
opens: {by: officer}
fields:
%s
states:
  open: {title: Open, first: true, waiting_for: officer, events: {leave: {title: Left, by: officer, to: gone},
%s}}
  gone: {title: Gone, final: true}
"""


def kinds():
    """Rows | `type` | `typed` | `kept` | `refused` | `because` | of docs/rules.md, as one scenario."""
    fields, events, steps = [], [], []
    for line in read("docs/rules.md").splitlines():
        cells = re.findall(r"`([^`]*)`|(?<=\|) (?=\|)", line)
        if not re.fullmatch(r"\| `[^`]+` \| `[^`]*` \| `[^`]*` \| (`[^`]*` )?\| (`[^`]*` )?\|", line):
            continue
        name, (kind, typed, kept) = f"f{len(fields)}", cells[:3]
        q = json.dumps
        fields.append(f"  {name}: {{type: {kind}, label: A field}}")
        events.append(f"    give_{name}: {{title: Given, by: officer, asks: [{name}]}}")
        step = f"  - {{date: 2026-03-02, do: give_{name}, with: {{{name}: %s}}, %s}}"
        steps.append(step % (q(typed, ensure_ascii=False), f"expect: {{fields: {{{name}: {q(kept)}}}}}"))
        if cells[3]:
            steps.append(step % (q(cells[3]), f"refused: {q(cells[4])}"))
    with tempfile.TemporaryDirectory(prefix="reeve-kinds-") as folder:
        files = {"kinds/pack.yaml": PACK, "kinds/calendar.yaml": "calendar: kinds\nknown_until: 2027-12-31\n",
                 "kinds/processes/asked.yaml": PROCESS % ("\n".join(fields), ",\n".join(events)),
                 "kinds/scenarios/kinds.yaml": "scenario: Kinds\nprocess: asked\nopened: 2026-03-02\n"
                                               "steps:\n" + "\n".join(steps) + "\n"}
        for path, text in files.items():
            os.makedirs(os.path.dirname(os.path.join(folder, path)), exist_ok=True)
            with open(os.path.join(folder, path), "w", encoding="utf-8") as file:
                file.write(text)
        ran = subprocess.run([REEVE, "test", os.path.join(folder, "kinds")], capture_output=True, text=True)
        tell(ran.returncode == 0 and len(steps) >= 28, "docs/rules.md: answers are kept and refused as it says",
             f"{len(steps)} steps\n{ran.stdout}{ran.stderr}")


# --- names and links ------------------------------------------------------------------------------

PATH = re.compile(r"^[\w.-]+(/[\w.*-]+)*(/|\.(c|h|md|yaml|sql|py|sh|txt|csv|lua))$")
# Files of an authority's own, or of its machine.
THEIRS = {"reeve.yaml", "reeve.db", "schools.csv", "people.csv", "letter.pdf"}


def named_files(page, text, made):
    missing = []
    for name in re.findall(r"`([^`\n]+)`", BLOCK.sub("", text)):
        if not PATH.match(name) or name in THEIRS or name in made or "*" in name or \
           "NAME." in name:
            continue
        places = ["", "docs", "examples/england", "examples/torbay", "examples/caseload"]
        if not any(os.path.exists(os.path.join(ROOT, place, name)) for place in places) and \
           not any(path.endswith("/" + name) or path.startswith(name) for path in made):
            missing.append(name)
    tell(not missing, f"{page}: every file it names exists", ", ".join(missing))


def tried(page, text):
    """Examples of a pack stand in files that are checked and played: none is there only to be read."""
    idle = re.findall(r"^```(yaml|lua|markdown)\n(.*)", text, re.M)
    tell(not idle, f"{page}: every example is part of a pack", "\n".join(first for _, first in idle))


def slug(heading):
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def links(page, text):
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" in target:
            continue
        path, _, anchor = target.partition("#")
        there = os.path.normpath(os.path.join(os.path.dirname(page), path)) if path else page
        if not os.path.exists(os.path.join(ROOT, there)):
            broken.append(target)
        elif anchor and anchor not in {slug(h) for h in re.findall(r"^#+ (.*)$", read(there), re.M)}:
            broken.append(target)
    tell(not broken, f"{page}: every link leads somewhere", ", ".join(broken))


def tables(page, text):
    """What of keys, findings and functions a page holds is what the program's tables say."""
    ran = subprocess.run([KEYS, os.path.join(ROOT, page)], capture_output=True, text=True)
    tell(ran.returncode == 0 and ran.stdout == text, f"{page} holds what the tables say",
         "run `make docs`\n" + ran.stderr)
    return re.findall(r"^<!-- (\w+): written by", text, re.M)


def main():
    write = "--write" in sys.argv[1:]
    for page in PAGES:
        play(page, write)
    if write:
        return
    moments()
    kinds()
    written = []
    for page in PAGES:
        text = read(page)
        named_files(page, text, set(re.findall(r"^```.* file=(\S+)", text, re.M)))
        links(page, text)
        if page in LANGUAGE:
            tried(page, text)
        written += tables(page, text)
    tell(sorted(written) == ["findings", "functions", "keys"], "each table stands in one page", str(written))


main()
