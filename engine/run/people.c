/* SPDX-License-Identifier: MIT */
#include "engine/run/people.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/run/csv.h"
#include "engine/run/weekdays.h"
#include "store/packs.h"
#include "store/people.h"

#include <string.h>

enum { NAME_BYTES_MAX = 200, PREFERENCES_AT = 4, COLUMNS_MAX = 7 };

struct import {
    struct world *world;
    struct arena *arena;
    struct csv csv;
    void *self;
    void (*wrong)(void *self, int line, const char *text);
    size_t bad;
    size_t width;             /* Cells of the first line. */
    bool emptied;             /* The desks were. */
    bool only_look;           /* The first pass: are all rows good? */
    struct import_figures *figures;
};

static void complain(struct import *in, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void complain(struct import *in, const char *format, ...)
{
    struct buf text = buf_in(in->arena);
    va_list args;
    va_start(args, format);
    buf_vprintf(&text, format, args);
    va_end(args);
    in->bad++;
    in->wrong(in->self, in->csv.line, buf_text(&text));
}

/* The header names the columns, in any order; the first `needed` must be there. */
static enum err_code read_header(struct import *in, const char *const *wanted, size_t count,
                                 size_t needed, size_t *columns, struct err *err)
{
    enum err_code rc = csv_row(&in->csv, err);
    if (rc == ERR_UNKNOWN)
        return err_set(err, ERR_INPUT, "the file is empty");
    if (rc)
        return rc;
    in->width = in->csv.count;
    for (size_t w = 0; w < count; w++) {
        columns[w] = SIZE_MAX;
        for (size_t c = 0; c < in->csv.count; c++) {
            if (strcmp(in->csv.cells[c], wanted[w]) != 0)
                continue;
            if (columns[w] != SIZE_MAX)
                return err_set(err, ERR_INPUT, "the first line has the column '%s' twice",
                               wanted[w]);
            columns[w] = c;
        }
        if (columns[w] == SIZE_MAX && w < needed)
            return err_set(err, ERR_INPUT, "the first line lacks the column '%s'", wanted[w]);
    }
    return ERR_NONE;
}

static const char *cell(const struct import *in, size_t column)
{
    return column < in->csv.count ? in->csv.cells[column] : "";
}

static bool urn_parse(const char *text, int64_t *urn)
{
    return text_int(text, urn) && *urn >= 100000 && *urn <= 999999;
}

static bool email_plausible(const char *email)
{
    const char *at = strchr(email, '@');
    size_t len = strlen(email);
    return at && at != email && at[1] != '.' && strchr(at, '.') && email[len - 1] != '.' &&
           !strchr(at + 1, '@') && !strpbrk(email, " <>,;\"") && len <= 254;
}

/* What would end a line of a message or of a terminal. */
static bool has_control(const char *text)
{
    for (const unsigned char *c = (const unsigned char *)text; *c; c++)
        if (*c < 0x20 || *c == 0x7f || (*c == 0xc2 && c[1] < 0xa0))
            return true;
    return false;
}

/* A comma too many shifts all cells behind it, unseen. */
static bool row_sound(struct import *in)
{
    for (size_t i = 0; i < in->csv.count; i++) {
        if (i >= in->width && *in->csv.cells[i]) {
            complain(in,
                     "%zu cells, where the first line has %zu: a cell with a comma wants quotes",
                     in->csv.count, in->width);
            return false;
        }
        if (has_control(in->csv.cells[i])) {
            complain(in, "a control character, such as a line break, within a cell");
            return false;
        }
    }
    return true;
}

typedef enum err_code row_fn(struct import *in, const size_t *columns, struct err *err);

static enum err_code each_row(struct import *in, row_fn *row, const size_t *columns,
                              struct err *err)
{
    for (;;) {
        enum err_code rc = csv_row(&in->csv, err);
        if (rc == ERR_UNKNOWN)
            return ERR_NONE;
        if (!rc && row_sound(in))
            rc = row(in, columns, err);
        if (rc)
            return rc;
        in->figures->rows += !in->only_look;
    }
}

/* All rows are looked at before the first is written. */
static enum err_code whole_or_nothing(struct import *in, row_fn *row, const size_t *columns,
                                      struct err *err)
{
    const struct csv first = in->csv;
    in->only_look = true;
    enum err_code rc = each_row(in, row, columns, err);
    if (!rc && in->bad)
        rc = err_set(err, ERR_INPUT, "%s: nothing was imported",
                     text_count(in->arena, (int64_t)in->bad, "bad row", "bad rows"));
    if (rc)
        return rc;
    in->only_look = false;
    in->csv = first;
    return each_row(in, row, columns, err);
}

static enum err_code school_row(struct import *in, const size_t *columns, struct err *err)
{
    struct school_row school = { .name = cell(in, columns[1]), .phase = cell(in, columns[2]) };
    bool is_new;
    if (!urn_parse(cell(in, columns[0]), &school.urn)) {
        complain(in, "'%s' is not a URN: six digits", cell(in, columns[0]));
        return ERR_NONE;
    }
    if (!*school.name) {
        complain(in, "the school's name is missing");
        return ERR_NONE;
    }
    if (in->only_look)
        return ERR_NONE;
    enum err_code rc = school_put(world_store(in->world), &school, &is_new, err);
    if (!rc) {
        in->figures->added += is_new;
        in->figures->changed += !is_new;
    }
    return rc;
}

enum err_code schools_import(struct world *world, const char *csv, size_t len, struct arena *arena,
                             void *self, void (*wrong)(void *self, int line, const char *text),
                             struct import_figures *out, struct err *err)
{
    static const char *const names[] = { "urn", "name", "phase" };
    struct import in = { .world = world, .arena = arena, .self = self, .wrong = wrong,
                         .figures = out };
    size_t columns[3];
    *out = (struct import_figures){ 0 };
    enum err_code rc = csv_begin(&in.csv, arena, csv, len, err);
    if (!rc)
        rc = read_header(&in, names, 3, 3, columns, err);
    return rc ? rc : whole_or_nothing(&in, school_row, columns, err);
}

/* A role that some pack in use knows. */
static const struct role *find_role(struct world *world, const char *name, const char **near,
                                    struct arena *arena)
{
    struct in_use_row *rows;
    size_t count;
    struct { const char **at; size_t count, room; } names = { 0 };
    *near = NULL;
    /* The far future: versions published ahead count too. */
    if (in_use_all(world_store(world), INT32_MAX, arena, &rows, &count, NULL))
        return NULL;
    for (size_t i = 0; i < count; i++) {
        const struct ruleset *set;
        if (world_ruleset_read(world, &rows[i], &set, NULL))
            continue;
        const struct model *model = set->rules->pack->model;
        const struct role *role = model_role(model, name);
        if (role)
            return role;
        for (size_t r = 0; r < model->role_count; r++)
            *LIST_ADD(arena, &names) = model->roles[r].name;
    }
    *near = text_nearest(name, names.at, names.count);
    return NULL;
}

/* The URN of a row, 0 for the authority's. False: complained. */
static bool row_school(struct import *in, const char *text, const struct role *role, int64_t *urn)
{
    struct school_row school;
    *urn = 0;
    if (*text && (!urn_parse(text, urn) ||
                  school_get(world_store(in->world), *urn, in->arena, &school, NULL))) {
        complain(in, "there is no school with URN '%s': import schools first", text);
        return false;
    }
    if (role->of == ROLE_SCHOOL && !*urn) {
        complain(in, "%s is a role of a school: give its URN", role->title);
        return false;
    }
    if (role->of != ROLE_SCHOOL && *urn) {
        complain(in, "%s is not a role of a school: leave the school empty", role->title);
        return false;
    }
    return true;
}

/* What the row says of the person's weekdays, over what is known; an empty cell says nothing. */
static bool row_weekdays(struct import *in, const size_t *columns, struct person_row *person)
{
    static const char *const names[] = { "reminders", "on", "days" };
    struct err err = { 0 };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = cell(in, columns[PREFERENCES_AT + i]);
        if (!*value || !weekdays_prefer(person, names[i], value, &err))
            continue;
        complain(in, "%s", err.text);
        return false;
    }
    return true;
}

