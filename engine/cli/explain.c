/* SPDX-License-Identifier: MIT */
#include "engine/core/explain.h"

#include "engine/base/arena.h"
#include "engine/base/diag_codes.h"
#include "engine/base/diag_texts.h"
#include "engine/cli/caseview.h"
#include "engine/cli/commands.h"
#include "engine/cli/grounds.h"
#include "engine/cli/grid.h"
#include "engine/cli/say.h"
#include "engine/run/casework.h"

#include <ctype.h>
#include <string.h>

/* --- a finding's code ------------------------------------------------------------------------ */

static const struct diag_code *find_code(struct call *call)
{
    char *word = arena_text(call->arena, call->args[0]);
    for (char *c = word; *c; c++)
        *c = (char)toupper((unsigned char)*c);
    return diag_code_find(word);
}

/* A letter and then only digits: no case is called so. */
static bool like_code(const char *word)
{
    size_t digits = strspn(word + (*word != '\0'), "0123456789");
    return isalpha((unsigned char)*word) && digits && !word[1 + digits];
}

static enum err_code no_code(struct call *call)
{
    err_set(&call->err, ERR_INPUT, "there is no finding '%s'", call->args[0]);
    err_hint(&call->err, "its code stands at the end of the finding's line, such as R014; "
                         "docs/findings.md has all of them");
    return ERR_INPUT;
}

/* Words in lines of at most `width` columns. */
static void say_wrapped(struct call *call, const char *words, size_t width)
{
    size_t column = 0;
    for (const char *at = words; *at;) {
        size_t len = strcspn(at, " ");
        if (column && column + 1 + len > width) {
            say(call, "\n");
            column = 0;
        }
        say(call, "%s%.*s", column ? " " : "", (int)len, at);
        column += len + (column ? 1 : 0);
        at += len + strspn(at + len, " ");
    }
    say(call, "\n");
}

static void explain_text(struct call *call, const struct diag_code *code,
                         const struct diag_text *text)
{
    enum { WIDTH = 88 };
    say(call, BOLD "%s" OFF " %s\n\n", code->code, code->title);
    say_wrapped(call, text->means, WIDTH);
    say(call, "\nWrong  %s\nRight  %s\n\n", text->wrong, text->right);
    say(call, "What to do: %s\n", code->hint);
    if (text->kept == DIAG_KEPT)
        say(call, "If it is meant, keep it in pack.yaml, with what stands behind the code in its "
                  "brackets:\n  accepts: {%s: {ABOUT: the reason}}\n", code->code);
}

static enum err_code explain_code(struct call *call, const struct diag_code *code)
{
    const struct diag_text *text = diag_text_find(code->code);
    if (call->json) {
        struct json *json = json_new(call->arena, JSON_MAP);
        json_put(call->arena, json, "code", json_words(call->arena, code->code));
        json_put(call->arena, json, "title", json_words(call->arena, code->title));
        json_put(call->arena, json, "hint", json_words(call->arena, code->hint));
        json_put(call->arena, json, "means", json_words(call->arena, text->means));
        json_put(call->arena, json, "wrong", json_words(call->arena, text->wrong));
        json_put(call->arena, json, "right", json_words(call->arena, text->right));
        struct json *kept = json_new(call->arena, JSON_BOOL);
        kept->number = text->kept == DIAG_KEPT;
        json_put(call->arena, json, "kept", kept);
        say_json(call, json);
    } else {
        explain_text(call, code, text);
    }
    return ERR_NONE;
}

/* --- a date ---------------------------------------------------------------------------------- */

/* The rules of the event that set the date; those in force at opening if it was never set. */
static enum err_code rules_of(struct call *call, const struct caseview *view, const char *clock,
                              const struct ruleset **out)
{
    struct event_row *rows;
    size_t count;
    int64_t id = view->file->ruleset;
    enum err_code rc = case_history(call->store, view->file->id, call->arena, &rows, &count,
                                    &call->err);
    for (size_t i = 0; !rc && i < count; i++) {
        struct event event;
        struct outcome outcome;
        rc = case_event(&rows[i], call->arena, &event, &outcome, &call->err);
        for (size_t j = 0; !rc && j < outcome.changed.clocks.count; j++)
            if (strcmp(outcome.changed.clocks.at[j].name, clock) == 0)
                id = rows[i].ruleset;
    }
    return rc ? rc : world_ruleset(call->world, id, out, &call->err);
}

