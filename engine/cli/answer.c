/* SPDX-License-Identifier: MIT */
/* What came of an act: compared with the case as it was before, so that what
 * the clock owed and did in the same turn is told too.
 */
#include "engine/cli/act.h"

#include "engine/base/arena.h"
#include "engine/cli/say.h"
#include "engine/run/casework.h"
#include "engine/run/lookup.h"

#include <string.h>

enum { NEXT_MAX = 5 };

struct answer_to {
    struct act *act;
    struct caseview after;
};

struct change {
    const char *name, *word;   /* "new", "moved", "met", ... */
    const struct clock *was, *is;
};
struct changes {
    struct change *at;
    size_t count, room;
};

static const struct clock *clock_before(const struct answer_to *to, const char *name)
{
    return to->act->before.file ? casefile_clock(to->act->before.file, name) : NULL;
}

static const char *change_word(const struct answer_to *to, const struct clock *was,
                               const struct clock *is)
{
    if (!was)
        return is->status == CLOCK_RUNNING ? "new" : caseview_status(&to->after, is);
    if (was->status != is->status)
        return caseview_status(&to->after, is);
    return was->due != is->due || was->do_by != is->do_by ? "moved" : NULL;
}

static struct changes find_changes(const struct answer_to *to)
{
    struct changes changes = { 0 };
    for (size_t i = 0; i < to->after.file->in.clocks.count; i++) {
        const struct clock *is = &to->after.file->in.clocks.at[i];
        const struct clock *was = clock_before(to, is->name);
        const char *word = change_word(to, was, is);
        if (word)
            *LIST_ADD(to->after.arena, &changes) = (struct change){ is->name, word, was, is };
    }
    return changes;
}

static void say_change(const struct answer_to *to, const struct change *change)
{
    struct call *call = to->act->call;
    const char *title = caseview_clock(&to->after, change->name);
    if (strcmp(change->word, "moved") == 0 && change->was->due != change->is->due)
        say(call, "  %-10s %s: from %s, now %s\n", change->word, title,
            caseview_day(&to->after, change->was->due), caseview_dates(&to->after, change->is));
    else if (clock_open(change->is))
        say(call, "  %-10s %s: %s\n", change->word, title,
            caseview_dates(&to->after, change->is));
    else
        say(call, "  %-10s %s (was due %s)\n", change->word, title,
            caseview_day(&to->after, change->is->due));
}

/* Addresses, or the role with the reason that there are none. */
static const char *told_whom(const struct answer_to *to, const char *role)
{
    struct buf text = buf_in(to->after.arena);
    struct lookup_holders who = lookup_holders(to->after.world, to->after.model, role,
                                               to->after.file, to->after.arena);
    buf_add(&text, caseview_role(&to->after, role));
    for (size_t i = 0; i < who.count; i++)
        buf_printf(&text, "%s%s", i ? ", " : " (", one_line(to->after.arena, who.emails[i]));
    buf_add(&text, who.count ? ")" : " (nobody holds this role)");
    return buf_text(&text);
}

static const char *notice_about(const struct answer_to *to, const struct notice *notice)
{
    if (casefile_clock(to->after.file, notice->about))
        return caseview_clock(&to->after, notice->about);
    const struct message_rule *message = model_message(to->after.model, notice->about);
    return message ? one_line(to->after.arena, message->name) : notice->about;
}

static void say_told(const struct answer_to *to)
{
    const struct outcome *outcome = to->act->turned.outcome;
    for (size_t i = 0; i < outcome->notices.count; i++) {
        const struct notice *notice = &outcome->notices.at[i];
        say(to->act->call, "Told: %s: %s\n", told_whom(to, notice->role), notice_about(to, notice));
    }
}

static void say_letters(const struct answer_to *to)
{
    const struct sections *changed = &to->act->turned.outcome->changed;
    for (size_t i = 0; i < changed->letters.count; i++) {
        const struct letter_entry *one = &changed->letters.at[i];
        if (one->sent == DAY_NONE)
            say(to->act->call, "Letter: %s: %s, to go by %s\n",
                caseview_role(&to->after, one->role), one->name, one->email ? "e-mail" : "post");
    }
}

