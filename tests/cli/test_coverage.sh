#!/bin/sh
# SPDX-License-Identifier: MIT
# What `reeve test` says of a pack's scenarios: what failed and why, and with --coverage what none of
# them reached, down to the line of Lua.
. tests/cli/kit.sh
P=$T/small
mkdir -p "$P/processes" "$P/lua" "$P/scenarios"
cat >"$P/pack.yaml" <<'PACK'
pack: small
title: Small
roles:
  officer: {title: Officer, of: authority}
PACK
cat >"$P/calendar.yaml" <<'CALENDAR'
calendar: small
known_until: 2030-12-31
bank_holidays: {2026-12-25: Christmas Day}
CALENDAR
cat >"$P/processes/visit.yaml" <<'PROCESS'
process: visit
title: A visit
opens: {by: officer, asks: [age_now]}
fields:
  age_now: {type: integer, label: Age, required: true}
  twice: {type: integer, label: Twice the age, is: age_now * 2}
states:
  planned:
    title: Planned
    first: true
    waiting_for: officer
    events:
      hold:
        title: Held
        by: officer
        to: {young: age_now < 16, old: {lua: ages.is_old}, between: otherwise}
  young: {title: Young, final: true}
  old: {title: Old, final: true}
  between: {title: Between, final: true}
events:
  drop: {title: Dropped, by: officer, to: between}
  stop: {title: Put off, by: officer}
  go_on: {title: Taken up again, by: officer}
deadlines:
  go:
    title: Go there
    due: 2 weeks after opened
    met_by: hold
    owner: officer
    paused_while: {from: stop, until: go_on}
    extends: {limit: 1 week, by: officer, grounds: snow}
excuses:
  snow: {title: The road is shut, by: officer}
PROCESS
cat >"$P/lua/ages.lua" <<'LUA'
local ages = {}

local function never(age)
  return age .. " is a great age"
end

function ages.is_old(case)
  if case.age_now > 65 then
    return true, never(case.age_now)
  end
  return false
end

return ages
LUA
cat >"$P/scenarios/young.yaml" <<'SCENARIO'
scenario: A child is visited
process: visit
opened: 2026-11-02
fields: {age_now: 7}
steps:
  - {date: 2026-11-09, do: hold, expect: {state: young, due: {go: 2026-11-16}}}
SCENARIO

# --- coverage ----------------------------------------------------------------------------------
said "what is reached is counted" "^     2 of 4    states entered$" test "$P" --coverage
said "a state no scenario enters is named" "not   small/processes/visit.yaml:18  old$" \
    test "$P" --coverage
said "and a deadline that is never missed" "^     0 of 1    deadlines missed$" test "$P" --coverage
said "and one that never stands still" "^     0 of 1    deadlines paused$" test "$P" --coverage
said "and one that is never extended" "^     0 of 1    deadlines extended$" test "$P" --coverage
said "and a condition that never fails" "not   small/processes/visit.yaml:16  age_now < 16$" \
    test "$P" --coverage
said "and an event of every state" "visit.yaml:21  drop$" test "$P" --coverage
lines() {
    run 0 test "$P" --coverage --json && python3 - "$1" "$T/out" <<'PY'
import json, sys
kinds = {k["kind"]: k for k in json.load(open(sys.argv[2]))["coverage"]["kinds"]}
got = [m["line"] for m in kinds["lines of Lua"]["missing"]]
wanted = [int(n) for n in sys.argv[1].split()]
assert got == wanted, (got, wanted)
PY
}
lines "4 9" && ok "lines of Lua that did not run are named" ||
    not_ok "lines of Lua that did not run are named"
sed 's/7}/70}/; s/A child/An old person/; s/young, due/old, due/' "$P/scenarios/young.yaml" \
    >"$P/scenarios/old.yaml"
cat >"$P/scenarios/between.yaml" <<'SCENARIO'
scenario: A grown-up is visited, late
process: visit
opened: 2026-11-02
fields: {age_now: 40}
steps:
  - {date: 2026-11-03, do: stop}
  - {date: 2026-11-04, do: go_on}
  - {date: 2026-11-05, extend: {go: {ground: snow, to: 2026-11-18}}}
  - {until: 2026-11-19, expect: {missed: [go]}}
  - {date: 2026-11-20, do: hold, expect: {state: between, met: [go]}}
SCENARIO
lines "" && ok "and those that ran since are not" || not_ok "and those that ran since are not"
run 1 test "$P" --min 99 && grep -q "is below the 99% asked for$" "$T/err" &&
    ok "less than --min ends with 1" || not_ok "less than --min ends with 1"
run 0 test "$P" --min 90 && ok "enough ends with 0" || not_ok "enough ends with 0"
for pack in england torbay plymouth; do
    run 0 test "$E/$pack" --min 90 && ok "the stories of $pack reach 90 of 100" ||
        not_ok "the stories of $pack reach 90 of 100"
done
refused "a percentage that is none" 1 input "from 0 to 100" test "$P" --min 120

# --- failing -----------------------------------------------------------------------------------
cat >"$P/scenarios/wrong.yaml" <<'SCENARIO'
scenario: Wrong in its second step
process: visit
opened: 2026-11-02
fields: {age_now: 7}
steps:
  - {date: 2026-11-03, expect: {state: planned}}
  - {date: 2026-11-04, expect: {due: {go: 2026-11-15}}}
  - {date: 2026-11-09, do: hold, expect: {state: old}}
  - {date: 2026-11-10, expect: {state: old}}
SCENARIO
run 1 test "$P" wrong || not_ok "a scenario that fails ends with 1"
wanted='wrong.yaml:7: expected go due 2026-11-15, got 2026-11-16'
grep -q "$wanted" "$T/out" && ok "a step that fails says what came" ||
    not_ok "a step that fails says what came"
grep -q '^ *- 2 weeks after' "$T/out" && ok "and how the date comes about" ||
    not_ok "and how the date comes about"
grep -q '^    2 later steps fail too$' "$T/out" && ! grep -q 'wrong.yaml:8' "$T/out" &&
    ok "and what follows from it is not reported" || not_ok "what follows from it is not reported"
refused "a name that fits no scenario" 1 unknown "did you mean 'wrong'" test "$P" wrogn