static struct decide_in decide_in(const struct ruleset *ruleset, const struct casefile *file)
{
    host_begin(ruleset->rules->host);
    return (struct decide_in){
        .model = ruleset->rules->pack->model, .calendars = ruleset->rules->pack->calendars,
        .file = file, .oracle = host_oracle(ruleset->rules->host),
    };
}

/* "torbay/processes/annual-review.yaml:12" */
static const char *place_of(struct call *call, const struct moment *moment)
{
    if (!moment->span.source)
        return "";
    return arena_printf(call->arena, "%s:%d", moment->span.source->path, moment->span.line);
}

static void add_rule(struct call *call, struct grid *grid, const char *whose,
                     const struct explained_rule *rule)
{
    char date[DAY_TEXT_MAX] = "not known";
    if (rule->date.known)
        day_short(rule->date.due, date);
    const char *law = rule->law ? one_line(call->arena, rule->law) : "";
    grid_row(grid, "", (const char *[]){ whose, arena_text(call->arena, date),
                                         rule->binds ? "binds" : "",
                                         one_line(call->arena,
                                                  explain_words(call->arena, rule->moment)),
                                         arena_printf(call->arena, "%s%s%s",
                                                      place_of(call, rule->moment),
                                                      *law ? ", " : "", law) });
}

static void say_trace(struct call *call, const char *heading, const struct trace *trace)
{
    if (!trace->count)
        return;
    say(call, "\n%s\n", heading);
    for (size_t i = 0; i < trace->count; i++)
        say(call, "%4zu. %s\n", i + 1, one_line(call->arena, trace->at[i].text));
}

/* The settings a rule is written with, and where the pack says them. */
static void say_settings(struct call *call, const struct caseview *view,
                         const struct explained_rule *rule)
{
    for (size_t i = 0; i < view->process->setting_count; i++) {
        const struct setting *setting = &view->process->settings[i];
        const char *at = strstr(rule->moment->text, setting->name);
        size_t len = strlen(setting->name);
        if (!at || !setting->span.source || !setting->first.is_length ||
            (at != rule->moment->text && at[-1] != ' ' && at[-1] != '(') ||
            (at[len] && at[len] != ' ' && at[len] != ')'))
            continue;
        say(call, "%s is %s%s at %s:%d\n", setting->name,
            length_text(call->arena, setting->first.length),
            setting->later_count ? " at first" : "", setting->span.source->path,
            setting->span.line);
    }
}

static void say_explained(struct call *call, const struct caseview *view,
                          const struct explained *explained)
{
    const char *name = explained->deadline->name;
    struct grid grid = grid_of(call->arena, 5);
    const char *title = explained->clock ? caseview_clock(view, explained->clock->name)
                        : explained->deadline->title ? explained->deadline->title : name;
    say(call, BOLD "%s  %s" OFF "\n%s\n\n", view->file->ref, title, explained->verdict);
    if (explained->floor.moment) {
        add_rule(call, &grid, "this pack", &explained->rule);
        add_rule(call, &grid, "the law", &explained->floor);
    } else {
        add_rule(call, &grid, "the rule", &explained->rule);
    }
    grid_say(&grid, call);
    say_settings(call, view, &explained->rule);
    say_trace(call, explained->floor.moment ? "By this pack's rule:" : "How:",
              &explained->rule.trace);
    say_trace(call, "By the law's rule:", &explained->floor.trace);
    say_trace(call, "Do by:", &explained->do_by);
    if (explained->clock)
        grounds_say(call, view, explained->clock, "\n");
}

static struct json *trace_json(struct arena *arena, const struct trace *trace)
{
    struct json *list = json_new(arena, JSON_LIST);
    for (size_t i = 0; i < trace->count; i++) {
        struct json *one = json_new(arena, JSON_MAP);
        json_put(arena, one, "kind", json_new_text(arena, step_kind_name(trace->at[i].kind)));
        json_put(arena, one, "date", json_day(arena, trace->at[i].date));
        json_put(arena, one, "text", json_words(arena, trace->at[i].text));
        json_add(list, one);
    }
    return list;
}

static struct json *rule_json(struct call *call, const struct explained_rule *rule)
{
    struct arena *arena = call->arena;
    struct json *json = json_new(arena, JSON_MAP);
    if (!rule->moment)
        return json_new(arena, JSON_NULL);
    json_put(arena, json, "moment", json_words(arena, rule->moment->text));
    json_put(arena, json, "place", json_words(arena, place_of(call, rule->moment)));
    json_put(arena, json, "law", json_words(arena, rule->law));
    json_put(arena, json, "calendar", json_words(arena, rule->calendar));
    json_put(arena, json, "due", json_day(arena, rule->date.known ? rule->date.due : DAY_NONE));
    json_put(arena, json, "provisional", json_yes(arena, rule->date.provisional));
    json_put(arena, json, "missing", json_words(arena, rule->date.missing));
    json_put(arena, json, "binds", json_yes(arena, rule->binds));
    json_put(arena, json, "steps", trace_json(arena, &rule->trace));
    return json;
}

