/* SPDX-License-Identifier: MIT */
#include "engine/cli/commands.h"

#include "engine/base/arena.h"
#include "engine/cli/findings.h"
#include "engine/cli/put.h"
#include "engine/cli/say.h"
#include "engine/draw/draw.h"

#include <string.h>
#include <strings.h>

/* *svg false: for Graphviz. */
static enum err_code read_form(struct call *call, bool *svg)
{
    const char *form = text_or(call_flag(call, "format"), "svg");
    *svg = text_same(form, "svg");
    if (*svg || text_same(form, "dot"))
        return ERR_NONE;
    return err_set(&call->err, ERR_USAGE, "--format is svg or dot, not '%s'", form);
}

/* A picture in a file called .png would be opened by nothing. */
static bool says_so(struct call *call, const char *file, bool svg)
{
    static const char *const others[] = { ".png", ".pdf", ".jpg", ".jpeg", ".gif" };
    const char *dot = strrchr(file, '.');
    for (size_t i = 0; dot && i < sizeof others / sizeof *others; i++) {
        if (strcasecmp(dot, others[i]) != 0)
            continue;
        err_set(&call->err, ERR_USAGE, "what is drawn is %s, not what '%s' says",
                svg ? "an SVG" : "for Graphviz", file);
        err_hint(&call->err, "name it %.*s%s%s", (int)(dot - file), file, svg ? ".svg" : ".dot",
                 svg ? "; a browser shows it, and prints it as PDF" : "");
        return false;
    }
    return true;
}

static enum err_code draw(struct call *call, const struct model *model, const char *name, bool svg)
{
    static const char *const endings[] = { ".svg", ".dot", ".gv", NULL };
    const struct process *process = model_process(model, name);
    const char *file = call_flag(call, "out");
    struct buf text = buf_in(call->arena);
    if (file && !says_so(call, file, svg))
        return ERR_USAGE;
    if (!process)
        return findings_no_process(call, model, name);
    if (svg) {
        const struct picture *picture = draw_picture(call->arena, model, process);
        picture_svg(picture, &text);
        if (picture->listed)
            talk("%s is too entangled to be drawn: its states are listed, each with where it leads",
                 process->name);
    } else {
        draw_dot(model, process, &text);
    }
    if (file)
        return put_made(call->arena, file, endings, buf_text(&text), &call->err);
    say(call, "%s", buf_text(&text));
    return ERR_NONE;
}

enum err_code draw_run(struct call *call)
{
    struct findings findings;
    const char *pack, *process;
    bool svg;
    enum err_code rc = read_form(call, &svg);
    findings_split(call, call->args[0], &pack, &process);
    if (!rc)
        rc = findings_open(call, pack, &findings);
    if (rc)
        return rc;
    rc = findings_demand(call, &findings);
    if (!rc && !process) {
        rc = err_set(&call->err, ERR_USAGE, "which process is to be drawn is missing");
        err_hint(&call->err, "reeve draw %s/%s", pack,
                 findings.rules->pack->model->process_count
                     ? findings.rules->pack->model->processes[0].name : "PROCESS");
    } else if (!rc) {
        rc = draw(call, findings.rules->pack->model, process, svg);
    }
    findings_close(&findings);
    return rc;
}
