/* SPDX-License-Identifier: MIT */
#include "engine/core/in_force.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/core/anchors.h"

/* The earliest known of what a moment is counted from. */
static day earliest(const struct anchors *anchors, const struct moment *moment)
{
    if (!moment)
        return DAY_NONE;
    day first = DAY_NONE;
    if (moment->kind == MOMENT_ANCHOR) {
        struct anchored found;
        struct anchors self = *anchors;
        anchors_lookup(&self, &moment->anchor, &found);
        first = found.known && !found.is_number ? found.date : DAY_NONE;
    }
    day others[] = { earliest(anchors, moment->base), earliest(anchors, moment->after) };
    for (size_t i = 0; i < 2; i++)
        if (others[i] != DAY_NONE && (first == DAY_NONE || others[i] < first))
            first = others[i];
    for (size_t i = 0; i < moment->part_count; i++) {
        day part = earliest(anchors, moment->parts[i]);
        if (part != DAY_NONE && (first == DAY_NONE || part < first))
            first = part;
    }
    return first;
}

static const char *anchor_name(const struct moment *moment)
{
    return moment->anchor.name && !moment->anchor.item ? moment->anchor.name : moment->text;
}

struct judged in_force_judge(const struct in_force *in_force, const struct casefile *file,
                             const struct deadline *clock, const char *itself, day on)
{
    struct judged judged = { .holds = TRUTH_YES, .on = DAY_NONE };
    if (!in_force)
        return judged;
    const struct anchors anchors = { file, clock };
    const struct moment *by = in_force->judged_on;
    judged.on = earliest(&anchors, by ? by : in_force->own);
    if (by && itself && by->anchor.kind == ANCHOR_EVENT && text_same(by->anchor.name, itself) &&
        !(by->anchor.first && judged.on != DAY_NONE))
        judged.on = on;
    if (judged.on == DAY_NONE && !by)
        judged.on = file->opened;
    if (judged.on == DAY_NONE) {
        judged.holds = TRUTH_UNKNOWN;
        judged.missing = by ? anchor_name(by) : "opened";
        return judged;
    }
    if ((in_force->from != DAY_NONE && judged.on < in_force->from) ||
        (in_force->until != DAY_NONE && judged.on >= in_force->until))
        judged.holds = TRUTH_NO;
    return judged;
}

const char *in_force_why(struct arena *arena, const struct in_force *in_force,
                         const struct judged *judged)
{
    char from[DAY_TEXT_MAX], until[DAY_TEXT_MAX], on[DAY_TEXT_MAX];
    struct buf why = buf_in(arena);
    if (judged->holds == TRUTH_YES)
        return NULL;
    if (judged->holds == TRUTH_UNKNOWN)
        return arena_printf(arena, "'%s' is not known, and whether it is in force hangs on it",
                            judged->missing);
    buf_add(&why, "it is in force only");
    if (in_force->from != DAY_NONE)
        buf_printf(&why, " from %s", day_short(in_force->from, from));
    if (in_force->until != DAY_NONE)
        buf_printf(&why, " before %s", day_short(in_force->until, until));
    buf_printf(&why, ", judged on %s%s%s%s",
               in_force->judged_on ? anchor_name(in_force->judged_on) : "",
               in_force->judged_on ? " (" : "", day_short(judged->on, on),
               in_force->judged_on ? ")" : "");
    return buf_text(&why);
}
