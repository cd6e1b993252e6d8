/* SPDX-License-Identifier: MIT */
#include "engine/model/value.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/model/process.h"
#include "engine/model/value_shape.h"
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { TEXT_MAX = 4000, ROWS_MAX = 200, LISTED_MAX = 12, SHOWN_MAX = 60 };

struct reader {
    struct arena *arena;
    const struct field *field;
    struct err *err;
};

static enum err_code bad(const struct reader *r, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static enum err_code bad(const struct reader *r, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *why = arena_vprintf(r->arena, format, args);
    va_end(args);
    return err_set(r->err, ERR_INPUT, "%s: %s", r->field->label ? r->field->label : r->field->name,
                   why);
}

/* As much of a text as a message should repeat, cut between characters. */
static const char *shown(const struct reader *r, const char *text)
{
    size_t len = strlen(text);
    if (len <= SHOWN_MAX)
        return text;
    len = SHOWN_MAX;
    while (len && ((unsigned char)text[len] & 0xC0) == 0x80)
        len--;
    return arena_printf(r->arena, "%.*s...", (int)len, text);
}

static enum err_code read_date(const struct reader *r, const char *text, struct value *out)
{
    char why[160];
    day date;
    *out = (struct value){ .kind = VALUE_DATE };
    if (day_parse_any(text, &date)) {
        out->number = date;
        return ERR_NONE;
    }
    if (r->field->about) {
        const char *first = arena_printf(r->arena, strlen(text) == 4 ? "%s-01-01" : "%s-01", text);
        const char *word = arena_printf(r->arena, "1 %s", text);
        if (day_parse(first, &date)) {
            *out = (struct value){ VALUE_DATE, date, text, NULL };
            return ERR_NONE;
        }
        if (day_parse_any(word, &date)) {
            char iso[DAY_TEXT_MAX];
            *out = (struct value){ VALUE_DATE, date, NULL, NULL };
            out->text = arena_text_n(r->arena, day_iso(date, iso), 7);
            return ERR_NONE;
        }
    }
    day_parse_why(text, why, sizeof why);
    return bad(r, "%s%s", why, r->field->about ? ", or a month (2026-11) or a year" : "");
}

static enum err_code read_time(const struct reader *r, const char *text, struct value *out)
{
    int minute;
    const char *full = strlen(text) == 4 ? arena_printf(r->arena, "0%s", text) : text;
    if (!minute_parse(full, &minute))
        return bad(r, "'%s' is not a time: write it as 08:30", shown(r, text));
    *out = (struct value){ .kind = VALUE_TIME, .number = minute };
    return ERR_NONE;
}

static enum err_code read_integer(const struct reader *r, const char *text, struct value *out)
{
    int64_t number;
    if (!text_int(text, &number))
        return bad(r, "'%s' is not a whole number", shown(r, text));
    *out = (struct value){ .kind = VALUE_INT, .number = number };
    return ERR_NONE;
}

static enum err_code read_decimal(const struct reader *r, const char *text, struct value *out)
{
    bool hours = r->field->type == FIELD_HOURS;
    int64_t number;
    if (!decimal_parse(text, &number))
        return bad(r, hours ? "'%s' is not a number of hours: write it as 23.5"
                            : "'%s' is not a number: write it as 12 or 12.5, with at most 4 places",
                   shown(r, text));
    if (hours && number < 0)
        return bad(r, "%s is less than no hours", text);
    *out = (struct value){ .kind = VALUE_DECIMAL, .number = number };
    return ERR_NONE;
}

/* "12.50", "£1,234.50", "12": into pence. */
static enum err_code read_money(const struct reader *r, const char *text, struct value *out)
{
    char plain[40];
    size_t len = 0;
    int64_t number;
    const char *at = text_starts(text, "£") ? text + strlen("£") : text;
    for (; *at && len < sizeof plain - 1; at++)
        if (*at != ',')
            plain[len++] = *at;
    plain[len] = '\0';
    if (*at || !decimal_parse(plain, &number) || number % (DECIMAL_ONE / 100) != 0)
        return bad(r, "'%s' is not an amount of money: write it as 12.50", shown(r, text));
    *out = (struct value){ .kind = VALUE_INT, .number = number / (DECIMAL_ONE / 100) };
    return ERR_NONE;
}

static enum err_code read_yes_no(const struct reader *r, const char *text, struct value *out)
{
    bool yes = strcasecmp(text, "yes") == 0 || strcmp(text, "true") == 0;
    if (!yes && strcasecmp(text, "no") != 0 && strcmp(text, "false") != 0)
        return bad(r, "'%s' is neither yes nor no", shown(r, text));
    *out = (struct value){ .kind = VALUE_BOOL, .number = yes };
    return ERR_NONE;
}

static const struct option *option_of(const struct field *field, const char *text)
{
    for (size_t i = 0; i < field->option_count; i++)
        if (strcmp(field->options[i].name, text) == 0)
            return &field->options[i];
    for (size_t i = 0; i < field->option_count; i++) {
        const struct option *option = &field->options[i];
        if (strcasecmp(option->name, text) == 0 ||
            (option->label && strcasecmp(option->label, text) == 0))
            return option;
    }
    return NULL;
}

static enum err_code not_an_option(const struct reader *r, const char *text)
{
    const struct field *field = r->field;
    const char **names = ARENA_ARRAY(r->arena, const char *, field->option_count + 1);
    struct buf list = buf_in(r->arena);
    for (size_t i = 0; i < field->option_count; i++) {
        names[i] = field->options[i].name;
        if (i < LISTED_MAX)
            buf_printf(&list, "%s%s", i ? ", " : "", names[i]);
    }
    if (field->option_count > LISTED_MAX)
        buf_printf(&list, " and %zu more", field->option_count - LISTED_MAX);
    const char *near = text_nearest(text, names, field->option_count);
    return bad(r, "'%s' is not one of %s%s%s%s", shown(r, text), buf_text(&list),
               near ? ": did you mean '" : "", near ? near : "", near ? "'?" : "");
}

static enum err_code read_choice(const struct reader *r, const char *text, struct value *out)
{
    const struct option *option = option_of(r->field, text);
    if (!option)
        return not_an_option(r, text);
    *out = (struct value){ .kind = VALUE_TEXT, .text = option->name };
    return ERR_NONE;
}

static enum err_code read_shape(const struct reader *r, const char *text, struct value *out)
{
    static const struct {
        enum field_type type;
        const char *what;
        const char *(*check)(const char *text, char out[SHAPE_MAX]);
    } shapes[] = {
        { FIELD_EMAIL, "an e-mail address", shape_email }, { FIELD_POSTCODE, "a postcode", shape_postcode },
        { FIELD_URN, "a URN", shape_urn },                 { FIELD_UPN, "a UPN", shape_upn },
        { FIELD_ULN, "a ULN", shape_uln },
    };
    char good[SHAPE_MAX];
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        if (shapes[i].type != r->field->type)
            continue;
        const char *why = shapes[i].check(text, good);
        if (why)
            return bad(r, "'%s' is not %s: %s", shown(r, text), shapes[i].what, why);
        text = arena_text(r->arena, good);
    }
    *out = (struct value){ .kind = VALUE_TEXT, .text = text };
    return ERR_NONE;
}

