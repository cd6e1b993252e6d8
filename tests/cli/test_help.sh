#!/bin/sh
# SPDX-License-Identifier: MIT
# Help comes from the table of commands: every command has it, and it can be believed.
. tests/cli/kit.sh
unset REEVE_DB
cd "$T" || exit 1

run 0 help --json || not_ok "help as JSON"
python3 - "$T/out" >"$T/commands" <<'PY'
import json, sys
for command in json.load(open(sys.argv[1]))["commands"]:
    print(command["name"])
PY
[ "$(wc -l <"$T/commands")" -ge 25 ] && ok "all commands are listed" || not_ok "all commands are listed"

run 0 help && for name in $(cat "$T/commands"); do
    grep -q "^  $name " "$T/out" || not_ok "reeve help lists $name"
done

for name in $(cat "$T/commands"); do
    "$REEVE" help "$name" >"$T/one" 2>&1 || not_ok "reeve help $name"
    "$REEVE" "$name" --help >"$T/two" 2>&1 || not_ok "reeve $name --help"
    python3 - "$name" "$T/one" "$T/two" <<'PY' && ok "help $name" || not_ok "help $name"
import sys
name, one, two = sys.argv[1], open(sys.argv[2]).read(), open(sys.argv[3]).read()
assert one == two, "help X and X --help differ"
lines = one.splitlines()
assert lines[0].endswith("."), "the purpose is a sentence"
first = next(i for i, line in enumerate(lines) if line.startswith("  "))
assert lines[first].startswith("  reeve " + name), "examples come first"
assert "  --help" in one and lines[-1].startswith("Exit: 0 done, 1 "), "flags, then exit codes"
for line in lines:
    assert len(line) <= 132, line
PY
done

run 0 && grep -q "^Try:" "$T/out" && ok "without words it helps" || not_ok "without words it helps"
run 0 --version && grep -q "^reeve [0-9]" "$T/out" && ok "--version" || not_ok "--version"
run 2 help chekc && grep -q "did you mean 'check'" "$T/err" && ok "help has did-you-mean" ||
    not_ok "help has did-you-mean"
run 0 explain r014 && grep -q "^R014 " "$T/out" && ok "a finding's code is explained" ||
    not_ok "a finding's code is explained"
