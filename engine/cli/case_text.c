/* SPDX-License-Identifier: MIT */
#include "engine/cli/case.h"

#include "engine/base/arena.h"
#include "engine/cli/grid.h"
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

static const char *status_colour(const struct clock *clock)
{
    switch (clock->status) {
    case CLOCK_MISSED:
    case CLOCK_NEVER_MET:
        return RED;
    case CLOCK_RUNNING:
        return "";
    case CLOCK_MET:
    case CLOCK_MET_LATE:
    case CLOCK_EXCUSED:
    case CLOCK_CANCELLED:
        break;
    }
    return FAINT;
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
        const char *rest = clock->status == CLOCK_EXCUSED ? caseview_excuse(view, clock->ground)
                           : clock->closed_on != DAY_NONE ? caseview_day(view, clock->closed_on)
                           : clock->provisional ? "may still move" : "";
        const char *do_by = clock->do_by == DAY_NONE ? "-" : caseview_day(view, clock->do_by);
        grid_row(&grid, status_colour(clock),
                 (const char *[]){ caseview_clock(view, clock->name), clock->name, do_by,
                                   caseview_day(view, clock->due),
                                   arena_printf(view->arena, "%s%s", caseview_role(view, owner),
                                                right ? " (a right)" : ""),
                                   arena_printf(view->arena, "%s%s%s",
                                                right && clock->status == CLOCK_MISSED
                                                    ? "over" : clock_status_name(clock->status),
                                                *rest ? ", " : "", rest) });
    }
    if (!count)
        return;
    heading(call, "Deadlines");
    grid_head(&grid, (const char *[]){ "What", "Name", "Do by", "Due", "Whose", "Status" });
    grid_say(&grid, call);
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

static void say_item(struct call *call, const struct caseview *view, const struct shown_item *item)
{
    const struct item *entry = item->entry;
    bool done = entry && entry->done != DAY_NONE;
    const char *mark = entry && entry->na ? "-" : done ? "x" : " ";
    say(call, "  [%s] %s (%s)", mark, item->title, item->full);
    if (item->by)
        say(call, ", %s", caseview_role(view, item->by));
    if (entry && entry->na)
        say(call, ": does not apply: %s", one_line(view->arena, entry->why));
    else if (done)
        say(call, ": done %s", caseview_day(view, entry->done));
    else if (entry && entry->asked != DAY_NONE)
        say(call, ": asked %s", caseview_day(view, entry->asked));
    if (entry && entry->proof)
        say(call, ", %.*s", (int)strcspn(entry->proof, " "), entry->proof);
    say(call, "\n");
}

static void say_checklists(struct call *call, const struct caseview *view)
{
    for (size_t i = 0; i < view->process->checklist_count; i++) {
        const struct checklist *list = &view->process->checklists[i];
        struct shown_item *items;
        size_t count = case_items(view, list, &items);
        heading(call, one_line(view->arena, list->title ? list->title : list->name));
        for (size_t j = 0; j < count; j++)
            say_item(call, view, &items[j]);
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
    if (in->links.count)
        heading(call, "Linked cases");
    for (size_t i = 0; i < in->links.count; i++) {
        struct caseview other;
        const struct link *one = &in->links.at[i];
        bool there = caseview_load(call, one->case_id, &other) == ERR_NONE;
        say(call, "  %.*s: %s %s\n", (int)strcspn(one->name, ":"), one->name,
            there ? other.file->ref : "", one->process ? one->process : "");
    }
    if (in->remarks.count)
        heading(call, "Notes");
    for (size_t i = 0; i < in->remarks.count; i++)
        say(call, "  " YELLOW "%s" OFF "\n", one_line(view->arena, in->remarks.at[i].text));
}

static void say_history(struct call *call, const struct case_shown *shown)
{
    heading(call, "History");
    for (size_t i = 0; i < shown->event_count; i++) {
        const struct told_event *told = &shown->events[i];
        int64_t minute = clock_local(told->recorded_ms, NULL);
        char clock[8];
        say(call, "  %s  " BOLD "%s" OFF "  %s", caseview_day(&shown->view, told->event.on),
            told->what, told->who);
        if (minute_day(minute) != told->event.on)
            say(call, FAINT "  recorded %s %s" OFF, caseview_day(&shown->view, minute_day(minute)),
                minute_text((int)(minute - minute_at(minute_day(minute), 0)), clock));
        say(call, "\n");
        for (size_t j = 0; j < told->did_count; j++)
            say(call, "      %s\n", told->did[j]);
        if (told->erased)
            say(call, FAINT "      personal content was erased" OFF "\n");
    }
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
        say(call, "  %-9s %s to %s: %s", one->kind, about,
            one->email ? one_line(call->arena, one->email) : "nobody (no one holds the role)",
            one->state ? one->state : "not sent yet");
        if (one->reply && *one->reply)
            say(call, " (%s%s)", one_line(call->arena, one->reply),
                one->state && strcmp(one->state, "waiting") == 0 ? "; it will be tried again" : "");
        say(call, "\n");
    }
}

void case_text(struct call *call, const struct case_shown *shown)
{
    say_head(call, shown);
    say_possible(call, shown);
    say_clocks(call, &shown->view);
    say_fields(call, &shown->view);
    say_checklists(call, &shown->view);
    say_consents(call, &shown->view);
    say_links(call, &shown->view);
    say_history(call, shown);
    say_messages(call, shown);
}
