#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""`reeve draw`: XML that a parser takes, whole without a network or a script, for eyes and for
screen readers; to a file or to stdout; and what it refuses."""
import glob
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

REEVE = os.environ.get("REEVE", "build/asan/reeve")
SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = {"svg", "title", "desc", "style", "rect", "path", "circle", "text"}
bad = 0


def tell(why, name):
    global bad
    bad += bool(why)
    print(f"{'not ok' if why else 'ok'} - {name}" + (f"\n    {why}" if why else ""))


def reeve(*words):
    return subprocess.run([REEVE, *words], capture_output=True, text=True, timeout=60,
                          stdin=subprocess.DEVNULL)


def processes():
    for file in sorted(glob.glob("examples/*/pack.yaml")) + ["tests/packs/good/town/pack.yaml"]:
        pack = os.path.dirname(file)
        for line in reeve("show", pack).stdout.splitlines():
            yield f"{pack}/{line.split()[0]}"


def wrong_with(process):
    """What is wrong with the picture of a process, or None."""
    done = reeve("draw", process)
    if done.returncode or done.stderr:
        return f"ended with {done.returncode}: {done.stderr}"
    root = ET.fromstring(done.stdout)
    style = root.find(SVG + "style").text
    names = {name for node in root.iter() for name in node.get("class", "").split()}
    box = [int(n) for n in root.get("viewBox").split()]
    if root.tag != SVG + "svg" or root.get("role") != "img":
        return "it is no picture to a screen reader"
    named = [root.find(f".//*[@id='{name}']") for name in root.get("aria-labelledby").split()]
    if [node.tag for node in named if node is not None] != [SVG + "title", SVG + "desc"]:
        return "title and description are not what it is labelled by"
    if not all(len((node.text or "").strip()) > 3 for node in named):
        return "the title or the description is empty"
    if box[:3] != [0, 0, 800] or int(root.get("height")) != box[3]:
        return f"it is {box}, not 800 wide"
    strange = {node.tag for node in root.iter()} - {SVG + name for name in ELEMENTS}
    if strange:
        return f"it has {strange}"
    if "http" in style or "@import" in style or "url(" in style:
        return "its style needs something else"
    if any(node.get("style") or node.get("href") or node.get("onload") for node in root.iter()):
        return "it has a style, a link or a script at an element"
    bare = [name for name in names if not re.search(rf"\.{name}\b", style)]
    if bare:
        return f"no style for {bare}"
    if "prefers-color-scheme: dark" not in style or "@media print" not in style:
        return "it has no dark or no printed colours"
    for node in root.iter(SVG + "text"):
        if not node.text or not 0 <= int(node.get("y")) <= box[3]:
            return f"'{node.text}' is nowhere"
    return None


def refused(name, want, *words):
    done = reeve("draw", *words)
    fits = done.returncode in (1, 2) and want in done.stderr and not done.stdout
    tell(None if fits else f"{done.returncode}: {done.stdout}{done.stderr}", name)


def main():
    all_of = list(processes())
    tell(None if len(all_of) >= 10 else f"only {all_of}", "there are processes to draw")
    for process in all_of:
        try:
            tell(wrong_with(process), f"{process} is drawn")
        except ET.ParseError as error:
            tell(f"no XML: {error}", f"{process} is drawn")

    with tempfile.TemporaryDirectory(prefix="reeve-draw-") as folder:
        file = os.path.join(folder, "review.svg")
        whole = reeve("draw", "examples/torbay/annual-review").stdout
        for flag in ("-o", "--out", "-o"):  # The third is put in place of the second.
            done = reeve("draw", "examples/torbay/annual-review", flag, file)
            with open(file, encoding="utf-8") as at:
                same = at.read() == whole
            tell(None if same and not done.stdout and not done.returncode else done.stderr,
                 f"{flag} writes the same to a file")
        notes = os.path.join(folder, "pack.yaml")
        with open(notes, "w", encoding="utf-8") as at:
            at.write("pack: mine\n")
        refused("a picture is not put into a file of another kind", "name it review.svg",
                "examples/torbay/annual-review", "-o", "review.png")
        refused("a file that is no picture is not written over", "its name is not a picture's",
                "examples/torbay/annual-review", "-o", notes)
        refused("a folder is not written over", "is not a file", "examples/torbay/annual-review",
                "-o", folder)
        refused("a folder that is not there is said", "cannot write",
                "examples/torbay/annual-review", "-o", os.path.join(folder, "no", "x.svg"))
        with open(notes, encoding="utf-8") as at:
            tell(None if at.read() == "pack: mine\n" and sorted(os.listdir(folder)) ==
                 ["pack.yaml", "review.svg"] else os.listdir(folder), "and nothing is left behind")

    dot = reeve("draw", "examples/torbay/annual-review", "--format", "dot").stdout
    arrows = re.findall(r'^  "(\w+)" -> "(\w+)" \[label="', dot, re.M)
    fits = dot.startswith('digraph "annual-review" {') and ("deciding", "amending") in arrows
    tell(None if fits and dot.endswith("}\n") else dot, "--format dot is for Graphviz")

    refused("another form is refused", "svg or dot, not 'png'", "examples/torbay/annual-review",
            "--format", "png")
    refused("a pack alone is not enough", "reeve draw examples/torbay/annual-review",
            "examples/torbay")
    refused("a name that is nearly right is named", "did you mean 'annual-review'?",
            "examples/torbay/anual-review")
    sys.exit(bad > 0)


main()
