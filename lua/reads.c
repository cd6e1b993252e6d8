/* SPDX-License-Identifier: MIT */
#include "lua/reads.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "lua/library.h"
#include "lua/state.h"
#include "lua/tokens.h"
#include <string.h>

enum { DEEP = 64 };

struct names_list {
    const char **at;
    size_t count, room;
};

/* One file. */
struct reading {
    const struct model *model;
    const struct host_module *module;
    struct diags *diags;
    struct arena *arena;
    struct tokens tokens;
    struct names_list made;        /* Names that something in the file makes. */
    const char *table;             /* What the file returns: "grounds". */
    /* The function at hand: its name and its word for the case, while inside. */
    const char *function, *word;
    int depth, function_depth;
};

static const struct token *peek(const struct reading *r, size_t i)
{
    return &r->tokens.at[i < r->tokens.count ? i : r->tokens.count - 1];
}

static bool known(const struct names_list *names, const char *name)
{
    return text_in(name, names->at, names->count);
}

/* --- what the file makes --------------------------------------------------------------------- */

/* Names from `i` on, separated by commas, each perhaps with <const>. */
static void make_names(struct reading *r, size_t i)
{
    while (peek(r, i)->kind == TOKEN_NAME && !token_keyword(peek(r, i))) {
        *LIST_ADD(r->arena, &r->made) = peek(r, i)->text;
        if (token_is(peek(r, i + 1), "<"))
            i += 3;
        if (!token_is(peek(r, i + 1), ","))
            return;
        i += 2;
    }
}

static void gather(struct reading *r)
{
    for (size_t i = 0; i < r->tokens.count; i++) {
        const struct token *token = peek(r, i);
        if (token_is(token, "local"))
            make_names(r, token_is(peek(r, i + 1), "function") ? i + 2 : i + 1);
        if (token_is(token, "for"))
            make_names(r, i + 1);
        if (token_is(token, "return") && peek(r, i + 2)->kind == TOKEN_END)
            r->table = peek(r, i + 1)->text;
        if (!token_is(token, "function"))
            continue;
        while (i < r->tokens.count && !token_is(peek(r, i), "("))
            i++;
        make_names(r, i + 1);
    }
}

/* --- whose functions ------------------------------------------------------------------------- */

/* Whether a condition of the process asks the function; NULL: any of the file. */
static bool asks(const struct reading *r, const struct process *process, const char *function)
{
    size_t len = strlen(r->module->name);

    for (size_t i = 0; i < r->model->condition_count; i++) {
        const struct condition *c = r->model->conditions[i];
        if (c->is_function && (!process || c->process == process) &&
            !strncmp(c->source, r->module->name, len) && c->source[len] == '.' &&
            (!function || !strcmp(c->source + len + 1, function)))
            return true;
    }
    return false;
}

/* --- names of the case ----------------------------------------------------------------------- */

/* A name after case., with what stands below it. */
struct chain {
    const struct token *at[4];     /* NAME or TEXT. */
    size_t count;
};

static struct chain chain_at(const struct reading *r, size_t i)
{
    struct chain chain = { .count = 0 };

    while (chain.count < 4) {
        if (token_is(peek(r, i), ".") && peek(r, i + 1)->kind == TOKEN_NAME) {
            chain.at[chain.count++] = peek(r, i + 1);
            i += 2;
        } else if (token_is(peek(r, i), "[") && peek(r, i + 1)->kind == TOKEN_TEXT &&
                   token_is(peek(r, i + 2), "]")) {
            chain.at[chain.count++] = peek(r, i + 1);
            i += 3;
        } else {
            break;
        }
    }
    return chain;
}

/* The words there are below one that is missing, for "did you mean". */
struct missing {
    const struct token *at;        /* NULL: all are there. */
    const char *what;              /* "field" */
    struct names_list words;
};

#define WORDS(r, m, array, n)                                                                     \
    for (size_t words_i_ = 0; words_i_ < (n); words_i_++)                                         \
        *LIST_ADD((r)->arena, &(m).words) = (array)[words_i_].name