/* Trimmed, and with line ends as one character, so that equal texts are equal bytes. */
static enum err_code clean(const struct reader *r, const char *text, char **out)
{
    size_t len = strlen(text);
    while (len && strchr(" \t\r\n", text[len - 1]))
        len--;
    while (len && strchr(" \t\r\n", *text)) {
        text++;
        len--;
    }
    if (len > TEXT_MAX)
        return bad(r, "%zu characters are too many: at most %d", len, TEXT_MAX);
    char *to = *out = arena_text_n(r->arena, text, len);
    for (const char *at = *out; *at; at++) {
        if (*at == '\r' && at[1] == '\n')
            continue;
        if (((unsigned char)*at < 0x20 && *at != '\n' && *at != '\t') || *at == 0x7F)
            return bad(r, "it holds a control character, which cannot be shown");
        *to++ = *at;
    }
    *to = '\0';
    return ERR_NONE;
}

static enum err_code read_list(const struct reader *r, const char *text, struct value *out);

static enum err_code read_text(const struct reader *r, const char *given, struct value *out)
{
    char *text;
    enum err_code rc = clean(r, given, &text);
    if (rc)
        return rc;
    *out = (struct value){ .kind = VALUE_NONE };
    if (!*text)
        return ERR_NONE;
    switch (r->field->type) {
    case FIELD_DATE:
        return read_date(r, text, out);
    case FIELD_TIME:
        return read_time(r, text, out);
    case FIELD_INTEGER:
        return read_integer(r, text, out);
    case FIELD_NUMBER:
    case FIELD_HOURS:
        return read_decimal(r, text, out);
    case FIELD_MONEY:
        return read_money(r, text, out);
    case FIELD_YES_NO:
        return read_yes_no(r, text, out);
    case FIELD_CHOICE:
        return read_choice(r, text, out);
    case FIELD_CHOICES:
    case FIELD_ROWS:
        return read_list(r, text, out);
    case FIELD_TEXT:
    case FIELD_DOCUMENT:
    case FIELD_PERSON:
    case FIELD_EMAIL:
    case FIELD_POSTCODE:
    case FIELD_URN:
    case FIELD_UPN:
    case FIELD_ULN:
        break;
    }
    return read_shape(r, text, out);
}

