/* SPDX-License-Identifier: MIT */
/* Processes that nobody would write: whatever they are, the picture is without a fault; one that
 * is too entangled is listed and says so; small ones are drawn.
 */
#include "engine/draw/draw.h"
#include "engine/base/text.h"
#include "tests/unit/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { STATES_MAX = 9, EVENTS_MAX = 4, TARGETS_MAX = 3, LIMITS_MAX = 8 };

static unsigned seed;

static unsigned any(unsigned below)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 10) % below;
}

static const char *words(struct arena *arena, unsigned most)
{
    static const char *const all[] = {
        "the", "plan", "is", "sent", "family", "authority", "assessment", "decision", "meeting",
        "professional", "a", "contribution", "of", "Donaudampfschifffahrtsgesellschaft",
    };
    struct buf out = buf_in(arena);
    for (unsigned i = 0, n = 1 + any(most); i < n; i++)
        buf_printf(&out, "%s%s", i ? " " : "", all[any(i ? 14 : 13)]);
    return buf_text(&out);
}

static const struct event_rule *event(struct arena *arena, const struct process *process,
                                      const char *const *roles, size_t state)
{
    struct event_rule *rule = ARENA_NEW(arena, struct event_rule);
    rule->name = arena_printf(arena, "e%zu_%u", any(3) ? state : 0, any(6));
    rule->title = words(arena, 6);
    rule->by = (struct names){ roles, 1 + any(3) };
    rule->target_count = any(4) ? 1 + any(any(3) ? 1 : TARGETS_MAX) : 0;
    struct target *to = ARENA_ARRAY(arena, struct target, TARGETS_MAX);
    for (size_t i = 0; i < rule->target_count; i++) {
        struct condition *when = ARENA_NEW(arena, struct condition);
        *when = (struct condition){ .source = words(arena, 3), .process = process };
        /* Mostly on, sometimes back. */
        unsigned from = any(4) ? (unsigned)state : 0, count = (unsigned)process->state_count;
        to[i].state = process->states[from + any(count - from)].name;
        to[i].when = rule->target_count > 1 ? when : NULL;
    }
    rule->to = to;
    return rule;
}

static const struct moment *after(struct arena *arena, const char *name, enum anchor_kind kind)
{
    struct moment *base = ARENA_NEW(arena, struct moment), *it = ARENA_NEW(arena, struct moment);
    *base = (struct moment){ .kind = MOMENT_ANCHOR, .text = name };
    base->anchor = (struct anchor){ .kind = kind, .name = name };
    *it = (struct moment){ .kind = MOMENT_AFTER, .text = "after", .base = base };
    it->length = (struct length){ (int)(1 + any(20)), (enum unit)any(6) };
    return it;
}

static void add_limits(struct arena *arena, struct process *process)
{
    struct deadline *limits = ARENA_ARRAY(arena, struct deadline, LIMITS_MAX);
    process->deadline_count = any(LIMITS_MAX + 1);
    for (size_t i = 0; i < process->deadline_count; i++) {
        const struct state *from = &process->states[any((unsigned)process->state_count)];
        const struct state *till = &process->states[any((unsigned)process->state_count)];
        struct met_by *met = ARENA_NEW(arena, struct met_by);
        *met = (struct met_by){ MET_STATE, till->name, NULL };
        limits[i] = (struct deadline){
            .name = arena_printf(arena, "d%zu", i), .title = words(arena, 5),
            .law = any(2) ? words(arena, 3) : NULL, .statutory = any(2), .met_by = met,
            .met_count = 1,
            .due = any(4) ? after(arena, from->name, ANCHOR_STATE)
                          : after(arena, "opened", ANCHOR_OPENED),
        };
    }
    process->deadlines = limits;
}

static struct process *process_of(struct arena *arena, size_t states, size_t events)
{
    static const char *const roles[] = { "officer", "senco", "family" };
    struct process *process = ARENA_NEW(arena, struct process);
    struct state *at = ARENA_ARRAY(arena, struct state, states);
    *process = (struct process){ .name = "random", .title = words(arena, 5), .states = at,
                                 .state_count = states, .open_by = { roles, 1 } };
    for (size_t i = 0; i < states; i++)
        at[i] = (struct state){ .name = arena_printf(arena, "s%zu", i), .title = words(arena, 6),
                                .first = i == 0, .final = i + 1 == states,
                                .waiting_for = any(2) ? roles[any(3)] : NULL };
    for (size_t i = 0; i + 1 < states; i++) {
        const struct event_rule **list = ARENA_ARRAY(arena, const struct event_rule *, events);
        at[i].event_count = 1 + any((unsigned)events);
        for (size_t j = 0; j < at[i].event_count; j++)
            list[j] = event(arena, process, roles, i);
        at[i].events = list;
    }
    add_limits(arena, process);
    return process;
}

static void small_processes_are_drawn_without_a_fault(void **state)
{
    const struct model model = { .pack = "random", .title = "Random" };
    size_t listed = 0, count = 240;
    (void)state;
    for (unsigned i = 1; i <= count; i++) {
        struct arena *arena = arena_new();
        seed = i;
        const struct process *process = process_of(arena, 2 + any(STATES_MAX - 1), EVENTS_MAX);
        const struct picture *picture = draw_picture(arena, &model, process);
        const char *fault = picture_fault(picture);
        if (fault)
            fail_msg("seed %u: %s", i, fault);
        listed += picture->listed;
        arena_free(arena);
    }
    if (listed > count / 5)
        fail_msg("%zu of %zu are only listed", listed, count);
}

/* Each of ten states leads to each other by an event of its own. */
static void an_entangled_process_is_listed_and_says_so(void **state)
{
    const struct model model = { .pack = "random", .title = "Random" };
    static const char *const roles[] = { "officer" };
    struct process *process = process_of(*state, 10, 1);
    struct state *states = ARENA_ARRAY(*state, struct state, 10);
    memcpy(states, process->states, 10 * sizeof *states);
    for (size_t i = 0; i < 9; i++) {
        const struct event_rule **list = ARENA_ARRAY(*state, const struct event_rule *, 10);
        for (size_t j = 0; j < 10; j++) {
            struct event_rule *rule = ARENA_NEW(*state, struct event_rule);
            struct target *to = ARENA_NEW(*state, struct target);
            to->state = states[j].name;
            *rule = (struct event_rule){ .name = arena_printf(*state, "e%zu_%zu", i, j),
                                         .title = "Goes on", .by = { roles, 1 }, .to = to,
                                         .target_count = 1 };
            list[j] = rule;
        }
        states[i].events = list;
        states[i].event_count = 10;
    }
    process->states = states;
    const struct picture *picture = draw_picture(*state, &model, process);
    struct buf svg = buf_in(*state);
    assert_true(picture->listed);
    assert_null(picture_fault(picture));
    picture_svg(picture, &svg);
    assert_non_null(strstr(buf_text(&svg), "Too entangled to be drawn"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_processes_are_drawn_without_a_fault),
        cmocka_unit_test_setup_teardown(an_entangled_process_is_listed_and_says_so, arena_setup,
                                        arena_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
