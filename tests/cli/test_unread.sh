#!/bin/sh
# SPDX-License-Identifier: MIT
# A file that is not read because of its name is named: nobody finds out otherwise that the rules in
# it are not in force, or that its story is not played.
. tests/cli/kit.sh
unset REEVE_DB
cd "$T" || exit 1
run 0 new town && "$REEVE" check town 2>&1 | grep -q "0 warnings" && ok "a new pack is whole" ||
    not_ok "a new pack is whole"
cp town/processes/request.yaml town/processes/other.yml
cp town/scenarios/request-answered.yaml town/scenarios/Again.YAML
mkdir town/lua
echo "return {}" >town/lua/sums.LUA
echo "see you" >town/lua/notes.txt
echo "secret" >town/processes/.hidden.yml
"$REEVE" check town >"$T/all" 2>&1
for file in processes/other.yml scenarios/Again.YAML lua/sums.LUA; do
    grep -qF "this file is not read [R021 $file]" "$T/all" && ok "$file is named" ||
        not_ok "$file is named" "$(cat "$T/all")"
done
grep -q "1 process, 0 errors, 3 warnings" "$T/all" && ok "other files are nobody's business" ||
    not_ok "other files are nobody's business" "$(cat "$T/all")"
