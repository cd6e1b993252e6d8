/* SPDX-License-Identifier: MIT */
/* dates - a small process with deadlines, built by hand, for the tests of dates. */
#ifndef TESTS_UNIT_CORE_DATES_H
#define TESTS_UNIT_CORE_DATES_H

#include "engine/base/arena.h"
#include "engine/core/clock_date.h"

static const struct moment on_hold = {
    .kind = MOMENT_ANCHOR, .text = "hold", .anchor = { .kind = ANCHOR_EVENT, .name = "hold" }
};
static const struct moment first_hold = {
    .kind = MOMENT_ANCHOR, .text = "first hold",
    .anchor = { .kind = ANCHOR_EVENT, .first = true, .name = "hold" }
};
static const struct moment on_meeting = {
    .kind = MOMENT_ANCHOR, .text = "meeting", .anchor = { .kind = ANCHOR_FIELD, .name = "meeting" }
};
static const struct moment on_asked = {
    .kind = MOMENT_ANCHOR, .text = "asked", .anchor = { .kind = ANCHOR_ASKED }
};
static const struct moment ten_working_days = {
    .kind = MOMENT_AFTER, .text = "10 working days after hold",
    .length = { 10, UNIT_WORKING_DAY }, .base = &on_hold
};
static const struct moment two_weeks = {
    .kind = MOMENT_AFTER, .text = "2 weeks after hold", .length = { 2, UNIT_WEEK },
    .base = &on_hold
};
static const struct moment one_week = {
    .kind = MOMENT_AFTER, .text = "1 week after hold", .length = { 1, UNIT_WEEK }, .base = &on_hold
};
static const struct moment week_after_meeting = {
    .kind = MOMENT_AFTER, .text = "1 week after meeting", .length = { 1, UNIT_WEEK },
    .base = &on_meeting
};
static const struct moment week_after_asked = {
    .kind = MOMENT_AFTER, .text = "1 week after asked", .length = { 1, UNIT_WEEK },
    .base = &on_asked
};
static const struct moment *const both[] = { &on_meeting, &first_hold };
static const struct moment later_of_both = {
    .kind = MOMENT_LATER, .text = "later of (meeting and first hold)", .parts = both,
    .part_count = 2
};

static const struct deadline item_clock = {
    .name = "advice.more", .owner = NULL, .due = &week_after_asked, .list = "advice",
    .item = "more"
};
static const struct deadline deadlines[] = {
    { .name = "report", .title = "Send the report", .owner = "senco", .due = &ten_working_days,
      .law = "Torbay", .floor = &two_weeks, .floor_law = "reg 20(7)", .statutory = true },
    { .name = "early", .owner = "officer", .due = &one_week, .floor = &two_weeks,
      .floor_law = "reg 20(7)", .statutory = true },
    { .name = "plain", .owner = "officer", .due = &two_weeks, .law = "reg 20(7)" },
    { .name = "appeal", .right_of = "family", .due = &two_weeks },
    { .name = "floor_only", .owner = "officer", .due = &week_after_meeting, .floor = &two_weeks },
    { .name = "rule_only", .owner = "officer", .due = &two_weeks, .floor = &week_after_meeting },
    { .name = "waits", .owner = "officer", .due = &week_after_meeting, .law = "reg 1" },
    { .name = "rolled", .owner = "officer", .due = &two_weeks, .roll = "next working day" },
    { .name = "rounds", .owner = "officer", .due = &later_of_both },
    { .name = "advice.school", .owner = "head", .due = &week_after_asked, .list = "advice",
      .item = "school" },
};
static const struct item_rule more = { .name = "more", .clock = &item_clock };
static const struct checklist checklists[] = { { .name = "advice", .more_by = "officer",
                                                 .more = &more } };
static const struct option choices[] = { { "amend", "Amend it" }, { "cease", "End it" } };
static const struct field columns[] = { { .name = "day", .type = FIELD_TEXT },
                                        { .name = "from", .type = FIELD_TIME } };
static const struct field fields[] = {
    { .name = "meeting", .label = "Meeting", .type = FIELD_DATE },
    { .name = "decision", .label = "Decision", .type = FIELD_CHOICE, .options = choices,
      .option_count = 2 },
    { .name = "parts", .type = FIELD_CHOICES, .options = choices, .option_count = 2 },
    { .name = "sessions", .type = FIELD_ROWS, .columns = columns, .column_count = 2 },
    { .name = "child", .type = FIELD_TEXT, .personal = true },
    { .name = "note", .type = FIELD_TEXT },
    { .name = "looked_after", .type = FIELD_YES_NO },
};
static const struct state states[] = { { .name = "reporting", .title = "The school reports" } };
static const struct role roles[] = {
    { .name = "senco", .of = ROLE_SCHOOL }, { .name = "head", .of = ROLE_SCHOOL },
    { .name = "officer", .of = ROLE_AUTHORITY }, { .name = "family", .of = ROLE_CASE },
};
static const struct process processes[] = { {
    .name = "review", .title = "Annual review",
    .deadlines = deadlines, .deadline_count = sizeof deadlines / sizeof *deadlines,
    .checklists = checklists, .checklist_count = 1,
    .fields = fields, .field_count = sizeof fields / sizeof *fields,
    .states = states, .state_count = 1,
} };
static const struct model model = { .roles = roles, .role_count = 4, .processes = processes,
                                    .process_count = 1 };

/* Christmas Day 2026 is a Friday, so Boxing Day is made up for on Monday. */
static inline struct calendar christmas(void)
{
    static struct named_day holidays[2];
    static struct term terms[2];
    holidays[0] = (struct named_day){ day_of(2026, 12, 25), "Christmas Day" };
    holidays[1] = (struct named_day){ day_of(2026, 12, 28), "Boxing Day" };
    terms[0] = (struct term){ "autumn", "autumn 2026", day_of(2026, 9, 3), day_of(2026, 12, 18),
                              day_of(2026, 10, 26), day_of(2026, 10, 30) };
    terms[1] = (struct term){ "spring", "spring 2027", day_of(2027, 1, 4), day_of(2027, 3, 25),
                              day_of(2027, 2, 15), day_of(2027, 2, 19) };
    return (struct calendar){
        .name = "torbay", .zone = "Europe/London",
        .working = { true, true, true, true, true, false, false },
        .known_from = day_of(2020, 1, 1), .known_until = day_of(2027, 12, 31),
        .holidays = holidays, .holiday_count = 2, .terms = terms, .term_count = 2,
    };
}

/* The meeting was held on Monday 14 December 2026. */
static inline struct casefile held(struct arena *arena)
{
    struct casefile file = { .ref = "AR-26-0412", .process = "review", .state = "reporting",
                             .opened = day_of(2026, 9, 1), .state_since = DAY_NONE,
                             .open = true };
    struct happened *hold = sections_put_events(arena, &file.in, "hold");
    hold->first = hold->latest = day_of(2026, 12, 14);
    hold->count = 1;
    return file;
}

#endif
