/* SPDX-License-Identifier: MIT */
#include "engine/cli/caseview.h"

#include "engine/base/arena.h"
#include "engine/cli/grounds.h"
#include "engine/cli/say.h"
#include "engine/core/clock_date.h"
#include "engine/run/casework.h"
#include "engine/run/lookup.h"

#include <stdlib.h>
#include <string.h>

enum err_code caseview_of(struct call *call, const struct casefile *file, struct caseview *out)
{
    const struct ruleset *ruleset;
    enum err_code rc = world_ruleset(call->world, file->ruleset, &ruleset, &call->err);
    if (rc)
        return rc;
    *out = (struct caseview){ .arena = call->arena, .world = call->world, .file = file,
                              .ruleset = ruleset, .model = ruleset->rules->pack->model,
                              .today = database_today() };
    out->process = model_process(out->model, file->process);
    if (!out->process)
        return err_set(&call->err, ERR_STORE, "the rules of case %s have no process '%s'",
                       file->ref, file->process);
    return ERR_NONE;
}

enum err_code caseview_load(struct call *call, int64_t id, struct caseview *out)
{
    struct case_row *row = ARENA_NEW(call->arena, struct case_row);
    struct casefile *file = ARENA_NEW(call->arena, struct casefile);
    enum err_code rc = case_load(call->store, id, call->arena, row, file, &call->err);
    return rc ? rc : caseview_of(call, file, out);
}

enum err_code caseview_find(struct call *call, const char *text, struct caseview *out)
{
    int64_t id;
    enum err_code rc = lookup_case(call->world, text, call->arena, &id, &call->err);
    return rc ? rc : caseview_load(call, id, out);
}

static const char *title_or(const struct caseview *view, const char *title, const char *name)
{
    return one_line(view->arena, title ? title : name);
}

const char *caseview_state(const struct caseview *view, const char *state)
{
    const struct state *rule = process_state(view->process, state);
    return title_or(view, rule ? rule->title : NULL, state);
}

const char *caseview_role(const struct caseview *view, const char *role)
{
    const struct role *rule = role ? model_role(view->model, role) : NULL;
    return role ? title_or(view, rule ? rule->title : NULL, role) : "nobody";
}

const char *caseview_item(const struct caseview *view, const char *name)
{
    const struct item_rule *rule = process_item(view->process, name);
    const struct item *item = NULL;
    for (size_t i = 0; i < view->file->in.items.count && !item; i++)
        if (strcmp(view->file->in.items.at[i].name, name) == 0)
            item = &view->file->in.items.at[i];
    if (item && item->title)
        return one_line(view->arena, item->title);
    return title_or(view, rule ? rule->title : NULL, name);
}

/* An item's own clock says of which list it is: "Advice asked for: Medical". */
static const char *item_clock(const struct caseview *view, const struct deadline *rule,
                              const char *name)
{
    const struct checklist *list = process_checklist(view->process, rule->list);
    const char *item = caseview_item(view, arena_text_n(view->arena, name, strcspn(name, "#")));
    if (!list || !list->title)
        return item;
    return arena_printf(view->arena, "%s: %s", one_line(view->arena, list->title), item);
}

const char *caseview_clock(const struct caseview *view, const char *name)
{
    const struct deadline *rule = clock_rule(view->arena, view->process, view->file, name);
    const char *round = strchr(name, '#');
    const char *title = rule && rule->list ? item_clock(view, rule, name)
                                           : title_or(view, rule ? rule->title : NULL, name);
    return round ? arena_printf(view->arena, "%s (round %s)", title, round + 1) : title;
}

const char *caseview_consent(const struct caseview *view, const char *name)
{
    const struct consent_rule *rule = process_consent(view->process, name);
    return title_or(view, rule ? rule->title : NULL, name);
}

const char *caseview_excuse(const struct caseview *view, const char *name)
{
    const struct excuse *rule = process_excuse(view->process, name);
    return title_or(view, rule ? rule->title : NULL, name);
}

static const char *event_title(const struct caseview *view, const char *name)
{
    const struct event_rule *rule = process_event_any(view->process, name);
    return title_or(view, rule ? rule->title : NULL, name);
}

const char *caseview_field(const struct caseview *view, const char *name)
{
    const struct field *field = process_field(view->process, name);
    return title_or(view, field ? field->label : NULL, name);
}

const char *caseview_value(const struct caseview *view, const char *field,
                           const struct value *value)
{
    return one_line(view->arena,
                    value_show(view->arena, process_field(view->process, field), value));
}

