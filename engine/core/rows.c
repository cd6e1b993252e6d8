/* SPDX-License-Identifier: MIT */
#include "engine/core/rows.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/core/given.h"
#include "engine/model/process.h"

static bool worked_out(const struct field *column)
{
    return column->is || column->is_moment;
}

bool rows_compute(const struct field *field)
{
    for (size_t i = 0; i < field->column_count; i++)
        if (worked_out(&field->columns[i]))
            return true;
    return false;
}

/* "Provision, row 2" */
static const char *row_name(const struct draft *d, const struct field *field, size_t number)
{
    return arena_printf(d->arena, "%s, row %zu", text_or(field->label, field->name), number);
}

/* The values given, with the row's own cells laid over them. */
static struct sections with_cells(struct draft *d, const struct sections *given,
                                  const struct field *field, const struct json *row)
{
    struct sections cells = { .fields = { NULL, 0, 0 } }, all = { .fields = { NULL, 0, 0 } };
    for (size_t i = 0; i < field->column_count; i++) {
        const struct field *column = &field->columns[i];
        sections_put_fields(d->arena, &cells, column->name)->value =
            value_of_cell(column, json_get(row, column->name));
    }
    if (given)
        all.fields = given->fields;
    sections_merge(d->arena, &all, &cells);
    return all;
}

/* --- worked out ------------------------------------------------------------------------------ */

/* A copy of the row, with another cell in one column (NULL: none); VALUE_NONE leaves it out. */
static struct json *put(struct draft *d, const struct field *field, const struct json *row,
                        const char *column, const struct value *value)
{
    struct json *copy = json_new(d->arena, JSON_MAP);
    for (size_t i = 0; i < field->column_count; i++) {
        const char *name = field->columns[i].name;
        const struct json *old = json_get(row, name);
        bool other = column && text_same(name, column);
        if (!other && old) {
            struct json *same = json_new(d->arena, old->kind);
            same->number = old->number;
            same->text = old->text;
            json_put(d->arena, copy, name, same);
        } else if (other && value->kind != VALUE_NONE) {
            json_put(d->arena, copy, name, value_to_cell(d->arena, value));
        }
    }
    return copy;
}

static enum err_code work_out_row(struct draft *d, const struct field *field,
                                  const struct casefile *file, const struct sections *given,
                                  struct json **row)
{
    /* A column may hang on another: as often as there are columns, and no more. */
    for (size_t round = 0; round < field->column_count; round++) {
        bool changed = false;
        for (size_t i = 0; i < field->column_count; i++) {
            const struct field *column = &field->columns[i];
            if (!worked_out(column))
                continue;
            const struct sections seen = with_cells(d, given, field, *row);
            struct casefile over = *file;
            struct value value;
            sections_merge(d->arena, &over.in, &seen);
            enum err_code rc = given_work_out(d, column, column->is_moment ? &over : file, &seen,
                                              &value);
            if (rc)
                return rc;
            const struct value old = value_of_cell(column, json_get(*row, column->name));
            if (value_same(&old, &value))
                continue;
            *row = put(d, field, *row, column->name, &value);
            changed = true;
        }
        if (!changed)
            break;
    }
    return ERR_NONE;
}

enum err_code rows_work_out(struct draft *d, const struct field *field,
                            const struct casefile *file, const struct sections *given,
                            struct value *value)
{
    if (value->kind != VALUE_ROWS)
        return ERR_NONE;
    struct json *rows = json_new(d->arena, JSON_LIST);
    for (const struct json *at = value->tree->first; at; at = at->next) {
        struct json *row = put(d, field, at, NULL, NULL);
        enum err_code rc = work_out_row(d, field, file, given, &row);
        if (rc) {
            if (!d->forgiving)
                err_wrap(d->err, "%s", row_name(d, field, rows->count + 1));
            return rc;
        }
        json_add(rows, row);
    }
    value->tree = rows;
    return ERR_NONE;
}

enum err_code rows_typed(struct draft *d, const struct field *field, const struct value *value)
{
    size_t number = 1;
    if (value->kind != VALUE_ROWS)
        return ERR_NONE;
    for (const struct json *row = value->tree->first; row; row = row->next, number++)
        for (size_t i = 0; i < field->column_count; i++) {
            const struct field *column = &field->columns[i];
            if (worked_out(column) && json_get(row, column->name))
                return err_set(d->err, ERR_INPUT, "%s: '%s' (%s) is worked out, not typed",
                               row_name(d, field, number), text_or(column->label, column->name),
                               column->name);
        }
    return ERR_NONE;
}

/* --- checks ---------------------------------------------------------------------------------- */

static enum err_code check_empty(struct draft *d, const struct field *column, const char *row)
{
    struct answer answer;
    if (!column->required_if || worked_out(column) || d->preview)
        return ERR_NONE;
    enum err_code rc = draft_ask(d, column->required_if, &answer);
    if (rc || answer.truth == TRUTH_NO) /* Not known lets nothing through. */
        return rc;
    draft_lacks(d, "%s: '%s' is missing", row, text_or(column->label, column->name));
    return ERR_NONE;
}

static enum err_code check_row(struct draft *d, const struct field *field, const struct json *row,
                               const char *name)
{
    for (size_t i = 0; i < field->column_count; i++) {
        const struct field *column = &field->columns[i];
        const struct value value = value_of_cell(column, json_get(row, column->name));
        enum err_code rc;
        if (value.kind == VALUE_NONE) {
            rc = check_empty(d, column, name);
        } else {
            rc = given_check_value(d, column, &value);
            if (rc == ERR_INPUT)
                err_wrap(d->err, "%s", name);
        }
        if (rc)
            return rc;
    }
    return ERR_NONE;
}

enum err_code rows_check(struct draft *d, const struct field *field, const struct value *value)
{
    size_t number = 1;
    const struct sections given = d->seen;
    enum err_code rc = ERR_NONE;
    for (const struct json *row = value->tree->first; row && !rc; row = row->next, number++) {
        d->seen = with_cells(d, &given, field, row);
        rc = check_row(d, field, row, row_name(d, field, number));
    }
    d->seen = given;
    return rc;
}
