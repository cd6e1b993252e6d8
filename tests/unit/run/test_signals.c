/* SPDX-License-Identifier: MIT */
/* Cases that open and signal one another: fixed orders, then random graphs. */
#include "kit.h"

enum { SEEDS = 60, PROCESSES = 4, EVENTS = 4, REQUESTS = 30 };

/* --- order, limits and refusals, one by one -------------------------------------------------- */

#define PROCESS(name, events)                                                                     \
    { "processes/" name ".yaml", "process: " name "\ntitle: " name "\nopens: {by: officer}\n"     \
      "fields: {log: {type: text, label: Log}}\n"                                                 \
      "states:\n  here:\n    title: Here\n    first: true\n    events:\n" events                  \
      "  gone: {title: Gone, final: true}\n" }

static const struct file family[] = {
    PROCESS(
        "mother",
        "      bear: {title: Bear, by: officer, then: [{open: {process: child}}]}\n"
        "      call: {title: Call, by: officer, then: [{signal: {to: children, event: come}}]}\n"
        "      bear_and_call: {title: Both, by: officer, then: [{open: {process: child}}, "
        "{signal: {to: children, event: come}}]}\n"
        "      hear: {title: Heard, by: officer}\n"
        "      deaf: {title: Deaf, by: officer, to: gone}\n"),
    PROCESS("child",
            "      come: {title: Comes, by: officer, then: [{signal: {to: parent, event: hear}}]}\n"
            "      leave: {title: Leaves, by: officer, to: gone, then: [{signal: {to: parent, "
            "event: hear}}]}\n"),
    PROCESS("chain", "      grow: {title: Grow, by: officer, then: [{open: {process: chain}}, "
                     "{signal: {to: children, event: grow}}]}\n"),
    PROCESS("many", "      spread: {title: Spread, by: officer, then: [{open: {process: many}}, "
                    "{open: {process: many}}, {open: {process: many}}, {open: {process: many}}, "
                    "{open: {process: many}}, {open: {process: many}}, {open: {process: many}}, "
                    "{open: {process: many}}, {open: {process: many}}, {signal: {to: children, "
                    "event: spread}}]}\n"),
    PROCESS("clocked",
            "      wait: {title: Wait, by: officer}\n"
            "      close: {title: Close, by: clock, at: day after wait, to: gone}\n"
            "      hear: {title: Heard, by: officer}\n"
            "      bear: {title: Bear, by: officer, then: [{open: {process: child}}]}\n"),
};

static struct kit *begin(void)
{
    return kit_begin(family, sizeof family / sizeof *family, false);
}

/* All events there are, in the order they were written: "1:open mother". */
static const char *chronicle(struct kit *k)
{
    struct buf text = buf_in(k->arena);
    int64_t count = event_count(k);
    for (int64_t id = 1; id <= count; id++) {
        struct event_row row;
        struct event event;
        ok(event_get(k->store, id, k->arena, &row, &err));
        ok(case_event(&row, k->arena, &event, NULL, &err));
        buf_printf(&text, "%s%lld:%s%s%s", id > 1 ? ", " : "", (long long)row.case_id, event.name,
                   event.act ? " " : "", event.act ? event.act : "");
    }
    return buf_text(&text);
}

static void breadth_first(void **state)
{
    (void)state;
    struct kit *k = begin();
    int64_t mother = open_case(k, "mother", "", 0);
    do_event(k, mother, "bear", "");
    do_event(k, mother, "bear", "");
    do_event(k, mother, "bear_and_call", "");
    /* The new child first, then all three are called, and only then does the mother hear them. */
    assert_string_equal(chronicle(k),
                        "1:mother, 1:bear, 2:child, 1:bear, 3:child, "
                        "1:bear_and_call, 4:child, 2:come, 3:come, 4:come, 1:hear, 1:hear, 1:hear");
    assert_int_equal(k->turned.decisions, 8);
    verify_clean(k);
    kit_end(k);
}

