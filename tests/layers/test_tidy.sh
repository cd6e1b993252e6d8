#!/bin/sh
# SPDX-License-Identifier: MIT
# What can be seen of a source without understanding it. Left out is what is not ours to lay out:
# packs that are themselves the test, and lua/reeve.lua, which is written from lua/library.c.
cd "$(dirname "$0")/../.." || exit 2
COLUMNS_MAX=100
LINES_MAX=70 # Of a function.
bad=$(mktemp) || exit 2
trap 'rm -f "$bad"' EXIT

files() { # NAME...: the sources whose names end so
    for ending in "$@"; do
        find engine rules lua store tests -name "*$ending"
    done | grep -vE '^(tests/(packs|replay|fuzz/corpus)/|lua/reeve\.lua$)' | sort
}

judge() { # WHAT: the lines in $bad say where it is not so
    if [ -s "$bad" ]; then
        cat "$bad"
        echo "not ok - $1"
    else
        echo "ok - $1"
    fi
}

# The first line names the licence; in a script it is the second.
find_unlicensed() {
    xargs awk '
        FNR == 1 || (FNR == 2 && script) {
            script = FNR == 1 && /^#!/
            if (!script && !/SPDX-License-Identifier: MIT/) print FILENAME
        }'
}

# Characters are counted: bytes but for those that continue one. Not asked of scripts, where a
# command and what it must answer are easier to read on one line.
find_wide() { # COLUMNS
    LC_ALL=C xargs awk -v most="$1" '
        { gsub(/[\200-\277]/, "") }
        length($0) > most { print FILENAME ":" FNR ": " length($0) " columns" }'
}

find_notes() {
    xargs awk '
        /(^|[^A-Za-z])(TODO|FIXME|XXX|HACK)([^A-Za-z]|$)/ { print FILENAME ":" FNR ": " $0 }'
}

# A function begins with a brace of its own in the first column and ends with one.
find_long() {
    xargs awk -v most=$LINES_MAX '
        FNR == 1 { from = 0 }
        $0 == "{" { from = FNR }
        $0 == "}" && from {
            if (FNR - from + 1 > most) print FILENAME ":" from ": " FNR - from + 1 " lines"
            from = 0
        }'
}

# Paths that stand only on one machine. Tests make their folders under /tmp.
find_paths() {
    xargs awk '
        /(^|[^A-Za-z0-9_.])\/(home|root|work|Users|mnt)\// { print FILENAME ":" FNR ": " $0 }'
}

all='.c .h .sh .py .sql .lua'
files $all | find_unlicensed >"$bad"
judge "every source begins with its licence"
files .c .h .sql .lua | find_wide $COLUMNS_MAX >"$bad"
judge "no line is wider than $COLUMNS_MAX columns"
files $all | grep -v '/test_tidy\.sh$' | find_notes >"$bad"
judge "nothing is noted to be done later"
files .c | grep -v '^tests/' | find_long >"$bad"
judge "no function has more than $LINES_MAX lines"
files $all | grep -v '/test_tidy\.sh$' | find_paths >"$bad"
judge "no path of one machine stands in a source"

# The test itself must be able to fail.
sample=$(mktemp) || exit 2
trap 'rm -f "$bad" "$sample"' EXIT
fails() { # WHAT FUNCTION...: it finds $sample
    what=$1
    shift
    echo "$sample" | "$@" >"$bad"
    if [ -s "$bad" ]; then echo "ok - $what would be found"; else echo "not ok - $what would be found"; fi
}
{
    echo 'int f(void)'
    echo '{'
    yes '    g();' | head -n $LINES_MAX
    echo '}'
} >"$sample"
fails "a source without a licence" find_unlicensed
fails "a long function" find_long
printf '%0101d\n' 0 >"$sample"
fails "a wide line" find_wide 100
printf '%098d£\n' 0 >"$sample"
echo "$sample" | find_wide 99 >"$bad"
judge "a character counts as one column"
echo '/* TODO: later */' >"$sample"
fails "a note" find_notes
echo 'open("/home/somebody/x")' >"$sample"
fails "a path of one machine" find_paths
