/* SPDX-License-Identifier: MIT */
/* `reeve new`: what is written was checked and played first, in memory. */
#include "engine/cli/commands.h"

#include "engine/base/arena.h"
#include "engine/cli/caseview.h"
#include "engine/cli/findings.h"
#include "engine/cli/put.h"
#include "engine/cli/say.h"
#include "engine/run/scenario.h"
#include "rules/keys.h"
#include "rules/starter.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAME_BYTES_MAX = 60, STORIES_TRIED_MAX = 40 };

struct making {
    struct call *call;
    const char *folder, *name;   /* As typed, without a slash at its end; the last part of it. */
    struct findings base;        /* base.folder NULL: it extends nothing. */
    struct starter starter;
    struct starter_files files;
    size_t warnings;             /* Of the new pack. */
};

/* --- what was asked for ---------------------------------------------------------------------- */

static enum err_code read_folder(struct making *m)
{
    struct err *err = &m->call->err;
    const char *typed = m->call->args[0];
    size_t len = strlen(typed);
    struct stat st;

    while (len > 1 && typed[len - 1] == '/')
        len--;
    m->folder = arena_text_n(m->call->arena, typed, len);
    const char *slash = strrchr(m->folder, '/');
    m->name = slash && slash[1] ? slash + 1 : m->folder;
    if (!name_valid(m->name)) {
        err_set(err, ERR_INPUT, "a pack cannot be called '%s'", m->name);
        err_hint(err, "a letter first, then letters, digits, - and _: reeve new moorland");
        return ERR_INPUT;
    }
    if (strlen(m->name) > NAME_BYTES_MAX)
        return err_set(err, ERR_LIMIT, "a pack's name has at most %d letters", NAME_BYTES_MAX);
    if (lstat(m->folder, &st) == 0) {
        err_set(err, ERR_CONFLICT, "'%s' is there already", m->folder);
        err_hint(err, "nothing was changed; give the new pack another name");
        return ERR_CONFLICT;
    }
    return ERR_NONE;
}

/* A pack is looked for beside the one that extends it, and nowhere else. */
static enum err_code stands_beside(struct making *m, const char *base)
{
    struct err *err = &m->call->err;
    char there[PATH_MAX], here[PATH_MAX];
    const char *slash = strrchr(m->folder, '/');
    const char *parent = !slash ? "." : slash == m->folder ? "/"
                         : arena_text_n(m->call->arena, m->folder, (size_t)(slash - m->folder));

    if (!realpath(parent, here)) {
        m->call->cannot = true;
        err_set(err, ERR_UNKNOWN, "there is no folder '%s'", parent);
        err_hint(err, "make that folder first, or give another place");
        return ERR_UNKNOWN;
    }
    MUST(realpath(base, there)); /* It was read just now. */
    char *last = strrchr(there, '/');
    *last = '\0';
    if (!strcmp(*there ? there : "/", here))
        return ERR_NONE;
    err_set(err, ERR_INPUT, "a pack extends one that stands beside it, and '%s' does not", base);
    const char *in = strrchr(base, '/');
    err_hint(err, "reeve new %.*s%s --extends %s", in ? (int)(in - base + 1) : 0, base, m->name,
             base);
    return ERR_INPUT;
}

static enum err_code read_base(struct making *m, const char *typed)
{
    struct err *err = &m->call->err;
    size_t len = strlen(typed);
    while (len > 1 && typed[len - 1] == '/')
        len--;
    const char *base = arena_text_n(m->call->arena, typed, len);
    enum err_code rc = findings_open(m->call, base, &m->base);
    if (rc) {
        m->base.folder = NULL;
        return rc;
    }
    rc = findings_demand(m->call, &m->base);
    if (!rc)
        rc = stands_beside(m, base);
    if (rc)
        return rc;
    const struct pack *pack = m->base.rules->pack;
    if (m->base.rules->files->layers.count >= PACK_EXTENDS_MAX)
        return err_set(err, ERR_LIMIT, "'%s' stands on %d packs already: no more may be put on top",
                       base, PACK_EXTENDS_MAX - 1);
    if (!pack->main_calendar) {
        err_set(err, ERR_INPUT, "'%s' has no calendar to extend", base);
        err_hint(err, "give it a calendar.yaml first");
        return ERR_INPUT;
    }
    m->starter.base = m->base.rules->files->layers.at[0];
    m->starter.base_title = pack->model->title;
    m->starter.calendar = pack->main_calendar;
    return ERR_NONE;
}

/* --- what becomes of it, tried in memory ----------------------------------------------------- */

/* README.md and what editors read are no part of the rules. */
static bool is_read(const struct source *file)
{
    return strchr(strchr(file->path, '/') + 1, '/') || !strcmp(strrchr(file->path, '.'), ".yaml");
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct source *)a)->path, ((const struct source *)b)->path);
}

/* The new pack and what it extends, as if they had been read. */
static struct pack_files *gather(struct making *m, struct arena *arena)
{
    const struct pack_files *base = m->starter.base ? m->base.rules->files : NULL;
    struct pack_files *all = ARENA_NEW(arena, struct pack_files);

    *LIST_ADD(arena, &all->layers) = m->name;
    for (size_t i = 0; base && i < base->layers.count; i++)
        *LIST_ADD(arena, &all->layers) = base->layers.at[i];
    for (size_t i = 0; i < m->files.count; i++)
        if (is_read(&m->files.at[i]))
            *LIST_ADD(arena, &all->files) = m->files.at[i];
    for (size_t i = 0; base && i < base->files.count; i++)
        *LIST_ADD(arena, &all->files) = base->files.at[i];
    qsort(all->files.at, all->files.count, sizeof *all->files.at, by_path);
    return all;
}

