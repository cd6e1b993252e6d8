/* SPDX-License-Identifier: MIT */
/* bench_when - dates worked out a second, and how long loading a pack takes.
 *
 *     bench_when            examples/torbay
 */
#include "engine/base/arena.h"
#include "engine/run/pack.h"
#include "engine/when/when.h"
#include "rules/moment.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { DATES = 1000000, LOADS = 20 };

static double seconds(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static void held(void *self, const struct anchor *anchor, struct anchored *out)
{
    (void)anchor;
    *out = (struct anchored){ .known = true, .date = *(const day *)self };
}

static void dates(const struct rules *rules, const char *text)
{
    struct arena *arena = arena_new();
    const struct moment *moment =
        moment_parse(arena, text, (struct span){ 0 }, NULL, diags_new(arena));
    day on = day_of(2026, 1, 1);
    struct when_in in = { .calendar = rules->pack->calendars->at[0], .anchor = held, .self = &on };
    struct when_out out;
    int64_t sum = 0; /* Printed, so that nothing is left out. */
    double began = seconds();
    for (int i = 0; i < DATES; i++) {
        on = day_of(2026, 1, 1) + i % 700;
        when_moment(&in, moment, &out);
        sum += out.known ? out.due : 0;
    }
    double took = seconds() - began;
    printf("%-62s %10.0f dates/s   (%lld)\n", text, DATES / took, (long long)(sum % 1000));
    arena_free(arena);
}

static struct rules *load(void)
{
    struct rules *rules;
    struct diags *diags;
    struct err err = { 0 };
    if (rules_load(arena_new(), "examples/torbay", &rules, &diags, &err)) {
        fprintf(stderr, "bench: %s\n", err.text);
        exit(1);
    }
    return rules;
}

int main(void)
{
    struct rules *rules = load();
    dates(rules, "2 weeks after hold");
    dates(rules, "earlier of (8 weeks after notice and 12 weeks after hold)");
    dates(rules, "12 months starting with (last_review or plan_issued)");
    dates(rules, "10 working days after hold");
    dates(rules, "end of term after hold");
    rules_free(rules);
    double began = seconds();
    for (int i = 0; i < LOADS; i++)
        rules_free(load());
    printf("examples/torbay with all it extends read, checked and compiled in %.1f ms\n",
           (seconds() - began) / LOADS * 1000);
    return 0;
}
