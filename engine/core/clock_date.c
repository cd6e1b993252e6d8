/* SPDX-License-Identifier: MIT */
#include "engine/core/clock_date.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/core/anchors.h"
#include <string.h>

struct since {
    const struct anchors *anchors;
    day event, any; /* The latest so far of what happens, and of all. */
};

static day later_of(day a, day b)
{
    return a == DAY_NONE || (b != DAY_NONE && b > a) ? b : a;
}

/* Events, items and states begin a new round when they happen again; a field that is changed
 * moves the round there is. So the former count first. */
static void since_anchor(struct since *since, const struct anchor *anchor)
{
    struct anchors anchors = *since->anchors;
    struct anchored found;
    anchors_lookup(&anchors, anchor, &found);
    if (!found.known || found.is_number)
        return;
    since->any = later_of(since->any, found.date);
    switch (anchor->kind) {
    case ANCHOR_EVENT:
    case ANCHOR_STATE:
    case ANCHOR_ASKED:
    case ANCHOR_DONE:
    case ANCHOR_SENT:
        since->event = later_of(since->event, found.date);
        break;
    case ANCHOR_GIVEN:
    case ANCHOR_FIELD:
    case ANCHOR_NUMBER:
    case ANCHOR_DUE:
    case ANCHOR_OPENED:
    case ANCHOR_OCCASION:
        break;
    }
}

static void since_moment(struct since *since, const struct moment *moment)
{
    if (!moment)
        return;
    if (moment->kind == MOMENT_ANCHOR)
        since_anchor(since, &moment->anchor);
    since_moment(since, moment->base);
    since_moment(since, moment->after);
    for (size_t i = 0; i < moment->part_count; i++)
        since_moment(since, moment->parts[i]);
}

static day since_of(const struct anchors *anchors, const struct deadline *deadline, bool *repeats)
{
    struct since since = { anchors, DAY_NONE, DAY_NONE };
    since_moment(&since, deadline->due);
    if (since.any == DAY_NONE)
        since_moment(&since, deadline->floor);
    *repeats = since.event != DAY_NONE;
    return since.event != DAY_NONE ? since.event : since.any;
}

static const struct calendar *calendar_of(const struct decide_in *in, const struct casefile *file,
                                          const char *name)
{
    if (!name) {
        const struct process *process = model_process(in->model, file->process);
        name = process ? process->calendar : NULL;
    }
    const struct calendar *named = calendar_for(in->calendars, name, file->school);
    return named ? named : calendar_for(in->calendars, NULL, file->school);
}

/* One moment, moved by what stopped it and, where it is the pack's own, by what was decided; then
 * rolled. */
static void work_out(const struct when_in *when, const struct moment *moment, const char *roll,
                     const struct round *round, bool own, struct when_out *out,
                     struct moved *moved)
{
    when_moment(when, moment, out);
    *moved = (struct moved){ .plain = DAY_NONE };
    if (out->known && (round->deadline->pause_count || round->deadline->extends))
        stops_move(when, round, moment, own, out, moved);
    else if (out->known)
        moved->plain = out->due;
    day rolled;
    if (!out->known || !roll)
        return;
    if (when_roll(when, roll, out->due, &rolled))
        out->due = rolled;
    else
        out->provisional = true; /* The calendar ends, so the date may still move. */
}

/* The earlier binds. While one of the two is not known the other stands, provisional. */
static void bind(struct clock_date *out, bool has_floor, struct trace *floor_trace)
{
    const struct when_out *rule = &out->rule, *floor = &out->floor;
    out->known = rule->known || (has_floor && floor->known);
    out->missing = rule->known ? NULL : rule->missing;
    if (!out->known)
        return;

    out->floor_binds = has_floor && floor->known && (!rule->known || floor->due < rule->due);
    const struct when_out *binding = out->floor_binds ? floor : rule;
    out->due = binding->due;
    out->provisional = binding->provisional || !rule->known || (has_floor && !floor->known);
    if (has_floor && floor->known && floor->due != out->due)
        out->law = floor->due;
    if (out->floor_binds && rule->known)
        out->local = rule->due;
    if (floor_trace && out->floor_binds && rule->known)
        trace_step(floor_trace, STEP_FLOOR, floor->due, "the law's date is earlier and binds");
}

int64_t clock_last_minute(const struct deadline *deadline, day due)
{
    return minute_at(due, deadline->cut_off ? deadline->cut_off : MINUTES_A_DAY - 1);
}

const char *clock_owner(const struct casefile *file, const struct deadline *deadline)
{
    if (deadline->owner || deadline->right_of || !deadline->list)
        return deadline->owner;
    const struct item *item = casefile_item(file, deadline->list, deadline->item);
    return item ? item->by : NULL;
}

/* A right is nobody's work, so nothing moves it to a working day. */
static void set_do_by(const struct decide_in *in, const struct casefile *file,
                      const struct deadline *deadline, struct trace *trace, struct clock_date *out)
{
    struct when_in when = { .calendar = calendar_for(in->calendars, NULL, file->school),
                            .trace = trace };
    const char *owner = clock_owner(file, deadline);
    const struct role *role = owner ? model_role(in->model, owner) : NULL;
    bool school = role && role->of == ROLE_SCHOOL;
    if (deadline->right_of)
        out->do_by = out->due;
    else if (!(school && when_do_by(&when, out->due, true, &out->do_by)) &&
             !when_do_by(&when, out->due, false, &out->do_by))
        out->do_by = DAY_NONE;
}