/* Makes the files and looks whether the pack checks and its story comes out. */
static enum err_code try_it(struct making *m, bool *good)
{
    struct arena *arena = arena_new();
    struct diags *diags = diags_new(arena);
    struct scenario_run run;
    enum err_code rc = ERR_NONE;

    m->files = (struct starter_files){ 0 };
    starter_write(m->call->arena, &m->starter, &m->files);
    struct rules *rules = rules_make(arena, gather(m, arena), true, diags);
    *good = false;
    if (rules) {
        m->warnings = diags->warnings;
        rc = scenarios_play(arena, rules, NULL, 0, NULL, &run, diags, &m->call->err);
        *good = !rc && run.failed == 0;
    }
    if (rules)
        rules_free(rules);
    else
        arena_free(arena);
    return rc == ERR_PACK ? ERR_NONE : rc;
}

/* Somebody who opens cases, at the authority if there is one: it is an authority's pack mostly. */
static const struct role *opener(const struct model *model, const struct process *process)
{
    const struct role *any = NULL;
    for (size_t i = 0; i < process->open_by.count; i++) {
        const struct role *role = model_role(model, process->open_by.at[i]);
        if (role && role->of == ROLE_AUTHORITY)
            return role;
        any = any ? any : role;
    }
    return any;
}

/* The first story of the base that bears an example; with none, the pack goes without. */
static enum err_code choose(struct making *m)
{
    const struct model *model = m->base.rules->pack->model;
    struct stories stories = { 0 };
    bool good = false;
    enum err_code rc = ERR_NONE;

    starter_stories(m->call->arena, m->base.rules->files, &stories);
    for (size_t i = 0; !rc && !good && i < stories.count && i < STORIES_TRIED_MAX; i++) {
        m->starter.story = &stories.at[i];
        m->starter.process = model_process(model, stories.at[i].process);
        m->starter.role = m->starter.process ? opener(model, m->starter.process) : NULL;
        if (m->starter.role)
            rc = try_it(m, &good);
    }
    if (rc || good)
        return rc;
    m->starter.process = NULL;
    rc = try_it(m, &good);
    if (!rc && !good)
        rc = err_set(&m->call->err, ERR_PACK, "what extends '%s' does not check",
                     m->base.folder);
    return rc;
}

/* --- the whole ------------------------------------------------------------------------------- */

static void say_made(struct making *m)
{
    struct call *call = m->call;
    bool story = !m->starter.base || m->starter.process;

    if (call->json) {
        struct json *json = json_new(call->arena, JSON_MAP);
        struct json *list = json_new(call->arena, JSON_LIST);
        for (size_t i = 0; i < m->files.count; i++)
            json_add(list, json_new_text(call->arena, m->files.at[i].path));
        json_put(call->arena, json, "pack", json_words(call->arena, m->name));
        json_put(call->arena, json, "folder", json_words(call->arena, m->folder));
        json_put(call->arena, json, "extends", json_words(call->arena, m->starter.base));
        json_put(call->arena, json, "files", list);
        json_put(call->arena, json, "warnings", json_new_int(call->arena, (int64_t)m->warnings));
        say_json(call, json);
        return;
    }
    say(call, "Made %s:\n", m->folder);
    for (size_t i = 0; i < m->files.count; i++)
        say(call, "  %s\n", strchr(m->files.at[i].path, '/') + 1);
    say(call, GREEN "It checks%s." OFF "\n", story ? ", and its story comes out" : "");
    if (!story)
        say(call, "'%s' has no story that an example could be told with, so there is none.\n",
            m->starter.base);
    say(call, "Next: read %s/README.md, change a line, then\n  reeve check %s\n", m->folder,
        m->folder);
    if (story)
        say(call, "  reeve test %s\n", m->folder);
}

/* "moorland-hills" is called "Moorland hills SEND processes" until somebody says better. */
static const char *title_of(struct call *call, const char *name)
{
    char *title = arena_printf(call->arena, "%s SEND processes", name);
    for (char *c = title; *c; c++)
        if (*c == '-' || *c == '_')
            *c = ' ';
    if (*title >= 'a' && *title <= 'z')
        *title = (char)(*title - 'a' + 'A');
    return title;
}

static enum err_code make(struct making *m)
{
    const char *extends = call_flag(m->call, "extends");
    bool good = true;
    enum err_code rc = read_folder(m);

    if (!rc && extends)
        rc = read_base(m, extends);
    m->starter.pack = m->name;
    m->starter.title = title_of(m->call, m->name);
    if (!rc)
        rc = extends ? choose(m) : try_it(m, &good);
    if (rc)
        return rc;
    MUST(good); /* What we begin a pack with ourselves is sound. */
    rc = put_folder(m->call->arena, m->folder, m->files.at, m->files.count, &m->call->err);
    m->call->cannot = rc == ERR_UNKNOWN; /* The folder it is to stand in. */
    if (!rc)
        say_made(m);
    return rc;
}

enum err_code new_run(struct call *call)
{
    struct making m = { .call = call };
    enum err_code rc = make(&m);
    if (m.base.folder)
        findings_close(&m.base);
    return rc;
}
