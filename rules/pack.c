/* SPDX-License-Identifier: MIT */
#include "rules/pack.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "rules/build.h"
#include <stdlib.h>
#include <string.h>

/* --- calendars ------------------------------------------------------------------------------- */

static int by_school(const void *a, const void *b)
{
    int64_t one = (*(const struct calendar *const *)a)->school;
    int64_t two = (*(const struct calendar *const *)b)->school;

    return (one > two) - (one < two);
}

static void check_one_each(struct build *b, const struct calendars *calendars)
{
    for (size_t i = 1; i < calendars->school_count; i++) {
        const struct calendar *one = calendars->schools[i - 1], *two = calendars->schools[i];
        if (one->school != two->school)
            continue;
        const struct named_trees *trees = &b->resolved->calendars;
        const struct node *first = node_get(named_tree(trees, one->name), "school");
        const struct node *second = node_get(named_tree(trees, two->name), "school");
        struct diag *d = diag_error(b->diags, "C005", second->span,
                                    "school %s has a calendar already, '%s'", second->text,
                                    one->name);
        diag_note(b->diags, d, first->span, "it stands");
    }
}

static struct calendars *compile_calendars(struct build *b)
{
    const struct named_trees *trees = &b->resolved->calendars;
    const struct calendar **all = ARENA_ARRAY(b->arena, const struct calendar *, trees->count);
    const struct calendar **schools = ARENA_ARRAY(b->arena, const struct calendar *, trees->count);
    struct calendars *calendars = ARENA_NEW(b->arena, struct calendars);

    for (size_t i = 0; i < trees->count; i++) {
        all[i] = compile_calendar(b, trees->at[i].name, trees->at[i].tree);
        if (all[i]->school)
            schools[calendars->school_count++] = all[i];
    }
    if (calendars->school_count)
        qsort(schools, calendars->school_count, sizeof *schools, by_school);
    calendars->at = all;
    calendars->count = trees->count;
    calendars->schools = schools;
    check_one_each(b, calendars);
    return calendars;
}

/* --- processes ------------------------------------------------------------------------------- */

static void compile_process(struct build *b, const struct named_tree *from, struct process *process)
{
    b->process = process;
    b->tree = from->tree;
    b->base_process = b->base && b->base->model ? model_process(b->base->model, from->name) : NULL;
    *process = (struct process){
        .name = build_intern(b, from->name),
        .title = build_text(b, b->tree, "title"),
        .subject = build_text(b, b->tree, "subject"),
        .law = build_text(b, b->tree, "law"),
        .calendar = build_text(b, b->tree, "calendar"),
        .span = node_place(node_get(b->tree, "process") ? node_get(b->tree, "process") : b->tree),
    };
    if (!process->title)
        diag_error(b->diags, "R003", process->span, "a process needs 'title'");
    if (!node_get(b->tree, "opens") && !node_get(b->tree, "schedule"))
        diag_error(b->diags, "R003", process->span,
                   "a process needs 'opens': who opens a case of it");
    names_collect(b);
    compile_settings(b);
    compile_fields(b);
    compile_consents(b);
    compile_states(b);
    compile_opens(b);
    compile_schedule(b);
    compile_clocks(b);
    circle_check(b);
    in_force_check(b);
    compile_renamed(b);
}

static void compile_processes(struct build *b)
{
    const struct named_trees *trees = &b->resolved->processes;

    b->processes = ARENA_ARRAY(b->arena, struct process, trees->count);
    for (size_t i = 0; i < trees->count; i++)
        compile_process(b, &trees->at[i], &b->processes[i]);
    b->model->processes = b->processes;
    b->model->process_count = trees->count;
    b->model->conditions = b->conditions.at;
    b->model->condition_count = b->conditions.count;
}

/* --- Lua and scenarios ----------------------------------------------------------------------- */

static void add_lua(struct build *b, struct pack *pack)
{
    for (size_t i = b->from; i < b->layers->count; i++) {
        const struct layer *layer = &b->layers->at[i];
        for (size_t j = 0; j < layer->lua.count; j++) {
            const char *file = strrchr(layer->lua.at[j]->path, '/') + 1;
            const char *module = arena_text_n(b->arena, file, strlen(file) - strlen(".lua"));
            bool hidden = false;
            for (size_t k = 0; k < pack->lua.count; k++)
                hidden = hidden || !strcmp(pack->lua.at[k].module, module);
            if (!hidden)
                *LIST_ADD(b->arena, &pack->lua) = (struct lua_source){ module, layer->lua.at[j] };
        }
    }
}

static void add_scenarios(struct build *b, struct pack *pack)
{
    const struct layer *layer = &b->layers->at[b->from];

    for (size_t i = 0; i < layer->scenarios.count; i++)
        *LIST_ADD(b->arena, &pack->scenarios) = layer->scenarios.at[i];
}

/* --- a pack ---------------------------------------------------------------------------------- */

/* The pack that begins at a layer. The one below is made first: its law is this one's floor. */
static struct pack *load_from(const struct layers *layers, size_t from)
{
    struct arena *arena = layers->arena;
    struct pack *pack = ARENA_NEW(arena, struct pack);
    struct build b = { .arena = arena, .diags = layers->diags, .layers = layers, .from = from };

    b.base = from + 1 < layers->count ? load_from(layers, from + 1) : NULL;
    pack->base = b.base;
    b.resolved = resolve(layers, from);
    pack->resolved = b.resolved;
    add_lua(&b, pack);
    add_scenarios(&b, pack);
    if (!b.resolved || !b.resolved->main_calendar || (b.base && !b.base->resolved))
        return pack;

    struct model *model = b.model = ARENA_NEW(arena, struct model);
    model->arena = arena;
    struct calendars *calendars = compile_calendars(&b);
    b.calendars = calendars;
    compile_pack(&b);
    compile_messages(&b);
    compile_processes(&b);
    pack->main_calendar = b.resolved->main_calendar;
    pack->model = model;
    pack->calendars = calendars;
    return pack;
}

struct pack *pack_load(struct arena *arena, const struct pack_files *files, struct diags *diags)
{
    size_t before = diags->errors;
    struct layers *layers = layers_read(arena, files, diags);
    struct pack *pack = load_from(layers, 0);

    if (diags->errors > before) {
        pack->draft = pack->model;
        pack->model = NULL;
        pack->calendars = NULL;
    }
    return pack;
}
