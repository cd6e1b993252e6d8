/* SPDX-License-Identifier: MIT */
#include "engine/cli/commands.h"

#include "engine/base/arena.h"
#include "engine/cli/caseview.h"
#include "engine/cli/findings.h"
#include "engine/cli/say.h"
#include "engine/run/workout.h"

#include <string.h>

static enum err_code read_names(struct call *call, struct workout_in *in)
{
    size_t count = call->arg_count - 1;
    struct workout_name *names = ARENA_ARRAY(call->arena, struct workout_name, count + 1);
    for (size_t i = 0; i < count; i++) {
        const char *word = call->args[i + 1], *equals = strchr(word, '=');
        if (!equals || equals == word) {
            err_set(&call->err, ERR_USAGE, "'%s' is not name=date", word);
            err_hint(&call->err, "name=2026-12-14, name=2027 for a year, name=? for not known");
            return ERR_USAGE;
        }
        names[i].name = arena_text_n(call->arena, word, (size_t)(equals - word));
        names[i].value = equals + 1;
        for (size_t j = 0; j < i; j++)
            if (strcmp(names[j].name, names[i].name) == 0)
                return err_set(&call->err, ERR_USAGE, "'%s' is given twice", names[i].name);
    }
    in->names = names;
    in->name_count = count;
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

static void say_steps_json(struct call *call, const struct workout_out *out)
{
    struct arena *arena = call->arena;
    struct json *json = json_new(arena, JSON_MAP), *steps = json_new(arena, JSON_LIST);
    for (size_t i = 0; i < out->trace.count; i++) {
        const struct step *step = &out->trace.at[i];
        struct json *one = json_new(arena, JSON_MAP);
        json_put(arena, one, "kind", json_new_text(arena, step_kind_name(step->kind)));
        json_put(arena, one, "date", json_day(arena, step->date));
        json_put(arena, one, "text", json_words(arena, step->text));
        json_add(steps, one);
    }
    json_put(arena, json, "due", json_day(arena, out->date.known ? out->date.due : DAY_NONE));
    json_put(arena, json, "do_by", json_day(arena, out->do_by));
    json_put(arena, json, "provisional", json_yes(arena, out->date.provisional));
    json_put(arena, json, "missing", json_words(arena, out->date.missing));
    json_put(arena, json, "beyond", json_yes(arena, out->date.beyond));
    json_put(arena, json, "time",
             json_words(arena, out->date.known && out->date.minute >= 0
                                   ? minute_text(out->date.minute, arena_alloc(arena, 8)) : NULL));
    json_put(arena, json, "steps", steps);
    say_json(call, json);
}

static void say_steps(struct call *call, const struct workout_out *out)
{
    char text[DAY_TEXT_MAX], minute[8];
    const char *why = why_beyond(out);
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
    for (size_t i = 0; i < out->trace.count; i++)
        say(call, "%4zu. %s\n", i + 1, one_line(call->arena, out->trace.at[i].text));
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

static enum err_code work_out(struct call *call, struct findings *findings, struct workout_in *in,
                              struct workout_out *out)
{
    struct diags *diags = diags_new(call->arena);
    enum err_code rc = findings_demand(call, findings);
    if (rc)
        return rc;
    in->rules = findings->rules;
    const struct model *model = findings->rules->pack->model;
    if (in->process && !model_process(model, in->process))
        return findings_no_process(call, model, in->process);
    rc = workout(in, call->arena, out, diags, &call->err);
    return rc == ERR_PACK ? bad_moment(call, diags) : rc;
}

enum err_code when_run(struct call *call)
{
    struct findings findings;
    struct workout_in in = { .moment = call->args[0], .calendar = call_flag(call, "calendar"),
                             .roll = call_flag(call, "roll") };
    struct workout_out out;
    const char *pack = call_flag(call, "pack");
    enum err_code rc = read_names(call, &in);
    if (!rc && !pack) {
        err_set(&call->err, ERR_USAGE, "whose calendar is to be used?");
        err_hint(&call->err, "add --pack PACK, a folder such as examples/england");
        rc = ERR_USAGE;
    }
    if (!rc)
        findings_split(call, pack, &pack, &in.process);
    if (!rc)
        rc = findings_open(call, pack, &findings);
    if (rc)
        return rc;
    rc = work_out(call, &findings, &in, &out);
    if (!rc && call->json)
        say_steps_json(call, &out);
    else if (!rc)
        say_steps(call, &out);
    findings_close(&findings);
    return rc;
}
