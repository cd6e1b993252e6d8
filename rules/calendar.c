/* SPDX-License-Identifier: MIT */
/* A calendar's merged tree, made into one that can be asked. */
#include "rules/build.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/when/when.h"
#include <stdlib.h>
#include <string.h>

struct making {
    struct build *b;
    struct calendar *calendar;
    day first, last;         /* Of its bank holidays; without any, of all dates in it. */
    bool by_holidays;
};

static day date_at(struct making *m, const struct node *map, const char *key)
{
    const struct node *node = node_get(map, key);
    day date = DAY_NONE;

    if (!node || node->kind != NODE_TEXT || !day_parse(node->text, &date))
        return DAY_NONE;
    if (m->by_holidays)
        return date;
    if (m->first == DAY_NONE || date < m->first)
        m->first = date;
    if (m->last == DAY_NONE || date > m->last)
        m->last = date;
    return date;
}

static bool in_order(struct making *m, const struct node *node, day from, day to)
{
    if (from == DAY_NONE || to == DAY_NONE)
        return false; /* Said already. */
    if (from <= to)
        return true;
    diag_error(m->b->diags, "C002", node_place(node), "'%s' ends before it begins", node->key);
    return false;
}

/* --- bank holidays --------------------------------------------------------------------------- */

static int by_date(const void *a, const void *b)
{
    day one = ((const struct named_day *)a)->date, two = ((const struct named_day *)b)->date;

    return (one > two) - (one < two);
}

/* Ascending, into `*out`. */
static size_t make_days(struct making *m, const struct node *map, const struct named_day **out)
{
    struct build *b = m->b;
    struct named_day *all = ARENA_ARRAY(b->arena, struct named_day, map ? map->count : 0);
    size_t count = 0;

    for (const struct node *n = map ? map->first : NULL; n; n = n->next) {
        struct node date = { .kind = NODE_TEXT, .text = n->key, .key = "date" };
        struct node holder = { .kind = NODE_MAP, .first = &date };
        char why[256];
        all[count].title = build_intern(b, n->text);
        all[count].date = date_at(m, &holder, "date");
        if (all[count].date != DAY_NONE) {
            count++;
            continue;
        }
        day_parse_why(n->key, why, sizeof why);
        diag_error(b->diags, "R002", n->key_span, "%s", why);
    }
    if (count)
        qsort(all, count, sizeof *all, by_date);
    *out = all;
    return count;
}

/* Which years are known is told by the bank holidays where there are any: terms and panels may be
 * known for longer. */
static void make_holidays(struct making *m, const struct node *map)
{
    struct calendar *c = m->calendar;

    c->holiday_count = make_days(m, map, &c->holidays);
    m->by_holidays = c->holiday_count > 0;
}

/* --- terms and closures ---------------------------------------------------------------------- */

static int by_term(const void *a, const void *b)
{
    day one = ((const struct term *)a)->from, two = ((const struct term *)b)->from;

    return (one > two) - (one < two);
}

static void make_half(struct making *m, const struct node *node, struct term *term)
{
    const struct node *half = node_get(node, "half_term");
    day from = date_at(m, half, "from"), to = date_at(m, half, "to");

    term->half_from = term->half_to = DAY_NONE;
    if (!half || !in_order(m, half, from, to))
        return;
    term->half_from = from;
    term->half_to = to;
    if (from <= term->from || to >= term->to)
        diag_error(m->b->diags, "C002", node_place(half),
                   "the half term of '%s' is not within the term", node->key);
}

static void overlaps(struct build *b, const struct node *map, const struct node *node,
                     const char *other)
{
    const struct node *one = node_get(map, other);
    struct diag *d = diag_error(b->diags, "C002", node_place(node), "'%s' overlaps with '%s'",
                                node->key, other);

    diag_note(b->diags, d, node_place(one), "it stands");
    if (node_place(one).source != node_place(node).source)
        diag_hint(b->diags, d, "give both one name, or take the other away: `%s: removed`", other);
}

