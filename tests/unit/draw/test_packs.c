/* SPDX-License-Identifier: MIT */
/* Every process of every pack there is, drawn: nothing lies on anything else, and nothing of the
 * process is missing.
 */
#include "engine/draw/draw.h"
#include "engine/base/text.h"
#include "rules/pack.h"
#include "tests/unit/arena.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* The third authority's pack is made to stand beside the examples. */
static char beside[] = "/tmp/reeve-draw-XXXXXX";
static const char *const folders[] = { "examples", "tests/packs/good", "tests/axes",
                                       "tests/packs/clocks", "tests/schedules", beside };

/* True when the words of `text` stand in the picture, in this order, in texts that follow each
 * other: a title may be broken into lines. */
static bool says(const struct picture *picture, const char *text)
{
    for (size_t i = 0; i < picture->marks.count; i++) {
        const char *rest = text;
        for (size_t j = i; j < picture->marks.count; j++) {
            const char *line = picture->marks.at[j].text;
            if (!line || !text_starts(rest, line))
                break;
            rest += strlen(line);
            rest += strspn(rest, " ");
            if (!*rest)
                return true;
        }
    }
    return false;
}

/* An event's title stands beside an arrow, in a card (behind a sign, perhaps before who does it),
 * or in the frame at the foot. */
static bool tells(const struct picture *picture, struct arena *arena, const char *title)
{
    return says(picture, title) || says(picture, arena_printf(arena, "· %s", title)) ||
           says(picture, arena_printf(arena, "→ %s", title)) || strstr(picture->told, title);
}

static void look_at(struct arena *arena, const struct model *model, const struct process *process)
{
    const struct picture *picture = draw_picture(arena, model, process);
    const char *fault = picture_fault(picture);
    struct buf once = buf_in(arena), again = buf_in(arena);
    if (fault)
        fail_msg("%s/%s: %s", model->pack, process->name, fault);
    if (picture->listed)
        fail_msg("%s/%s is only listed", model->pack, process->name);
    for (size_t i = 0; i < process->state_count; i++)
        if (!process->states[i].final && !says(picture, process->states[i].title))
            fail_msg("%s/%s: nothing says '%s'", model->pack, process->name,
                     process->states[i].title);
    for (size_t i = 0; i < process->event_count; i++)
        if (!tells(picture, arena, process->events[i].title))
            fail_msg("%s/%s: nothing says '%s'", model->pack, process->name,
                     process->events[i].title);
    picture_svg(picture, &once);
    picture_svg(draw_picture(arena, model, process), &again);
    assert_string_equal(buf_text(&once), buf_text(&again));
}

static size_t look_at_pack(const char *folder)
{
    struct arena *arena = arena_new();
    struct pack_files *files;
    struct err err;
    assert_int_equal(pack_read(arena, folder, &files, &err), ERR_NONE);
    const struct model *model = pack_load(arena, files, diags_new(arena))->model;
    assert_non_null(model);
    size_t count = model->process_count;
    for (size_t i = 0; i < count; i++)
        look_at(arena, model, &model->processes[i]);
    arena_free(arena);
    return count;
}

static void every_process_is_drawn_without_a_fault(void **state)
{
    size_t count = 0;
    (void)state;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        DIR *dir = opendir(folders[i]);
        assert_non_null(dir);
        for (struct dirent *entry; (entry = readdir(dir));) {
            char path[512];
            snprintf(path, sizeof path, "%s/%s/pack.yaml", folders[i], entry->d_name);
            if (entry->d_name[0] == '.' || access(path, F_OK) != 0)
                continue;
            *strrchr(path, '/') = '\0';
            count += look_at_pack(path);
        }
        closedir(dir);
    }
    assert_true(count >= 14);
}

static size_t marks_of(const struct picture *picture, enum mark_kind kind)
{
    size_t count = 0;
    for (size_t i = 0; i < picture->marks.count; i++)
        count += picture->marks.at[i].kind == kind;
    return count;
}

