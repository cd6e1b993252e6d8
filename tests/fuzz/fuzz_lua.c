/* SPDX-License-Identifier: MIT */
/* Any bytes as a pack's Lua. The first byte says as what: a condition, a file, or a pattern with
 * its text (cut at the first line end). Whatever it is, loading gives a host or findings, asking
 * gives an answer or an error with a place, and the host answers a plain question afterwards. */
#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "lua/host.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

enum { CONDITIONS = 3 };

static const struct field fields[] = {
    { .name = "day", .label = "Day", .type = FIELD_DATE },
    { .name = "plan", .label = "Has a plan", .type = FIELD_YES_NO },
    { .name = "looked", .label = "Looked after", .type = FIELD_YES_NO },
    { .name = "hours", .label = "Hours", .type = FIELD_HOURS },
    { .name = "note", .label = "Note", .type = FIELD_TEXT },
};
static const struct event_rule events[] = { { .name = "hold", .title = "Held" } };
static const struct process process = {
    .name = "p", .fields = fields, .field_count = 5, .events = events, .event_count = 1,
};

static void ask(struct host *host, const struct condition *condition, struct arena *arena,
                struct answer *out)
{
    static const struct calendar calendar = { .name = "c",
                                              .working = { true, true, true, true, true },
                                              .known_from = 20000,
                                              .known_until = 21000 };
    struct field_entry in_force[] = {
        { "day", { .kind = VALUE_DATE, .number = 20500 }, false },
        { "hours", { .kind = VALUE_DECIMAL, .number = 215000 }, false },
        { "note", { .kind = VALUE_TEXT, .text = "a note (1)" }, false },
    };
    struct casefile file = { .process = "p", .state = "s", .opened = 20400 };
    file.in.fields.at = in_force;
    file.in.fields.count = 3;
    const struct view view = {
        .process = &process, .file = &file, .calendar = &calendar, .on = 20600
    };
    const struct oracle *oracle = host_oracle(host);
    struct err err = { 0 };
    struct value value;
    enum err_code rc = oracle->ask(oracle->self, condition, &view, arena, out, &err);
    MUST(rc == ERR_NONE || (rc == ERR_SCRIPT && *err.text && *err.place));
    rc = oracle->compute(oracle->self, condition, &view, NULL, arena, &value, &err);
    MUST(rc == ERR_NONE || rc == ERR_SCRIPT);
}

static void as_pack(struct arena *arena, const char *condition, const char *file)
{
    const struct source source = { "p.yaml", condition, strlen(condition) };
    const struct source lua = { "m.lua", file, strlen(file) };
    const struct host_module module = { "m", &lua };
    struct condition conditions[CONDITIONS] = {
        { .id = 0, .source = condition, .process = &process, .span = { &source, 1, 1, 2 } },
        { .id = 1,
          .is_function = true,
          .source = "m.f",
          .process = &process,
          .span = { &source, 1, 1, 2 } },
        { .id = 2,
          .source = "plan or not plan",
          .process = &process,
          .span = { &source, 1, 1, 2 } },
    };
    const struct condition *list[CONDITIONS] = { &conditions[0], &conditions[1], &conditions[2] };
    const struct model model = { .processes = &process, .process_count = 1, .conditions = list,
                                 .condition_count = CONDITIONS, .arena = arena };
    struct diags *diags = diags_new(arena);
    struct host *host = host_new(&model, &module, 1, diags);
    MUST(host || diags->errors);
    for (int i = 0; host && i < CONDITIONS; i++) {
        struct answer answer = { TRUTH_UNKNOWN, NULL };
        ask(host, list[i], arena, &answer);
        ask(host, list[2], arena, &answer);
        MUST(answer.truth == TRUTH_YES);
        host_begin(host);
    }
    host_free(host);
}

static void as_pattern(struct arena *arena, const char *text)
{
    size_t len = strcspn(text, "\n");
    const char *pattern = arena_text_n(arena, text, len);
    const struct model model = { .arena = arena };
    struct host *host = host_new(&model, NULL, 0, diags_new(arena));
    struct err err = { 0 };
    bool matches;
    MUST(host);
    enum err_code rc = host_oracle(host)->matches(host, pattern, text + len, &matches, &err);
    MUST(rc == ERR_NONE || (rc == ERR_SCRIPT && *err.text));
    host_free(host);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static struct arena *arena;
    if (!arena)
        arena = arena_new();
    arena_reset(arena);
    if (len < 1 || len > 20000)
        return 0;
    const char *text = arena_text_n(arena, (const char *)bytes + 1, len - 1);
    if (!utf8_valid(text, len - 1))
        return 0; /* Whoever reads the file has seen to that. */
    if (*bytes == 'c')
        as_pack(arena, text, "return {f = function() return true end}");
    else if (*bytes == 'f')
        as_pack(arena, "plan", text);
    else if (*bytes == 'p')
        as_pattern(arena, text);
    return 0;
}
