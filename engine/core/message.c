/* SPDX-License-Identifier: MIT */
#include "engine/core/message.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/core/clock_date.h"
#include <string.h>

struct filler {
    const struct process *process;
    const struct casefile *file;
    bool personal, marked;
    struct buf out;
};

static const char not_known[] = "(not known)";

static const char *date_text(struct arena *arena, day date)
{
    char text[DAY_TEXT_MAX];
    return date == DAY_NONE ? NULL : arena_text(arena, day_long(date, text));
}

/* Proposals are shown where nothing is in force yet: a request for consent speaks of them. */
static const struct value *value_of(const struct filler *f, const char *name)
{
    const struct field *field = process_field(f->process, name);
    const struct field_entry *entry = casefile_field(f->file, name);
    const struct proposal *proposal = casefile_proposal(f->file, name);
    if (!field || (field->personal && !f->personal))
        return NULL;
    if (entry && entry->value.kind != VALUE_NONE)
        return entry->personal && !f->personal ? NULL : &entry->value;
    if (proposal && proposal->value.kind != VALUE_NONE)
        return proposal->personal && !f->personal ? NULL : &proposal->value;
    return NULL;
}

static const char *state_title(const struct filler *f)
{
    const struct state *state = process_state(f->process, f->file->state);
    return text_or(state ? state->title : NULL, f->file->state);
}

/* The text of anything but a list; NULL: not known. */
static const char *text_of(const struct filler *f, const char *name)
{
    struct arena *arena = f->out.arena;
    if (text_starts(name, "due ") || text_starts(name, "do_by ")) {
        bool due = name[1] == 'u';
        const struct clock *clock = casefile_clock(f->file, strchr(name, ' ') + 1);
        if (!clock)
            return NULL;
        const struct deadline *rule = clock_rule(arena, f->process, f->file, clock->name);
        const char *date = date_text(arena, due ? clock->due : clock->do_by);
        char minute[8];
        return due && rule && rule->cut_off
                   ? arena_printf(arena, "%s, %s", date, minute_text(rule->cut_off, minute))
                   : date;
    }
    const struct value *value = value_of(f, name);
    if (value)
        return value->kind == VALUE_DATE && !value->text
                   ? date_text(arena, (day)value->number)
                   : value_show(arena, process_field(f->process, name), value);
    if (strcmp(name, "ref") == 0)
        return f->file->ref;
    if (strcmp(name, "process") == 0)
        return text_or(f->process->title, f->process->name);
    if (strcmp(name, "state") == 0)
        return state_title(f);
    if (strcmp(name, "opened") == 0)
        return date_text(arena, f->file->opened);
    return NULL;
}

/* What people typed must not become lines of its own, where it could pass for the message's; nor,
 * in Markdown, a link, a picture or nothing at all. */
static void add_inline(struct filler *f, const char *text)
{
    for (; *text; text++) {
        if (f->marked && strchr("\\`*_{}[]()<>#+-.!|~&:\"'", *text))
            buf_char(&f->out, '\\');
        buf_char(&f->out, *text == '\n' ? ' ' : *text);
    }
}

/* A list that stands alone on its line becomes one bullet for each of its values. */
static void add_bullets(struct filler *f, const struct field *field, const struct value *list)
{
    for (const struct json *at = list->tree->first; at; at = at->next) {
        struct json *only = json_new(f->out.arena, JSON_LIST);
        struct json *copy = ARENA_NEW(f->out.arena, struct json);
        *copy = *at;
        copy->next = NULL;
        json_add(only, copy);
        const struct value one = { .kind = list->kind, .tree = only };
        buf_add(&f->out, at == list->tree->first ? "* " : "\n* ");
        add_inline(f, value_show(f->out.arena, field, &one));
    }
}

static void add_cell(struct filler *f, const struct field *column, const struct json *row)
{
    const struct value value = value_of_cell(column, json_get(row, column->name));
    const char *text = value.kind == VALUE_DATE ? date_text(f->out.arena, (day)value.number)
                       : value.kind             ? value_show(f->out.arena, column, &value)
                                                : "";
    add_inline(f, text_or(text, ""));
}

/* Rows that stand alone become a table with the columns' labels. */
static void add_table(struct filler *f, const struct field *field, const struct value *rows)
{
    for (size_t i = 0; i < field->column_count; i++) {
        buf_add(&f->out, "| ");
        add_inline(f, text_or(field->columns[i].label, field->columns[i].name));
        buf_char(&f->out, ' ');
    }
    buf_add(&f->out, "|\n");
    for (size_t i = 0; i < field->column_count; i++)
        buf_add(&f->out, "|---");
    buf_char(&f->out, '|');
    for (const struct json *row = rows->tree->first; row; row = row->next) {
        buf_char(&f->out, '\n');
        for (size_t i = 0; i < field->column_count; i++) {
            buf_add(&f->out, "| ");
            add_cell(f, &field->columns[i], row);
            buf_char(&f->out, ' ');
        }
        buf_char(&f->out, '|');
    }
}

static bool is_yes(const struct value *value)
{
    return value && value->kind == VALUE_BOOL && value->number;
}

/* What stands between (( and )). */
static void fill_one(struct filler *f, char *inside, bool alone)
{
    char *text = strstr(inside, "??");
    if (text)
        *text = '\0';
    char *name = inside + strspn(inside, " ");
    size_t len = strlen(name);
    while (len && name[len - 1] == ' ')
        name[--len] = '\0';

    const struct value *value = value_of(f, name);
    if (text) {
        if (is_yes(value))
            buf_add(&f->out, text + 2);
        return;
    }
    const struct field *field = process_field(f->process, name);
    if (alone && f->marked && value && value->kind == VALUE_ROWS && field && field->column_count) {
        add_table(f, field, value);
        return;
    }
    if (alone && value && (value->kind == VALUE_CHOICES || value->kind == VALUE_ROWS)) {
        add_bullets(f, field, value);
        return;
    }
    const char *shown = text_of(f, name);
    add_inline(f, shown && *shown ? shown : not_known);
}

static bool stands_alone(const char *template, const char *from, const char *to)
{
    return (from == template || from[-1] == '\n') && (*to == '\0' || *to == '\n');
}

static const char *fill(struct filler *f, const char *template)
{
    const char *at = template;
    for (;;) {
        const char *from = strstr(at, "((");
        const char *end = from ? strstr(from, "))") : NULL;
        if (!end) {
            buf_add(&f->out, at);
            return buf_text(&f->out);
        }
        /* A bracket within the text after ?? closes before the placeholder does. */
        while (end[2] == ')')
            end++;
        buf_add_n(&f->out, at, (size_t)(from - at));
        char *inside = arena_text_n(f->out.arena, from + 2, (size_t)(end - from) - 2);
        fill_one(f, inside, stands_alone(template, from, end + 2));
        at = end + 2;
    }
}

const char *message_fill(struct arena *arena, const char *template, const struct process *process,
                         const struct casefile *file, bool personal)
{
    struct filler f = { process, file, personal, false, buf_in(arena) };
    return fill(&f, template);
}

const char *message_fill_marked(struct arena *arena, const char *template,
                                const struct process *process, const struct casefile *file,
                                bool personal)
{
    struct filler f = { process, file, personal, true, buf_in(arena) };
    return fill(&f, template);
}
