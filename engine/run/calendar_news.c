/* SPDX-License-Identifier: MIT */
#include "engine/run/calendar_news.h"

#include "engine/base/arena.h"
#include "engine/base/json.h"
#include "engine/base/text.h"
#include "engine/run/csv.h"
#include "engine/run/ics.h"
#include "engine/run/termwords.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { TITLE_BYTES_MAX = 120 };

struct reading {
    struct arena *arena;
    struct err *err;
    struct news *out;
    struct news_pieces pieces;
};

/* A title is shown, and written into a file: one line of plain words. */
static bool title_sound(const char *text)
{
    for (const unsigned char *c = (const unsigned char *)text; *c; c++)
        if (*c < 0x20 || *c == 0x7f || (*c == 0xc2 && c[1] < 0xa0))
            return false;
    return *text && strlen(text) <= TITLE_BYTES_MAX;
}

/* "New Year's Day" with an apostrophe that every keyboard has. */
static const char *straight(struct arena *arena, const char *title)
{
    struct buf text = buf_in(arena);
    for (const char *c = title; *c; c++) {
        bool curly = strncmp(c, "\xe2\x80\x99", 3) == 0;
        buf_char(&text, curly ? '\'' : *c);
        c += curly ? 2 : 0;
    }
    return buf_text(&text);
}

/* --- bank holidays --------------------------------------------------------------------------- */

static enum err_code no_division(struct reading *r, const struct json *root, const char *division)
{
    struct { const char **at; size_t count, room; } names = { NULL, 0, 0 };
    struct buf all = buf_in(r->arena);
    for (const struct json *j = root->first; j; j = j->next) {
        *LIST_ADD(r->arena, &names) = j->key;
        buf_printf(&all, "%s%s", all.len ? ", " : "", j->key);
    }
    err_set(r->err, ERR_UNKNOWN, "there is no division '%s' in it", division);
    if (!err_nearest(r->err, division, names.at, names.count))
        err_hint(r->err, "it has %s", buf_text(&all));
    return ERR_UNKNOWN;
}

/* {"title", "date", "notes", "bunting"}: the first two are wanted, a note that it is a substitute
 * day is kept. */
static enum err_code read_holiday(struct reading *r, const struct json *event, size_t number)
{
    const char *title = event->kind == JSON_MAP ? json_text(event, "title", NULL) : NULL;
    const char *date = event->kind == JSON_MAP ? json_text(event, "date", NULL) : NULL;
    const char *notes = event->kind == JSON_MAP ? json_text(event, "notes", "") : "";
    struct news_days *all = &r->out->holidays;
    struct news_day new;
    char why[200];
    if (!title || !date)
        return err_set(r->err, ERR_INPUT, "event %zu of %s has no %s", number, r->out->division,
                       title ? "date" : "title");
    if (!title_sound(title))
        return err_set(r->err, ERR_INPUT, "event %zu of %s has no plain title of up to %d bytes",
                       number, r->out->division, TITLE_BYTES_MAX);
    if (!day_parse(date, &new.date)) {
        day_parse_why(date, why, sizeof why);
        return err_set(r->err, ERR_INPUT, "event %zu of %s: %s", number, r->out->division, why);
    }
    for (size_t i = 0; i < all->count; i++)
        if (all->at[i].date == new.date)
            return err_set(r->err, ERR_INPUT, "event %zu of %s: %s stands twice", number,
                           r->out->division, date);
    title = straight(r->arena, title);
    new.title = strcasecmp(notes, "Substitute day") == 0
                    ? arena_printf(r->arena, "%s (substitute day)", title) : title;
    *LIST_ADD(r->arena, all) = new;
    return ERR_NONE;
}

static int by_day(const void *a, const void *b)
{
    day one = ((const struct news_day *)a)->date, two = ((const struct news_day *)b)->date;
    return (one > two) - (one < two);
}

