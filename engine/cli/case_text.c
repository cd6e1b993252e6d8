/* SPDX-License-Identifier: MIT */
#include "engine/cli/case.h"

#include "engine/base/arena.h"
#include "engine/cli/grid.h"
#include "engine/cli/grounds.h"
#include "engine/model/proof.h"
#include "engine/run/clock.h"
#include "engine/run/lookup.h"

#include <string.h>

static void heading(struct call *call, const char *title)
{
    say(call, "\n" BOLD "%s" OFF "\n", title);
}

static void say_head(struct call *call, const struct case_shown *shown)
{
    const struct caseview *view = &shown->view;
    const struct casefile *file = view->file;
    const struct state *state = process_state(view->process, file->state);
    const char *school = lookup_school(view->world, file->school, view->arena);
    say(call, BOLD "%s  %s" OFF "\n", file->ref, one_line(view->arena, view->process->title));
    if (shown->as_of != DAY_NONE)
        say(call, YELLOW "As it was at the end of %s." OFF "\n", caseview_day(view, shown->as_of));
    say(call, "%s since %s", caseview_state(view, file->state),
        caseview_day(view, file->state_since));
    if (!file->open)
        say(call, " (closed)");
    else if (state && state->waiting_for) {
        struct lookup_holders who = lookup_holders(view->world, view->model, state->waiting_for,
                                                   file, view->arena);
        say(call, ", waiting for %s", caseview_role(view, state->waiting_for));
        for (size_t i = 0; i < who.count; i++)
            say(call, "%s%s", i ? ", " : " (", one_line(view->arena, who.emails[i]));
        say(call, "%s", who.count ? ")" : "");
    }
    say(call, "\nOpened %s", caseview_day(view, file->opened));
    if (file->school)
        say(call, ", %s (%lld)", school ? one_line(view->arena, school) : "school",
            (long long)file->school);
    say(call, ", rules %s\n", view->ruleset->pack_name);
}

static void say_possible(struct call *call, const struct case_shown *shown)
{
    if (!shown->possible_count)
        return;
    heading(call, "What can be done now");
    for (size_t i = 0; i < shown->possible_count; i++) {
        const struct possible_event *one = &shown->possible[i];
        if (!one->allowed)
            continue;
        say(call, "  %-18s %s\n", one->rule->name,
            one_line(call->arena, one->rule->title ? one->rule->title : one->rule->name));
        if (one->refused && one->why)
            say(call, "  %-18s   not yet: %s\n", "", one_line(call->arena, one->why));
    }
}

static const char *status_colour(const struct clock *clock, bool right)
{
    switch (clock->status) {
    case CLOCK_MISSED:
    case CLOCK_NEVER_MET:
        return right ? FAINT : RED;
    case CLOCK_RUNNING:
        return "";
    case CLOCK_MET:
    case CLOCK_MET_LATE:
    case CLOCK_EXCUSED:
    case CLOCK_CANCELLED:
    case CLOCK_PAUSED:
        break;
    }
    return FAINT;
}

/* "met, Tue 8 Dec 2026" */
static const char *status_words(const struct caseview *view, const struct clock *clock)
{
    const char *word = caseview_status(view, clock);
    if (clock->status == CLOCK_EXCUSED)
        return arena_printf(view->arena, "%s, %s", word, caseview_excuse(view, clock->ground));
    if (clock->status == CLOCK_PAUSED)
        return grounds_pause(view, clock);
    if (clock->closed_on != DAY_NONE)
        return arena_printf(view->arena, "%s, %s%s", word,
                            clock->status == CLOCK_NEVER_MET ? "ended " : "",
                            caseview_day(view, clock->closed_on));
    return clock->provisional ? arena_printf(view->arena, "%s, may still move", word) : word;
}

static void say_clocks(struct call *call, const struct caseview *view)
{
    size_t open, count;
    const struct clock **clocks = caseview_clocks(view, &open, &count);
    struct grid grid = grid_of(view->arena, 6);
    for (size_t i = 0; i < count; i++) {
        const struct clock *clock = clocks[i];
        bool right;
        const char *owner = caseview_owner(view, clock->name, &right);
        bool no_day = clock->do_by == DAY_NONE || clock->status == CLOCK_PAUSED;
        const char *do_by = no_day ? "-" : caseview_day(view, clock->do_by);
        grid_row(&grid, status_colour(clock, right),
                 (const char *[]){ caseview_clock(view, clock->name), clock->name, do_by,
                                   caseview_due(view, clock),
                                   arena_printf(view->arena, "%s%s", caseview_role(view, owner),
                                                right ? " (a right)" : ""),
                                   status_words(view, clock) });
    }
    if (!count)
        return;
    heading(call, "Deadlines");
    grid_head(&grid, (const char *[]){ "What", "Name", "Do by", "Due", "Whose", "Status" });
    grid_say(&grid, call);
    const char *first = "\n";
    for (size_t i = 0; i < count; i++)
        if (grounds_say(call, view, clocks[i], first))
            first = "";
}

