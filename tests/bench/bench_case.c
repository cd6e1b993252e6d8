/* SPDX-License-Identifier: MIT */
/* How long a case of about 1.5 KB takes to come out of its row and to go back into it. */
#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/model/casefile.h"

#include <stdio.h>
#include <time.h>

enum { ROUNDS = 200000 };

static double now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void fill(struct arena *arena, struct casefile *file)
{
    static const char *const events[] = { "arrange", "hold", "report" };
    static const char *const fields[] = { "begins", "ends", "last_review", "meeting",
                                          "plan_issued" };
    static const char *const clocks[] = { "circulate", "complete", "final_plan", "send_report" };
    static const char *const items[] = { "advice.ep", "advice.school", "papers.family",
                                         "papers.school" };
    day on = day_of(2026, 11, 14);
    file->opened = file->state_since = on;
    file->recorded_ms = 1793000000000;
    for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
        struct happened *happened = sections_put_events(arena, &file->in, events[i]);
        happened->first = happened->latest = on;
        happened->count = 1;
    }
    sections_put_entered(arena, &file->in, "reporting")->first = on;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        sections_put_fields(arena, &file->in, fields[i])->value =
            (struct value){ .kind = VALUE_DATE, .number = on };
    struct field_entry *child = sections_put_fields(arena, &file->in, "child");
    child->personal = true;
    child->value = (struct value){ .kind = VALUE_TEXT, .text = "C-2026-0412" };
    for (size_t i = 0; i < sizeof clocks / sizeof *clocks; i++) {
        struct clock *clock = sections_put_clocks(arena, &file->in, clocks[i]);
        clock->since = on;
        clock->due = on + 14;
        clock->do_by = on + 13;
        clock->round = 1;
        clock->told = minute_at(on, 480);
    }
    for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
        struct item *item = sections_put_items(arena, &file->in, items[i]);
        item->asked = on;
        item->done = on + 5;
    }
    struct party *party = sections_put_parties(arena, &file->in, "caseworker");
    party->person = 41;
    party->text = "D. Okafor";
}

int main(void)
{
    struct arena *keep = arena_new(), *arena = arena_new();
    struct casefile file = { .id = 1 };
    struct buf given = buf_in(keep);
    fill(keep, &file);
    casefile_encode(&file, &given);

    double read_us = 0, write_us = 0;
    for (int i = 0; i < ROUNDS; i++) {
        arena_reset(arena);
        double start = now_us();
        MUST(casefile_decode(arena, given.at, given.len, &file, NULL) == ERR_NONE);
        double middle = now_us();
        struct buf out = buf_in(arena);
        casefile_encode(&file, &out);
        write_us += now_us() - middle;
        read_us += middle - start;
        MUST(out.len == given.len);
    }
    printf("case: %zu bytes read in %.2f us, written in %.2f us\n", given.len, read_us / ROUNDS,
           write_us / ROUNDS);
    arena_free(arena);
    arena_free(keep);
    return 0;
}
