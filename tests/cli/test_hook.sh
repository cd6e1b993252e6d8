#!/bin/sh
# SPDX-License-Identifier: MIT
# examples/hooks in a repository of its own: what git refuses to commit, and what it lets through.
. tests/cli/kit.sh
if ! command -v git >/dev/null; then
    echo "skip - the hooks: git is not installed"
    exit 0
fi
unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE
export HOME="$T" GIT_CONFIG_NOSYSTEM=1 REEVE
cd "$T" && git init -q ours && cd ours || exit 1
git config user.name "A. Admin"
git config user.email admin@example.org
cp -R "$HERE/tests/packs/good/law" "$HERE/tests/packs/good/town" . && "$REEVE" fmt law town >"$T/out"
cp "$E/hooks/pre-commit" .git/hooks/
head=none

# lets NAME / stops NAME WORDS: whether what is staged is committed, and why not.
lets() {
    git commit -q -m "$1" >"$T/out" 2>"$T/err" && head=$(git rev-parse HEAD) && ok "$1" || not_ok "$1"
}
stops() {
    if git commit -q -m "$1" >"$T/out" 2>"$T/err"; then
        not_ok "$1"
    elif grep -q -- "$2" "$T/err" && grep -q "nothing was committed" "$T/err" &&
        [ "$(git rev-parse HEAD)" = "$head" ]; then
        ok "$1"
    else
        not_ok "$1"
    fi
    git reset -q --hard
}
visit=town/processes/visit.yaml

git add -A
lets "good packs are committed"
sed -i 's/report_within: 1 week/report_within:   1 week/' $visit && git add -A
stops "what is not tidy is stopped" "not tidy $visit"
sed -i 's/report_within/report_withn/' $visit && git add -A
stops "what has errors is stopped" "report_withn"
sed -i 's/1 week/6 days/' $visit && git add -A
stops "what makes a story fail is stopped" "expected report due"
sed -i 's/^pack: law/pack: order/' law/pack.yaml && git add -A
stops "what breaks a pack that extends it is stopped" "reeve check town"
printf '\n\n# tidy\n' >>$visit && git add -A && git show HEAD:$visit >$visit
stops "what is staged counts, not the folder" "not tidy $visit"
printf '# one more remark\n' >>$visit && git add -A && echo 'broken: [' >>$visit
lets "what is not staged is not asked"
git checkout -q -- $visit
echo 'A note' >note.txt && printf 'broken: [' >>$visit && git add note.txt
lets "other files are none of its business"
git checkout -q -- $visit
echo '# x' >>$visit && git add -A
(REEVE=nowhere git commit -q -m x) 2>"$T/err"
grep -q "no program 'nowhere'" "$T/err" && [ "$(git rev-parse HEAD)" = "$head" ] &&
    ok "without the program it says so" || not_ok "without the program it says so"
git commit -q --no-verify -m "all the same" && ok "and who insists may" || not_ok "and who insists may"
[ -z "$(git status --short)" ] && ok "nothing is left behind" || not_ok "nothing is left behind"

# --- for pre-commit: what it would run, on the files it would name -----------------------------
config=$E/hooks/pre-commit-config.yaml
run 0 fmt "$config" --check && ok "its own file is tidy" || not_ok "its own file is tidy"
mkdir "$T/bin" && ln -s "$REEVE" "$T/bin/reeve"
PATH=$T/bin:$PATH
pattern=$(sed -n 's/^ *files: //p' "$config")
named=$(git ls-files | grep -E "$pattern")
[ "$(printf '%s\n' "$named" | wc -l)" -gt 6 ] && ! printf '%s\n' "$named" | grep -qv '\.yaml$' &&
    ok "it names the packs' files" || not_ok "it names the packs' files"
sed -n 's/torbay/town/; s/^ *entry: //p' "$config" >"$T/entries"
[ "$(wc -l <"$T/entries")" -eq 3 ] && ok "it has three hooks" || not_ok "it has three hooks"
while read -r entry; do
    case $entry in
    *fmt*) set -- $named ;;
    *) set -- ;;
    esac
    $entry "$@" >"$T/out" 2>"$T/err" </dev/null && ok "$entry" || not_ok "$entry"
done <"$T/entries"
