/* SPDX-License-Identifier: MIT */
#include "engine/run/workout.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "rules/moment.h"

#include <string.h>

struct known {
    struct anchored value;
    bool is_length;
    struct length length;
};

struct typed {
    const struct workout_in *in;
    const struct known *known;    /* As in->names. */
    const char *const *words;
};

static size_t find(const struct typed *names, const char *name)
{
    for (size_t i = 0; i < names->in->name_count; i++)
        if (strcmp(names->in->names[i].name, name) == 0)
            return i;
    return SIZE_MAX;
}

static bool name_anchor(void *self, const char *name, bool number, struct anchor *out)
{
    const struct typed *names = self;
    size_t i = find(names, name);
    if (i == SIZE_MAX || names->known[i].is_length)
        return false;
    *out = (struct anchor){ .kind = number ? ANCHOR_NUMBER : ANCHOR_GIVEN,
                            .name = names->in->names[i].name };
    return true;
}

static bool name_length(void *self, const char *name, struct length *out)
{
    const struct typed *names = self;
    size_t i = find(names, name);
    if (i == SIZE_MAX || !names->known[i].is_length)
        return false;
    *out = names->known[i].length;
    return true;
}

static const char *const *name_words(void *self, size_t *count)
{
    const struct typed *names = self;
    *count = names->in->name_count;
    return names->words;
}

static void look_up(void *self, const struct anchor *anchor, struct anchored *out)
{
    const struct typed *names = self;
    size_t i = anchor->name ? find(names, anchor->name) : SIZE_MAX;
    *out = i == SIZE_MAX ? (struct anchored){ 0 } : names->known[i].value;
}

static enum err_code read_value(const struct workout_name *name, struct known *out, struct err *err)
{
    int64_t number;
    day date;
    *out = (struct known){ 0 };
    if (strcmp(name->value, "?") == 0)
        return ERR_NONE;
    if (text_int(name->value, &number)) {
        out->value = (struct anchored){ .known = true, .is_number = true, .number = number };
        return ERR_NONE;
    }
    if (day_parse_any(name->value, &date)) {
        out->value = (struct anchored){ .known = true, .date = date };
        return ERR_NONE;
    }
    if (length_parse(name->value, &out->length)) {
        out->is_length = true;
        return ERR_NONE;
    }
    char why[200];
    day_parse_why(name->value, why, sizeof why);
    err_set(err, ERR_INPUT, "%s: %s", name->name, why);
    err_hint(err, "a date, a year, a length such as 2 weeks, or ? for not known");
    return ERR_INPUT;
}

static enum err_code find_calendar(const struct workout_in *in, const struct calendar **out,
                                   struct arena *arena, struct err *err)
{
    const struct calendars *all = in->rules->pack->calendars;
    *out = calendar_find(all, in->calendar);
    if (*out)
        return ERR_NONE;
    const char **names = ARENA_ARRAY(arena, const char *, all->count + 1);
    for (size_t i = 0; i < all->count; i++)
        names[i] = all->at[i]->name;
    const char *near = in->calendar ? text_nearest(in->calendar, names, all->count) : NULL;
    err_set(err, ERR_UNKNOWN, "the pack has no calendar '%s'", in->calendar ? in->calendar : "");
    if (near)
        err_hint(err, "did you mean '%s'?", near);
    return ERR_UNKNOWN;
}

static enum err_code check_roll(const char *roll, struct err *err)
{
    size_t count;
    const char *const *rolls = when_rolls(&count);
    if (!roll || text_in(roll, rolls, count))
        return ERR_NONE;
    err_set(err, ERR_UNKNOWN, "there is no roll '%s'", roll);
    err_hint(err, "there is '%s'", rolls[0]);
    return ERR_UNKNOWN;
}

enum err_code workout(const struct workout_in *in, struct arena *arena, struct workout_out *out,
                      struct diags *diags, struct err *err)
{
    const struct calendar *calendar;
    struct known *known = ARENA_ARRAY(arena, struct known, in->name_count + 1);
    const char **words = ARENA_ARRAY(arena, const char *, in->name_count + 1);
    enum err_code rc = find_calendar(in, &calendar, arena, err);
    if (!rc)
        rc = check_roll(in->roll, err);
    for (size_t i = 0; !rc && i < in->name_count; i++) {
        words[i] = in->names[i].name;
        rc = read_value(&in->names[i], &known[i], err);
    }
    if (rc)
        return rc;

    struct typed names = { in, known, words };
    const struct moment_names said = { .self = &names, .anchor = name_anchor,
                                       .length = name_length, .known = name_words,
                                       .calendar = calendar };
    struct source *source = ARENA_NEW(arena, struct source);
    *source = (struct source){ "moment", in->moment, strlen(in->moment) };
    struct span span = { source, 1, 1, 1 + (int)utf8_columns(in->moment, source->len) };
    const struct moment *moment = moment_parse(arena, in->moment, span, &said, diags);
    if (!moment)
        return err_set(err, ERR_PACK, "'%s' is not a moment", in->moment);

    *out = (struct workout_out){ .do_by = DAY_NONE, .trace = { .arena = arena } };
    const struct when_in when = {
        .calendar = calendar, .anchor = look_up, .self = &names, .trace = &out->trace,
        .notice_ordinary = in->rules->pack->model->notice_ordinary,
    };
    when_moment(&when, moment, &out->date);
    if (!out->date.known)
        return ERR_NONE;
    if (in->roll && !when_roll(&when, in->roll, out->date.due, &out->date.due))
        out->date.provisional = out->date.beyond = true;
    else if (!when_do_by(&when, out->date.due, false, &out->do_by))
        out->do_by = DAY_NONE;
    return ERR_NONE;
}
