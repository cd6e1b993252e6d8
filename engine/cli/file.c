/* SPDX-License-Identifier: MIT */
#include "engine/cli/commands.h"

#include "engine/base/arena.h"
#include "engine/cli/caseview.h"
#include "engine/cli/grid.h"
#include "engine/cli/put.h"
#include "engine/cli/say.h"
#include "engine/run/files.h"

#include <string.h>

enum { DIGITS_SHOWN = 12 };

static struct json *file_json(struct call *call, const struct case_file *file)
{
    struct arena *arena = call->arena;
    struct json *json = json_new(arena, JSON_MAP);
    json_put(arena, json, "name", json_words(arena, file->proof.name));
    json_put(arena, json, "digest", json_words(arena, file->proof.digest));
    json_put(arena, json, "type", json_words(arena, file->proof.type));
    json_put(arena, json, "size", json_new_int(arena, file->proof.size));
    json_put(arena, json, "event", json_new_int(arena, file->event_id));
    json_put(arena, json, "about", json_words(arena, file->about));
    json_put(arena, json, "on", json_day(arena, file->on));
    json_put(arena, json, "who", json_words(arena, file->who));
    return json;
}

static void say_file(struct call *call, const struct caseview *view, const struct case_file *file)
{
    const struct proof *proof = &file->proof;
    if (!proof->digest) {
        say(call, "  %s  named on %s for %s; not kept\n", proof->name,
            caseview_day(view, file->on), text_or(file->about, "the case"));
        return;
    }
    say(call, "  %.*s  %s, %s, %s for %s, by %s\n", DIGITS_SHOWN, proof->digest, proof->name,
        proof_size_text(call->arena, proof->size), caseview_day(view, file->on),
        text_or(file->about, "the case"), text_or(file->who, "the clock"));
}

static void say_files(struct call *call, const struct caseview *view,
                      const struct case_file *files, size_t count)
{
    struct json *json = json_new(call->arena, JSON_MAP), *all = json_new(call->arena, JSON_LIST);
    for (size_t i = 0; i < count; i++) {
        if (call->json)
            json_add(all, file_json(call, &files[i]));
        else
            say_file(call, view, &files[i]);
    }
    if (!call->json && !count)
        say(call, "No files were handed in.\n");
    if (!call->json)
        return;
    json_put(call->arena, json, "files", all);
    say_json(call, json);
}

static enum err_code write_out(struct call *call, const struct case_file *file, const char *path)
{
    struct file_row row;
    enum err_code rc = case_file_get(call->store, file, call->arena, &row, &call->err);
    if (!rc)
        rc = put_new(path, row.bytes, row.len, &call->err);
    if (rc)
        return rc;
    if (call->json) {
        struct json *json = file_json(call, file);
        json_put(call->arena, json, "written", json_words(call->arena, path));
        say_json(call, json);
    } else {
        say(call, "Written and checked: %s, %s\n", path,
            proof_size_text(call->arena, (int64_t)row.len));
    }
    return ERR_NONE;
}

enum err_code file_run(struct call *call)
{
    struct caseview view;
    struct case_file *files;
    const struct case_file *file;
    const char *word = call_arg(call, 1), *out = call_flag(call, "out");
    size_t count;
    if (!word != !out) {
        err_set(&call->err, ERR_USAGE, word ? "where '%s' is to be written is missing"
                                            : "which file is meant is missing%s", word ? word : "");
        err_hint(&call->err, "reeve file CASE NAME -o FILE; reeve file CASE alone lists them");
        return ERR_USAGE;
    }
    enum err_code rc = database_open(call, STORE_READ);
    if (!rc)
        rc = caseview_find(call, call->args[0], &view);
    if (!rc)
        rc = case_files(call->store, view.file->id, call->arena, &files, &count, &call->err);
    if (rc)
        return rc;
    if (!word) {
        say_files(call, &view, files, count);
        return ERR_NONE;
    }
    rc = case_file_find(files, count, word, call->arena, &file, &call->err);
    return rc ? rc : write_out(call, file, out);
}
