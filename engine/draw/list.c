/* SPDX-License-Identifier: MIT */
#include "engine/draw/list.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/draw/plan.h"

enum {
    WIDE = PAPER_WIDTH - 2 * PAPER_MARGIN,
    PAD = 12,
    OWNER_FOOT = 1 << 27, OWNER_KEY = 1 << 28,
};

int list_head(struct picture *picture, const struct chart *chart)
{
    struct block block = { NULL, 0, 0, 0, 0 };
    block_add(picture->arena, &block, FACE_HEAD, chart->title, NULL, WIDE);
    block_space(&block, 2);
    block_add(picture->arena, &block, FACE_SOFT, chart->below, NULL, WIDE);
    block_ink(picture, &block, 0, PAPER_MARGIN, PAPER_MARGIN);
    return PAPER_MARGIN + block.height;
}

/* Where something of this height goes at `y` or below, so that no page ends within it. */
static int on_one_page(const struct picture *picture, int y, int height)
{
    int page = (y / PAGE_HEIGHT + 1) * PAGE_HEIGHT;
    bool cut = picture->paged && y + height > page && height < PAGE_HEIGHT / 2;
    return cut ? page + PAPER_MARGIN : y;
}

/* A frame with a heading and a text in it; returns where it ends. */
static int ink_frame(struct picture *picture, int owner, const char *head, const char *text, int y)
{
    struct block block = { NULL, 0, 0, 0, 0 };
    block_add(picture->arena, &block, FACE_BOLD, head, NULL, WIDE - 2 * PAD);
    block_space(&block, 1);
    block_add(picture->arena, &block, FACE_PLAIN, text, NULL, WIDE - 2 * PAD);
    y = on_one_page(picture, y, block.height + 2 * PAD);
    picture_box(picture, MARK_FRAME, owner, PAPER_MARGIN, y, WIDE, block.height + 2 * PAD - 4);
    block_ink(picture, &block, owner, PAPER_MARGIN + PAD, y + PAD - 2);
    return y + block.height + 2 * PAD - 4;
}

static const char *joined(struct arena *arena, const char *const *at, size_t count)
{
    struct buf out = buf_in(arena);
    for (size_t i = 0; i < count; i++)
        buf_printf(&out, "%s%s", i ? " · " : "", at[i]);
    return buf_text(&out);
}

static bool any(const struct picture *picture, enum mark_kind kind)
{
    for (size_t i = 0; i < picture->marks.count; i++)
        if (picture->marks.at[i].kind == kind)
            return true;
    return false;
}

static bool any_text(const struct picture *picture, const char *begins)
{
    for (size_t i = 0; i < picture->marks.count; i++)
        if (picture->marks.at[i].text && text_starts(picture->marks.at[i].text, begins))
            return true;
    return false;
}

static bool any_broken(const struct picture *picture)
{
    for (size_t i = 0; i < picture->marks.count; i++)
        if (picture->marks.at[i].kind != MARK_EDGE && picture->marks.at[i].kind != MARK_RULE &&
            picture->marks.at[i].spot_count)
            return true;
    return false;
}

struct sign {
    enum mark_kind kind;
    int w;
    bool broken;
    const char *sign, *text;
};

static bool is_there(const struct picture *picture, const struct sign *sign)
{
    if (sign->broken)
        return any_broken(picture);
    if (sign->sign)
        return !picture->listed && any_text(picture, sign->sign);
    return any(picture, sign->kind);
}

static void ink_sign(struct picture *picture, const struct sign *sign, int owner, int x, int y)
{
    enum { HIGH = 16 };
    if (sign->sign) {
        picture_text(picture, owner, FACE_SOFT, x, y, sign->sign)->w = sign->w;
        return;
    }
    struct mark *mark = picture_box(picture, sign->kind, owner, x, y, sign->w, HIGH);
    if (sign->broken) {
        mark->spots[mark->spot_count++] = (struct spot){ x, y + 5 };
        mark->spots[mark->spot_count++] = (struct spot){ x, y + 11 };
    }
}

