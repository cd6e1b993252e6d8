/* SPDX-License-Identifier: MIT */
/* host - one question, one protected call. Everything outside of it works with
 * what cannot raise: types asked before values are taken, slots that exist. */
#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "lua/pattern.h"
#include "lua/state.h"
#include <stdlib.h>
#include <string.h>

enum {
    STACK_ROOM = 40,
    GARBAGE_MAX = 1024 * 1024,       /* Bytes that may gather before they are collected. */
    SIZE_PLAIN = 8192,               /* A block of this size makes nothing dearer. */
};

/* --- between answers ------------------------------------------------------------------------- */

static int make_fresh(lua_State *L)
{
    struct host *host = host_of(L);
    dates_fresh(host, L);
    lua_newtable(L);
    lua_rawseti(L, LUA_REGISTRYINDEX, host->bases);
    return 0;
}

static void forget_modules(struct host *host)
{
    for (size_t i = 1; host->ran && i <= host->module_count; i++) {
        lua_pushboolean(host->L, false);
        lua_rawseti(host->L, SLOT_LOADED, (lua_Integer)i);
    }
    host->ran = false;
}

/* The collector stands still otherwise: see budget.h. */
static void collect(struct host *host)
{
    lua_pushcfunction(host->L, make_fresh);
    if (lua_pcall(host->L, 0, 0, 0) != LUA_OK)
        lua_pop(host->L, 1);
    lua_gc(host->L, LUA_GCCOLLECT);
    host->kept = host->budget.used;
}

void host_begin(struct host *host)
{
    forget_modules(host);
    bool large = host->budget.biggest > SIZE_PLAIN || host->budget.longest > host->budget.constant;
    if (large || host->budget.used > host->kept + GARBAGE_MAX)
        collect(host);
    budget_fresh(&host->budget);
}

static void answer_begin(struct host *host, const struct condition *condition,
                         const struct view *view)
{
    MUST(condition->id >= 0 && (size_t)condition->id < host->model->condition_count);
    host->answer++;
    host->condition = condition;
    host->view = view;
    host->scope = scope_of(host, view->process, condition->rows);
    host->missing = NULL;
    host->fault.set = host->fault.spent = false;
    host->fault.line = 0;
    host->fault.place[0] = host->fault.hint[0] = '\0';
    MUST(host->scope);
    budget_begin(&host->budget);
}

static void answer_end(struct host *host)
{
    budget_end(&host->budget);
    lua_settop(host->L, SLOT_COUNT);
    host->view = NULL;
    host->condition = NULL;
    if (host->budget.spent) {
        forget_modules(host);
        collect(host);
        budget_fresh(&host->budget);
    } else if (host->budget.used > HOST_BYTES_MAX / 2) {
        collect(host);
    }
}

/* --- asking ---------------------------------------------------------------------------------- */

/* What is wanted, and what came. */
struct asking {
    struct host *host;
    bool truth;                  /* True or false is wanted, not a value, */
    bool remind;                 /* or a list of reminders. */
    const char *reminders;
    const struct field *field;
    struct arena *arena;
    const char *missing;         /* Not known. */
    struct answer answer;
    struct value value;
};

static enum err_code take(struct asking *asking)
{
    struct host *host = asking->host;
    if (host->budget.spent)
        return ERR_SCRIPT;
    if (asking->truth)
        return answer_truth(host, SLOT_COUNT + 1, asking->arena, &asking->answer);
    if (asking->remind)
        return answer_remind(host, SLOT_COUNT + 1, asking->arena, &asking->reminders);
    return answer_value(host, SLOT_COUNT + 1, asking->field, asking->arena, &asking->value);
}

