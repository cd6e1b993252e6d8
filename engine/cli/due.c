/* SPDX-License-Identifier: MIT */
#include "engine/run/duelist.h"

#include "engine/base/arena.h"
#include "engine/cli/caseview.h"
#include "engine/cli/commands.h"
#include "engine/cli/facts.h"
#include "engine/cli/grid.h"
#include "engine/cli/grounds.h"
#include "engine/cli/say.h"
#include "engine/run/lookup.h"

#include <string.h>

enum { DUE_USUAL = 1000, WEEK_DAYS = 7, FOUR_WEEKS_DAYS = 28 };

/* Overdue: the due date has passed. The rest goes by the do-by date; weeks end on Sunday. */
enum group { OVERDUE, THIS_WEEK, FOUR_WEEKS, LATER, PAUSED, GROUPS };
static const char *const group_names[] = { "overdue", "this_week", "next_four_weeks", "later",
                                           "paused" };
static const char *const group_titles[] = { "Overdue", "This week", "Next four weeks", "Later",
                                            "Paused" };

static enum group group_of(const struct due_line *line, int64_t now)
{
    day today = minute_day(now);
    day sunday = today + SUNDAY - (day)weekday_of(today);
    day act = line->do_by == DAY_NONE ? line->due : line->do_by;
    if (line->paused)
        return PAUSED;
    if (line->due < today ||
        (line->cut_off && line->due == today && now > minute_at(today, line->cut_off)))
        return OVERDUE;
    if (act <= sunday)
        return THIS_WEEK;
    return act <= sunday + FOUR_WEEKS_DAYS ? FOUR_WEEKS : LATER;
}

static enum err_code read_filter(struct call *call, struct duelist_filter *filter)
{
    const char *who = call_flag(call, "who");
    *filter = (struct duelist_filter){ .process = call_flag(call, "process"),
                                       .today = database_today() };
    enum err_code rc = facts_date(call, "until", &filter->until);
    if (!rc)
        rc = facts_urn(call, "school", &filter->school);
    if (!rc)
        rc = facts_count(call, "limit", &filter->limit);
    if (!filter->limit)
        filter->limit = DUE_USUAL;
    if (!rc && who && strchr(who, '@'))
        rc = lookup_person(call->world, who, call->arena, &filter->person, &call->err);
    else if (!rc && who)
        rc = lookup_name(call->world, LOOKUP_ROLE, who, call->arena, &call->err);
    if (!rc && who && !filter->person)
        filter->role = who;
    if (!rc && filter->process)
        rc = lookup_name(call->world, LOOKUP_PROCESS, filter->process, call->arena, &call->err);
    return rc;
}

/* Who it lies with: "SENCO", "Head teacher for SENCO", "nobody's (SENCO)". */
static const char *whose(struct call *call, const struct due_line *line)
{
    const char *role = one_line(call->arena, line->role_title);
    if (line->nobody)
        return arena_printf(call->arena, "nobody's (%s)", role);
    if (line->covering)
        return arena_printf(call->arena, "%s for %s", one_line(call->arena, line->covering), role);
    return line->with ? arena_printf(call->arena, "%s %s", role, one_line(call->arena, line->with))
                      : role;
}

static const char *short_day(struct call *call, day date)
{
    char text[DAY_TEXT_MAX];
    return date == DAY_NONE ? "not known" : arena_text(call->arena, day_short(date, text));
}

static void add_row(struct call *call, struct grid *grid, const struct due_line *line,
                    enum group group)
{
    const char *school = line->school_name && *line->school_name ? line->school_name : "";
    char minute[8];
    const char *due = line->do_by == line->due && !line->cut_off ? "" : short_day(call, line->due);
    const char *do_by = line->paused ? "-" : short_day(call, line->do_by);
    if (line->paused)
        due = line->pace.known ? pace_text(call->arena, &line->pace) : "-";
    else if (line->extended_from != DAY_NONE)
        due = arena_printf(call->arena, "%s (was %s)", short_day(call, line->due),
                           short_day(call, line->extended_from));
    else if (line->cut_off)
        due = arena_printf(call->arena, "%s %s", due, minute_text(line->cut_off, minute));
    grid_row(grid, group == OVERDUE ? RED : "",
             (const char *[]){ do_by, due, line->ref, one_line(call->arena, line->title),
                               whose(call, line),
                               one_line(call->arena, school) });
}

