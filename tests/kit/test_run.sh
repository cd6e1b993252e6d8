#!/bin/sh
# SPDX-License-Identifier: MIT
# The runner itself: nothing that went wrong may count as passed.
T=$(mktemp -d) || exit 1
trap 'rm -rf "$T"' EXIT

# test NAME, what the last line must be, the exit status, then what to run.
check() {
    name=$1 want=$2 status=$3
    shift 3
    TEST_LIMIT=2 tests/kit/run "$@" >"$T/said" 2>&1
    got=$?
    last=$(tail -n 1 "$T/said")
    if [ "$last" = "$want" ] && [ "$got" -eq "$status" ]; then
        echo "ok - $name"
    else
        sed 's/^/  | /' "$T/said"
        echo "not ok - $name: status $got, last line '$last', wanted '$want'"
    fi
}
script() {
    printf '%s\n' "$2" >"$T/$1.sh"
}

script good 'echo "ok - one"; echo "ok - two"; echo talk'
script bad 'echo "ok - one"; echo "not ok - two"'
script silent 'echo "all is well"'
script status 'echo "ok - one"; exit 3'
script crash 'echo "ok - one"; kill -SEGV $$'
script slow 'echo "ok - one"; sleep 20'
script skips 'echo "ok - one"; echo "skip - two: no such server"'
script short 'echo "1..3"; echo "ok 1 - one"; echo "ok 2 - two"'
script tap 'echo "1..2"; echo "ok 1 - one"; echo "not ok 2 # SKIP two"'
script tapbad 'echo "1..2"; echo "ok 1 - one"; echo "not ok 2 - two"'
script asks 'read -r line; echo "ok - one"'
printf 'print("ok - python")\n' >"$T/snake.py"

check "passes are counted" "2 passed, 0 failed" 0 "$T/good.sh"
check "a failure is a failure" "1 passed, 1 failed" 1 "$T/bad.sh"
check "silence is a failure" "0 passed, 1 failed" 1 "$T/silent.sh"
check "a bad status is a failure" "1 passed, 1 failed" 1 "$T/status.sh"
check "a crash is a failure" "1 passed, 1 failed" 1 "$T/crash.sh"
check "a time-out is a failure" "1 passed, 1 failed" 1 "$T/slow.sh"
check "a skip is neither" "1 passed, 0 failed, 1 skipped" 0 "$T/skips.sh"
check "a plan that was not kept is a failure" "2 passed, 1 failed" 1 "$T/short.sh"
check "cmocka's skip is neither" "1 passed, 0 failed, 1 skipped" 0 "$T/tap.sh"
check "cmocka's failure is one" "1 passed, 1 failed" 1 "$T/tapbad.sh"
check "nobody waits at the keyboard" "1 passed, 0 failed" 0 "$T/asks.sh"
check "a test that is not there is a failure" "0 passed, 1 failed" 1 "$T/none"
check "no tests at all is a failure" "0 passed, 1 failed" 1
check "all are added up" "4 passed, 1 failed, 1 skipped" 1 \
    "$T/good.sh" "$T/silent.sh" "$T/skips.sh" "$T/snake.py"
