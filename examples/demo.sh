#!/bin/sh
# SPDX-License-Identifier: MIT
# The demo: a made-up caseload on a made-up day. `make demo` runs it.
#
# Everything happens in a folder under /tmp. Sixty cases are opened and brought to where they
# stand on Wednesday 16 December 2026 by replaying examples/caseload/cases.csv, each line on its
# own date; then it is shown what is due, why, and what the post brings.

set -eu
here=$(cd "$(dirname "$0")" && pwd)
REEVE=${REEVE:-$here/../build/reeve}
[ -x "$REEVE" ] || {
    echo "there is no program at $REEVE: run make first" >&2
    exit 2
}
T=$(mktemp -d "${TMPDIR:-/tmp}/reeve-demo-XXXXXX")
sink=
trap '[ -z "$sink" ] || kill "$sink" 2>/dev/null || true' EXIT
trap 'exit 130' INT TERM
export REEVE_DB="$T/reeve.db"
today=2026-12-16

if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
    bold=$(printf '\033[1m') off=$(printf '\033[0m')
else
    bold='' off=''
fi
heading() {
    printf '\n%s%s%s\n%s\n\n' "$bold" "$1" "$off" "$(printf '%s' "$1" | sed 's/./-/g')"
}
# shown COMMAND...: prints a call of reeve and runs it.
shown() {
    printf '%s$ reeve' "$bold"
    for word; do
        case $word in
        *[!A-Za-z0-9_=./@:-]*) printf " '%s'" "$word" ;;
        *) printf ' %s' "$word" ;;
        esac
    done
    printf '%s\n' "$off"
    "$REEVE" "$@" 2>&1
}

heading "The rules"
echo "Torbay's pack holds only what differs from the law of England. It is checked, its scenarios"
echo "are played, and it is stored as the version that new cases get."
echo
shown check "$here/torbay"
export REEVE_NOW=2026-06-01T07:00
shown publish "$here/torbay"
shown schools import "$here/caseload/schools.csv"
shown people import "$here/caseload/people.csv"

heading "The caseload"
echo "Sixty made-up children at eight schools: what happened from June to December, line by line."
echo
mkdir "$T/numbers"
began=$(date +%s)
lines=0
cd "$here/caseload"
{
    read -r header # case,date,as,command,args
    while IFS=, read -r case date as command args; do
        export REEVE_NOW="${date}T12:00"
        case $args in
        '"'*'"') # A cell with a comma in it stands in quotes.
            args=${args#'"'} args=${args%'"'}
            args=$(printf '%s' "$args" | sed 's/""/"/g')
            ;;
        esac
        eval "set -- $args"
        if [ "$command" = open ]; then
            "$REEVE" open "$@" --on "$date" --as "$as" >"$T/answer" 2>"$T/said" </dev/null || {
                cat "$T/said" >&2
                echo "examples/caseload/cases.csv: $case $date open $args" >&2
                exit 1
            }
            sed -n '1s/ .*//p' "$T/answer" >"$T/numbers/$case"
        else
            "$REEVE" "$command" "$(cat "$T/numbers/$case")" "$@" --on "$date" --as "$as" \
                >"$T/answer" 2>"$T/said" </dev/null || {
                cat "$T/said" >&2
                echo "examples/caseload/cases.csv: $case $date $command $args" >&2
                exit 1
            }
        fi
        lines=$((lines + 1))
        case $lines in *00) echo "  $lines lines, up to $date" ;; esac
    done
} <cases.csv
echo "  $lines lines in $(($(date +%s) - began)) seconds. The last answer was:"
sed 's/^/    /' "$T/answer"
number() { cat "$T/numbers/$1"; }

heading "Wednesday 16 December 2026, eight in the morning"
echo "A mail server is started on loopback, and reeve does what its service would have done by"
echo "now: it lets time pass on every case, and sends each person one message."
echo
python3 "$here/../tests/kit/smtp_sink.py" "$T/mail" >"$T/port" &
sink=$!
waited=0
while [ ! -s "$T/port" ] && [ "$waited" -lt 100 ]; do
    sleep 0.1
    waited=$((waited + 1))
done
[ -s "$T/port" ] || {
    echo "the mail server on loopback did not start" >&2
    exit 2
}
cat >"$T/reeve.yaml" <<SETTINGS
base_url: https://reeve.example.org
mail:
  server: smtp://127.0.0.1:$(cat "$T/port")
  from: Torbay Council SEND <send@example.org>
SETTINGS
export REEVE_NOW="${today}T08:05"
printf '%s$ reeve tick%s\n' "$bold" "$off"
"$REEVE" tick 2>"$T/log" || { # Its log is for machines.
    cat "$T/log" >&2
    exit 1
}

heading "Who has what due"
shown due --until 2027-01-17

heading "Why this date?"
echo "The annual review meeting was held on Monday 14 December. Torbay gives a school ten working"
echo "days for its report; over Christmas that is later than the law's two weeks. Then the law"
echo "binds, and the school has to do it while it is open."
echo
shown explain "$(number AR-001)" send_report

heading "One digest, as it went out"
echo "$(ls "$T/mail" | grep -c eml) messages reached the mail server, one a person. This is the one of a school's SENCO,"
echo "its text part decoded:"
echo
digests=$(grep -l '^Message-ID: <digest' "$T"/mail/*.eml)
message=$(grep -l '^X-Envelope-To: a.nwosu@' $digests | head -n 1)
python3 - "$message" <<'SHOW'
import email, email.policy, sys
with open(sys.argv[1], "rb") as file:
    message = email.message_from_bytes(file.read(), policy=email.policy.default)
for name, value in message.items():
    print(f"    {name}: {value}")
print()
for line in message.get_body(("plain",)).get_content().splitlines():
    print("    " + line)
SHOW
echo
echo "    (and the same as HTML: $message)"

heading "What to try next"
cat <<NEXT
The demo's database stays in $T. For a made-up clock:

  export PATH=$(dirname "$REEVE"):\$PATH REEVE_DB=$T/reeve.db REEVE_NOW=${today}T09:00

  reeve due --who senco --school 900001
      what one school's SENCO has to do
  reeve case $(number AR-001)
      one case, whole
  reeve what-if $(number AR-001) report recommendation=maintain
      what a report today would do
  reeve case $(number AR-001) --as-of 2026-11-30
      the same case a fortnight ago
  reeve verify
      proof that nothing was changed or lost
  reeve tick --now 2027-01-05T08:05
      let Christmas pass (mail waits: the mail server on loopback has gone)
  reeve help
      everything else

Then copy examples/torbay, change a deadline, and run: reeve check, reeve test, reeve publish.
NEXT