static enum err_code run_function(struct asking *asking)
{
    struct host *host = asking->host;
    lua_State *L = host->L;
    size_t module = load_module_of(host, host->condition);
    if (lua_rawgeti(L, SLOT_LOADED, (lua_Integer)module + 1) != LUA_TTABLE) {
        lua_pop(L, 1);
        if (!load_run(host, module))
            return ERR_SCRIPT;
        lua_rawgeti(L, SLOT_LOADED, (lua_Integer)module + 1);
    }
    lua_rawgeti(L, SLOT_CONDITIONS, host->condition->id + 1);
    if (lua_rawget(L, SLOT_COUNT + 1) != LUA_TFUNCTION) {
        fault_set(host, "there is no function %s", host->condition->source);
        return ERR_SCRIPT;
    }
    lua_replace(L, SLOT_COUNT + 1);
    lua_pushvalue(L, SLOT_CASE);
    lua_pushvalue(L, SLOT_CALENDAR);
    if (lua_pcall(L, 2, 2, SLOT_HANDLER) != LUA_OK)
        return ERR_SCRIPT;
    return take(asking);
}

static enum err_code run_line(struct asking *asking)
{
    struct host *host = asking->host;
    lua_State *L = host->L;
    lua_settop(L, SLOT_COUNT);
    host->missing = NULL;
    asking->missing = NULL;
    lua_rawgeti(L, SLOT_CONDITIONS, host->condition->id + 1);
    if (lua_pcall(L, 0, 1, SLOT_HANDLER) == LUA_OK)
        return take(asking);
    asking->missing = host->missing;
    return host->missing && !host->budget.spent ? ERR_NONE : ERR_SCRIPT;
}

static bool same(const struct asking *a, const struct asking *b)
{
    if (a->missing || b->missing)
        return a->missing && b->missing;
    return a->truth ? a->answer.truth == b->answer.truth : value_same(&a->value, &b->value);
}

/* Goes on to the next combination of the fields tried: the last `no` becomes a `yes`, and those
 * after it are found anew, since another way through may not read them. */
static bool next_try(struct tried *tried)
{
    while (tried->count > 0 && tried->value[tried->count - 1])
        tried->count--;
    if (tried->count == 0)
        return false;
    tried->value[tried->count - 1] = true;
    return true;
}

/* Every combination of the empty yes/no fields it reads must give the same. */
static enum err_code run_all_ways(struct asking *asking)
{
    struct tried *tried = &asking->host->tried;
    tried->count = 0;
    enum err_code rc = run_line(asking);
    if (rc || tried->count == 0)
        return rc;
    const struct field *first = tried->field[0];
    struct asking other = *asking;
    while (next_try(tried)) {
        rc = run_line(&other);
        if (rc)
            return rc;
        if (!same(asking, &other)) {
            asking->missing = text_or(first->label, first->name);
            return ERR_NONE;
        }
    }
    return ERR_NONE;
}

static enum err_code run(struct asking *asking, const struct condition *condition,
                         const struct view *view, struct err *err)
{
    answer_begin(asking->host, condition, view);
    enum err_code rc = condition->is_function ? run_function(asking) : run_all_ways(asking);
    if (rc || asking->host->budget.spent)
        rc = fault_report(asking->host, err);
    answer_end(asking->host);
    return rc;
}

static enum err_code on_ask(void *self, const struct condition *condition, const struct view *view,
                            struct arena *arena, struct answer *out, struct err *err)
{
    struct asking asking = { .host = self, .truth = true, .arena = arena };
    enum err_code rc = run(&asking, condition, view, err);
    if (rc)
        return rc;
    *out = asking.missing ? (struct answer){ TRUTH_UNKNOWN, asking.missing } : asking.answer;
    if (asking.host->watch)
        watch_answer(asking.host, condition, out->truth);
    return ERR_NONE;
}

static enum err_code on_compute(void *self, const struct condition *condition,
                                const struct view *view, const struct field *field,
                                struct arena *arena, struct value *out, struct err *err)
{
    struct asking asking = { .host = self, .field = field, .arena = arena };
    enum err_code rc = run(&asking, condition, view, err);
    if (rc)
        return rc;
    *out = asking.missing ? (struct value){ .kind = VALUE_NONE } : asking.value;
    if (asking.host->watch && out->kind != VALUE_NONE)
        asking.host->watch->answers[condition->id] |= WATCH_COMPUTED;
    return ERR_NONE;
}