/* What a meeting looks for in the annual review of England. */
static void the_annual_review_has_its_brackets(void **state)
{
    struct pack_files *files;
    struct err err;
    assert_int_equal(pack_read(*state, "examples/england", &files, &err), ERR_NONE);
    const struct model *model = pack_load(*state, files, diags_new(*state))->model;
    const struct picture *picture =
        draw_picture(*state, model, model_process(model, "annual-review"));
    assert_true(marks_of(picture, MARK_LAW) >= 8);
    assert_true(marks_of(picture, MARK_LOCAL) >= 2);
    assert_int_equal(marks_of(picture, MARK_DOT), 1);
    /* And one in the key; Closed is come to from everywhere. */
    assert_int_equal(marks_of(picture, MARK_END), 3);
    assert_true(says(picture, "12 months"));
    assert_true(says(picture, "CFA 2014 s.44(1)"));
    assert_true(says(picture, "Amend it"));
    assert_non_null(strstr(picture->told,
                           "“Decision sent to the family” (SEND officer) leads to "));
}

static int put_beside(void **state)
{
    char line[256];
    (void)state;
    if (!mkdtemp(beside))
        return -1;
    snprintf(line, sizeof line, "cp -R examples/england tests/packs/third/northmoor %s", beside);
    return system(line);
}

static int take_away(void **state)
{
    char line[64];
    (void)state;
    snprintf(line, sizeof line, "rm -r %s", beside);
    return system(line);
}

/* Marks that stand for what the language says, each in a pack that says it. */
static void the_language_is_drawn(void **state)
{
    static const struct {
        const char *pack, *process, *says;
        enum mark_kind kind;
        bool broken;
    } rows[] = {
        { "tests/axes/a05-pauses", "review", "10 working days", MARK_LOCAL, true },
        { "tests/axes/a05-pauses", "review", "may stand still", MARK_LOCAL, true },
        { "tests/packs/clocks/records", "request", "10 working days", MARK_LOCAL, true },
        { "tests/schedules/moor", "governors-monitoring", "Opened", MARK_DOT, false },
        { "examples/plymouth", "reduced-timetable", "Agreed again", MARK_RING, false },
        { "examples/england", "ehc-assessment", "From every state", MARK_FRAME, false },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct pack_files *files;
        struct err err;
        assert_int_equal(pack_read(*state, rows[i].pack, &files, &err), ERR_NONE);
        const struct model *model = pack_load(*state, files, diags_new(*state))->model;
        const struct picture *picture =
            draw_picture(*state, model, model_process(model, rows[i].process));
        bool there = false;
        for (size_t j = 0; j < picture->marks.count; j++)
            there = there || (picture->marks.at[j].kind == rows[i].kind &&
                              (!rows[i].broken || picture->marks.at[j].spot_count));
        if (!there || !says(picture, rows[i].says))
            fail_msg("%s/%s: '%s' is not as it should be", rows[i].pack, rows[i].process,
                     rows[i].says);
    }
}

static void what_is_beside_a_length_is_said(void **state)
{
    static const char *const words[] = {
        "by 12:00", "The new check, from Fri 1 Jan 2027", "may be put off by 2 weeks",
        "at most 20 working days",
        "stands still from “We asked what is meant” to “They said what is meant”",
    };
    struct pack_files *files;
    struct err err;
    assert_int_equal(pack_read(*state, "tests/packs/clocks/records", &files, &err), ERR_NONE);
    const struct model *model = pack_load(*state, files, diags_new(*state))->model;
    const struct picture *picture = draw_picture(*state, model, model_process(model, "request"));
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        assert_non_null(strstr(picture->told, words[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_process_is_drawn_without_a_fault, arena_setup,
                                        arena_teardown),
        cmocka_unit_test_setup_teardown(the_annual_review_has_its_brackets, arena_setup,
                                        arena_teardown),
        cmocka_unit_test_setup_teardown(the_language_is_drawn, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(what_is_beside_a_length_is_said, arena_setup,
                                        arena_teardown),
    };
    return cmocka_run_group_tests(tests, put_beside, take_away);
}
