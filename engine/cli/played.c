/* SPDX-License-Identifier: MIT */
#include "engine/cli/played.h"

#include "engine/cli/say.h"

enum err_code played_run(struct call *call, const struct findings *findings,
                         const char *const *names, size_t name_count, struct coverage *coverage,
                         struct scenario_run *out)
{
    struct diags *diags = diags_new(findings->arena);
    enum err_code rc = scenarios_play(findings->arena, findings->rules, names, name_count,
                                      coverage, out, diags, &call->err);
    if (rc == ERR_PACK) {
        struct buf text = buf_in(call->arena);
        diags_print(diags, &text, false);
        talk("%s", buf_text(&text));
    }
    return rc;
}
