/* SPDX-License-Identifier: MIT */
#include "engine/core/reminders.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/core/clock_date.h"
#include "engine/model/reminder.h"
#include "engine/when/when.h"

/* A day of repeating further on than this is never asked for. */
enum { REPEATS_MAX = 4000, BACK_MAX = 120 };

/* Begins the name of the remark that a script's reminders could not be had. */
#define REMIND_REMARK "remind."

/* The earlier of two minutes, MINUTE_NONE being never. */
static int64_t earlier(int64_t a, int64_t b)
{
    return a == MINUTE_NONE ? b : b == MINUTE_NONE || a < b ? a : b;
}

static day counted_from(const struct clock *clock)
{
    return clock->do_by != DAY_NONE ? clock->do_by : clock->due;
}

/* Told in the holidays a school would not read it: the last school day before it instead. */
static day before_holidays(const struct calendar *calendar, day date)
{
    for (int back = 0; back < BACK_MAX; back++) {
        enum day_is is = school_day(calendar, date - back, NULL);
        if (is == DAY_COUNTS)
            return date - back;
        if (is == DAY_UNKNOWN)
            break;
    }
    return date;
}

static bool keeps_holidays(const struct decide_in *in, const char *role)
{
    const struct role *rule = role ? model_role(in->model, role) : NULL;
    return in->model->not_in_holidays && rule && rule->of == ROLE_SCHOOL;
}

const char *reminder_role(const struct decide_in *in, const struct casefile *file,
                          const struct deadline *rule, size_t i)
{
    if (rule->remind_to.count)
        return i < rule->remind_to.count ? rule->remind_to.at[i] : NULL;
    const char *owner = i ? NULL : clock_owner(file, rule);
    if (owner || i)
        return owner;
    const struct process *process = model_process(in->model, file->process);
    const struct state *state = process ? process_state(process, file->state) : NULL;
    return state ? state->waiting_for : NULL; /* Nobody's in particular. */
}

struct telling {
    const struct when_in *when;
    bool school;
    int digest_minute;
    int64_t after;
};

static int64_t minute_of(const struct telling *t, day date)
{
    if (t->school)
        date = before_holidays(t->when->calendar, date);
    return minute_at(date, t->digest_minute);
}

/* No repeat before this one can be late enough: skipping them keeps an old clock cheap. */
static int first_repeat(const struct telling *t, struct length every, day from)
{
    int longest = every.unit == UNIT_DAY     ? 1
                  : every.unit == UNIT_WEEK  ? 7
                  : every.unit == UNIT_MONTH ? 31
                  : every.unit == UNIT_YEAR  ? 366
                                             : 0;
    if (!longest || t->after == MINUTE_NONE || minute_day(t->after) <= from)
        return 1;
    int skipped = (minute_day(t->after) - from) / (longest * every.n);
    return skipped > 1 ? skipped : 1;
}

/* The k-th after the date, each counted from the date itself so that months do not creep. */
static int64_t next_repeat(const struct telling *t, struct length every, day from)
{
    int first = every.n > 0 ? first_repeat(t, every, from) : 1;
    for (int k = first; k <= first + REPEATS_MAX && every.n > 0; k++) {
        day date;
        if (!when_after(t->when, (struct length){ every.n * k, every.unit }, from, &date))
            break;
        int64_t minute = minute_of(t, date);
        if (minute > t->after)
            return minute;
    }
    return MINUTE_NONE;
}

static int64_t next_of(const struct telling *t, const struct reminder *reminder, day from)
{
    day date = from;
    switch (reminder->kind) {
    case REMIND_BEFORE:
        if (!when_before(t->when, reminder->length, from, &date))
            return MINUTE_NONE;
        break;
    case REMIND_ON:
        break;
    case REMIND_AFTER:
        if (!when_after(t->when, reminder->length, from, &date))
            return MINUTE_NONE;
        break;
    case REMIND_EVERY:
        return next_repeat(t, reminder->length, from);
    case REMIND_DATE:
        date = reminder->date;
        break;
    }
    int64_t minute = minute_of(t, date);
    return minute > t->after ? minute : MINUTE_NONE;
}