static void say_fields(struct call *call, const struct caseview *view)
{
    struct grid grid = grid_of(view->arena, 2);
    const struct sections *in = &view->file->in;
    for (size_t i = 0; i < in->fields.count; i++)
        grid_row(&grid, "", (const char *[]){ caseview_field(view, in->fields.at[i].name),
                                              caseview_value(view, in->fields.at[i].name,
                                                             &in->fields.at[i].value) });
    for (size_t i = 0; i < in->proposals.count; i++) {
        const struct proposal *one = &in->proposals.at[i];
        grid_row(&grid, YELLOW,
                 (const char *[]){ caseview_field(view, one->name),
                                   arena_printf(view->arena, "%s (proposed: waits for %s)",
                                                caseview_value(view, one->name, &one->value),
                                                caseview_consent(view, one->consent)) });
    }
    if (!grid.rows.count)
        return;
    heading(call, "Fields");
    grid_say(&grid, call);
}

/* Nothing happened to it, and by its rule nothing has to. */
static bool item_idle(const struct shown_item *item)
{
    return item->applies == TRUTH_NO &&
           !(item->entry && (item->entry->na || item->entry->done != DAY_NONE));
}

static void say_item(struct call *call, const struct caseview *view, const struct shown_item *item)
{
    const struct item *entry = item->entry;
    bool done = entry && entry->done != DAY_NONE;
    const char *mark = item_idle(item) || (entry && entry->na) ? "-" : done ? "x" : " ";
    say(call, "  [%s] %s (%s)", mark, item->title, item->full);
    if (item->by)
        say(call, ", %s", caseview_role(view, item->by));
    if (entry && entry->na)
        say(call, ": does not apply: %s", one_line(view->arena, entry->why));
    else if (done)
        say(call, ": done %s", caseview_day(view, entry->done));
    else if (item_idle(item))
        say(call, ": does not apply");
    else if (entry && entry->asked != DAY_NONE)
        say(call, ": asked %s", caseview_day(view, entry->asked));
    if (!done && !(entry && entry->na) && item->applies == TRUTH_UNKNOWN)
        say(call, ": whether it applies is not known%s%s%s", item->missing ? ", as '" : "",
            item->missing ? item->missing : "", item->missing ? "' is missing" : "");
    if (entry && entry->proof)
        say(call, ", %s", one_line(view->arena, proof_read(view->arena, entry->proof).name));
    say(call, "\n");
}

/* Those that do not apply stand at the end of their list. */
static void say_checklists(struct call *call, const struct case_shown *shown)
{
    const struct caseview *view = &shown->view;
    for (size_t i = 0; i < view->process->checklist_count; i++) {
        const struct checklist *list = &view->process->checklists[i];
        struct shown_item *items;
        size_t count = case_items(shown, list, &items);
        heading(call, one_line(view->arena, list->title ? list->title : list->name));
        for (size_t j = 0; j < 2 * count; j++)
            if (item_idle(&items[j % count]) == (j >= count))
                say_item(call, view, &items[j % count]);
    }
}

/* What each of several people said. */
static void say_answers(struct call *call, const struct caseview *view, const char *consent)
{
    for (size_t i = 0; i < view->file->in.answers.count; i++) {
        const struct consent_answer *one = &view->file->in.answers.at[i];
        if (strcmp(one->consent, consent) == 0)
            say(call, "    %s: %s on %s (%s)\n", one_line(view->arena, one->who),
                consent_status_name(one->status), caseview_day(view, one->on),
                one_line(view->arena, one->how));
    }
}

static void say_consents(struct call *call, const struct caseview *view)
{
    const struct sections *in = &view->file->in;
    if (in->consents.count)
        heading(call, "Consents");
    for (size_t i = 0; i < in->consents.count; i++) {
        const struct consent *one = &in->consents.at[i];
        say(call, "  %s: %s", caseview_consent(view, one->name), consent_status_name(one->status));
        if (one->answered != DAY_NONE)
            say(call, " on %s", caseview_day(view, one->answered));
        else if (one->asked != DAY_NONE)
            say(call, " on %s", caseview_day(view, one->asked));
        if (one->by && one->answered != DAY_NONE)
            say(call, ", %s (%s)", one_line(view->arena, one->by), one_line(view->arena, one->how));
        if (one->lapses != DAY_NONE && one->status == CONSENT_ASKED)
            say(call, ", lapses %s", caseview_day(view, one->lapses));
        if (one->until != DAY_NONE && one->in_force)
            say(call, ", until %s", caseview_day(view, one->until));
        say(call, "\n");
        say_answers(call, view, one->name);
    }
}

