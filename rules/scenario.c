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

typedef bool known_fn(const struct telling *t, const char *name);

static bool is_event(const struct telling *t, const char *name)
{
    return process_event_any(t->process, name) != NULL;
}
static bool is_state(const struct telling *t, const char *name)
{
    return process_state(t->process, name) != NULL;
}
static bool is_field(const struct telling *t, const char *name)
{
    return process_field(t->process, name) != NULL;
}
static bool is_consent(const struct telling *t, const char *name)
{
    return process_consent(t->process, name) != NULL;
}
static bool is_excuse(const struct telling *t, const char *name)
{
    return process_excuse(t->process, name) != NULL;
}
static bool is_role(const struct telling *t, const char *name)
{
    return model_role(t->model, name) != NULL;
}

/* LIST.ITEM; also one that is added to a list that takes more. */
static bool is_item(const struct telling *t, const char *name)
{
    const char *dot = strchr(name, '.');
    const struct checklist *list =
        dot ? process_checklist(t->process, arena_text_n(t->arena, name, (size_t)(dot - name))) : NULL;

    return list && (list->more || checklist_item(list, dot + 1));
}

/* A deadline, or an earlier round of one: "review#2". */
static bool is_deadline(const struct telling *t, const char *name)
{
    const char *plain = arena_text_n(t->arena, name, strcspn(name, "#"));

    return process_deadline(t->process, plain) || is_item(t, plain);
}

/* What is asked of a name: the words, and the code when nothing is called that. */
struct naming {
    known_fn *known;
    const char *code, *what;
};
static const struct naming an_event = { is_event, "R006", "event" };
static const struct naming a_state = { is_state, "R005", "state" };
static const struct naming a_field = { is_field, "R007", "field" };
static const struct naming a_consent = { is_consent, "R009", "consent" };
static const struct naming an_item = { is_item, "R009", "item" };
static const struct naming an_excuse = { is_excuse, "R010", "excuse" };
static const struct naming a_role = { is_role, "R008", "role" };
static const struct naming a_deadline = { is_deadline, "S001", "deadline" };

static const char *want(struct telling *t, struct span span, const char *name, const struct naming *naming)
{
    if (!naming->known(t, name))
        diag_error(t->diags, naming->code, span, "'%s' has no %s '%s'", t->process->name, naming->what, name);
    return name;
}

static const char *want_key(struct telling *t, const struct node *map, const char *key,
                            const struct naming *naming)
{
    const struct node *node = node_get(map, key);

    return node ? want(t, node->span, node->text, naming) : NULL;
}

/* --- pairs ----------------------------------------------------------------------------------- */

static struct json *json_of(struct telling *t, const struct node *node)
{
    if (node->kind == NODE_TEXT)
        return json_new_text(t->arena, node->text);

    struct json *json = json_new(t->arena, node->kind == NODE_LIST ? JSON_LIST : JSON_MAP);
    for (const struct node *n = node->first; n; n = n->next)
        if (node->kind == NODE_LIST)
            json_add(json, json_of(t, n));
        else
            json_put(t->arena, json, n->key, json_of(t, n));
    return json;
}

/* A map of names to values. */
static struct pairs pairs_of(struct telling *t, const struct node *map, const char *key,
                             const struct naming *naming)
{
    const struct node *node = node_get(map, key);
    struct pairs pairs = { NULL, 0, 0 };

    for (const struct node *n = node ? node->first : NULL; n; n = n->next)
        *LIST_ADD(t->arena, &pairs) = (struct pair){
            naming ? want(t, n->key_span, n->key, naming) : n->key, json_of(t, n), n->span,
        };
    return pairs;
}

/* A name or a list of names. */
static struct pairs names_of(struct telling *t, const struct node *map, const char *key,
                             const struct naming *naming)
{
    const struct node *node = node_get(map, key);
    struct pairs pairs = { NULL, 0, 0 };

    if (node && node->kind == NODE_TEXT)
        *LIST_ADD(t->arena, &pairs) =
            (struct pair){ want(t, node->span, node->text, naming), NULL, node->span };
    for (const struct node *n = node && node->kind == NODE_LIST ? node->first : NULL; n; n = n->next)
        *LIST_ADD(t->arena, &pairs) = (struct pair){ want(t, n->span, n->text, naming), NULL, n->span };
    return pairs;
}

/* Each value must be one of `words` ("given|refused"). */
static struct pairs words_of(struct telling *t, const struct node *map, const char *key,
                             const struct naming *naming, const char *words)
{
    struct pairs pairs = pairs_of(t, map, key, naming);

    for (size_t i = 0; i < pairs.count; i++) {
        const char *word = pairs.at[i].value->text;
        const char *at = strstr(words, word);
        size_t len = strlen(word);
        if (!at || (at != words && at[-1] != '|') || (at[len] != '|' && at[len]))
            diag_error(t->diags, "S001", pairs.at[i].span, "'%s' is none of %s", word, words);
    }
    return pairs;
}

