/* SPDX-License-Identifier: MIT */
#include "engine/draw/condition.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"

#include <ctype.h>
#include <string.h>

static size_t name_len(const char *at)
{
    size_t n = 0;
    while (isalnum((unsigned char)at[n]) || at[n] == '_')
        n++;
    return isdigit((unsigned char)*at) ? 0 : n;
}

static const char *blanks(const char *at)
{
    return at + strspn(at, " \t\n");
}

/* The next "word" in quotes; NULL: there is none. *end: behind it. */
static const char *quoted(struct arena *arena, const char *at, const char **end)
{
    const char *close = *at == '"' || *at == '\'' ? strchr(at + 1, *at) : NULL;
    if (!close)
        return NULL;
    *end = close + 1;
    return arena_text_n(arena, at + 1, (size_t)(close - at - 1));
}

static const char *option_label(const struct field *field, const char *name)
{
    for (size_t i = 0; field && i < field->option_count; i++)
        if (text_same(field->options[i].name, name))
            return text_or(field->options[i].label, name);
    return NULL;
}

/* name == "option", name ~= "option"; NULL: it is something else. */
static const char *compared(struct arena *arena, const struct process *process, const char *clause)
{
    size_t n = name_len(clause);
    const char *op = blanks(clause + n), *end = NULL;
    bool same = text_starts(op, "==");
    if (!n || (!same && !text_starts(op, "~=")))
        return NULL;
    const char *value = quoted(arena, blanks(op + 2), &end);
    const struct field *field = process_field(process, arena_text_n(arena, clause, n));
    const char *label = value ? option_label(field, value) : NULL;
    if (!label || *blanks(end))
        return NULL;
    return same ? label : arena_printf(arena, "not “%s”", label);
}

/* known("name"), or a name alone: what the thing is called. */
static const char *named(struct arena *arena, const struct process *process, const char *clause)
{
    const char *end = clause, *name = NULL;
    bool known = text_starts(clause, "known(");
    if (known) {
        name = quoted(arena, clause + 6, &end);
        if (!name || *end != ')' || *blanks(end + 1))
            return NULL;
    } else {
        size_t n = name_len(clause);
        if (!n || *blanks(clause + n))
            return NULL;
        name = arena_text_n(arena, clause, n);
    }
    const struct event_rule *event = process_event_any(process, name);
    const struct field *field = process_field(process, name);
    if (event && known)
        return arena_printf(arena, "after “%s”", text_or(event->title, name));
    if (!field || (!known && field->type != FIELD_YES_NO))
        return NULL;
    const char *label = text_or(field->label, name);
    return known ? arena_printf(arena, "“%s” is known", label) : label;
}

/* One clause between `and` and `or`. */
static const char *clause_words(struct arena *arena, const struct process *process,
                                const char *clause)
{
    bool no = text_starts(clause, "not ");
    const char *inner = no ? blanks(clause + 4) : clause;
    const char *words = compared(arena, process, inner);
    if (!words)
        words = named(arena, process, inner);
    if (!words)
        return clause;
    return no ? arena_printf(arena, "not %s", words) : words;
}

/* Where the clause at `at` ends: at `and` or `or` outside quotes, or at the end of the text. */
static size_t clause_len(const char *at)
{
    char quote = 0;
    for (size_t i = 0; at[i]; i++) {
        if (quote) {
            quote = at[i] == quote ? 0 : quote;
        } else if (at[i] == '"' || at[i] == '\'') {
            quote = at[i];
        } else if (text_starts(at + i, " and ") || text_starts(at + i, " or ")) {
            return i;
        }
    }
    return strlen(at);
}

/* Blanks and line breaks in a row as one blank. */
static char *on_one_line(struct arena *arena, const char *source)
{
    char *text = arena_text(arena, source), *to = text;
    for (const char *at = blanks(source); *at; at++)
        if (!isspace((unsigned char)*at))
            *to++ = *at;
        else if (at[1] && !isspace((unsigned char)at[1]))
            *to++ = ' ';
    *to = '\0';
    return text;
}

const char *condition_words(struct arena *arena, const struct condition *condition)
{
    struct buf out = buf_in(arena);
    if (condition->is_function) {
        const char *dot = strrchr(condition->source, '.');
        char *name = arena_text(arena, dot ? dot + 1 : condition->source);
        for (char *at = name; *at; at++)
            *at = *at == '_' ? ' ' : *at;
        return name;
    }
    const char *at = on_one_line(arena, condition->source);
    if (strchr(at, '(') && strchr(at, '(') != strstr(at, "known(") + 5)
        return at; /* Brackets, or a function: left as it stands. */
    while (*at) {
        size_t n = clause_len(at);
        buf_add(&out, clause_words(arena, condition->process, arena_text_n(arena, at, n)));
        at += n;
        size_t join = text_starts(at, " and ") ? 5 : text_starts(at, " or ") ? 4 : 0;
        buf_add_n(&out, at, join);
        at += join;
    }
    return buf_text(&out);
}

/* The choice and option of a condition that is one comparison, and nothing else. */
static const struct field *one_choice(struct arena *arena, const struct process *process,
                                      const struct condition *condition, const char **option)
{
    const char *end = NULL;
    if (!condition || condition->is_function)
        return NULL;
    const char *source = on_one_line(arena, condition->source);
    size_t n = name_len(source);
    const char *op = blanks(source + n);
    if (!n || !text_starts(op, "=="))
        return NULL;
    *option = quoted(arena, blanks(op + 2), &end);
    if (!*option || *blanks(end))
        return NULL;
    const struct field *field = process_field(process, arena_text_n(arena, source, n));
    return field && field->type == FIELD_CHOICE ? field : NULL;
}

/* What all the other branches leave of one choice; NULL: that cannot be said. A branch that asks
 * more besides leaves its option open, so it counts for nothing only if another takes the rest. */
static const char *what_is_left(struct arena *arena, const struct process *process,
                                const struct event_rule *event)
{
    const struct field *field = NULL;
    const char *left = NULL;
    for (size_t i = 0; i < event->target_count; i++) {
        const char *option;
        const struct field *one = one_choice(arena, process, event->to[i].when, &option);
        if (event->to[i].otherwise)
            continue;
        if (!one || (field && one != field))
            return NULL;
        field = one;
    }
    for (size_t i = 0; field && i < field->option_count; i++) {
        bool taken = false;
        for (size_t j = 0; j < event->target_count; j++) {
            const char *option;
            taken = taken || (one_choice(arena, process, event->to[j].when, &option) &&
                              text_same(option, field->options[i].name));
        }
        if (!taken && left)
            return NULL;
        if (!taken)
            left = text_or(field->options[i].label, field->options[i].name);
    }
    return left;
}

const char *condition_branch(struct arena *arena, const struct process *process,
                             const struct event_rule *event, size_t branch)
{
    const struct target *target = &event->to[branch];
    if (target->otherwise || (!target->when && event->target_count > 1))
        return text_or(what_is_left(arena, process, event), "otherwise");
    return target->when ? condition_words(arena, target->when) : NULL;
}
