#!/bin/sh
# SPDX-License-Identifier: MIT
# What is missing is installed, or named; against a made-up apt-get and dpkg-query.
T=$(mktemp -d) || exit 1
trap 'rm -rf "$T"' EXIT
mkdir "$T/bin"

cat >"$T/bin/dpkg-query" <<'S'
#!/bin/sh
for package; do :; done
grep -qx "$package" "$T/there" && echo "install ok installed"
S
cat >"$T/bin/apt-get" <<'S'
#!/bin/sh
echo "apt-get $*" >>"$T/called"
for word; do [ "$word" = stubborn ] && exit 100; done
exit 0
S
printf '#!/bin/sh\necho "${FAKE_UID:-0}"\n' >"$T/bin/id"
printf '#!/bin/sh\nexit 1\n' >"$T/bin/sudo"
chmod +x "$T/bin"/*
export T PATH="$T/bin:$PATH"

NEEDED='build one the first
build two|three either
test,demo four words of its own
test ?stubborn somebody else is in its place'
export NEEDED

# check NAME THERE STATUS INSTALLED KIND...: INSTALLED are the last words of each install.
check() {
    name=$1 status=$3 want=$4
    printf '%s\n' $2 >"$T/there"
    : >"$T/called"
    shift 4
    tests/kit/deps "$@" >"$T/said" 2>&1 </dev/null
    got=$?
    installed=$(sed -n 's/.*--no-install-recommends //p' "$T/called" | tr '\n' ';')
    if [ "$got" -eq "$status" ] && [ "$installed" = "$want" ]; then
        echo "ok - $name"
    else
        cat "$T/said" "$T/called"
        echo "not ok - $name: status $got, installed '$installed'"
    fi
}

check "nothing is missing" "one three" 0 "" build
check "what is missing is installed" "one" 0 "two;" build
check "all that is missing" "" 0 "one two;" build
check "only what this is for" "one two" 0 "four;" demo
check "what would drive others out is left out" "four" 0 "stubborn;" test
grep -q "left out stubborn" "$T/said" && echo "ok - and it says so" || echo "not ok - and it says so"
grep -q -- --no-remove "$T/called" && echo "ok - nothing is removed" || echo "not ok - nothing is removed"
export FAKE_UID=1000
check "without root it is a fault" "one" 1 "" build
grep -q "please run as root: apt-get install two$" "$T/said" &&
    echo "ok - which names the line to run" || echo "not ok - which names the line to run"
check "without root, and nothing is missing" "one two" 0 "" build
