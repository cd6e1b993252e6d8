/* SPDX-License-Identifier: MIT */
#include "engine/core/act.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/core/access.h"
#include "engine/core/checklists.h"
#include "engine/core/clocks.h"
#include "engine/core/evidence.h"
#include "engine/core/given.h"
#include <string.h>

static enum err_code no_such_list(struct draft *d, const char *name)
{
    const struct process *process = d->process;
    const char **names = ARENA_ARRAY(d->arena, const char *, process->checklist_count);
    for (size_t i = 0; i < process->checklist_count; i++)
        names[i] = process->checklists[i].name;
    return act_unknown(d, "checklist", name, names, process->checklist_count);
}

static enum err_code no_such_item(struct draft *d, const struct checklist *list, const char *name)
{
    struct list_item *items;
    size_t count = checklists_items(d, list, &items);
    const char **names = ARENA_ARRAY(d->arena, const char *, count);
    struct buf all = buf_in(d->arena);
    for (size_t i = 0; i < count; i++) {
        names[i] = items[i].name;
        buf_printf(&all, "%s%s", i ? ", " : "", names[i]);
    }
    err_set(d->err, ERR_UNKNOWN, "'%s' has no item '%s'", text_or(list->title, list->name),
            name);
    if (!err_nearest(d->err, name, names, count) && count)
        err_hint(d->err, "its items: %s", buf_text(&all));
    return ERR_UNKNOWN;
}

/* "list.more1": the first number that is free. */
static const char *new_name(const struct draft *d, const struct checklist *list)
{
    for (int i = 1;; i++) {
        const char *name = arena_printf(d->arena, "more%d", i);
        struct list_item taken;
        if (!checklists_find(d, list, name, &taken))
            return arena_printf(d->arena, "%s.%s", list->name, name);
    }
}

/* `due=2026-12-01`, the only thing that is given with an item that is added. */
static enum err_code own_due(struct draft *d, day *out)
{
    static const struct field due = { .name = "due", .label = "Due", .type = FIELD_DATE };
    const struct event *event = d->in->event;
    struct value value = { .kind = VALUE_NONE };
    *out = DAY_NONE;
    for (size_t i = 0; i < event->given_count; i++)
        if (!text_same(event->given[i].name, "due"))
            return err_set(d->err, ERR_INPUT, "'%s' is not asked here: only 'due' is",
                           event->given[i].name);
    if (!event->given_count)
        return ERR_NONE;
    enum err_code rc = value_read(d->arena, &due, event->given[0].value, &value, d->err);
    if (rc || value.kind == VALUE_NONE)
        return rc;
    if (value.number < d->on)
        return err_set(d->err, ERR_INPUT, "Due: %s has passed already",
                       draft_day(d, (day)value.number));
    *out = (day)value.number;
    return ERR_NONE;
}

static enum err_code add(struct draft *d, const struct checklist *list)
{
    const struct event *event = d->in->event;
    const char *title = text_or(list->title, list->name);
    if (!list->more_by)
        return err_set(d->err, ERR_REFUSED, "nothing can be added to '%s'", title);
    const struct names who = { (const char *const[]){ list->more_by }, 1 };
    enum err_code rc = access_check_names(d, &who, title);
    if (rc)
        return rc;
    if (!event->why || !*event->why) {
        err_set(d->err, ERR_INPUT, "what to add to '%s' is missing", title);
        err_hint(d->err, "give it a title");
        return ERR_INPUT;
    }
    if (event->by && !model_role(d->in->model, event->by))
        return err_set(d->err, ERR_INPUT, "'%s' is not a role", event->by);
    day due;
    rc = own_due(d, &due);
    if (rc)
        return rc;
    const char *by = event->by ? event->by : list->more ? list->more->by : NULL;
    if (due != DAY_NONE && !by) {
        err_set(d->err, ERR_INPUT, "whose '%s' is, is missing: it has a day to be done by",
                event->why);
        err_hint(d->err, "name a role");
        return ERR_INPUT;
    }
    const struct item item = {
        .name = new_name(d, list),
        .asked = DAY_NONE,
        .done = DAY_NONE,
        .title = event->why,
        .by = by,
        .due = due,
    };
    draft_set_item(d, &item);
    return ERR_NONE;
}