static struct round round_of(const struct casefile *file, const struct deadline *deadline,
                             const struct anchors *anchors, day today)
{
    struct round round = { .file = file, .deadline = deadline, .today = today,
                           .clock = casefile_clock(file, deadline->name) };
    round.since = since_of(anchors, deadline, &round.repeats);
    return round;
}

bool clock_date_on(const struct decide_in *in, const struct casefile *file,
                   const struct deadline *deadline, day today, struct trace *rule_trace,
                   struct trace *floor_trace, struct trace *do_by_trace, struct clock_date *out)
{
    struct anchors anchors = { file, deadline };
    struct when_in when = {
        .calendar = calendar_of(in, file, deadline->calendar),
        .notice_ordinary = in->model->notice_ordinary,
        .anchor = anchors_lookup,
        .self = &anchors,
        .trace = rule_trace,
    };
    const struct round round = round_of(file, deadline, &anchors, today);
    struct moved moved, floor_moved = { .plain = DAY_NONE };
    *out = (struct clock_date){ .due = DAY_NONE, .law = DAY_NONE, .local = DAY_NONE,
                                .do_by = DAY_NONE, .since = DAY_NONE };
    out->rule_calendar = when.calendar;
    work_out(&when, deadline->due, deadline->roll, &round, true, &out->rule, &moved);
    if (deadline->floor) {
        out->floor_calendar = when.calendar = calendar_of(in, file, deadline->floor_calendar);
        when.trace = floor_trace;
        work_out(&when, deadline->floor, deadline->floor_roll, &round, false, &out->floor,
                 &floor_moved);
    }
    bind(out, deadline->floor != NULL, floor_trace);
    out->plain = moved.plain;
    if (!out->known)
        return false;
    const struct moved *binding = out->floor_binds ? &floor_moved : &moved;
    out->paused = binding->paused;
    out->stop = binding->stop;
    out->since = round.since;
    set_do_by(in, file, deadline, do_by_trace, out);
    return true;
}

bool clock_date(const struct decide_in *in, const struct casefile *file,
                const struct deadline *deadline, struct trace *rule_trace,
                struct trace *floor_trace, struct trace *do_by_trace, struct clock_date *out)
{
    return clock_date_on(in, file, deadline, DAY_NONE, rule_trace, floor_trace, do_by_trace, out);
}

void clock_pace(const struct decide_in *in, const struct casefile *file,
                const struct deadline *deadline, day today, struct pace *out)
{
    struct anchors anchors = { file, deadline };
    const struct round round = round_of(file, deadline, &anchors, today);
    struct clock_date date;
    *out = (struct pace){ .known = false };
    if (!clock_date_on(in, file, deadline, today, NULL, NULL, NULL, &date))
        return;
    const struct when_in when = { .calendar = date.floor_binds ? date.floor_calendar
                                                               : date.rule_calendar };
    stops_pace(&when, &round, date.floor_binds ? deadline->floor : deadline->due, date.due, out);
}

/* The day that was said when the item was added. What the law allows binds all the same. */
static void set_own_day(struct arena *arena, struct deadline *clock, day due)
{
    char text[DAY_TEXT_MAX];
    struct moment *moment = ARENA_NEW(arena, struct moment);
    *moment = (struct moment){ .kind = MOMENT_DATE, .date = due, .span = clock->span,
                               .text = arena_text(arena, day_iso(due, text)) };
    if (clock->statutory && !clock->floor) {
        clock->floor = clock->due;
        clock->floor_calendar = clock->calendar;
        clock->floor_roll = clock->roll;
        clock->floor_law = clock->law;
        clock->floor_span = clock->span;
    }
    clock->due = moment;
}

const struct deadline *clock_rule(struct arena *arena, const struct process *process,
                                  const struct casefile *file, const char *name)
{
    size_t len = strcspn(name, "#");
    const char *plain = name[len] ? arena_text_n(arena, name, len) : name;
    const struct deadline *deadline = process_deadline(process, plain);
    const char *name_in_list;
    const struct checklist *list = process_list_of(process, plain, &name_in_list);
    if (deadline || !list)
        return deadline;

    const struct item *item = casefile_item(file, list->name, name_in_list);
    const struct deadline *like = list->more ? list->more->clock : NULL;
    if (!item || !item->title || (!like && item->due == DAY_NONE))
        return NULL;
    struct deadline *own = ARENA_NEW(arena, struct deadline);
    *own = like ? *like : (struct deadline){ .span = list->span };
    if (item->due != DAY_NONE)
        set_own_day(arena, own, item->due);
    own->name = item->name;
    own->title = item->title;
    own->list = list->name;
    own->item = casefile_item_name(item, list->name);
    if (item->by)
        own->owner = item->by;
    return own;
}
