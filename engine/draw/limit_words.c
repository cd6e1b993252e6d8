/* SPDX-License-Identifier: MIT */
#include "engine/draw/limit_words.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/when/when.h"

#include <string.h>

const struct deadline *limit_due_of(const struct chart *chart, const struct moment *moment)
{
    return moment && moment->kind == MOMENT_ANCHOR && moment->anchor.kind == ANCHOR_DUE
               ? process_deadline(chart->process, moment->anchor.name) : NULL;
}

const char *limit_anchor(struct arena *arena, const struct chart *chart,
                         const struct anchor *anchor)
{
    const struct process *process = chart->process;
    const char *name = text_or(anchor->name, "");
    const struct event_rule *event = process_event_any(process, name);
    const struct field *field = process_field(process, name);
    const struct state *state = process_state(process, name);
    const struct deadline *due = process_deadline(process, name);
    const char *title = anchor->kind == ANCHOR_EVENT && event   ? event->title
                        : anchor->kind == ANCHOR_FIELD && field ? field->label
                        : anchor->kind == ANCHOR_STATE && state ? state->title
                        : anchor->kind == ANCHOR_DUE && due     ? due->title : NULL;
    if (!title)
        return NULL;
    return arena_printf(arena, anchor->kind == ANCHOR_DUE ? "“%s” is due" : "“%s”", title);
}

/* A part beside the first: "or 1 month after “Certificate issued”, if later". */
static const char *other_part(struct arena *arena, const struct chart *chart,
                              const struct moment *moment, const struct moment *part)
{
    const char *when = moment->kind == MOMENT_EARLIER       ? ", if earlier"
                       : moment->kind == MOMENT_FIRST_KNOWN ? "" : ", if later";
    bool counts = part->kind == MOMENT_AFTER || part->kind == MOMENT_BEFORE;
    const char *from = counts && part->base->kind == MOMENT_ANCHOR
                           ? limit_anchor(arena, chart, &part->base->anchor) : NULL;
    if (!from)
        return arena_printf(arena, "or %s%s", part->text, when);
    return arena_printf(arena, "or %s %s %s%s", length_text(arena, part->length),
                        part->kind == MOMENT_AFTER ? "after" : "before", from, when);
}

const char *limit_other_parts(struct arena *arena, const struct chart *chart,
                              const struct moment *moment)
{
    struct buf out = buf_in(arena);
    bool several = moment->kind == MOMENT_EARLIER || moment->kind == MOMENT_LATER ||
                   moment->kind == MOMENT_ALL || moment->kind == MOMENT_FIRST_KNOWN;
    for (size_t i = 1; several && i < moment->part_count; i++)
        buf_printf(&out, ", %s", other_part(arena, chart, moment, moment->parts[i]));
    return buf_text(&out);
}

/* "15 February" of "15 February in transfer_year": the year is each case's own. */
static const char *recurring_words(struct arena *arena, const struct moment *moment)
{
    const char *in = moment->pick == PICK_IN_YEAR ? strstr(moment->text, " in ") : NULL;
    return in ? arena_text_n(arena, moment->text, (size_t)(in - moment->text)) : moment->text;
}

/* The length by which people call a limit; else what its file says. */
static const char *moment_words(struct arena *arena, const struct chart *chart,
                                const struct moment *moment, int deep)
{
    const struct field *field;
    const struct deadline *other;
    if (deep > LIMIT_DEEP)
        return moment->text;
    switch (moment->kind) {
    case MOMENT_AFTER:
        return length_text(arena, moment->length);
    case MOMENT_BEFORE:
        return arena_printf(arena, "%s%s before", moment->at_least ? "at least " : "",
                            length_text(arena, moment->length));
    case MOMENT_EARLIER:
    case MOMENT_LATER:
    case MOMENT_ALL:
    case MOMENT_FIRST_KNOWN:
        return moment_words(arena, chart, moment->parts[0], deep + 1);
    case MOMENT_DAY_BEFORE:
        return arena_printf(arena, "before %s",
                            moment_words(arena, chart, moment->base, deep + 1));
    case MOMENT_RECURRING:
        return recurring_words(arena, moment);
    case MOMENT_ANCHOR:
        field = moment->anchor.kind == ANCHOR_FIELD
                    ? process_field(chart->process, moment->anchor.name) : NULL;
        other = moment->anchor.kind == ANCHOR_DUE
                    ? process_deadline(chart->process, moment->anchor.name) : NULL;
        if (field && field->is_moment)
            return moment_words(arena, chart, field->is_moment, deep + 1);
        if (other && other->due)
            return moment_words(arena, chart, other->due, deep + 1);
        return field ? arena_printf(arena, "on: %s", text_or(field->label, field->name))
                     : moment->text;
    default:
        return moment->text;
    }
}

const char *limit_length(struct arena *arena, const struct chart *chart,
                         const struct moment *moment)
{
    return moment_words(arena, chart, moment, 0);
}