static enum err_code done(struct draft *d, const struct list_item *item, struct item *entry)
{
    const struct item_rule *rule = item->rule;
    const struct ask *asks = rule ? rule->asks : NULL;
    size_t count = rule ? rule->ask_count : 0;
    enum err_code rc = given_read(d, asks, count, NULL, false);
    if (!rc)
        rc = given_check(d, asks, count);
    if (rule && rule->proof && !d->in->event->file && !entry->proof) {
        draft_lacks(d, "the document that proves it is missing");
        draft_hint(d, "hand the file in with it");
    }
    if (!rc)
        rc = draft_verdict(d, item->title);
    if (!rc)
        rc = given_store(d);
    if (rc)
        return rc;
    entry->done = d->on;
    entry->na = false;
    entry->why = NULL;
    if (d->in->event->file)
        entry->proof = d->in->event->file;
    return ERR_NONE;
}

/* Asking once more does not give more time: the weeks run from the day it was first asked. */
static enum err_code asked(struct draft *d, const struct list_item *item, struct item *entry)
{
    if (entry->asked != DAY_NONE && !checklists_is_done(item)) {
        err_set(d->err, ERR_REFUSED, "'%s' was asked on %s and is still open: its time runs from "
                "that day", item->title, draft_day(d, entry->asked));
        err_hint(d->err, "if that was recorded by mistake, record %s as undone first", item->full);
        return ERR_REFUSED;
    }
    entry->asked = d->on;
    entry->done = DAY_NONE; /* Asked again is not done any more. */
    entry->na = false;
    entry->why = NULL;
    return ERR_NONE;
}

/* Takes back that it is done or does not apply, else that it was asked. */
static enum err_code undone(struct draft *d, const struct list_item *item, struct item *entry)
{
    bool done = checklists_is_done(item);
    if (!done && entry->asked == DAY_NONE)
        return err_set(d->err, ERR_REFUSED, "'%s' is not done, nor asked", item->title);
    if (!done)
        entry->asked = DAY_NONE;
    entry->done = DAY_NONE;
    entry->na = false;
    entry->why = entry->proof = NULL;
    return ERR_NONE;
}

static enum err_code apply(struct draft *d, const struct list_item *item, struct item *entry)
{
    const struct event *event = d->in->event;
    const char *act = event->act;
    if (text_same(act, "done"))
        return done(d, item, entry);
    if (event->given_count)
        return err_set(d->err, ERR_INPUT, "'%s' (%s) is not asked here", event->given[0].name, act);
    if (text_same(act, "asked"))
        return asked(d, item, entry);
    if (text_same(act, "undone"))
        return undone(d, item, entry);
    if (!event->why || !*event->why)
        return err_set(d->err, ERR_INPUT, "why '%s' does not apply is missing", item->title);
    entry->na = true;
    entry->done = DAY_NONE;
    entry->why = event->why;
    return ERR_NONE;
}

enum err_code act_item(struct draft *d)
{
    static const char *const acts[] = { "asked", "done", "undone", "na", "add" };
    const struct event *event = d->in->event;
    const char *full = event->name ? event->name : "";
    size_t len = strcspn(full, ".");
    const char *list_name = arena_text_n(d->arena, full, len);
    const struct checklist *list = process_checklist(d->process, list_name);
    struct list_item item;
    if (!list)
        return no_such_list(d, list_name);
    if (!d->file.open)
        return err_set(d->err, ERR_REFUSED, "the case is closed");
    if (!event->act || !text_in(event->act, acts, 5))
        return err_set(d->err, ERR_INPUT, "an item is asked, done, undone, na or add, not '%s'",
                       event->act ? event->act : "");
    if (text_same(event->act, "add"))
        return add(d, list);
    if (!full[len] || !checklists_find(d, list, full + len + 1, &item))
        return no_such_item(d, list, full[len] ? full + len + 1 : "");
    enum err_code rc = access_check_item(d, list, item.name, item.by);
    if (!rc)
        rc = evidence_check(d, item.rule ? &item.rule->files : NULL,
                            arena_printf(d->arena, "'%s'", item.title));
    if (rc)
        return rc;

    struct item entry = { .name = item.full, .asked = DAY_NONE, .done = DAY_NONE,
                          .due = DAY_NONE };
    if (item.entry)
        entry = *item.entry;
    rc = apply(d, &item, &entry);
    if (rc)
        return rc;
    draft_set_item(d, &entry);
    /* Asked again is another matter: that begins a new round. */
    return text_same(event->act, "undone") ? clocks_undone(d, list->name, item.name) : ERR_NONE;
}