static void make_terms(struct making *m, const struct node *map)
{
    struct build *b = m->b;
    struct term *all = ARENA_ARRAY(b->arena, struct term, map ? map->count : 0);
    size_t count = 0;

    for (const struct node *n = map ? map->first : NULL; n; n = n->next) {
        struct term term = { .from = date_at(m, n, "from"), .to = date_at(m, n, "to"),
                             .name = build_intern(b, n->key) };
        term.season = build_intern(b, arena_text_n(b->arena, n->key, strcspn(n->key, " ")));
        if (!in_order(m, n, term.from, term.to))
            continue;
        make_half(m, n, &term);
        all[count++] = term;
        for (size_t i = 0; i + 1 < count; i++)
            if (all[i].from <= term.to && term.from <= all[i].to)
                overlaps(b, map, n, all[i].name);
    }
    if (count)
        qsort(all, count, sizeof *all, by_term);
    m->calendar->terms = all;
    m->calendar->term_count = count;
}

/* The words under a day in the file; NULL: it is not there. */
static const struct node *day_node(const struct node *map, day date)
{
    day at;

    for (const struct node *n = map->first; n; n = n->next)
        if (day_parse(n->key, &at) && at == date)
            return n;
    return NULL;
}

/* One that falls on a weekend or in the holidays was mistyped. */
static void make_non_pupil(struct making *m, const struct node *map)
{
    const struct calendar *c = m->calendar;
    size_t count = make_days(m, map, &m->calendar->non_pupil);
    char text[DAY_TEXT_MAX];

    for (size_t i = 0; i < count; i++) {
        day date = c->non_pupil[i].date;
        const char *off = c->working[weekday_of(date)] ? NULL : weekday_name(weekday_of(date));
        if (!off && c->term_count && !term_at(c, date))
            off = "not in term";
        if (!off)
            continue;
        struct diag *d =
            diag_warning(m->b->diags, "C007", day_node(map, date)->key_span,
                         "%s is %s%s, when there is no school anyway", day_iso(date, text),
                         strchr(off, ' ') ? "" : "a ", off);
        diag_about(m->b->diags, d, "%s.%s", c->name, text);
    }
    m->calendar->non_pupil_count = count;
}

static int by_stretch(const void *a, const void *b)
{
    day one = ((const struct stretch *)a)->from, two = ((const struct stretch *)b)->from;

    return (one > two) - (one < two);
}

static const char *title_of(struct build *b, const struct node *node)
{
    const char *title = build_text(b, node, "title");

    return title ? title : build_intern(b, node->key);
}

/* Those of `school`'s own file, or those of any other; ascending, into `*out`. */
static size_t make_stretches(struct making *m, const struct node *map, const struct node *school,
                             bool own, const struct stretch **out)
{
    struct build *b = m->b;
    struct stretch *all = ARENA_ARRAY(b->arena, struct stretch, map ? map->count : 0);
    size_t count = 0;

    for (const struct node *n = map ? map->first : NULL; n; n = n->next) {
        bool is_own = school && node_place(n).source == school->span.source;
        if (is_own != own)
            continue;
        struct stretch stretch = { date_at(m, n, "from"), date_at(m, n, "to"), title_of(b, n) };
        if (in_order(m, n, stretch.from, stretch.to))
            all[count++] = stretch;
    }
    if (count)
        qsort(all, count, sizeof *all, by_stretch);
    *out = all;
    return count;
}

/* What a school closes is its own; its council's offices are worked in meanwhile. */
static void make_closures(struct making *m, const struct node *tree)
{
    const struct node *map = node_get(tree, "closures"), *school = node_get(tree, "school");
    struct calendar *c = m->calendar;

    c->closure_count = make_stretches(m, map, school, false, &c->closures);
    c->shut_count = make_stretches(m, map, school, true, &c->shut);
}

static void make_yearly(struct making *m, const struct node *map)
{
    struct build *b = m->b;
    struct yearly *all = ARENA_ARRAY(b->arena, struct yearly, map ? map->count : 0);
    size_t count = 0;

    for (const struct node *n = map ? map->first : NULL; n; n = n->next) {
        const char *from = build_text(b, n, "from"), *to = build_text(b, n, "to");
        struct yearly *y = &all[count];
        if (from && to && month_day_read(from, &y->from_month, &y->from_mday) &&
            month_day_read(to, &y->to_month, &y->to_mday)) {
            y->title = title_of(b, n);
            count++;
        }
    }
    m->calendar->not_counted = all;
    m->calendar->not_counted_count = count;
}

/* --- tables of dates ------------------------------------------------------------------------- */

