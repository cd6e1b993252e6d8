/* SPDX-License-Identifier: MIT */
#include "engine/draw/spread.h"

#include "engine/base/arena.h"

struct spread *spread_new(struct arena *arena, size_t count)
{
    struct spread *s = ARENA_NEW(arena, struct spread);
    s->count = count;
    s->wish = ARENA_ARRAY(arena, int, count + 1);
    s->low = ARENA_ARRAY(arena, int, count + 1);
    s->high = ARENA_ARRAY(arena, int, count + 1);
    s->apart = ARENA_ARRAY(arena, int, count + 1);
    s->x = ARENA_ARRAY(arena, int, 3 * (count + 1)); /* The answer; two more to work it out. */
    return s;
}

/* Neighbours that wish to be too near become one group at the mean of their wishes (isotonic
 * regression by pooling). */
static void pool(struct spread *s, int *sum, int *size)
{
    size_t groups = 0;
    int offset = 0;
    for (size_t i = 0; i < s->count; i++) {
        sum[groups] = s->wish[i] - offset;
        size[groups] = 1;
        groups++;
        while (groups > 1 &&
               sum[groups - 2] * size[groups - 1] > sum[groups - 1] * size[groups - 2]) {
            sum[groups - 2] += sum[groups - 1];
            size[groups - 2] += size[groups - 1];
            groups--;
        }
        offset += s->apart[i];
    }
    offset = 0;
    for (size_t g = 0, i = 0; g < groups; g++)
        for (int k = 0; k < size[g]; k++, i++) {
            s->x[i] = sum[g] / size[g] + offset;
            offset += s->apart[i];
        }
}

void spread_out(struct spread *s)
{
    if (!s->count)
        return;
    pool(s, s->x + s->count + 1, s->x + 2 * (s->count + 1));
    for (size_t i = 0; i < s->count; i++) {
        if (s->x[i] < s->low[i])
            s->x[i] = s->low[i];
        if (i && s->x[i] < s->x[i - 1] + s->apart[i - 1])
            s->x[i] = s->x[i - 1] + s->apart[i - 1];
    }
    for (size_t i = s->count; i-- > 0;) {
        if (s->x[i] > s->high[i])
            s->x[i] = s->high[i];
        if (i + 1 < s->count && s->x[i] > s->x[i + 1] - s->apart[i])
            s->x[i] = s->x[i + 1] - s->apart[i];
    }
}