static enum err_code on_remind(void *self, const struct condition *condition,
                               const struct view *view, struct arena *arena, const char **out,
                               struct err *err)
{
    struct asking asking = { .host = self, .remind = true, .arena = arena };
    enum err_code rc = run(&asking, condition, view, err);
    if (rc)
        return rc;
    if (asking.host->watch)
        asking.host->watch->answers[condition->id] |= WATCH_COMPUTED;
    *out = asking.reminders;
    return ERR_NONE;
}

static enum err_code on_matches(void *self, const char *pattern, const char *text, bool *out,
                                struct err *err)
{
    struct pattern m;
    const char *end;
    size_t len = strlen(text), pattern_len = strlen(pattern);
    (void)self;
    if (len > HOST_PATTERN_SUBJECT_MAX || pattern_len > PATTERN_BYTES_MAX)
        return err_set(err, ERR_SCRIPT,
                       "a pattern has at most %d bytes, and is tried on at most %d",
                       PATTERN_BYTES_MAX, HOST_PATTERN_SUBJECT_MAX);
    pattern_init(&m, text, len, pattern, pattern_len, HOST_PATTERN_WORK_MAX);
    m.whole = true;
    end = pattern_at(&m, text, pattern + (*pattern == '^'));
    if (m.error)
        return err_set(err, ERR_SCRIPT, "the pattern '%s' is wrong: %s", pattern, m.error);
    if (m.work <= 0)
        return err_set(err, ERR_SCRIPT, "%s on the pattern '%s'", budget_text(SPENT_PATTERN),
                       pattern);
    *out = end != NULL;
    return ERR_NONE;
}

/* --- making ---------------------------------------------------------------------------------- */

static int on_panic(lua_State *L)
{
    MUST(!L && "a Lua error outside of a protected call");
    return 0;
}

struct making {
    struct host *host;
    struct diags *diags;
};

static int make(lua_State *L)
{
    struct making *making = lua_touserdata(L, 1);
    struct host *host = making->host;
    load_all(L, host, making->diags);
    return SLOT_COUNT;
}

struct host *host_new(const struct model *model, const struct host_module *modules,
                      size_t module_count, struct diags *diags)
{
    size_t errors = diags->errors;
    struct arena *arena = arena_new();
    struct host *host = ARENA_NEW(arena, struct host);
    host->arena = arena;
    host->model = model;
    struct host_module *own = ARENA_ARRAY(arena, struct host_module, module_count + 1);
    for (size_t i = 0; i < module_count; i++)
        own[i] = modules[i];
    host->modules = own;
    host->module_count = module_count;
    host->oracle = (struct oracle){ host, on_ask, on_compute, on_matches, on_remind };
    host->budget.on_spent = fault_spent;
    lua_State *L = host->L = host->budget.L = lua_newstate(budget_alloc, &host->budget);
    MUST(L);
    *(struct host **)lua_getextraspace(L) = host;
    lua_atpanic(L, on_panic);
    lua_gc(L, LUA_GCSTOP);
    struct making making = { host, diags };
    lua_pushcfunction(L, make);
    lua_pushlightuserdata(L, &making);
    bool made = lua_pcall(L, 1, SLOT_COUNT, 0) == LUA_OK && lua_checkstack(L, STACK_ROOM);
    if (!made) {
        diag_error(diags, "L004", (struct span){ 0 }, "the pack's Lua cannot be loaded: %s",
                   lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "it is too large");
    } else {
        host->budget.constant = host->budget.longest;
        budget_fresh(&host->budget);
        load_try(host, diags);
        forget_modules(host);
        collect(host);
        budget_fresh(&host->budget);
    }
    if (diags->errors == errors)
        return host;
    host_free(host);
    return NULL;
}

void host_free(struct host *host)
{
    if (!host)
        return;
    lua_close(host->L);
    MUST(host->budget.used == 0);
    arena_free(host->arena);
}

const struct oracle *host_oracle(struct host *host)
{
    return &host->oracle;
}
