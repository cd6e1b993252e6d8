/* SPDX-License-Identifier: MIT */
/* state - one host and its Lua state, as the files of this folder share it.
 *
 * Private to lua/. What a script may hold is plain Lua values and boxes: one
 * kind of userdata for all. A box that points into a view is stamped with the
 * number of the answer it was made for, and is refused in any later one.
 *
 * Lua errors leave by longjmp: nothing here owns memory, a lock or an open
 * file across a call that can raise.
 */
#ifndef LUA_STATE_H
#define LUA_STATE_H

#include "engine/model/moment.h"
#include "lua/budget.h"
#include "lua/host.h"
#include "lua/watch.h"

/* --- names ----------------------------------------------------------------------------------- */

enum named_kind { NAMED_FIELD, NAMED_EVENT, NAMED_SETTING, NAMED_STATE, NAMED_ON };
struct named {
    enum named_kind kind;
    const char *name, *label;      /* label: what people call it. */
    const struct field *field;     /* FIELD */
    const struct setting *setting; /* SETTING */
};

/* The names of one process. */
struct scope {
    const struct process *process;
    const struct field *rows;      /* Its columns are names too, before all others; NULL: none. */
    int names;                     /* Registry: a table from name to struct named or a function. */
    const struct named *named; size_t named_count;
    const struct named *birth;     /* The field age() and school_year() read; NULL: none. */
    const char *const *words; size_t word_count;   /* Names and functions, for "did you mean". */
};

/* --- boxes ----------------------------------------------------------------------------------- */

enum box_kind {
    BOX_DATE, BOX_LENGTH, BOX_TREE, BOX_PART, BOX_CASE, BOX_CALENDAR, BOX_NAMES, BOX_KINDS,
};
enum part_kind {
    PART_EVENTS, PART_ITEMS, PART_CONSENTS, PART_SETTINGS, PART_DUE, /* of the case */
    PART_EVENT, PART_LIST, PART_ITEM, PART_CONSENT,                /* one of these */
};
struct box {
    enum box_kind kind;
    uint32_t answer;               /* TREE, PART */
    union {
        day date;
        struct length length;
        /* A list of texts or of rows, one row, or the map of a setting. `field`: whose columns. */
        struct { const struct json *json; const struct field *field; } tree;
        /* what: the checklist of an item, the rule or name of others. */
        struct { enum part_kind kind; const void *what; const char *item; } part;
    } of;
};

/* --- the host -------------------------------------------------------------------------------- */

enum { TRIED_MAX = 6 };
/* The empty yes/no fields of a one-line condition, each tried both ways. */
struct tried {
    const struct field *field[TRIED_MAX];
    bool value[TRIED_MAX];
    size_t count;
};

enum { FAULT_WHERE_MAX = 200 };
struct fault {
    bool set, spent;
    int line;                      /* In the file that `place` names; 0: not known. */
    char place[256], text[768], hint[128];
};

struct host {
    lua_State *L;
    struct arena *arena;           /* Names and lists of the host's own life. */
    const struct model *model;
    const struct host_module *modules; size_t module_count;
    struct budget budget;
    struct oracle oracle;
    struct scope *scopes;          /* One a process of the model, then one a field of rows. */
    size_t scope_count;
    /* Registry references. */
    int metatables[BOX_KINDS], bases;
    const size_t *module_of;       /* By a condition's id: whose function it is; SIZE_MAX: none. */
    bool ran;                      /* A module has run since host_begin(). */
    int dates, lengths;            /* Boxes made once in an event: equal ones are the same. */
    /* The answer under way. */
    uint32_t answer;
    const struct view *view;       /* NULL between answers, and while a module loads at first. */
    const struct scope *scope;
    const struct condition *condition;
    const struct host_module *module;   /* Whose chunk is running. */
    struct tried tried;
    const char *missing;           /* Not known was raised: what is missing. */
    struct fault fault;
    size_t kept;                   /* Bytes in use after the last collection. */
    struct watch *watch;           /* NULL: nobody looks on. */
};

/* What stands at the base of the state's stack, for good. */
enum host_slot {
    SLOT_HANDLER = 1,
    SLOT_CONDITIONS,   /* By id + 1: the compiled line, or the function's name. */
    SLOT_CHUNKS,       /* By module + 1: the compiled file. */
    SLOT_LOADED,       /* By module + 1: what it returned in this event, or false. */
    SLOT_CASE,
    SLOT_CALENDAR,
    SLOT_COUNT = SLOT_CALENDAR,
};

static inline struct host *host_of(lua_State *L)
{
    return *(struct host **)lua_getextraspace(L);
}

/* One-line conditions, in which an empty name is not known. In a function it is nil. */
static inline bool host_one_line(const struct host *host)
{
    return host->condition && !host->condition->is_function;
}

/* Whether the value at `index` is a whole number, which texts are not; else *out is 0. */
static inline bool host_whole(lua_State *L, int index, lua_Integer *out)
{
    int whole = 0;
    *out = lua_type(L, index) == LUA_TNUMBER ? lua_tointegerx(L, index, &whole) : 0;
    return whole != 0;
}