/* A clock's list: what its script said, its own, or the pack's usual. */
static struct reminders list_of(const struct decide_in *in, const struct deadline *rule,
                                const struct clock *clock, struct reminder room[REMINDERS_MAX])
{
    if (rule->remind_lua && clock->remind)
        return (struct reminders){ room, reminders_read(clock->remind, room) };
    return rule->remind_set && !rule->remind_lua ? rule->remind : in->model->usual;
}

bool reminder_any(const struct decide_in *in, const struct deadline *rule,
                  const struct clock *clock)
{
    struct reminder room[REMINDERS_MAX];
    return !rule->right_of && list_of(in, rule, clock, room).count > 0;
}

static int64_t next_in(const struct decide_in *in, const struct casefile *file, const char *role,
                       const struct reminders *list, const struct clock *clock, int64_t after)
{
    const struct when_in when = { .calendar = calendar_for(in->calendars, NULL, file->school) };
    const struct telling t = { .when = &when,
                               .school = keeps_holidays(in, role),
                               .digest_minute = in->model->digest_minute,
                               .after = after };
    int64_t first = MINUTE_NONE;
    for (size_t i = 0; i < list->count; i++)
        first = earlier(first, next_of(&t, &list->at[i], counted_from(clock)));
    return first;
}

int64_t reminder_next(const struct decide_in *in, const struct casefile *file, const char *role,
                      const struct deadline *rule, const struct clock *clock, int64_t after)
{
    struct reminder room[REMINDERS_MAX];
    if (rule->right_of || !clock_chased(clock))
        return MINUTE_NONE;
    const struct reminders list = list_of(in, rule, clock, room);
    return next_in(in, file, role, &list, clock, after);
}

int64_t escalation_next(const struct decide_in *in, const struct casefile *file,
                        const struct deadline *rule, const struct clock *clock, size_t i,
                        int64_t after)
{
    const struct escalation *to = &rule->escalate[i];
    if (rule->right_of || !clock_chased(clock))
        return MINUTE_NONE;
    return next_in(in, file, to->role, &to->at, clock, after);
}

int64_t telling_next(const struct decide_in *in, const struct casefile *file,
                     const struct deadline *rule, const struct clock *clock, int64_t after)
{
    int64_t first = reminder_next(in, file, reminder_role(in, file, rule, 0), rule, clock, after);
    const char *role;
    for (size_t i = 1; (role = reminder_role(in, file, rule, i)); i++)
        first = earlier(first, reminder_next(in, file, role, rule, clock, after));
    for (size_t i = 0; i < rule->escalate_count; i++)
        first = earlier(first, escalation_next(in, file, rule, clock, i, after));
    return first;
}

void reminders_ask(struct draft *d, const struct deadline *rule)
{
    const struct oracle *oracle = d->in->oracle;
    const struct clock *clock = casefile_clock(&d->file, rule->name);
    const struct view view = { .process = d->process, .file = &d->file, .calendar = d->calendar,
                               .on = d->on, .deadline = rule->name };
    const char *remark = arena_printf(d->arena, REMIND_REMARK "%s", rule->name), *says = NULL;
    struct err err = { .code = ERR_NONE };
    bool open = clock && clock_open(clock);
    bool failed = open && oracle->remind(oracle->self, rule->remind_lua, &view, d->arena, &says,
                                         &err);
    const char *text = arena_printf(d->arena, "the usual reminders go out, since %s%s%s", err.text,
                                    *err.place ? " at " : "", err.place);
    const struct remark *was = casefile_remark(&d->file, remark);
    if (failed && (!was || !text_same(was->text, text)))
        draft_set_remark(d, remark, text);
    else if (!failed && was)
        draft_drop(d, "remarks", remark);
    if (!open || text_same(clock->remind, says))
        return;
    struct clock kept = *clock;
    kept.remind = failed ? NULL : says;
    draft_set_clock(d, &kept);
}
