/* SPDX-License-Identifier: MIT */
#include "engine/cli/case.h"

#include "engine/base/arena.h"
#include "engine/cli/commands.h"
#include "engine/cli/facts.h"
#include "engine/core/in_force.h"
#include "engine/run/casework.h"
#include "engine/run/clock.h"
#include "store/read.h"

#include <string.h>

struct messages {
    struct arena *arena;
    struct { struct told_message *at; size_t count, room; } list;
};

static bool see_notice(void *self, const struct sent_row *row)
{
    struct messages *messages = self;
    struct arena *arena = messages->arena;
    *LIST_ADD(arena, &messages->list) = (struct told_message){
        .about = arena_text(arena, row->about), .kind = arena_text(arena, row->kind),
        .email = arena_text(arena, row->email), .role = arena_text(arena, row->role),
        .state = arena_text(arena, row->state),
        .reply = arena_text(arena, row->reply), .tries = row->tries,
        .next_try_ms = row->next_try_ms,
    };
    return true;
}

/* A script that fails leaves it not known: showing a case asks nothing of it. */
static enum truth item_applies(const struct case_shown *shown, const struct item_rule *rule,
                               const char **missing)
{
    const struct caseview *view = &shown->view;
    struct rules *rules = view->ruleset->rules;
    const struct oracle *oracle = host_oracle(rules->host);
    const struct view seen = {
        .process = view->process, .file = view->file,
        .calendar = calendar_for(rules->pack->calendars, view->process->calendar,
                                 view->file->school),
        .on = shown->as_of == DAY_NONE ? database_today() : shown->as_of,
    };
    struct answer answer = { .truth = TRUTH_UNKNOWN };
    struct err err;
    *missing = NULL;
    const struct judged judged =
        in_force_judge(rule->in_force, view->file, rule->clock, NULL, DAY_NONE);
    if (judged.missing)
        *missing = caseview_field(view, judged.missing);
    if (judged.holds != TRUTH_YES || !rule->only_if)
        return judged.holds;
    host_begin(rules->host);
    if (oracle->ask(oracle->self, rule->only_if, &seen, view->arena, &answer, &err))
        return TRUTH_UNKNOWN;
    if (answer.truth == TRUTH_UNKNOWN && answer.why)
        *missing = caseview_field(view, answer.why);
    return answer.truth;
}

size_t case_items(const struct case_shown *shown, const struct checklist *list,
                  struct shown_item **out)
{
    const struct caseview *view = &shown->view;
    size_t all = list->item_count + view->file->in.items.count, n = 0, len = strlen(list->name);
    struct shown_item *items = ARENA_ARRAY(view->arena, struct shown_item, all + 1);
    for (size_t i = 0; i < list->item_count; i++) {
        const struct item_rule *rule = &list->items[i];
        items[n] = (struct shown_item){
            .full = arena_printf(view->arena, "%s.%s", list->name, rule->name),
            .title = one_line(view->arena, rule->title ? rule->title : rule->name),
            .by = rule->by, .entry = casefile_item(view->file, list->name, rule->name),
        };
        items[n].applies = item_applies(shown, rule, &items[n].missing);
        n++;
    }
    for (size_t i = 0; i < view->file->in.items.count; i++) {
        const struct item *item = &view->file->in.items.at[i];
        if (strncmp(item->name, list->name, len) == 0 && item->name[len] == '.' &&
            !checklist_item(list, item->name + len + 1))
            items[n++] = (struct shown_item){ item->name, caseview_item(view, item->name),
                                              item->by, item, TRUTH_YES, NULL };
    }
    *out = items;
    return n;
}

/* What the one who is waited for can do now, and what stands in the way. */
static void find_possible(struct case_shown *shown)
{
    const struct caseview *view = &shown->view;
    const struct state *state = process_state(view->process, view->file->state);
    int64_t now = database_now_minute();
    struct event event = { .kind = EVENT_DO, .today = minute_day(now), .on = minute_day(now),
                           .minute = (int)(now - minute_at(minute_day(now), 0)) };
    struct possible_event *possible_events;
    if (!view->file->open || !state || !state->waiting_for)
        return;
    event.role = state->waiting_for;
    event.who_text = event.role;
    host_begin(view->ruleset->rules->host);
    const struct decide_in in = {
        .model = view->model, .calendars = view->ruleset->rules->pack->calendars,
        .file = view->file, .event = &event, .oracle = host_oracle(view->ruleset->rules->host),
    };
    shown->possible_count = possible(&in, view->arena, &possible_events);
    shown->possible = possible_events;
}

static enum err_code fold_back(struct call *call, struct case_shown *shown, int64_t until_ms)
{
    struct casefile *then = ARENA_NEW(call->arena, struct casefile);
    const struct casefile *now = shown->view.file;
    enum err_code rc = case_fold(call->store, now->id, until_ms, call->arena, then, &call->err);
    if (!rc && !then->state)
        rc = ERR_UNKNOWN;
    if (rc == ERR_UNKNOWN) {
        char text[DAY_TEXT_MAX];
        return err_set(&call->err, ERR_UNKNOWN, "case %s was not there yet on %s", now->ref,
                       day_short(shown->as_of, text));
    }
    if (rc)
        return rc;
    then->id = now->id;
    then->ref = now->ref;
    then->ruleset = now->ruleset;
    shown->view.file = then;
    return ERR_NONE;
}

enum err_code case_run(struct call *call)
{
    struct case_shown shown = { .as_of = DAY_NONE };
    struct messages messages = { .arena = call->arena };
    struct told_event *events;
    int64_t until_ms = INT64_MAX;
    enum err_code rc = facts_date(call, "as-of", &shown.as_of);
    if (!rc)
        rc = database_open(call, STORE_READ);
    if (!rc)
        rc = caseview_find(call, call->args[0], &shown.view);
    if (!rc && shown.as_of != DAY_NONE) {
        until_ms = clock_instant(minute_at(shown.as_of + 1, 0), NULL) - 1;
        shown.view.today = shown.as_of;
        rc = fold_back(call, &shown, until_ms);
    }
    if (!rc)
        rc = history_read(call, &shown.view, until_ms, &events, &shown.event_count);
    if (!rc && shown.as_of == DAY_NONE)
        rc = read_notices(call->store, shown.view.file->id, &messages, see_notice, &call->err);
    if (rc)
        return rc;
    shown.events = events;
    shown.messages = messages.list.at;
    shown.message_count = messages.list.count;
    if (shown.as_of == DAY_NONE)
        find_possible(&shown);
    if (call->json)
        case_json(call, &shown);
    else
        case_text(call, &shown);
    return ERR_NONE;
}
