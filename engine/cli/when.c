/* SPDX-License-Identifier: MIT */
#include "engine/cli/commands.h"

#include "engine/base/arena.h"
#include "engine/cli/caseview.h"
#include "engine/cli/facts.h"
#include "engine/cli/findings.h"
#include "engine/cli/say.h"
#include "engine/run/workout.h"

#include <string.h>

enum { PICTURE_WEEKS_MAX = 26 };

struct asking {
    struct call *call;
    struct findings findings;
    struct workout_in in;
    const char **moments;
    size_t moment_count;
    day since;               /* DAY_NONE: not asked. */
};

/* Without quotes the shell gives every word by itself; a number alone is no moment. */
static enum err_code check_quotes(struct asking *a)
{
    struct buf text = buf_in(a->call->arena);
    bool number = false;
    for (size_t i = 0; i < a->moment_count; i++) {
        buf_printf(&text, "%s%s", i ? " " : "", a->moments[i]);
        number = number || (*a->moments[i] &&
                            !a->moments[i][strspn(a->moments[i], "0123456789")]);
    }
    if (!number || a->moment_count < 2)
        return ERR_NONE;
    err_set(&a->call->err, ERR_USAGE, "a moment of several words stands in quotes");
    err_hint(&a->call->err, "reeve when '%s'", buf_text(&text));
    return ERR_USAGE;
}

/* The words with `=` are names, the others moments. */
static enum err_code read_words(struct asking *a)
{
    struct call *call = a->call;
    struct workout_name *names = ARENA_ARRAY(call->arena, struct workout_name, call->arg_count);
    a->moments = ARENA_ARRAY(call->arena, const char *, call->arg_count);
    for (size_t i = 0; i < call->arg_count; i++) {
        const char *word = call->args[i], *equals = strchr(word, '=');
        if (!equals) {
            a->moments[a->moment_count++] = word;
            continue;
        }
        if (equals == word) {
            err_set(&call->err, ERR_USAGE, "'%s' is not name=date", word);
            err_hint(&call->err, "name=2026-12-14, name=2027 for a year, name=? for not known");
            return ERR_USAGE;
        }
        struct workout_name *name = &names[a->in.name_count];
        name->name = arena_text_n(call->arena, word, (size_t)(equals - word));
        name->value = equals + 1;
        for (size_t j = 0; j < a->in.name_count; j++)
            if (strcmp(names[j].name, name->name) == 0)
                return err_set(&call->err, ERR_USAGE, "'%s' is given twice", name->name);
        a->in.name_count++;
    }
    a->in.names = names;
    a->in.used = ARENA_ARRAY(call->arena, bool, a->in.name_count + 1);
    if (a->moment_count)
        return check_quotes(a);
    err_set(&call->err, ERR_USAGE, "which moment?");
    err_hint(&call->err, "write it in quotes, such as '10 working days after held'");
    return ERR_USAGE;
}

/* A name that no moment has was mistyped, in one or in the other. */
static enum err_code check_used(struct asking *a)
{
    for (size_t i = 0; i < a->in.name_count; i++)
        if (!a->in.used[i])
            return err_set(&a->call->err, ERR_USAGE, "'%s' is given, and stands in no moment",
                           a->in.names[i].name);
    return ERR_NONE;
}

/* Why the calendar does not know, as the steps have it; NULL: it does. */
static const char *why_beyond(const struct workout_out *out)
{
    for (size_t i = out->trace.count; out->date.beyond && i-- > 0;)
        if (out->trace.at[i].kind == STEP_MISSING)
            return out->trace.at[i].text;
    return NULL;
}

/* Days after `since` up to the date that count; -1: the calendar does not know. */
static int64_t days_left(const struct calendar *calendar, bool school, day since, day due)
{
    int64_t count = 0;
    for (day at = since + 1; at <= due; at++) {
        enum day_is is = school ? school_day(calendar, at, NULL) : working_day(calendar, at, NULL);
        if (is == DAY_UNKNOWN)
            return -1;
        count += is == DAY_COUNTS;
    }
    return count;
}

static struct json *json_count(struct arena *arena, int64_t count)
{
    return count < 0 ? json_new(arena, JSON_NULL) : json_new_int(arena, count);
}

static void put_days(struct asking *a, const struct workout_out *out, struct json *json)
{
    struct arena *arena = a->call->arena;
    day due = out->date.due;
    struct json *days = json_new(arena, JSON_MAP);
    if (a->since == DAY_NONE || !out->date.known)
        return;
    json_put(arena, days, "since", json_day(arena, a->since));
    json_put(arena, days, "days", json_new_int(arena, due - a->since));
    json_put(arena, days, "working_days",
             json_count(arena, days_left(out->calendar, false, a->since, due)));
    json_put(arena, days, "school_days",
             json_count(arena, days_left(out->calendar, true, a->since, due)));
    json_put(arena, json, "left", days);
}

