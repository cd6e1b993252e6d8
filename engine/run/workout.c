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
    const struct process *process; /* NULL: none was given. */
    const struct known *known;     /* As in->names. */
    const char *const *words;      /* These, then the process's settings that are lengths. */
    size_t word_count;
    struct arena *arena;
    const char *asked;             /* A name that is none of them, */
    bool asked_year;               /* where a year has to stand. */
};

static size_t find(const struct typed *names, const char *name)
{
    for (size_t i = 0; i < names->in->name_count; i++)
        if (strcmp(names->in->names[i].name, name) == 0) {
            if (names->in->used)
                names->in->used[i] = true;
            return i;
        }
    return SIZE_MAX;
}

static bool counts_school_days(const struct moment *moment)
{
    if (!moment)
        return false;
    bool own = moment->length.unit == UNIT_SCHOOL_DAY || moment->length.unit == UNIT_SCHOOL_WEEK;
    for (size_t i = 0; i < moment->part_count; i++)
        own = own || counts_school_days(moment->parts[i]);
    return own || counts_school_days(moment->base) || counts_school_days(moment->after);
}

static bool name_anchor(void *self, const char *name, bool number, struct anchor *out)
{
    struct typed *names = self;
    size_t i = find(names, name);
    if (i == SIZE_MAX) {
        names->asked = name;
        names->asked_year = number;
    }
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
    const struct setting *setting = i == SIZE_MAX && names->process
                                        ? process_setting(names->process, name) : NULL;
    if (setting && setting->first.is_length)
        *out = setting->first.length;
    else if (i != SIZE_MAX && names->known[i].is_length)
        *out = names->known[i].length;
    else
        return false;
    return true;
}

static const struct length_from *name_later(void *self, const char *name, size_t *count)
{
    const struct typed *names = self;
    const struct setting *setting = find(names, name) == SIZE_MAX && names->process
                                        ? process_setting(names->process, name) : NULL;
    *count = setting ? setting->later_count : 0;
    struct length_from *later = ARENA_ARRAY(names->arena, struct length_from, *count);
    for (size_t i = 0; i < *count; i++)
        later[i] = (struct length_from){ setting->later[i].from, setting->later[i].length };
    return later;
}

static const char *const *name_words(void *self, size_t *count)
{
    const struct typed *names = self;
    *count = names->word_count;
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

static enum err_code find_calendar(const struct workout_in *in, const struct process *process,
                                   const struct calendar **out, struct arena *arena,
                                   struct err *err)
{
    const struct calendars *all = in->rules->pack->calendars;
    *out = calendar_for(all, in->calendar || !process ? in->calendar : process->calendar,
                        in->school);
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

/* A moment typed here knows no fields and events: what it names is given beside it. */
static void hint_names(const struct typed *names, struct diags *diags)
{
    if (!names->asked || text_nearest(names->asked, names->words, names->word_count))
        return;
    for (size_t i = 0; i < diags->count; i++) {
        struct diag *diag = &diags->at[i];
        if (strcmp(diag->code, "M002") == 0)
            diag_hint(diags, diag, "give it: %s=%s, or %s=? if it is not known yet", names->asked,
                      names->asked_year ? "2027" : "2026-11-10", names->asked);
        else if (strcmp(diag->code, "R013") == 0)
            diag_hint(diags, diag, "give it: '%s=2 weeks', or say whose setting it is: "
                                   "--pack PACK/PROCESS", names->asked);
    }
}

/* The names typed, and what they stand for. */
static enum err_code read_names(struct typed *names, struct arena *arena, struct err *err)
{
    const struct workout_in *in = names->in;
    size_t settings = names->process ? names->process->setting_count : 0;
    struct known *known = ARENA_ARRAY(arena, struct known, in->name_count + 1);
    const char **words = ARENA_ARRAY(arena, const char *, in->name_count + settings + 1);
    for (size_t i = 0; i < in->name_count; i++) {
        enum err_code rc = read_value(&in->names[i], &known[i], err);
        if (rc)
            return rc;
        words[names->word_count++] = in->names[i].name;
    }
    for (size_t i = 0; i < settings; i++)
        if (names->process->settings[i].first.is_length)
            words[names->word_count++] = names->process->settings[i].name;
    names->known = known;
    names->words = words;
    return ERR_NONE;
}

static const struct moment *parse(struct typed *names, const struct calendar *calendar,
                                  struct arena *arena, struct diags *diags)
{
    const struct moment_names said = { .self = names, .anchor = name_anchor,
                                       .length = name_length, .later = name_later,
                                       .known = name_words,
                                       .calendar = calendar };
    const char *text = names->in->moment;
    struct source *source = ARENA_NEW(arena, struct source);
    *source = (struct source){ "moment", text, strlen(text) };
    struct span span = { source, 1, 1, 1 + (int)utf8_columns(text, source->len) };
    const struct moment *moment = moment_parse(arena, text, span, &said, diags);
    if (!moment)
        hint_names(names, diags);
    return moment;
}

enum err_code workout(const struct workout_in *in, struct arena *arena, struct workout_out *out,
                      struct diags *diags, struct err *err)
{
    const struct calendar *calendar;
    const struct model *model = in->rules->pack->model;
    struct typed names = { .in = in, .arena = arena,
                           .process = in->process ? model_process(model, in->process) : NULL };
    enum err_code rc = find_calendar(in, names.process, &calendar, arena, err);
    if (!rc)
        rc = check_roll(in->roll, err);
    if (!rc)
        rc = read_names(&names, arena, err);
    if (rc)
        return rc;
    const struct moment *moment = parse(&names, calendar, arena, diags);
    if (!moment)
        return err_set(err, ERR_PACK, "'%s' is not a moment", in->moment);

    *out = (struct workout_out){ .do_by = DAY_NONE, .calendar = calendar,
                                 .school_days = counts_school_days(moment),
                                 .trace = { .arena = arena } };
    const struct when_in when = {
        .calendar = calendar, .anchor = look_up, .self = &names, .trace = &out->trace,
        .notice_ordinary = model->notice_ordinary,
    };
    when_moment(&when, moment, &out->date);
    if (!out->date.known)
        return ERR_NONE;
    if (in->roll && !when_roll(&when, in->roll, out->date.due, &out->date.due))
        out->date.provisional = out->date.beyond = true;
    else if (!(in->school && when_do_by(&when, out->date.due, true, &out->do_by)) &&
             !when_do_by(&when, out->date.due, false, &out->do_by))
        out->do_by = DAY_NONE;
    return ERR_NONE;
}
