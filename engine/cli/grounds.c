/* SPDX-License-Identifier: MIT */
#include "engine/cli/grounds.h"

#include "engine/base/arena.h"
#include "engine/cli/say.h"
#include "engine/core/clock_date.h"
#include "engine/model/proof.h"
#include "engine/run/casework.h"

#include <string.h>

/* As of view->today; known false: the clock is closed, or nothing ever stops it. */
static struct pace pace_of(const struct caseview *view, const struct clock *clock)
{
    const struct deadline *rule = clock_rule(view->arena, view->process, view->file, clock->name);
    const struct decide_in in = { .model = view->model, .file = view->file,
                                  .calendars = view->ruleset->rules->pack->calendars };
    struct pace pace = { .known = false };
    if (rule && rule->pause_count && clock_open(clock))
        clock_pace(&in, view->file, rule, view->today, &pace);
    return pace;
}

const char *grounds_pause(const struct caseview *view, const struct clock *clock)
{
    struct pace pace = pace_of(view, clock);
    struct buf text = buf_in(view->arena);
    buf_add(&text, "paused");
    if (!pace.known || !pace.paused)
        return buf_text(&text);
    buf_printf(&text, " since %s", caseview_day(view, pace.stop.from));
    if (pace.stop.by->ground)
        buf_printf(&text, " (%s)", caseview_excuse(view, pace.stop.by->ground));
    buf_printf(&text, ", %s", pace_text(view->arena, &pace));
    if (pace.earliest != DAY_NONE)
        buf_printf(&text, "; due %s at the earliest", caseview_day(view, pace.earliest));
    if (pace.stop.cap != DAY_NONE)
        buf_printf(&text, "; goes on by itself after %s", caseview_day(view, pace.stop.cap));
    return buf_text(&text);
}

/* Who excused it and by what evidence stands on the event alone. */
static struct drawn excused(const struct caseview *view, const struct clock *clock)
{
    struct event_row *rows;
    size_t count;
    struct drawn drawn = { .name = clock->name, .ground = clock->ground, .why = clock->why,
                           .on = clock->closed_on, .from = DAY_NONE, .to = DAY_NONE };
    if (case_history(world_store(view->world), view->file->id, view->arena, &rows, &count, NULL))
        return drawn;
    for (size_t i = count; i-- > 0;) {
        struct event event;
        struct outcome outcome;
        if (case_event(&rows[i], view->arena, &event, &outcome, NULL) ||
            event.kind != EVENT_EXCUSE || !event.name ||
            strncmp(event.name, clock->name, strcspn(clock->name, "#")) != 0 ||
            strcmp(event.act ? event.act : "", clock->ground ? clock->ground : "") != 0)
            continue;
        drawn.by = event.who_text;
        drawn.role = event.role;
        drawn.proof = event.file;
        break;
    }
    return drawn;
}

/* --- text ------------------------------------------------------------------------------------ */

static void say_drawn(struct call *call, const struct caseview *view, const struct clock *clock,
                      const struct drawn *drawn, const char *what, const char *first)
{
    const struct event by = { .who_text = drawn->by, .role = drawn->role };
    say(call, "%s  %s: %s: %s. %s (%s, %s)", first, caseview_clock(view, clock->name), what,
        caseview_excuse(view, drawn->ground ? drawn->ground : ""),
        one_line(view->arena, drawn->why ? drawn->why : ""),
        caseview_who(view, &by), caseview_day(view, drawn->on));
    if (drawn->proof)
        say(call, ", %s", one_line(view->arena, proof_read(view->arena, drawn->proof).name));
    say(call, "\n");
}

