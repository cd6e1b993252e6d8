#!/bin/sh
# SPDX-License-Identifier: MIT
# A calendar that is published from a later day on moves the dates of open cases when its day comes.
. tests/cli/kit.sh
. tests/attack/small_pack.sh
small_pack "$T/town"
sed -i 's/due: 2 weeks after opened/due: 10 working days after opened/' "$T/town/processes/p.yaml"
holidays() {
    sed -i "s/^bank_holidays:.*/bank_holidays: {$1}/" "$T/town/calendar.yaml"
}
holidays "2026-10-05: One, 2026-10-06: Two"
run 0 publish "$T/town" && run 0 open p who=x || not_ok "a case" "ended with $got"
said "two holidays are not counted" "Mon 19 Oct 2026 .*P-26-0001" due
holidays "2026-10-05: One"
run 0 publish "$T/town" --from 2026-10-08 || not_ok "a calendar from 8 October on" "ended with $got"
said "before its day nothing moves" "Mon 19 Oct 2026 .*P-26-0001" due
run 0 tick --now 2026-10-07T23:00 && said "nor the evening before" "Mon 19 Oct 2026 .*P-26-0001" due
run 0 tick --now 2026-10-08T06:00 && said "on its day the date moves" "Fri 16 Oct 2026 .*P-26-0001" due
said "by an event of its own" "The calendar changed" case 1
run 0 tick --now 2026-10-08T06:01 && run 0 tick --now 2026-10-09T06:00 &&
    said "once" "1 case, 2 events" verify
# Switched off over the day, and longer.
holidays "2026-12-25: Christmas Day"
run 0 publish "$T/town" --from 2026-10-12 || not_ok "another from 12 October on" "ended with $got"
run 0 tick --now 2026-10-14T09:00 && said "a day that went by unseen counts too" "Thu 15 Oct 2026 .*P-26-0001" due
said "and all verifies" ": 0 wrong" verify