static void say_links(struct call *call, const struct caseview *view)
{
    const struct sections *in = &view->file->in;
    if (in->parties.count)
        heading(call, "People");
    for (size_t i = 0; i < in->parties.count; i++) {
        const struct party *one = &in->parties.at[i];
        const char *email = lookup_email(view->world, one->person, view->arena);
        say(call, "  %s: %s\n", caseview_role(view, one->name),
            one_line(view->arena, email ? email : one->text));
    }
    size_t count;
    const struct link *links = caseview_links(view, &count);
    if (count)
        heading(call, "Linked cases");
    for (size_t i = 0; i < count; i++) {
        struct caseview other;
        bool there = caseview_load(call, links[i].case_id, &other) == ERR_NONE;
        say(call, "  %.*s: %s %s%s%s\n", (int)strcspn(links[i].name, ":"), links[i].name,
            there ? other.file->ref : "", links[i].process ? links[i].process : "",
            there ? ", " : "", there ? caseview_state(&other, other.file->state) : "");
    }
    if (in->remarks.count)
        heading(call, "Notes");
    for (size_t i = 0; i < in->remarks.count; i++)
        say(call, "  " YELLOW "%s" OFF "\n", one_line(view->arena, in->remarks.at[i].text));
}

static void say_letters(struct call *call, const struct caseview *view)
{
    const struct sections *in = &view->file->in;
    if (in->letters.count)
        heading(call, "Letters");
    for (size_t i = 0; i < in->letters.count; i++) {
        const struct letter_entry *one = &in->letters.at[i];
        say(call, "  %s to %s, written %s, ", one_line(call->arena, one->name),
            caseview_role(view, one->role), caseview_day(view, one->made));
        if (one->sent == DAY_NONE)
            say(call, YELLOW "to go by %s" OFF "\n", one->email ? "e-mail" : "post");
        else
            say(call, "sent by %s %s\n", one->email ? "e-mail" : "post",
                caseview_day(view, one->sent));
    }
}

static void say_history(struct call *call, const struct case_shown *shown)
{
    heading(call, "History");
    for (size_t i = 0; i < shown->event_count; i++) {
        const struct told_event *told = &shown->events[i];
        int64_t minute = clock_local(told->recorded_ms, NULL);
        char clock[8];
        say(call, "  %s  " BOLD "%s" OFF "  %s", caseview_day(&shown->view, told->on),
            told->what, told->who);
        if (minute_day(minute) != told->on)
            say(call, FAINT "  recorded %s %s" OFF, caseview_day(&shown->view, minute_day(minute)),
                minute_text((int)(minute - minute_at(minute_day(minute), 0)), clock));
        say(call, "\n");
        for (size_t j = 0; j < told->did_count; j++)
            say(call, "      %s\n", told->did[j]);
        if (told->erased)
            say(call, FAINT "      personal content was erased" OFF "\n");
    }
}

/* To whom, and what came of it. */
static void say_message_rest(struct call *call, const struct caseview *view,
                             const struct told_message *one)
{
    const struct role *role = model_role(view->model, one->role);
    if (!*one->email) {
        say(call, " to nobody: nobody %s %s\n",
            role && role->of == ROLE_CASE ? "is named as" : "holds the role of",
            caseview_role(view, one->role));
        return;
    }
    say(call, " to %s: %s", one_line(call->arena, one->email),
        !*one->state ? "not sent yet"
        : strcmp(one->state, "dropped") == 0 ? "not needed any more" : one->state);
    if (*one->reply)
        say(call, " (%s%s)", one_line(call->arena, one->reply),
            strcmp(one->state, "waiting") == 0 ? "; it will be tried again" : "");
    say(call, "\n");
}

static void say_messages(struct call *call, const struct case_shown *shown)
{
    if (shown->message_count)
        heading(call, "Messages");
    for (size_t i = 0; i < shown->message_count; i++) {
        const struct told_message *one = &shown->messages[i];
        const char *about = casefile_clock(shown->view.file, one->about)
                                ? caseview_clock(&shown->view, one->about)
                                : one_line(call->arena, one->about);
        say(call, "  %-9s %s", one->kind, about);
        say_message_rest(call, &shown->view, one);
    }
}

void case_text(struct call *call, const struct case_shown *shown)
{
    say_head(call, shown);
    say_possible(call, shown);
    say_clocks(call, &shown->view);
    say_fields(call, &shown->view);
    say_checklists(call, shown);
    say_consents(call, &shown->view);
    say_links(call, &shown->view);
    say_letters(call, &shown->view);
    say_history(call, shown);
    say_messages(call, shown);
}
