/* SPDX-License-Identifier: MIT */
#include "engine/cli/case.h"

#include "engine/base/arena.h"
#include "engine/run/clock.h"
#include "engine/run/lookup.h"

#include <string.h>

/* A value as programs want it: dates as ISO text, numbers as numbers. */
static struct json *value_json(struct arena *arena, const struct value *value)
{
    struct json *json = json_new(arena, JSON_INT);
    json->number = value->number;
    switch (value->kind) {
    case VALUE_NONE:
        return json_new(arena, JSON_NULL);
    case VALUE_TEXT:
        return json_words(arena, value->text);
    case VALUE_DATE:
        return json_day(arena, (day)value->number);
    case VALUE_TIME:
        return json_new_text(arena, minute_text((int)value->number, arena_alloc(arena, 8)));
    case VALUE_INT:
        return json;
    case VALUE_DECIMAL:
        json->kind = value->number % DECIMAL_ONE ? JSON_DECIMAL : JSON_INT;
        if (json->kind == JSON_INT)
            json->number /= DECIMAL_ONE;
        return json;
    case VALUE_BOOL:
        return json_yes(arena, value->number != 0);
    case VALUE_CHOICES:
    case VALUE_ROWS:
        break;
    }
    struct json *tree = ARENA_NEW(arena, struct json); /* The original has siblings and a key. */
    *tree = *value->tree;
    tree->next = NULL;
    return tree;
}

static struct json *fields_json(const struct caseview *view)
{
    struct json *map = json_new(view->arena, JSON_MAP);
    for (size_t i = 0; i < view->file->in.fields.count; i++)
        json_put(view->arena, map, view->file->in.fields.at[i].name,
                 value_json(view->arena, &view->file->in.fields.at[i].value));
    return map;
}

static struct json *proposals_json(const struct caseview *view)
{
    struct json *map = json_new(view->arena, JSON_MAP);
    for (size_t i = 0; i < view->file->in.proposals.count; i++) {
        const struct proposal *one = &view->file->in.proposals.at[i];
        struct json *json = json_new(view->arena, JSON_MAP);
        json_put(view->arena, json, "value", value_json(view->arena, &one->value));
        json_put(view->arena, json, "consent", json_words(view->arena, one->consent));
        json_put(view->arena, map, one->name, json);
    }
    return map;
}

static struct json *clocks_json(const struct caseview *view)
{
    struct json *list = json_new(view->arena, JSON_LIST);
    size_t open, count;
    const struct clock **clocks = caseview_clocks(view, &open, &count);
    for (size_t i = 0; i < count; i++)
        json_add(list, caseview_clock_json(view, clocks[i]));
    return list;
}

static struct json *items_json(const struct case_shown *shown)
{
    const struct caseview *view = &shown->view;
    struct arena *arena = view->arena;
    struct json *all = json_new(arena, JSON_LIST);
    for (size_t i = 0; i < view->process->checklist_count; i++) {
        struct shown_item *items;
        size_t count = case_items(shown, &view->process->checklists[i], &items);
        for (size_t j = 0; j < count; j++) {
            const struct item *entry = items[j].entry;
            struct json *json = json_new(arena, JSON_MAP);
            json_put(arena, json, "name", json_words(arena, items[j].full));
            json_put(arena, json, "title", json_words(arena, items[j].title));
            json_put(arena, json, "by", json_words(arena, items[j].by));
            json_put(arena, json, "applies",
                     items[j].applies == TRUTH_UNKNOWN
                         ? json_new(arena, JSON_NULL)
                         : json_yes(arena, items[j].applies == TRUTH_YES));
            json_put(arena, json, "missing", json_words(arena, items[j].missing));
            json_put(arena, json, "asked", json_day(arena, entry ? entry->asked : DAY_NONE));
            json_put(arena, json, "done", json_day(arena, entry ? entry->done : DAY_NONE));
            json_put(arena, json, "na", json_yes(arena, entry && entry->na));
            json_put(arena, json, "why", json_words(arena, entry ? entry->why : NULL));
            json_put(arena, json, "proof", json_words(arena, entry ? entry->proof : NULL));
            json_add(all, json);
        }
    }
    return all;
}

/* What each of several people said. */
static struct json *answers_json(const struct caseview *view, const char *consent)
{
    struct arena *arena = view->arena;
    struct json *list = json_new(arena, JSON_LIST);
    for (size_t i = 0; i < view->file->in.answers.count; i++) {
        const struct consent_answer *one = &view->file->in.answers.at[i];
        if (!text_same(one->consent, consent))
            continue;
        struct json *json = json_new(arena, JSON_MAP);
        json_put(arena, json, "who", json_words(arena, one->who));
        json_put(arena, json, "status", json_words(arena, consent_status_name(one->status)));
        json_put(arena, json, "on", json_day(arena, one->on));
        json_put(arena, json, "how", json_words(arena, one->how));
        json_put(arena, json, "proof", json_words(arena, one->proof));
        json_add(list, json);
    }
    return list;
}

