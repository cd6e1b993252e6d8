/* SPDX-License-Identifier: MIT */
#include "engine/cli/commands.h"

#include "engine/base/arena.h"
#include "engine/cli/caseview.h"
#include "engine/cli/findings.h"
#include "engine/cli/say.h"
#include "rules/scenario.h"

#include <libgen.h>
#include <string.h>

static enum err_code read_form(struct call *call, enum findings_form *out)
{
    static const char *const names[] = { "text", "json", "github", "sarif" };
    const char *name = call_flag(call, "format");
    *out = call->json ? FINDINGS_JSON : FINDINGS_TEXT;
    if (!name)
        return ERR_NONE;
    for (int i = 0; i < 4; i++) {
        if (strcmp(name, names[i]) == 0) {
            *out = (enum findings_form)i;
            call->json = *out == FINDINGS_JSON;
            return ERR_NONE;
        }
    }
    return err_set(&call->err, ERR_USAGE, "--format is text, json, sarif or github, not '%s'",
                   name);
}

static const char *pack_name(struct call *call, const struct findings *findings)
{
    if (findings->rules)
        return findings->rules->pack->model->pack;
    return basename(arena_text(call->arena, findings->folder));
}

/* "torbay: 3 processes, 0 errors, 1 warning" */
static const char *verdict(struct call *call, const struct findings *findings)
{
    struct buf text = buf_in(call->arena);
    size_t errors = findings->diags->errors, warnings = findings->diags->warnings;
    buf_printf(&text, "%s: ", pack_name(call, findings));
    if (findings->rules) {
        size_t n = findings->rules->pack->model->process_count;
        buf_printf(&text, "%s, ", counted(call, (int64_t)n, "process", "processes"));
    }
    buf_printf(&text, "%s, %s", counted(call, (int64_t)errors, "error", "errors"),
               counted(call, (int64_t)warnings, "warning", "warnings"));
    if (findings->diags->accepted.count)
        buf_printf(&text, ", %zu accepted", findings->diags->accepted.count);
    return buf_text(&text);
}

/* "accepted: F001 annual-review.send_report, L007 timetable.full_time" */
static void say_accepted(struct call *call, const struct diags *diags)
{
    for (size_t i = 0; i < diags->accepted.count; i++)
        say(call, "%s%s %s", i ? ", " : "accepted: ", diags->accepted.at[i].code,
            diags->accepted.at[i].about);
    if (diags->accepted.count)
        say(call, "\n");
}

static struct json *accepted_json(struct call *call, const struct diags *diags)
{
    struct json *list = json_new(call->arena, JSON_LIST);
    for (size_t i = 0; i < diags->accepted.count; i++) {
        const struct accepted *accepted = &diags->accepted.at[i];
        struct json *one = json_new(call->arena, JSON_MAP);
        json_put(call->arena, one, "code", json_words(call->arena, accepted->code));
        json_put(call->arena, one, "about", json_words(call->arena, accepted->about));
        json_put(call->arena, one, "why", json_words(call->arena, accepted->why));
        json_add(list, one);
    }
    return list;
}

static enum err_code check_json(struct call *call, const struct findings *findings)
{
    struct buf text = buf_in(call->arena);
    struct json *list, *json = json_new(call->arena, JSON_MAP);
    findings_print(findings, FINDINGS_JSON, &text);
    enum err_code rc = json_parse(call->arena, buf_text(&text), text.len, &list, &call->err);
    if (rc)
        return rc;
    const struct model *model = findings->rules ? findings->rules->pack->model : NULL;
    json_put(call->arena, json, "pack", json_new_text(call->arena, pack_name(call, findings)));
    json_put(call->arena, json, "processes",
             json_new_int(call->arena, model ? (int64_t)model->process_count : 0));
    json_put(call->arena, json, "errors",
             json_new_int(call->arena, (int64_t)findings->diags->errors));
    json_put(call->arena, json, "warnings",
             json_new_int(call->arena, (int64_t)findings->diags->warnings));
    json_put(call->arena, json, "verdict", json_new_text(call->arena, verdict(call, findings)));
    json_put(call->arena, json, "findings", list);
    json_put(call->arena, json, "accepted", accepted_json(call, findings->diags));
    say_json(call, json);
    return ERR_NONE;
}

/* Scenarios are read here and played by `reeve test`. */
static void read_scenarios(const struct findings *findings)
{
    const struct pack *pack = findings->rules ? findings->rules->pack : NULL;
    for (size_t i = 0; pack && i < pack->scenarios.count; i++)
        (void)scenario_read(findings->arena, pack->scenarios.at[i], pack->model, findings->diags);
    diags_sort(findings->diags);
}

enum err_code check_run(struct call *call)
{
    struct findings findings;
    enum findings_form form;
    enum err_code rc = read_form(call, &form);
    if (!rc)
        rc = findings_open(call, call->args[0], &findings);
    if (rc)
        return rc;
    read_scenarios(&findings);
    call->findings = findings.diags->errors > 0;
    if (form == FINDINGS_JSON) {
        rc = check_json(call, &findings);
    } else if (form == FINDINGS_SARIF) { /* Nothing else may stand on stdout. */
        findings_print(&findings, form, &call->out);
        talk("%s", verdict(call, &findings));
    } else {
        findings_print(&findings, form, &call->out);
        say_accepted(call, findings.diags);
        say(call, "%s%s%s\n", call->findings ? RED : findings.diags->warnings ? YELLOW : GREEN,
            verdict(call, &findings), OFF);
    }
    findings_close(&findings);
    return rc;
}