/* --- choices and rows ------------------------------------------------------------------------ */

/* Kept in the order of the options, each once, so that equal choices are equal bytes. */
static enum err_code read_choices(const struct reader *r, const struct json *list,
                                  struct value *out)
{
    const struct field *field = r->field;
    bool *chosen = ARENA_ARRAY(r->arena, bool, field->option_count + 1);
    for (const struct json *at = list->first; at; at = at->next) {
        struct value one = { .kind = VALUE_NONE };
        char *text;
        if (at->kind != JSON_TEXT)
            return bad(r, "a list of choices is wanted");
        enum err_code rc = clean(r, at->text, &text);
        if (rc)
            return rc;
        if (!*text)
            continue;
        rc = read_choice(r, text, &one);
        if (rc)
            return rc;
        chosen[option_of(field, one.text) - field->options] = true;
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

/* As it is stored within a row: dates and times as text, whole decimals as whole numbers (the
 * same bytes would come back so). */
static struct json *cell_of(struct arena *arena, const struct value *value)
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

static enum err_code put_cell(const struct reader *r, struct json *row, const struct field *column,
                              const struct json *given)
{
    struct value value = { .kind = VALUE_NONE };
    if (given) {
        enum err_code rc = value_read(r->arena, column, given, &value, r->err);
        if (rc)
            return rc;
    }
    if (value.kind == VALUE_CHOICES || value.kind == VALUE_ROWS)
        return bad(r, "a list cannot stand in a row");
    if (value.kind != VALUE_NONE)
        json_put(r->arena, row, column->name, cell_of(r->arena, &value));
    else if (column->required)
        return err_set(r->err, ERR_INPUT, "%s is missing", column->label ? column->label : column->name);
    return ERR_NONE;
}

static enum err_code unknown_column(const struct reader *r, const char *name)
{
    const struct field *field = r->field;
    const char **names = ARENA_ARRAY(r->arena, const char *, field->column_count + 1);
    struct buf list = buf_in(r->arena);
    for (size_t i = 0; i < field->column_count; i++) {
        names[i] = field->columns[i].name;
        buf_printf(&list, "%s%s", i ? ", " : "", names[i]);
    }
    const char *near = text_nearest(name, names, field->column_count);
    return err_set(r->err, ERR_INPUT, "'%s' is not one of its columns %s%s%s%s", shown(r, name),
                   buf_text(&list), near ? ": did you mean '" : "", near ? near : "",
                   near ? "'?" : "");
}

static enum err_code row_of_map(const struct reader *r, const struct json *given, struct json *row)
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

static enum err_code row_of_list(const struct reader *r, const struct json *given, struct json *row)
{
    const struct field *field = r->field;
    if (given->count > field->column_count)
        return err_set(r->err, ERR_INPUT, "%zu values for %zu columns", given->count,
                       field->column_count);
    const struct json *at = given->first;
    for (size_t i = 0; i < field->column_count; i++, at = at ? at->next : NULL) {
        enum err_code rc = put_cell(r, row, &field->columns[i], at);
        if (rc)
            return rc;
    }
    return ERR_NONE;
}

/* "Mon 09:00 12:00": columns in order; a last column of text takes what is left. */
static enum err_code row_of_text(const struct reader *r, const char *text, struct json *row)
{
    const struct field *field = r->field;
    struct json *cells = json_new(r->arena, JSON_LIST);
    for (text += strspn(text, " \t"); *text; text += strspn(text, " \t")) {
        size_t len = strcspn(text, " \t");
        if (cells->count + 1 == field->column_count &&
            field->columns[cells->count].type == FIELD_TEXT)
            len = strlen(text);
        json_add(cells, json_new_text(r->arena, arena_text_n(r->arena, text, len)));
        text += len;
    }
    return row_of_list(r, cells, row);
}

static enum err_code read_rows(const struct reader *r, const struct json *list, struct value *out)
{
    struct json *tree = json_new(r->arena, JSON_LIST);
    if (list->count > ROWS_MAX)
        return bad(r, "%zu rows are too many: at most %d", list->count, ROWS_MAX);
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
            err_wrap(r->err, "%s, row %zu", r->field->label ? r->field->label : r->field->name,
                     tree->count + 1);
            return rc;
        }
        if (row->count)
            json_add(tree, row);
    }
    *out = (struct value){ .kind = VALUE_NONE };
    if (tree->count)
        *out = (struct value){ .kind = VALUE_ROWS, .tree = tree };
    return ERR_NONE;
}

