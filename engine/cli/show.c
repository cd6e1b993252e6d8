/* SPDX-License-Identifier: MIT */
#include "engine/cli/commands.h"

#include "engine/base/arena.h"
#include "engine/cli/caseview.h"
#include "engine/cli/findings.h"
#include "engine/cli/say.h"

static void list_processes(struct call *call, const struct model *model)
{
    struct json *list = json_new(call->arena, JSON_LIST), *json = json_new(call->arena, JSON_MAP);
    for (size_t i = 0; i < model->process_count; i++) {
        const struct process *process = &model->processes[i];
        struct json *one = json_new(call->arena, JSON_MAP);
        json_put(call->arena, one, "process", json_words(call->arena, process->name));
        json_put(call->arena, one, "title", json_words(call->arena, process->title));
        json_add(list, one);
        if (!call->json)
            say(call, "%-24s %s\n", process->name, one_line(call->arena, process->title));
    }
    if (!call->json)
        return;
    json_put(call->arena, json, "pack", json_words(call->arena, model->pack));
    json_put(call->arena, json, "processes", list);
    say_json(call, json);
}

static void show_text(struct call *call, const struct findings *findings, const char *process)
{
    struct buf text = buf_in(call->arena);
    pack_show(findings->rules->pack, process, call_flag(call, "resolved") != NULL, &text);
    if (!call->json) {
        say(call, "%s", buf_text(&text));
        return;
    }
    struct json *json = json_new(call->arena, JSON_MAP);
    json_put(call->arena, json, "pack",
             json_words(call->arena, findings->rules->pack->model->pack));
    json_put(call->arena, json, "process", json_words(call->arena, process));
    json_put(call->arena, json, "text", json_words(call->arena, buf_text(&text)));
    say_json(call, json);
}

enum err_code show_run(struct call *call)
{
    struct findings findings;
    const char *pack, *process;
    findings_split(call, call->args[0], &pack, &process);
    enum err_code rc = findings_open(call, pack, &findings);
    if (rc)
        return rc;
    rc = findings_demand(call, &findings);
    const struct model *model = rc ? NULL : findings.rules->pack->model;
    if (!rc && process && !model_process(model, process))
        rc = findings_no_process(call, model, process);
    else if (!rc && process)
        show_text(call, &findings, process);
    else if (!rc)
        list_processes(call, model);
    findings_close(&findings);
    return rc;
}
