/* SPDX-License-Identifier: MIT */
#include "engine/core/met.h"

#include "engine/base/text.h"
#include "engine/core/anchors.h"
#include "engine/core/checklists.h"

/* Whether any anchor below happens rather than stands in a field, and is known; with `event`,
 * only that event's. */
static bool starts_from(const struct draft *d, const struct deadline *rule,
                        const struct moment *moment, const char *event)
{
    if (!moment)
        return false;
    if (moment->kind == MOMENT_ANCHOR) {
        const struct anchor *anchor = &moment->anchor;
        struct anchors anchors = { .file = &d->file, .clock = rule };
        struct anchored found;
        bool happens = anchor->kind == ANCHOR_EVENT || anchor->kind == ANCHOR_STATE ||
                       anchor->kind == ANCHOR_ASKED || anchor->kind == ANCHOR_DONE ||
                       anchor->kind == ANCHOR_SENT;
        if (event)
            return anchor->kind == ANCHOR_EVENT && !anchor->first && text_same(anchor->name, event);
        if (!happens)
            return false;
        anchors_lookup(&anchors, anchor, &found);
        return found.known;
    }
    if (starts_from(d, rule, moment->base, event) || starts_from(d, rule, moment->after, event))
        return true;
    for (size_t i = 0; i < moment->part_count; i++) {
        if (starts_from(d, rule, moment->parts[i], event))
            return true;
    }
    return false;
}

bool met_repeats(const struct draft *d, const struct deadline *rule)
{
    return starts_from(d, rule, rule->due, NULL) || starts_from(d, rule, rule->floor, NULL);
}

bool met_by_item(const struct deadline *rule, const char *list, const char *item)
{
    if (text_same(rule->list, list) && text_same(rule->item, item))
        return true;
    for (size_t i = 0; i < rule->met_count; i++) {
        const struct met_by *by = &rule->met_by[i];
        bool same_list = text_same(by->name, list);
        if (same_list && (by->kind == MET_CHECKLIST ||
                          (by->kind == MET_ITEM && text_same(by->item, item))))
            return true;
    }
    return false;
}

static bool occurred_now(const struct draft *d, enum met_kind kind, const char *name)
{
    for (size_t i = 0; i < d->occurred.count; i++) {
        if (d->occurred.at[i].kind == kind && text_same(d->occurred.at[i].name, name))
            return true;
    }
    return false;
}

/* An event, or the entry of a state. */
static bool by_happening(struct draft *d, struct met_in *in, const struct met_by *by, day *on)
{
    bool event = by->kind == MET_EVENT;
    const struct happened *now = event ? casefile_event(&d->file, by->name)
                                       : casefile_entered(&d->file, by->name);
    bool repeats = met_repeats(d, in->rule) && in->since != DAY_NONE;
    bool itself = event && (starts_from(d, in->rule, in->rule->due, by->name) ||
                            starts_from(d, in->rule, in->rule->floor, by->name));
    if (!now)
        return false;
    if (in->opening) {
        *on = now->latest;
        if (!repeats)
            return in->round == 1;
        return now->latest > in->since || (now->latest == in->since && !itself && in->round == 1);
    }
    if (!occurred_now(d, by->kind, by->name))
        return false;
    *on = d->on;
    if (repeats && *on < in->since)
        return false; /* It belongs to an earlier round. */
    const struct happened *before = casefile_event(d->in->file, by->name);
    if (itself && *on == in->since && before && before->latest == in->since)
        return false; /* Written down twice on one day: the round began with it. */
    in->itself = itself && now->latest == *on;
    return true;
}

static enum err_code by_checklist(struct draft *d, const struct checklist *list, bool *met, day *on)
{
    bool some;
    *met = false;
    *on = checklists_done_on(d, list, &some);
    if (!some && (list->more || list->more_by))
        return ERR_NONE; /* What is on it is still to be said. */
    if (*on == DAY_NONE)
        *on = d->on;
    return checklists_enough(d, list, false, met);
}

static bool by_consent(const struct draft *d, const char *name, day *on)
{
    const struct consent *consent = casefile_consent(&d->file, name);
    if (!consent || consent->status != CONSENT_GIVEN || !consent->in_force)
        return false;
    *on = consent->answered;
    return true;
}

static bool by_item(const struct draft *d, const char *list, const char *name, day *on)
{
    const struct item *item = casefile_item(&d->file, list, name);
    if (!item || item->done == DAY_NONE)
        return false;
    *on = item->done;
    return true;
}

/* How things stand: a list, an item, a consent. A later round wants it anew. */
static bool is_of_round(const struct draft *d, const struct met_in *in, day on)
{
    return in->round == 1 || in->since == DAY_NONE || !met_repeats(d, in->rule) || on >= in->since;
}

enum err_code met_on(struct draft *d, struct met_in *in, bool *met, day *on)
{
    const struct deadline *rule = in->rule;
    *met = rule->list && rule->item && by_item(d, rule->list, rule->item, on) &&
           is_of_round(d, in, *on);
    for (size_t i = 0; i < rule->met_count && !*met; i++) {
        const struct met_by *by = &rule->met_by[i];
        enum err_code rc = ERR_NONE;
        switch (by->kind) {
        case MET_EVENT:
        case MET_STATE:
            *met = by_happening(d, in, by, on);
            continue;
        case MET_CHECKLIST: {
            const struct checklist *list = process_checklist(d->process, by->name);
            rc = list ? by_checklist(d, list, met, on) : ERR_NONE;
            break;
        }
        case MET_ITEM:
            *met = by_item(d, by->name, by->item, on);
            break;
        case MET_CONSENT:
            *met = by_consent(d, by->name, on);
            break;
        case MET_LETTER:
            *on = casefile_sent(&d->file, by->name);
            *met = *on != DAY_NONE;
            break;
        }
        if (rc)
            return rc;
        *met = *met && is_of_round(d, in, *on);
    }
    return ERR_NONE;
}
