/* SPDX-License-Identifier: MIT */
#include "engine/model/value_reader.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/model/process.h"
#include <string.h>

enum { ROWS_MAX = 200 };

enum err_code reader_choices(const struct value_reader *r, const struct json *list,
                             struct value *out)
{
    const struct field *field = r->field;
    bool *chosen = ARENA_ARRAY(r->arena, bool, field->option_count + 1);
    for (const struct json *at = list->first; at; at = at->next) {
        struct value one = { .kind = VALUE_NONE };
        char *text;
        if (at->kind != JSON_TEXT)
            return reader_bad(r, "a list of choices is wanted");
        enum err_code rc = reader_clean(r, at->text, &text);
        if (rc)
            return rc;
        if (!*text)
            continue;
        rc = reader_choice(r, text, &one);
        if (rc)
            return rc;
        chosen[reader_option(field, one.text) - field->options] = true;
    }
    struct json *tree = json_new(r->arena, JSON_LIST);
    for (size_t i = 0; i < field->option_count; i++)
        if (chosen[i])
            json_add(tree, json_new_text(r->arena, field->options[i].name));
    *out = (struct value){ .kind = VALUE_NONE };
    if (tree->count)
        *out = (struct value){ .kind = VALUE_CHOICES, .tree = tree };
    return ERR_NONE;
}

static enum err_code put_cell(const struct value_reader *r, struct json *row,
                              const struct field *column, const struct json *given)
{
    struct value value = { .kind = VALUE_NONE };
    if (given) {
        enum err_code rc = value_read(r->arena, column, given, &value, r->err);
        if (rc)
            return rc;
    }
    if (value.kind == VALUE_CHOICES || value.kind == VALUE_ROWS)
        return reader_bad(r, "a list cannot stand in a row");
    if (value.kind != VALUE_NONE)
        json_put(r->arena, row, column->name, value_to_cell(r->arena, &value));
    else if (column->required)
        return err_set(r->err, ERR_INPUT, "%s is missing",
                       text_or(column->label, column->name));
    return ERR_NONE;
}

static enum err_code unknown_column(const struct value_reader *r, const char *name)
{
    const struct field *field = r->field;
    const char **names = ARENA_ARRAY(r->arena, const char *, field->column_count + 1);
    struct buf list = buf_in(r->arena);
    for (size_t i = 0; i < field->column_count; i++) {
        names[i] = field->columns[i].name;
        buf_printf(&list, "%s%s", i ? ", " : "", names[i]);
    }
    const char *near = text_nearest(name, names, field->column_count);
    return err_set(r->err, ERR_INPUT, "'%s' is not one of its columns %s%s%s%s",
                   reader_shown(r, name), buf_text(&list), near ? ": did you mean '" : "",
                   near ? near : "", near ? "'?" : "");
}

static enum err_code row_of_map(const struct value_reader *r, const struct json *given,
                                struct json *row)
{
    const struct field *field = r->field;
    for (const struct json *at = given->first; at; at = at->next) {
        bool known = false;
        for (size_t i = 0; i < field->column_count && !known; i++)
            known = strcmp(field->columns[i].name, at->key) == 0;
        if (!known)
            return unknown_column(r, at->key);
    }
    for (size_t i = 0; i < field->column_count; i++) {
        const struct field *column = &field->columns[i];
        enum err_code rc = put_cell(r, row, column, json_get(given, column->name));
        if (rc)
            return rc;
    }
    return ERR_NONE;
}

static bool worked_out(const struct field *column)
{
    return column->is || column->is_moment;
}

/* How many columns people fill in. */
static size_t typed_columns(const struct field *field)
{
    size_t count = 0;
    for (size_t i = 0; i < field->column_count; i++)
        count += !worked_out(&field->columns[i]);
    return count;
}

/* In order, those that are worked out left out; or all of them. */
static enum err_code row_of_list(const struct value_reader *r, const struct json *given,
                                 struct json *row)
{
    const struct field *field = r->field;
    bool all = given->count > typed_columns(field);
    if (given->count > field->column_count)
        return err_set(r->err, ERR_INPUT, "%zu values for %zu columns", given->count,
                       field->column_count);
    const struct json *at = given->first;
    for (size_t i = 0; i < field->column_count; i++) {
        bool left_out = !all && worked_out(&field->columns[i]);
        enum err_code rc = put_cell(r, row, &field->columns[i], left_out ? NULL : at);
        if (rc)
            return rc;
        at = at && !left_out ? at->next : at;
    }
    return ERR_NONE;
}

/* Whether the last column that people fill in is a text. */
static bool ends_in_text(const struct field *field)
{
    const struct field *last = NULL;
    for (size_t i = 0; i < field->column_count; i++)
        last = worked_out(&field->columns[i]) ? last : &field->columns[i];
    return last && last->type == FIELD_TEXT;
}

/* "Mon 09:00 12:00": columns in order; a last column of text takes what is left. */
static enum err_code row_of_text(const struct value_reader *r, const char *text, struct json *row)
{
    const struct field *field = r->field;
    struct json *cells = json_new(r->arena, JSON_LIST);
    for (text += strspn(text, " \t"); *text; text += strspn(text, " \t")) {
        size_t len = strcspn(text, " \t");
        if (cells->count + 1 == typed_columns(field) && ends_in_text(field))
            len = strlen(text);
        json_add(cells, json_new_text(r->arena, arena_text_n(r->arena, text, len)));
        text += len;
    }
    return row_of_list(r, cells, row);
}

enum err_code reader_rows(const struct value_reader *r, const struct json *list, struct value *out)
{
    struct json *tree = json_new(r->arena, JSON_LIST);
    size_t most = r->field->cases ? VALUE_CASES_MAX : ROWS_MAX;
    if (list->count > most)
        return reader_bad(r, "%zu rows are too many: at most %zu", list->count, most);
    for (const struct json *at = list->first; at; at = at->next) {
        enum err_code rc;
        struct json *row = json_new(r->arena, JSON_MAP);
        if (at->kind == JSON_MAP)
            rc = row_of_map(r, at, row);
        else if (at->kind == JSON_LIST)
            rc = row_of_list(r, at, row);
        else if (at->kind == JSON_TEXT)
            rc = row_of_text(r, at->text, row);
        else
            rc = err_set(r->err, ERR_INPUT, "a row of columns is wanted");
        if (rc) {
            err_wrap(r->err, "%s, row %zu", text_or(r->field->label, r->field->name),
                     tree->count + 1);
            return rc;
        }
        if (row->count)
            json_add(tree, row);
    }
    *out = (struct value){ .kind = VALUE_NONE };
    if (tree->count || r->field->cases) /* Looked up and none found is known. */
        *out = (struct value){ .kind = VALUE_ROWS, .tree = tree };
    return ERR_NONE;
}

enum err_code reader_list(const struct value_reader *r, const char *text, struct value *out)
{
    bool rows = r->field->type == FIELD_ROWS;
    const char *ends = rows ? ";\n" : ",;\n";
    struct json *list = json_new(r->arena, JSON_LIST);
    while (*text) {
        size_t len = strcspn(text, ends);
        if (strspn(text, " \t") < len)
            json_add(list, json_new_text(r->arena, arena_text_n(r->arena, text, len)));
        text += len + (text[len] != '\0');
    }
    return rows ? reader_rows(r, list, out) : reader_choices(r, list, out);
}