static enum err_code keep_weekdays(struct import *in, const size_t *columns, int64_t id,
                                   struct err *err)
{
    struct person_row person;
    enum err_code rc = person_get(world_store(in->world), id, in->arena, &person, err);
    if (rc || !row_weekdays(in, columns, &person))
        return rc;
    return person_prefer(world_store(in->world), id, person.told_on, person.works_on, err);
}

static enum err_code person_row(struct import *in, const size_t *columns, struct err *err)
{
    const char *name = cell(in, columns[0]), *email = cell(in, columns[1]);
    const char *role_name = cell(in, columns[2]), *near;
    int64_t urn, person, desk;
    bool is_new;
    enum err_code rc = ERR_NONE;
    if (!*name || strlen(name) > NAME_BYTES_MAX) {
        complain(in, *name ? "the name is too long" : "the name is missing");
        return ERR_NONE;
    }
    if (!email_plausible(email)) {
        complain(in, "'%s' is not an e-mail address", email);
        return ERR_NONE;
    }
    const struct role *role = find_role(in->world, role_name, &near, in->arena);
    if (!role) {
        complain(in, near ? "there is no role '%s': did you mean '%s'?"
                          : "there is no role '%s' in a published pack", role_name, near);
        return ERR_NONE;
    }
    struct person_row any = { .told_on = WEEKDAYS_ALL, .works_on = WEEKDAYS_ALL };
    if (!row_school(in, cell(in, columns[3]), role, &urn) || !row_weekdays(in, columns, &any) ||
        in->only_look)
        return ERR_NONE;
    if (!in->emptied) /* The file says who works where now. */
        rc = sits_clear(world_store(in->world), err);
    in->emptied = true;
    if (!rc)
        rc = person_put(world_store(in->world), email, name, &person, &is_new, err);
    if (!rc)
        rc = keep_weekdays(in, columns, person, err);
    if (!rc)
        rc = desk_find(world_store(in->world), role->name, urn, 0, &desk, err);
    /* A role that is named case by case has no common desk; the person can then be named. */
    if (!rc && role->of != ROLE_CASE)
        rc = sits_put(world_store(in->world), person, desk, err);
    if (!rc) {
        in->figures->added += is_new;
        in->figures->changed += !is_new;
    }
    return rc;
}

