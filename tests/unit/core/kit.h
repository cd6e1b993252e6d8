/* SPDX-License-Identifier: MIT */
/* kit - a case to try rules on (kit_rules.h).
 *
 * Each act lets the clock catch up first, as a turn does, and folds what was
 * decided into the case.
 */
#ifndef TESTS_UNIT_CORE_KIT_H
#define TESTS_UNIT_CORE_KIT_H

#include "kit_rules.h"

/* --- the case -------------------------------------------------------------------------------- */

KIT struct decide_in kit_in(struct kit *k, const struct event *what)
{
    return (struct decide_in){ &k->model, &k->calendars, &k->file, what, &k->oracle };
}

static void kit_note(struct kit *k, const struct event *what, const struct outcome *out)
{
    for (size_t i = 0; i < out->notices.count; i++) {
        const struct notice *notice = &out->notices.at[i];
        buf_printf(&k->sent, "%s %s %s %s\n", iso(k, what->today), notice_kind_name(notice->kind),
                   notice->role, notice->about);
    }
}

static enum err_code kit_decide(struct kit *k, const struct event *what)
{
    const struct decide_in in = kit_in(k, what);
    struct outcome *out = NULL;
    memset(&k->err, 0, sizeof k->err);
    enum err_code rc = decide(&in, k->arena, &out, &k->err);
    if (rc) {
        assert_int_equal(rc, k->err.code);
        return rc;
    }
    fold(k->arena, &k->file, out);
    kit_note(k, what, out);
    k->last = out;
    return ERR_NONE;
}

/* Lets the clock do all it owes up to a minute. The wake stored must be what is found next. */
KIT void until(struct kit *k, const char *date, int minute)
{
    int64_t end = minute_at(on(date), minute), last = MINUTE_NONE;
    for (int i = 0; i < KIT_OWED_MAX; i++) {
        struct event owed;
        const struct decide_in in = kit_in(k, &owed);
        if (!decide_owed(&in, end, k->arena, &owed)) {
            assert_true(k->file.wake == MINUTE_NONE || k->file.wake > end);
            return;
        }
        int64_t at = minute_at(owed.today, owed.minute);
        assert_true(at == k->file.wake);
        assert_true(last == MINUTE_NONE || at >= last || owed.kind == EVENT_DO);
        last = at;
        k->owed++;
        assert_int_equal(kit_decide(k, &owed), ERR_NONE);
    }
    fail_msg("the clock never comes to an end");
}

/* "meeting=2026-12-01 kind=amend": values without blanks. */
static struct event kit_event(struct kit *k, enum event_kind kind, const char *date,
                              const char *name, const char *as, const char *values)
{
    struct names given = words(k, values);
    struct given *list = ARENA_ARRAY(k->arena, struct given, given.count);
    for (size_t i = 0; i < given.count; i++) {
        const char *equals = strchr(given.at[i], '=');
        assert_non_null(equals);
        list[i].name = arena_text_n(k->arena, given.at[i], (size_t)(equals - given.at[i]));
        list[i].value = json_new_text(k->arena, equals + 1);
    }
    return (struct event){ .kind = kind, .name = name, .on = on(date), .today = on(date),
                           .minute = KIT_MINUTE, .role = as, .who_text = "somebody",
                           .given = list, .given_count = given.count, .recorded_ms = 1,
                           .first_child = 700 };
}

KIT enum err_code act_(struct kit *k, const struct event *what)
{
    if (what->kind != EVENT_OPEN)
        until(k, iso(k, what->today), what->minute);
    return kit_decide(k, what);
}

KIT enum err_code open_as(struct kit *k, const char *date, const char *as, const char *values)
{
    const struct event what = kit_event(k, EVENT_OPEN, date, "visit", as, values);
    return act_(k, &what);
}

KIT void opened(struct kit *k, const char *date, const char *values)
{
    enum err_code rc = open_as(k, date, "senco", values);
    if (rc)
        fail_msg("not opened: %s", k->err.text);
}

KIT enum err_code try_as(struct kit *k, const char *date, const char *name, const char *as,
                         const char *values)
{
    const struct event what = kit_event(k, EVENT_DO, date, name, as, values);
    return act_(k, &what);
}

KIT enum err_code try_(struct kit *k, const char *date, const char *name, const char *values)
{
    return try_as(k, date, name, "senco", values);
}

KIT void did(struct kit *k, const char *date, const char *name, const char *values)
{
    if (try_(k, date, name, values))
        fail_msg("%s on %s was refused: %s", name, date, k->err.text);
}

KIT enum err_code item_act(struct kit *k, const char *date, const char *name, const char *what,
                           const char *as, const char *why)
{
    struct event event = kit_event(k, EVENT_ITEM, date, name, as, "");
    event.act = what;
    event.why = why;
    return act_(k, &event);
}

KIT enum err_code answer(struct kit *k, const char *date, const char *name, const char *what,
                         const char *by)
{
    struct event event = kit_event(k, EVENT_CONSENT, date, name, "senco", "");
    event.act = what;
    event.by = by;
    event.how = "paper";
    return act_(k, &event);
}

KIT enum err_code excuse_(struct kit *k, const char *date, const char *clock, const char *ground,
                          const char *as, const char *why)
{
    struct event event = kit_event(k, EVENT_EXCUSE, date, clock, as, "");
    event.act = ground;
    event.why = why;
    return act_(k, &event);
}

/* --- what must be true ----------------------------------------------------------------------- */

/* "running 2026-11-03", "met 2026-11-03 round 2", or "none". */
KIT const char *clock_of(struct kit *k, const char *name)
{
    const struct clock *clock = casefile_clock(&k->file, name);
    if (!clock)
        return "none";
    return arena_printf(k->arena, clock->round == 1 ? "%s %s" : "%s %s round %d",
                        clock_status_name(clock->status), iso(k, clock->due), clock->round);
}

KIT const char *value_of_(struct kit *k, const char *name)
{
    const struct field_entry *entry = casefile_field(&k->file, name);
    return entry ? value_show(k->arena, process_field(&k->process, name), &entry->value) : "none";
}

KIT const char *proposed(struct kit *k, const char *name)
{
    const struct proposal *entry = casefile_proposal(&k->file, name);
    return entry ? value_show(k->arena, process_field(&k->process, name), &entry->value) : "none";
}

#define CLOCK(k, name, is) assert_string_equal(clock_of(k, name), is)
#define STATE(k, is) assert_string_equal((k)->file.state, is)

KIT void refused_(struct kit *k, enum err_code rc, enum err_code want, const char *text,
                  const char *file, int line)
{
    if (rc != want || !strstr(k->err.text, text)) {
        print_error("%s:%d: want %s with \"%s\", got %s: %s\n", file, line, err_name(want), text,
                    err_name(rc), k->err.text);
        fail();
    }
}
#define REFUSED(k, rc, code, text) refused_(k, rc, code, text, __FILE__, __LINE__)
#define DONE(k, rc) refused_(k, rc, ERR_NONE, "", __FILE__, __LINE__)

#endif
