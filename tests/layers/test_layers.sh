#!/bin/sh
# SPDX-License-Identifier: MIT
# The architecture, proved: every #include stands in tests/layers/table.txt, and the archives of
# engine/when, engine/core and engine/draw need nothing that could read a clock, a file or a socket.
cd "$(dirname "$0")/../.." || exit 2
BUILD=${BUILD:-build}
table=tests/layers/table.txt

bad=$(grep -rnE '^ *# *include' --include='*.[ch]' engine rules lua store |
awk -v table="$table" '
BEGIN {
    while ((getline row < table) > 0) {
        if (row ~ /^#/ || row !~ /:/) continue
        at = index(row, ":"); may[substr(row, 1, at - 1)] = substr(row, at + 1)
    }
}
function plain_c(h) {
    return h ~ /^(assert|ctype|errno|inttypes|limits|stdarg|stdatomic|stdbool|stddef|stdint)\.h$/ ||
           h ~ /^(stdio|stdlib|string|strings)\.h$/
}
{
    split($0, part, ":"); file = part[1]; folder = file; sub(/\/[^\/]*$/, "", folder)
    if (folder == "engine" || folder == "store/tool") next   # main.c; a tool of the build
    if (!match($0, /["<][^">]*[">]/)) next
    name = substr($0, RSTART + 1, RLENGTH - 2)
    if (!(folder in may)) { print file ": the folder " folder " is not in the table"; next }
    n = split(may[folder] " " folder, ok, " "); fine = plain_c(name)
    if (folder == "engine/base" && name ~ /^sanitizer\//) fine = 1
    if (folder == "store" && name ~ /^gen\//) fine = 1
    for (i = 1; i <= n; i++) if (index(name, ok[i]) == 1) fine = 1
    if (!fine) print file ":" part[2] ": " folder " may not include " name
}')
if [ -z "$bad" ]; then
    echo "ok - every include stands in the table"
else
    echo "$bad"
    echo "not ok - every include stands in the table"
fi

# Undefined symbols of the release archives: what the C library may give a pure function.
ours='arena_|buf_|decimal_|day_|diag|err_|json_|utf8_|text_|ymd_|weekday_|month|minute_'
ours="$ours|model_|process_|names_|casefile_|checklist_|calendar|clock_|consent_|value_|event_"
ours="$ours|notice_|outcome_|sections_|record_|section_|reminder_|reminders_"
ours="$ours|when_|trace_|step_|working_day|school_|term_at|closure_|length_|age_"
ours="$ours|fold|draft_|setting_|bound_|proof_|access_|anchors_|given_"
plain='m(em|emp)(cpy|move|set|cmp|chr)|__mem(cpy|move|set)_chk'
plain="$plain|str(len|nlen|cmp|ncmp|chr|rchr|str|spn|cspn|casecmp|ncasecmp|pbrk)"
plain="$plain|__strcpy_chk|__str(n)?cat_chk|(v|)snprintf|__(v|)snprintf_chk|qsort|bsearch"
plain="$plain|__ctype_b_loc|__ctype_to(lower|upper)_loc|tolower|toupper"
plain="$plain|__stack_chk_fail|__assert_fail|_GLOBAL_OFFSET_TABLE_"
allowed="^(($ours)|($plain)\$)"
for folder in when core model draw; do
    archive="$BUILD/release/engine-$folder.a"
    [ -f "$archive" ] || make --no-print-directory "$archive" >/dev/null 2>&1
    [ -f "$archive" ] || { echo "not ok - $archive was not built"; continue; }
    own=$(nm --defined-only -g "$archive" 2>/dev/null | awk 'NF == 3 {print $3}' | sort -u)
    extra=$(nm --undefined-only "$archive" 2>/dev/null | awk '$1 == "U" {print $2}' | sort -u |
            grep -vE "$allowed" | grep -vxF "$own")
    if [ -z "$extra" ]; then echo "ok - engine/$folder needs nothing that reads a clock, a file or a socket"
    else echo "# $folder needs:" $extra; echo "not ok - engine/$folder is pure"; fi
done

# The test itself must be able to fail.
if echo time | grep -qE "$allowed" || echo fopen | grep -qE "$allowed"; then
    echo "not ok - the list lets neither time nor fopen through"
else
    echo "ok - the list lets neither time nor fopen through"
fi
