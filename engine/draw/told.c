/* SPDX-License-Identifier: MIT */
#include "engine/draw/told.h"

#include "engine/base/text.h"

#include <string.h>

static void tell_exit(const struct chart *chart, const struct chart_exit *exit, struct buf *out)
{
    for (size_t i = 0; i < exit->labels.count; i++) {
        buf_printf(out, " “%s” (%s) leads to ", exit->labels.at[i].title, exit->labels.at[i].who);
        for (size_t j = 0; j < exit->branches.count; j++) {
            const struct chart_branch *branch = &exit->branches.at[j];
            buf_printf(out, "%s%s%s%s", j ? "; " : "", chart->states[branch->to].title,
                       branch->when ? ": " : "", text_or(branch->when, ""));
        }
        buf_add(out, ".");
    }
}

static void tell_state(const struct chart *chart, const struct chart_state *state, struct buf *out)
{
    buf_printf(out, "%s", state->title);
    if (state->with)
        buf_printf(out, ", %s", state->with);
    buf_add(out, state->state->final ? ": the case is closed." : ".");
    for (size_t i = 0; i < state->lines.count; i++)
        if (text_starts(state->lines.at[i].text, "· "))
            buf_printf(out, " %s.", state->lines.at[i].text + strlen("· "));
    for (size_t i = 0; i < state->exits.count; i++)
        tell_exit(chart, &state->exits.at[i], out);
    buf_char(out, '\n');
}

const char *told(struct arena *arena, const struct chart *chart)
{
    struct buf out = buf_in(arena);
    buf_add(&out, "The states from the first on, and what leads on from each.\n");
    for (size_t i = 0; i < chart->state_count; i++)
        tell_state(chart, &chart->states[i], &out);
    for (size_t i = 0; i < chart->everywhere.count; i++)
        buf_printf(&out, "%s%s", i ? "; " : "From every state: ", chart->everywhere.at[i]);
    buf_add(&out, chart->everywhere.count ? ".\n" : "");
    for (size_t i = 0; i < chart->limits.count; i++) {
        const struct chart_limit *limit = &chart->limits.at[i];
        buf_printf(&out, "%s%s: %s%s%s", i ? "; " : "Time limits: ", limit->length, limit->what,
                   limit->law ? ", " : "", text_or(limit->law, ""));
    }
    buf_add(&out, chart->limits.count ? ".\n" : "");
    return buf_text(&out);
}
