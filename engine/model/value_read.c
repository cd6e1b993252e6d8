/* SPDX-License-Identifier: MIT */
#include "engine/model/value_reader.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/model/process.h"
#include "engine/model/value_shape.h"
#include <string.h>
#include <strings.h>

enum { TEXT_MAX = 4000, LISTED_MAX = 12, SHOWN_MAX = 60 };

enum err_code reader_bad(const struct value_reader *r, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *why = arena_vprintf(r->arena, format, args);
    va_end(args);
    return err_set(r->err, ERR_INPUT, "%s: %s", text_or(r->field->label, r->field->name),
                   why);
}

const char *reader_shown(const struct value_reader *r, const char *text)
{
    int len = (int)utf8_cut(text, SHOWN_MAX);
    return text[len] ? arena_printf(r->arena, "%.*s...", len, text) : text;
}

static enum err_code read_date(const struct value_reader *r, const char *text, struct value *out)
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
    return reader_bad(r, "%s%s", why, r->field->about ? ", or a month (2026-11) or a year" : "");
}

static enum err_code read_time(const struct value_reader *r, const char *text, struct value *out)
{
    int minute;
    const char *full = strlen(text) == 4 ? arena_printf(r->arena, "0%s", text) : text;
    if (!minute_parse(full, &minute))
        return reader_bad(r, "'%s' is not a time: write it as 08:30", reader_shown(r, text));
    *out = (struct value){ .kind = VALUE_TIME, .number = minute };
    return ERR_NONE;
}

static enum err_code read_integer(const struct value_reader *r, const char *text, struct value *out)
{
    int64_t number;
    if (!text_int(text, &number))
        return reader_bad(r, "'%s' is not a whole number", reader_shown(r, text));
    *out = (struct value){ .kind = VALUE_INT, .number = number };
    return ERR_NONE;
}

static enum err_code read_decimal(const struct value_reader *r, const char *text, struct value *out)
{
    bool hours = r->field->type == FIELD_HOURS;
    int64_t number;
    if (!decimal_parse(text, &number))
        return reader_bad(
            r,
            hours ? "'%s' is not a number of hours: write it as 23.5"
                  : "'%s' is not a number: write it as 12 or 12.5, with at most 4 places",
            reader_shown(r, text));
    if (hours && number < 0)
        return reader_bad(r, "%s is less than no hours", text);
    *out = (struct value){ .kind = VALUE_DECIMAL, .number = number };
    return ERR_NONE;
}

/* "12.50", "£1,234.50", "12": into pence. */
static enum err_code read_money(const struct value_reader *r, const char *text, struct value *out)
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
        return reader_bad(r, "'%s' is not an amount of money: write it as 12.50",
                          reader_shown(r, text));
    *out = (struct value){ .kind = VALUE_INT, .number = number / (DECIMAL_ONE / 100) };
    return ERR_NONE;
}

static enum err_code read_yes_no(const struct value_reader *r, const char *text, struct value *out)
{
    bool yes = strcasecmp(text, "yes") == 0 || strcmp(text, "true") == 0;
    if (!yes && strcasecmp(text, "no") != 0 && strcmp(text, "false") != 0)
        return reader_bad(r, "'%s' is neither yes nor no", reader_shown(r, text));
    *out = (struct value){ .kind = VALUE_BOOL, .number = yes };
    return ERR_NONE;
}

const struct option *reader_option(const struct field *field, const char *text)
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

static enum err_code not_an_option(const struct value_reader *r, const char *text)
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
    return reader_bad(r, "'%s' is not one of %s%s%s%s", reader_shown(r, text), buf_text(&list),
                      near ? ": did you mean '" : "", near ? near : "", near ? "'?" : "");
}

enum err_code reader_choice(const struct value_reader *r, const char *text, struct value *out)
{
    const struct option *option = reader_option(r->field, text);
    if (!option)
        return not_an_option(r, text);
    *out = (struct value){ .kind = VALUE_TEXT, .text = option->name };
    return ERR_NONE;
}

/* A child's number is not repeated: what is said here may end up in a log. */
static enum err_code not_of_shape(const struct value_reader *r, const char *text, const char *what,
                                  const char *why)
{
    bool secret = r->field->type == FIELD_UPN || r->field->type == FIELD_ULN;
    if (secret)
        return reader_bad(r, "this is not %s: %s", what, why);
    return reader_bad(r, "'%s' is not %s: %s", reader_shown(r, text), what, why);
}

static enum err_code read_shape(const struct value_reader *r, const char *text, struct value *out)
{
    static const struct {
        enum field_type type;
        const char *what;
        bool (*check)(const char *text, struct shape *out);
    } shapes[] = {
        { FIELD_EMAIL, "an e-mail address", shape_email },
        { FIELD_POSTCODE, "a postcode", shape_postcode },
        { FIELD_URN, "a URN", shape_urn },
        { FIELD_UPN, "a UPN", shape_upn },
        { FIELD_ULN, "a ULN", shape_uln },
    };
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        struct shape shape = { .why = "" };
        if (shapes[i].type != r->field->type)
            continue;
        if (!shapes[i].check(text, &shape))
            return not_of_shape(r, text, shapes[i].what, shape.why);
        text = arena_text(r->arena, shape.good);
    }
    *out = (struct value){ .kind = VALUE_TEXT, .text = text };
    return ERR_NONE;
}

enum err_code reader_clean(const struct value_reader *r, const char *text, char **out)
{
    size_t len = strlen(text);
    while (len && strchr(" \t\r\n", text[len - 1]))
        len--;
    while (len && strchr(" \t\r\n", *text)) {
        text++;
        len--;
    }
    if (len > TEXT_MAX)
        return reader_bad(r, "%zu characters are too many: at most %d", len, TEXT_MAX);
    char *to = *out = arena_text_n(r->arena, text, len);
    for (const char *at = *out; *at; at++) {
        if (*at == '\r' && at[1] == '\n')
            continue;
        if (((unsigned char)*at < 0x20 && *at != '\n' && *at != '\t') || *at == 0x7F)
            return reader_bad(r, "it holds a control character, which cannot be shown");
        *to++ = *at;
    }
    *to = '\0';
    return ERR_NONE;
}

static enum err_code read_text(const struct value_reader *r, const char *given, struct value *out)
{
    char *text;
    enum err_code rc = reader_clean(r, given, &text);
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
        return reader_choice(r, text, out);
    case FIELD_CHOICES:
    case FIELD_ROWS:
        return reader_list(r, text, out);
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

static enum err_code read_any(const struct value_reader *r, const struct json *given,
                              struct value *out)
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
            return reader_rows(r, given, out);
        if (r->field->type == FIELD_CHOICES)
            return reader_choices(r, given, out);
        return reader_bad(r, "one value is wanted, not a list");
    case JSON_MAP:
        break;
    }
    return reader_bad(r, "one value is wanted, not a map");
}

enum err_code value_read(struct arena *arena, const struct field *field, const struct json *given,
                         struct value *out, struct err *err)
{
    const struct value_reader r = { arena, field, err };
    struct value value = { .kind = VALUE_NONE };
    enum err_code rc = read_any(&r, given, &value);
    if (rc)
        return rc;
    *out = value;
    return ERR_NONE;
}