/* Text cut into a list: choices at commas, rows at semicolons and line ends. */
static enum err_code read_list(const struct reader *r, const char *text, struct value *out)
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
    return rows ? read_rows(r, list, out) : read_choices(r, list, out);
}

static enum err_code read_any(const struct reader *r, const struct json *given, struct value *out)
{
    struct buf text = buf_in(r->arena);
    switch (given->kind) {
    case JSON_NULL:
        return ERR_NONE;
    case JSON_TEXT:
        return read_text(r, given->text, out);
    case JSON_BOOL:
        return read_text(r, given->number ? "yes" : "no", out);
    case JSON_INT:
    case JSON_DECIMAL:
        json_write(given, &text);
        return read_text(r, buf_text(&text), out);
    case JSON_LIST:
        if (r->field->type == FIELD_ROWS)
            return read_rows(r, given, out);
        if (r->field->type == FIELD_CHOICES)
            return read_choices(r, given, out);
        return bad(r, "one value is wanted, not a list");
    case JSON_MAP:
        break;
    }
    return bad(r, "one value is wanted, not a map");
}

enum err_code value_read(struct arena *arena, const struct field *field, const struct json *given,
                         struct value *out, struct err *err)
{
    const struct reader r = { arena, field, err };
    struct value value = { .kind = VALUE_NONE };
    enum err_code rc = read_any(&r, given, &value);
    if (rc)
        return rc;
    *out = value;
    return ERR_NONE;
}