static struct json *steps_json(struct asking *a, const struct workout_out *out)
{
    struct arena *arena = a->call->arena;
    struct json *json = json_new(arena, JSON_MAP), *steps = json_new(arena, JSON_LIST);
    for (size_t i = 0; i < out->trace.count; i++) {
        const struct step *step = &out->trace.at[i];
        struct json *one = json_new(arena, JSON_MAP);
        json_put(arena, one, "kind", json_new_text(arena, step_kind_name(step->kind)));
        json_put(arena, one, "date", json_day(arena, step->date));
        json_put(arena, one, "text", json_words(arena, step->text));
        json_add(steps, one);
    }
    json_put(arena, json, "moment", json_words(arena, a->in.moment));
    json_put(arena, json, "named_calendar", json_words(arena, out->calendar->name));
    json_put(arena, json, "due", json_day(arena, out->date.known ? out->date.due : DAY_NONE));
    json_put(arena, json, "do_by", json_day(arena, out->do_by));
    json_put(arena, json, "provisional", json_yes(arena, out->date.provisional));
    json_put(arena, json, "missing", json_words(arena, out->date.missing));
    json_put(arena, json, "beyond", json_yes(arena, out->date.beyond));
    json_put(arena, json, "why", json_words(arena, why_beyond(out)));
    json_put(arena, json, "time",
             json_words(arena, out->date.known && out->date.minute >= 0
                                   ? minute_text(out->date.minute, arena_alloc(arena, 8)) : NULL));
    json_put(arena, json, "steps", steps);
    put_days(a, out, json);
    return json;
}

static void say_left(struct asking *a, const struct workout_out *out)
{
    char text[DAY_TEXT_MAX];
    day due = out->date.due;
    bool school = out->school_days || a->in.school;
    if (a->since == DAY_NONE || !out->date.known)
        return;
    int64_t count = days_left(out->calendar, school, a->since, due);
    say(a->call, "Left   %s from %s", counted(a->call, due - a->since, "day", "days"),
        day_short(a->since, text));
    if (count >= 0 && due >= a->since)
        say(a->call, ", %s", school ? counted(a->call, count, "school day", "school days")
                                    : counted(a->call, count, "working day", "working days"));
    say(a->call, "\n");
}

/* One day of the picture, four columns: (14) where it starts, [30] where it ends, a dot where it
 * does not count. */
static void say_square(struct call *call, const struct workout_out *out, day at, day from)
{
    enum day_is is = out->school_days ? school_day(out->calendar, at, NULL)
                                      : working_day(out->calendar, at, NULL);
    int mday = ymd_of(at).day;
    if (at < from)
        say(call, "    ");
    else if (at == out->date.due)
        say(call, BOLD "[%2d]" OFF, mday);
    else if (at == from)
        say(call, "(%2d)", mday);
    else if (is == DAY_COUNTS)
        say(call, " %2d ", mday);
    else
        say(call, is == DAY_UNKNOWN ? "  ? " : FAINT "  \xc2\xb7 " OFF);
}

/* From the first date that the steps speak of to the date, week by week. */
static void say_picture(struct call *call, const struct workout_out *out)
{
    day from = out->date.due, to = out->date.due;
    for (size_t i = 0; i < out->trace.count; i++) {
        const struct step *step = &out->trace.at[i];
        if (step->date == DAY_NONE || step->kind == STEP_DO_BY)
            continue;
        from = step->date < from ? step->date : from;
        to = step->date > to ? step->date : to;
    }
    day monday = from - (day)weekday_of(from);
    if ((to - monday) / 7 >= PICTURE_WEEKS_MAX) {
        say(call, "       (longer than %d weeks: no picture)\n", PICTURE_WEEKS_MAX);
        return;
    }
    say(call, FAINT "                Mo  Tu  We  Th  Fr  Sa  Su" OFF "\n");
    for (int month = 0; monday <= to; monday += 7) {
        struct ymd first = ymd_of(monday < from ? from : monday);
        struct ymd last = ymd_of(monday + 6 > to ? to : monday + 6);
        bool named = first.month == month && last.month == month;
        say(call, "     %9.9s ", named ? "" : month_name(last.month));
        month = last.month;
        for (day at = monday; at < monday + 7 && at <= to; at++)
            say_square(call, out, at, from);
        say(call, "\n");
    }
    say(call, FAINT "                \xc2\xb7 is no %s day" OFF "\n",
        out->school_days ? "school" : "working");
}