static enum err_code read_json(struct reading *r, const char *bytes, size_t len,
                               const char *division)
{
    struct json *root;
    enum err_code rc = json_parse(r->arena, bytes, len, &root, r->err);
    if (rc)
        return rc;
    r->out->division = division ? division : "england-and-wales";
    const struct json *part = root->kind == JSON_MAP ? json_get(root, r->out->division) : NULL;
    const struct json *events = part && part->kind == JSON_MAP ? json_get(part, "events") : NULL;
    if (root->kind == JSON_MAP && !part)
        return no_division(r, root, r->out->division);
    if (!events || events->kind != JSON_LIST || !events->count)
        return err_set(r->err, ERR_INPUT, "this is not the bank-holidays.json of gov.uk: there is "
                                          "no list of events in it");
    if (events->count > NEWS_ROWS_MAX)
        return err_set(r->err, ERR_LIMIT, "more than %d events", NEWS_ROWS_MAX);
    size_t number = 0;
    for (const struct json *event = events->first; !rc && event; event = event->next)
        rc = read_holiday(r, event, ++number);
    if (!rc)
        qsort(r->out->holidays.at, r->out->holidays.count, sizeof *r->out->holidays.at, by_day);
    return rc;
}

/* --- terms ----------------------------------------------------------------------------------- */

static enum err_code add_piece(struct reading *r, const struct news_piece *piece)
{
    if (!title_sound(piece->text))
        return err_set(r->err, ERR_INPUT, "line %d: no plain words of up to %d bytes", piece->line,
                       TITLE_BYTES_MAX);
    if (piece->to < piece->from)
        return err_set(r->err, ERR_INPUT, "line %d: '%s' ends before it begins", piece->line,
                       piece->text);
    if (r->pieces.count == NEWS_ROWS_MAX)
        return err_set(r->err, ERR_LIMIT, "more than %d lines", NEWS_ROWS_MAX);
    *LIST_ADD(r->arena, &r->pieces) = *piece;
    return ERR_NONE;
}

static enum err_code read_ics(struct reading *r, const char *bytes, size_t len)
{
    struct ics_events events;
    enum err_code rc = ics_read(r->arena, bytes, len, &events, r->err);
    for (size_t i = 0; !rc && i < events.count; i++) {
        const struct ics_event *event = &events.at[i];
        const struct news_piece piece = { event->line, event->from, event->to, event->summary,
                                          DAY_NONE, DAY_NONE };
        if (event->cancelled)
            *LIST_ADD(r->arena, &r->out->left) = arena_printf(r->arena, "%s (cancelled)",
                                                              event->summary);
        else
            rc = add_piece(r, &piece);
    }
    return rc ? rc : terms_put_together(r->arena, &r->pieces, r->out, r->err);
}

enum column { COLUMN_NAME, COLUMN_FROM, COLUMN_TO, COLUMN_HALF_FROM, COLUMN_HALF_TO, COLUMNS };
static const struct { const char *word; enum column column; } headings[] = {
    { "term", COLUMN_NAME },           { "name", COLUMN_NAME },
    { "event", COLUMN_NAME },          { "title", COLUMN_NAME },
    { "description", COLUMN_NAME },    { "summary", COLUMN_NAME },
    { "from", COLUMN_FROM },           { "start", COLUMN_FROM },
    { "starts", COLUMN_FROM },         { "start date", COLUMN_FROM },
    { "begins", COLUMN_FROM },         { "date", COLUMN_FROM },
    { "first day", COLUMN_FROM },      { "opens", COLUMN_FROM },
    { "to", COLUMN_TO },               { "end", COLUMN_TO },
    { "ends", COLUMN_TO },             { "end date", COLUMN_TO },
    { "last day", COLUMN_TO },         { "closes", COLUMN_TO },
    { "half term from", COLUMN_HALF_FROM }, { "half term start", COLUMN_HALF_FROM },
    { "half term starts", COLUMN_HALF_FROM }, { "half term to", COLUMN_HALF_TO },
    { "half term end", COLUMN_HALF_TO },    { "half term ends", COLUMN_HALF_TO },
};

/* Hyphens and lines below are blanks in a heading. */
static bool heading_is(const char *cell, const char *word)
{
    for (; *word && *cell; word++, cell++) {
        char c = *cell == '-' || *cell == '_' ? ' ' : *cell;
        if (strncasecmp(&c, word, 1) != 0)
            return false;
    }
    return !*word && !*cell;
}

