#!/bin/sh
# SPDX-License-Identifier: MIT
# Bytes that are not text, in the places where they could end up in a case or a published pack.
. tests/cli/kit.sh
. tests/attack/small_pack.sh

# --- what a script says when it fails ----------------------------------------------------------
# The clock's event is refused, and the case keeps the reason: it must stay readable for ever.
small_pack "$T/says"
sed -i 's/^      note: .*/      late: {title: Late, by: clock, at: 1 day after opened, only_if: {lua: x.f}, to: two}/' \
    "$T/says/processes/p.yaml"
n=0
while read -r body; do
    n=$((n + 1))
    rm -rf "$REEVE_DB"*
    printf 'local m = {}\nfunction m.f(case) %s end\nreturn m\n' "$body" >"$T/says/lua/x.lua"
    run 0 publish "$T/says" && run 0 open says/p who=x && run 0 tick --now 2026-10-05T09:00 ||
        not_ok "script $n: published, opened, its clock run" "ended with $got"
    if run 0 case 1 --json && python3 -c 'import json, sys; json.load(open(sys.argv[1]))' "$T/out"; then
        ok "script $n: the case can still be read"
    else
        not_ok "script $n: the case can still be read" "after: $body"
    fi
    said "script $n: and verifies" ": 0 wrong" verify
done <<'BODIES'
error(string.char(255, 254))
error(("\u{e9}"):rep(8000))
error("x" .. ("\u{e9}"):rep(8000))
return false, ("\u{20ac}"):rep(9000)
return false, "a" .. ("\u{20ac}"):rep(9000)
error("a\0b\27[2J")
BODIES

# --- names of files ----------------------------------------------------------------------------
rm -rf "$REEVE_DB"*
small_pack "$T/named"
printf 'local m = {}\nreturn m\n' >"$T/named/lua/$(printf 'caf\351').lua"
refused "a file whose name is not UTF-8" 2 input "is not UTF-8" publish "$T/named"
rm "$T/named/lua/"*
printf '# Told\n\nWords.\n' >"$T/named/messages/$(printf '\377').md"
refused "nor a message's" 2 input "is not UTF-8" publish "$T/named"
rm "$T/named/messages/"*
run 0 publish "$T/named" && said "without it the pack is published and works" "opened" open named/p who=x

# --- as editors on Windows save files ----------------------------------------------------------
rm -rf "$REEVE_DB"*
small_pack "$T/windows"
printf 'local m = {}\nfunction m.f(case) return true end\nreturn m\n' >"$T/windows/lua/x.lua"
printf '# Told ((ref))\n\nWords.\n' >"$T/windows/messages/told.md"
tells='then: [{notify: {who: senco, message: told}}]'
sed -i "s/go: {title: Go,/go: {title: Go, only_if: {lua: x.f},/
s/note: {title: Note, by: \\[senco, officer\\]}/note: {title: Note, by: officer, $tells}/" \
    "$T/windows/processes/p.yaml"
find "$T/windows" -type f | while read -r file; do
    printf '\357\273\277' >"$T/marked"
    sed 's/$/\r/' "$file" >>"$T/marked"
    cp "$T/marked" "$file"
done
said "files with a mark and CRLF are read" " 0 errors, " check "$T/windows"
run 0 publish "$T/windows" && run 0 open windows/p who=x && said "and work" "Two" do 1 go when=2026-11-02
said "and verify" ": 0 wrong" verify
