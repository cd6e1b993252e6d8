/* SPDX-License-Identifier: MIT */
#include "engine/model/calendar.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/model/record.h"
#include <string.h>

static const struct member holiday_members[] = {
    MEMBER(named_day, date, "date", DAY),
    MEMBER(named_day, title, "title", TEXT),
};
static const struct member closure_members[] = {
    MEMBER(stretch, from, "from", DAY),
    MEMBER(stretch, title, "title", TEXT),
    MEMBER(stretch, to, "to", DAY),
};
static const struct member term_members[] = {
    MEMBER(term, from, "from", DAY),
    MEMBER(term, half_from, "half_from", DAY),
    MEMBER(term, half_to, "half_to", DAY),
    MEMBER(term, name, "name", NAME),
    MEMBER(term, season, "season", NAME),
    MEMBER(term, to, "to", DAY),
};
static const struct member yearly_members[] = {
    MEMBER(yearly, from_mday, "from_day", COUNT),
    MEMBER(yearly, from_month, "from_month", COUNT),
    MEMBER(yearly, title, "title", TEXT),
    MEMBER(yearly, to_mday, "to_day", COUNT),
    MEMBER(yearly, to_month, "to_month", COUNT),
};
/* What stands between the lists, in their order. */
static const struct member known_members[] = {
    MEMBER(calendar, known_from, "known_from", DAY),
    MEMBER(calendar, known_until, "known_until", DAY),
    MEMBER(calendar, name, "name", NAME),
};
static const struct member zone_members[] = {
    MEMBER(calendar, zone, "zone", TEXT),
};

static const struct named_day holiday_blank = { .date = DAY_NONE };
static const struct stretch closure_blank = { .from = DAY_NONE, .to = DAY_NONE };
static const struct term term_blank = {
    .from = DAY_NONE, .to = DAY_NONE, .half_from = DAY_NONE, .half_to = DAY_NONE
};
static const struct calendar calendar_blank = { .known_from = DAY_NONE, .known_until = DAY_NONE };

static const struct record holiday_record = RECORD(named_day, &holiday_blank, holiday_members);
static const struct record closure_record = RECORD(stretch, &closure_blank, closure_members);
static const struct record term_record = RECORD(term, &term_blank, term_members);
static const struct record yearly_record = RECORD(yearly, NULL, yearly_members);
static const struct record known_part = RECORD(calendar, &calendar_blank, known_members);
static const struct record zone_part = RECORD(calendar, &calendar_blank, zone_members);

const struct calendar *calendar_find(const struct calendars *calendars, const char *name)
{
    if (!name)
        return calendars->count ? calendars->at[0] : NULL;
    for (size_t i = 0; i < calendars->count; i++)
        if (text_same(calendars->at[i]->name, name))
            return calendars->at[i];
    return NULL;
}

/* --- out ------------------------------------------------------------------------------------- */

/* A cell is "2026-09-10", "2026-09-10 12:00" or "". */
static void write_row(const struct table_row *row, size_t columns, struct json_out *out)
{
    json_begin(out, NULL, '[');
    for (size_t i = 0; i < columns; i++) {
        char text[DAY_TEXT_MAX + 8];
        size_t len = strlen(day_iso(row->dates[i], text));
        if (len && row->minutes[i] >= 0) {
            text[len] = ' ';
            minute_text(row->minutes[i], text + len + 1);
        }
        json_out_text(out, NULL, text);
    }
    json_end(out, ']');
}

static void write_table(const struct table *table, struct json_out *out)
{
    json_begin(out, NULL, '{');
    json_begin(out, "columns", '[');
    for (size_t i = 0; i < table->column_count; i++)
        json_out_text(out, NULL, table->columns[i]);
    json_end(out, ']');
    json_out_text(out, "name", table->name);
    json_begin(out, "rows", '[');
    for (size_t i = 0; i < table->row_count; i++)
        write_row(&table->rows[i], table->column_count, out);
    json_end(out, ']');
    json_end(out, '}');
}