/* --- what the files offer each other ---------------------------------------------------------- */

/* sandbox.c: pushes the table of globals that modules see; makes the string metatable. */
void sandbox_make(lua_State *L);
/* Why a name of Lua's own is not there for rules; NULL: it is none of those. */
const char *sandbox_blocked(const char *name);
/* Pushes the text of any value, without addresses. */
const char *basics_text(lua_State *L, int index, size_t *len);

/* boxes.c */
void boxes_make(lua_State *L, struct host *host);
struct box *box_push(lua_State *L, enum box_kind kind);
struct box *box_get(lua_State *L, int index, enum box_kind kind);   /* NULL: another thing. */
/* Of this answer; raises otherwise. */
struct box *box_mine(lua_State *L, int index, enum box_kind kind, const char *wanted);
const char *box_name(lua_State *L, int index); /* "a date", "a text": for messages. */
void box_metatable(lua_State *L, struct host *host, enum box_kind kind, const char *name,
                   const luaL_Reg *methods);

/* dates.c */
void dates_make(lua_State *L, struct host *host);
void dates_fresh(struct host *host, lua_State *L);
void dates_push(lua_State *L, day date);          /* DAY_NONE: nil. */
void dates_push_length(lua_State *L, struct length length);
day dates_check(lua_State *L, int index);
/* trees.c */
void trees_make(lua_State *L, struct host *host);
void trees_push_decimal(lua_State *L, int64_t ten_thousandths); /* Whole ones as integers. */
void trees_push(lua_State *L, const struct json *json, const struct field *field);
void trees_push_setting(lua_State *L, const struct setting *setting, day on);
/* Fills the array at the top with the keys, in order, for pairs; returns how many. */
size_t trees_keys(lua_State *L, int index);
/* case.c */
void case_make(lua_State *L, struct host *host);
/* Pushes what a name stands for; an empty one raises in a one-line condition, else is nil. */
void case_push(lua_State *L, struct host *host, const struct named *named);
/* Whether it is one of the case's own names, beside its fields: "state", "events". */
bool case_has(const char *name);
bool case_known(const struct host *host, const struct named *named);
const struct value *case_value(const struct view *view, const char *field); /* NULL: empty. */

/* parts.c: case.events, case.items and so on. */
void parts_make(lua_State *L, struct host *host);
size_t parts_keys(lua_State *L, int index); /* As trees_keys: the items of a list. */

/* asks.c: the functions and the names of one-line conditions. */
void asks_make(lua_State *L, struct host *host);
/* Raises "not known: WHAT is missing". */
int asks_missing(lua_State *L, const char *what);

/* calendar.c */
void calendar_make(lua_State *L, struct host *host);

/* scope.c */
void scope_make(lua_State *L, struct host *host);
/* `rows`: the field of rows whose columns may be named, or NULL. */
const struct scope *scope_of(const struct host *host, const struct process *process,
                             const char *rows);
const struct named *scope_find(const struct scope *scope, const char *name, size_t len);
/* Raises "no field 'hous' ...; did you mean 'hours'?" */
int scope_unknown(lua_State *L, const char *what, const char *name, const char *const *words,
                  size_t count);

/* load.c: compiles conditions and modules. Called in a protected call. */
void load_all(lua_State *L, struct host *host, struct diags *diags);
/* Runs the modules once, and looks for the functions that are named. At the state's base. */
void load_try(struct host *host, struct diags *diags);
/* Runs a module's chunk and keeps what it returns; in an answer. False: host->fault says why. */
bool load_run(struct host *host, size_t module);
/* Runs every module once more, for whoever looks at what they hold; faults are left alone. */
void load_try_all(struct host *host);
/* SIZE_MAX: none. */
size_t load_module_of(const struct host *host, const struct condition *condition);

/* names.c: findings on the names of a one-line condition. False: its form is wrong as well, and
 * compiling it would only say less clearly why. */
bool names_check(const struct condition *condition, const struct scope *scope, struct diags *diags);

/* fault.c */
int fault_handler(lua_State *L);          /* The message handler of every entry. */
void fault_spent(lua_State *L);           /* Budget's on_spent. */
enum err_code fault_report(struct host *host, struct err *err); /* Fills err; ERR_SCRIPT. */
void fault_set(struct host *host, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* "grounds.closure", "the condition 'a < b'", "lua/grounds.lua" */
const char *fault_where(const struct host *host, char text[FAULT_WHERE_MAX]);

/* watch.c: only while host->watch is set. */
void watch_answer(struct host *host, const struct condition *condition, enum truth truth);

/* answer.c: what a script gave, as the core wants it. */
enum err_code answer_truth(struct host *host, int index, struct arena *arena, struct answer *out);
enum err_code answer_remind(struct host *host, int index, struct arena *arena, const char **out);
enum err_code answer_value(struct host *host, int index, const struct field *field,
                           struct arena *arena, struct value *out);

#endif
