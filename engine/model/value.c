/* SPDX-License-Identifier: MIT */
#include "engine/model/value.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/model/process.h"
#include "engine/model/section.h"
#include <stdio.h>
#include <string.h>

static bool tree_same(const struct json *a, const struct json *b)
{
    if (!a || !b)
        return a == b;
    if (a->kind != b->kind || a->number != b->number || !text_same(a->text, b->text) ||
        a->count != b->count)
        return false;
    const struct json *x = a->first, *y = b->first;
    for (; x; x = x->next, y = y->next)
        if (!text_same(x->key, y->key) || !tree_same(x, y))
            return false;
    return true;
}

bool value_same(const struct value *a, const struct value *b)
{
    return a->kind == b->kind && a->number == b->number && text_same(a->text, b->text) &&
           tree_same(a->tree, b->tree);
}

/* --- stored ---------------------------------------------------------------------------------- */

void value_write_pair(const struct value *value, struct json_out *out)
{
    char text[DAY_TEXT_MAX];
    static const char *const codes[] = { "n", "t", "d", "m", "i", "f", "b", "l", "r" };
    json_out_text(out, "t", codes[value->kind]);
    switch (value->kind) {
    case VALUE_NONE:
        break;
    case VALUE_TEXT:
        json_out_text(out, "v", value->text);
        break;
    case VALUE_DATE: /* With a text: a month or a year, about then. */
        json_out_text(out, "v", value->text ? value->text : day_iso((day)value->number, text));
        break;
    case VALUE_TIME:
        json_out_text(out, "v", minute_text((int)value->number, text));
        break;
    case VALUE_INT:
        json_out_int(out, "v", value->number);
        break;
    case VALUE_DECIMAL:
        json_out_decimal(out, "v", value->number);
        break;
    case VALUE_BOOL:
        json_out_bool(out, "v", value->number != 0);
        break;
    case VALUE_CHOICES:
    case VALUE_ROWS:
        json_out_tree(out, "v", value->tree);
        break;
    }
}

/* "2026-11" and "2026" are the first day they may mean, and keep their text. */
static bool about_day(const char *text, day *out)
{
    char whole[DAY_TEXT_MAX];
    size_t len = strlen(text);
    if (len != 4 && len != 7)
        return false;
    snprintf(whole, sizeof whole, "%.7s%s", text, len == 4 ? "-01-01" : "-01");
    return day_parse(whole, out);
}

static bool date_from_text(const char *text, struct value *out)
{
    day date;
    if (!stored_day(text, &date)) {
        if (!about_day(text, &date))
            return false;
        out->text = text;
    }
    out->kind = VALUE_DATE;
    out->number = date;
    return true;
}

static bool texts_only(const struct json *list)
{
    for (const struct json *at = list->first; at; at = at->next)
        if (at->kind != JSON_TEXT)
            return false;
    return true;
}

static bool maps_only(const struct json *list)
{
    for (const struct json *at = list->first; at; at = at->next)
        if (at->kind != JSON_MAP)
            return false;
    return true;
}

static bool read_text_pair(char t, const char *text, struct value *out)
{
    int minute;
    switch (t) {
    case 't':
        *out = (struct value){ .kind = VALUE_TEXT, .text = text };
        return true;
    case 'd':
        return date_from_text(text, out);
    case 'm':
        if (!minute_parse(text, &minute))
            return false;
        *out = (struct value){ .kind = VALUE_TIME, .number = minute };
        return true;
    default:
        return false;
    }
}

static bool read_pair(char t, const struct json *v, struct value *out)
{
    if (!v)
        return t == 'n';
    switch (v->kind) {
    case JSON_TEXT:
        return read_text_pair(t, v->text, out);
    case JSON_BOOL:
        *out = (struct value){ .kind = VALUE_BOOL, .number = v->number };
        return t == 'b';
    case JSON_INT:
        *out = (struct value){ .kind = t == 'i' ? VALUE_INT : VALUE_DECIMAL, .number = v->number };
        return t == 'i' ||
               (t == 'f' && !__builtin_mul_overflow(v->number, DECIMAL_ONE, &out->number));
    case JSON_DECIMAL:
        *out = (struct value){ .kind = VALUE_DECIMAL, .number = v->number };
        return t == 'f';
    case JSON_LIST:
        *out = (struct value){ .kind = t == 'l' ? VALUE_CHOICES : VALUE_ROWS, .tree = v };
        return (t == 'l' && texts_only(v)) || (t == 'r' && maps_only(v));
    case JSON_NULL:
    case JSON_MAP:
        break;
    }
    return false;
}