static struct json *consents_json(const struct caseview *view)
{
    struct arena *arena = view->arena;
    struct json *list = json_new(arena, JSON_LIST);
    for (size_t i = 0; i < view->file->in.consents.count; i++) {
        const struct consent *one = &view->file->in.consents.at[i];
        struct json *json = json_new(arena, JSON_MAP);
        json_put(arena, json, "name", json_words(arena, one->name));
        json_put(arena, json, "title", json_words(arena, caseview_consent(view, one->name)));
        json_put(arena, json, "status", json_words(arena, consent_status_name(one->status)));
        json_put(arena, json, "in_force", json_yes(arena, one->in_force));
        json_put(arena, json, "asked", json_day(arena, one->asked));
        json_put(arena, json, "answered", json_day(arena, one->answered));
        json_put(arena, json, "lapses", json_day(arena, one->lapses));
        json_put(arena, json, "until", json_day(arena, one->until));
        json_put(arena, json, "by", json_words(arena, one->by));
        json_put(arena, json, "how", json_words(arena, one->how));
        json_put(arena, json, "answers", answers_json(view, one->name));
        json_add(list, json);
    }
    return list;
}

static struct json *parties_json(const struct caseview *view)
{
    struct json *map = json_new(view->arena, JSON_MAP);
    for (size_t i = 0; i < view->file->in.parties.count; i++) {
        const struct party *one = &view->file->in.parties.at[i];
        const char *email = lookup_email(view->world, one->person, view->arena);
        json_put(view->arena, map, one->name, json_words(view->arena, email ? email : one->text));
    }
    return map;
}

static struct json *links_json(struct call *call, const struct caseview *view)
{
    struct arena *arena = view->arena;
    struct json *list = json_new(arena, JSON_LIST);
    size_t count;
    const struct link *links = caseview_links(view, &count);
    for (size_t i = 0; i < count; i++) {
        struct caseview other;
        struct json *json = json_new(arena, JSON_MAP);
        bool parent = strcmp(links[i].name, "parent") == 0;
        bool there = caseview_load(call, links[i].case_id, &other) == ERR_NONE;
        json_put(arena, json, "link", json_new_text(arena, parent ? "parent" : "child"));
        json_put(arena, json, "case", json_new_int(arena, links[i].case_id));
        json_put(arena, json, "process", json_words(arena, links[i].process));
        json_put(arena, json, "ref", json_words(arena, there ? other.file->ref : NULL));
        json_put(arena, json, "state", json_words(arena, there ? other.file->state : NULL));
        json_put(arena, json, "open", there ? json_yes(arena, other.file->open)
                                            : json_new(arena, JSON_NULL));
        json_add(list, json);
    }
    return list;
}

static struct json *instant_json(struct arena *arena, int64_t ms)
{
    int64_t minute = clock_local(ms, NULL);
    char date[DAY_TEXT_MAX], time[8];
    return json_new_text(arena,
                         arena_printf(arena, "%sT%s", day_iso(minute_day(minute), date),
                                      minute_text((int)(minute - minute_at(minute_day(minute), 0)),
                                                  time)));
}

static struct json *history_json(const struct case_shown *shown)
{
    struct arena *arena = shown->view.arena;
    struct json *list = json_new(arena, JSON_LIST);
    for (size_t i = 0; i < shown->event_count; i++) {
        const struct told_event *told = &shown->events[i];
        struct json *json = json_new(arena, JSON_MAP), *did = json_new(arena, JSON_LIST);
        for (size_t j = 0; j < told->did_count; j++)
            json_add(did, json_words(arena, told->did[j]));
        json_put(arena, json, "on", json_day(arena, told->on));
        json_put(arena, json, "recorded", instant_json(arena, told->recorded_ms));
        json_put(arena, json, "kind", json_words(arena, event_kind_name(told->event.kind)));
        json_put(arena, json, "name", json_words(arena, told->event.name));
        json_put(arena, json, "act", json_words(arena, told->event.act));
        json_put(arena, json, "title", json_words(arena, told->what));
        json_put(arena, json, "who", json_words(arena, told->event.who_text));
        json_put(arena, json, "role", json_words(arena, told->event.role));
        json_put(arena, json, "why", json_words(arena, told->event.why));
        json_put(arena, json, "state", json_words(arena, told->outcome.state));
        json_put(arena, json, "did", did);
        json_add(list, json);
    }
    return list;
}

