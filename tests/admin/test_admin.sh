#!/bin/sh
# SPDX-License-Identifier: MIT
# Torbay's rules as an admin changes them. deadline, consent and panel are packs on top of Torbay's,
# each with one change and its stories; beside copies of the examples they check and pass.
#
# Each file in broken/ makes one such change wrongly and keeps what is said of it:
#
#     consent/processes/reduced-timetable.yaml     the file that is edited
#     -the line as it was
#     +the line as somebody might write it
#
#     $ reeve check consent                        what `check` prints, and if it finds no error
#     ...                                          what `test` prints
#
# Those in in-place/ make the three changes in a copy of Torbay's own files: what its own stories then
# say is what has to be changed along.
#
# Would an officer who never programmed be glad to get that message: does it name the place, say
# what is wrong in plain words, and what to write instead? REEVE_EXPECT=write keeps what is printed
# now: read it.
. tests/cli/kit.sh
admin=$PWD/tests/admin
fresh() {
    rm -rf "$T/packs"
    mkdir "$T/packs"
    cp -R examples/england examples/torbay "$T/packs"
    cp -R "$admin/deadline" "$admin/consent" "$admin/panel" "$T/packs"
}

cat >"$T/edit.py" <<'PY'
"""edit.py FILE FOLDER: makes the edits that FILE shows; prints the pack it is about."""
import os, sys

def main(file, folder):
    path, old, new = None, [], []
    def make():
        if path is None:
            return
        before, after = "\n".join(old) + "\n", "".join(line + "\n" for line in new)
        with open(os.path.join(folder, path)) as f:
            text = f.read()
        if not old:
            raise SystemExit(f"{file}: no line of {path} to change")
        if text.count(before) != 1:
            raise SystemExit(f"{file}: stands {text.count(before)} times in {path}: {before}")
        with open(os.path.join(folder, path), "w") as f:
            f.write(text.replace(before, after))
    for line in open(file).read().split("\n"):
        if line.startswith("$"):
            break
        if line.startswith("-"):
            old.append(line[1:])
        elif line.startswith("+"):
            new.append(line[1:])
        elif line and not line.startswith("#"):
            make()
            path, old, new = line, [], []
    make()
    print(path.split("/")[0])

main(*sys.argv[1:])
PY

# Where something stands in the examples changes with them.
unplaced() {
    sed -E 's#((england|torbay)/[a-z/-]+\.yaml):[0-9]+:[0-9]+$#\1:…#'
}

says() {
    cd "$T/packs" || exit 1
    echo "\$ reeve check $1"
    if "$program" check "$1" 2>&1; then
        echo "\$ reeve test $1"
        "$program" test "$1" 2>&1
    fi
    cd "$admin/../.." || exit 1
}

program=$REEVE
fresh
for pack in deadline consent panel; do
    says $pack >"$T/got"
    if grep -q " 0 errors, 0 warnings" "$T/got" && grep -q "passed, 0 failed$" "$T/got"; then
        ok "$pack: the change checks, and its stories come out"
    else
        sed 's/^/# /' "$T/got"
        not_ok "$pack: the change checks, and its stories come out"
    fi
done

program=${REEVE_RELEASE:-$REEVE}            # Under sanitizers such findings are made elsewhere.
for file in "$admin"/in-place/*.txt "$admin"/broken/*.txt; do
    name=$(basename "$(dirname "$file")")/$(basename "$file" .txt)
    fresh
    pack=$(python3 "$T/edit.py" "$file" "$T/packs") || { not_ok "$name"; continue; }
    { sed '/^\$/,$d' "$file"; says "$pack" | unplaced; } >"$T/got"
    if [ "$REEVE_EXPECT" = write ]; then
        cp "$T/got" "$file"
    fi
    if diff "$file" "$T/got" >"$T/differs"; then
        ok "$name"
    else
        sed 's/^/# /' "$T/differs"
        not_ok "$name"
    fi
done

# Fifteen mistakes or more, and no two that are told alike.
for file in "$admin"/broken/*.txt; do
    sed -n '/^\$/,$p' "$file" | grep -E ': (error|warning): |^    [a-z0-9-]+\.yaml:[0-9]+: ' |
        grep -v 'D020' | sed 's/^[^ ]*:[0-9]*: //; s/^ *//' | head -1
done >"$T/first"
if [ "$(wc -l <"$T/first")" -ge 15 ] && [ -z "$(sort "$T/first" | uniq -d)" ]; then
    ok "each mistake has words of its own"
else
    sort "$T/first" | uniq -d | sed 's/^/# /'
    not_ok "each mistake has words of its own"
fi