static void a_refused_signal_is_a_remark(void **state)
{
    (void)state;
    struct kit *k = begin();
    int64_t mother = open_case(k, "mother", "", 0);
    do_event(k, mother, "bear", "");
    do_event(k, mother, "deaf", "");
    do_event(k, 2, "leave", "");
    assert_int_equal(k->turned.err.code, ERR_NONE); /* The act itself was accepted. */
    assert_string_equal(chronicle(k), "1:mother, 1:bear, 2:child, 1:deaf, 2:leave, 2:hear refused");
    struct casefile child = case_now(k, 2);
    assert_string_equal(child.state, "gone");
    assert_int_equal(child.in.remarks.count, 1);
    assert_non_null(strstr(child.in.remarks.at[0].text, "'hear' was sent to case 1"));
    assert_non_null(strstr(child.in.remarks.at[0].text, "not possible now"));
    verify_clean(k);
    kit_end(k);
}

static void a_spent_limit_refuses_the_turn(void **state)
{
    (void)state;
    struct kit *k = begin();
    int64_t chain = open_case(k, "chain", "", 0), many = open_case(k, "many", "", 0);
    struct counts before, after;
    ok(read_counts(k->store, &before, &err));
    assert_int_equal(try_event(k, chain, "grow", "", NULL), ERR_LIMIT);
    assert_non_null(strstr(k->turned.err.text, "8 deep"));
    assert_int_equal(try_event(k, many, "spread", "", NULL), ERR_LIMIT);
    assert_non_null(strstr(k->turned.err.text, "more than 64 others"));
    ok(read_counts(k->store, &after, &err));
    assert_memory_equal(&before, &after, sizeof after);
    assert_int_equal(case_now(k, chain).head, 1);
    verify_clean(k);
    kit_end(k);
}

/* A signal finds the case as the clock has it by then. */
static void a_signalled_case_catches_up_first(void **state)
{
    (void)state;
    struct kit *k = begin();
    int64_t clocked = open_case(k, "clocked", "", 0);
    do_event(k, clocked, "bear", "");
    do_event(k, clocked, "wait", "");
    k->minute = at("2026-11-05", 9);
    do_event(k, 2, "leave", "");
    assert_string_equal(chronicle(k),
                        "1:clocked, 1:bear, 2:child, 1:wait, 2:leave, 1:close, 2:hear refused");
    assert_string_equal(case_now(k, clocked).state, "gone");
    assert_int_equal(case_now(k, clocked).state_since, on("2026-11-03"));
    verify_clean(k);
    kit_end(k);
}

/* --- random graphs --------------------------------------------------------------------------- */

static uint64_t seed_now;

static unsigned dice(unsigned sides)
{
    seed_now ^= seed_now << 13;
    seed_now ^= seed_now >> 7;
    seed_now ^= seed_now << 17;
    return (unsigned)(seed_now >> 20) % sides;
}

static void random_effect(struct buf *text)
{
    switch (dice(5)) {
    case 0:
        buf_printf(text, "{open: {process: p%u}}", dice(PROCESSES));
        break;
    case 1:
    case 2:
        buf_printf(text, "{signal: {to: children, event: e%u}}", dice(EVENTS));
        break;
    default:
        buf_printf(text, "{signal: {to: parent, event: e%u}}", dice(EVENTS));
    }
}

/* Processes whose events open and signal at random; some close the case, some come by the clock. */
static void random_pack(struct arena *arena, struct file *files)
{
    for (unsigned p = 0; p < PROCESSES; p++) {
        struct buf text = buf_in(arena);
        buf_printf(&text, "process: p%u\ntitle: P%u\nopens: {by: officer}\nstates:\n"
                          "  here:\n    title: Here\n    first: true\n    events:\n", p, p);
        for (unsigned e = 0; e < EVENTS; e++) {
            buf_printf(&text, "      e%u: {title: E%u, by: officer", e, e);
            if (dice(6) == 0)
                buf_add(&text, ", to: gone");
            unsigned effects = dice(4);
            for (unsigned i = 0; i < effects; i++) {
                buf_add(&text, i ? ", " : ", then: [");
                random_effect(&text);
            }
            buf_add(&text, effects ? "]}\n" : "}\n");
        }
        buf_printf(&text, "      tick: {title: Tick, by: clock, at: %u days after e%u, then: [",
                   1 + dice(5), dice(EVENTS));
        random_effect(&text);
        buf_add(&text, "]}\n  gone: {title: Gone, final: true}\n");
        files[p] = (struct file){ arena_printf(arena, "processes/p%u.yaml", p), buf_text(&text) };
    }
}

