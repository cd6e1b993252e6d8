/* SPDX-License-Identifier: MIT */
/* `reeve calendar import`: another's dates into a calendar file, all of them or none. */
#include "engine/cli/commands.h"

#include "engine/base/arena.h"
#include "engine/base/diag.h"
#include "engine/cli/caseview.h"
#include "engine/cli/facts.h"
#include "engine/cli/put.h"
#include "engine/cli/say.h"
#include "engine/run/calendar_file.h"
#include "rules/pack.h"

#include <string.h>

struct import {
    struct call *call;
    const char *file, *into;
    const struct source *source;   /* The calendar as it was read. */
    struct news news;
    struct calendar_merge merge;
    bool written;
};

/* A calendar saved by an editor that begins files with a mark keeps it. */
static const char mark[] = "\xef\xbb\xbf";

static enum err_code read_news(struct import *in)
{
    struct call *call = in->call;
    const char *bytes;
    size_t len;
    enum err_code rc = facts_read(call, in->file, NEWS_BYTES_MAX, &bytes, &len);
    if (rc)
        return rc;
    rc = calendar_news_read(call->arena, bytes, len, call_flag(call, "division"), &in->news,
                            &call->err);
    if (rc)
        err_wrap(&call->err, "%s", in->file);
    return rc;
}

static enum err_code merge(struct import *in, bool *marked)
{
    struct call *call = in->call;
    struct source *source = ARENA_NEW(call->arena, struct source);
    struct diags *diags = diags_new(call->arena);
    const char *bytes;
    size_t len;
    enum err_code rc = facts_read(call, in->into, PACK_FILE_BYTES_MAX, &bytes, &len);
    if (rc && !call_flag(call, "into"))
        err_hint(&call->err, "say into which calendar: --into PACK/calendar.yaml");
    if (rc)
        return rc;
    *marked = len >= 3 && memcmp(bytes, mark, 3) == 0;
    *source = (struct source){ in->into, bytes + (*marked ? 3 : 0), len - (*marked ? 3 : 0) };
    in->source = source;
    rc = calendar_merge(call->arena, source, &in->news, call_flag(call, "prune") != NULL,
                        &in->merge, diags, &call->err);
    if (rc == ERR_PACK) {
        struct buf text = buf_in(call->arena);
        diags_sort(diags);
        diags_print(diags, &text, false);
        talk("%s", buf_text(&text));
    }
    return rc;
}

static enum err_code write_out(struct import *in, bool marked)
{
    struct call *call = in->call;
    const char *text = arena_printf(call->arena, "%s%s", marked ? mark : "", in->merge.text);
    if (!in->merge.changes.count || call_flag(call, "dry-run"))
        return ERR_NONE;
    enum err_code rc = put_file(call->arena, in->into, in->source->text, text, &call->err);
    in->written = !rc;
    return rc;
}

/* --- what it says ---------------------------------------------------------------------------- */

static const char *change_name(const struct calendar_change *change)
{
    switch (change->kind) {
    case CHANGE_ADDED: return "added";
    case CHANGE_CHANGED: return "changed";
    case CHANGE_REMOVED: return "removed";
    }
    return "";
}