static const char *opened_title(const struct answer_to *to, int64_t id, struct case_row *row)
{
    const struct process *process;
    if (case_get(to->act->call->store, id, to->after.arena, row, NULL)) {
        *row = (struct case_row){ .id = id, .ref = "a new case", .process = "" };
        return "";
    }
    process = model_process(to->after.model, row->process);
    return one_line(to->after.arena, process ? process->title : row->process);
}

static void say_opened(const struct answer_to *to)
{
    const struct turned *turned = &to->act->turned;
    for (size_t i = 0; i < turned->opened_count && !to->act->request.what_if; i++) {
        struct case_row row;
        const char *title = opened_title(to, turned->opened[i], &row);
        say(to->act->call, "Opened: %s %s\n", row.ref, title);
    }
    for (size_t i = 0; to->act->request.what_if && i < turned->outcome->openings.count; i++) {
        const struct process *process = model_process(to->after.model,
                                                      turned->outcome->openings.at[i].process);
        say(to->act->call, "Would open: %s\n",
            process ? process->title : turned->outcome->openings.at[i].process);
    }
}

static void say_next(const struct answer_to *to)
{
    struct call *call = to->act->call;
    size_t open, count, said = 0;
    const struct clock **clocks = caseview_clocks(&to->after, &open, &count);
    for (size_t i = 0; i < open && said < NEXT_MAX; i++) {
        bool right;
        const char *owner = caseview_owner(&to->after, clocks[i]->name, &right);
        if (right)
            continue;
        say(call, "%s %s: %s, %s\n", said ? "     " : "Next:",
            caseview_clock(&to->after, clocks[i]->name), caseview_dates(&to->after, clocks[i]),
            caseview_role(&to->after, owner));
        said++;
    }
    if (!said && to->after.file->open)
        say(call, "Next: nothing has a date yet.\n");
    if (open > said && said == NEXT_MAX)
        say(call, "      and more: reeve case %s\n", to->after.file->ref);
}

static void say_head(const struct answer_to *to)
{
    const struct act *act = to->act;
    const struct event *event = &act->request.event;
    struct call *call = act->call;
    const struct casefile *file = to->after.file;
    const char *what = event->kind == EVENT_OPEN
                           ? one_line(call->arena, to->after.process->title)
                           : caseview_happened(&to->after, event);
    const char *state = process_state(to->after.process, file->state)
                            ? process_state(to->after.process, file->state)->waiting_for : NULL;
    if (act->request.what_if)
        say(call, FAINT "What if (nothing is written):" OFF "\n");
    say(call, BOLD "%s" OFF " %s%s%s\n", file->ref, what,
        event->kind == EVENT_OPEN ? ": opened" : "",
        act->turned.again ? " (recorded before under this key)" : "");
    say(call, "State: %s", caseview_state(&to->after, file->state));
    if (!file->open)
        say(call, " (closed)");
    else if (state)
        say(call, ", waiting for %s", caseview_role(&to->after, state));
    say(call, "\n");
}

static void say_answer(const struct answer_to *to)
{
    struct changes changes = find_changes(to);
    const struct casefile *file = to->after.file;
    say_head(to);
    if (to->act->added)
        say(to->act->call, "Added: %s (nobody had this address before)\n",
            one_line(to->after.arena, to->act->added));
    for (size_t i = 0; i < changes.count; i++)
        say_change(to, &changes.at[i]);
    size_t known = to->act->before.file ? to->act->before.file->in.remarks.count : 0;
    for (size_t i = known; i < file->in.remarks.count; i++)
        say(to->act->call, YELLOW "Note:" OFF " %s\n",
            one_line(to->after.arena, file->in.remarks.at[i].text));
    say_opened(to);
    say_told(to);
    say_letters(to);
    say_next(to);
}

/* --- JSON ------------------------------------------------------------------------------------ */

static struct json *json_changes(const struct answer_to *to)
{
    struct arena *arena = to->after.arena;
    struct json *list = json_new(arena, JSON_LIST);
    struct changes changes = find_changes(to);
    for (size_t i = 0; i < changes.count; i++) {
        struct json *json = caseview_clock_json(&to->after, changes.at[i].is);
        json_put(arena, json, "change", json_new_text(arena, changes.at[i].word));
        json_put(arena, json, "was_due",
                 json_day(arena, changes.at[i].was ? changes.at[i].was->due : DAY_NONE));
        json_add(list, json);
    }
    return list;
}

