#!/bin/sh
# SPDX-License-Identifier: MIT
# Cases that are open when the rules change: their states, fields, roles and processes are still known.
. tests/cli/kit.sh
. tests/attack/small_pack.sh
small_pack "$T/town"
run 0 publish "$T/town" && run 0 open p who=x && run 0 do 1 go when=2026-09-01 && run 0 open p who=y ||
    not_ok "cases under the first rules" "ended with $got"

sed -i 's/^  two:/  second:/; s/to: two}/to: second}/; s/when/begins/g' "$T/town/processes/p.yaml"
run 0 publish "$T/town" && run 0 open p who=z && run 0 do 3 go begins=2026-09-01 ||
    not_ok "a case under the second" "ended with $got"
said "a state that is called otherwise now can be looked for" "P-26-0001" cases --state two
said "and the new one" "P-26-0003" cases --state second
refused "but not one that never was" 1 unknown "has a state 'third'" cases --state third
refused "the old case wants its own field" 1 input "there is no field 'begins'" do 2 go begins=2026-09-01
said "and takes it" "Two" do 2 go when=2026-09-01

mv "$T/town/processes/p.yaml" "$T/town/processes/q.yaml"
sed -i 's/^process: p/process: q/; s/senco, officer/officer/g; s/: senco/: officer/' "$T/town/processes/q.yaml"
sed -i '/senco:/d' "$T/town/pack.yaml"
run 0 open p who=w && run 0 publish "$T/town" || not_ok "a third version" "ended with $got"
refused "a process that is no more is not opened" 1 unknown "has a process 'p'" open p who=v
said "but its cases are listed" "P-26-0004" cases --process p
said "and what waits for a role that is no more" "P-26-0004" due --who senco
said "and go on" "Two" do 4 go begins=2026-09-01
run 0 tick --now 2026-11-02T09:00 && ok "the clock serves them all" || not_ok "the clock serves them all"
said "and all verifies" ": 0 wrong" verify
