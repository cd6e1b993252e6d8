#!/bin/sh
# SPDX-License-Identifier: MIT
# Proof: taken by what it is, kept with the event that names it, written out again as it was.
. tests/cli/kit.sh
set_up
OUT=$T/again.txt
printf 'Dear all,\nwe agree.\n' >"$T/letter.txt"
cp "$T/letter.txt" "$T/copy.txt"
printf '%%PDF-1.7 a plan' >"$T/plan.pdf"
cp "$T/plan.pdf" "$T/plan.docx"
printf 'MZ' >"$T/tool.pdf"
: >"$T/empty.txt"
mkfifo "$T/pipe.txt"
head -c 26214401 /dev/zero | tr '\0' 'x' >"$T/large.txt"
head -c 10485761 /dev/zero | tr "\0" x >"$T/ten.txt"
counted() {
    python3 - "$REEVE_DB" "$1" <<'PY'
import sqlite3, sys
print(sqlite3.connect(sys.argv[1]).execute(sys.argv[2]).fetchone()[0])
PY
}

# --- refused, and nothing is kept ---------------------------------------------------------------
for row in \
    "a name that says otherwise|plan.docx|its name ends otherwise" \
    "a program|tool.pdf|it is a program" \
    "an empty file|empty.txt|it is empty" \
    "a pipe nobody writes|pipe.txt|a pipe or a device" \
    "a file that is too large|large.txt|larger than 25 MB"; do
    name=${row%%|*} rest=${row#*|}
    refused "$name is refused" 1 "$(case $name in *large*) echo limit ;; *) echo input ;; esac)" \
        "${rest#*|}" item 1 papers.family_views done --file "$T/${rest%%|*}"
done
refused "a device is refused" 1 input "a pipe or a device" \
    item 1 papers.family_views done --file /dev/zero
refused "a folder is refused" 1 input "is a folder" item 1 papers.family_views done --file "$T"
refused "more than this pack takes is refused" 1 input "takes up to 10 MB" \
    item 1 papers.family_views done --file "$T/ten.txt"
[ "$(counted 'SELECT count(*) FROM file')" = 0 ] && ok "nothing of them is kept" ||
    not_ok "nothing of them is kept"

# --- kept ----------------------------------------------------------------------------------------
said "a case without files says so" "No files were handed in" file 1
said "a file is handed in" "Recorded\|AR-26-0001" \
    item 1 papers.family_views done --file "$T/letter.txt"
said "the case shows its name" "letter.txt" case 1
said "it is listed with its size" "letter.txt, 20 bytes" file 1
run 0 file 1 letter.txt -o "$OUT" && cmp -s "$T/letter.txt" "$OUT" &&
    ok "it is written out as it was" || not_ok "it is written out as it was"
[ "$(stat -c %a "$OUT")" = 600 ] && ok "only its owner may read it" ||
    not_ok "only its owner may read it"
refused "nothing is overwritten" 1 conflict "there already" file 1 letter.txt -o "$OUT"
rm -f "$OUT"
said "it is found by what it proves" "Written and checked" file 1 papers.family_views -o "$OUT"
rm -f "$OUT"
digest=$(sha256sum "$T/letter.txt" | cut -c1-12)
said "and by its digest" "Written and checked" file 1 "$digest" -o "$OUT"
refused "a misspelt name has a near one" 1 unknown "did you mean 'letter.txt'" \
    file 1 leter.txt -o "$T/none"
run 0 item 1 papers.child_views done --file "$T/copy.txt" || not_ok "a second item is done"
[ "$(counted 'SELECT count(*) FROM file')" = 1 ] && ok "the same twice is kept once" ||
    not_ok "the same twice is kept once"
run 0 verify && ok "verify finds all files" || not_ok "verify finds all files"

# --- copied, changed, lost -----------------------------------------------------------------------
run 0 backup "$T/copy.db" && REEVE_DB=$T/copy.db run 0 file 1 letter.txt -o "$T/third.txt" &&
    cmp -s "$T/letter.txt" "$T/third.txt" && ok "a backup holds it" || not_ok "a backup holds it"
python3 - "$REEVE_DB" <<'PY'
import sqlite3, sys
base = sqlite3.connect(sys.argv[1])
base.execute("UPDATE file SET content = CAST('we do not agree' AS BLOB)")
base.commit()
PY
run 1 verify && grep -q "is not what was handed in" "$T/out" "$T/err" &&
    ok "verify finds a file that was changed" || not_ok "verify finds a file that was changed"
refused "and it is not written out" 2 damaged "not what was handed in" \
    file 1 letter.txt -o "$T/never.txt"
[ ! -e "$T/never.txt" ] && ok "nothing is left of it" || not_ok "nothing is left of it"
python3 - "$REEVE_DB" <<'PY'
import sqlite3, sys
base = sqlite3.connect(sys.argv[1])
base.execute("DELETE FROM file")
base.commit()
PY
run 1 verify && grep -q "is not in the database" "$T/out" "$T/err" &&
    ok "verify finds a file that is gone" || not_ok "verify finds a file that is gone"
