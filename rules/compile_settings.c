/* SPDX-License-Identifier: MIT */
/* The numbers that an authority changes, with the days from which they change. */
#include "rules/build.h"

#include "engine/base/arena.h"
#include "engine/base/json.h"
#include "engine/base/text.h"
#include <stdlib.h>
#include <string.h>

static int by_day(const void *a, const void *b)
{
    const struct dated_node *x = a, *y = b;
    return (x->from > y->from) - (x->from < y->from);
}

const struct dated_node *setting_dates(struct build *b, const struct node *setting, size_t *count)
{
    const struct node *from = node_get(setting, "from");
    struct dated_node *all =
        ARENA_ARRAY(b->arena, struct dated_node, from && from->kind == NODE_MAP ? from->count : 0);

    *count = 0;
    for (const struct node *n = from && from->kind == NODE_MAP ? from->first : NULL; n; n = n->next)
        if (day_parse(n->key, &all[*count].from))
            all[(*count)++].is = n;
    qsort(all, *count, sizeof *all, by_day);
    return all;
}

const struct length_from *setting_lengths(struct build *b, const struct node *setting,
                                          size_t *count)
{
    const struct dated_node *dates = setting_dates(b, setting, count);
    struct length_from *all = ARENA_ARRAY(b->arena, struct length_from, *count);
    size_t good = 0;

    for (size_t i = 0; i < *count; i++)
        if (dates[i].is->kind == NODE_TEXT && length_parse(dates[i].is->text, &all[good].length))
            all[good++].from = dates[i].from;
    *count = good;
    return all;
}

/* --- one setting ----------------------------------------------------------------------------- */

static struct setting_value value_of(struct build *b, day from, const struct node *is)
{
    struct setting_value value = { .from = from, .is = is ? node_json(b->arena, is, true) : NULL };

    value.is_length = is && is->kind == NODE_TEXT && length_parse(is->text, &value.length);
    return value;
}

static void check_dates(struct build *b, const struct node *setting)
{
    const struct node *from = node_get(setting, "from");
    char why[256];
    day date;

    for (const struct node *n = from ? from->first : NULL; n; n = n->next) {
        if (day_parse(n->key, &date))
            continue;
        day_parse_why(n->key, why, sizeof why);
        struct diag *d = diag_error(b->diags, "R002", n->key_span, "'from' of '%s': %s",
                                    setting->key, why);
        diag_hint(b->diags, d, "write the first day and the value: from: {2026-04-01: 975}");
    }
}

/* A pack that changes `is` alone changes only what was before the first day. */
static void check_overruled(struct build *b, const struct node *setting)
{
    const struct node *is = node_get(setting, "is"), *from = node_get(setting, "from");

    if (!is || !from || !from->first || build_layer(b, is) >= build_layer(b, from->first))
        return;
    struct diag *d = diag_warning(b->diags, "R030", is->span,
                                  "'%s' is changed, and from %s on it is %s all the same",
                                  setting->key, from->first->key,
                                  from->first->kind == NODE_TEXT ? from->first->text
                                                                 : "another table");
    diag_about(b->diags, d, "%s.%s", b->process->name, setting->key);
    diag_note(b->diags, d, from->first->key_span, "the other value stands");
    diag_hint(b->diags, d, "change the dated values too, or write `from: removed`");
}

static struct setting setting_of(struct build *b, const struct node *node)
{
    const struct node *is = node_get(node, "is");
    struct setting setting = { .name = build_intern(b, node->key),
                               .title = build_text(b, node, "title"),
                               .first = value_of(b, DAY_NONE, is),
                               .span = is ? is->span : node->span };
    const struct dated_node *dates = setting_dates(b, node, &setting.later_count);
    struct setting_value *later =
        ARENA_ARRAY(b->arena, struct setting_value, setting.later_count);

    check_dates(b, node);
    check_overruled(b, node);
    for (size_t i = 0; i < setting.later_count; i++) {
        later[i] = value_of(b, dates[i].from, dates[i].is);
        if (later[i].is_length != setting.first.is_length)
            diag_error(b->diags, "R002", dates[i].is->span,
                       setting.first.is_length ? "'%s' is a length of time, and this is none"
                                               : "'%s' is no length of time, and this is one",
                       node->key);
    }
    setting.later = later;
    return setting;
}

/* `report_witin: 8 working days` in a file of changes would make a setting that nobody reads, and
 * the one that was meant would stay: a new one has a title. */
static void check_known(struct build *b, const struct node *node, const struct node *all)
{
    struct { const char **at; size_t count, room; } names = { NULL, 0, 0 };
    bool changes = node->span.source != b->process->span.source &&
                   !strstr(node->span.source->path, "/parts/");

    if (!changes || node_get(node, "title") || diag_blamed(b->diags, node->key))
        return;
    for (const struct node *n = all->first; n; n = n->next)
        if (node_get(n, "title"))
            *LIST_ADD(b->arena, &names) = n->key;
    struct diag *d = diag_error(b->diags, "R013", node_place(node),
                                "there is no setting '%s' to change", node->key);
    diag_hint(b->diags, d, "a new one has a title: %s: {title: ..., is: ...}", node->key);
    diag_nearest(b->diags, d, node->key, names.at, names.count);
}

/* The process's own, then those of pack.yaml that it does not say itself. */
void compile_settings(struct build *b)
{
    const struct node *own = node_get(b->tree, "settings");
    const struct node *wide = node_get(b->resolved->pack, "settings");
    struct { struct setting *at; size_t count, room; } list = { NULL, 0, 0 };

    for (const struct node *n = own ? own->first : NULL; n; n = n->next) {
        check_known(b, n, own);
        *LIST_ADD(b->arena, &list) = setting_of(b, n);
    }
    for (const struct node *n = wide ? wide->first : NULL; n; n = n->next)
        if (!node_get(own, n->key))
            *LIST_ADD(b->arena, &list) = setting_of(b, n);
    b->process->settings = list.at;
    b->process->setting_count = list.count;
}
