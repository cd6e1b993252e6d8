/* SPDX-License-Identifier: MIT */
#include "rules/scenario.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "rules/keys.h"
#include <string.h>

struct telling {
    struct arena *arena;
    struct diags *diags;
    const struct model *model;
    const struct process *process;
    struct scenario *out;
};

/* --- names ----------------------------------------------------------------------------------- */

struct name_list {
    const char **at;
    size_t count, room;
};

enum naming {
    AN_EVENT, A_STATE, A_FIELD, A_CONSENT, AN_EXCUSE, A_ROLE, AN_ITEM, A_LIST, A_DEADLINE,
    ANYTHING,
};
static const struct { const char *code, *word; } namings[] = {
    [AN_EVENT] = { "R006", "event" },     [A_STATE] = { "R005", "state" },
    [A_FIELD] = { "R007", "field" },      [A_CONSENT] = { "R009", "consent" },
    [AN_EXCUSE] = { "R010", "excuse" },   [A_ROLE] = { "R008", "role" },
    [AN_ITEM] = { "R009", "item" },       [A_LIST] = { "R009", "checklist" },
    [A_DEADLINE] = { "S001", "deadline" },
};

#define ADD_NAMES(t, list, array, size)                                                           \
    for (size_t i_ = 0; i_ < (size); i_++)                                                        \
        *LIST_ADD((t)->arena, (list)) = (array)[i_].name

static void add_items(const struct telling *t, struct name_list *out)
{
    for (size_t i = 0; i < t->process->checklist_count; i++)
        for (size_t j = 0; j < t->process->checklists[i].item_count; j++)
            *LIST_ADD(t->arena, out) =
                arena_printf(t->arena, "%s.%s", t->process->checklists[i].name,
                             t->process->checklists[i].items[j].name);
}

static struct name_list names_for(const struct telling *t, enum naming naming)
{
    const struct process *p = t->process;
    struct name_list list = { NULL, 0, 0 };

    switch (naming) {
    case AN_EVENT: ADD_NAMES(t, &list, p->events, p->event_count); break;
    case A_STATE: ADD_NAMES(t, &list, p->states, p->state_count); break;
    case A_FIELD: ADD_NAMES(t, &list, p->fields, p->field_count); break;
    case A_CONSENT: ADD_NAMES(t, &list, p->consents, p->consent_count); break;
    case AN_EXCUSE: ADD_NAMES(t, &list, p->excuses, p->excuse_count); break;
    case A_ROLE: ADD_NAMES(t, &list, t->model->roles, t->model->role_count); break;
    case AN_ITEM: add_items(t, &list); break;
    case A_LIST: ADD_NAMES(t, &list, p->checklists, p->checklist_count); break;
    case A_DEADLINE: ADD_NAMES(t, &list, p->deadlines, p->deadline_count); break;
    case ANYTHING: break;
    }
    return list;
}

/* An item that is added to a list that takes more. */
static bool is_added(const struct telling *t, const char *name)
{
    const char *item;
    const struct checklist *list = process_list_of(t->process, name, &item);

    return list && list->more;
}

/* Gives `name` back; says so when nothing is called that. */
static const char *want(struct telling *t, struct span span, const char *name, enum naming naming)
{
    struct name_list known = names_for(t, naming);
    /* An earlier round of a deadline is "review#2". */
    const char *plain =
        naming == A_DEADLINE ? arena_text_n(t->arena, name, strcspn(name, "#")) : name;

    if (naming == ANYTHING || text_in(plain, known.at, known.count))
        return name;
    if ((naming == AN_ITEM || naming == A_DEADLINE) && is_added(t, plain))
        return name;
    struct diag *d = diag_error(t->diags, namings[naming].code, span, "'%s' has no %s '%s'",
                                t->process->name, namings[naming].word, name);
    diag_one_of(t->diags, d, plain, known.at, known.count, "there are these:");
    return name;
}

static const char *want_key(struct telling *t, const struct node *map, const char *key,
                            enum naming naming)
{
    const struct node *node = node_get(map, key);

    return node ? want(t, node->span, node->text, naming) : NULL;
}

/* --- pairs ----------------------------------------------------------------------------------- */

/* A map of names to values. */
static struct pairs pairs_of(struct telling *t, const struct node *map, const char *key,
                             enum naming naming)
{
    const struct node *node = node_get(map, key);
    struct pairs pairs = { NULL, 0, 0 };

    for (const struct node *n = node ? node->first : NULL; n; n = n->next)
        *LIST_ADD(t->arena, &pairs) = (struct pair){
            want(t, n->key_span, n->key, naming), node_json(t->arena, n, false), n->span,
        };
    return pairs;
}