enum err_code people_import(struct world *world, const char *csv, size_t len, struct arena *arena,
                            void *self, void (*wrong)(void *self, int line, const char *text),
                            struct import_figures *out, struct err *err)
{
    static const char *const names[] = { "name", "email",     "role", "school",
                                         "reminders", "on", "days" };
    struct import in = { .world = world, .arena = arena, .self = self, .wrong = wrong,
                         .figures = out };
    size_t columns[COLUMNS_MAX];
    *out = (struct import_figures){ 0 };
    enum err_code rc = csv_begin(&in.csv, arena, csv, len, err);
    if (!rc)
        rc = read_header(&in, names, COLUMNS_MAX, 4, columns, err);
    return rc ? rc : whole_or_nothing(&in, person_row, columns, err);
}

enum err_code people_prefer(struct world *world, const char *email, const char *const *words,
                            size_t count, struct arena *arena, struct person_row *out,
                            struct err *err)
{
    enum err_code rc = person_by_email(world_store(world), email, arena, out, err);
    for (size_t i = 0; !rc && i < count; i++) {
        const char *equals = strchr(words[i], '=');
        if (!equals)
            return err_set(err, ERR_USAGE, "'%s' is not a preference: write reminders=weekly, "
                           "on=Monday or days=Mon-Wed", words[i]);
        rc = weekdays_prefer(out, arena_text_n(arena, words[i], (size_t)(equals - words[i])),
                             equals + 1, err);
    }
    return rc ? rc : person_prefer(world_store(world), out->id, out->told_on, out->works_on, err);
}