/* case.items.LIST.ITEM; an item may also be one that was added to a case. */
static struct missing missing_item(const struct reading *r, const struct process *p,
                                   const struct chain *chain)
{
    const struct checklist *list = process_checklist(p, chain->at[1]->text);
    struct missing m = { .at = chain->at[1], .what = "checklist" };

    WORDS(r, m, p->checklists, p->checklist_count);
    if (!list)
        return m;
    if (chain->count < 3 || list->more || checklist_item(list, chain->at[2]->text))
        return (struct missing){ 0 };
    m = (struct missing){ .at = chain->at[2], .what = "item" };
    WORDS(r, m, list->items, list->item_count);
    return m;
}

static struct missing missing_part(const struct reading *r, const struct process *p,
                                   const struct chain *chain)
{
    const char *part = chain->at[0]->text, *name = chain->at[1]->text;
    struct missing m = { .at = chain->at[1] };

    if (!strcmp(part, "items"))
        return missing_item(r, p, chain);
    if (!strcmp(part, "events") && !process_event_any(p, name)) {
        m.what = "event";
        WORDS(r, m, p->events, p->event_count);
    } else if (!strcmp(part, "consents") && !process_consent(p, name)) {
        m.what = "consent";
        WORDS(r, m, p->consents, p->consent_count);
    } else if (!strcmp(part, "settings") && !process_setting(p, name)) {
        m.what = "setting";
        WORDS(r, m, p->settings, p->setting_count);
    } else if (!strcmp(part, "due") && !process_deadline(p, name)) {
        m.what = "deadline";
        WORDS(r, m, p->deadlines, p->deadline_count);
    } else {
        return (struct missing){ 0 };
    }
    return m;
}

static struct missing missing_in(const struct reading *r, const struct process *p,
                                 const struct chain *chain)
{
    struct missing m = { .at = chain->at[0], .what = "field" };

    if (process_field(p, chain->at[0]->text))
        return (struct missing){ 0 };
    if (case_has(chain->at[0]->text))
        return chain->count > 1 ? missing_part(r, p, chain) : (struct missing){ 0 };
    WORDS(r, m, p->fields, p->field_count);
    return m;
}

static void say_missing(const struct reading *r, const struct process *p, const struct missing *m)
{
    struct diag *d = diag_error(r->diags, "L005", m->at->span, "'%s' has no %s '%s'", p->name,
                                m->what, m->at->text);

    diag_nearest(r->diags, d, m->at->text, m->words.at, m->words.count);
}

/* In a function that is asked: missing in any process that asks it. In others: in all that ask the
 * file, since nobody can tell which of them comes there. */
static void check_chain(const struct reading *r, const struct chain *chain)
{
    bool direct = r->function && asks(r, NULL, r->function);
    const struct process *last = NULL;
    struct missing m = { 0 };

    for (size_t i = 0; i < r->model->process_count; i++) {
        const struct process *p = &r->model->processes[i];
        if (!asks(r, p, direct ? r->function : NULL))
            continue;
        struct missing here = missing_in(r, p, chain);
        if (!here.at && !direct)
            return;
        if (here.at) {
            m = here;
            last = p;
        }
        if (here.at && direct)
            break;
    }
    if (last)
        say_missing(r, last, &m);
}

/* --- names rules may not use ----------------------------------------------------------------- */

static bool is_library(const char *name)
{
    static const char *const tables[] = { "math", "string", "table", "_ENV" };
    size_t count;
    const struct library_entry *entries = library(&count);

    for (size_t i = 0; i < count; i++)
        if ((entries[i].group == LIBRARY_SHARED || entries[i].group == LIBRARY_BASE) &&
            !strcmp(entries[i].name, name))
            return true;
    return text_in(name, tables, sizeof tables / sizeof *tables);
}

