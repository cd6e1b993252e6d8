/* SPDX-License-Identifier: MIT */
/* Branches of an event that hold at once, or leave a gap: tried, not reasoned about.
 *
 * Each field a condition names gets the values that could make a difference: options, yes and no,
 * numbers around those it is compared with. The conditions are asked for every combination, as
 * they will be in a case, so that what is said is always shown by an example. A condition with
 * dates or functions in it cannot be gone through like that: nothing is said of its event.
 *
 * What the event asks itself can have any value. What was asked before may have only some by the
 * time, when other conditions look at it too: then the same must come out for each of them. */
#include "rules/lint.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "rules/lint_trial.h"
#include <stdlib.h>
#include <string.h>

enum { TARGETS_MAX = 16 };

/* What came out for the values tried: by pair of branches (i < j), and for none at all. */
struct result {
    size_t last;          /* The bound combination it was last seen in, counted from 1. */
    size_t seen;          /* In how many bound ones. */
    const char *example;
};
struct trying {
    const struct lint *l;
    const struct event_rule *event;
    struct trial trial;
    struct result both[TARGETS_MAX][TARGETS_MAX], none;
    bool taken[TARGETS_MAX], unsure[TARGETS_MAX], passed, unsure_passed, rest;
    size_t bound;         /* How many bound combinations were gone through. */
};

/* Whether the event is let through at all; what depends on more than is tried lets it. */
static bool let_through(struct trying *t)
{
    const struct event_rule *event = t->event;
    bool sure = true;

    if (event->only_if && trial_covers(&t->trial, event->only_if)) {
        enum truth truth = trial_ask(&t->trial, event->only_if);
        if (truth == TRUTH_NO)
            return false;
        sure = sure && truth == TRUTH_YES;
    }
    for (size_t i = 0; i < event->refused_count; i++) {
        const struct condition *is = event->refused_if[i].is;
        if (!is || !trial_covers(&t->trial, is))
            continue;
        enum truth truth = trial_ask(&t->trial, is);
        if (truth == TRUTH_YES)
            return false;
        sure = sure && truth == TRUTH_NO;
    }
    t->passed = t->passed || sure;
    t->unsure_passed = t->unsure_passed || !sure;
    return sure;
}

static void saw(struct trying *t, struct result *result)
{
    if (!result->example)
        result->example = trial_text(&t->trial);
    if (result->last != t->bound)
        result->seen++;
    result->last = t->bound;
}

static void try_one(struct trying *t)
{
    enum truth truths[TARGETS_MAX];
    size_t held = 0;
    bool unsure = false;

    if (!let_through(t))
        return;
    for (size_t i = 0; i < t->event->target_count; i++) {
        const struct target *target = &t->event->to[i];
        truths[i] = target->otherwise ? TRUTH_NO
                    : target->when    ? trial_ask(&t->trial, target->when)
                                      : TRUTH_YES;
        unsure = unsure || truths[i] == TRUTH_UNKNOWN;
        t->unsure[i] = t->unsure[i] || truths[i] == TRUTH_UNKNOWN;
        held += truths[i] == TRUTH_YES;
        t->taken[i] = t->taken[i] || truths[i] == TRUTH_YES;
        for (size_t j = 0; truths[i] == TRUTH_YES && j < i; j++)
            if (truths[j] == TRUTH_YES)
                saw(t, &t->both[j][i]);
    }
    if (!held && !unsure && t->rest)
        for (size_t i = 0; i < t->event->target_count; i++)
            t->taken[i] = t->taken[i] || t->event->to[i].otherwise;
    if (!held && !unsure && !t->rest)
        saw(t, &t->none);
}

static void try_all(struct trying *t)
{
    trial_first(&t->trial, true);
    do {
        t->bound++;
        trial_first(&t->trial, false);
        do
            try_one(t);
        while (trial_next(&t->trial, false));
    } while (trial_next(&t->trial, true));
}

static void say_pairs(struct trying *t)
{
    const struct target *to = t->event->to;

    for (size_t i = 0; i < t->event->target_count; i++)
        for (size_t j = i + 1; j < t->event->target_count; j++) {
            const struct result *both = &t->both[i][j];
            if (!both->example || both->seen < t->bound)
                continue;
            lint_warn(t->l, "D005", to[j].span, t->event->name,
                      "with %s both '%s' and '%s' hold, and '%s' is refused", both->example,
                      to[i].state, to[j].state, t->event->name);
        }
}

/* True: no values let the event through. */
static bool say_never(struct trying *t)
{
    for (size_t i = 0; i < t->event->target_count; i++)
        if (!t->taken[i] && !t->unsure[i] && t->passed && !t->unsure_passed &&
            (t->event->to[i].when || t->event->to[i].otherwise))
            lint_warn(t->l, "D007", t->event->to[i].span, t->event->name,
                      "'%s' never leads to '%s': no values make that branch hold",
                      t->event->name, t->event->to[i].state);
    if (t->passed || t->unsure_passed)
        return false;
    lint_warn(t->l, "D007", t->event->span, t->event->name,
              "'%s' can never happen: no values let it through", t->event->name);
    return true;
}

/* All conditions of its branches can be gone through, and what else refuses it does not look at
 * the same fields in ways that cannot. */
static bool gather(struct trying *t)
{
    const struct event_rule *event = t->event;

    for (size_t i = 0; i < event->target_count; i++) {
        t->rest = t->rest || event->to[i].otherwise || (!event->to[i].when);
        if (event->to[i].when && !trial_add(&t->trial, event->to[i].when))
            return false;
    }
    if (event->only_if && !trial_add(&t->trial, event->only_if) &&
        trial_touches(&t->trial, event->only_if))
        return false;
    for (size_t i = 0; i < event->refused_count; i++)
        if (event->refused_if[i].is && !trial_add(&t->trial, event->refused_if[i].is) &&
            trial_touches(&t->trial, event->refused_if[i].is))
            return false;
    return trial_ready(&t->trial);
}

static bool has_conditions(const struct event_rule *event)
{
    bool any = event->only_if || event->refused_count;

    for (size_t i = 0; i < event->target_count; i++)
        any = any || event->to[i].when;
    return any && event->target_count <= TARGETS_MAX;
}

void lint_guards(struct lint *l)
{
    for (size_t i = 0; l->oracle && i < l->process->event_count; i++) {
        const struct event_rule *event = &l->process->events[i];
        if (!has_conditions(event))
            continue;
        struct trying *t = ARENA_NEW(l->arena, struct trying);
        t->l = l;
        t->event = event;
        t->trial = trial_of(l, event);
        if (!gather(t))
            continue;
        try_all(t);
        if (t->trial.failed)
            continue;
        l->reach.shut[i] = say_never(t);
        say_pairs(t);
        if (event->target_count && t->none.example && t->none.seen == t->bound)
            lint_warn(l, "D006", event->span, event->name,
                      "with %s no branch of '%s' holds, and it is refused", t->none.example,
                      event->name);
    }
}