/* "2026-09-10", "2026-09-10 12:00" or "none". */
static bool read_cell(struct making *m, const struct node *node, day *date, int *minute)
{
    const char *space = strchr(node->text, ' ');
    struct node part = { .kind = NODE_TEXT, .key = "date" };
    struct node holder = { .kind = NODE_MAP, .first = &part };
    struct diag *d;
    char why[256];

    *date = DAY_NONE;
    *minute = -1;
    if (!strcmp(node->text, "none"))
        return true;
    part.text =
        space ? arena_text_n(m->b->arena, node->text, (size_t)(space - node->text)) : node->text;
    *date = date_at(m, &holder, "date");
    if (*date != DAY_NONE && (!space || minute_parse(space + 1, minute)))
        return true;
    if (*date == DAY_NONE)
        day_parse_why(part.text, why, sizeof why);
    d = *date == DAY_NONE ? diag_error(m->b->diags, "R002", node->span, "%s", why)
                          : diag_error(m->b->diags, "R002", node->span,
                                       "'%s' is not a time: write it as 12:00", space + 1);
    diag_hint(m->b->diags, d, "a cell is a date, 2026-09-10, or with its hour, 2026-09-10 12:00, "
              "or none");
    return false;
}

/* "papers, meets and pays" */
static const char *columns_text(struct making *m, const struct names *columns)
{
    struct buf buf = buf_in(m->b->arena);

    for (size_t i = 0; i < columns->count; i++) {
        buf_add(&buf, i == 0 ? "" : i + 1 < columns->count ? ", " : " and ");
        buf_add(&buf, columns->at[i]);
    }
    return buf_text(&buf);
}

static bool make_row(struct making *m, const struct node *row, const struct names *columns,
                     struct table_row *out)
{
    day *dates = ARENA_ARRAY(m->b->arena, day, columns->count);
    int *minutes = ARENA_ARRAY(m->b->arena, int, columns->count);
    size_t i = 0;

    if (row->count != columns->count) {
        struct diag *d = diag_error(
            m->b->diags, "R002", row->span, "the row has %s, and the table %s",
            text_count(m->b->arena, (int64_t)row->count, "date", "dates"),
            text_count(m->b->arena, (int64_t)columns->count, "column", "columns"));
        diag_hint(m->b->diags, d, "write a date, or none, for each of %s",
                  columns_text(m, columns));
        return false;
    }
    for (const struct node *n = row->first; n; n = n->next, i++)
        if (!read_cell(m, n, &dates[i], &minutes[i]))
            return false;
    if (dates[0] == DAY_NONE) {
        diag_error(m->b->diags, "R002", row->span, "the first column cannot be empty");
        return false;
    }
    *out = (struct table_row){ dates, minutes };
    return true;
}

static void not_later(struct making *m, const struct node *node, const struct table *table,
                      const struct table_row *row)
{
    char before[DAY_TEXT_MAX], here[DAY_TEXT_MAX];
    struct diag *d = diag_error(m->b->diags, "C002", node->span,
                                "%s does not come after %s, of the row before",
                                day_short(row->dates[0], here),
                                day_short(row[-1].dates[0], before));

    diag_hint(m->b->diags, d, "put the rows in the order of '%s'; or is the year mistyped?",
              table->columns[0]);
}

/* In one row a date comes before that of the column to its left, and in all others behind it, or
 * the other way round: the two have changed places. */
static void check_columns(struct making *m, const struct table *table,
                          const struct node *const *nodes, size_t column)
{
    enum { ALL_OTHERS = 2 };
    size_t up = 0, down = 0, last[2] = { 0, 0 };
    char text[DAY_TEXT_MAX];

    for (size_t i = 0; i < table->row_count; i++) {
        day left = table->rows[i].dates[column - 1], right = table->rows[i].dates[column];
        if (left == DAY_NONE || right == DAY_NONE || left == right)
            continue;
        (*(left < right ? &up : &down))++;
        last[left < right] = i;
    }
    bool odd_up = up == 1 && down >= ALL_OTHERS, odd_down = down == 1 && up >= ALL_OTHERS;
    if (!odd_up && !odd_down)
        return;
    const struct table_row *row = &table->rows[last[odd_up]];
    struct diag *d = diag_warning(
        m->b->diags, "C008", nodes[last[odd_up]]->span,
        "'%s' comes %s '%s' in this row, and %s it in all others", table->columns[column],
        odd_up ? "after" : "before", table->columns[column - 1], odd_up ? "before" : "after");
    diag_about(m->b->diags, d, "%s.%s", table->name, day_iso(row->dates[0], text));
}