static struct json *messages_json(const struct case_shown *shown)
{
    struct arena *arena = shown->view.arena;
    struct json *list = json_new(arena, JSON_LIST);
    for (size_t i = 0; i < shown->message_count; i++) {
        const struct told_message *one = &shown->messages[i];
        struct json *json = json_new(arena, JSON_MAP);
        json_put(arena, json, "kind", json_words(arena, one->kind));
        json_put(arena, json, "about", json_words(arena, one->about));
        json_put(arena, json, "to", json_words(arena, *one->email ? one->email : NULL));
        json_put(arena, json, "role", json_words(arena, one->role));
        json_put(arena, json, "state", json_words(arena, one->state));
        json_put(arena, json, "reply", json_words(arena, one->reply));
        json_put(arena, json, "tries", json_new_int(arena, one->tries));
        json_add(list, json);
    }
    return list;
}

static struct json *possible_json(const struct case_shown *shown)
{
    struct arena *arena = shown->view.arena;
    struct json *list = json_new(arena, JSON_LIST);
    for (size_t i = 0; i < shown->possible_count; i++) {
        const struct possible_event *one = &shown->possible[i];
        struct json *json = json_new(arena, JSON_MAP);
        json_put(arena, json, "event", json_words(arena, one->rule->name));
        json_put(arena, json, "title", json_words(arena, one->rule->title));
        json_put(arena, json, "allowed", json_yes(arena, one->allowed));
        json_put(arena, json, "refused", json_yes(arena, one->refused));
        json_put(arena, json, "why", json_words(arena, one->why));
        json_add(list, json);
    }
    return list;
}

static struct json *letters_json(const struct caseview *view)
{
    struct arena *arena = view->arena;
    struct json *list = json_new(arena, JSON_LIST);
    for (size_t i = 0; i < view->file->in.letters.count; i++) {
        const struct letter_entry *one = &view->file->in.letters.at[i];
        struct json *json = json_new(arena, JSON_MAP);
        json_put(arena, json, "letter", json_words(arena, one->name));
        json_put(arena, json, "message", json_words(arena, one->message));
        json_put(arena, json, "role", json_words(arena, one->role));
        json_put(arena, json, "by", json_words(arena, one->email ? "email" : "post"));
        json_put(arena, json, "made", json_day(arena, one->made));
        json_put(arena, json, "sent", json_day(arena, one->sent));
        json_put(arena, json, "why", json_words(arena, one->why));
        json_add(list, json);
    }
    return list;
}

static struct json *remarks_json(const struct caseview *view)
{
    struct json *list = json_new(view->arena, JSON_LIST);
    for (size_t i = 0; i < view->file->in.remarks.count; i++)
        json_add(list, json_words(view->arena, view->file->in.remarks.at[i].text));
    return list;
}

void case_json(struct call *call, const struct case_shown *shown)
{
    const struct caseview *view = &shown->view;
    const struct casefile *file = view->file;
    const struct state *state = process_state(view->process, file->state);
    struct arena *arena = view->arena;
    struct json *json = json_new(arena, JSON_MAP);
    json_put(arena, json, "case", json_new_int(arena, file->id));
    json_put(arena, json, "ref", json_words(arena, file->ref));
    json_put(arena, json, "pack", json_words(arena, view->ruleset->pack_name));
    json_put(arena, json, "process", json_words(arena, file->process));
    json_put(arena, json, "process_title", json_words(arena, view->process->title));
    json_put(arena, json, "state", json_words(arena, file->state));
    json_put(arena, json, "state_title", json_words(arena, caseview_state(view, file->state)));
    json_put(arena, json, "state_since", json_day(arena, file->state_since));
    json_put(arena, json, "waiting_for", json_words(arena, state ? state->waiting_for : NULL));
    json_put(arena, json, "open", json_yes(arena, file->open));
    json_put(arena, json, "opened", json_day(arena, file->opened));
    json_put(arena, json, "as_of", json_day(arena, shown->as_of));
    json_put(arena, json, "school", file->school ? json_new_int(arena, file->school)
                                                 : json_new(arena, JSON_NULL));
    json_put(arena, json, "school_name",
             json_words(arena, lookup_school(view->world, file->school, arena)));
    json_put(arena, json, "fields", fields_json(view));
    json_put(arena, json, "proposals", proposals_json(view));
    json_put(arena, json, "deadlines", clocks_json(view));
    json_put(arena, json, "items", items_json(shown));
    json_put(arena, json, "consents", consents_json(view));
    json_put(arena, json, "people", parties_json(view));
    json_put(arena, json, "links", links_json(call, view));
    json_put(arena, json, "letters", letters_json(view));
    json_put(arena, json, "notes", remarks_json(view));
    json_put(arena, json, "possible", possible_json(shown));
    json_put(arena, json, "history", history_json(shown));
    json_put(arena, json, "messages", messages_json(shown));
    say_json(call, json);
}
