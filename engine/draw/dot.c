/* SPDX-License-Identifier: MIT */
/* A process for Graphviz. */
#include "engine/draw/draw.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/draw/chart.h"

/* In quotes, with line breaks as DOT writes them. */
static void quote(struct buf *out, const char *text)
{
    buf_char(out, '"');
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            buf_char(out, '\\');
        if (*text == '\n')
            buf_add(out, "\\n");
        else
            buf_char(out, *text);
    }
    buf_char(out, '"');
}

static void write_state(struct arena *arena, const struct chart_state *state, struct buf *out)
{
    struct buf text = buf_in(arena);
    buf_add(&text, state->title);
    if (state->with)
        buf_printf(&text, "\n%s", state->with);
    for (size_t i = 0; i < state->lines.count; i++)
        buf_printf(&text, "\n%s", state->lines.at[i].text);
    buf_add(out, "  ");
    quote(out, state->state->name);
    buf_add(out, " [label=");
    quote(out, buf_text(&text));
    buf_add(out, state->state->final ? ", peripheries=2];\n" : "];\n");
}

static void write_exit(struct arena *arena, const struct chart *chart, size_t from,
                       const struct chart_exit *exit, struct buf *out)
{
    for (size_t i = 0; i < exit->branches.count; i++) {
        const struct chart_branch *branch = &exit->branches.at[i];
        struct buf text = buf_in(arena);
        for (size_t j = 0; j < exit->labels.count; j++)
            buf_printf(&text, "%s%s\n%s", j ? "\n" : "", exit->labels.at[j].title,
                       exit->labels.at[j].who);
        if (branch->when)
            buf_printf(&text, "\n%s", branch->when);
        buf_add(out, "  ");
        quote(out, chart->states[from].state->name);
        buf_add(out, " -> ");
        quote(out, chart->states[branch->to].state->name);
        buf_add(out, " [label=");
        quote(out, buf_text(&text));
        buf_add(out, "];\n");
    }
}

void draw_dot(const struct model *model, const struct process *process, struct buf *out)
{
    struct chart *chart = chart_make(out->arena, model, process);
    buf_add(out, "digraph ");
    quote(out, process->name);
    buf_add(out, " {\n  rankdir=TB;\n  node [shape=box, style=rounded];\n  label=");
    quote(out, chart->title);
    buf_add(out, ";\n  labelloc=t;\n");
    for (size_t i = 0; i < chart->state_count; i++)
        write_state(out->arena, &chart->states[i], out);
    for (size_t i = 0; i < chart->state_count; i++)
        for (size_t j = 0; j < chart->states[i].exits.count; j++)
            write_exit(out->arena, chart, i, &chart->states[i].exits.at[j], out);
    for (size_t i = 0; i < chart->everywhere.count; i++) {
        buf_printf(out, "  \"everywhere %zu\" [shape=plaintext, label=", i + 1);
        quote(out, arena_printf(out->arena, "From every state: %s", chart->everywhere.at[i]));
        buf_add(out, "];\n");
    }
    buf_add(out, "}\n");
}
