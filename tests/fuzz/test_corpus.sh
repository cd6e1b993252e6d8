#!/bin/sh
# SPDX-License-Identifier: MIT
# Each fuzzer survives its corpus: what it once found, and one file of each kind.
for source in tests/fuzz/fuzz_*.c; do
    name=$(basename "$source" .c)
    folder=tests/fuzz/corpus/${name#fuzz_}
    if said=$("$BUILD/asan/tests/fuzz/$name" "$folder" 2>&1); then
        echo "ok - $name survives its corpus ($said)"
    else
        echo "$said"
        echo "not ok - $name survives its corpus"
    fi
done
