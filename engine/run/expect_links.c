/* SPDX-License-Identifier: MIT */
/* What a story expects of other cases: those it opened, and what it told them. */
#include "engine/run/play.h"

#include "engine/base/arena.h"

#include <string.h>

struct child {
    struct casefile file;
    bool taken;
};
struct children {
    struct child *at;
    size_t count, room;
};

static enum err_code load_children(struct play *play, const struct casefile *file,
                                   struct children *out, struct err *err)
{
    enum err_code rc = ERR_NONE;
    for (size_t l = 0; !rc && l < file->in.links.count; l++) {
        const struct link *link = &file->in.links.at[l];
        struct child child = { .taken = false };
        if (strncmp(link->name, "child:", 6) != 0)
            continue;
        rc = play_case(play, link->case_id, &child.file, err);
        *LIST_ADD(play->arena, out) = child;
    }
    return rc;
}

/* A child of that process that has not been told yet and is as expected; else any other. */
static struct child *find_child(struct play *play, const struct children *children,
                                const struct opened *wanted)
{
    struct child *found = NULL;
    for (size_t i = 0; i < children->count; i++) {
        struct child *child = &children->at[i];
        size_t before = play->report.len;
        if (child->taken || strcmp(child->file.process, wanted->process) != 0)
            continue;
        expect_fields(play, &child->file, &wanted->fields);
        bool same = play->report.len == before;
        buf_cut(&play->report, before);
        if (same)
            return child;
        found = found ? found : child;
    }
    return found;
}

/* Each is another case; an empty list says that there is none. */
static enum err_code check_opened(struct play *play, const struct casefile *file,
                                  const struct expectation *expect, struct err *err)
{
    struct children children = { 0 };
    if (!expect->has_opened)
        return ERR_NONE;
    enum err_code rc = load_children(play, file, &children, err);
    for (size_t i = 0; !rc && i < expect->opened.count; i++) {
        const struct opened *wanted = &expect->opened.at[i];
        struct child *child = find_child(play, &children, wanted);
        if (!child) {
            play_report(play, wanted->span, "no %scase of %s was opened", i ? "further " : "",
                        wanted->process);
            continue;
        }
        child->taken = true;
        expect_fields(play, &child->file, &wanted->fields);
    }
    if (!rc && !expect->opened.count && children.count)
        play_report(play, expect->span, "a case of %s was opened, and none was expected",
                    children.at[0].file.process);
    return rc;
}

/* --- signals --------------------------------------------------------------------------------- */

struct all_sent {
    struct sending *at;
    size_t count, room;
};

static enum err_code gather_sendings(struct play *play, struct all_sent *out, struct err *err)
{
    struct event_row *rows;
    size_t count;
    enum err_code rc = case_history(play->store, play->case_id, play->arena, &rows, &count, err);
    for (size_t i = 0; !rc && i < count; i++) {
        struct outcome outcome;
        rc = case_event(&rows[i], play->arena, NULL, &outcome, err);
        for (size_t n = 0; !rc && n < outcome.sendings.count; n++)
            *LIST_ADD(play->arena, out) = outcome.sendings.at[n];
    }
    return rc;
}

static bool was_sent(const struct all_sent *sent, const char *event, const char *to)
{
    for (size_t i = 0; i < sent->count; i++)
        if (strcmp(sent->at[i].event, event) == 0 && (!to || strcmp(sent->at[i].to, to) == 0))
            return true;
    return false;
}

static void check_sent_to_each(struct play *play, const struct casefile *file,
                               const struct all_sent *sent, const struct signalled *wanted)
{
    const struct field_entry *entry = casefile_field(file, wanted->to);
    bool rows = entry && entry->value.kind == VALUE_ROWS && entry->value.tree->first;
    if (!rows)
        play_report(play, wanted->span, "%s holds no cases that could be told of %s", wanted->to,
                    wanted->event);
    for (const struct json *row = rows ? entry->value.tree->first : NULL; row; row = row->next) {
        const char *ref = json_text(row, CASES_COLUMN_CASE, "");
        if (!was_sent(sent, wanted->event, ref))
            play_report(play, wanted->span, "%s was not sent to %s", wanted->event, ref);
    }
}

static enum err_code check_signalled(struct play *play, const struct casefile *file,
                                     const struct expectation *expect, struct err *err)
{
    struct all_sent sent = { 0 };
    enum err_code rc =
        expect->signalled.count ? gather_sendings(play, &sent, err) : ERR_NONE;
    for (size_t i = 0; !rc && i < expect->signalled.count; i++) {
        const struct signalled *wanted = &expect->signalled.at[i];
        const struct field *field = wanted->to ? process_field(play->process, wanted->to) : NULL;
        if (field && field->cases)
            check_sent_to_each(play, file, &sent, wanted);
        else if (!was_sent(&sent, wanted->event, wanted->to))
            play_report(play, wanted->span, "%s was not sent%s%s", wanted->event,
                        wanted->to ? " to " : "", wanted->to ? wanted->to : "");
    }
    return rc;
}

enum err_code expect_links(struct play *play, const struct casefile *file,
                           const struct expectation *expect, struct err *err)
{
    enum err_code rc = check_opened(play, file, expect, err);
    return rc ? rc : check_signalled(play, file, expect, err);
}