enum err_code people_add(struct world *world, const char *email, const char *name,
                         struct arena *arena, int64_t *person, struct err *err)
{
    struct person_row row;
    if (!email_plausible(email) || has_control(email))
        return err_set(err, ERR_INPUT, "'%s' is not an e-mail address", email);
    if (!*name || strlen(name) > NAME_BYTES_MAX || has_control(name))
        return err_set(err, ERR_INPUT, "a name has 1 to %d bytes and no control characters",
                       NAME_BYTES_MAX);
    enum err_code rc = person_by_email(world_store(world), email, arena, &row, err);
    *person = rc ? 0 : row.id;
    if (rc != ERR_UNKNOWN)
        return rc;
    return person_put(world_store(world), email, name, person, NULL, err);
}

struct held {
    struct arena *arena;
    const struct names *by;
    const struct casefile *file;
    const char *first, *fits;
};

static void see_desk(void *self, const struct desk_row *desk)
{
    struct held *held = self;
    bool here = !desk->school || !held->file || desk->school == held->file->school;
    if (!held->first)
        held->first = arena_text(held->arena, desk->role);
    if (!held->fits && here && held->by && names_have(held->by, desk->role))
        held->fits = arena_text(held->arena, desk->role);
}

/* The role a person acts in: one that may, if they hold it here; or one this case names them for.
 */
static enum err_code role_of_person(struct world *world, int64_t person, const struct names *by,
                                    const struct casefile *file, struct arena *arena,
                                    const char **role, struct err *err)
{
    struct held held = { .arena = arena, .by = by, .file = file };
    enum err_code rc = person_desks(world_store(world), person, arena, &held, see_desk, err);
    if (rc)
        return rc;
    for (size_t i = 0; file && !held.fits && i < file->in.parties.count; i++) {
        const struct party *party = &file->in.parties.at[i];
        if (party->person == person && (!by || names_have(by, party->name)))
            held.fits = party->name;
    }
    *role = held.fits ? held.fits : held.first ? held.first : "nobody";
    return ERR_NONE;
}

static enum err_code unknown_who(const struct model *model, const char *who, struct arena *arena,
                                 struct err *err)
{
    struct { const char **at; size_t count, room; } names = { 0 };
    for (size_t i = 0; i < model->role_count; i++)
        *LIST_ADD(arena, &names) = model->roles[i].name;
    const char *near = text_nearest(who, names.at, names.count);
    err_set(err, ERR_UNKNOWN, "'%s' is neither a role nor somebody's e-mail address", who);
    if (near)
        err_hint(err, "did you mean '%s'?", near);
    else
        err_hint(err, "people come in by: reeve people import FILE.csv");
    return ERR_UNKNOWN;
}

enum err_code people_who(struct world *world, const struct model *model, const char *who,
                         const struct names *by, const struct casefile *file, struct arena *arena,
                         struct event *event, struct err *err)
{
    struct person_row person;
    if (!who || !*who) {
        event->role = by && by->count ? by->at[0] : "operator";
        event->who_text = "operator";
        return ERR_NONE;
    }
    const struct role *role = model_role(model, who);
    if (role) {
        event->role = role->name;
        event->who_text = role->name;
        return ERR_NONE;
    }
    if (person_by_email(world_store(world), who, arena, &person, NULL))
        return unknown_who(model, who, arena, err);
    event->who = person.id;
    event->who_text = person.email;
    return role_of_person(world, person.id, by, file, arena, &event->role, err);
}
