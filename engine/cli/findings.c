/* SPDX-License-Identifier: MIT */
#include "engine/cli/findings.h"

#include "engine/base/arena.h"
#include "engine/cli/say.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void findings_split(struct call *call, const char *word, const char **pack, const char **process)
{
    struct stat st;
    const char *slash = strrchr(word, '/');
    *pack = word;
    *process = NULL;
    if ((stat(word, &st) == 0 && S_ISDIR(st.st_mode)) || !slash || slash == word || !slash[1])
        return;
    const char *before = arena_text_n(call->arena, word, (size_t)(slash - word));
    if (access(arena_printf(call->arena, "%s/pack.yaml", before), F_OK) != 0)
        return;
    *pack = before;
    *process = slash + 1;
}

enum err_code findings_no_process(struct call *call, const struct model *model, const char *name)
{
    const char **names = ARENA_ARRAY(call->arena, const char *, model->process_count + 1);
    struct buf all = buf_in(call->arena);
    for (size_t i = 0; i < model->process_count; i++) {
        names[i] = model->processes[i].name;
        buf_printf(&all, "%s%s", i ? ", " : "", names[i]);
    }
    const char *near = text_nearest(name, names, model->process_count);
    err_set(&call->err, ERR_UNKNOWN, "the pack has no process '%s'", name);
    if (near)
        err_hint(&call->err, "did you mean '%s'?", near);
    else
        err_hint(&call->err, "it has %s", buf_text(&all));
    return ERR_UNKNOWN;
}

/* What to give instead of what is no pack: the pack it stands in, if one of its processes was
 * given to a command that takes none. */
static void hint_pack(struct call *call, const char *folder)
{
    const char *pack, *process;
    findings_split(call, folder, &pack, &process);
    if (*call->err.hint)
        return;
    if (process)
        err_hint(&call->err, "give the whole pack: reeve %s %s", call->command->name, pack);
    else
        err_hint(&call->err, "give a pack: a folder with a pack.yaml in it, such as "
                             "examples/torbay%s",
                 strstr(call->command->usage, "PACK[/PROCESS]")
                     ? ", or one of its processes: examples/torbay/annual-review" : "");
}

enum err_code findings_open(struct call *call, const char *folder, struct findings *out)
{
    *out = (struct findings){ .folder = folder, .arena = arena_new() };
    enum err_code rc = rules_load(out->arena, folder, &out->rules, &out->diags, &call->err);
    if (!rc)
        return ERR_NONE;
    out->rules = NULL;
    if (rc == ERR_PACK)
        return ERR_NONE;
    arena_free(out->arena);
    out->arena = NULL;
    call->cannot = true;
    if (rc != ERR_LIMIT)
        hint_pack(call, folder);
    return rc;
}

void findings_close(struct findings *findings)
{
    if (findings->rules)
        rules_free(findings->rules); /* Frees the arena it was made in. */
    else
        arena_free(findings->arena);
    findings->rules = NULL;
    findings->arena = NULL;
}

enum err_code findings_demand(struct call *call, const struct findings *findings)
{
    if (findings->rules)
        return ERR_NONE;
    struct buf text = buf_in(call->arena);
    findings_print(findings, FINDINGS_TEXT, &text);
    talk("%s", buf_text(&text));
    err_set(&call->err, ERR_PACK, "'%s' has %s", findings->folder,
            counted(call, (int64_t)findings->diags->errors, "error", "errors"));
    err_hint(&call->err, "reeve check %s lists them again", findings->folder);
    return ERR_PACK;
}