static enum err_code read_header(struct reading *r, struct csv *csv, size_t columns[COLUMNS])
{
    for (size_t i = 0; i < COLUMNS; i++)
        columns[i] = SIZE_MAX;
    enum err_code rc = csv_row(csv, r->err);
    if (rc == ERR_UNKNOWN)
        return err_set(r->err, ERR_INPUT, "the file is empty");
    for (size_t c = 0; !rc && c < csv->count; c++) {
        size_t i = 0, all = sizeof headings / sizeof *headings;
        while (i < all && !heading_is(csv->cells[c], headings[i].word))
            i++;
        if (i == all || columns[headings[i].column] != SIZE_MAX) {
            err_set(r->err, ERR_INPUT, i == all ? "line %d: the column '%s' is not known"
                                                : "line %d: the column '%s' is there twice",
                    csv->line, csv->cells[c]);
            err_hint(r->err, "the first line names the columns: term,from,to or "
                             "term,from,to,half term from,half term to");
            return ERR_INPUT;
        }
        columns[headings[i].column] = c;
    }
    if (!rc && (columns[COLUMN_NAME] == SIZE_MAX || columns[COLUMN_FROM] == SIZE_MAX))
        rc = err_set(r->err, ERR_INPUT, "line %d: the first line must name the columns: "
                                        "term,from,to", csv->line);
    return rc;
}

static const char *cell(const struct csv *csv, size_t column)
{
    return column < csv->count ? csv->cells[column] : "";
}

static enum err_code read_cell(struct reading *r, const struct csv *csv, size_t column, day *out)
{
    char why[300];
    const char *text = cell(csv, column);
    *out = DAY_NONE;
    if (!*text || term_day(text, out, why, sizeof why))
        return ERR_NONE;
    return err_set(r->err, ERR_INPUT, "line %d: %s", csv->line, why);
}

static enum err_code read_row(struct reading *r, const struct csv *csv,
                              const size_t columns[COLUMNS], size_t width)
{
    struct news_piece piece = { .line = csv->line, .text = cell(csv, columns[COLUMN_NAME]) };
    day *const into[COLUMNS] = { NULL, &piece.from, &piece.to, &piece.half_from, &piece.half_to };
    enum err_code rc = ERR_NONE;
    if (csv->count > width)
        return err_set(r->err, ERR_INPUT, "line %d: %zu cells, where the first line has %zu",
                       csv->line, csv->count, width);
    for (size_t i = COLUMN_FROM; !rc && i < COLUMNS; i++)
        rc = read_cell(r, csv, columns[i], into[i]);
    if (rc)
        return rc;
    if (piece.from == DAY_NONE)
        return err_set(r->err, ERR_INPUT, "line %d: '%s' has no date", csv->line, piece.text);
    if ((piece.half_from == DAY_NONE) != (piece.half_to == DAY_NONE))
        return err_set(r->err, ERR_INPUT, "line %d: a half term needs both its days", csv->line);
    if (piece.to == DAY_NONE)
        piece.to = piece.from;
    return add_piece(r, &piece);
}

static enum err_code read_csv(struct reading *r, const char *bytes, size_t len)
{
    struct csv csv = { .count = 0 };
    size_t columns[COLUMNS];
    enum err_code rc = csv_begin(&csv, r->arena, bytes, len, r->err);
    if (!rc)
        rc = read_header(r, &csv, columns);
    size_t width = csv.count;
    while (!rc && !(rc = csv_row(&csv, r->err)))
        rc = read_row(r, &csv, columns, width);
    if (rc != ERR_UNKNOWN)
        return rc;
    return terms_put_together(r->arena, &r->pieces, r->out, r->err);
}

enum err_code calendar_news_read(struct arena *arena, const char *bytes, size_t len,
                                 const char *division, struct news *out, struct err *err)
{
    struct reading r = { .arena = arena, .err = err, .out = out };
    const char *at = bytes, *end = bytes + len;
    *out = (struct news){ .division = NULL };
    if (len > NEWS_BYTES_MAX)
        return err_set(err, ERR_LIMIT, "the file is larger than %d KB", NEWS_BYTES_MAX / 1024);
    if (!utf8_valid(bytes, len)) {
        err_set(err, ERR_INPUT, "the file is not UTF-8 text");
        err_hint(err, "save it as 'CSV UTF-8'");
        return ERR_INPUT;
    }
    if (len >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
        at += 3;
    while (at < end && strchr(" \t\r\n", *at))
        at++;
    if (at < end && (*at == '{' || *at == '['))
        return read_json(&r, at, (size_t)(end - at), division);
    if (division)
        return err_set(err, ERR_INPUT, "a division is of bank holidays, and these are terms");
    if (end - at >= 6 && strncasecmp(at, "BEGIN:", 6) == 0)
        return read_ics(&r, bytes, len);
    return read_csv(&r, bytes, len);
}
