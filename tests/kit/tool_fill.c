/* SPDX-License-Identifier: MIT */
/* tool_fill DB COUNT DATE PROCESS ROLE URN SCHOOLS NAME=VALUE... [do EVENT NAME=VALUE...]
 *
 * Opens COUNT cases on DATE; %d in a value is the case's number. URN 0: no schools.
 */
#include "engine/base/arena.h"
#include "engine/run/world.h"
#include "tests/kit/fill.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv)
{
    struct store *store;
    struct err err = { 0 };
    struct fill fill = { 0 };
    if (argc < 8 || !day_parse(argv[3], &fill.on)) {
        fprintf(stderr, "usage: tool_fill DB COUNT DATE PROCESS ROLE URN SCHOOLS NAME=VALUE... "
                        "[do EVENT NAME=VALUE...]\n");
        return 2;
    }
    fill.process = argv[4];
    fill.role = argv[5];
    fill.first_urn = atoll(argv[6]);
    fill.schools = atoi(argv[7]);
    fill.given = (const char *const *)argv + 8;
    for (int i = 8; i + 1 < argc; i++) {
        if (strcmp(argv[i], "do") != 0)
            continue;
        argv[i] = NULL;
        fill.event = argv[i + 1];
        fill.with = (const char *const *)argv + i + 2;
        break;
    }
    if (store_open(argv[1], STORE_WRITE, &store, &err)) {
        fprintf(stderr, "tool_fill: %s\n", err.text);
        return 1;
    }
    struct world *world = world_new(store);
    fill_cases(world, atoll(argv[2]), &fill);
    world_free(world);
    store_close(store);
    return 0;
}
