# SPDX-License-Identifier: MIT
# small_pack FOLDER: a pack of one process, `p`, that extends nothing. Sourced by tests of odd input.
small_pack() {
    name=$(basename "$1")
    mkdir -p "$1/processes" "$1/lua" "$1/messages" "$1/scenarios"
    cat >"$1/pack.yaml" <<PACK
pack: $name
title: Small
roles:
  senco: {title: SENCO, of: school, otherwise: officer}
  officer: {title: Officer, of: authority}
reminders: {at: "08:00", digest: daily, usual: [1 week before, on the day, every week after]}
PACK
    cat >"$1/calendar.yaml" <<CALENDAR
calendar: $name
zone: Europe/London
known_until: 2030-12-31
working_week: [monday, tuesday, wednesday, thursday, friday]
bank_holidays: {2026-12-25: Christmas Day}
CALENDAR
    cat >"$1/processes/p.yaml" <<PROCESS
process: p
title: A process
opens: {by: [officer], asks: [who]}
fields:
  who: {type: text, label: Who}
  when: {type: date, label: When}
states:
  one:
    title: One
    first: true
    waiting_for: senco
    events:
      go: {title: Go, by: [senco, officer], asks: [when], to: two}
      note: {title: Note, by: [senco, officer]}
  two:
    title: Two
    waiting_for: officer
    events:
      finish: {title: Finish, by: officer, to: over}
  over: {title: Over, final: true}
deadlines:
  going: {title: Go on, due: 2 weeks after opened, met_by: go, owner: senco}
  ending: {title: Finish it, due: 3 weeks after when, met_by: finish, owner: officer}
PROCESS
}