static void say_groups(struct call *call, const struct due_line *lines, size_t count, int64_t now)
{
    for (int group = 0; group < GROUPS; group++) {
        struct grid grid = grid_of(call->arena, 6);
        for (size_t i = 0; i < count; i++)
            if (group_of(&lines[i], now) == (enum group)group)
                add_row(call, &grid, &lines[i], (enum group)group);
        if (!grid.rows.count)
            continue;
        grid_head(&grid, (const char *[]){ "Do by", "Due", "Case", "What", "Who", "School" });
        say(call, "%s" BOLD "%s (%zu)" OFF "\n", call->out.len ? "\n" : "", group_titles[group],
            grid.rows.count);
        grid_say(&grid, call);
    }
}

static struct json *line_json(struct call *call, const struct due_line *line, int64_t now)
{
    struct arena *arena = call->arena;
    struct json *json = json_new(arena, JSON_MAP);
    json_put(arena, json, "group", json_words(arena, group_names[group_of(line, now)]));
    json_put(arena, json, "case", json_new_int(arena, line->case_id));
    json_put(arena, json, "ref", json_words(arena, line->ref));
    json_put(arena, json, "process", json_words(arena, line->process));
    json_put(arena, json, "process_title", json_words(arena, line->process_title));
    json_put(arena, json, "state_title", json_words(arena, line->state_title));
    json_put(arena, json, "deadline", json_words(arena, line->name));
    json_put(arena, json, "title", json_words(arena, line->title));
    json_put(arena, json, "law", json_words(arena, line->law));
    json_put(arena, json, "role", json_words(arena, line->role));
    json_put(arena, json, "covering", json_words(arena, line->covering));
    json_put(arena, json, "with", json_words(arena, line->with));
    json_put(arena, json, "nobody", json_yes(arena, line->nobody));
    json_put(arena, json, "school", line->school ? json_new_int(arena, line->school)
                                                 : json_new(arena, JSON_NULL));
    json_put(arena, json, "school_name", json_words(arena, line->school_name));
    json_put(arena, json, "do_by", json_day(arena, line->paused ? DAY_NONE : line->do_by));
    json_put(arena, json, "due", json_day(arena, line->paused ? DAY_NONE : line->due));
    json_put(arena, json, "paused", grounds_pace_json(arena, &line->pace));
    json_put(arena, json, "extended_from", json_day(arena, line->extended_from));
    json_put(arena, json, "cut_off", json_minute(arena, line->cut_off));
    json_put(arena, json, "in_law", json_day(arena, line->in_law));
    json_put(arena, json, "statutory", json_yes(arena, line->statutory));
    json_put(arena, json, "provisional", json_yes(arena, line->provisional));
    return json;
}

static void say_list_json(struct call *call, const struct due_line *lines, size_t count,
                          int64_t now)
{
    struct json *json = json_new(call->arena, JSON_MAP), *list = json_new(call->arena, JSON_LIST);
    for (size_t i = 0; i < count; i++)
        json_add(list, line_json(call, &lines[i], now));
    json_put(call->arena, json, "today", json_day(call->arena, minute_day(now)));
    json_put(call->arena, json, "due", list);
    say_json(call, json);
}

enum err_code due_run(struct call *call)
{
    struct duelist_filter filter;
    struct due_line *lines;
    size_t count, nobody = 0;
    int64_t now = database_now_minute();
    enum err_code rc = database_open(call, STORE_READ);
    if (!rc)
        rc = read_filter(call, &filter);
    if (!rc)
        rc = duelist_read(call->world, &filter, call->arena, &lines, &count, &call->err);
    if (rc)
        return rc;
    for (size_t i = 0; i < count; i++)
        nobody += lines[i].nobody;
    if (call->json) {
        say_list_json(call, lines, count, now);
        return ERR_NONE;
    }
    say_groups(call, lines, count, now);
    if (nobody)
        say(call, "\n" YELLOW "Nobody's:" OFF " %s with a role that nobody holds.\n",
            counted(call, (int64_t)nobody, "of these lies", "of these lie"));
    say(call, "%s%s as of %s%s\n", count ? "\n" : "",
        counted(call, (int64_t)count, "deadline", "deadlines"), short_day(call, minute_day(now)),
        count == filter.limit ? "; there may be more: --limit" : "");
    return ERR_NONE;
}
