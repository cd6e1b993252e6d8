/* SPDX-License-Identifier: MIT */
#include "engine/when/when.h"

#include "engine/base/arena.h"

/* A trace is read by people: beyond this it hides the answer. The last steps (what a date was
 * moved to, what its owner works towards) keep their place. */
enum { STEPS_MAX = 40, STEPS_BEFORE_LAST = 35 };

static bool is_last_step(enum step_kind kind)
{
    return kind == STEP_ROLL || kind == STEP_DO_BY || kind == STEP_FLOOR || kind == STEP_STOP ||
           kind == STEP_EXTEND;
}

void trace_step(struct trace *trace, enum step_kind kind, day date, const char *format, ...)
{
    if (!trace || trace->count >= (is_last_step(kind) ? STEPS_MAX : STEPS_BEFORE_LAST))
        return;
    va_list args;
    va_start(args, format);
    const char *text = arena_vprintf(trace->arena, format, args);
    va_end(args);
    *LIST_ADD(trace->arena, trace) = (struct step){ .kind = kind, .date = date, .text = text };
}

const char *step_kind_name(enum step_kind kind)
{
    switch (kind) {
    case STEP_START: return "start";
    case STEP_COUNT: return "count";
    case STEP_SKIP: return "skip";
    case STEP_CHOOSE: return "choose";
    case STEP_ROLL: return "roll";
    case STEP_MISSING: return "missing";
    case STEP_DO_BY: return "do_by";
    case STEP_FLOOR: return "floor";
    case STEP_STOP: return "stop";
    case STEP_EXTEND: return "extend";
    }
    return "step";
}