/* A name that stands alone: not a part of another, a key of a table or a label. */
static bool stands_alone(const struct reading *r, size_t i)
{
    const struct token *before = peek(r, i ? i - 1 : r->tokens.count - 1);
    bool key = token_is(peek(r, i + 1), "=") && (token_is(before, "{") || token_is(before, ",") ||
                                                 token_is(before, ";"));

    return !key && !token_is(before, ".") && !token_is(before, ":") &&
           !token_is(before, "::") && !token_is(before, "goto");
}

static void check_global(const struct reading *r, const struct token *token)
{
    const char *why = sandbox_blocked(token->text);
    struct names_list words = r->made;
    size_t count;
    const struct library_entry *entries = library(&count);

    if (why) {
        struct diag *d = diag_error(r->diags, "L006", token->span,
                                    "'%s' is not available in rules: %s", token->text, why);
        diag_hint(r->diags, d, "a rule sees the case and the calendar it is given, nothing else");
        return;
    }
    for (size_t i = 0; i < count; i++)
        if (entries[i].group == LIBRARY_SHARED || entries[i].group == LIBRARY_BASE)
            *LIST_ADD(r->arena, &words) = entries[i].name;
    struct diag *d = diag_error(r->diags, "L005", token->span, "nothing here is called '%s'",
                                token->text);
    diag_hint(r->diags, d, "a name of the case is written case.%s; one of the file is made with "
                           "`local`", token->text);
    diag_nearest(r->diags, d, token->text, words.at, words.count);
}

/* --- functions ------------------------------------------------------------------------------- */

/* At `function TABLE.NAME(word`: from here to its `end` the case is called that. */
static void enter(struct reading *r, size_t i)
{
    bool named = r->table && token_is(peek(r, i + 1), r->table) && token_is(peek(r, i + 2), ".");

    if (!named)
        return;
    const struct token *name = peek(r, i + 3), *word = peek(r, i + 5);
    size_t uses = 0;
    r->function = name->text;
    r->word = word->kind == TOKEN_NAME ? word->text : NULL;
    r->function_depth = r->depth;
    for (size_t j = 0; j < r->tokens.count; j++)
        uses += token_is(peek(r, j), r->table) && token_is(peek(r, j + 1), ".") &&
                token_is(peek(r, j + 2), name->text);
    bool own = text_starts(r->module->source->path, r->model->pack) &&
               r->module->source->path[strlen(r->model->pack)] == '/';
    if (own && uses == 1 && !asks(r, NULL, name->text))
        diag_about(r->diags,
                   diag_warning(r->diags, "L007", name->span, "nothing asks %s.%s",
                                r->module->name, name->text),
                   "%s.%s", r->module->name, name->text);
}

static void nest(struct reading *r, const struct token *token)
{
    static const char *const opens[] = { "function", "if", "do", "repeat" };

    if (token->kind == TOKEN_NAME && text_in(token->text, opens, 4))
        r->depth++;
    if (token_is(token, "end") || token_is(token, "until"))
        r->depth--;
    if (r->function && r->depth < r->function_depth)
        r->function = r->word = NULL;
}

static void read_file(struct reading *r)
{
    gather(r);
    for (size_t i = 0; i < r->tokens.count; i++) {
        const struct token *token = peek(r, i);
        nest(r, token);
        if (token_is(token, "function"))
            enter(r, i);
        if (token->kind != TOKEN_NAME || token_keyword(token) || !stands_alone(r, i))
            continue;
        bool is_case = r->word ? token_is(token, r->word) : token_is(token, "case");
        struct chain chain = chain_at(r, i + 1);
        if (is_case && chain.count && known(&r->made, token->text))
            check_chain(r, &chain);
        else if (!known(&r->made, token->text) && !is_library(token->text))
            check_global(r, token);
    }
}

void reads_check(const struct model *model, const struct host_module *modules, size_t count,
                 struct diags *diags)
{
    for (size_t i = 0; i < count; i++) {
        struct reading r = { .model = model, .module = &modules[i], .diags = diags,
                             .arena = diags->arena,
                             .tokens = tokens_read(diags->arena, modules[i].source) };
        read_file(&r);
    }
}
