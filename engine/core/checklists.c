/* SPDX-License-Identifier: MIT */
#include "engine/core/checklists.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/core/in_force.h"

static struct list_item of_rule(const struct draft *d, const struct checklist *list,
                                const struct item_rule *rule)
{
    return (struct list_item){
        .name = rule->name,
        .full = arena_printf(d->arena, "%s.%s", list->name, rule->name),
        .title = text_or(rule->title, rule->name),
        .by = rule->by,
        .rule = rule,
        .entry = casefile_item(&d->file, list->name, rule->name),
    };
}

static struct list_item of_entry(const struct checklist *list, const struct item *entry)
{
    const char *name = casefile_item_name(entry, list->name);
    return (struct list_item){
        .name = name,
        .full = entry->name,
        .title = text_or(entry->title, name),
        .by = entry->by,
        .rule = list->more,
        .entry = entry,
        .added = true,
    };
}

size_t checklists_items(const struct draft *d, const struct checklist *list,
                        struct list_item **out)
{
    struct { struct list_item *at; size_t count, room; } all = { NULL, 0, 0 };
    for (size_t i = 0; i < list->item_count; i++)
        *LIST_ADD(d->arena, &all) = of_rule(d, list, &list->items[i]);
    for (size_t i = 0; i < d->file.in.items.count; i++) {
        const struct item *entry = &d->file.in.items.at[i];
        const char *name = casefile_item_name(entry, list->name);
        if (name && !checklist_item(list, name))
            *LIST_ADD(d->arena, &all) = of_entry(list, entry);
    }
    *out = all.at;
    return all.count;
}

bool checklists_find(const struct draft *d, const struct checklist *list, const char *name,
                     struct list_item *out)
{
    const struct item_rule *rule = checklist_item(list, name);
    if (rule) {
        *out = of_rule(d, list, rule);
        return true;
    }
    const struct item *entry = casefile_item(&d->file, list->name, name);
    if (entry)
        *out = of_entry(list, entry);
    return entry != NULL;
}

bool checklists_is_done(const struct list_item *item)
{
    return item->entry && (item->entry->done != DAY_NONE || item->entry->na);
}

/* Whether the item has to be there. Not known counts as yes. */
static enum err_code applies(struct draft *d, const struct list_item *item, struct answer *out)
{
    *out = (struct answer){ .truth = TRUTH_YES };
    if (!item->rule || item->added)
        return ERR_NONE;
    const struct judged judged =
        in_force_judge(item->rule->in_force, &d->file, item->rule->clock, NULL, DAY_NONE);
    if (judged.holds != TRUTH_YES) {
        *out = (struct answer){ .truth = judged.holds, .why = judged.missing };
        return ERR_NONE;
    }
    return item->rule->only_if ? draft_ask(d, item->rule->only_if, out) : ERR_NONE;
}

static void say_missing(struct draft *d, const struct list_item *item, const struct answer *answer)
{
    if (answer->truth == TRUTH_UNKNOWN && answer->why)
        draft_lacks(d, "'%s' is missing (or say '%s', if it does not apply)", item->title,
                    draft_field_label(d, answer->why));
    else
        draft_lacks(d, "'%s' is missing", item->title);
    draft_hint(d, "record %s as done, or as not applicable with the reason", item->full);
}

enum err_code checklists_need_item(struct draft *d, const struct list_item *item)
{
    struct answer answer;
    if (checklists_is_done(item))
        return ERR_NONE;
    enum err_code rc = applies(d, item, &answer);
    if (!rc && answer.truth != TRUTH_NO)
        say_missing(d, item, &answer);
    return rc;
}

static enum err_code enough_all(struct draft *d, const struct list_item *items, size_t count,
                                bool say, bool *enough)
{
    *enough = true;
    for (size_t i = 0; i < count; i++) {
        bool required = !items[i].rule || items[i].rule->required;
        if (!required || checklists_is_done(&items[i]))
            continue;
        struct answer answer;
        enum err_code rc = applies(d, &items[i], &answer);
        if (rc)
            return rc;
        if (answer.truth == TRUTH_NO)
            continue;
        *enough = false;
        if (!say)
            return ERR_NONE;
        say_missing(d, &items[i], &answer);
    }
    return ERR_NONE;
}

static void say_too_few(struct draft *d, const struct checklist *list,
                        const struct list_item *items, size_t count, int done)
{
    struct buf open = buf_in(d->arena);
    for (size_t i = 0; i < count; i++) {
        if (!checklists_is_done(&items[i]))
            buf_printf(&open, "%s'%s'", open.len ? ", " : "", items[i].title);
    }
    draft_lacks(d, "'%s' needs at least %d and has %d%s%s", text_or(list->title, list->name),
                list->at_least, done, open.len ? "; still open: " : "", buf_text(&open));
}

enum err_code checklists_enough(struct draft *d, const struct checklist *list, bool say,
                                bool *enough)
{
    struct list_item *items;
    size_t count = checklists_items(d, list, &items);
    if (list->enough == ENOUGH_ALL)
        return enough_all(d, items, count, say, enough);

    if (list->enough == ENOUGH_AT_LEAST) {
        int done = 0;
        for (size_t i = 0; i < count; i++)
            done += items[i].entry && items[i].entry->done != DAY_NONE;
        *enough = done >= list->at_least;
        if (!*enough && say)
            say_too_few(d, list, items, count, done);
        return ERR_NONE;
    }

    struct answer answer;
    enum err_code rc = draft_ask(d, list->enough_if, &answer);
    if (rc)
        return rc;
    *enough = answer.truth == TRUTH_YES;
    if (!*enough && say)
        draft_lacks(d, "'%s' is not enough yet%s%s%s", text_or(list->title, list->name),
                    answer.why ? ": " : "", answer.why ? draft_field_label(d, answer.why) : "",
                    answer.why && answer.truth == TRUTH_UNKNOWN ? " is not known" : "");
    return ERR_NONE;
}

day checklists_done_on(const struct draft *d, const struct checklist *list, bool *some)
{
    struct list_item *items;
    size_t count = checklists_items(d, list, &items);
    day last = DAY_NONE;
    *some = false;
    for (size_t i = 0; i < count; i++) {
        *some |= checklists_is_done(&items[i]);
        if (items[i].entry && items[i].entry->done != DAY_NONE && items[i].entry->done > last)
            last = items[i].entry->done;
    }
    return last;
}