/* A name or a list of names. */
static struct pairs names_of(struct telling *t, const struct node *map, const char *key,
                             enum naming naming)
{
    const struct node *node = node_get(map, key);
    struct pairs pairs = { NULL, 0, 0 };

    if (node && node->kind == NODE_TEXT)
        *LIST_ADD(t->arena, &pairs) =
            (struct pair){ want(t, node->span, node->text, naming), NULL, node->span };
    for (const struct node *n = node && node->kind == NODE_LIST ? node->first : NULL; n;
         n = n->next)
        *LIST_ADD(t->arena, &pairs) =
            (struct pair){ want(t, n->span, n->text, naming), NULL, n->span };
    return pairs;
}

static void not_among(struct telling *t, struct span span, const char *word, const char *words)
{
    struct diag *d = diag_error(t->diags, "S001", span, "'%s' is no answer here", word);
    struct buf buf = buf_in(t->arena);

    for (const char *c = words; *c; c++)
        if (*c != '|')
            buf_char(&buf, *c);
        else
            buf_add(&buf, strchr(c + 1, '|') ? ", " : " or ");
    diag_hint(t->diags, d, "write %s", buf_text(&buf));
}

/* Each value must be one of `words` ("given|refused"); of each person where several answer. */
static struct pairs answers_of(struct telling *t, const struct node *map, const char *key,
                               const char *words)
{
    struct pairs pairs = pairs_of(t, map, key, A_CONSENT);

    for (size_t i = 0; i < pairs.count; i++) {
        const struct json *value = pairs.at[i].value;
        const struct json *one = value->kind == JSON_MAP ? value->first : value;
        for (; one; one = value->kind == JSON_MAP ? one->next : NULL)
            if (one->kind != JSON_TEXT || !word_among(words, one->text))
                not_among(t, pairs.at[i].span, one->kind == JSON_TEXT ? one->text : "that",
                          words);
    }
    return pairs;
}

/* Each value must be a date, or `none`. */
static struct pairs dates_of(struct telling *t, const struct node *map, const char *key)
{
    struct pairs pairs = pairs_of(t, map, key, A_DEADLINE);
    char why[256];
    day date;

    for (size_t i = 0; i < pairs.count; i++) {
        const char *text = pairs.at[i].value->text;
        if (!strcmp(text, "none") || day_parse(text, &date))
            continue;
        day_parse_why(text, why, sizeof why);
        diag_error(t->diags, "S001", pairs.at[i].span, "%s", why);
    }
    return pairs;
}

/* --- what must be true ----------------------------------------------------------------------- */

static void read_sets(struct telling *t, const struct node *node, struct expectation *out)
{
    const struct { const char *key; bool *has; struct pairs *into; } sets[] = {
        { "overdue", &out->has_overdue, &out->overdue },
        { "met", &out->has_met, &out->met },
        { "missed", &out->has_missed, &out->missed },
        { "excused", &out->has_excused, &out->excused },
        { "extended", &out->has_extended, &out->extended },
        { "cancelled", &out->has_cancelled, &out->cancelled },
        { "running", &out->has_running, &out->running },
        { "provisional", &out->has_provisional, &out->provisional },
    };

    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        *sets[i].has = node_get(node, sets[i].key) != NULL;
        *sets[i].into = names_of(t, node, sets[i].key, A_DEADLINE);
    }
}

static void read_sent(struct telling *t, const struct node *list, struct sent_list *out)
{
    for (const struct node *n = list ? list->first : NULL; n; n = n->next) {
        const struct node *about = node_get(n, "about");
        struct sent *sent = LIST_ADD(t->arena, out);
        sent->to = want_key(t, n, "to", A_ROLE);
        sent->about = about ? about->text : NULL;
        sent->by = node_get(n, "by") ? node_get(n, "by")->text : NULL;
        sent->span = n->span;
    }
}

static void read_opened(struct telling *t, const struct node *list, struct expectation *out)
{
    for (const struct node *n = list ? list->first : NULL; n; n = n->next) {
        const struct node *process = node_get(n, "process");
        struct opened *opened = LIST_ADD(t->arena, &out->opened);
        opened->process = process->text;
        opened->fields = pairs_of(t, n, "fields", ANYTHING);
        opened->span = n->span;
        if (!model_process(t->model, process->text))
            diag_error(t->diags, "R011", process->span, "there is no process '%s'", process->text);
    }
}

static void read_signalled(struct telling *t, const struct node *list, struct expectation *out)
{
    for (const struct node *n = list ? list->first : NULL; n; n = n->next) {
        const struct node *event = node_get(n, "event"), *to = node_get(n, "to");
        bool found = false;
        for (size_t i = 0; event && i < t->model->process_count; i++)
            found = found || process_event_any(&t->model->processes[i], event->text);
        if (event && !found)
            diag_error(t->diags, "R006", event->span, "no process has an event '%s'", event->text);
        *LIST_ADD(t->arena, &out->signalled) = (struct signalled){
            .event = event ? event->text : "", .to = to ? to->text : NULL, .span = n->span,
        };
    }
}

