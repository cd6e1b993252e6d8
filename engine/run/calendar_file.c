/* SPDX-License-Identifier: MIT */
/* The file is changed as text, at the places its tree names; what came out is read again and held
 * against what was meant, so that a way of writing that was not thought of refuses, and breaks
 * nothing. */
#include "engine/run/calendar_file.h"

#include "engine/base/arena.h"
#include "engine/base/json.h"
#include "engine/base/text.h"
#include "engine/run/yaml_edit.h"
#include "rules/keys.h"

#include <string.h>

enum { HOLIDAYS_A_YEAR = 8 }; /* England's, the fewest. */

struct merging {
    struct arena *arena;
    struct err *err;
    const struct source *source;
    const struct node *tree;
    const struct news *news;
    bool prune;
    struct calendar_merge *out;
    struct yaml_edits edits;
    struct buf tail;       /* Whole maps that the file does not have yet. */
};

static void note(struct merging *m, enum calendar_change_kind kind, const char *what,
                 const char *was, const char *is)
{
    *LIST_ADD(m->arena, &m->out->changes) = (struct calendar_change){ kind, what, was, is };
}

static const char *iso(struct merging *m, day date)
{
    char text[DAY_TEXT_MAX];
    return arena_text(m->arena, day_iso(date, text));
}

/* --- days ------------------------------------------------------------------------------------ */

static bool key_day(const struct node *n, day *out)
{
    return day_parse(n->key, out);
}

static const struct node *day_entry(const struct node *map, day date)
{
    day at;
    for (const struct node *n = map ? map->first : NULL; n; n = n->next)
        if (key_day(n, &at) && at == date)
            return n;
    return NULL;
}

/* The one with the latest day before `date`. */
static const struct node *entry_before(const struct node *map, day date)
{
    const struct node *best = NULL;
    day at, best_at = DAY_NONE;
    for (const struct node *n = map->first; n; n = n->next)
        if (key_day(n, &at) && at < date && (!best || at >= best_at)) {
            best = n;
            best_at = at;
        }
    return best;
}

/* What is there already keeps its words. */
static void merge_days(struct merging *m, const char *key, const struct news_days *days)
{
    const struct node *map = node_get(m->tree, key);
    bool begun = false;
    for (size_t i = 0; i < days->count; i++) {
        const struct news_day *new = &days->at[i];
        const char *date = iso(m, new->date);
        const struct node *there = day_entry(map, new->date);
        if (there && !node_is(there, "removed")) {
            m->out->same++;
            continue;
        }
        note(m, CHANGE_ADDED, date, NULL, new->title);
        const char *title = yaml_value(m->arena, new->title, map && yaml_is_flow(&m->edits, map));
        if (there)
            yaml_set(&m->edits, there, title);
        else if (map)
            yaml_add(&m->edits, map, entry_before(map, new->date), date, title);
        else
            buf_printf(&m->tail, "%s  %s: %s\n",
                       begun ? "" : arena_printf(m->arena, "%s:\n", key), date, title);
        begun = begun || !map;
    }
}

/* Days of the years that the news speak of, which they do not have. */
static enum err_code find_gone(struct merging *m)
{
    const struct news_days *days = &m->news->holidays;
    const struct node *map = node_get(m->tree, "bank_holidays");
    for (const struct node *n = map && days->count ? map->first : NULL; n; n = n->next) {
        day date;
        bool there = false;
        if (!key_day(n, &date) || node_is(n, "removed") ||
            ymd_of(date).year < ymd_of(days->at[0].date).year ||
            ymd_of(date).year > ymd_of(days->at[days->count - 1].date).year)
            continue;
        for (size_t i = 0; i < days->count && !there; i++)
            there = days->at[i].date == date;
        if (there)
            continue;
        *LIST_ADD(m->arena, &m->out->gone) = (struct news_day){ date, n->text };
        if (!m->prune)
            continue;
        if (yaml_is_flow(&m->edits, map) || map->count == m->out->gone.count)
            return err_set(m->err, ERR_INPUT, "take %s (%s) out of the file by hand", n->key,
                           n->text);
        yaml_drop(&m->edits, n);
        note(m, CHANGE_REMOVED, n->key, n->text, NULL);
    }
    return ERR_NONE;
}

/* Only a year that is there whole counts as known. */
static void merge_known(struct merging *m)
{
    const struct news_days *days = &m->news->holidays;
    const struct node *known = node_get(m->tree, "known_until");
    day until;
    size_t in_last = 0;
    if (!known || !days->count || !day_parse(known->text, &until))
        return;
    int year = ymd_of(days->at[days->count - 1].date).year;
    for (size_t i = 0; i < days->count; i++)
        in_last += ymd_of(days->at[i].date).year == year;
    day last = day_of(year, 12, 31);
    if (in_last < HOLIDAYS_A_YEAR || last <= until)
        return;
    yaml_set(&m->edits, known, iso(m, last));
    note(m, CHANGE_CHANGED, "known_until", known->text, iso(m, last));
}

