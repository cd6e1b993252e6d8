/* SPDX-License-Identifier: MIT */
#include "engine/core/given_of.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/model/process.h"
#include <inttypes.h>

static const struct json *pounds(struct arena *arena, int64_t pence)
{
    return json_new_text(arena, decimal_text(arena, pence * (DECIMAL_ONE / 100)));
}

/* A cell of a row was stored typed; it is given as text. */
const struct json *given_of_cell(struct arena *arena, const struct field *column,
                                 const struct json *cell)
{
    switch (cell->kind) {
    case JSON_INT:
        if (column && column->type == FIELD_MONEY)
            return pounds(arena, cell->number);
        return json_new_text(arena, arena_printf(arena, "%" PRId64, cell->number));
    case JSON_DECIMAL:
        return json_new_text(arena, decimal_text(arena, cell->number));
    case JSON_BOOL:
        return json_new_text(arena, cell->number ? "yes" : "no");
    case JSON_TEXT:
        return json_new_text(arena, cell->text);
    case JSON_NULL:
    case JSON_LIST:
    case JSON_MAP:
        break;
    }
    return json_new_text(arena, "");
}

static const struct json *list_given(struct arena *arena, const struct field *field,
                                     const struct json *list)
{
    struct json *copy = json_new(arena, JSON_LIST);
    for (const struct json *at = list->first; at; at = at->next) {
        if (at->kind != JSON_MAP) {
            json_add(copy, json_new_text(arena, at->text ? at->text : ""));
            continue;
        }
        struct json *row = json_new(arena, JSON_MAP);
        for (const struct json *cell = at->first; cell; cell = cell->next) {
            const struct field *column = process_column(field, cell->key);
            if (column && (column->is || column->is_moment))
                continue; /* Worked out anew. */
            const struct json *given = given_of_cell(arena, column, cell);
            json_put(arena, row, cell->key, json_new_text(arena, given->text));
        }
        json_add(copy, row);
    }
    return copy;
}

const struct json *given_of_value(struct arena *arena, const struct field *field,
                                  const struct value *value)
{
    char text[DAY_TEXT_MAX];
    switch (value->kind) {
    case VALUE_TEXT:
        return json_new_text(arena, value->text);
    case VALUE_DATE:
        if (value->text) /* A month or a year alone. */
            return json_new_text(arena, value->text);
        return json_new_text(arena, arena_text(arena, day_iso((day)value->number, text)));
    case VALUE_TIME:
        return json_new_text(arena, arena_text(arena, minute_text((int)value->number, text)));
    case VALUE_INT:
        if (field && field->type == FIELD_MONEY) /* Kept in pence, typed in pounds. */
            return pounds(arena, value->number);
        return json_new_text(arena, arena_printf(arena, "%" PRId64, value->number));
    case VALUE_DECIMAL:
        return json_new_text(arena, decimal_text(arena, value->number));
    case VALUE_BOOL:
        return json_new_text(arena, value->number ? "yes" : "no");
    case VALUE_CHOICES:
    case VALUE_ROWS:
        return list_given(arena, field, value->tree);
    case VALUE_NONE:
        break;
    }
    return NULL;
}
