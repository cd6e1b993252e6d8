/* SPDX-License-Identifier: MIT */
/* The longest common lines, by the plain table: files here are small. What stands the same at both
 * ends is left out of it, and what would still make it too large is shown as replaced whole. */
#include "engine/cli/differ.h"

#include "engine/base/arena.h"

#include <string.h>

enum { AROUND = 3, TABLE_MAX = 4 * 1024 * 1024 };

struct line {
    const char *at;
    size_t len;
};
struct lines {
    struct line *at;
    size_t count, room;
};
/* A line as shown: ' ' in both, '-' in the first, '+' in the second. */
struct shown {
    char mark;
    struct line line;
};
struct script {
    struct arena *arena;
    struct shown *at;
    size_t count, room;
};

static struct lines lines_of(struct arena *arena, const char *text)
{
    struct lines lines = { 0 };

    while (*text) {
        size_t len = strcspn(text, "\n");
        *LIST_ADD(arena, &lines) = (struct line){ text, len };
        text += len + (text[len] == '\n');
    }
    return lines;
}

static bool same(const struct line *a, const struct line *b)
{
    return a->len == b->len && !memcmp(a->at, b->at, a->len);
}

static void add(struct script *script, char mark, const struct line *lines, size_t count)
{
    for (size_t i = 0; i < count; i++)
        *LIST_ADD(script->arena, script) = (struct shown){ mark, lines[i] };
}

/* The middle, where both begin and end otherwise. */
static void compare(struct script *script, const struct line *a, size_t n, const struct line *b,
                    size_t m)
{
    if (!n || !m || n > TABLE_MAX / m) {
        add(script, '-', a, n);
        add(script, '+', b, m);
        return;
    }
    /* common[i][j]: how many lines a from i and b from j on have in common; below 2^16, since the
     * smaller of the two is below 2^11. */
    size_t wide = m + 1;
    uint16_t *common = ARENA_ARRAY(script->arena, uint16_t, (n + 1) * wide);
    for (size_t i = n; i-- > 0;)
        for (size_t j = m; j-- > 0;) {
            uint16_t down = common[(i + 1) * wide + j], right = common[i * wide + j + 1];
            common[i * wide + j] = same(&a[i], &b[j])
                                       ? (uint16_t)(common[(i + 1) * wide + j + 1] + 1)
                                       : down >= right ? down : right;
        }
    size_t i = 0, j = 0;
    while (i < n && j < m) {
        if (same(&a[i], &b[j])) {
            add(script, ' ', &a[i++], 1);
            j++;
        } else if (common[(i + 1) * wide + j] >= common[i * wide + j + 1]) {
            add(script, '-', &a[i++], 1);
        } else {
            add(script, '+', &b[j++], 1);
        }
    }
    add(script, '-', a + i, n - i);
    add(script, '+', b + j, m - j);
}

static void show(const struct script *script, size_t from, size_t to, size_t *a, size_t *b,
                 struct buf *out)
{
    size_t gone = 0, come = 0;

    for (size_t i = from; i < to; i++) {
        gone += script->at[i].mark != '+';
        come += script->at[i].mark != '-';
    }
    buf_printf(out, "@@ -%zu,%zu +%zu,%zu @@\n", gone ? *a + 1 : *a, gone, come ? *b + 1 : *b,
               come);
    for (size_t i = from; i < to; i++) {
        buf_char(out, script->at[i].mark);
        buf_add_n(out, script->at[i].line.at, script->at[i].line.len);
        buf_char(out, '\n');
    }
    *a += gone;
    *b += come;
}

/* One stretch for changes that stand so near that what is shown around them meets. */
static void show_all(const struct script *script, struct buf *out)
{
    size_t a = 0, b = 0, done = 0;

    for (size_t i = 0; i < script->count; i++) {
        if (script->at[i].mark == ' ')
            continue;
        size_t from = i - done > AROUND ? i - AROUND : done, last = i;
        for (size_t j = i; j < script->count && j - last <= 2 * AROUND; j++)
            last = script->at[j].mark == ' ' ? last : j;
        size_t to = last + 1 + AROUND < script->count ? last + 1 + AROUND : script->count;
        a += from - done;
        b += from - done;
        show(script, from, to, &a, &b, out);
        done = to;
        i = to - 1;
    }
}

void differ(struct buf *out, const char *path, const char *from, const char *to)
{
    struct script script = { .arena = out->arena };
    struct lines a = lines_of(out->arena, from), b = lines_of(out->arena, to);
    size_t least = a.count < b.count ? a.count : b.count, head = 0, tail = 0;

    if (!strcmp(from, to))
        return;
    while (head < least && same(&a.at[head], &b.at[head]))
        head++;
    while (tail < least - head && same(&a.at[a.count - 1 - tail], &b.at[b.count - 1 - tail]))
        tail++;
    add(&script, ' ', a.at, head);
    compare(&script, a.at + head, a.count - head - tail, b.at + head, b.count - head - tail);
    add(&script, ' ', a.at + a.count - tail, tail);
    buf_printf(out, "--- %s\n+++ %s\n", path, path);
    show_all(&script, out);
}