static void explained_json(struct call *call, const struct caseview *view,
                           const struct explained *explained)
{
    struct arena *arena = call->arena;
    struct json *json = json_new(arena, JSON_MAP);
    json_put(arena, json, "case", json_new_int(arena, view->file->id));
    json_put(arena, json, "ref", json_words(arena, view->file->ref));
    json_put(arena, json, "deadline", json_words(arena, explained->deadline->name));
    json_put(arena, json, "verdict", json_words(arena, explained->verdict));
    json_put(arena, json, "differs", json_yes(arena, explained->differs));
    json_put(arena, json, "rule", rule_json(call, &explained->rule));
    json_put(arena, json, "floor", rule_json(call, &explained->floor));
    json_put(arena, json, "do_by_steps", trace_json(arena, &explained->do_by));
    json_put(arena, json, "stored", explained->clock ? caseview_clock_json(view, explained->clock)
                                                     : json_new(arena, JSON_NULL));
    say_json(call, json);
}

static enum err_code explain_one(struct call *call, const struct caseview *view, const char *name,
                                 struct explained *out)
{
    const struct ruleset *ruleset;
    enum err_code rc = rules_of(call, view, name, &ruleset);
    if (rc)
        return rc;
    const struct event now = { .today = view->today };
    struct decide_in in = decide_in(ruleset, view->file);
    in.event = &now;
    return explain_deadline(&in, name, call->arena, out, &call->err);
}

/* --- where a case stands --------------------------------------------------------------------- */

/* Every deadline of the process in one sentence: those with dates first, then those that wait. */
static enum err_code explain_case(struct call *call, const struct caseview *view)
{
    struct arena *arena = call->arena;
    const struct state *state = process_state(view->process, view->file->state);
    struct json *json = json_new(arena, JSON_MAP), *list = json_new(arena, JSON_LIST);
    size_t open, count;
    const struct clock **clocks = caseview_clocks(view, &open, &count);
    say(call, BOLD "%s  %s" OFF "\n", view->file->ref, one_line(arena, view->process->title));
    say(call, "%s since %s%s%s.\n\n", caseview_state(view, view->file->state),
        caseview_day(view, view->file->state_since),
        state && state->waiting_for ? ", waiting for " : "",
        state && state->waiting_for ? caseview_role(view, state->waiting_for) : "");
    for (size_t i = 0; i < count; i++) {
        struct explained explained;
        enum err_code rc = explain_one(call, view, clocks[i]->name, &explained);
        if (rc)
            return rc;
        struct json *one = caseview_clock_json(view, clocks[i]);
        json_put(arena, one, "verdict", json_words(arena, explained.verdict));
        json_add(list, one);
        say(call, "%s (%s)\n    %s\n", caseview_clock(view, clocks[i]->name), clocks[i]->name,
            explained.verdict);
    }
    if (!count)
        say(call, "No deadline has a date yet.\n");
    if (!call->json)
        return ERR_NONE;
    buf_cut(&call->out, 0);
    json_put(arena, json, "case", json_new_int(arena, view->file->id));
    json_put(arena, json, "ref", json_words(arena, view->file->ref));
    json_put(arena, json, "state", json_words(arena, view->file->state));
    json_put(arena, json, "since", json_day(arena, view->file->state_since));
    json_put(arena, json, "waiting_for", json_words(arena, state ? state->waiting_for : NULL));
    json_put(arena, json, "deadlines", list);
    say_json(call, json);
    return ERR_NONE;
}

enum err_code explain_run(struct call *call)
{
    struct caseview view;
    struct explained explained;
    const struct diag_code *code = call->arg_count == 1 ? find_code(call) : NULL;
    if (code)
        return explain_code(call, code);
    if (call->arg_count == 1 && like_code(call->args[0]))
        return no_code(call);
    enum err_code rc = database_open(call, STORE_READ);
    if (!rc)
        rc = caseview_find(call, call->args[0], &view);
    if (rc)
        return rc;
    if (call->arg_count == 1)
        return explain_case(call, &view);
    rc = explain_one(call, &view, call->args[1], &explained);
    if (rc)
        return rc;
    if (call->json)
        explained_json(call, &view, &explained);
    else
        say_explained(call, &view, &explained);
    return ERR_NONE;
}
