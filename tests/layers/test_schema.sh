#!/bin/sh
# SPDX-License-Identifier: MIT
# Every column of the schema says what it is, on its line or on the one above.
cd "$(dirname "$0")/../.." || exit 2
silent=$(awk '
/^CREATE TABLE/ { table = $3; sub(/\(.*/, "", table) }
/^\) STRICT/ { table = "" }
table && /^  [a-z_]+ +(INTEGER|TEXT|BLOB)/ && !/--/ && before !~ /^ *--/ { print FILENAME ": " table "." $1 }
{ before = $0 }' store/sql/schema/*.sql)
count=$(grep -cE '^  [a-z_]+ +(INTEGER|TEXT|BLOB)' store/sql/schema/0001-first.sql)
if [ -z "$silent" ] && [ "$count" -gt 50 ]; then echo "ok - each of $count columns is explained"
else echo "$silent"; echo "not ok - each column is explained"; fi
loose=$(grep -E '^\) *;' store/sql/schema/*.sql)
if [ -z "$loose" ]; then echo "ok - every table is STRICT"; else echo "$loose"; echo "not ok - every table is STRICT"; fi
