/* SPDX-License-Identifier: MIT */
/* Any bytes as one file of a pack: there is a model, or there are findings; and what is shown of a
 * good process is whole. The first byte chooses the file. */
#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "rules/scenario.h"
#include "rules/pack.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

/* Sorted by path, as pack_read() leaves them. */
static const char *const good[][2] = {
    { "law/calendar.yaml", "calendar: law\nknown_from: 2026-01-01\nknown_until: 2027-12-31\n"
                           "bank_holidays: {2026-12-25: Christmas Day}\n" },
    { "law/messages/told.md", "# About ((ref))\n\nOn ((visit)).\n" },
    { "law/pack.yaml", "pack: law\ntitle: L\nroles: {head: {title: H, of: school}, "
                       "officer: {title: O, of: authority}, family: {title: F, of: case}}\n" },
    { "law/parts/child.yaml", "part: child\nfields: {child: {type: text, label: C}}\n" },
    { "law/processes/visit.yaml",
      "process: visit\ntitle: V\nuses: child\nopens: {by: officer}\nsettings: {within: 2 weeks}\n"
      "fields: {visit: {type: date, label: D, statutory: true}}\n"
      "states:\n  open: {title: O, first: true, events: {go: {title: G, by: officer, asks: visit, "
      "needs: [papers, ok], not_before: {is: 1 week after opened, statutory: true}, to: shut}}}\n"
      "  shut: {title: S, final: true}\n"
      "consents: {ok: {title: K, from: family, statutory: true}}\n"
      "checklists: {papers: {title: P, each: {by: head, statutory: true, due: 2 weeks after "
      "asked}, "
      "items: {a: {title: A}}, more: {by: head}}}\n"
      "excuses: {ill: {title: I, by: officer}}\n"
      "deadlines: {report: {title: R, owner: head, due: within after visit, met_by: go, statutory: "
      "true, "
      "excused_by: ill}}\n" },
    { "town/calendar.yaml", "calendar: town\nextends: law\n"
                            "terms: {spring 2026: {from: 2026-01-05, to: 2026-03-27}}\n" },
    { "town/pack.yaml", "pack: town\ntitle: T\nextends: ../law\n" },
    { "town/processes/visit.yaml", "changes: visit\nsettings: {within: 10 working days}\n" },
    { "town/processes/x.yaml", "process: x\ntitle: X\nopens: {by: officer}\n"
                               "states: {a: {title: A, first: true}}\n" },
    { "town/scenarios/s.yaml", "scenario: S\nprocess: visit\nopened: 2026-01-05\nsteps: []\n" },
};
enum { FILES = sizeof good / sizeof *good };

static struct pack_files *files_with(struct arena *arena, size_t which, const char *bytes,
                                     size_t len)
{
    struct pack_files *files = ARENA_NEW(arena, struct pack_files);

    *LIST_ADD(arena, &files->layers) = "town";
    *LIST_ADD(arena, &files->layers) = "law";
    for (size_t i = 0; i < FILES; i++) {
        const char *text = i == which ? bytes : good[i][1];
        size_t size = i == which ? len : strlen(text);
        char *copy = arena_alloc(arena, size + 1);
        memcpy(copy, text, size);
        *LIST_ADD(arena, &files->files) = (struct source){ good[i][0], copy, size };
    }
    return files;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    if (len < 1)
        return 0;
    struct arena *arena = arena_new();
    struct diags *diags = diags_new(arena);
    struct buf out = buf_in(arena), shown = buf_in(arena);
    size_t which = (size_t)(bytes[0] - (uint8_t)'a') % FILES;
    struct pack_files *files = files_with(arena, which, (const char *)bytes + 1, len - 1);
    struct pack *pack = pack_load(arena, files, diags);

    MUST((pack->model == NULL) == (diags->errors > 0));
    pack_lint(pack, NULL, 20000, diags);
    pack_accept(pack, diags);
    for (size_t i = 0; pack->model && i < pack->scenarios.count; i++) {
        size_t before = diags->errors;
        bool read = scenario_read(arena, pack->scenarios.at[i], pack->model, diags) != NULL;
        MUST(read == (diags->errors == before));
    }
    pack_show(pack, "visit", true, &shown);
    diags_sort(diags);
    diags_print(diags, &out, false);
    MUST(utf8_valid(buf_text(&out), out.len));
    arena_free(arena);
    return 0;
}