const char *caseview_owner(const struct caseview *view, const char *clock, bool *right)
{
    const struct deadline *rule = clock_rule(view->arena, view->process, view->file, clock);
    *right = rule && rule->right_of;
    if (!rule)
        return NULL;
    return rule->right_of ? rule->right_of : clock_owner(view->file, rule);
}

const char *caseview_status(const struct caseview *view, const struct clock *clock)
{
    bool right, late = clock->status == CLOCK_MISSED || clock->status == CLOCK_NEVER_MET ||
                       (clock->status == CLOCK_CANCELLED && clock->closed_on > clock->due);
    (void)caseview_owner(view, clock->name, &right);
    return right && late ? "over" : clock_status_name(clock->status);
}

struct ranked {
    const struct clock *clock;
    enum { OPEN, NEVER_MET, CLOSED } rank;
    day key;
};

/* Open ones first, by their do-by dates; what has none (the calendar ends) goes by its due date. */
static struct ranked rank(const struct caseview *view, const struct clock *clock)
{
    bool right;
    (void)caseview_owner(view, clock->name, &right);
    if (clock_open(clock))
        return (struct ranked){ clock, OPEN, clock->do_by != DAY_NONE ? clock->do_by : clock->due };
    return (struct ranked){ clock, clock->status == CLOCK_NEVER_MET && !right ? NEVER_MET : CLOSED,
                            clock->closed_on };
}

static int by_urgency(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    if (x->key != y->key)
        return (x->key < y->key) == (x->rank == OPEN) ? -1 : 1;
    return strcmp(x->clock->name, y->clock->name);
}

const struct clock **caseview_clocks(const struct caseview *view, size_t *open, size_t *count)
{
    size_t n = view->file->in.clocks.count;
    const struct clock **all = ARENA_ARRAY(view->arena, const struct clock *, n + 1);
    struct ranked *ranked = ARENA_ARRAY(view->arena, struct ranked, n + 1);
    *open = 0;
    for (size_t i = 0; i < n; i++) {
        ranked[i] = rank(view, &view->file->in.clocks.at[i]);
        *open += ranked[i].rank == OPEN;
    }
    qsort(ranked, n, sizeof *ranked, by_urgency);
    for (size_t i = 0; i < n; i++)
        all[i] = ranked[i].clock;
    *count = n;
    return all;
}

const char *caseview_day(const struct caseview *view, day date)
{
    char text[DAY_TEXT_MAX];
    return date == DAY_NONE ? "not known" : arena_text(view->arena, day_short(date, text));
}

const char *caseview_due(const struct caseview *view, const struct clock *clock)
{
    const struct deadline *rule = clock_rule(view->arena, view->process, view->file, clock->name);
    char minute[8];
    if (!rule || !rule->cut_off)
        return caseview_day(view, clock->due);
    return arena_printf(view->arena, "%s %s", caseview_day(view, clock->due),
                        minute_text(rule->cut_off, minute));
}

const char *caseview_dates(const struct caseview *view, const struct clock *clock)
{
    struct buf text = buf_in(view->arena);
    buf_printf(&text, "due %s", caseview_due(view, clock));
    if (clock->do_by == DAY_NONE)
        buf_add(&text, " (beyond the calendar: no day to do it by is known)");
    else if (clock->do_by != clock->due)
        buf_printf(&text, ", do by %s", caseview_day(view, clock->do_by));
    if (clock->provisional)
        buf_add(&text, " (may still move)");
    return buf_text(&text);
}

const char *caseview_who(const struct caseview *view, const struct event *event)
{
    const char *who = event->who_text ? one_line(view->arena, event->who_text) : "reeve";
    if (!event->role || strcmp(event->role, "clock") == 0 || strcmp(event->role, "link") == 0)
        return event->who ? who
               : text_same(event->role, "link") && event->cause_case ? "from another case"
                                                                     : "by itself";
    const char *role = caseview_role(view, event->role);
    if (strcmp(who, event->role) == 0)
        return role;
    return arena_printf(view->arena, "%s (%s)", role, who);
}

static const char *item_happened(const struct caseview *view, const struct event *event)
{
    const char *act = event->act ? event->act : "done";
    const struct checklist *list = process_checklist(view->process, event->name);
    if (strcmp(act, "add") == 0)
        return arena_printf(view->arena, "%s: '%s' added",
                            title_or(view, list ? list->title : NULL, event->name),
                            one_line(view->arena, event->why));
    const char *word = strcmp(act, "na") == 0 ? "does not apply"
                       : strcmp(act, "undone") == 0 ? "not done after all"
                       : act;
    return arena_printf(view->arena, "%s: %s", caseview_item(view, event->name), word);
}