static void say_as_json(struct import *in)
{
    struct arena *arena = in->call->arena;
    struct json *json = json_new(arena, JSON_MAP), *changes = json_new(arena, JSON_LIST);
    struct json *gone = json_new(arena, JSON_LIST), *left = json_new(arena, JSON_LIST);
    for (size_t i = 0; i < in->merge.changes.count; i++) {
        const struct calendar_change *change = &in->merge.changes.at[i];
        struct json *one = json_new(arena, JSON_MAP);
        json_put(arena, one, "change", json_new_text(arena, change_name(change)));
        json_put(arena, one, "what", json_words(arena, change->what));
        json_put(arena, one, "was", json_words(arena, change->was));
        json_put(arena, one, "is", json_words(arena, change->is));
        json_add(changes, one);
    }
    for (size_t i = 0; i < in->merge.gone.count; i++) {
        struct json *one = json_new(arena, JSON_MAP);
        json_put(arena, one, "date", json_day(arena, in->merge.gone.at[i].date));
        json_put(arena, one, "title", json_words(arena, in->merge.gone.at[i].title));
        json_add(gone, one);
    }
    for (size_t i = 0; i < in->news.left.count; i++)
        json_add(left, json_words(arena, in->news.left.at[i]));
    json_put(arena, json, "into", json_words(arena, in->into));
    json_put(arena, json, "division", json_words(arena, in->news.division));
    json_put(arena, json, "changes", changes);
    json_put(arena, json, "not_in_file", gone);
    json_put(arena, json, "left_out", left);
    json_put(arena, json, "note", json_words(arena, in->merge.note));
    json_put(arena, json, "same", json_new_int(arena, (int64_t)in->merge.same));
    json_put(arena, json, "written", json_yes(arena, in->written));
    say_json(in->call, json);
}

static void say_change(struct import *in, const struct calendar_change *change)
{
    struct call *call = in->call;
    struct arena *arena = call->arena;
    const char *what = one_line(arena, change->what);
    const char *was = change->was ? one_line(arena, change->was) : "";
    const char *is = change->is ? one_line(arena, change->is) : "";
    if (change->kind == CHANGE_ADDED)
        say(call, GREEN "  +" OFF " %s: %s\n", what, is);
    else if (change->kind == CHANGE_REMOVED)
        say(call, RED "  -" OFF " %s: %s\n", what, was);
    else if (change->was)
        say(call, YELLOW "  ~" OFF " %s: %s, was %s\n", what, is, was);
    else
        say(call, YELLOW "  ~" OFF " %s: %s, was not said\n", what, is);
}

static void say_gone(struct import *in)
{
    bool prune = call_flag(in->call, "prune") != NULL;
    char text[DAY_TEXT_MAX];
    for (size_t i = 0; i < in->merge.gone.count && !prune; i++)
        say(in->call, YELLOW "  ?" OFF " %s: %s stands here, and not in %s\n",
            day_iso(in->merge.gone.at[i].date, text),
            one_line(in->call->arena, in->merge.gone.at[i].title), in->file);
    if (in->merge.gone.count && !prune)
        say(in->call, "    A day of your own stays; one that was moved goes with --prune.\n");
}

static void say_as_text(struct import *in)
{
    struct call *call = in->call;
    size_t count = in->merge.changes.count;
    say(call, BOLD "%s" OFF "\n", one_line(call->arena, in->into));
    for (size_t i = 0; i < count; i++)
        say_change(in, &in->merge.changes.at[i]);
    say_gone(in);
    for (size_t i = 0; i < in->news.left.count; i++)
        say(call, FAINT "  · left out: %s" OFF "\n", one_line(call->arena, in->news.left.at[i]));
    say(call, "%s, %s.%s\n", counted(call, (int64_t)count, "change", "changes"),
        counted(call, (int64_t)in->merge.same, "entry the same", "entries the same"),
        !count ? "" : in->written ? "" : " Nothing was written.");
    if (in->merge.note)
        say(call, "Note: %s.\n", in->merge.note);
    if (in->written)
        say(call, "Next: reeve check, then publish the pack.\n");
}

enum err_code calendar_run(struct call *call)
{
    struct import in = { .call = call, .file = call->args[1],
                         .into = text_or(call_flag(call, "into"), "calendar.yaml") };
    bool marked = false;
    if (strcmp(call->args[0], "import") != 0)
        return err_set(&call->err, ERR_USAGE, "reeve calendar import FILE, not '%s'",
                       call->args[0]);
    enum err_code rc = read_news(&in);
    if (!rc)
        rc = merge(&in, &marked);
    if (!rc)
        rc = write_out(&in, marked);
    if (rc)
        return rc;
    if (call->json)
        say_as_json(&in);
    else
        say_as_text(&in);
    return ERR_NONE;
}