static void write_calendar(const struct calendar *calendar, struct json_out *out)
{
    char working[8] = "";
    for (int i = 0; i < 7; i++)
        working[i] = calendar->working[i] ? '1' : '0';
    json_begin(out, NULL, '{');
    records_write(&closure_record, "closures", calendar->closures, calendar->closure_count, out);
    records_write(&holiday_record, "holidays", calendar->holidays, calendar->holiday_count, out);
    record_write(&known_part, calendar, out);
    records_write(&yearly_record, "not_counted", calendar->not_counted,
                  calendar->not_counted_count, out);
    if (calendar->table_count) {
        json_begin(out, "tables", '[');
        for (size_t i = 0; i < calendar->table_count; i++)
            write_table(&calendar->tables[i], out);
        json_end(out, ']');
    }
    records_write(&term_record, "terms", calendar->terms, calendar->term_count, out);
    json_out_text(out, "working", working);
    record_write(&zone_part, calendar, out);
    json_end(out, '}');
}

void calendars_encode(const struct calendars *calendars, struct buf *out)
{
    struct json_out json = json_to(out);
    json_begin(&json, NULL, '[');
    for (size_t i = 0; i < calendars->count; i++)
        write_calendar(calendars->at[i], &json);
    json_end(&json, ']');
}

/* --- in -------------------------------------------------------------------------------------- */

static bool read_cell(const struct json *json, day *date, int *minute)
{
    char iso[11];
    *date = DAY_NONE;
    *minute = -1;
    if (json->kind != JSON_TEXT)
        return false;
    size_t len = strlen(json->text);
    if (!len)
        return true;
    if (len != 10 && (len != 16 || json->text[10] != ' ' || !minute_parse(json->text + 11, minute)))
        return false;
    memcpy(iso, json->text, 10);
    iso[10] = '\0';
    return stored_day(iso, date);
}

static bool read_row(struct arena *arena, const struct json *json, size_t columns,
                     struct table_row *out)
{
    if (json->kind != JSON_LIST || json->count != columns)
        return false;
    day *dates = ARENA_ARRAY(arena, day, columns);
    int *minutes = ARENA_ARRAY(arena, int, columns);
    size_t i = 0;
    for (const struct json *cell = json->first; cell; cell = cell->next, i++)
        if (!read_cell(cell, &dates[i], &minutes[i]))
            return false;
    *out = (struct table_row){ dates, minutes };
    return true;
}

static bool read_table(struct arena *arena, const struct json *json, struct table *out)
{
    const struct json *columns = json_get(json, "columns"), *rows = json_get(json, "rows");
    out->name = json_text(json, "name", NULL);
    if (!out->name || json->count != 3 || !columns || columns->kind != JSON_LIST ||
        !columns->count || !rows || rows->kind != JSON_LIST)
        return false;

    const char **names = ARENA_ARRAY(arena, const char *, columns->count);
    out->columns = names;
    for (const struct json *name = columns->first; name; name = name->next) {
        if (name->kind != JSON_TEXT)
            return false;
        names[out->column_count++] = name->text;
    }
    struct table_row *all = ARENA_ARRAY(arena, struct table_row, rows->count);
    out->rows = all;
    for (const struct json *row = rows->first; row; row = row->next)
        if (!read_row(arena, row, out->column_count, &all[out->row_count++]))
            return false;
    return true;
}

static bool read_tables(struct arena *arena, const struct json *list, struct calendar *out)
{
    if (!list)
        return true;
    if (list->kind != JSON_LIST || !list->count)
        return false;
    struct table *tables = ARENA_ARRAY(arena, struct table, list->count);
    out->tables = tables;
    for (const struct json *table = list->first; table; table = table->next)
        if (!read_table(arena, table, &tables[out->table_count++]))
            return false;
    return true;
}