/* Each value must be a date, or `none`. */
static struct pairs dates_of(struct telling *t, const struct node *map, const char *key)
{
    struct pairs pairs = pairs_of(t, map, key, &a_deadline);
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
        { "cancelled", &out->has_cancelled, &out->cancelled },
        { "running", &out->has_running, &out->running },
        { "provisional", &out->has_provisional, &out->provisional },
    };

    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        *sets[i].has = node_get(node, sets[i].key) != NULL;
        *sets[i].into = names_of(t, node, sets[i].key, &a_deadline);
    }
}

static void read_sent(struct telling *t, const struct node *list, __typeof__(((struct expectation *)0)->sent) *out)
{
    for (const struct node *n = list ? list->first : NULL; n; n = n->next) {
        const struct node *about = node_get(n, "about");
        __typeof__(out->at) sent = LIST_ADD(t->arena, out);
        sent->to = want_key(t, n, "to", &a_role);
        sent->about = about ? about->text : NULL;
        sent->span = n->span;
    }
}

static void read_opened(struct telling *t, const struct node *list, struct expectation *out)
{
    for (const struct node *n = list ? list->first : NULL; n; n = n->next) {
        const struct node *process = node_get(n, "process");
        __typeof__(out->opened.at) opened = LIST_ADD(t->arena, &out->opened);
        opened->process = process->text;
        opened->fields = pairs_of(t, n, "fields", NULL);
        opened->span = n->span;
        if (!model_process(t->model, process->text))
            diag_error(t->diags, "R011", process->span, "there is no process '%s'", process->text);
    }
}

static struct expectation *read_expect(struct telling *t, const struct node *node)
{
    struct expectation *out = ARENA_NEW(t->arena, struct expectation);
    const struct node *open = node_get(node, "open");
    bool yes;

    out->span = node_place(node);
    out->state = want_key(t, node, "state", &a_state);
    if (open && yes_no_read(open, &yes))
        out->open = yes ? "yes" : "no";
    out->fields = pairs_of(t, node, "fields", &a_field);
    out->proposed = pairs_of(t, node, "proposed", &a_field);
    out->due = dates_of(t, node, "due");
    out->law = dates_of(t, node, "law");
    out->do_by = dates_of(t, node, "do_by");
    out->consents = words_of(t, node, "consents", &a_consent, "given|asked|refused|withdrawn|lapsed|none");
    read_sets(t, node, out);
    read_sent(t, node_get(node, "sent"), &out->sent);
    read_sent(t, node_get(node, "not_sent"), &out->not_sent);
    read_opened(t, node_get(node, "opened"), out);
    return out;
}

/* --- steps ----------------------------------------------------------------------------------- */

static bool read_when(struct telling *t, const struct node *node, day before, struct scenario_step *out)
{
    const struct node *date = node_get(node, "date"), *until = node_get(node, "until");
    char text[DAY_TEXT_MAX];

    if (!date == !until) {
        diag_error(t->diags, "S001", node->span, "a step needs either 'date' or 'until'");
        return false;
    }
    out->until = until != NULL;
    if (!day_parse((date ? date : until)->text, &out->date))
        return false; /* Said by keys_check. */
    if (before != DAY_NONE && out->date < before)
        diag_error(t->diags, "S001", (date ? date : until)->span, "the step is earlier than %s before it",
                   day_iso(before, text));
    return true;
}

/* The end of a day is only looked at. */
static void check_until(struct telling *t, const struct node *node, const struct scenario_step *step)
{
    for (const struct node *n = node->first; step->until && n; n = n->next)
        if (strcmp(n->key, "until") != 0 && strcmp(n->key, "expect") != 0)
            diag_error(t->diags, "S001", n->key_span, "'%s' needs a 'date': 'until' only lets time pass",
                       n->key);
}

static void read_step(struct telling *t, const struct node *node, struct scenario_step *out)
{
    const struct node *refused = node_get(node, "refused"), *expect = node_get(node, "expect");
    const struct node *with = node_get(node, "with");

    out->span = node->span;
    out->asked = names_of(t, node, "asked", &an_item);
    out->done = names_of(t, node, "done", &an_item);
    out->undone = names_of(t, node, "undone", &an_item);
    out->na = pairs_of(t, node, "na", &an_item);
    out->consent = words_of(t, node, "consent", &a_consent, "given|refused|withdrawn|discuss");
    out->excuse = pairs_of(t, node, "excuse", &a_deadline);
    for (size_t i = 0; i < out->excuse.count; i++)
        want(t, out->excuse.at[i].span, out->excuse.at[i].value->text, &an_excuse);
    out->name = pairs_of(t, node, "name", &a_role);
    out->event = want_key(t, node, "do", &an_event);
    out->signal = want_key(t, node, "signal", &an_event);
    out->as = want_key(t, node, "as", &a_role);
    out->with = pairs_of(t, node, "with", &a_field);
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
    const struct node *steps = node_get(tree, "steps");
    day before = DAY_NONE;

    out->title = node_get(tree, "scenario")->text;
    out->as = want_key(t, tree, "as", &a_role);
    out->fields = pairs_of(t, tree, "fields", &a_field);
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

    if (!tree || !keys_check(arena, tree, OWNER_SCENARIO, diags) ||
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
