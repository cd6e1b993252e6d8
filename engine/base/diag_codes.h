/* SPDX-License-Identifier: MIT */
/* diag_codes - the stable code of every finding: one row, read by the loader,
 * by `reeve explain CODE`, by the docs and by the test that wants a golden
 * file for each. What it means at length stands in diag_texts.h.
 * Y: YAML as such; R: the rule language; D: what the domain asks; M: moments;
 * L: Lua; C: calendars; F: the law's floor; S: scenarios. A code is never used
 * again for something else. */
#ifndef ENGINE_BASE_DIAG_CODES_H
#define ENGINE_BASE_DIAG_CODES_H

#include <stddef.h>

struct diag_code {
    const char *code, *title, *hint;
};
const struct diag_code *diag_codes(size_t *count);          /* The whole table. */
const struct diag_code *diag_code_find(const char *code);   /* NULL: there is none. */

/* code, title, what to do */
#define DIAG_TABLE(X)                                                                             \
    X("Y001", "not YAML", "mend the line; the caret stands where reading stopped")                \
    X("Y002", "a key stands twice", "keep one of the two")                                        \
    X("Y003", "tags, anchors and aliases are refused", "write the value out")                     \
    X("Y004", "too large, too deep or too many", "split the file")                                \
    X("Y005", "not UTF-8", "save the file as UTF-8")                                              \
    X("Y006", "an empty value",                                                                   \
      "give a value, or remove the key; inside { } a comma ends a value")                         \
    X("Y007", "a file cannot be read", "check that it is there and readable")                     \
    X("R001", "an unknown key", "see the nearest one, or docs/keys.md for all keys")              \
    X("R002", "a value of the wrong kind", "see the key in docs/keys.md")                         \
    X("R003", "a key is missing", "add it")                                                       \
    X("R004", "a name is used twice or is reserved", "choose another name")                       \
    X("R005", "an unknown state", "name a state of this process")                                 \
    X("R006", "an unknown event", "name an event of this process")                                \
    X("R007", "an unknown field", "name a field of this process")                                 \
    X("R008", "an unknown role", "name a role of pack.yaml")                                      \
    X("R009", "an unknown checklist, item or consent", "name one of this process")                \
    X("R010", "an unknown excuse", "name a ground under `excuses`")                               \
    X("R011", "an unknown message or part or process", "add the file, or mend the name")          \
    X("R012", "no first state, or several", "mark exactly one state `first: true`")               \
    X("R013", "an unknown setting", "name a setting of the process or pack")                      \
    X("R014", "extends or uses in a circle, or not found", "check `extends` and `uses`")          \
    X("R015", "nothing to change or remove there", "name what the base has")                      \
    X("R016", "a state nothing leads to", "lead an event to it, or remove it")                    \
    X("R017", "a deadline that nothing meets", "give `met_by`")                                   \
    X("R018", "a deadline without an owner", "give `owner`, or `right_of`")                       \
    X("R019", "not in this version of reeve", "leave it out for now")                             \
    X("R020", "signals go in a circle", "break the circle")                                       \
    X("R021", "a file that is not read", "move it to where it belongs, or delete it")             \
    X("R022", "which time is meant?", "write `first X` or `latest X`")                            \
    X("R023", "a deadline that is met as it begins", "count from the event: `2 weeks after X`")   \
    X("R030", "a change that later values overrule", "change the dated values as well")           \
    X("R031", "a list that took more away than it gives",                                         \
      "begin the list with `...` to keep what it has")                                            \
    X("R040", "regimes leave a gap", "let one begin on the day the other ends")                   \
    X("R041", "regimes overlap", "let one end on the day the other begins")                       \
    X("R042", "regimes are judged on different days", "give both the same `judged_on`")           \
    X("R043", "a time in which nothing holds", "let `from` be before `until`")                    \
    X("R044", "a date that nothing can stop", "count it forwards, in one unit: `2 weeks after X`") \
    X("R045", "a renaming that does not fit", "write the old name, and the one it has now")       \
    X("D001", "a dead end", "add an event with `to`, or mark the state `final: true`")            \
    X("D002", "a case that can never end", "lead an event to a final state")                      \
    X("D003", "a state nobody can leave", "open one of its ways out")                             \
    X("D004", "an event that nobody does", "name in `by` who does it")                            \
    X("D005", "two branches hold at once", "let them exclude each other, or write `otherwise`")   \
    X("D006", "no branch holds", "add a branch for it, or make one `otherwise`")                  \
    X("D007", "a condition that never holds", "mend it, or leave the branch out")                 \
    X("D008", "a deadline that never begins", "ask for what it counts from")                      \
    X("D009", "a reminder that comes too late", "remind before the day, or on it")                \
    X("D010", "others hear of it before its owner", "remind the owner first")                     \
    X("D011", "steps that take longer than the whole", "shorten a step, or start it earlier")     \
    X("D012", "no clause is named", "say which, as `law: SEND Regs 2014 reg 20(7)`")              \
    X("D013", "a field that nothing fills", "ask it with an event, or take it out")               \
    X("D014", "a message that nothing sends", "send it with `notify`, or delete the file")        \
    X("D015", "a consent that is never asked", "ask it (`ask:`), or name it in `needs`")          \
    X("D016", "a checklist that nothing waits for", "name it in an event's `needs`")              \
    X("D017", "a name that looks misspelt", "write the name that is meant")                       \
    X("D018", "a message shows what its reader may not see", "leave it out of the message")       \
    X("D019", "a personal field in a message", "leave it out: the reader opens the case")         \
    X("D020", "nothing of that kind is found", "take it out of `accepts`")                        \
    X("D021", "a clock runs beyond the calendar",                                                 \
      "add its next years (`reeve calendar import`), and move `known_until` to where they end")   \
    X("D022", "a consent that nothing waits for",                                                 \
      "name it in `needs` of the event that must wait for it")                                    \
    X("M001", "not a moment", "see docs/rules.md, Moments")                                       \
    X("M002", "an unknown anchor", "name a field, event, state or item")                          \
    X("M003", "hours are not counted", "write days: `1 day after X`")                             \
    X("M004", "moments that hang on each other in a circle", "break the circle")                  \
    X("L001", "Lua that does not compile", "mend it at the place named")                          \
    X("L002", "an unknown name in a condition", "name a field, event or setting")                 \
    X("L003", "no such Lua function", "check the file and the function's name")                   \
    X("L004", "a Lua file failed to load", "mend it at the place named")                          \
    X("L005", "an unknown name in a Lua file", "name a field, event, item or setting")            \
    X("L006", "Lua that reads what it may not", "use what docs/lua.md lists, Functions")          \
    X("L007", "a Lua function that nothing asks", "name it in a condition, or take it out")       \
    X("C001", "an unknown calendar or table", "name one of the pack's calendars")                 \
    X("C002", "dates out of order or overlapping", "put them in order")                           \
    X("C003", "the calendar ends too soon",                                                       \
      "add its next years (`reeve calendar import`), and move `known_until` to where they end")   \
    X("C004", "a school's calendar that does not extend the pack's", "write `extends`")           \
    X("C005", "two calendars of one school", "keep one of the two")                               \
    X("C006", "a year without bank holidays", "add them, or end `known_until` before it")         \
    X("C007", "a non-pupil day without school", "check the date")                                 \
    X("C008", "dates of a row the other way round", "put them in the order of the columns")       \
    X("C009", "a table of dates that is over", "add its next dates")                              \
    X("C010", "a schedule that the calendar does not reach", "add the days it is counted from")   \
    X("F001", "the law's date is earlier",                                                        \
      "nothing breaks: the law binds; shorten the local limit")                                   \
    X("F002", "the law cannot be loosened here", "remove the change")                             \
    X("F003", "the law's clock is met somewhere else", "use an event of another name")            \
    X("F004", "the law's date cannot be extended", "remove `extends`, or say the pack's own date") \
    X("F005", "a limit that never counts",                                                        \
      "the law's date binds on every day: shorten the local limit, or take it out")               \
    X("S001", "a scenario that cannot be read", "mend the scenario file")                         \
    X("S002", "no scenarios", "add one under scenarios/")                                         \
    X("S003", "a state that no scenario comes to", "add a story that goes there")

#endif
