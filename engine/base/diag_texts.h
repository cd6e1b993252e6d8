/* SPDX-License-Identifier: MIT */
/* diag_texts - what each finding means, at more length than its row in
 * diag_codes.h: the reason, and an example of wrong and of right. `reeve explain
 * CODE` shows it. KEPT: a warning, which a pack may keep with its reason. */
#ifndef ENGINE_BASE_DIAG_TEXTS_H
#define ENGINE_BASE_DIAG_TEXTS_H

#include "engine/base/reserved.h"
#include <stdbool.h>

#define RESERVED_WORD(word) " " word

enum diag_kept { DIAG_STAYS, DIAG_KEPT };
struct diag_text {
    const char *code;
    enum diag_kept kept;
    const char *means, *wrong, *right;
};
const struct diag_text *diag_text_find(const char *code); /* NULL: there is none. */

/* code, whether it can be kept, what it means, wrong, right */
#define DIAG_TEXTS(X)                                                                              \
    X("Y001", STAYS,                                                                               \
      "The file is no YAML: a colon, a quote, a bracket or the indentation is not as "             \
      "YAML wants it. Nothing of the file was read.",                                              \
      "say: Too late: it is over",                                                                 \
      "say: \"Too late: it is over\"")                                                             \
    X("Y002", STAYS,                                                                               \
      "A map says one key twice. Which of the two is meant nobody can tell, and YAML "             \
      "readers differ.",                                                                           \
      "report: {due: 2 weeks after hold, due: 3 weeks after hold}",                                \
      "report: {due: 2 weeks after hold}")                                                         \
    X("Y003", STAYS,                                                                               \
      "YAML can name a value and repeat it elsewhere. A reader would have to search "              \
      "for what stands there, so it is written out; what several things share stands "             \
      "under `each`.",                                                                             \
      "decide: {owner: *officer}",                                                                 \
      "each: {owner: officer}")                                                                    \
    X("Y004", STAYS,                                                                               \
      "A limit on what is read, which no honest pack comes near: bytes of a file, "                \
      "files of a pack, keys in a file, maps within maps.",                                        \
      "processes/all.yaml with 60,000 keys",                                                       \
      "processes/annual-review.yaml, processes/ehc-assessment.yaml")                               \
    X("Y005", STAYS,                                                                               \
      "The file holds bytes that are no text in UTF-8, mostly because an old editor "              \
      "saved it in another encoding. A name with an accent would come out wrong.",                 \
      "title: Ren\\xe9e's form, saved as Windows-1252",                                            \
      "title: the same, saved as UTF-8")                                                           \
    X("Y006", STAYS,                                                                               \
      "A key without a value: it could mean nothing, no, or forgotten. Inside { } a "              \
      "comma ends a value, so that words with a comma need quotes.",                               \
      "{title: Draft, sent to the family}",                                                        \
      "{title: \"Draft, sent to the family\"}")                                                    \
    X("Y007", STAYS,                                                                               \
      "The file is there and could not be read: its rights, a link that leads out of "             \
      "the pack, or the disk.",                                                                    \
      "pack.yaml, a link to a file elsewhere",                                                     \
      "pack.yaml, a file of the folder")                                                           \
    X("R001", STAYS,                                                                               \
      "There is no such key here, so nobody reads what stands under it. Mostly it is "             \
      "misspelt, or belongs to another kind of thing. The rest of the file is checked"             \
      " as if the key were not there.",                                                            \
      "report: {title: Report, owned_by: senco}",                                                  \
      "report: {title: Report, owner: senco}")                                                     \
    X("R002", STAYS,                                                                               \
      "The key is right, and what stands there cannot be its value.",                              \
      "first: maybe",                                                                              \
      "first: true")                                                                               \
    X("R003", STAYS,                                                                               \
      "Something has to be said here and is not. In a file that changes another it "               \
      "often means that the name is misspelt: what was to be a change became a new "               \
      "thing, which is not complete.",                                                             \
      "deadlines: {reprot: {due: 1 week after hold}}",                                             \
      "deadlines: {report: {due: 1 week after hold}}")                                             \
    X("R004", STAYS,                                                                               \
      "Names of fields, events, states, checklists, consents and settings differ from"             \
      " each other, and from the words of moments and of Lua: a condition or a moment"             \
      " says the bare name, and must mean one thing. These words are taken:"                       \
      RESERVED_TABLE(RESERVED_WORD) ".",                                                           \
      "fields: {report: {...}} and events: {report: {...}}",                                       \
      "fields: {report_file: {...}} and events: {report: {...}}")                                  \
    X("R005", STAYS,                                                                               \
      "No state of the process has that name.",                                                    \
      "to: reportng",                                                                              \
      "to: reporting")                                                                             \
    X("R006", STAYS,                                                                               \
      "No event of the process has that name.",                                                    \
      "met_by: hlod",                                                                              \
      "met_by: hold")                                                                              \
    X("R007", KEPT,                                                                                \
      "No field of the process has that name. In a message, the placeholder would "                \
      "come out as '(not known)' in every letter.",                                                \
      "asks: [meetng]",                                                                            \
      "asks: [meeting]")                                                                           \
    X("R008", STAYS,                                                                               \
      "No role of pack.yaml, here or in a pack below, has that name: nobody could do "             \
      "it.",                                                                                       \
      "by: senko",                                                                                 \
      "by: senco")                                                                                 \
    X("R009", STAYS,                                                                               \
      "No checklist, item or consent of the process has that name. Items are written "             \
      "with their list.",                                                                          \
      "needs: [school]",                                                                           \
      "needs: [papers.school]")                                                                    \
    X("R010", STAYS,                                                                               \
      "A deadline names a ground that `excuses` does not have.",                                   \
      "excused_by: [illness]",                                                                     \
      "excused_by: [personal]")                                                                    \
    X("R011", STAYS,                                                                               \
      "The pack and those below have no such message, part or process.",                           \
      "message: decision-mantain",                                                                 \
      "message: decision-maintain")                                                                \
    X("R012", STAYS,                                                                               \
      "A case has to begin somewhere, and in one place only.",                                     \
      "two states with first: true",                                                               \
      "preparing: {title: Preparing, first: true}")                                                \
    X("R013", STAYS,                                                                               \
      "The process and the pack have no setting of that name, or it is not of the "                \
      "kind that is wanted here. A file of changes that sets an unknown one would "                \
      "change nothing.",                                                                           \
      "settings: {report_witin: 8 working days}",                                                  \
      "settings: {report_within: 8 working days}")                                                 \
    X("R014", STAYS,                                                                               \
      "A pack extends itself by way of others, or a pack that does not stand beside "              \
      "it; the same for parts and calendars.",                                                     \
      "extends: /packs/england",                                                                   \
      "extends: ../england")                                                                       \
    X("R015", STAYS,                                                                               \
      "`changes`, `removed` and a list that begins with `...` speak of something in a"             \
      " pack below, and there is nothing of that name.",                                           \
      "events: {moved_awy: removed}",                                                              \
      "events: {moved_away: removed}")                                                             \
    X("R016", KEPT,                                                                                \
      "No event of a state that a case can be in leads there, and nor does the "                   \
      "withdrawal of a consent. Nobody will ever see it.",                                         \
      "checking: {title: Being checked}, with no `to: checking`",                                  \
      "report: {title: Report sent, by: senco, to: checking}")                                     \
    X("R017", KEPT,                                                                                \
      "The clock runs and nothing stops it: every case misses it. Either `met_by` is "             \
      "not there, or what it names cannot happen.",                                                \
      "report: {title: Report, due: 2 weeks after hold, owner: senco}",                            \
      "report: {title: Report, due: 2 weeks after hold, owner: senco, met_by: report}")            \
    X("R018", STAYS,                                                                               \
      "Somebody has to meet a deadline, or it is a right that nobody is chased for. "              \
      "One of the two, not both.",                                                                 \
      "report: {title: Report, due: 2 weeks after hold}",                                          \
      "report: {title: Report, due: 2 weeks after hold, owner: senco}")                            \
    X("R019", STAYS,                                                                               \
      "The language has that key, and this version of reeve does not do it yet. It is"             \
      " refused, since a rule that is silently left out is worse than none.",                      \
      "a key that a later version reads",                                                          \
      "leave it out for now")                                                                      \
    X("R020", KEPT,                                                                                \
      "A signal brings about an event whose own effects send the same signal again. A"             \
      " turn follows eight steps and then refuses all of them.",                                   \
      "ping: {then: [{signal: {to: parent, event: pong}}]} and pong sends ping",                   \
      "only one of the two answers")                                                               \
    X("R021", KEPT,                                                                                \
      "A file at the top of the pack that reeve does not know. Processes, parts, "                 \
      "calendars, messages, lua and scenarios have folders of their own.",                         \
      "torbay/annual-review.yaml",                                                                 \
      "torbay/processes/annual-review.yaml")                                                       \
    X("R022", KEPT,                                                                                \
      "The clock is the law's and counts from an event that can happen more than "                 \
      "once. Counted from the latest it would move each time, and the law would be "               \
      "kept by repeating the event.",                                                              \
      "due: 6 weeks after request",                                                                \
      "due: 6 weeks after first request")                                                          \
    X("R023", KEPT,                                                                                \
      "One event asks for the date the clock counts from, and meets the clock: it is "             \
      "over the moment it begins, and shows nothing.",                                             \
      "next: {due: on next_meeting, met_by: meet} and meet asks next_meeting",                     \
      "next: {due: 12 weeks after meet, met_by: meet}")                                            \
    X("R030", KEPT,                                                                                \
      "The pack below gives values from certain days on. A plain value above it is "               \
      "overruled from the first of those days, and looks as if it held.",                          \
      "settings: {rate: 900}, where the base has `from:`",                                         \
      "settings: {rate: {is: 900, from: {2026-04-01: 950}}}")                                      \
    X("R031", KEPT,                                                                                \
      "A list of a pack takes the place of the pack below's, and something that stood "            \
      "there is not in it: an event asks less, needs less or does less than before. "              \
      "Mostly it was to be added to, and `...` was forgotten.",                                    \
      "propose: {then: [{ask: social_worker}]}",                                                   \
      "propose: {then: [..., {ask: social_worker}]}")                                              \
    X("R040", KEPT,                                                                                \
      "Of rules that take each other's place by `in_force`, one ends before the other"             \
      " begins. A case judged on a day between has no rule at all.",                               \
      "old: {until: 2024-08-19} and new: {from: 2024-09-01}",                                      \
      "old: {until: 2024-09-01} and new: {from: 2024-09-01}")                                      \
    X("R041", KEPT,                                                                                \
      "Of rules that take each other's place by `in_force`, both hold on some days. "              \
      "`until` is the first day on which the old one holds no more.",                              \
      "old: {until: 2024-09-02} and new: {from: 2024-09-01}",                                      \
      "old: {until: 2024-09-01} and new: {from: 2024-09-01}")                                      \
    X("R042", KEPT,                                                                                \
      "Two rules take each other's place, and each is judged on a day of its own. A "              \
      "case could fall in both or in neither.",                                                    \
      "old: {judged_on: opened} and new: {judged_on: course_began}",                               \
      "both: {judged_on: course_began}")                                                           \
    X("R043", STAYS,                                                                               \
      "The rule ends on or before the day it begins.",                                             \
      "in_force: {from: 2025-09-01, until: 2024-09-01}",                                           \
      "in_force: {from: 2024-09-01, until: 2025-09-01}")                                           \
    X("R044", STAYS,                                                                               \
      "A deadline that can stand still has to be counted forwards, in one unit: then "             \
      "some of its days are used and the rest are left. A date counted back from "                 \
      "another, or the earlier of two, has no such days.",                                         \
      "due: 2 weeks before meeting, with paused_while",                                            \
      "due: 2 weeks after asked, with paused_while")                                               \
    X("R045", STAYS,                                                                               \
      "`renamed` says under which name cases of older versions kept a thing. So the old "          \
      "name must be gone, and the new one must be there.",                                         \
      "renamed: {states: {open: here}}, where no state is called here",                            \
      "renamed: {states: {open: here}}, with here: {title: Here, ...} under states")               \
    X("D001", KEPT,                                                                                \
      "A case comes to this state and no event takes it out again, here or "                       \
      "everywhere. It would stay on everybody's list for ever.",                                   \
      "stuck: {title: With the panel}",                                                            \
      "stuck: {title: With the panel, events: {panel_met: {title: The panel has met, "             \
      "by: officer, to: deciding}}}")                                                              \
    X("D002", KEPT,                                                                                \
      "From here a case can go on, but never comes to a state that is final: it goes "             \
      "round for ever and is never closed.",                                                       \
      "waiting and chasing that lead to each other only",                                          \
      "closed: {title: Closed, final: true}, with an event that leads there")                      \
    X("D003", KEPT,                                                                                \
      "There are ways out of this state, and none can be taken: nobody does the "                  \
      "events, the day of the clock's never comes, or their conditions hold for no "               \
      "values.",                                                                                   \
      "lapse: {by: clock, at: 1 week after answer}, the only way out, where nothing "              \
      "brings 'answer'",                                                                           \
      "one event that somebody does, with `to`")                                                   \
    X("D004", KEPT,                                                                                \
      "An event that no role, no clock and no signal brings about. It stands in the "              \
      "file and never on anybody's screen.",                                                       \
      "leave: {title: Left, by: [], to: gone}",                                                    \
      "leave: {title: Left, by: officer, to: gone}")                                               \
    X("D005", KEPT,                                                                                \
      "Of the branches of `to` exactly one may hold. With the values shown two do, "               \
      "and the event is refused, naming both. The values were tried one by one.",                  \
      "to: {kept: decision ~= \"cease\", amending: decision == \"amend\"}",                        \
      "to: {kept: decision == \"maintain\", amending: decision == \"amend\", ceasing: "            \
      "otherwise}")                                                                                \
    X("D006", KEPT,                                                                                \
      "With the values shown none of the branches of `to` holds, and the event is "                \
      "refused: the person has typed a good answer and cannot go on.",                             \
      "to: {small: hours < 10, large: hours > 10}",                                                \
      "to: {small: hours < 10, large: otherwise}")                                                 \
    X("D007", KEPT,                                                                                \
      "All values that could make a difference were tried, and the condition never "               \
      "holds: the branch is never taken, or the event never let through.",                         \
      "only_if: decision == \"keep\" and decision == \"amend\"",                                   \
      "only_if: decision == \"keep\" or decision == \"amend\"")                                    \
    X("D008", KEPT,                                                                                \
      "What the date is counted from is never known: no event asks the field, the "                \
      "event cannot happen, no case comes to the state. The clock never begins, and "              \
      "nobody is ever reminded.",                                                                  \
      "answer: {due: 2 weeks after told}, where nothing asks 'told'",                              \
      "tell: {title: The family was told, by: officer, asks: [told]}")                             \
    X("D009", KEPT,                                                                                \
      "A reminder before the date that stands before the clock even begins, on every "             \
      "day tried; or reminders that all come after the date, when it is late already.",            \
      "report: {due: 2 weeks after hold, remind: [4 weeks before]}",                               \
      "report: {due: 2 weeks after hold, remind: [1 week before, on the day]}")                    \
    X("D010", KEPT,                                                                                \
      "Somebody else hears that it is late before its owner was reminded at all.",                 \
      "remind: [1 week after], escalate: {manager: 1 day after}",                                  \
      "remind: [on the day], escalate: {manager: 1 week after}")                                   \
    X("D011", KEPT,                                                                                \
      "One clock covers the whole, others its steps, each counted from the one "                   \
      "before. If everybody takes all the time the steps give them, the whole is "                 \
      "late. Shown with a day on which it comes out worst.",                                       \
      "whole: 8 weeks after opened; draft: 20 working days after opened; comments: 15"             \
      " days after the draft; issue: 3 weeks after those",                                         \
      "issue: 1 week after those")                                                                 \
    X("D012", KEPT,                                                                                \
      "It says that it is the law's and not which. Everybody who is refused or chased"             \
      " has a right to know, and whoever checks the pack has to look it up.",                      \
      "report: {statutory: true}",                                                                 \
      "report: {statutory: true, law: SEND Regs 2014 reg 20(7)}")                                  \
    X("D013", KEPT,                                                                                \
      "No event, item or opening asks the field, no effect sets it and it is not "                 \
      "worked out: it is always empty. A condition that looks at it is always not "                \
      "known.",                                                                                    \
      "fields: {colour: {...}}, named nowhere else",                                               \
      "note: {title: Noted, by: officer, asks: [colour]}")                                         \
    X("D014", KEPT,                                                                                \
      "A file under messages/ that no effect names. Perhaps the effect was lost; else"             \
      " nobody will keep its words up to date.",                                                   \
      "messages/thanks.md alone",                                                                  \
      "then: [{notify: {who: family, message: thanks}}]")                                          \
    X("D015", KEPT,                                                                                \
      "A consent that no effect asks and no event needs: nothing ever waits for it, "              \
      "and nobody is asked.",                                                                      \
      "consents: {photo: {title: A photo may be taken, from: family}}",                            \
      "hold: {title: Held, by: senco, needs: [photo]}")                                            \
    X("D016", KEPT,                                                                                \
      "No event needs the list, no deadline is met by it, nothing counts from its "                \
      "items and they have no dates of their own. Ticking it changes nothing.",                    \
      "checklists: {papers: {...}}, named nowhere else",                                           \
      "hold: {title: Held, by: senco, needs: [papers]}")                                           \
    X("D017", KEPT,                                                                                \
      "A file that changes a process makes a new thing of every name it does not "                 \
      "know. This one is a letter away from one that is there, which then stays as it"             \
      " was.",                                                                                     \
      "items: {progess: {title: Professional contribution}}",                                      \
      "items: {progress: {title: Professional contribution}}")                                     \
    X("D018", STAYS,                                                                               \
      "`seen_by` hides a field from everybody else, everywhere. A message would tell "             \
      "it all the same, so the pack is refused.",                                                  \
      "looked_after: {seen_by: [head]} and ((looked_after)) in a message to the "                  \
      "family",                                                                                    \
      "see the case ((ref))")                                                                      \
    X("D019", KEPT,                                                                                \
      "E-mail can be read by others. What is marked `personal` is never put into one:"             \
      " in its place stands '(not known)', which reads as if nobody knew.",                        \
      "Born on ((birth)), the pupil ...",                                                          \
      "Case ((ref)): ...")                                                                         \
    X("D020", KEPT,                                                                                \
      "`accepts` keeps a warning that is not found any more: it was mended, or the "               \
      "name has changed. Left there, it would hide the next one of that name.",                    \
      "accepts: {F001: {annual-review.send_report: ...}}, and the limit is 2 weeks "               \
      "again",                                                                                     \
      "no such line")                                                                              \
    X("D021", KEPT,                                                                                \
      "A clock that begins today runs past the last day the calendar knows. Nothing "              \
      "is guessed beyond: its date would be provisional, and move when the calendar "              \
      "is filled in.",                                                                             \
      "known_until: 2026-12-31, with a limit of 12 months",                                        \
      "known_until: 2028-12-31, with the bank holidays and terms until then")                      \
    X("D022", KEPT,                                                                                \
      "The consent is asked, and whatever is answered, everything goes on: no event "              \
      "needs it, it covers no field, no clock is met by it, no condition looks at it.",            \
      "then: [{ask: photo}], and no event that needs it",                                          \
      "publish: {by: officer, needs: [photo]}")                                                    \
    X("M001", STAYS,                                                                               \
      "The words are no moment: a length, a word such as `after`, and a name. The "                \
      "caret stands where reading stopped.",                                                       \
      "due: within 2 weeks of hold",                                                               \
      "due: 2 weeks after hold")                                                                   \
    X("M002", STAYS,                                                                               \
      "A moment counts from a date field, an event, a state, an item's `asked` or "                \
      "`done`, `due of DEADLINE`, `opened` or `occasion`; there is none of that name.",            \
      "due: 2 weeks after meetng",                                                                 \
      "due: 2 weeks after meeting")                                                                \
    X("M003", STAYS,                                                                               \
      "Time limits are counted in days and longer. 'Within 24 hours' is a day, which "             \
      "is what people can keep and prove.",                                                        \
      "due: 24 hours after agree",                                                                 \
      "due: 1 day after agree")                                                                    \
    X("M004", STAYS,                                                                               \
      "Two dates are each worked out from the other, so that neither ever is.",                    \
      "a: 1 day after due of b; b: 1 day after due of a",                                          \
      "a: 1 day after hold; b: 1 day after due of a")                                              \
    X("L001", STAYS,                                                                               \
      "The condition or the file is no Lua. In a one-line condition stands one "                   \
      "expression; anything longer goes into a function under lua/.",                              \
      "only_if: decision = \"keep\"",                                                              \
      "only_if: decision == \"keep\"")                                                             \
    X("L002", STAYS,                                                                               \
      "A condition may say fields, events, states, settings, `on` and the functions "              \
      "listed under Functions of Lua; this is none of them. Options of a choice stand"             \
      " in quotes.",                                                                               \
      "decision == keep",                                                                          \
      "decision == \"keep\"")                                                                      \
    X("L003", STAYS,                                                                               \
      "`{lua: file.function}` names a function that a file under lua/ returns, and "               \
      "there is none.",                                                                            \
      "{lua: grounds.clousre}",                                                                    \
      "{lua: grounds.closure}")                                                                    \
    X("L004", STAYS,                                                                               \
      "The file compiled and raised an error when it was run, which happens once "                 \
      "before each event. Outside of functions it may only make functions and tables.",            \
      "local today = os.time()",                                                                   \
      "local grounds = {}")                                                                        \
    X("L005", STAYS,                                                                               \
      "A function looks at something of the case that the process does not have, or "              \
      "says a name that nothing in the file makes. The first event that comes to this"             \
      " line would be refused.",                                                                   \
      "case.meetng + weeks(2)",                                                                    \
      "case.meeting + weeks(2)")                                                                   \
    X("L006", STAYS,                                                                               \
      "Rules see the case and the calendar and nothing else: no clock, no files, no "              \
      "chance. The same case must come out the same on any machine, years later.",                 \
      "if os.time() > limit then",                                                                 \
      "if case.on > limit then")                                                                   \
    X("L007", KEPT,                                                                                \
      "A function that a file returns and that no condition of this pack names. A "                \
      "national pack may offer it to others: then accept it, with the reason.",                    \
      "function timetable.full_time(case), named nowhere",                                         \
      "refused_if: {full: {is: {lua: timetable.full_time}, say: These hours are full "             \
      "time.}}")                                                                                   \
    X("C001", STAYS,                                                                               \
      "No calendar of this name, or no table in any of them.",                                     \
      "due: next pannel after asked",                                                              \
      "due: next panel after asked")                                                               \
    X("C002", STAYS,                                                                               \
      "A stretch ends before it begins, two overlap, or rows are not in the order of "             \
      "their dates: counting would come out wrong.",                                               \
      "autumn 2026: {from: 2026-12-18, to: 2026-09-03}",                                           \
      "autumn 2026: {from: 2026-09-03, to: 2026-12-18}")                                           \
    X("C003", KEPT,                                                                                \
      "The calendar knows less than eighteen months. Nothing is guessed beyond its "               \
      "last day: dates there are provisional.",                                                    \
      "known_until: 2026-08-31, begun in 2026",                                                    \
      "known_until: 2028-12-31")                                                                   \
    X("C004", STAYS,                                                                               \
      "A file with `school: URN` holds what one school does differently, so that it "              \
      "has to build on the pack's own calendar.",                                                  \
      "school: 900001 alone",                                                                      \
      "school: 900001, extends: torbay")                                                           \
    X("C005", STAYS,                                                                               \
      "A case has one school, and a school one calendar.",                                         \
      "two files with school: 900001",                                                             \
      "one of them")                                                                               \
    X("C006", KEPT,                                                                                \
      "The calendar says that it knows a year, and nobody entered a bank holiday in "              \
      "it. Working days of that year would be counted as if there were none.",                     \
      "known_until: 2028-12-31, with holidays until 2027",                                         \
      "the bank holidays of 2028")                                                                 \
    X("C007", KEPT,                                                                                \
      "A training day is a working day of the school without pupils. On this day "                 \
      "there is no school anyway: a weekend, a holiday, or outside of the terms.",                 \
      "non_pupil_days: {2026-10-24: Training}, a Saturday",                                        \
      "non_pupil_days: {2026-10-23: Training}")                                                    \
    X("C008", KEPT,                                                                                \
      "In one row of a table the dates of two columns stand the other way round than "             \
      "in all other rows: papers that are due after the panel has met.",                           \
      "rows: [[2026-10-08, 2026-10-22], [2026-11-19, 2026-11-05], ...]",                           \
      "rows: [[2026-10-08, 2026-10-22], [2026-11-05, 2026-11-19], ...]")                           \
    X("C009", KEPT,                                                                                \
      "The dates of a table end too soon: what waits for the next of them has no date "            \
      "until there is one.",                                                                       \
      "rows: [[2025-10-09, 2025-10-23]], in 2026",                                                 \
      "rows: [[2025-10-09, 2025-10-23], [2026-10-08, 2026-10-22]]")                                \
    X("C010", KEPT,                                                                                \
      "The day a schedule opens its cases on is counted from something the calendar "              \
      "does not have, so that nothing will ever open.",                                            \
      "opens: start of autumn term, in a calendar without terms",                                  \
      "terms: {autumn 2026: {from: 2026-09-03, to: 2026-12-18}}")                                  \
    X("F001", KEPT,                                                                                \
      "This pack gives a limit of its own beside the law's, and there are days on "                \
      "which it comes out later; one is shown. Nothing breaks: the earlier date "                  \
      "binds, and is the one people are chased for. But whoever reads the pack "                   \
      "expects the other. Working days are longer than they look over Christmas and "              \
      "Easter.",                                                                                   \
      "report_within: 10 working days, where the law says 2 weeks",                                \
      "report_within: 1 week, or no line at all")                                                  \
    X("F002", STAYS,                                                                               \
      "A pack that extends another cannot loosen what that one calls statutory: take "             \
      "it away, ask it less often, excuse it on more grounds, meet it by something "               \
      "else, or lead round what it needs.",                                                        \
      "deadlines: {decide: removed}",                                                              \
      "deadlines: {decide: {title: Letter to the family}}")                                        \
    X("F003", KEPT,                                                                                \
      "An event that meets a clock of the law can now happen in a state where the "                \
      "pack below does not have it. The clock is met there too, perhaps before the "               \
      "thing the law means was done.",                                                             \
      "states: {listed: {events: {decide: {...}}}}, where the law decides in "                     \
      "'deciding'",                                                                                \
      "an event of another name")                                                                  \
    X("F004", STAYS,                                                                               \
      "The law itself sets this date, so no decision of the authority's can move it. A "           \
      "pack that extends the law's can set an earlier date of its own: that one can be "           \
      "extended, up to the law's.",                                                                \
      "decide: {due: 6 weeks after asked, statutory: true, extends: {...}}",                       \
      "decide: {due: 4 weeks after asked, extends: {...}}, in a pack over the one where "          \
      "the law says 6 weeks")                                                                      \
    X("F005", KEPT,                                                                                \
      "The pack's own limit comes out later than the law's on every day there is, so "             \
      "that it never counts: the law's date binds each time. People who read the pack "            \
      "would think that they have longer than they have.",                                         \
      "report_within: 3 weeks, where the law says 2 weeks",                                        \
      "report_within: 10 days")                                                                    \
    X("S001", STAYS,                                                                               \
      "The scenario is not as the language of scenarios wants it, or names what the "              \
      "process does not have. The keys stand in docs/keys.md.",                                    \
      "- {on: 2026-01-05, do: hold}",                                                              \
      "- {date: 2026-01-05, do: hold}")                                                            \
    X("S002", KEPT,                                                                                \
      "The pack has no stories: nothing would show that a change breaks it.",                      \
      "an empty scenarios/",                                                                       \
      "scenarios/first-review.yaml")                                                               \
    X("S003", KEPT,                                                                                \
      "No story of the pack says that a case comes to this state, or does an event "               \
      "that leads there alone. `reeve test --coverage` plays them and tells what else"             \
      " they miss.",                                                                               \
      "no step that comes to 'ceased'",                                                            \
      "- {date: 2026-05-01, do: cease, expect: {state: ceased}}")

#endif