static struct json *json_told(const struct answer_to *to)
{
    struct arena *arena = to->after.arena;
    struct json *list = json_new(arena, JSON_LIST);
    const struct outcome *outcome = to->act->turned.outcome;
    for (size_t i = 0; i < outcome->notices.count; i++) {
        const struct notice *notice = &outcome->notices.at[i];
        struct json *json = json_new(arena, JSON_MAP), *people = json_new(arena, JSON_LIST);
        struct lookup_holders who = lookup_holders(to->after.world, to->after.model, notice->role,
                                                   to->after.file, arena);
        for (size_t j = 0; j < who.count; j++)
            json_add(people, json_new_text(arena, who.emails[j]));
        json_put(arena, json, "role", json_words(arena, notice->role));
        json_put(arena, json, "about", json_words(arena, notice->about));
        json_put(arena, json, "kind", json_new_text(arena, notice_kind_name(notice->kind)));
        json_put(arena, json, "people", people);
        json_add(list, json);
    }
    return list;
}

static struct json *json_letters(const struct answer_to *to)
{
    struct json *list = json_new(to->after.arena, JSON_LIST);
    const struct sections *changed = &to->act->turned.outcome->changed;
    for (size_t i = 0; i < changed->letters.count; i++)
        json_add(list, json_words(to->after.arena, changed->letters.at[i].name));
    return list;
}

static struct json *json_opened(const struct answer_to *to)
{
    struct arena *arena = to->after.arena;
    struct json *list = json_new(arena, JSON_LIST);
    for (size_t i = 0; i < to->act->turned.opened_count && !to->act->request.what_if; i++) {
        struct case_row row;
        struct json *json = json_new(arena, JSON_MAP);
        opened_title(to, to->act->turned.opened[i], &row);
        json_put(arena, json, "case", json_new_int(arena, row.id));
        json_put(arena, json, "ref", json_new_text(arena, row.ref));
        json_put(arena, json, "process", json_new_text(arena, row.process));
        json_add(list, json);
    }
    return list;
}

static struct json *json_next(const struct answer_to *to)
{
    struct json *list = json_new(to->after.arena, JSON_LIST);
    size_t open, count;
    const struct clock **clocks = caseview_clocks(&to->after, &open, &count);
    for (size_t i = 0; i < open; i++)
        json_add(list, caseview_clock_json(&to->after, clocks[i]));
    return list;
}

static void answer_json(const struct answer_to *to)
{
    struct arena *arena = to->after.arena;
    const struct turned *turned = &to->act->turned;
    const struct casefile *file = to->after.file;
    struct json *json = json_new(arena, JSON_MAP);
    json_put(arena, json, "case", json_new_int(arena, file->id));
    json_put(arena, json, "ref", json_new_text(arena, file->ref));
    json_put(arena, json, "process", json_new_text(arena, file->process));
    json_put(arena, json, "state", json_new_text(arena, file->state));
    json_put(arena, json, "state_title",
             json_new_text(arena, caseview_state(&to->after, file->state)));
    json_put(arena, json, "open", json_yes(arena, file->open));
    json_put(arena, json, "event", json_new_int(arena, turned->event_id));
    json_put(arena, json, "again", json_yes(arena, turned->again));
    json_put(arena, json, "what_if", json_yes(arena, to->act->request.what_if));
    json_put(arena, json, "added", json_yes(arena, to->act->added != NULL));
    json_put(arena, json, "changes", json_changes(to));
    json_put(arena, json, "opened", json_opened(to));
    json_put(arena, json, "told", json_told(to));
    json_put(arena, json, "letters", json_letters(to));
    json_put(arena, json, "next", json_next(to));
    say_json(to->act->call, json);
}

enum err_code answer_say(struct act *act)
{
    struct answer_to to = { .act = act };
    enum err_code rc = caseview_of(act->call, act->turned.file, &to.after);
    if (rc)
        return rc;
    if (act->call->json)
        answer_json(&to);
    else
        say_answer(&to);
    return ERR_NONE;
}