struct question {
    struct job job;
    struct kit *k;
    struct request request;
    enum err_code code;
};

static enum err_code ask_work(struct job *job, struct world *world, struct arena *arena,
                              struct err *why)
{
    struct question *ask = job->self;
    struct turned turned;
    struct counts before, after;
    ok(read_counts(world_store(world), &before, &err));
    enum err_code rc = turn(world, &ask->request, arena, &turned);
    ok(read_counts(world_store(world), &after, &err));
    if (rc) {
        *why = turned.err;
        assert_memory_equal(&before, &after, sizeof after);   /* Nothing of it. */
    } else {
        assert_true(after.events - before.events == (int64_t)turned.decisions);
        assert_true(turned.decisions <= TURN_DECISIONS + TURN_OWED_MAX);
        assert_true(after.events > before.events);
    }
    job->changes = !rc;
    return rc;
}

static void ask_done(struct job *job, enum err_code code, const struct err *why)
{
    struct question *ask = job->self;
    (void)why;
    ask->code = code;
    assert_true(code == ERR_NONE || code == ERR_REFUSED || code == ERR_LIMIT);
}

/* The same questions in batches of `batch`; what comes of them, as text. */
static const char *play(struct arena *out, const struct file *files, uint64_t seed, size_t batch)
{
    struct kit *k = kit_begin(files, PROCESSES, false);
    struct question asks[REQUESTS];
    struct buf text = buf_in(out);
    seed_now = seed;
    for (unsigned p = 0; p < PROCESSES; p++)
        open_case(k, arena_printf(k->arena, "p%u", p), "", 0);
    for (size_t done = 0; done < REQUESTS;) {
        struct job *jobs[REQUESTS];
        size_t count = 0;
        for (; count < batch && done + count < REQUESTS; count++) {
            struct question *ask = &asks[done + count];
            int64_t minute = k->minute + (int64_t)(done + count) * 500;
            *ask =
                (struct question){ .k = k,
                                   .request = { .now_ms = minute * 60000, .now_minute = minute } };
            ask->request.case_id = 1 + (int64_t)dice(PROCESSES);
            ask->request.event =
                event_of(EVENT_DO, arena_printf(k->arena, "e%u", dice(EVENTS)), "officer");
            ask->job = (struct job){ .work = ask_work, .done = ask_done, .self = ask };
            jobs[count] = &ask->job;
        }
        writer_batch(k->world, jobs, count);
        done += count;
    }
    for (size_t i = 0; i < REQUESTS; i++)
        buf_printf(&text, "%s ", err_name(asks[i].code));
    int64_t events = event_count(k);
    for (int64_t id = 1; id <= events; id++) {
        struct event_row row;
        ok(event_get(k->store, id, k->arena, &row, &err));
        buf_printf(&text, "\n%lld: %s -> %s", (long long)row.case_id, row.said, row.did);
    }
    verify_clean(k);
    kit_end(k);
    return buf_text(&text);
}

static void random_graphs(void **state)
{
    (void)state;
    size_t refused = 0, accepted = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct arena *arena = arena_new();
        struct file files[PROCESSES];
        seed_now = seed * 0x9e3779b97f4a7c15u;
        random_pack(arena, files);
        const char *one = play(arena, files, seed * 77 + 1, 1);
        static const size_t batches[] = { 2, 7, REQUESTS };
        for (size_t i = 0; i < 3; i++)
            assert_string_equal(play(arena, files, seed * 77 + 1, batches[i]), one);
        for (const char *at = one; *at && *at != '\n'; at++) {
            refused += strncmp(at, "limit ", 6) == 0 || strncmp(at, "refused ", 8) == 0;
            accepted += strncmp(at, "done ", 5) == 0 || strncmp(at, "none ", 5) == 0;
        }
        arena_free(arena);
    }
    print_message("# %zu accepted, %zu refused whole\n", accepted, refused);
    assert_true(accepted > 100 && refused > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(breadth_first),
        cmocka_unit_test(a_refused_signal_is_a_remark),
        cmocka_unit_test(a_spent_limit_refuses_the_turn),
        cmocka_unit_test(a_signalled_case_catches_up_first),
        cmocka_unit_test(random_graphs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