enum err_code value_from_pair(const char *t, const struct json *v, struct value *out,
                              struct err *err)
{
    struct value value = { .kind = VALUE_NONE };
    if (!t || !t[0] || t[1] || !read_pair(t[0], v, &value))
        return err_set(err, ERR_INPUT, "a stored value is damaged: type '%.20s'", t ? t : "");
    *out = value;
    return ERR_NONE;
}

/* --- shown ----------------------------------------------------------------------------------- */

static const char *label_of(const struct field *field, const char *key)
{
    for (size_t i = 0; field && i < field->option_count; i++)
        if (strcmp(field->options[i].name, key) == 0 && field->options[i].label)
            return field->options[i].label;
    return key;
}

static void show_cell(struct buf *out, const struct field *column, const struct json *cell)
{
    char text[DAY_TEXT_MAX];
    day date;
    if (!cell)
        return;
    if (cell->kind == JSON_BOOL)
        buf_add(out, cell->number ? "Yes" : "No");
    else if (cell->kind != JSON_TEXT && column && column->type == FIELD_MONEY)
        buf_add(out, value_show(out->arena, column,
                                &(struct value){ .kind = VALUE_INT, .number = cell->number }));
    else if (cell->kind != JSON_TEXT)
        json_write(cell, out);
    else if (column && column->type == FIELD_DATE && stored_day(cell->text, &date))
        buf_add(out, day_short(date, text));
    else
        buf_add(out, label_of(column, cell->text));
}

static void show_row(struct buf *out, const struct field *field, const struct json *row)
{
    size_t start = out->len;
    if (field && field->column_count) {
        for (size_t i = 0; i < field->column_count; i++) {
            if (out->len > start)
                buf_char(out, ' ');
            show_cell(out, &field->columns[i], json_get(row, field->columns[i].name));
        }
        return;
    }
    for (const struct json *cell = row->first; cell; cell = cell->next) {
        if (cell != row->first)
            buf_char(out, ' ');
        show_cell(out, NULL, cell);
    }
}

static const char *show_list(struct arena *arena, const struct field *field,
                             const struct value *value)
{
    struct buf out = buf_in(arena);
    if (!value->tree->first)
        return "none";
    for (const struct json *at = value->tree->first; at; at = at->next) {
        if (at != value->tree->first)
            buf_add(&out, value->kind == VALUE_ROWS ? "; " : ", ");
        if (value->kind == VALUE_ROWS)
            show_row(&out, field, at);
        else
            buf_add(&out, label_of(field, at->text));
    }
    return buf_text(&out);
}

static const char *show_date(struct arena *arena, const struct value *value)
{
    char text[DAY_TEXT_MAX];
    if (!value->text)
        return arena_text(arena, day_short((day)value->number, text));
    struct ymd date = ymd_of((day)value->number);
    if (strlen(value->text) == 4)
        return arena_printf(arena, "about %d", date.year);
    return arena_printf(arena, "about %s %d", month_name(date.month), date.year);
}

const char *value_show(struct arena *arena, const struct field *field, const struct value *value)
{
    char text[DAY_TEXT_MAX];
    switch (value->kind) {
    case VALUE_NONE:
        return "";
    case VALUE_TEXT:
        return label_of(field, value->text);
    case VALUE_DATE:
        return show_date(arena, value);
    case VALUE_TIME:
        return arena_text(arena, minute_text((int)value->number, text));
    case VALUE_INT:
        if (field && field->type == FIELD_MONEY) {
            int64_t pence = value->number < 0 ? -value->number : value->number;
            return arena_printf(arena, "%s£%lld.%02d", value->number < 0 ? "-" : "",
                                (long long)(pence / 100), (int)(pence % 100));
        }
        return arena_printf(arena, "%lld", (long long)value->number);
    case VALUE_DECIMAL:
        return decimal_text(arena, value->number);
    case VALUE_BOOL:
        return value->number ? "Yes" : "No";
    case VALUE_CHOICES:
    case VALUE_ROWS:
        return show_list(arena, field, value);
    }
    return "";
}
