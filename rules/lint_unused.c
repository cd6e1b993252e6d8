/* SPDX-License-Identifier: MIT */
/* Things of a process that nothing fills, asks or needs. Only what the pack itself wrote: what a
 * pack below says is for it to use. */
#include "rules/lint.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "rules/moment.h"
#include <string.h>

/* --- anchors --------------------------------------------------------------------------------- */

struct looking {
    const char *list;
    bool found;
};

static void is_of_list(void *self, const struct anchor *anchor)
{
    struct looking *looking = self;

    if ((anchor->kind == ANCHOR_ASKED || anchor->kind == ANCHOR_DONE) &&
        text_same(anchor->name, looking->list))
        looking->found = true;
}

/* A clock or a computed date that counts from one of the list's items. */
static bool counted_from(const struct process *p, const char *list)
{
    struct looking looking = { list, false };

    for (size_t i = 0; i < p->deadline_count; i++)
        if (p->deadlines[i].due)
            moment_anchors(p->deadlines[i].due, &looking, is_of_list);
    for (size_t i = 0; i < p->field_count; i++)
        if (p->fields[i].is_moment)
            moment_anchors(p->fields[i].is_moment, &looking, is_of_list);
    for (size_t i = 0; i < p->event_count; i++) {
        if (p->events[i].at)
            moment_anchors(p->events[i].at, &looking, is_of_list);
        if (p->events[i].not_before && p->events[i].not_before->is)
            moment_anchors(p->events[i].not_before->is, &looking, is_of_list);
    }
    return looking.found;
}

/* --- needs ----------------------------------------------------------------------------------- */

/* "papers", or an item of it: "papers.school". */
static bool is_or_in(const char *need, const char *name)
{
    size_t len = strlen(name);

    return !strncmp(need, name, len) && (!need[len] || need[len] == '.');
}

static bool needed(const struct process *p, const char *name)
{
    for (size_t i = 0; i < p->event_count; i++)
        for (size_t j = 0; j < p->events[i].needs.count; j++)
            if (is_or_in(p->events[i].needs.at[j], name))
                return true;
    for (size_t i = 0; i < p->deadline_count; i++)
        for (size_t j = 0; j < p->deadlines[i].met_count; j++)
            if (text_same(p->deadlines[i].met_by[j].name, name))
                return true;
    return false;
}

static bool has_clock(const struct checklist *list)
{
    for (size_t i = 0; i < list->item_count; i++)
        if (list->items[i].clock)
            return true;
    return list->more && list->more->clock;
}

struct asking {
    const char *consent;
    bool found;
};

static void asks(void *self, const struct effect *effect)
{
    struct asking *asking = self;

    if (effect->kind == EFFECT_ASK && text_same(effect->name, asking->consent))
        asking->found = true;
}

/* --- all ------------------------------------------------------------------------------------- */

static void check_field(const struct lint *l, const struct field *field)
{
    if (l->reach.fields[field - l->process->fields] || !lint_own(l, field->span))
        return;
    bool read = lint_read(l, field->name);
    lint_warn(l, "D013", field->span, field->name,
              read ? "'%s' is looked at, and nothing asks it, sets it or works it out"
                   : "nothing asks '%s', sets it or works it out",
              field->name);
}

void lint_unused(const struct lint *l)
{
    const struct process *p = l->process;

    for (size_t i = 0; i < p->field_count; i++)
        check_field(l, &p->fields[i]);
    for (size_t i = 0; i < p->consent_count; i++) {
        struct asking asking = { p->consents[i].name, !lint_own(l, p->consents[i].span) };
        lint_effects(p, &asking, asks);
        bool used = needed(p, asking.consent) || lint_read(l, asking.consent);
        if (!asking.found && !used)
            lint_warn(l, "D015", p->consents[i].span, asking.consent,
                      "the consent '%s' is never asked, and nothing needs it", asking.consent);
        else if (!used && !p->consents[i].covers.count && lint_own(l, p->consents[i].span))
            lint_warn(l, "D022", p->consents[i].span, asking.consent,
                      "the consent '%s' is asked, and nothing waits for the answer",
                      asking.consent);
    }
    for (size_t i = 0; i < p->checklist_count; i++) {
        const struct checklist *list = &p->checklists[i];
        if (lint_own(l, list->span) && !has_clock(list) && !needed(p, list->name) &&
            !counted_from(p, list->name) && !lint_read(l, list->name))
            lint_warn(l, "D016", list->span, list->name,
                      "nothing waits for the checklist '%s': no event needs it, no clock is met "
                      "by it",
                      list->name);
    }
}
