/* SPDX-License-Identifier: MIT */
#include "engine/core/anchors.h"

static void set_date(struct anchored *out, day date)
{
    out->known = date != DAY_NONE;
    out->date = date;
}

static void set_happened(struct anchored *out, const struct happened *happened, bool first)
{
    if (happened)
        set_date(out, first ? happened->first : happened->latest);
}

static void set_field(struct anchored *out, const struct field_entry *entry)
{
    if (!entry)
        return;
    if (entry->value.kind == VALUE_DATE) {
        set_date(out, (day)entry->value.number);
    } else if (entry->value.kind == VALUE_INT) {
        out->known = out->is_number = true;
        out->number = entry->value.number;
    }
}

static void set_item(struct anchored *out, const struct anchors *in, const struct anchor *anchor)
{
    const char *list = anchor->name, *name = anchor->item;
    if (!list && in->clock) {
        list = in->clock->list;
        name = in->clock->item;
    }
    const struct item *item = list && name ? casefile_item(in->file, list, name) : NULL;
    if (item)
        set_date(out, anchor->kind == ANCHOR_ASKED ? item->asked : item->done);
}

static void set_due(struct anchored *out, const struct clock *clock)
{
    if (!clock)
        return;
    set_date(out, clock->due);
    out->provisional = clock->provisional;
}

void anchors_lookup(void *self, const struct anchor *anchor, struct anchored *out)
{
    const struct anchors *in = self;
    *out = (struct anchored){ .date = DAY_NONE };
    switch (anchor->kind) {
    case ANCHOR_GIVEN: /* Only of `reeve when`, which has no case. */
        break;
    case ANCHOR_FIELD:
    case ANCHOR_NUMBER:
        set_field(out, casefile_field(in->file, anchor->name));
        break;
    case ANCHOR_EVENT:
        set_happened(out, casefile_event(in->file, anchor->name), anchor->first);
        break;
    case ANCHOR_STATE:
        set_happened(out, casefile_entered(in->file, anchor->name), anchor->first);
        break;
    case ANCHOR_ASKED:
    case ANCHOR_DONE:
        set_item(out, in, anchor);
        break;
    case ANCHOR_SENT:
        set_date(out, casefile_sent(in->file, anchor->name));
        break;
    case ANCHOR_DUE:
        set_due(out, casefile_clock(in->file, anchor->name));
        break;
    case ANCHOR_OPENED:
    case ANCHOR_OCCASION:
        set_date(out, in->file->opened);
        break;
    }
}
