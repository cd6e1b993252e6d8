/* SPDX-License-Identifier: MIT */
#include "engine/core/reminders.h"

#include "engine/core/clock_date.h"
#include "engine/when/when.h"

/* A day of repeating further on than this is never asked for. */
enum { REPEATS_MAX = 4000, BACK_MAX = 120 };

int64_t minute_earlier(int64_t a, int64_t b)
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

static bool keeps_holidays(const struct decide_in *in, const struct casefile *file,
                           const struct deadline *rule)
{
    const char *owner = clock_owner(file, rule);
    const struct role *role = owner ? model_role(in->model, owner) : NULL;
    return in->model->not_in_holidays && role && role->of == ROLE_SCHOOL;
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
    }
    int64_t minute = minute_of(t, date);
    return minute > t->after ? minute : MINUTE_NONE;
}

int64_t reminder_next(const struct decide_in *in, const struct casefile *file,
                      const struct deadline *rule, const struct clock *clock, int64_t after)
{
    const struct when_in when = { .calendar = calendar_find(in->calendars, NULL) };
    const struct telling t = { .when = &when,
                               .school = keeps_holidays(in, file, rule),
                               .digest_minute = in->model->digest_minute,
                               .after = after };
    const struct reminders *list = rule->remind_set ? &rule->remind : &in->model->usual;
    int64_t first = MINUTE_NONE;
    if (rule->right_of || !clock_open(clock))
        return first;
    for (size_t i = 0; i < list->count; i++)
        first = minute_earlier(first, next_of(&t, &list->at[i], counted_from(clock)));
    return first;
}

int64_t escalation_next(const struct decide_in *in, const struct deadline *rule,
                        const struct clock *clock, size_t i, int64_t after)
{
    const struct when_in when = { .calendar = calendar_find(in->calendars, NULL) };
    day date;
    if (rule->right_of || !clock_open(clock) ||
        !when_after(&when, rule->escalate[i].after, counted_from(clock), &date))
        return MINUTE_NONE;
    int64_t minute = minute_at(date, in->model->digest_minute);
    return minute > after ? minute : MINUTE_NONE;
}