/* --- terms ----------------------------------------------------------------------------------- */

static const char *half_text(struct merging *m, const struct news_term *term)
{
    return arena_printf(m->arena, "{from: %s, to: %s}", iso(m, term->half_from),
                        iso(m, term->half_to));
}

static const char *term_text(struct merging *m, const struct news_term *term)
{
    return arena_printf(m->arena, "{from: %s, to: %s%s%s}", iso(m, term->from), iso(m, term->to),
                        term->half_from == DAY_NONE ? "" : ", half_term: ",
                        term->half_from == DAY_NONE ? "" : half_text(m, term));
}

static day node_day(const struct node *map, const char *key)
{
    const struct node *node = node_get(map, key);
    day date = DAY_NONE;
    return node && node->kind == NODE_TEXT && day_parse(node->text, &date) ? date : DAY_NONE;
}

/* Sets one key of a map that is there. */
static void set_key(struct merging *m, const struct node *map, const char *name, const char *key,
                    const char *value)
{
    const struct node *node = node_get(map, key);
    if (node && node->kind == NODE_TEXT && strcmp(node->text, value) == 0)
        return;
    note(m, CHANGE_CHANGED, arena_printf(m->arena, "%s, %s", name, key),
         node && node->kind == NODE_TEXT ? node->text : NULL, value);
    if (node)
        yaml_set(&m->edits, node, value);
    else
        yaml_add(&m->edits, map, map->last, key, value);
}

static void merge_term(struct merging *m, const struct node *there, const struct news_term *term)
{
    const struct node *half = node_get(there, "half_term");
    size_t before = m->out->changes.count;
    /* What stands deeper first: of two lines at one place the first comes first. */
    if (term->half_from != DAY_NONE && half && half->kind == NODE_MAP) {
        const char *name = arena_printf(m->arena, "%s, half term", term->name);
        set_key(m, half, name, "from", iso(m, term->half_from));
        set_key(m, half, name, "to", iso(m, term->half_to));
    }
    set_key(m, there, term->name, "from", iso(m, term->from));
    set_key(m, there, term->name, "to", iso(m, term->to));
    if (term->half_from != DAY_NONE && !(half && half->kind == NODE_MAP))
        set_key(m, there, term->name, "half_term", half_text(m, term));
    m->out->same += m->out->changes.count == before;
}

/* Terms may be known for longer than bank holidays; school days are only where both are. */
static void note_known(struct merging *m)
{
    const struct node *known = node_get(m->tree, "known_until");
    const struct news_terms *terms = &m->news->terms;
    day until;
    if (!known || !terms->count || !day_parse(known->text, &until) ||
        terms->at[terms->count - 1].to <= until)
        return;
    m->out->note = arena_printf(m->arena, "known_until is %s: school days after it stay unknown "
                                          "until its bank holidays are brought in", known->text);
}

/* A term of another name on the same days is another's way of naming them. */
static enum err_code check_apart(struct merging *m, const struct node *map,
                                 const struct news_term *term)
{
    for (const struct node *n = map ? map->first : NULL; n; n = n->next) {
        day from = node_day(n, "from"), to = node_day(n, "to");
        bool new = false;
        for (size_t i = 0; i < m->news->terms.count; i++)
            new |= strcmp(m->news->terms.at[i].name, n->key) == 0;
        if (new || from == DAY_NONE || to == DAY_NONE || to < term->from || from > term->to)
            continue;
        err_set(m->err, ERR_INPUT, "%s overlaps with '%s', line %d of %s", term->name, n->key,
                n->key_span.line, m->source->path);
        err_hint(m->err, "call it '%s' there too, or take it out", term->name);
        return ERR_INPUT;
    }
    return ERR_NONE;
}

static const struct node *term_before(const struct node *map, day from)
{
    const struct node *best = NULL;
    for (const struct node *n = map->first; n; n = n->next) {
        day at = node_day(n, "from");
        if (at != DAY_NONE && at < from && (!best || at >= node_day(best, "from")))
            best = n;
    }
    return best;
}