bool grounds_say(struct call *call, const struct caseview *view, const struct clock *clock,
                 const char *first)
{
    const struct drawn *drawn;
    bool some = false;
    for (size_t i = 0; (drawn = drawn_of(view->file, clock->name, clock->round, DRAWN_EXTENDED, i));
         i++, some = true)
        say_drawn(call, view, clock, drawn,
                  arena_printf(view->arena, "extended from %s to %s",
                               caseview_day(view, drawn->from), caseview_day(view, drawn->to)),
                  some ? "" : first);
    if (clock->status == CLOCK_EXCUSED) {
        const struct drawn excuse = excused(view, clock);
        say_drawn(call, view, clock, &excuse,
                  arena_printf(view->arena, "excused, was due %s", caseview_due(view, clock)),
                  some ? "" : first);
        some = true;
    }
    drawn = drawn_of(view->file, clock->name, clock->round, DRAWN_LATE, 0);
    if (drawn)
        say_drawn(call, view, clock, drawn,
                  arena_printf(view->arena, "missed %s, for", caseview_due(view, clock)),
                  some ? "" : first);
    return some || drawn;
}

/* --- JSON ------------------------------------------------------------------------------------ */

static struct json *drawn_json(const struct caseview *view, const struct drawn *drawn)
{
    struct arena *arena = view->arena;
    struct json *json = json_new(arena, JSON_MAP);
    json_put(arena, json, "ground", json_words(arena, drawn->ground));
    json_put(arena, json, "ground_title",
             json_words(arena, drawn->ground ? caseview_excuse(view, drawn->ground) : NULL));
    json_put(arena, json, "why", json_words(arena, drawn->why));
    json_put(arena, json, "who", json_words(arena, drawn->by));
    json_put(arena, json, "role", json_words(arena, drawn->role));
    json_put(arena, json, "on", json_day(arena, drawn->on));
    json_put(arena, json, "evidence", json_words(arena, drawn->proof));
    return json;
}

struct json *grounds_pace_json(struct arena *arena, const struct pace *pace)
{
    struct json *json = json_new(arena, JSON_MAP);
    const char *ground = pace->paused ? pace->stop.by->ground : NULL;
    bool working = pace->unit == UNIT_WORKING_DAY, school = pace->unit == UNIT_SCHOOL_DAY;
    if (!pace->known)
        return json_new(arena, JSON_NULL);
    json_put(arena, json, "now", json_yes(arena, pace->paused));
    json_put(arena, json, "used", json_new_int(arena, pace->used));
    json_put(arena, json, "left", json_new_int(arena, pace->left));
    json_put(arena, json, "unit", json_new_text(arena, working  ? "working days"
                                                       : school ? "school days"
                                                                : "days"));
    json_put(arena, json, "since", json_day(arena, pace->paused ? pace->stop.from : DAY_NONE));
    json_put(arena, json, "ground", json_words(arena, ground));
    json_put(arena, json, "earliest", json_day(arena, pace->earliest));
    json_put(arena, json, "goes_on_after",
             json_day(arena, pace->paused ? pace->stop.cap : DAY_NONE));
    return json;
}

void grounds_put(const struct caseview *view, const struct clock *clock, struct json *json)
{
    struct arena *arena = view->arena;
    struct json *none = json_new(arena, JSON_NULL), *list = json_new(arena, JSON_LIST);
    const struct drawn *drawn;
    for (size_t i = 0; (drawn = drawn_of(view->file, clock->name, clock->round, DRAWN_EXTENDED, i));
         i++) {
        struct json *one = drawn_json(view, drawn);
        json_put(arena, one, "from", json_day(arena, drawn->from));
        json_put(arena, one, "to", json_day(arena, drawn->to));
        json_add(list, one);
    }
    json_put(arena, json, "extended", list);
    if (clock->status == CLOCK_EXCUSED) {
        const struct drawn excuse = excused(view, clock);
        json_put(arena, json, "excused", drawn_json(view, &excuse));
    } else {
        json_put(arena, json, "excused", none);
    }
    drawn = drawn_of(view->file, clock->name, clock->round, DRAWN_LATE, 0);
    json_put(arena, json, "missed_for", drawn ? drawn_json(view, drawn)
                                              : json_new(arena, JSON_NULL));
    struct pace pace = pace_of(view, clock);
    json_put(arena, json, "paused", grounds_pace_json(arena, &pace));
}