const char *caseview_happened(const struct caseview *view, const struct event *event)
{
    struct arena *arena = view->arena;
    switch (event->kind) {
    case EVENT_OPEN:
        return "Opened";
    case EVENT_DO:
        return event_title(view, event->name);
    case EVENT_SIGNAL:
        if (event->act && strcmp(event->act, "refused") == 0)
            return arena_printf(arena, "Another case did not take '%s'",
                                one_line(arena, event->name));
        return event_title(view, event->name);
    case EVENT_ITEM:
        return item_happened(view, event);
    case EVENT_CONSENT:
        return arena_printf(arena, "%s: %s", caseview_consent(view, event->name),
                            event->act ? event->act : "");
    case EVENT_EXCUSE:
        return arena_printf(arena, "%s excused: %s", caseview_clock(view, event->name),
                            caseview_excuse(view, event->act ? event->act : ""));
    case EVENT_EXTEND:
        return arena_printf(arena, "%s extended: %s", caseview_clock(view, event->name),
                            caseview_excuse(view, event->act ? event->act : ""));
    case EVENT_LATE:
        return arena_printf(arena, "%s, why it was missed: %s", caseview_clock(view, event->name),
                            caseview_excuse(view, event->act ? event->act : ""));
    case EVENT_NAME:
        return arena_printf(arena, "%s named", caseview_role(view, event->name));
    case EVENT_LETTER:
        return arena_printf(arena, "Letter '%s' sent", one_line(arena, event->name));
    case EVENT_CLOCK:
        return "Time passed";
    case EVENT_RECKON:
        return "The calendar changed";
    case EVENT_OCCASION:
        return "Its day came round";
    }
    return event_kind_name(event->kind);
}

static int by_number(const void *a, const void *b)
{
    const struct link *x = a, *y = b;
    bool parent = strcmp(x->name, "parent") == 0;
    if (parent != (strcmp(y->name, "parent") == 0))
        return parent ? -1 : 1;
    return x->case_id < y->case_id ? -1 : x->case_id > y->case_id;
}

const struct link *caseview_links(const struct caseview *view, size_t *count)
{
    *count = view->file->in.links.count;
    struct link *links = ARENA_ARRAY(view->arena, struct link, *count + 1);
    if (*count) {
        memcpy(links, view->file->in.links.at, *count * sizeof *links);
        qsort(links, *count, sizeof *links, by_number);
    }
    return links;
}

struct json *json_words(struct arena *arena, const char *text)
{
    return text ? json_new_text(arena, text) : json_new(arena, JSON_NULL);
}

struct json *json_day(struct arena *arena, day date)
{
    char text[DAY_TEXT_MAX];
    return date == DAY_NONE ? json_new(arena, JSON_NULL)
                            : json_new_text(arena, day_iso(date, text));
}

struct json *json_minute(struct arena *arena, int minute)
{
    char text[8];
    return minute ? json_new_text(arena, minute_text(minute, text)) : json_new(arena, JSON_NULL);
}

struct json *json_yes(struct arena *arena, bool yes)
{
    struct json *json = json_new(arena, JSON_BOOL);
    json->number = yes;
    return json;
}

struct json *caseview_clock_json(const struct caseview *view, const struct clock *clock)
{
    struct arena *arena = view->arena;
    struct json *json = json_new(arena, JSON_MAP);
    bool right;
    const char *owner = caseview_owner(view, clock->name, &right);
    const struct deadline *rule = clock_rule(arena, view->process, view->file, clock->name);
    json_put(arena, json, "name", json_new_text(arena, clock->name));
    json_put(arena, json, "title", json_new_text(arena, caseview_clock(view, clock->name)));
    json_put(arena, json, "status", json_new_text(arena, clock_status_name(clock->status)));
    json_put(arena, json, "due", json_day(arena, clock->due));
    json_put(arena, json, "cut_off", json_minute(arena, rule ? rule->cut_off : 0));
    json_put(arena, json, "do_by", json_day(arena, clock->do_by));
    json_put(arena, json, "law", json_day(arena, clock->law));
    json_put(arena, json, "local", json_day(arena, clock->local));
    json_put(arena, json, "since", json_day(arena, clock->since));
    json_put(arena, json, "closed_on", json_day(arena, clock->closed_on));
    json_put(arena, json, "provisional", json_yes(arena, clock->provisional));
    json_put(arena, json, "round", json_new_int(arena, clock->round));
    json_put(arena, json, "owner", json_words(arena, owner));
    json_put(arena, json, "right", json_yes(arena, right));
    json_put(arena, json, "ground", json_words(arena, clock->ground));
    json_put(arena, json, "why", json_words(arena, clock->why));
    grounds_put(view, clock, json);
    return json;
}