/* What the signs mean, of those that are in the picture. */
static int ink_key(struct picture *picture, int y)
{
    static const struct sign signs[] = {
        { MARK_LAW, 7, false, NULL, "time limit in law" },
        { MARK_LOCAL, 7, false, NULL, "other time limit" },
        { MARK_LAW, 7, true, NULL, "may stand still" },
        { MARK_TEXT, 4, false, "· ", "happens without leaving the state" },
        { MARK_TEXT, 12, false, "→ ", "goes on where the same words stand at a ring" },
        { MARK_END, 26, false, NULL, "the case is closed" },
    };
    enum { SIGNS = sizeof signs / sizeof *signs };
    int x = PAPER_MARGIN, owner = OWNER_KEY;
    bool there[SIGNS];
    for (size_t i = 0; i < SIGNS; i++)
        there[i] = is_there(picture, &signs[i]);
    for (size_t i = 0; i < SIGNS; i++) {
        int w = words_width(FACE_SOFT, signs[i].text);
        if (!there[i])
            continue;
        if (x + signs[i].w + 8 + w > PAPER_WIDTH - PAPER_MARGIN) {
            x = PAPER_MARGIN;
            y += 24;
        }
        ink_sign(picture, &signs[i], owner++, x, y);
        picture_text(picture, owner++, FACE_SOFT, x + signs[i].w + 8, y, signs[i].text);
        x += signs[i].w + 8 + w + 26;
    }
    return x > PAPER_MARGIN ? y + 20 : y;
}

void list_foot(struct picture *picture, const struct chart *chart, const char *const *apart,
               size_t apart_count, int y)
{
    if (chart->everywhere.count)
        y = 14 + ink_frame(picture, OWNER_FOOT, "From every state",
                           joined(picture->arena, chart->everywhere.at, chart->everywhere.count),
                           y);
    if (apart_count)
        y = 14 + ink_frame(picture, OWNER_FOOT + 1, "Other time limits",
                           joined(picture->arena, apart, apart_count), y);
    picture->height = ink_key(picture, on_one_page(picture, y + 4, 48)) + PAPER_MARGIN;
}

static void say_exit(struct arena *arena, const struct chart *chart, const struct chart_exit *exit,
                     struct block *block)
{
    for (size_t i = 0; i < exit->labels.count; i++) {
        struct buf out = buf_in(arena);
        buf_printf(&out, "%s (%s)", exit->labels.at[i].title, exit->labels.at[i].who);
        for (size_t j = 0; j < exit->branches.count; j++) {
            const struct chart_branch *branch = &exit->branches.at[j];
            buf_printf(&out, "%s → %s%s%s%s", j ? ";" : "", chart->states[branch->to].title,
                       branch->when ? " (" : "", text_or(branch->when, ""),
                       branch->when ? ")" : "");
        }
        block_add(arena, block, FACE_PLAIN, buf_text(&out), NULL, WIDE - 2 * PLAN_RIM);
    }
}

static int ink_state(struct picture *picture, const struct chart *chart, size_t i, int y)
{
    const struct chart_state *state = &chart->states[i];
    struct block block = { NULL, 0, 0, 0, 0 };
    int owner = 1 + (int)i, width = WIDE - 2 * PLAN_RIM;
    block_add(picture->arena, &block, FACE_BIG, state->title, NULL, width);
    if (state->with)
        block_add(picture->arena, &block, FACE_SOFT, state->with, NULL, width);
    for (size_t j = 0; j < state->lines.count; j++)
        block_add(picture->arena, &block, FACE_SOFT, state->lines.at[j].text, NULL, width);
    for (size_t j = 0; j < state->exits.count; j++)
        say_exit(picture->arena, chart, &state->exits.at[j], &block);
    int h = block.height + 2 * PAD;
    y = on_one_page(picture, y, h);
    picture_box(picture, state->state->final ? MARK_END : MARK_CARD, owner, PAPER_MARGIN, y, WIDE,
                h);
    block_ink(picture, &block, owner, PAPER_MARGIN + PLAN_RIM, y + PAD);
    return y + h + 12;
}

struct picture *list_picture(struct arena *arena, const struct chart *chart)
{
    struct picture *picture = ARENA_NEW(arena, struct picture);
    struct block note = { NULL, 0, 0, 0, 0 };
    struct { const char **at; size_t count, room; } limits = { NULL, 0, 0 };
    picture->arena = arena;
    picture->width = PAPER_WIDTH;
    picture->title = chart->title;
    picture->listed = picture->paged = true;
    int y = list_head(picture, chart) + 10;
    block_add(arena, &note, FACE_PLAIN, "Too entangled to be drawn without lines that cross: the "
              "states, each with what leads on (→) and where to.", NULL, WIDE);
    block_ink(picture, &note, 0, PAPER_MARGIN, y);
    y += note.height + 14;
    for (size_t i = 0; i < chart->state_count; i++)
        y = ink_state(picture, chart, i, y);
    for (size_t i = 0; i < chart->limits.count; i++) {
        const struct chart_limit *limit = &chart->limits.at[i];
        *LIST_ADD(arena, &limits) =
            arena_printf(arena, "%s: %s%s%s", limit->length, limit->what, limit->law ? ", " : "",
                         text_or(limit->law, ""));
    }
    list_foot(picture, chart, (const char *const *)limits.at, limits.count, y + 6);
    return picture;
}
