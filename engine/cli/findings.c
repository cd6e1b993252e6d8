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

/* A workflow command ends at a line break, and its values at commas and colons too. */
static void github_escape(struct buf *out, const char *text, bool value)
{
    for (; *text; text++) {
        if (*text == '%' || *text == '\n' || *text == '\r' ||
            (value && (*text == ':' || *text == ',')))
            buf_printf(out, "%%%02X", (unsigned)(unsigned char)*text);
        else
            buf_char(out, *text);
    }
}

/* Places in findings begin with the pack's folder name; GitHub wants them from where it stands. */
static void github_path(struct buf *out, const char *folder, const char *path)
{
    size_t len = strlen(folder);
    while (len > 1 && folder[len - 1] == '/')
        len--;
    while (len > 0 && folder[len - 1] != '/')
        len--;
    struct buf whole = { .arena = out->arena };
    buf_add_n(&whole, folder, len);
    buf_add(&whole, path);
    github_escape(out, buf_text(&whole), true);
}

static void print_github(const struct findings *findings, struct buf *out)
{
    for (size_t i = 0; i < findings->diags->count; i++) {
        const struct diag *diag = &findings->diags->at[i];
        buf_add(out, diag->severity == SEVERITY_ERROR ? "::error " : "::warning ");
        if (diag->span.source) {
            buf_add(out, "file=");
            github_path(out, findings->folder, diag->span.source->path);
            buf_printf(out, ",line=%d,col=%d,", diag->span.line, diag->span.col);
        }
        buf_printf(out, "title=%s::", diag->code);
        github_escape(out, diag->text, false);
        if (diag->hint) {
            buf_add(out, "%0Ahint: ");
            github_escape(out, diag->hint, false);
        }
        buf_char(out, '\n');
    }
}

void findings_print(const struct findings *findings, enum findings_form form, struct buf *out)
{
    switch (form) {
    case FINDINGS_TEXT:
        diags_print(findings->diags, out, false);
        break;
    case FINDINGS_JSON:
        diags_json(findings->diags, out);
        break;
    case FINDINGS_GITHUB:
        print_github(findings, out);
        break;
    }
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