static bool read_working(const struct json *json, bool working[7])
{
    if (!json || json->kind != JSON_TEXT || strlen(json->text) != 7)
        return false;
    for (int i = 0; i < 7; i++) {
        if (json->text[i] != '0' && json->text[i] != '1')
            return false;
        working[i] = json->text[i] == '1';
    }
    return true;
}

/* Days of the year that are none would end the program where they are counted with. */
static bool yearly_good(const struct calendar *calendar)
{
    enum { LEAP_YEAR = 2024 };
    for (size_t i = 0; i < calendar->not_counted_count; i++) {
        const struct yearly *at = &calendar->not_counted[i];
        if (!ymd_valid(LEAP_YEAR, at->from_month, at->from_mday) ||
            !ymd_valid(LEAP_YEAR, at->to_month, at->to_mday))
            return false;
    }
    return true;
}

static bool stretches_good(const struct calendar *calendar)
{
    for (size_t i = 0; i < calendar->closure_count; i++)
        if (calendar->closures[i].from == DAY_NONE || calendar->closures[i].to == DAY_NONE)
            return false;
    for (size_t i = 0; i < calendar->holiday_count; i++)
        if (calendar->holidays[i].date == DAY_NONE)
            return false;
    for (size_t i = 0; i < calendar->term_count; i++)
        if (calendar->terms[i].from == DAY_NONE || calendar->terms[i].to == DAY_NONE)
            return false;
    return true;
}

/* Reads a list if it is there. */
#define READ_LIST(record, key, list, list_count)                                                  \
    do {                                                                                          \
        void *at_;                                                                                \
        if (!records_read(arena, &(record), json_take(&json, key), &at_, &(list_count)))          \
            return key;                                                                           \
        (list) = at_;                                                                             \
    } while (0)

/* NULL, or the key that is damaged. */
static const char *read_calendar(struct arena *arena, const struct json *json,
                                 struct calendar *out)
{
    struct calendar known, zone;
    const char *bad = NULL;
    READ_LIST(closure_record, "closures", out->closures, out->closure_count);
    READ_LIST(holiday_record, "holidays", out->holidays, out->holiday_count);
    if (!record_read(&known_part, &json, &known, &bad))
        return bad;
    READ_LIST(yearly_record, "not_counted", out->not_counted, out->not_counted_count);
    if (!read_tables(arena, json_take(&json, "tables"), out))
        return "tables";
    READ_LIST(term_record, "terms", out->terms, out->term_count);
    if (!read_working(json_take(&json, "working"), out->working))
        return "working";
    if (!record_read(&zone_part, &json, &zone, &bad))
        return bad;
    if (!yearly_good(out))
        return "not_counted";
    if (!stretches_good(out))
        return "closures, holidays or terms";
    out->name = known.name;
    out->known_from = known.known_from;
    out->known_until = known.known_until;
    out->zone = zone.zone;
    return json ? json->key : NULL;
}

enum err_code calendars_decode(struct arena *arena, const char *bytes, size_t len,
                               struct calendars **out, struct err *err)
{
    struct json *list;
    enum err_code rc = json_parse(arena, bytes, len, &list, err);
    if (rc)
        return rc;
    if (list->kind != JSON_LIST)
        return err_set(err, ERR_INPUT, "stored calendars are damaged: they are not a list");
    struct calendars *all = ARENA_NEW(arena, struct calendars);
    const struct calendar **at = ARENA_ARRAY(arena, const struct calendar *, list->count);
    all->at = at;
    for (const struct json *map = list->first; map; map = map->next) {
        struct calendar *calendar = ARENA_NEW(arena, struct calendar);
        const char *bad = map->kind == JSON_MAP ? read_calendar(arena, map->first, calendar)
                                                : "not a map";
        if (bad)
            return err_set(err, ERR_INPUT, "stored calendars are damaged: '%.40s'", bad);
        at[all->count++] = calendar;
    }
    *out = all;
    return ERR_NONE;
}