static void say_steps(struct asking *a, const struct workout_out *out)
{
    struct call *call = a->call;
    char text[DAY_TEXT_MAX], minute[8];
    const char *why = why_beyond(out);
    if (a->moment_count > 1)
        say(call, "%s" BOLD "%s" OFF "\n", call->out.len ? "\n" : "",
            one_line(call->arena, a->in.moment));
    if (!out->date.known && out->date.beyond)
        say(call, BOLD "Not known:" OFF " %s\n", why ? why : "the calendar ends before it");
    else if (!out->date.known)
        say(call, BOLD "Not known:" OFF " %s is missing\n",
            out->date.missing ? out->date.missing : "a date");
    else
        say(call, BOLD "Due    %s%s%s" OFF "%s\n", day_short(out->date.due, text),
            out->date.minute >= 0 ? " " : "",
            out->date.minute >= 0 ? minute_text(out->date.minute, minute) : "",
            out->date.provisional ? "  (provisional: it may still move)" : "");
    if (out->do_by != DAY_NONE)
        say(call, "Do by  %s\n", day_short(out->do_by, text));
    say_left(a, out);
    for (size_t i = 0; i < out->trace.count; i++)
        say(call, "%4zu. %s\n", i + 1, one_line(call->arena, out->trace.at[i].text));
    if (out->date.known && call_flag(call, "picture"))
        say_picture(call, out);
}

/* What is wrong with the moment is shown where it stands in it, or as the one error for
 * programs. */
static enum err_code bad_moment(struct call *call, struct diags *diags)
{
    struct buf text = buf_in(call->arena);
    const struct diag *first = diags->count ? &diags->at[0] : NULL;
    diags_sort(diags);
    if (call->json && first) {
        err_set(&call->err, ERR_INPUT, "%s", first->text);
        if (first->hint)
            err_hint(&call->err, "%s", first->hint);
        return ERR_INPUT;
    }
    diags_print(diags, &text, false);
    talk("%s", buf_text(&text));
    return err_set(&call->err, ERR_INPUT, "no date was worked out");
}

static enum err_code work_out(struct asking *a, struct workout_out *out)
{
    struct call *call = a->call;
    struct diags *diags = diags_new(call->arena);
    enum err_code rc = workout(&a->in, call->arena, out, diags, &call->err);
    return rc == ERR_PACK ? bad_moment(call, diags) : rc;
}

static enum err_code open_rules(struct asking *a)
{
    struct call *call = a->call;
    enum err_code rc = findings_demand(call, &a->findings);
    if (rc)
        return rc;
    a->in.rules = a->findings.rules;
    const struct model *model = a->in.rules->pack->model;
    if (a->in.process && !model_process(model, a->in.process))
        return findings_no_process(call, model, a->in.process);
    const struct calendars *all = a->in.rules->pack->calendars;
    if (a->in.school && calendar_for(all, NULL, a->in.school)->school != a->in.school)
        talk("school %lld has no calendar of its own here: '%s' counts",
             (long long)a->in.school, all->at[0]->name);
    return ERR_NONE;
}

/* Each is worked out before anything is said. */
static enum err_code answer(struct asking *a)
{
    struct call *call = a->call;
    struct workout_out *outs = ARENA_ARRAY(call->arena, struct workout_out, a->moment_count);
    struct json *list = json_new(call->arena, JSON_LIST);
    enum err_code rc = open_rules(a);
    for (size_t i = 0; !rc && i < a->moment_count; i++) {
        a->in.moment = a->moments[i];
        rc = work_out(a, &outs[i]);
    }
    if (!rc)
        rc = check_used(a);
    for (size_t i = 0; !rc && i < a->moment_count; i++) {
        a->in.moment = a->moments[i];
        if (call->json)
            json_add(list, steps_json(a, &outs[i]));
        else
            say_steps(a, &outs[i]);
    }
    if (!rc && call->json && a->moment_count == 1) {
        say_json(call, list->first);
    } else if (!rc && call->json) {
        struct json *json = json_new(call->arena, JSON_MAP);
        json_put(call->arena, json, "moments", list);
        say_json(call, json);
    }
    return rc;
}

enum err_code when_run(struct call *call)
{
    struct asking a = { .call = call, .in = { .calendar = call_flag(call, "calendar"),
                                              .roll = call_flag(call, "roll") } };
    const char *pack = call_flag(call, "pack");
    enum err_code rc = read_words(&a);
    if (!rc)
        rc = facts_date(call, "on", &a.since);
    if (!rc)
        rc = facts_urn(call, "school", &a.in.school);
    if (!rc && !pack) {
        err_set(&call->err, ERR_USAGE, "whose calendar is to be used?");
        err_hint(&call->err, "add --pack PACK, a folder such as examples/england");
        rc = ERR_USAGE;
    }
    if (!rc)
        findings_split(call, pack, &pack, &a.in.process);
    if (!rc)
        rc = findings_open(call, pack, &a.findings);
    if (rc)
        return rc;
    rc = answer(&a);
    findings_close(&a.findings);
    return rc;
}
