#!/bin/sh
# SPDX-License-Identifier: MIT
# What embed puts into a header comes out byte for byte, of any length.
T=$(mktemp -d) || exit 1
trap 'rm -rf "$T"' EXIT

printf -- '-- name: one\nSELECT "\\", '"'x'"'; -- \303\251 \377 ??=\n' >"$T/one.sql"
: >"$T/empty.sql"
i=0
while [ $i -lt 3000 ]; do
    echo "INSERT INTO t VALUES ($i, 'a line that makes it long');"
    i=$((i + 1))
done >"$T/long.sql"

cat >"$T/main.c" <<'C'
#include "data.h"
#include <stdio.h>
int main(void)
{
    for (unsigned i = 0; i < sizeof sql_files / sizeof *sql_files; i++) {
        char out[4096];
        snprintf(out, sizeof out, "%s.out", sql_files[i].path);
        FILE *file = fopen(out, "wb");
        if (!file || fputs(sql_files[i].text, file) < 0 || fclose(file))
            return 1;
    }
    return 0;
}
C

for cc in gcc clang; do
    if ! command -v $cc >/dev/null; then
        echo "skip - $cc takes what embed wrote: not installed"
        continue
    fi
    if "$BUILD/tool/embed" "$T/one.sql" "$T/empty.sql" "$T/long.sql" >"$T/data.h" &&
        $cc -std=c11 -Wall -Wextra -Wconversion -Woverlength-strings -Werror -o "$T/main" "$T/main.c" &&
        "$T/main" && cmp "$T/one.sql" "$T/one.sql.out" && cmp "$T/empty.sql" "$T/empty.sql.out" &&
        cmp "$T/long.sql" "$T/long.sql.out" &&
        "$BUILD/tool/embed" --as other "$T/one.sql" >"$T/other.h" &&
        sed 's/sql_files/other_files/g; s/data.h/other.h/' "$T/main.c" >"$T/other.c" &&
        $cc -std=c11 -Wall -Werror -o "$T/other" "$T/other.c" && "$T/other" &&
        cmp "$T/one.sql" "$T/one.sql.out"; then
        echo "ok - $cc takes what embed wrote"
    else
        echo "not ok - $cc takes what embed wrote"
    fi
done
if "$BUILD/tool/embed" "$T/none.sql" >/dev/null 2>"$T/said" || ! grep -q "cannot open" "$T/said"; then
    echo "not ok - a file that is not there is a fault"
else
    echo "ok - a file that is not there is a fault"
fi
