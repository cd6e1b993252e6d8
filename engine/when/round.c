/* SPDX-License-Identifier: MIT */
#include "engine/when/round.h"

enum { LOOK_BACK = 2 * ROUND_OFFSET_MAX, LOOK_AHEAD = 2 * ROUND_OFFSET_MAX };

const struct moment *round_leaf(const struct moment *moment)
{
    while (moment && (moment->kind == MOMENT_AFTER || moment->kind == MOMENT_BEFORE ||
                      moment->kind == MOMENT_DAY_AFTER || moment->kind == MOMENT_DAY_BEFORE))
        moment = moment->base;
    bool round = moment &&
                 (moment->kind == MOMENT_RECURRING || moment->kind == MOMENT_MONTH_END) &&
                 moment->pick == PICK_NEXT && moment->base->kind == MOMENT_ANCHOR &&
                 moment->base->anchor.kind == ANCHOR_OCCASION;
    return round ? moment : NULL;
}

/* `self` is the day from which to look. */
static void from_day(void *self, const struct anchor *anchor, struct anchored *out)
{
    (void)anchor;
    *out = (struct anchored){ .known = true, .date = *(const day *)self };
}

static bool probe(const struct when_in *in, const struct moment *moment, day from, day *out)
{
    struct when_in own = *in;
    struct when_out found;
    own.anchor = from_day;
    own.self = &from;
    own.trace = NULL;
    when_moment(&own, moment, &found);
    *out = found.due;
    return found.known && !found.provisional;
}

/* Only what is counted forward can lie behind its own beginning. */
static day look_back(const struct moment *moment, const struct moment *leaf)
{
    for (; moment != leaf; moment = moment->base)
        if (moment->kind == MOMENT_AFTER || moment->kind == MOMENT_DAY_AFTER)
            return LOOK_BACK;
    return 0;
}

/* Days grow with what they are counted from, so the first that is late enough is the next one. What
 * is counted from may lie as far off as the longest length. */
void round_next(const struct when_in *in, const struct moment *moment, day after,
                struct round_out *out)
{
    const struct moment *leaf = round_leaf(moment);
    *out = (struct round_out){ .date = DAY_NONE };
    if (!leaf)
        return;
    for (day from = after - look_back(moment, leaf); from < after + LOOK_AHEAD;) {
        day base, date;
        if (!probe(in, leaf, from, &base)) {
            out->beyond = out->beyond || from >= after;
            from++;
            continue;
        }
        if (probe(in, moment, from, &date)) {
            if (date > after) {
                out->known = true;
                out->date = date;
                return;
            }
        } else {
            out->beyond = out->beyond || base >= after;
        }
        from = base;
    }
}
