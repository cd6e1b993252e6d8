#!/bin/sh
# SPDX-License-Identifier: MIT
# `reeve fmt` on files: what it writes, what it only says, and what it leaves alone.
. tests/cli/kit.sh
cp -R "$E" "$T/packs"
cd "$T" || exit 1

for pack in england torbay plymouth; do
    run 0 fmt "packs/$pack" --check && grep -q "all tidy" "$T/out" && ok "$pack is tidy" ||
        not_ok "$pack is tidy"
done
run 0 new moorland && run 0 fmt moorland --check && ok "a new pack is tidy" || not_ok "a new pack is tidy"
run 0 new packs/ours --extends packs/torbay && run 0 fmt packs/ours --check &&
    ok "and one that extends another" || not_ok "and one that extends another"

# --- something to tidy -------------------------------------------------------------------------
mkdir -p town/processes town/lua
printf 'pack: town\ntitle: Town   \nroles:\n    officer:   {title: Officer,of: authority}\n' >town/pack.yaml
printf 'calendar: town\r\nzone: Europe/London\r\n' >town/calendar.yaml
printf -- '-- not   YAML  \nreturn {}\n' >town/lua/a.lua
chmod 640 town/pack.yaml
cp -R town before
# differs FILE STATUS: the file is (1) or is not (0) what it was.
differs() { cmp -s "$1" "before/${1#*/}"; [ $? -eq "$2" ]; }

run 1 fmt town --check && grep -q "not tidy town/pack.yaml" "$T/out" &&
    grep -q "2 files, 2 not tidy" "$T/out" && differs town/pack.yaml 0 &&
    ok "--check names what is not tidy and changes nothing" ||
    not_ok "--check names what is not tidy and changes nothing"
run 1 fmt town --diff && grep -q "^-    officer:   {title: Officer,of: authority}" "$T/out" &&
    grep -q "^+  officer: {title: Officer, of: authority}" "$T/out" && differs town/pack.yaml 0 &&
    ok "--diff shows it and changes nothing" || not_ok "--diff shows it and changes nothing"
run 1 fmt town --check --json && python3 -c 'import json,sys
a = json.load(open(sys.argv[1]))
assert a["untidy"] == 2 and not a["written"] and len(a["files"]) == 2, a
' "$T/out" && ok "as JSON" || not_ok "as JSON"
run 0 fmt town && grep -q "tidied   town/calendar.yaml" "$T/out" && grep -q "2 files, 2 tidied" "$T/out" &&
    printf 'pack: town\ntitle: Town\nroles:\n  officer: {title: Officer, of: authority}\n' |
    cmp -s - town/pack.yaml && ok "without either it writes" || not_ok "without either it writes"
[ "$(stat -c %a town/pack.yaml)" = 640 ] && ok "who may read it stays" || not_ok "who may read it stays"
differs town/lua/a.lua 0 && ok "what is not YAML stays" || not_ok "what is not YAML stays"
inode=$(stat -c %i town/pack.yaml)
run 0 fmt town && grep -q "2 files, all tidy" "$T/out" && [ "$inode" = "$(stat -c %i town/pack.yaml)" ] &&
    ok "what is tidy is not written" || not_ok "what is tidy is not written"
cp before/pack.yaml town/ && run 0 fmt town/pack.yaml town/pack.yaml ./town/calendar.yaml &&
    grep -q "2 files, 1 tidied" "$T/out" && ok "single files, named twice" || not_ok "single files, named twice"
(cd town && cp ../before/pack.yaml . && "$REEVE" fmt . && "$REEVE" fmt . --check) >"$T/out" 2>"$T/err" &&
    ok "the folder one stands in" || not_ok "the folder one stands in"
[ -z "$(find . -name '.reeve*')" ] && ok "nothing is left beside the files" || not_ok "nothing is left beside the files"

# What --diff shows is what fmt does: git can apply it.
if command -v git >/dev/null; then
    for pack in tests/packs/good/town tests/packs/third/northmoor; do
        rm -rf copy tidy && cp -R "$HERE/$pack" copy && cp -R copy tidy
        set -- copy/*/*.yaml copy/*.yaml
        "$REEVE" fmt --diff "$@" >change 2>/dev/null
        (cd tidy && "$REEVE" fmt $(printf '%s ' "$@" | sed 's#copy/##g')) >/dev/null 2>&1
        git apply -p0 --unsafe-paths change 2>"$T/err" && diff -r copy tidy >"$T/out" &&
            ok "the difference is what is done: $pack" || not_ok "the difference is what is done: $pack"
    done
else
    echo "skip - the difference is what is done: git is not installed"
fi

# --- what is refused ---------------------------------------------------------------------------
cp before/pack.yaml town/ && printf 'process: x\n\ttitle: X\n' >town/processes/x.yaml
run 1 fmt town && grep -q "x.yaml:2:1" "$T/err" && grep -q "indent with spaces, not tabs" "$T/err" &&
    differs town/pack.yaml 0 && ok "one file that cannot be read leaves all as they are" ||
    not_ok "one file that cannot be read leaves all as they are"
rm town/processes/x.yaml
run 2 fmt town/nothing.yaml && grep -q "cannot open" "$T/err" && ok "a file that is not there" ||
    not_ok "a file that is not there"
run 2 fmt before/lua && grep -q "no pack.yaml" "$T/err" && ok "a folder that is no pack" || not_ok "a folder that is no pack"
ln -s ../before/pack.yaml town/link.yaml
run 2 fmt town/link.yaml && grep -q "symbolic link" "$T/err" && ok "a symbolic link" || not_ok "a symbolic link"
rm town/link.yaml
run 2 fmt && ok "nothing at all" || not_ok "nothing at all"
(ulimit -f 0 && trap '' 25 && "$REEVE" fmt town/pack.yaml 2>&1) | cat >"$T/out"
grep -q "cannot write" "$T/out" && differs town/pack.yaml 0 && [ -z "$(find . -name '.reeve*')" ] &&
    ok "on a full disk the file stays as it was" || not_ok "on a full disk the file stays as it was"
