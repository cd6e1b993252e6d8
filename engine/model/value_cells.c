/* SPDX-License-Identifier: MIT */
/* What stands in a cell of a row: dates and times as text, whole decimals as whole numbers (the
 * same bytes would come back so). */
#include "engine/model/value_reader.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/model/process.h"

struct json *value_to_cell(struct arena *arena, const struct value *value)
{
    char text[DAY_TEXT_MAX];
    struct json *cell = json_new(arena, JSON_INT);
    cell->number = value->number;
    switch (value->kind) {
    case VALUE_DATE:
        return json_new_text(arena, value->text ? value->text : day_iso((day)value->number, text));
    case VALUE_TIME:
        return json_new_text(arena, minute_text((int)value->number, text));
    case VALUE_DECIMAL:
        if (value->number % DECIMAL_ONE)
            cell->kind = JSON_DECIMAL;
        else
            cell->number = value->number / DECIMAL_ONE;
        return cell;
    case VALUE_BOOL:
        cell->kind = JSON_BOOL;
        return cell;
    case VALUE_INT:
        return cell;
    case VALUE_NONE:
    case VALUE_TEXT:
    case VALUE_CHOICES:
    case VALUE_ROWS:
        break;
    }
    return json_new_text(arena, value->text);
}

/* A text of a column of dates or times; about a month or a year keeps its text. */
static struct value from_text(const struct field *column, const char *text)
{
    struct value value = { .kind = VALUE_TEXT, .text = text };
    struct err err;
    int minute;
    if (column->type == FIELD_TIME && minute_parse(text, &minute))
        value = (struct value){ .kind = VALUE_TIME, .number = minute };
    struct json json = { .kind = JSON_TEXT, .text = text };
    if (column->type == FIELD_DATE && value_from_pair("d", &json, &value, &err))
        value = (struct value){ .kind = VALUE_NONE };
    return value;
}

struct value value_of_cell(const struct field *column, const struct json *cell)
{
    bool decimal = column->type == FIELD_NUMBER || column->type == FIELD_HOURS;
    switch (cell ? cell->kind : JSON_NULL) {
    case JSON_TEXT:
        return from_text(column, cell->text);
    case JSON_BOOL:
        return (struct value){ .kind = VALUE_BOOL, .number = cell->number };
    case JSON_INT:
        return (struct value){ .kind = decimal ? VALUE_DECIMAL : VALUE_INT,
                               .number = cell->number * (decimal ? DECIMAL_ONE : 1) };
    case JSON_DECIMAL:
        return (struct value){ .kind = VALUE_DECIMAL, .number = cell->number };
    case JSON_NULL:
    case JSON_LIST:
    case JSON_MAP:
        break;
    }
    return (struct value){ .kind = VALUE_NONE };
}