/* Rows for fields of `type: cases`. */
static struct pairs cases_of(struct telling *t, const struct node *map)
{
    struct pairs pairs = pairs_of(t, map, "cases", A_FIELD);

    for (size_t i = 0; i < pairs.count; i++) {
        const struct field *field = process_field(t->process, pairs.at[i].name);
        if (field && !field->cases)
            diag_error(t->diags, "S001", pairs.at[i].span, "'%s' holds no cases: give it in `%s`",
                       field->name, node_get(map, "scenario") ? "fields" : "with");
    }
    return pairs;
}

static int count_of(const struct node *map, const char *key)
{
    const struct node *node = node_get(map, key);
    int64_t count;

    return node && text_int(node->text, &count) ? (int)count : -1;
}

static day date_of(const struct node *map, const char *key)
{
    const struct node *node = node_get(map, key);
    day date;

    return node && day_parse(node->text, &date) ? date : DAY_NONE;
}

static void read_paused(struct telling *t, const struct node *map, struct expectation *out)
{
    out->has_paused = map != NULL;
    for (const struct node *n = map ? map->first : NULL; n; n = n->next)
        *LIST_ADD(t->arena, &out->paused) = (struct standing){
            .clock = want(t, n->key_span, n->key, A_DEADLINE),
            .used = count_of(n, "used"),
            .left = count_of(n, "left"),
            .since = date_of(n, "since"),
            .earliest = date_of(n, "earliest"),
            .span = n->key_span,
        };
}

/* Each value is a ground of the process. */
static struct pairs grounds_of(struct telling *t, const struct node *map, const char *key,
                               bool or_none)
{
    struct pairs pairs = pairs_of(t, map, key, A_DEADLINE);

    for (size_t i = 0; i < pairs.count; i++)
        if (!or_none || strcmp(pairs.at[i].value->text, "none") != 0)
            want(t, pairs.at[i].span, pairs.at[i].value->text, AN_EXCUSE);
    return pairs;
}

static struct expectation *read_expect(struct telling *t, const struct node *node)
{
    struct expectation *out = ARENA_NEW(t->arena, struct expectation);
    const struct node *open = node_get(node, "open");
    bool yes;

    out->span = node_place(node);
    out->state = want_key(t, node, "state", A_STATE);
    if (open && yes_no_read(open, &yes))
        out->open = yes ? "yes" : "no";
    out->fields = pairs_of(t, node, "fields", A_FIELD);
    out->proposed = pairs_of(t, node, "proposed", A_FIELD);
    out->due = dates_of(t, node, "due");
    out->law = dates_of(t, node, "law");
    out->do_by = dates_of(t, node, "do_by");
    out->consents =
        answers_of(t, node, "consents", "given|asked|refused|withdrawn|lapsed|discuss|none");
    out->missed_for = grounds_of(t, node, "missed_for", true);
    read_paused(t, node_get(node, "paused"), out);
    read_sets(t, node, out);
    read_sent(t, node_get(node, "sent"), &out->sent);
    read_sent(t, node_get(node, "not_sent"), &out->not_sent);
    read_opened(t, node_get(node, "opened"), out);
    out->has_opened = node_get(node, "opened") != NULL;
    read_signalled(t, node_get(node, "signalled"), out);
    return out;
}

/* --- steps ----------------------------------------------------------------------------------- */

static bool read_when(struct telling *t, const struct node *node, day before,
                      struct scenario_step *out)
{
    const struct node *date = node_get(node, "date"), *until = node_get(node, "until");
    const struct node *at = node_get(node, "at"), *happened = node_get(node, "happened");
    char text[DAY_TEXT_MAX];

    if (!date == !until) {
        diag_error(t->diags, "S001", node->span, "a step needs either 'date' or 'until'");
        return false;
    }
    out->until = until != NULL;
    out->minute = -1;
    if (at)
        (void)minute_parse(at->text, &out->minute); /* Said by keys_check. */
    out->happened = DAY_NONE;
    if (happened && day_parse(happened->text, &out->happened) && date &&
        day_parse(date->text, &out->date) && out->happened > out->date)
        diag_error(t->diags, "S001", happened->span, "it happened after the day of the step");
    if (!day_parse((date ? date : until)->text, &out->date))
        return false; /* Said by keys_check. */
    if (before != DAY_NONE && out->date < before)
        diag_error(t->diags, "S001", (date ? date : until)->span,
                   "the step is earlier than %s before it", day_iso(before, text));
    return true;
}