static void make_table(struct making *m, const struct node *node, struct table *out)
{
    struct { const struct node **at; size_t count, room; } nodes = { NULL, 0, 0 };
    const struct node *rows = node_get(node, "rows");
    struct names columns = build_names(m->b, node_get(node, "columns"));
    struct table_row *all = ARENA_ARRAY(m->b->arena, struct table_row, rows ? rows->count : 0);

    *out = (struct table){ .name = build_intern(m->b, node->key), .columns = columns.at,
                           .column_count = columns.count, .rows = all };
    for (const struct node *n = rows ? rows->first : NULL; n; n = n->next) {
        struct table_row *row = &all[out->row_count];
        if (!make_row(m, n, &columns, row))
            continue;
        if (out->row_count && row[-1].dates[0] >= row->dates[0])
            not_later(m, n, out, row);
        out->row_count++;
        *LIST_ADD(m->b->arena, &nodes) = n;
    }
    for (size_t i = 1; i < columns.count; i++)
        check_columns(m, out, nodes.at, i);
}

static void make_tables(struct making *m, const struct node *map)
{
    struct table *all = ARENA_ARRAY(m->b->arena, struct table, map ? map->count : 0);
    size_t count = 0;

    for (const struct node *n = map ? map->first : NULL; n; n = n->next)
        make_table(m, n, &all[count++]);
    m->calendar->tables = all;
    m->calendar->table_count = count;
}

/* --- the whole ------------------------------------------------------------------------------- */

static void make_week(struct making *m, const struct node *node)
{
    for (int i = 0; i < 7; i++)
        m->calendar->working[i] = !node && i < SATURDAY;
    for (const struct node *n = build_first(m->b, node); n; n = n->next) {
        int weekday = weekday_from_name(n->text, strlen(n->text));
        if (weekday < 0)
            diag_error(m->b->diags, "R002", n->span, "'%s' is not a day of the week", n->text);
        else
            m->calendar->working[weekday] = true;
    }
}

static void make_school(struct making *m, const struct node *node)
{
    if (node && !urn_read(node->text, &m->calendar->school)) {
        struct diag *d = diag_error(m->b->diags, "R002", node->span,
                                    "'%s' is not the number (URN) of a school", node->text);
        diag_hint(m->b->diags, d, "write six digits, for example school: 900001");
    }
}

static void make_known(struct making *m, const struct node *tree)
{
    struct calendar *c = m->calendar;
    day from = DAY_NONE, until = DAY_NONE;
    const struct node *known = node_get(tree, "known_until");

    if (m->first != DAY_NONE) { /* Whole years of what it holds. */
        from = day_of(ymd_of(m->first).year, 1, 1);
        until = day_of(ymd_of(m->last).year, 12, 31);
    }
    c->known_from = date_at(m, tree, "known_from");
    c->known_until = date_at(m, tree, "known_until");
    if (c->known_from == DAY_NONE)
        c->known_from = from;
    if (c->known_until == DAY_NONE)
        c->known_until = until;
    if (c->known_until == DAY_NONE && node_get(tree, "extends"))
        return; /* What it extends could not be found, which was said. */
    if (c->known_until == DAY_NONE)
        diag_error(m->b->diags, "R003", node_place(tree->first),
                   "the calendar says nothing: it needs 'known_until'");
    else if (c->known_from == DAY_NONE)
        c->known_from = day_of(ymd_of(c->known_until).year, 1, 1);
    else if (c->known_until < c->known_from)
        diag_error(m->b->diags, "C002", known ? known->span : tree->span,
                   "the calendar ends before it begins");
}

const struct calendar *compile_calendar(struct build *b, const char *name, const struct node *tree)
{
    struct making m = { b, ARENA_NEW(b->arena, struct calendar), DAY_NONE, DAY_NONE, false };
    const char *zone = build_text(b, tree, "zone");

    m.calendar->name = build_intern(b, name);
    m.calendar->zone = zone ? zone : "Europe/London";
    make_week(&m, node_get(tree, "working_week"));
    make_school(&m, node_get(tree, "school"));
    make_holidays(&m, node_get(tree, "bank_holidays"));
    make_terms(&m, node_get(tree, "terms"));
    make_non_pupil(&m, node_get(tree, "non_pupil_days"));
    make_closures(&m, tree);
    make_yearly(&m, node_get(tree, "not_counted"));
    make_tables(&m, node_get(tree, "dates"));
    make_known(&m, tree);
    return m.calendar;
}
