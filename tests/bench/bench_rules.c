/* SPDX-License-Identifier: MIT */
/* bench_rules - what an admin waits for: all example packs checked, beside
 * reading the same files as YAML alone, which it cannot be quicker than; and
 * scenarios played, one after another, as `reeve test` does.
 *
 *     bench_rules
 *
 * In processor time, which others on the machine do not change much.
 */
#include "engine/base/arena.h"
#include "engine/run/scenario.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <yaml.h>

enum { ROUNDS = 21 };

static const char *const packs[] = { "examples/england", "examples/torbay", "examples/plymouth" };
enum { PACKS = sizeof packs / sizeof *packs };

static double ms_now(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
    return (double)ts.tv_sec * 1e3 + (double)ts.tv_nsec / 1e6;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* Of ROUNDS runs. */
static double median_of(double (*run)(void *self), void *self)
{
    double took[ROUNDS];
    for (int i = 0; i < ROUNDS; i++)
        took[i] = run(self);
    qsort(took, ROUNDS, sizeof *took, by_size);
    return took[ROUNDS / 2];
}

static struct rules *load(const char *folder)
{
    struct rules *rules;
    struct diags *diags;
    struct err err = { 0 };
    if (rules_load(arena_new(), folder, &rules, &diags, &err)) {
        fprintf(stderr, "bench: %s: %s\n", folder, err.text);
        exit(1);
    }
    return rules;
}

static double check_all(void *self)
{
    (void)self;
    double began = ms_now();
    for (int i = 0; i < PACKS; i++)
        rules_free(load(packs[i]));
    return ms_now() - began;
}

/* The same files, each pack with all it extends, read as YAML and thrown away. */
static double parse_all(void *self)
{
    struct rules **rules = self;
    double began = ms_now();
    for (int i = 0; i < PACKS; i++)
        for (size_t f = 0; f < rules[i]->files->files.count; f++) {
            const struct source *source = &rules[i]->files->files.at[f];
            yaml_parser_t parser;
            yaml_event_t event;
            if (!strstr(source->path, ".yaml"))
                continue;
            yaml_parser_initialize(&parser);
            yaml_parser_set_input_string(&parser, (const unsigned char *)source->text,
                                         source->len);
            for (bool more = true; more; yaml_event_delete(&event)) {
                if (!yaml_parser_parse(&parser, &event))
                    exit(1);
                more = event.type != YAML_STREAM_END_EVENT;
            }
            yaml_parser_delete(&parser);
        }
    return ms_now() - began;
}

static const struct {
    const char *name, *what;
} stories[] = {
    { "annual-review-leap-day", "a review from opening to end, ten months" },
    { "annual-review-amendment-a-year-late", "fourteen months, two things overdue for a year" },
};

struct story {
    struct rules *rules;
    const char *name; /* NULL: all. */
};

/* A scenario, or all of them, per scenario. */
static double play(void *self)
{
    struct story *story = self;
    struct arena *arena = arena_new();
    struct scenario_run run;
    struct diags *diags = diags_new(arena);
    struct err err = { 0 };
    double began = ms_now();
    if (scenarios_play(arena, story->rules, &story->name, story->name ? 1 : 0, NULL, &run, diags,
                       &err) ||
        run.failed || !run.passed) {
        fprintf(stderr, "bench: %s: %s\n", story->name ? story->name : "all", err.text);
        exit(1);
    }
    double took = (ms_now() - began) / (double)run.passed;
    arena_free(arena);
    return took;
}

int main(void)
{
    struct rules *rules[PACKS];
    for (int i = 0; i < PACKS; i++)
        rules[i] = load(packs[i]);
    double check = median_of(check_all, NULL), parse = median_of(parse_all, rules);
    printf("all example packs checked      %7.1f ms   their YAML alone %5.1f ms   ratio %4.1f\n",
           check, parse, check / parse);
    for (size_t i = 0; i < sizeof stories / sizeof *stories; i++) {
        struct story story = { rules[0], stories[i].name };
        printf("%-46s %7.1f ms\n", stories[i].what, median_of(play, &story));
    }
    struct story all = { rules[0], NULL };
    printf("%-46s %7.1f ms each\n", "all scenarios of examples/england", median_of(play, &all));
    for (int i = 0; i < PACKS; i++)
        rules_free(rules[i]);
    return 0;
}
