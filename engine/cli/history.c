/* SPDX-License-Identifier: MIT */
#include "engine/cli/case.h"

#include "engine/base/arena.h"
#include "engine/core/clock_date.h"
#include "engine/run/casework.h"

#include <string.h>

struct words {
    const struct caseview *view;
    const struct told_event *earlier; /* Those before it. */
    size_t earlier_count;
    struct { const char **at; size_t count, room; } list;
};

static void add(struct words *words, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void add(struct words *words, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    *LIST_ADD(words->view->arena, &words->list) = arena_vprintf(words->view->arena, format, args);
    va_end(args);
}

/* Most changes of a clock only note that a reminder was made. */
static bool clock_same(const struct words *words, const struct clock *clock)
{
    for (size_t i = words->earlier_count; i-- > 0;) {
        const struct sections *in = &words->earlier[i].outcome.changed;
        for (size_t j = 0; j < in->clocks.count; j++) {
            const struct clock *was = &in->clocks.at[j];
            if (strcmp(was->name, clock->name) == 0)
                return was->status == clock->status && was->due == clock->due &&
                       was->do_by == clock->do_by && was->round == clock->round;
        }
    }
    return false;
}

static void tell_clock(struct words *words, const struct clock *clock)
{
    const struct caseview *view = words->view;
    if (clock_same(words, clock))
        return;
    const char *title = caseview_clock(view, clock->name);
    if (clock->status == CLOCK_RUNNING)
        add(words, "%s: %s", title, caseview_dates(view, clock));
    else
        add(words, "%s: %s (due %s)", title, caseview_status(view, clock),
            caseview_day(view, clock->due));
}

static void tell_consent(struct words *words, const struct event *event,
                         const struct consent *consent)
{
    const char *title = caseview_consent(words->view, consent->name);
    if (event->kind == EVENT_CONSENT && strcmp(event->name, consent->name) == 0)
        add(words, "by %s, %s", one_line(words->view->arena, event->by),
            one_line(words->view->arena, event->how));
    else
        add(words, "%s: %s", title, consent_status_name(consent->status));
}

static void tell_sections(struct words *words, const struct event *event,
                          const struct outcome *outcome)
{
    const struct caseview *view = words->view;
    const struct sections *in = &outcome->changed;
    for (size_t i = 0; i < in->fields.count; i++)
        add(words, "%s: %s", caseview_field(view, in->fields.at[i].name),
            caseview_value(view, in->fields.at[i].name, &in->fields.at[i].value));
    for (size_t i = 0; i < in->proposals.count; i++)
        add(words, "%s: %s proposed", caseview_field(view, in->proposals.at[i].name),
            caseview_value(view, in->proposals.at[i].name, &in->proposals.at[i].value));
    for (size_t i = 0; i < in->clocks.count; i++)
        tell_clock(words, &in->clocks.at[i]);
    for (size_t i = 0; i < in->consents.count; i++)
        tell_consent(words, event, &in->consents.at[i]);
    for (size_t i = 0; i < in->parties.count; i++)
        add(words, "%s: %s", caseview_role(view, in->parties.at[i].name),
            one_line(view->arena, in->parties.at[i].text));
    for (size_t i = 0; i < in->letters.count; i++)
        if (in->letters.at[i].sent == DAY_NONE)
            add(words, "letter '%s' written to %s, to go by %s",
                one_line(view->arena, in->letters.at[i].name),
                caseview_role(view, in->letters.at[i].role),
                in->letters.at[i].email ? "e-mail" : "post");
    for (size_t i = 0; i < in->remarks.count; i++)
        add(words, "note: %s", one_line(view->arena, in->remarks.at[i].text));
}

/* "SEND officer reminded: Send the final plan" */
static void tell_notice(struct words *words, const struct notice *notice)
{
    const struct caseview *view = words->view;
    const char *role = caseview_role(view, notice->role), *word = "told";
    const char *about = clock_rule(view->arena, view->process, view->file, notice->about)
                            ? caseview_clock(view, notice->about)
                            : one_line(view->arena, notice->about);
    switch (notice->kind) {
    case NOTICE_REMIND:
        word = "reminded";
        break;
    case NOTICE_ESCALATE:
        word = "told that it is late";
        break;
    case NOTICE_FAILED:
        word = "told that a message was refused";
        break;
    case NOTICE_NOTIFY:
    case NOTICE_CORRECT:
        break;
    }
    add(words, "%s %s: %s", role, word, about);
}

static const char *file_words(struct arena *arena, const char *file)
{
    enum { SHOWN = 12 };
    const char *colon = strrchr(file, ':');
    if (!colon || strlen(colon + 1) <= SHOWN)
        return one_line(arena, file);
    return one_line(arena, arena_printf(arena, "%.*s...", (int)(colon + 1 + SHOWN - file), file));
}

static void tell_rest(struct words *words, const struct event *event, const struct outcome *outcome)
{
    const struct caseview *view = words->view;
    for (size_t i = 0; i < outcome->notices.count; i++)
        tell_notice(words, &outcome->notices.at[i]);
    for (size_t i = 0; i < outcome->openings.count; i++)
        add(words, "opens %s", one_line(view->arena, outcome->openings.at[i].process));
    for (size_t i = 0; i < outcome->sendings.count; i++)
        add(words, "tells %s: %s", one_line(view->arena, outcome->sendings.at[i].to),
            one_line(view->arena, outcome->sendings.at[i].event));
    bool title = event->kind == EVENT_ITEM && event->act && strcmp(event->act, "add") == 0;
    if (event->why && *event->why && !title) /* An added item's title was said already. */
        add(words, "why: %s", one_line(view->arena, event->why));
    if (event->file && *event->file)
        add(words, "file: %s", file_words(view->arena, event->file));
}

static const struct happened *entry_of(const struct outcome *outcome, const char *name)
{
    for (size_t i = 0; name && i < outcome->changed.events.count; i++)
        if (strcmp(outcome->changed.events.at[i].name, name) == 0)
            return &outcome->changed.events.at[i];
    return NULL;
}

/* `dated: meeting` happened on the meeting's day, whatever day it was typed: the case keeps the
 * first and the latest day of each event, so the one of these that is new is its day. */
static day happened_on(const struct told_event *all, size_t n)
{
    const struct told_event *told = &all[n];
    const struct happened *is = entry_of(&told->outcome, told->event.name), *was = NULL;
    for (size_t i = n; is && !was && i-- > 0;)
        was = entry_of(&all[i].outcome, told->event.name);
    if (!is || (was && is->latest == was->latest && is->first == was->first))
        return told->event.on;
    return was && is->latest == was->latest ? is->first : is->latest;
}

static void tell(const struct caseview *view, const char **state, struct told_event *all, size_t n)
{
    struct told_event *told = &all[n];
    struct words words = { .view = view, .earlier = all, .earlier_count = n };
    const struct outcome *outcome = &told->outcome;
    told->on = happened_on(all, n);
    told->what = caseview_happened(view, &told->event);
    told->who = caseview_who(view, &told->event);
    if (!*state || (outcome->state && strcmp(*state, outcome->state) != 0))
        add(&words, "%s: %s", *state ? "now" : "begins in", caseview_state(view, outcome->state));
    *state = outcome->state;
    tell_sections(&words, &told->event, outcome);
    tell_rest(&words, &told->event, outcome);
    told->did = words.list.at;
    told->did_count = words.list.count;
}

enum err_code history_read(struct call *call, const struct caseview *view, int64_t until_ms,
                           struct told_event **out, size_t *count)
{
    struct event_row *rows;
    size_t all;
    const char *state = NULL;
    enum err_code rc = case_history(call->store, view->file->id, call->arena, &rows, &all,
                                    &call->err);
    if (rc)
        return rc;
    struct told_event *events = ARENA_ARRAY(call->arena, struct told_event, all + 1);
    size_t n = 0;
    for (size_t i = 0; i < all && rows[i].recorded_ms <= until_ms; i++) {
        rc = case_event(&rows[i], call->arena, &events[n].event, &events[n].outcome, &call->err);
        if (rc)
            return rc;
        events[n].recorded_ms = rows[i].recorded_ms;
        events[n].erased = rows[i].erased;
        tell(view, &state, events, n);
        n++;
    }
    *out = events;
    *count = n;
    return ERR_NONE;
}