/* The end of a day is only looked at. */
static void check_until(struct telling *t, const struct node *node,
                        const struct scenario_step *step)
{
    for (const struct node *n = node->first; step->until && n; n = n->next)
        if (!word_among("until|at|expect", n->key))
            diag_error(t->diags, "S001", n->key_span,
                       "'%s' needs a 'date': 'until' only lets time pass", n->key);
}

static void read_extend(struct telling *t, const struct node *map, struct scenario_step *out)
{
    for (const struct node *n = map ? map->first : NULL; n; n = n->next)
        *LIST_ADD(t->arena, &out->extend) = (struct extending){
            .clock = want(t, n->key_span, n->key, A_DEADLINE),
            .ground = want_key(t, n, "ground", AN_EXCUSE),
            .to = node_get(n, "to")->text,
            .span = n->key_span,
        };
}

static void read_step(struct telling *t, const struct node *node, struct scenario_step *out)
{
    const struct node *refused = node_get(node, "refused"), *expect = node_get(node, "expect");
    const struct node *with = node_get(node, "with"), *file = node_get(node, "file");

    out->span = node->span;
    out->asked = names_of(t, node, "asked", AN_ITEM);
    out->done = names_of(t, node, "done", AN_ITEM);
    out->undone = names_of(t, node, "undone", AN_ITEM);
    out->na = pairs_of(t, node, "na", AN_ITEM);
    out->consent = answers_of(t, node, "consent", "given|refused|withdrawn|discuss");
    out->excuse = grounds_of(t, node, "excuse", false);
    out->late = grounds_of(t, node, "late", false);
    read_extend(t, node_get(node, "extend"), out);
    out->name = pairs_of(t, node, "name", A_ROLE);
    out->posted = names_of(t, node, "posted", ANYTHING);
    out->event = want_key(t, node, "do", AN_EVENT);
    out->signal = want_key(t, node, "signal", AN_EVENT);
    out->as = want_key(t, node, "as", A_ROLE);
    out->with = pairs_of(t, node, "with", A_FIELD);
    out->cases = cases_of(t, node);
    out->add = pairs_of(t, node, "add", A_LIST);
    out->file = file ? file->text : NULL;
    out->refused = refused ? refused->text : NULL;
    if (with && !out->event && !out->signal)
        diag_error(t->diags, "S001", with->key_span, "'with' needs 'do' or 'signal'");
    if (expect)
        out->expect = read_expect(t, expect);
    check_until(t, node, out);
}

/* --- the whole ------------------------------------------------------------------------------- */

static void read_story(struct telling *t, const struct node *tree)
{
    struct scenario *out = t->out;
    const struct node *steps = node_get(tree, "steps"), *school = node_get(tree, "school");
    day before = DAY_NONE;

    out->title = node_get(tree, "scenario")->text;
    out->as = want_key(t, tree, "as", A_ROLE);
    out->fields = pairs_of(t, tree, "fields", A_FIELD);
    out->cases = cases_of(t, tree);
    if (school && !urn_read(school->text, &out->school)) {
        struct diag *d = diag_error(t->diags, "S001", school->span,
                                    "'%s' is not the number (URN) of a school", school->text);
        diag_hint(t->diags, d, "write six digits, for example school: 900001");
    }
    if (day_parse(node_get(tree, "opened")->text, &out->opened))
        before = out->opened;
    for (const struct node *n = steps->first; n; n = n->next) {
        struct scenario_step step = { 0 };
        read_step(t, n, &step);
        if (!read_when(t, n, before, &step))
            continue;
        before = step.date;
        *LIST_ADD(t->arena, &out->steps) = step;
    }
}

struct scenario *scenario_read(struct arena *arena, const struct source *source,
                               const struct model *model, struct diags *diags)
{
    struct telling t = { .arena = arena, .diags = diags, .model = model };
    size_t before = diags->errors;
    struct node *tree = yaml_read(arena, source, diags);

    /* A tree with errors may have lost the values they are about. */
    if (!tree || diags->errors > before || !keys_check(arena, tree, OWNER_SCENARIO, diags) ||
        !keys_require(tree, OWNER_SCENARIO, diags))
        return NULL;
    const struct node *process = node_get(tree, "process");
    t.process = model_process(model, process->text);
    if (!t.process) {
        diag_error(diags, "R011", process->span, "there is no process '%s'", process->text);
        return NULL;
    }
    t.out = ARENA_NEW(arena, struct scenario);
    t.out->source = source;
    t.out->process = t.process->name;
    read_story(&t, tree);
    return diags->errors > before ? NULL : t.out;
}
