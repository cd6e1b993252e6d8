/* SPDX-License-Identifier: MIT */
#include "rules/keys.h"

#include "engine/base/text.h"
#include <string.h>

/* Whose, key, shape, of, words, required, what it means, example. All came with 0.1. */
#define KEY(whose, key, kind, below, words, need, doc, example)                                   \
    { OWNER_##whose, key, SHAPE_##kind, OWNER_##below, words, need, "0.1", doc, example },
#define MUST_BE true
#define MAY_BE false

/* What any rule may say of the time in which it holds. */
#define IN_FORCE_KEY(whose)                                                                       \
    KEY(whose, "in_force", ONE, IN_FORCE, NULL, MAY_BE,                                           \
        "From when until when it holds, judged on one day of each case. Without it: always.",     \
        "in_force: {from: 2024-09-01, judged_on: opened}")

/* What a clock may say, wherever it stands. */
#define CLOCK_KEYS(whose)                                                                         \
    KEY(whose, "owner", NAME, NONE, NULL, MAY_BE,                                                 \
        "The role that has to meet it, or a checklist's item whose role has to. Every deadline "  \
        "has an owner, or is a right (`right_of`).",                                              \
        "owner: senco")                                                                           \
    KEY(whose, "right_of", NAME, NONE, NULL, MAY_BE,                                              \
        "In place of `owner`: the role whose right it is (to appeal, to reply). Shown, never "    \
        "chased, never overdue.",                                                                 \
        "right_of: family")                                                                       \
    KEY(whose, "statutory", YES_NO, NONE, NULL, MAY_BE,                                           \
        "The law sets it. A pack that extends this one cannot loosen or remove it. "              \
        "Without it: no.",                                                                        \
        "statutory: true")                                                                        \
    KEY(whose, "law", TEXT, NONE, NULL, MAY_BE,                                                   \
        "The act, regulation or guidance it comes from. Shown with every date.",                  \
        "law: SEND Regs 2014 reg 20(4)")                                                          \
    KEY(whose, "ends_with", NAMES, NONE, NULL, MAY_BE,                                            \
        "States in which it is no longer owed: entering one cancels it. A final state always "    \
        "does.",                                                                                  \
        "ends_with: [maintained, ceasing]")                                                       \
    KEY(whose, "excused_by", NAMES, NONE, NULL, MAY_BE,                                           \
        "The grounds under `excuses` that may take it away. Without it: none.",                   \
        "excused_by: [personal, away]")                                                           \
    KEY(whose, "only_if", CONDITION, NONE, NULL, MAY_BE,                                          \
        "When it is owed at all. While that is not known an item is needed, and no clock runs.",   \
        "only_if: has_plan")                                                                      \
    KEY(whose, "roll", WORD, NONE, "next working day", MAY_BE,                                    \
        "What happens to a date that does not count. Without it the date stays where it is, "     \
        "as most of the law has it.",                                                             \
        "roll: next working day")                                                                 \
    KEY(whose, "calendar", NAME, NONE, NULL, MAY_BE,                                              \
        "The calendar it counts by. Without it: the process's, else the pack's own; what the "    \
        "law sets counts by the calendar of the pack that wrote it.",                             \
        "calendar: tribunal")                                                                     \
    KEY(whose, "remind", REMIND_LUA, NONE, NULL, MAY_BE,                                          \
        "When the owner is reminded, around the do-by date; `none` for never; or a function "     \
        "that gives a list of dates and such words. Without it: the pack's `usual`.",             \
        "remind: [1 week before, on the day, every week after]")                                  \
    KEY(whose, "to", NAMES, NONE, NULL, MAY_BE,                                                   \
        "The role or roles that are reminded in place of the owner.",                             \
        "to: [senco, head]")                                                                      \
    KEY(whose, "escalate", VALUES, NONE, NULL, MAY_BE,                                            \
        "Who else hears of it, and when, around the do-by date: one or several rungs a role.",    \
        "escalate: {head: [on the day, 1 week after], manager: 2 weeks after}")                   \
    IN_FORCE_KEY(whose)                                                                           \
    KEY(whose, "extends", ONE, EXTENDS, NULL, MAY_BE,                                             \
        "How far a person may move its date, and on which grounds. Only a date of the pack's "    \
        "own, and never past the law's. Without it: not at all.",                                 \
        "extends: {limit: 2 weeks, by: officer, grounds: [away]}")                                \
    KEY(whose, "paused_while", SOME, PAUSED_WHILE, NULL, MAY_BE,                                  \
        "What stops the clock, and what lets it go on; several times, if need be. Without it: "   \
        "nothing.",                                                                               \
        "paused_while: {from: ask_family, until: family_answers}")                                \
    KEY(whose, "missed_for", NAMES, NONE, NULL, MAY_BE,                                           \
        "The grounds under `excuses` that may be put on record for having missed it. It stays "   \
        "missed. Without it: none.",                                                              \
        "missed_for: [staff, partner_late]")                                                      \
    KEY(whose, "cut_off", TIME, NONE, NULL, MAY_BE,                                               \
        "The hour at which the last day ends: what comes later on that day is late. What "        \
        "happened on an earlier day than it was recorded counts by its day alone. Without it: "    \
        "midnight.",                                                                              \
        "cut_off: \"12:00\"")

/* The old name, and the new. */
#define RENAMED_KEY(what, one, example)                                                           \
    KEY(RENAMED, what, TEXTS, NONE, NULL, MAY_BE, one ", each with the name it has now.", example)
#define RENAMED_KEYS                                                                              \
    RENAMED_KEY("states", "States by their old names", "states: {checking: deciding}")            \
    RENAMED_KEY("events", "Events by their old names", "events: {check: decide}")                 \
    RENAMED_KEY("fields", "Fields by their old names", "fields: {date_of_meeting: meeting}")      \
    RENAMED_KEY("deadlines", "Deadlines by their old names", "deadlines: {check: decide}")        \
    RENAMED_KEY("checklists", "Checklists by their old names", "checklists: {reports: papers}")   \
    RENAMED_KEY("items", "Items by their old names, with their list",                             \
                "items: {papers.head: papers.school}")                                            \
    RENAMED_KEY("consents", "Consents by their old names",                                        \
                "consents: {agreement: parent_agreement}")                                        \
    RENAMED_KEY("excuses", "Grounds by their old names", "excuses: {ill: personal}")

/* What a process and a part may both hold. */
#define PROCESS_KEYS(whose)                                                                       \
    KEY(whose, "title", TEXT, NONE, NULL, MAY_BE, "What people call it.",                         \
        "title: Annual review of an EHC plan")                                                    \
    KEY(whose, "subject", WORD, NONE, "child|school|authority|person", MAY_BE,                    \
        "What a case of it is about.", "subject: child")                                          \
    KEY(whose, "law", TEXT, NONE, NULL, MAY_BE, "The law the process as a whole rests on.",       \
        "law: Children and Families Act 2014 s.44")                                               \
    KEY(whose, "uses", NAMES, NONE, NULL, MAY_BE,                                                 \
        "Files under parts/ that are put in before this one.", "uses: [child]")                   \
    KEY(whose, "opens", ONE, OPENS, NULL, MAY_BE, "Who opens a case, and what they are asked.",   \
        "opens: {by: [officer, senco], asks: [child], one_per: child}")                           \
    KEY(whose, "calendar", NAME, NONE, NULL, MAY_BE,                                              \
        "The calendar its clocks count by. Without it: the pack's own.", "calendar: tribunal")    \
    KEY(whose, "settings", MAP, SETTING, NULL, MAY_BE,                                            \
        "The numbers an authority changes most: lengths of time, limits, tables. A setting that " \
        "is a length may stand in any moment by its name.",                                       \
        "settings:\n  report_within: {title: The school's report, is: 2 weeks}")                  \
    KEY(whose, "fields", MAP, FIELD, NULL, MAY_BE, "What the case knows.",                        \
        "fields:\n  meeting: {type: date, label: Date of the review meeting}")                    \
    KEY(whose, "events", MAP, EVENT, NULL, MAY_BE,                                                \
        "What can happen in every state that is not final.",                                      \
        "events:\n  moved_away: {title: Moved to another authority, by: officer, to: closed}")    \
    KEY(whose, "states", MAP, STATE, NULL, MAY_BE,                                                \
        "Where a case can stand, in the order people think of them.",                             \
        "states:\n  preparing: {title: Preparing for the meeting, first: true}")                  \
    KEY(whose, "deadlines", MAP, DEADLINE, NULL, MAY_BE, "The clocks.",                           \
        "deadlines:\n  circulate: {title: Circulate the advice, owner: senco,\n"                  \
        "              due: at least 2 weeks before meeting, met_by: papers}")                    \
    KEY(whose, "checklists", MAP, CHECKLIST, NULL, MAY_BE, "Things asked for and handed in.",     \
        "checklists:\n  papers: {title: Papers, items: {school: {title: School, by: head}}}")     \
    KEY(whose, "consents", MAP, CONSENT, NULL, MAY_BE, "Agreements that a step needs.",           \
        "consents:\n  parent: {title: A parent agrees, from: family}")                            \
    KEY(whose, "excuses", MAP, EXCUSE, NULL, MAY_BE, "Grounds on which a time limit falls away.", \
        "excuses:\n  personal: {title: Exceptional circumstances, by: officer}")                  \
    KEY(whose, "schedule", ONE, SCHEDULE, NULL, MAY_BE,                                           \
        "Opens cases by itself, each time a day comes round. The day is the anchor `occasion`.",  \
        "schedule: {every: year, opens: 1 September, for: each school}")                          \
    KEY(whose, "renamed", ONE, RENAMED, NULL, MAY_BE,                                             \
        "What became what since an earlier version, for cases that are moved to this one.",       \
        "renamed: {states: {checking: deciding}}")

static const struct key keys[] = {
    /* --- pack.yaml --- */
    KEY(PACK, "pack", NAME, NONE, NULL, MUST_BE,
        "The pack's name: the same as its folder's.", "pack: torbay")
    KEY(PACK, "title", TEXT, NONE, NULL, MUST_BE,
        "What people call it.", "title: Torbay Council SEND processes")
    KEY(PACK, "extends", TEXT, NONE, NULL, MAY_BE,
        "The pack this one builds on: a folder beside it. This pack then holds only what differs.",
        "extends: ../england")
    KEY(PACK, "roles", MAP, ROLE, NULL, MAY_BE,
        "Who acts in the processes. Every role a process names stands here or in a pack below.",
        "roles:\n  senco: {title: SENCO, of: school, otherwise: head}")
    KEY(PACK, "reminders", ONE, REMINDERS, NULL, MAY_BE,
        "When people are reminded, unless a deadline says otherwise.",
        "reminders: {at: \"08:00\", usual: [1 week before, on the day, every week after]}")
    KEY(PACK, "settings", MAP, SETTING, NULL, MAY_BE,
        "Settings for all processes. `notice: ordinary` counts `at least 2 weeks before` as 14 "
        "days; without it, or with `notice: clear`, as 14 whole days between.",
        "settings:\n  notice: clear")
    KEY(PACK, "accepts", VALUES, NONE, NULL, MAY_BE,
        "Warnings of `reeve check` that are meant, each with the reason: by code, then by what the "
        "warning stands for in its square brackets. They are listed in one line from then on. One "
        "that is no longer found is a finding itself.",
        "accepts:\n  F001:\n    annual-review.send_report: The law binds; 10 working days is what "
        "schools know.")
    KEY(PACK, "files", ONE, FILES, NULL, MAY_BE,
        "Which files are taken as proof, wherever one is given. Without it: all kinds that are "
        "known, up to 10 MB.",
        "files: {types: [pdf, docx, jpg], up_to: 5 MB}")
    KEY(FILES, "types", NAMES, NONE, NULL, MAY_BE,
        "The kinds: pdf, docx, xlsx, odt, jpg, png, heic, txt or eml. What a file is, its first "
        "bytes say, and its name must agree. Without it: all of them.",
        "types: [pdf, docx, jpg]")
    KEY(FILES, "up_to", TEXT, NONE, NULL, MAY_BE,
        "The largest: so many KB or MB, 25 MB at most. Without it: 10 MB.", "up_to: 5 MB")
    KEY(ROLE, "title", TEXT, NONE, NULL, MUST_BE, "What people call the role.", "title: SENCO")
    KEY(ROLE, "of", WORD, NONE, "school|authority|case", MUST_BE,
        "Where the role is held: at a school, at the authority, or named on each case.",
        "of: school")
    KEY(ROLE, "otherwise", NAME, NONE, NULL, MAY_BE,
        "The role that gets the work when nobody holds this one. Without it the work is shown as "
        "nobody's.",
        "otherwise: head")
    KEY(REMINDERS, "at", TIME, NONE, NULL, MAY_BE,
        "The local time at which messages leave. Without it: 08:00.", "at: \"08:00\"")
    KEY(REMINDERS, "digest", WORD, NONE, "daily", MAY_BE,
        "One message a person a day, with everything that is due. The only kind there is.",
        "digest: daily")
    KEY(REMINDERS, "usual", REMIND, NONE, NULL, MAY_BE,
        "When a deadline's owner is reminded, counted from the do-by date: `1 week before`, "
        "`on the day`, `3 days after`, `every week after`. Days, working days, weeks or months.",
        "usual: [4 weeks before, 1 week before, on the day, every week after]")
    KEY(REMINDERS, "not_in", WORD, NONE, "school holidays", MAY_BE,
        "School roles are told on the last school day before instead.", "not_in: school holidays")

    /* --- calendar.yaml --- */
    KEY(CALENDAR, "calendar", NAME, NONE, NULL, MUST_BE, "The calendar's name.", "calendar: torbay")
    KEY(CALENDAR, "extends", NAME, NONE, NULL, MAY_BE,
        "The calendar it adds to: one of this pack or of a pack below.", "extends: england")
    KEY(CALENDAR, "title", TEXT, NONE, NULL, MAY_BE, "What people call it.", "title: Torbay's year")
    KEY(CALENDAR, "school", TEXT, NONE, NULL, MAY_BE,
        "The number (URN) of the school whose calendar it is. A case of that school counts by it: "
        "terms, school days, and the day by which somebody at the school has to act. It extends "
        "the pack's own calendar; its `closures` close the school, not the offices. Without it: "
        "nobody's alone.",
        "school: 900001")
    KEY(CALENDAR, "zone", TEXT, NONE, NULL, MAY_BE,
        "The time zone, as the tz database names it. Without it: Europe/London.",
        "zone: Europe/London")
    KEY(CALENDAR, "working_week", NAMES, NONE, NULL, MAY_BE,
        "The days of the week that are worked. Without it: Monday to Friday.",
        "working_week: [Monday, Tuesday, Wednesday, Thursday, Friday]")
    KEY(CALENDAR, "known_from", DATE, NONE, NULL, MAY_BE,
        "The first day the calendar knows. Without it: 1 January of the first year it has a date "
        "in.",
        "known_from: 2024-01-01")
    KEY(CALENDAR, "known_until", DATE, NONE, NULL, MAY_BE,
        "The last day the calendar knows. Nothing is guessed beyond: a date there is provisional. "
        "Without it: 31 December of the last year it has a date in.",
        "known_until: 2028-12-31")
    KEY(CALENDAR, "bank_holidays", TEXTS, NONE, NULL, MAY_BE,
        "Days that are not worked, each with its name.",
        "bank_holidays:\n  2026-12-25: Christmas Day")
    KEY(CALENDAR, "terms", MAP, TERM, NULL, MAY_BE,
        "School terms, named by season and year.",
        "terms:\n  autumn 2026: {from: 2026-09-03, to: 2026-12-18}")
    KEY(CALENDAR, "non_pupil_days", TEXTS, NONE, NULL, MAY_BE,
        "Days in term on which staff work and no pupil comes, each with its reason: working days, "
        "but no school days.",
        "non_pupil_days:\n  2026-10-23: Training day")
    KEY(CALENDAR, "closures", MAP, CLOSURE, NULL, MAY_BE,
        "Stretches in which the offices are closed: they are not working days. In a school's own "
        "calendar the school is closed, and working days stay what they are.",
        "closures:\n  christmas 2026: {title: Offices closed, from: 2026-12-29, to: 2026-12-31}")
    KEY(CALENDAR, "not_counted", MAP, YEARLY, NULL, MAY_BE,
        "Stretches that come every year and are not counted.",
        "not_counted:\n  august: {from: 1 August, to: 31 August}")
    KEY(CALENDAR, "dates", MAP, DATES, NULL, MAY_BE,
        "Tables of dates, such as a panel's meetings, for `next TABLE after X`.",
        "dates:\n  panel: {columns: [papers, meets], rows: [[2026-09-10, 2026-09-24]]}")
    KEY(TERM, "from", DATE, NONE, NULL, MUST_BE, "The first school day.", "from: 2026-09-03")
    KEY(TERM, "to", DATE, NONE, NULL, MUST_BE, "The last school day.", "to: 2026-12-18")
    KEY(TERM, "half_term", ONE, HALF_TERM, NULL, MAY_BE,
        "The break in the middle. Without it: none.",
        "half_term: {from: 2026-10-26, to: 2026-10-30}")
    KEY(HALF_TERM, "from", DATE, NONE, NULL, MUST_BE, "The first day of it.", "from: 2026-10-26")
    KEY(HALF_TERM, "to", DATE, NONE, NULL, MUST_BE, "The last day of it.", "to: 2026-10-30")
    KEY(CLOSURE, "title", TEXT, NONE, NULL, MAY_BE,
        "Why; shown where a day is skipped. Without it: its name.", "title: Offices closed")
    KEY(CLOSURE, "from", DATE, NONE, NULL, MUST_BE, "The first day of it.", "from: 2026-12-29")
    KEY(CLOSURE, "to", DATE, NONE, NULL, MUST_BE, "The last day of it.", "to: 2026-12-31")
    KEY(YEARLY, "title", TEXT, NONE, NULL, MAY_BE, "Why. Without it: its name.", "title: August")
    KEY(YEARLY, "from", MONTH_DAY, NONE, NULL, MUST_BE, "The first day of it.", "from: 1 August")
    KEY(YEARLY, "to", MONTH_DAY, NONE, NULL, MUST_BE,
        "The last day of it; it may lie in the next year.", "to: 31 August")
    KEY(DATES, "columns", NAMES, NONE, NULL, MUST_BE,
        "The names of the columns. The first is the one that is compared.",
        "columns: [papers, meets, pays]")
    KEY(DATES, "rows", ROWS, NONE, NULL, MUST_BE,
        "A date a column, if need be with a time (`2026-09-10 12:00`), earliest first.",
        "rows: [[2026-09-10 12:00, 2026-09-24, 2026-10-15]]")

    /* --- processes and parts --- */
    KEY(PART, "part", NAME, NONE, NULL, MAY_BE,
        "The part's name: the same as its file's.", "part: child")
    KEY(PART, "changes", NAME, NONE, NULL, MAY_BE,
        "In place of `part`: the part of a pack below that this file changes.", "changes: child")
    PROCESS_KEYS(PART)
    KEY(PROCESS, "process", NAME, NONE, NULL, MAY_BE,
        "The process's name: the same as its file's.", "process: annual-review")
    KEY(PROCESS, "changes", NAME, NONE, NULL, MAY_BE,
        "In place of `process`: the process of a pack below that this file changes. It then holds "
        "only what differs: maps are merged by name; lists and single values are replaced; a list "
        "that begins with `...` adds to the other; `removed` takes a named thing away.",
        "changes: annual-review")
    PROCESS_KEYS(PROCESS)
    RENAMED_KEYS
    KEY(OPENS, "by", NAMES, NONE, NULL, MUST_BE, "The roles that may open a case.",
        "by: [officer, senco]")
    KEY(OPENS, "asks", NAMES, NONE, NULL, MAY_BE,
        "The fields asked for then. One with a question mark may be left empty.",
        "asks: [plan_issued, \"last_review?\"]")
    KEY(OPENS, "one_per", NAME, NONE, NULL, MAY_BE,
        "A field of which no two open cases may have the same value; a case may open the next "
        "itself.",
        "one_per: child")
    KEY(OPENS, "only_if", CONDITION, NONE, NULL, MAY_BE, "When it may be opened at all.",
        "only_if: age(birth) < 25")
    KEY(OPENS, "refused_if", MAP, REFUSAL, NULL, MAY_BE, "When it may not, and why.",
        "refused_if: {too_old: {is: age(birth) >= 25, say: The person is 25 or over.}}")
    KEY(SCHEDULE, "every", WORD, NONE, "year|term|half term|month", MUST_BE,
        "How often `opens` comes round.", "every: term")
    KEY(SCHEDULE, "opens", MOMENT, NONE, NULL, MUST_BE,
        "The day, as a moment that comes round and hangs on no case: `1 September`, "
        "`first Thursday of October`, `1 week before end of month`, `start of autumn term`. "
        "Counted by the process's calendar.",
        "opens: 1 week before end of month")
    KEY(SCHEDULE, "for", TEXT, NONE, NULL, MUST_BE,
        "Whose cases they are: `authority` (one case), `each school` (one for each school that "
        "was imported), or `each case of PROCESS` (one for each open case of it, which becomes "
        "its parent).",
        "for: each school")
    KEY(SCHEDULE, "in", NAMES, NONE, NULL, MAY_BE,
        "With `each case of`: only those in these states. Without it: all that are open.",
        "in: [active]")
    KEY(SCHEDULE, "copy", TEXTS, NONE, NULL, MAY_BE,
        "With `each case of`: the new case's fields, from fields or events of that case.",
        "copy: {child: child, plan_issued: issue}")
    KEY(SCHEDULE, "only_if", CONDITION, NONE, NULL, MAY_BE,
        "With `each case of`: asked of that case. Not known opens nothing.",
        "only_if: looked_after")
    KEY(SETTING, "title", TEXT, NONE, NULL, MAY_BE, "What it is, for those who change it.",
        "title: The school's report")
    KEY(SETTING, "is", VALUE, NONE, NULL, MUST_BE,
        "Its value: a length of time, a number, words, or a table. `name: value` is short for "
        "`name: {is: value}`.",
        "is: 2 weeks")
    KEY(SETTING, "from", VALUES, NONE, NULL, MAY_BE,
        "Other values from certain days on: `is` counts until the first of them. A condition takes "
        "the value of the event's own day, a moment that of the day it counts from.",
        "from: {2025-04-01: 938, 2026-04-01: 975}")

    KEY(FIELD, "type", WORD, NONE,
        "text|date|time|integer|number|yes/no|choice|choices|hours|money|document|rows|person|"
        "email|postcode|urn|upn|uln|cases", MUST_BE,
        "What kind of answer it is. `hours` and `number` take up to 4 decimals; `money` is pounds "
        "and pence; `document` is a file's name; `rows` is a table with `columns`; `cases` are "
        "other cases, looked up when an event asks for them.",
        "type: date")
    KEY(FIELD, "label", TEXT, NONE, NULL, MUST_BE, "The question, as the form shows it.",
        "label: Date of the review meeting")
    KEY(FIELD, "help", TEXT, NONE, NULL, MAY_BE, "A sentence under the question.",
        "help: The day the panel sits.")
    KEY(FIELD, "required", YES_NO, NONE, NULL, MAY_BE,
        "An answer must be given when a form asks it. Without it: no.", "required: true")
    KEY(FIELD, "required_if", CONDITION, NONE, NULL, MAY_BE,
        "An answer must be given when this holds. Not known counts as must. In a column it may "
        "name the columns beside it.",
        "required_if: reason == \"other\"")
    KEY(FIELD, "min", MOMENT_OR_VALUE, NONE, NULL, MAY_BE,
        "The least it may be: a number or a setting that is one, for a date a moment; how many at "
        "least, for rows and choices. The value itself is allowed.",
        "min: begins")
    KEY(FIELD, "max", MOMENT_OR_VALUE, NONE, NULL, MAY_BE,
        "The most it may be: a number or a setting that is one, for a date a moment; how many at "
        "most, for rows and choices. The value itself is allowed.",
        "max: 6 weeks starting with begins")
    KEY(FIELD, "pattern", TEXT, NONE, NULL, MAY_BE,
        "A Lua pattern the whole answer must fit.", "pattern: \"%d%d%d\"")
    KEY(FIELD, "is", CONDITION, NONE, NULL, MAY_BE,
        "Worked out, never asked: a moment for a date, a Lua expression for anything else. It may "
        "name other computed fields; in a column, the columns beside it.",
        "is: total(sessions)")
    KEY(FIELD, "about", YES_NO, NONE, NULL, MAY_BE,
        "A date that may be given as a month or a year. Without it: no.", "about: true")
    KEY(FIELD, "seen_by", NAMES, NONE, NULL, MAY_BE,
        "The only roles that see it, everywhere. Without it: all who see the case.",
        "seen_by: [head, senco, officer]")
    KEY(FIELD, "personal", YES_NO, NONE, NULL, MAY_BE,
        "Erasing a person's data removes it. Without it: no.", "personal: true")
    KEY(FIELD, "options", OPTIONS, NONE, NULL, MAY_BE,
        "The answers of a choice: names with labels, or plain names.",
        "options: {maintain: Keep the plan, amend: Amend it}")
    KEY(FIELD, "columns", MAP, FIELD, NULL, MAY_BE, "The columns of `rows`, each like a field.",
        "columns:\n  day: {type: choice, label: Day, options: [Mon, Tue]}")
    KEY(FIELD, "of", NAME, NONE, NULL, MAY_BE, "With `type: cases`: their process.",
        "of: reduced-timetable")
    KEY(FIELD, "at", WORD, NONE, "same school|same child|children|anywhere", MAY_BE,
        "With `type: cases`: which of them. `same child` compares what `one_per` names; "
        "`children` are those that this case opened. Without it: same school.",
        "at: same school")
    KEY(FIELD, "in", NAMES, NONE, NULL, MAY_BE,
        "With `type: cases`: only those in these states. Without it: all that are open.",
        "in: [active]")
    KEY(FIELD, "keep", NAMES, NONE, NULL, MAY_BE,
        "With `type: cases`: which of their fields stand in the rows, beside `case` (the "
        "reference) and `state`.",
        "keep: [hours, begins]")
    KEY(FIELD, "statutory", YES_NO, NONE, NULL, MAY_BE,
        "The law asks for it. A pack that extends this one cannot stop requiring it. Without it: "
        "no.",
        "statutory: true")
    KEY(FIELD, "law", TEXT, NONE, NULL, MAY_BE, "The law that asks for it.", "law: reg 11(6)(c)")
    IN_FORCE_KEY(FIELD)

    KEY(EVENT, "title", TEXT, NONE, NULL, MUST_BE, "What happened, as a button says it.",
        "title: Decision sent to the family")
    KEY(EVENT, "by", NAMES, NONE, NULL, MUST_BE,
        "The roles that may say it happened. `clock`: it happens by itself, on the day of `at`. "
        "`link`: only another case's signal brings it.",
        "by: [senco, head]")
    KEY(EVENT, "at", MOMENT, NONE, NULL, MAY_BE, "With `by: clock`: the day it happens.",
        "at: day after ends")
    KEY(EVENT, "dated", NAME, NONE, NULL, MAY_BE,
        "A date field that says when it happened. Without it the person is asked.",
        "dated: meeting")
    KEY(EVENT, "asks", NAMES, NONE, NULL, MAY_BE,
        "The fields asked for then. One with a question mark may be left empty.",
        "asks: [decision, \"note?\"]")
    KEY(EVENT, "needs", NAMES, NONE, NULL, MAY_BE,
        "Checklists that must be complete, items (`papers.school`) that must be in, and consents "
        "that must be given.",
        "needs: [papers, parent_agreement]")
    KEY(EVENT, "only_if", CONDITION, NONE, NULL, MAY_BE,
        "When it is possible at all. Not known refuses it, and names what is missing.",
        "only_if: has_plan")
    KEY(EVENT, "refused_if", MAP, REFUSAL, NULL, MAY_BE,
        "When it is refused, each with the words the person will read.",
        "refused_if:\n  early: {is: begins < on, say: It has not begun yet.}")
    KEY(EVENT, "not_before", LIMIT, NOT_BEFORE, NULL, MAY_BE,
        "The earliest day on which it may happen.",
        "not_before: {is: day after (15 days starting with send_draft), statutory: true}")
    KEY(EVENT, "to", TARGETS, NONE, NULL, MAY_BE,
        "The state it leads to, or states with conditions of which exactly one may hold; "
        "`otherwise` is the rest. Without it the case stays where it is.",
        "to: {maintained: decision == \"maintain\", amending: otherwise}")
    KEY(EVENT, "then", LIST, EFFECT, NULL, MAY_BE, "What follows from it.",
        "then:\n  - notify: {who: family, message: decision}")
    KEY(EVENT, "law", TEXT, NONE, NULL, MAY_BE, "The law it comes from.", "law: reg 11(6)")
    IN_FORCE_KEY(EVENT)
    KEY(REFUSAL, "is", CONDITION, NONE, NULL, MUST_BE, "When this holds, it is refused.",
        "is: ends > school_age_until")
    KEY(REFUSAL, "say", TEXT, NONE, NULL, MUST_BE, "What the person who is refused reads.",
        "say: The pupil is over compulsory school age before the last day.")
    KEY(NOT_BEFORE, "is", MOMENT, NONE, NULL, MUST_BE, "The earliest day.",
        "is: day after (15 days starting with send_draft)")
    KEY(NOT_BEFORE, "unless", CONDITION, NONE, NULL, MAY_BE, "When the limit does not count.",
        "unless: known(\"family_replied\")")
    KEY(NOT_BEFORE, "statutory", YES_NO, NONE, NULL, MAY_BE,
        "The law sets it: a pack that extends this one can only make it later. Without it: no.",
        "statutory: true")
    KEY(NOT_BEFORE, "law", TEXT, NONE, NULL, MAY_BE, "The law it comes from.", "law: reg 13(1)")
    KEY(NOT_BEFORE, "calendar", NAME, NONE, NULL, MAY_BE, "The calendar it counts by.",
        "calendar: england")
    IN_FORCE_KEY(NOT_BEFORE)
    KEY(STATE, "title", TEXT, NONE, NULL, MUST_BE, "Where the case stands.",
        "title: Preparing for the meeting")
    KEY(STATE, "first", YES_NO, NONE, NULL, MAY_BE,
        "A case begins here. Exactly one state does.", "first: true")
    KEY(STATE, "final", YES_NO, NONE, NULL, MAY_BE,
        "The case is closed here: nothing more happens in it.", "final: true")
    KEY(STATE, "waiting_for", NAME, NONE, NULL, MAY_BE, "The role whose turn it is.",
        "waiting_for: senco")
    KEY(STATE, "events", MAP, EVENT, NULL, MAY_BE, "What can happen here.",
        "events:\n  hold: {title: The meeting was held, by: senco, to: reporting}")
    KEY(STATE, "then", LIST, EFFECT, NULL, MAY_BE, "What follows when a case comes here.",
        "then: [{notify: {who: head, message: ran-out}}]")
    KEY(STATE, "after", NAME, NONE, NULL, MAY_BE,
        "The state it is placed after, when a pack adds one. Without it: the end.",
        "after: reporting")

    /* --- deadlines, checklists, consents, excuses --- */
    KEY(DEADLINE, "title", TEXT, NONE, NULL, MUST_BE, "What has to be done.",
        "title: Circulate everyone's advice")
    KEY(DEADLINE, "due", MOMENT, NONE, NULL, MUST_BE,
        "The last day, as a moment. The clock begins once the day is known.",
        "due: at least 2 weeks before meeting")
    KEY(DEADLINE, "met_by", NAMES, NONE, NULL, MAY_BE,
        "What meets it: an event, a state, a checklist, an item (`papers.school`) or a consent; "
        "any one of a list.",
        "met_by: papers")
    CLOCK_KEYS(DEADLINE)
    KEY(EXTENDS, "limit", LENGTH, NONE, NULL, MUST_BE,
        "How far in all, counted from the date it would have without.", "limit: 2 weeks")
    KEY(EXTENDS, "grounds", NAMES, NONE, NULL, MUST_BE,
        "The grounds under `excuses` that extend it.", "grounds: [away, personal]")
    KEY(EXTENDS, "by", NAMES, NONE, NULL, MAY_BE,
        "The roles that may. Without it: those of the ground.", "by: officer")
    KEY(EXTENDS, "times", COUNT, NONE, NULL, MAY_BE,
        "How often, in a round. Without it: as often as the limit lasts.", "times: 1")
    KEY(PAUSED_WHILE, "from", NAMES, NONE, NULL, MUST_BE,
        "The event that stops it, or the state whose entry does; any one of a list. That day is "
        "used.",
        "from: ask_family")
    KEY(PAUSED_WHILE, "until", NAMES, NONE, NULL, MUST_BE,
        "What lets it go on; any one of a list. That day is not used: it counts from the day "
        "after.",
        "until: family_answers")
    KEY(PAUSED_WHILE, "ground", NAME, NONE, NULL, MAY_BE,
        "The ground under `excuses` that it stands still on, as is shown.", "ground: clarification")
    KEY(PAUSED_WHILE, "at_most", LENGTH, NONE, NULL, MAY_BE,
        "How long in all, in a round; then it goes on by itself. Without it: until it goes on.",
        "at_most: 20 working days")
    KEY(IN_FORCE, "from", DATE, NONE, NULL, MAY_BE,
        "The first day on which it holds. Without it: it always did.", "from: 2024-09-01")
    KEY(IN_FORCE, "until", DATE, NONE, NULL, MAY_BE,
        "The first day on which it holds no more: the day on which what takes its place begins. "
        "Without it: for good.",
        "until: 2024-09-01")
    KEY(IN_FORCE, "judged_on", MOMENT, NONE, NULL, MAY_BE,
        "The day of the case that counts: a date field, an event, a state, or `opened`. While it "
        "is not known, neither is whether the rule holds. Without it: the earliest known day that "
        "the rule's own date is counted from, else `opened`.",
        "judged_on: course_began")
    KEY(IN_FORCE, "instead_of", NAME, NONE, NULL, MAY_BE,
        "The rule beside it whose place it takes: `check` then proves that each case falls under "
        "exactly one of the two.",
        "instead_of: old_award")
    KEY(CHECKLIST, "title", TEXT, NONE, NULL, MUST_BE, "What the list is for.",
        "title: Advice asked for")
    KEY(CHECKLIST, "each", ONE, ITEM, NULL, MAY_BE, "What its items share.",
        "each: {due: 6 weeks after asked, proof: document}")
    KEY(CHECKLIST, "items", MAP, ITEM, NULL, MAY_BE, "What is asked for.",
        "items:\n  school: {title: School, by: head}")
    KEY(CHECKLIST, "more", ONE, MORE, NULL, MAY_BE, "Who may add items to a case's list.",
        "more: {by: officer, title: Somebody else}")
    KEY(CHECKLIST, "enough", ENOUGH, NONE, NULL, MAY_BE,
        "When the list is complete: `all` required items, `{at_least: 2}` of them, or "
        "`{lua: file.function}`. Without it: all.",
        "enough: {at_least: 2}")
    KEY(ITEM, "title", TEXT, NONE, NULL, MUST_BE, "What is asked for, or from whom.",
        "title: Educational psychologist")
    KEY(ITEM, "by", NAME, NONE, NULL, MAY_BE,
        "The role that hands it in; it owns the item's clock unless `owner` says otherwise.",
        "by: ep")
    KEY(ITEM, "due", MOMENT, NONE, NULL, MAY_BE,
        "The last day; `asked` and `done` are the item's own dates. `none`: no clock.",
        "due: 6 weeks after asked")
    KEY(ITEM, "asks", NAMES, NONE, NULL, MAY_BE, "The fields asked for when it is handed in.",
        "asks: [views]")
    KEY(ITEM, "proof", WORD_OR_MAP, PROOF, "document|yes|no", MAY_BE,
        "A file is handed in with it, and kept. Without it: one may be, and need not.",
        "proof: {types: [pdf, docx], up_to: 5 MB}")
    KEY(PROOF, "types", NAMES, NONE, NULL, MAY_BE,
        "The kinds of file that are taken here. Without it: those of the pack's `files`.",
        "types: [pdf, docx]")
    KEY(PROOF, "up_to", TEXT, NONE, NULL, MAY_BE,
        "The largest file that is taken here. Without it: that of the pack's `files`.",
        "up_to: 5 MB")
    KEY(PROOF, "required", YES_NO, NONE, NULL, MAY_BE,
        "Whether it cannot do without. Without it: yes.", "required: no")
    KEY(ITEM, "required", YES_NO, NONE, NULL, MAY_BE,
        "The list is not complete without it. Without it: yes.", "required: no")
    CLOCK_KEYS(ITEM)
    KEY(MORE, "by", NAME, NONE, NULL, MUST_BE, "The role that may add items.", "by: officer")
    KEY(MORE, "title", TEXT, NONE, NULL, MAY_BE, "What such an item is called until it is named.",
        "title: Somebody else")
    KEY(CONSENT, "title", TEXT, NONE, NULL, MUST_BE, "Who agrees to what.",
        "title: A parent the pupil lives with agrees")
    KEY(CONSENT, "from", NAME, NONE, NULL, MUST_BE, "The role that answers.", "from: family")
    KEY(CONSENT, "covers", NAMES, NONE, NULL, MAY_BE,
        "Fields that change only with it: another value is a proposal until it is given. Without "
        "it: a plain yes for this case.",
        "covers: [begins, ends]")
    KEY(CONSENT, "until", MOMENT, NONE, NULL, MAY_BE, "The last day on which it counts.",
        "until: ends")
    KEY(CONSENT, "answer_within", LENGTH, NONE, NULL, MAY_BE,
        "How long it may stay unanswered before the question lapses. Without it: for ever.",
        "answer_within: 2 weeks")
    KEY(CONSENT, "only_if", CONDITION, NONE, NULL, MAY_BE,
        "When it is needed at all. Not known counts as needed.", "only_if: looked_after")
    KEY(CONSENT, "statutory", YES_NO, NONE, NULL, MAY_BE,
        "The law asks for it: a pack that extends this one cannot do without. Without it: no.",
        "statutory: true")
    KEY(CONSENT, "law", TEXT, NONE, NULL, MAY_BE, "The law that asks for it.",
        "law: SI 2024/208 reg 11(6)")
    IN_FORCE_KEY(CONSENT)
    KEY(CONSENT, "withdrawn", ONE, WITHDRAWN, NULL, MAY_BE, "What follows when it is withdrawn.",
        "withdrawn: {to: full_time}")
    KEY(CONSENT, "enough", WORD, NONE, "all|one", MAY_BE,
        "Where several people may answer: must all agree, or one. Without it: one.",
        "enough: all")
    KEY(CONSENT, "of", NAMES, NONE, NULL, MAY_BE,
        "With `enough: all`: the fields (person or text) that name who has to agree. Each answer "
        "is kept; it is given when all gave, and one refusal refuses. A field that is empty asks "
        "nobody.",
        "of: [first_parent, second_parent]")
    KEY(WITHDRAWN, "to", NAME, NONE, NULL, MUST_BE, "The state the case goes to.", "to: full_time")
    KEY(EXCUSE, "title", TEXT, NONE, NULL, MUST_BE, "The ground.",
        "title: Exceptional personal circumstances")
    KEY(EXCUSE, "by", NAMES, NONE, NULL, MUST_BE, "The roles that may excuse on this ground.",
        "by: officer")
    KEY(EXCUSE, "asks", NAMES, NONE, NULL, MAY_BE, "`why`: the reason is always asked.",
        "asks: [why]")
    KEY(EXCUSE, "proof", WORD_OR_MAP, PROOF, "document|yes|no", MAY_BE,
        "A file must be handed in with it, and is kept. Without it: one may be, and need not.",
        "proof: document")
    KEY(EXCUSE, "law", TEXT, NONE, NULL, MAY_BE, "The law that allows it.", "law: reg 13(3)(c)")
    IN_FORCE_KEY(EXCUSE)
    KEY(EXCUSE, "only_if", CONDITION, NONE, NULL, MAY_BE,
        "When the ground is open at all. Not known closes it.",
        "only_if: {lua: grounds.closure}")

    /* --- what follows --- */
    KEY(EFFECT, "notify", ONE, NOTIFY, NULL, MAY_BE, "Sends a message.",
        "notify: {who: family, message: decision}")
    KEY(EFFECT, "letter", ONE, LETTER, NULL, MAY_BE,
        "Writes a letter from a message, and keeps it with the case until it is sent.",
        "letter: {who: family, message: decision, by: post}")
    KEY(EFFECT, "ask", NAME, NONE, NULL, MAY_BE, "Asks a consent.", "ask: parent_agreement")
    KEY(EFFECT, "open", ONE, OPEN, NULL, MAY_BE, "Opens a case of this or another process.",
        "open: {process: annual-review, copy: {last_review: meeting}}")
    KEY(EFFECT, "signal", ONE, SIGNAL, NULL, MAY_BE,
        "Tells the case it came from, or those it opened.",
        "signal: {to: parent, event: plan_issued}")
    KEY(EFFECT, "set", VALUES, NONE, NULL, MAY_BE,
        "Fills fields: with a value, or with what a Lua expression gives.",
        "set: {started: begins}")
    KEY(EFFECT, "name", VALUES, NONE, NULL, MAY_BE,
        "Names the person who holds a case's role: a field, or a name.",
        "name: {caseworker: worker}")
    KEY(NOTIFY, "who", NAMES, NONE, NULL, MUST_BE,
        "The role or roles that are told.", "who: family")
    KEY(NOTIFY, "message", NAME, NONE, NULL, MUST_BE, "A file under messages/, without its ending.",
        "message: decision-maintain")
    KEY(LETTER, "who", NAMES, NONE, NULL, MUST_BE,
        "The role or roles it is written to, a letter each.", "who: family")
    KEY(LETTER, "message", NAME, NONE, NULL, MUST_BE,
        "A file under messages/, without its ending. The day the letter was sent is a date of the "
        "case: `decision.sent`.",
        "message: decision")
    KEY(LETTER, "by", WORD, NONE, "post|email", MAY_BE,
        "How it goes: by post it is printed and marked as posted, by e-mail it leaves by itself. "
        "Without it: by post.",
        "by: post")
    KEY(OPEN, "process", NAME, NONE, NULL, MUST_BE, "The process of the new case.",
        "process: annual-review")
    KEY(OPEN, "copy", TEXTS, NONE, NULL, MAY_BE,
        "The new case's fields, from fields or events of ours.",
        "copy: {plan_issued: issue}")
    KEY(OPEN, "with", VALUES, NONE, NULL, MAY_BE, "The new case's fields, with values written out.",
        "with: {reason: transfer}")
    KEY(OPEN, "for", TEXT, NONE, NULL, MAY_BE,
        "`each row of X`: one case for each row of a field of rows or cases. `copy` may then name "
        "its columns too. Without it: one case.",
        "for: each row of children")
    KEY(SIGNAL, "to", NAME, NONE, NULL, MUST_BE,
        "`parent`, the case that opened this one; `children`, those it opened; or a field of "
        "cases, each of which is told.",
        "to: parent")
    KEY(SIGNAL, "event", NAME, NONE, NULL, MUST_BE, "The event that happens there.",
        "event: plan_issued")

    /* --- scenarios --- */
    KEY(SCENARIO, "scenario", TEXT, NONE, NULL, MUST_BE, "What the story shows.",
        "scenario: A report that is late over Christmas")
    KEY(SCENARIO, "process", NAME, NONE, NULL, MUST_BE, "The process it is a case of.",
        "process: annual-review")
    KEY(SCENARIO, "opened", DATE, NONE, NULL, MUST_BE, "The day the case is opened.",
        "opened: 2025-10-01")
    KEY(SCENARIO, "school", TEXT, NONE, NULL, MAY_BE,
        "The number (URN) of the school whose case it is, so that it counts by that school's "
        "calendar. Without it: of none.",
        "school: 900001")
    KEY(SCENARIO, "fields", VALUES, NONE, NULL, MAY_BE, "What is given when it is opened.",
        "fields: {plan_issued: 2024-11-02}")
    KEY(SCENARIO, "cases", VALUES, NONE, NULL, MAY_BE,
        "What a field of cases finds when it is opened, row by row.",
        "cases: {pupils: []}")
    KEY(SCENARIO, "as", NAME, NONE, NULL, MAY_BE,
        "The role that opens it. Without it: the first that may.", "as: officer")
    KEY(SCENARIO, "steps", LIST, STEP, NULL, MUST_BE, "What happens, in the order of the dates.",
        "steps:\n  - {date: 2025-11-20, do: arrange, with: {meeting: 2025-12-15}}")
    KEY(STEP, "date", DATE, NONE, NULL, MAY_BE,
        "The day of the step, at noon: all the clock owes until then has happened.",
        "date: 2025-11-20")
    KEY(STEP, "until", DATE, NONE, NULL, MAY_BE,
        "In place of `date`: lets time pass to the end of that day.", "until: 2025-12-30")
    KEY(STEP, "at", TIME, NONE, NULL, MAY_BE,
        "The time of that day. Without it: noon, or with `until` its last minute.",
        "at: \"12:30\"")
    KEY(STEP, "happened", DATE, NONE, NULL, MAY_BE,
        "The day it happened, where that is before the day it is recorded (`date`).",
        "happened: 2025-11-18")
    KEY(STEP, "asked", NAMES, NONE, NULL, MAY_BE, "Items that are asked for.", "asked: [advice.ep]")
    KEY(STEP, "add", MAP, ADDED, NULL, MAY_BE, "Items that are added to a checklist, by its name.",
        "add:\n  papers: {title: The speech therapist, by: head, due: 2026-12-01}")
    KEY(ADDED, "title", TEXT, NONE, NULL, MUST_BE, "What is asked for, or from whom.",
        "title: The speech therapist")
    KEY(ADDED, "by", NAME, NONE, NULL, MAY_BE,
        "The role whose it is. Without it: as the list's items are.", "by: head")
    KEY(ADDED, "due", DATE, NONE, NULL, MAY_BE,
        "The day it is due. Without it: as the list's items are.", "due: 2026-12-01")
    KEY(STEP, "done", NAMES, NONE, NULL, MAY_BE,
        "Items that are handed in.", "done: [papers.school]")
    KEY(STEP, "undone", NAMES, NONE, NULL, MAY_BE,
        "Items that were marked done, or asked, by mistake.",
        "undone: [papers.school]")
    KEY(STEP, "na", TEXTS, NONE, NULL, MAY_BE, "Items that do not apply, each with the reason.",
        "na: {papers.health: No health needs}")
    KEY(STEP, "consent", VALUES, NONE, NULL, MAY_BE,
        "Answers: `given`, `refused`, `withdrawn` or `discuss`; of several people each by name: "
        "`{parents: {Ann Hill: given}}`.",
        "consent: {parent_agreement: given}")
    KEY(STEP, "excuse", TEXTS, NONE, NULL, MAY_BE,
        "Deadlines that are excused, each with the ground.",
        "excuse: {final_plan: personal}")
    KEY(STEP, "extend", MAP, EXTEND, NULL, MAY_BE, "Deadlines that are extended.",
        "extend: {send_report: {ground: away, to: 2026-01-09}}")
    KEY(STEP, "late", TEXTS, NONE, NULL, MAY_BE,
        "Deadlines that were missed, each with the ground that is put on record.",
        "late: {send_report: staff}")
    KEY(STEP, "file", TEXT, NONE, NULL, MAY_BE,
        "The name of the file that comes with what is done, excused or answered in this step; "
        "`none` for none. Without it: one that will do where proof is wanted.",
        "file: report.docx")
    KEY(STEP, "name", TEXTS, NONE, NULL, MAY_BE, "Who holds a role of this case.",
        "name: {caseworker: J Ross}")
    KEY(STEP, "posted", NAMES, NONE, NULL, MAY_BE, "Letters that were sent on that day.",
        "posted: [decision-keep]")
    KEY(STEP, "do", NAME, NONE, NULL, MAY_BE, "The event that happens.", "do: arrange")
    KEY(STEP, "with", VALUES, NONE, NULL, MAY_BE, "The answers given with it.",
        "with: {meeting: 2025-12-15}")
    KEY(STEP, "as", NAME, NONE, NULL, MAY_BE,
        "The role that does it. Without it: the first in `by`.",
        "as: senco")
    KEY(STEP, "cases", VALUES, NONE, NULL, MAY_BE,
        "What a field of cases finds in this step, row by row. Without it: what the story itself "
        "has opened.",
        "cases: {pupils: [{case: RT-26-0001, hours: 12}]}")
    KEY(STEP, "signal", NAME, NONE, NULL, MAY_BE, "An event that another case's signal brings.",
        "signal: plan_issued")
    KEY(STEP, "refused", TEXT, NONE, NULL, MAY_BE,
        "The step must be refused, and this text must be in the refusal.",
        "refused: the family's views are missing")
    KEY(STEP, "expect", ONE, EXPECT, NULL, MAY_BE, "What must be true after the step.",
        "expect: {state: reporting, due: {send_report: 2025-12-29}}")
    KEY(EXTEND, "ground", NAME, NONE, NULL, MUST_BE, "The ground.", "ground: away")
    KEY(EXTEND, "to", DATE, NONE, NULL, MUST_BE, "The new last day.", "to: 2026-01-09")
    KEY(EXPECT, "state", NAME, NONE, NULL, MAY_BE, "Where the case stands.", "state: reporting")
    KEY(EXPECT, "open", YES_NO, NONE, NULL, MAY_BE, "Whether it is still open.", "open: no")
    KEY(EXPECT, "fields", VALUES, NONE, NULL, MAY_BE, "What fields hold; `\"\"` for nothing.",
        "fields: {hours: 12.5}")
    KEY(EXPECT, "due", TEXTS, NONE, NULL, MAY_BE,
        "The dates deadlines are due, the one that binds.",
        "due: {send_report: 2025-12-29}")
    KEY(EXPECT, "law", TEXTS, NONE, NULL, MAY_BE,
        "The law's own dates.", "law: {send_report: 2025-12-29}")
    KEY(EXPECT, "do_by", TEXTS, NONE, NULL, MAY_BE, "The last days on which their owners work.",
        "do_by: {send_report: 2025-12-19}")
    KEY(EXPECT, "overdue", NAMES, NONE, NULL, MAY_BE, "Exactly these are overdue.",
        "overdue: [send_report]")
    KEY(EXPECT, "met", NAMES, NONE, NULL, MAY_BE, "Exactly these were met.", "met: [arrange]")
    KEY(EXPECT, "missed", NAMES, NONE, NULL, MAY_BE, "Exactly these were missed, met late or not.",
        "missed: []")
    KEY(EXPECT, "excused", NAMES, NONE, NULL, MAY_BE, "Exactly these were excused.",
        "excused: [final_plan]")
    KEY(EXPECT, "extended", NAMES, NONE, NULL, MAY_BE, "Exactly these were extended.",
        "extended: [send_report]")
    KEY(EXPECT, "missed_for", TEXTS, NONE, NULL, MAY_BE,
        "What deadlines were missed for, as is on record; `none` for nothing.",
        "missed_for: {send_report: staff}")
    KEY(EXPECT, "paused", MAP, PAUSED, NULL, MAY_BE,
        "Exactly these stand still, and how far they have run.",
        "paused: {answer: {used: 5, left: 5}}")
    KEY(EXPECT, "cancelled", NAMES, NONE, NULL, MAY_BE, "Exactly these are no longer owed.",
        "cancelled: [review]")
    KEY(EXPECT, "running", NAMES, NONE, NULL, MAY_BE, "Exactly these run.", "running: [review]")
    KEY(EXPECT, "provisional", NAMES, NONE, NULL, MAY_BE,
        "Exactly these have a date that may move.",
        "provisional: [final_plan]")
    KEY(EXPECT, "proposed", VALUES, NONE, NULL, MAY_BE, "Values that wait for a consent.",
        "proposed: {ends: 2026-03-20}")
    KEY(EXPECT, "consents", VALUES, NONE, NULL, MAY_BE,
        "`given`, `asked`, `refused`, `withdrawn`, `lapsed` or `none`; of several people each by "
        "name: `{parents: {Ann Hill: given, Bob Hill: none}}`.",
        "consents: {parent_agreement: given}")
    KEY(EXPECT, "sent", LIST, SENT, NULL, MAY_BE, "Each was sent since the story began.",
        "sent: [{to: senco, about: send_report}]")
    KEY(EXPECT, "not_sent", LIST, SENT, NULL, MAY_BE, "None of these was sent.",
        "not_sent: [{to: family, about: send_report}]")
    KEY(EXPECT, "opened", LIST, OPENED, NULL, MAY_BE, "Cases this one opened.",
        "opened: [{process: annual-review, fields: {plan_issued: 2026-01-05}}]")
    KEY(EXPECT, "signalled", LIST, SIGNALLED, NULL, MAY_BE,
        "Each was sent to another case since the story began.",
        "signalled: [{event: submitted, to: children}]")
    KEY(SIGNALLED, "event", NAME, NONE, NULL, MUST_BE, "The event it brings there.",
        "event: submitted")
    KEY(SIGNALLED, "to", NAME, NONE, NULL, MAY_BE,
        "`parent`, `children`, a case's reference, or a field of cases: then to each of them.",
        "to: children")
    KEY(PAUSED, "used", COUNT, NONE, NULL, MAY_BE,
        "The days used, in the unit of the date: working days, school days, else days.", "used: 5")
    KEY(PAUSED, "left", COUNT, NONE, NULL, MAY_BE, "The days left.", "left: 5")
    KEY(PAUSED, "since", DATE, NONE, NULL, MAY_BE, "The day on which it stopped.",
        "since: 2025-11-20")
    KEY(PAUSED, "earliest", DATE, NONE, NULL, MAY_BE,
        "When it would be due if it went on that day.", "earliest: 2025-12-04")
    KEY(SENT, "to", NAME, NONE, NULL, MUST_BE, "The role that got it.", "to: senco")
    KEY(SENT, "about", NAME, NONE, NULL, MAY_BE,
        "The deadline or the message.", "about: send_report")
    KEY(SENT, "by", WORD, NONE, "post|email", MAY_BE, "It was a letter, which goes so.",
        "by: post")
    KEY(OPENED, "process", NAME, NONE, NULL, MUST_BE, "Its process.", "process: annual-review")
    KEY(OPENED, "fields", VALUES, NONE, NULL, MAY_BE, "What it was given.",
        "fields: {plan_issued: 2026-01-05}")
};

const struct key *keys_all(size_t *count)
{
    *count = sizeof keys / sizeof *keys;
    return keys;
}

const struct key *key_find(enum owner owner, const char *name)
{
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (keys[i].owner == owner && !strcmp(keys[i].name, name))
            return &keys[i];
    return NULL;
}

bool owner_named_freely(enum owner owner)
{
    return owner == OWNER_TERM || owner == OWNER_CLOSURE || owner == OWNER_YEARLY ||
           owner == OWNER_EXTEND || owner == OWNER_PAUSED;
}

const char *owner_title(enum owner owner)
{
    static const char *const titles[] = {
        "",
#define X(name, title) title,
        OWNER_TABLE(X)
#undef X
    };

    return titles[owner];
}