static enum err_code merge_terms(struct merging *m)
{
    const struct node *map = node_get(m->tree, "terms");
    bool begun = false;
    for (size_t i = 0; i < m->news->terms.count; i++) {
        const struct news_term *term = &m->news->terms.at[i];
        const struct node *there = node_get(map, term->name);
        enum err_code rc = check_apart(m, map, term);
        if (rc)
            return rc;
        if (there && there->kind == NODE_MAP) {
            merge_term(m, there, term);
            continue;
        }
        note(m, CHANGE_ADDED, term->name, NULL, term_text(m, term));
        if (there)
            yaml_set(&m->edits, there, term_text(m, term));
        else if (map)
            yaml_add(&m->edits, map, term_before(map, term->from), term->name, term_text(m, term));
        else
            buf_printf(&m->tail, "%s  %s: %s\n", begun ? "" : "terms:\n", term->name,
                       term_text(m, term));
        begun = true;
    }
    return ERR_NONE;
}

/* --- the whole ------------------------------------------------------------------------------- */

static const char *whole(struct merging *m)
{
    struct buf text = yaml_apply(&m->edits);
    if (m->tail.len && text.len && text.at[text.len - 1] != '\n')
        buf_char(&text, '\n');
    buf_add(&text, buf_text(&m->tail));
    return buf_text(&text);
}

static struct node *read_tree(struct arena *arena, const struct source *source,
                              struct diags *diags)
{
    size_t errors = diags->errors;
    struct node *tree = yaml_read(arena, source, diags);
    bool sound = tree && keys_check(arena, tree, OWNER_CALENDAR, diags);
    return sound && diags->errors == errors ? tree : NULL; /* A tree may have lost wrong values. */
}

static enum err_code plan(struct merging *m)
{
    m->tail = buf_in(m->arena);
    merge_days(m, "bank_holidays", &m->news->holidays);
    enum err_code rc = find_gone(m);
    merge_known(m);
    if (!rc)
        rc = merge_terms(m);
    note_known(m);
    merge_days(m, "non_pupil_days", &m->news->non_pupil);
    return rc;
}

static const char *written(const struct merging *m, const struct node *node)
{
    struct buf text = buf_in(m->arena);
    json_write(node_json(m->arena, node, false), &text);
    return buf_text(&text);
}

/* Every key that is not one of the news must say what it said. */
static bool kept(const struct merging *m, const struct node *old, const struct node *new,
                 const char *path)
{
    if (old->kind != NODE_MAP || !new || new->kind != NODE_MAP)
        return new && text_same(written(m, old), written(m, new));
    for (const struct node *n = old->first; n; n = n->next) {
        const char *key = *path ? arena_printf(m->arena, "%s, %s", path, n->key) : n->key;
        bool meant = false;
        for (size_t i = 0; i < m->out->changes.count; i++)
            meant |= strcmp(m->out->changes.at[i].what, key) == 0;
        bool inner = strcmp(n->key, "terms") == 0 || strcmp(n->key, "bank_holidays") == 0 ||
                     strcmp(n->key, "non_pupil_days") == 0;
        const char *below = inner                               ? ""
                            : strcmp(n->key, "half_term") == 0
                                ? arena_printf(m->arena, "%s, half term", path) : key;
        if (!meant && !kept(m, n, node_get(new, n->key), below))
            return false;
    }
    return true;
}

static bool is_as_meant(const struct merging *m)
{
    struct source source = { m->source->path, m->out->text, strlen(m->out->text) };
    struct calendar_merge none = { .text = NULL };
    struct merging again = *m;
    again.source = &source;
    again.out = &none;
    again.edits = (struct yaml_edits){ .arena = m->arena, .source = &source };
    again.tree = read_tree(m->arena, &source, diags_new(m->arena));
    return again.tree && kept(m, m->tree, again.tree, "") && !plan(&again) &&
           !none.changes.count;
}

enum err_code calendar_merge(struct arena *arena, const struct source *source,
                             const struct news *news, bool prune,
                             struct calendar_merge *out, struct diags *diags, struct err *err)
{
    struct merging m = { .arena = arena, .err = err, .source = source, .news = news,
                         .prune = prune, .out = out,
                         .edits = { .arena = arena, .source = source } };
    *out = (struct calendar_merge){ .text = source->text };
    m.tree = read_tree(arena, source, diags);
    if (!m.tree)
        return err_set(err, ERR_PACK, "%s is not a calendar that can be read", source->path);
    if (!node_get(m.tree, "calendar"))
        return err_set(err, ERR_INPUT, "%s is no calendar: it does not say `calendar: NAME`",
                       source->path);
    enum err_code rc = plan(&m);
    if (rc)
        return rc;
    out->text = whole(&m);
    if (is_as_meant(&m))
        return ERR_NONE;
    err_set(err, ERR_INPUT, "%s is written in a way that cannot be changed safely", source->path);
    err_hint(err, "write one entry a line, `autumn 2026: {from: 2026-09-03, to: 2026-12-18}`");
    return ERR_INPUT;
}
