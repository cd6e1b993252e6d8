/* SPDX-License-Identifier: MIT */
#include "engine/cli/covered.h"

#include "engine/base/arena.h"
#include "engine/cli/caseview.h"
#include "engine/cli/say.h"

#include <string.h>

enum { NAME_COLUMNS = 60 };

static const char *thing_name(struct call *call, const struct coverable *thing)
{
    const char *name = one_line(call->arena, thing->name);
    if (thing->condition && thing->condition->is_function)
        name = arena_printf(call->arena, "{lua: %s}", name);
    size_t kept = utf8_cut(name, NAME_COLUMNS);
    return name[kept] ? arena_printf(call->arena, "%.*s...", (int)kept, name) : name;
}

static void text_missing(struct call *call, const struct coverage *coverage,
                         enum coverage_kind kind)
{
    for (size_t i = 0; i < coverage->things.count; i++) {
        const struct coverable *thing = &coverage->things.at[i];
        if (thing->kind != kind || thing->reached)
            continue;
        say(call, "      not   %s:%d  %s", thing->span.source->path, thing->span.line,
            thing_name(call, thing));
        if (thing->process && !strstr(thing->span.source->path, thing->process->name))
            say(call, FAINT "  in %s" OFF, thing->process->name);
        say(call, "\n");
    }
}

void covered_text(struct call *call, const struct coverage *coverage)
{
    say(call, "\nWhat the scenarios reach of the pack's own rules\n");
    for (int kind = 0; kind < COVERAGE_KINDS; kind++) {
        if (!coverage->of[kind])
            continue;
        bool all = coverage->reached[kind] == coverage->of[kind];
        say(call, "  %s%4zu of %-4zu" OFF " %s\n", all ? GREEN : YELLOW, coverage->reached[kind],
            coverage->of[kind], coverage_title((enum coverage_kind)kind));
        text_missing(call, coverage, (enum coverage_kind)kind);
    }
    say(call, "%d%% reached, %zu of %zu\n", coverage_percent(coverage), coverage->all_reached,
        coverage->all);
}

static struct json *json_missing(struct call *call, const struct coverage *coverage,
                                 enum coverage_kind kind)
{
    struct json *list = json_new(call->arena, JSON_LIST);
    for (size_t i = 0; i < coverage->things.count; i++) {
        const struct coverable *thing = &coverage->things.at[i];
        if (thing->kind != kind || thing->reached)
            continue;
        struct json *one = json_new(call->arena, JSON_MAP);
        if (thing->process)
            json_put(call->arena, one, "process", json_words(call->arena, thing->process->name));
        json_put(call->arena, one, "name", json_words(call->arena, thing->name));
        json_put(call->arena, one, "file", json_words(call->arena, thing->span.source->path));
        json_put(call->arena, one, "line", json_new_int(call->arena, thing->span.line));
        json_add(list, one);
    }
    return list;
}

struct json *covered_json(struct call *call, const struct coverage *coverage)
{
    struct arena *arena = call->arena;
    struct json *json = json_new(arena, JSON_MAP), *kinds = json_new(arena, JSON_LIST);
    json_put(arena, json, "percent", json_new_int(arena, coverage_percent(coverage)));
    json_put(arena, json, "reached", json_new_int(arena, (int64_t)coverage->all_reached));
    json_put(arena, json, "of", json_new_int(arena, (int64_t)coverage->all));
    for (int kind = 0; kind < COVERAGE_KINDS; kind++) {
        struct json *one = json_new(arena, JSON_MAP);
        json_put(arena, one, "kind",
                 json_words(arena, coverage_title((enum coverage_kind)kind)));
        json_put(arena, one, "reached", json_new_int(arena, (int64_t)coverage->reached[kind]));
        json_put(arena, one, "of", json_new_int(arena, (int64_t)coverage->of[kind]));
        json_put(arena, one, "missing", json_missing(call, coverage, (enum coverage_kind)kind));
        json_add(kinds, one);
    }
    json_put(arena, json, "kinds", kinds);
    return json;
}

enum err_code covered_min(struct call *call, int *out)
{
    const char *text = call_flag(call, "min");
    int64_t number = 0;
    *out = 0;
    if (!text)
        return ERR_NONE;
    if (!text_int(text, &number) || number < 0 || number > 100)
        return err_set(&call->err, ERR_INPUT, "--min: '%s' is not a number from 0 to 100", text);
    *out = (int)number;
    return ERR_NONE;
}
