/* SPDX-License-Identifier: MIT */
#include "engine/draw/picture.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"

struct mark *picture_box(struct picture *picture, enum mark_kind kind, int owner, int x, int y,
                         int w, int h)
{
    struct mark *mark = LIST_ADD(picture->arena, &picture->marks);
    mark->kind = kind;
    mark->owner = owner;
    mark->x = x;
    mark->y = y;
    mark->w = w;
    mark->h = h;
    return mark;
}

struct mark *picture_line(struct picture *picture, enum mark_kind kind, int owner,
                          const struct spot *spots, size_t count)
{
    struct mark *mark = picture_box(picture, kind, owner, spots[0].x, spots[0].y, 0, 0);
    int right = mark->x, low = mark->y;
    for (size_t i = 0; i < count && i < SPOTS_MAX; i++) {
        mark->spots[mark->spot_count++] = spots[i];
        mark->x = spots[i].x < mark->x ? spots[i].x : mark->x;
        mark->y = spots[i].y < mark->y ? spots[i].y : mark->y;
        right = spots[i].x > right ? spots[i].x : right;
        low = spots[i].y > low ? spots[i].y : low;
    }
    mark->w = right - mark->x;
    mark->h = low - mark->y;
    return mark;
}

struct mark *picture_text(struct picture *picture, int owner, enum face face, int x, int y,
                          const char *text)
{
    struct mark *mark = picture_box(picture, MARK_TEXT, owner, x, y, words_width(face, text),
                                    face_up(face) + face_down(face));
    mark->face = face;
    mark->text = text;
    return mark;
}

/* --- the self-check -------------------------------------------------------------------------- */
struct box {
    int x, y, right, low;
};

static struct box box_of(const struct mark *mark)
{
    return (struct box){ mark->x, mark->y, mark->x + mark->w, mark->y + mark->h };
}

static bool overlap(struct box a, struct box b)
{
    return a.x < b.right && b.x < a.right && a.y < b.low && b.y < a.low;
}

/* The lines of a mark, each as a box without width. Cards and texts have none. */
static size_t lines_of(const struct mark *mark, struct box out[SPOTS_MAX])
{
    size_t count = 0;
    if (mark->kind == MARK_LAW || mark->kind == MARK_LOCAL) {
        int right = mark->x + mark->w, low = mark->y + mark->h;
        out[count++] = (struct box){ mark->x, mark->y, mark->x, low };
        out[count++] = (struct box){ mark->x, mark->y, right, mark->y };
        out[count++] = (struct box){ mark->x, low, right, low };
        return count;
    }
    for (size_t i = 0; i + 1 < mark->spot_count; i++) {
        struct spot a = mark->spots[i], b = mark->spots[i + 1];
        out[count++] = (struct box){ a.x < b.x ? a.x : b.x, a.y < b.y ? a.y : b.y,
                                     a.x < b.x ? b.x : a.x, a.y < b.y ? b.y : a.y };
    }
    return count;
}

/* Some line of the mark goes through what lies more than `rim` inside the box. */
static bool through(const struct mark *mark, struct box box, int rim)
{
    struct box lines[SPOTS_MAX];
    size_t count = lines_of(mark, lines);
    for (size_t i = 0; i < count; i++)
        if (lines[i].x < box.right - rim && lines[i].right > box.x + rim &&
            lines[i].y < box.low - rim && lines[i].low > box.y + rim)
            return true;
    return false;
}

static bool meet(const struct mark *a, const struct mark *b)
{
    struct box one[SPOTS_MAX], other[SPOTS_MAX];
    size_t n = lines_of(a, one), m = lines_of(b, other);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < m; j++)
            if (one[i].x <= other[j].right && other[j].x <= one[i].right &&
                one[i].y <= other[j].low && other[j].y <= one[i].low)
                return true;
    return false;
}

static bool is_card(const struct mark *mark)
{
    return mark->kind == MARK_CARD || mark->kind == MARK_END || mark->kind == MARK_FRAME;
}

static bool is_line(const struct mark *mark)
{
    return mark->kind == MARK_EDGE || mark->kind == MARK_LAW || mark->kind == MARK_LOCAL;
}

static const char *name_of(const struct mark *mark)
{
    static const char *const names[] = { "card", "card", "edge", "dot", "ring", "rule", "bracket",
                                         "bracket", "frame", "text" };
    return names[mark->kind];
}

static bool inside(struct box a, struct box b)
{
    return a.x >= b.x && a.right <= b.right && a.y >= b.y && a.low <= b.low;
}

/* What two marks may not do. Marks that touch by right have one owner: a card and its words, the
 * lines of one edge. */
static bool wrong(const struct mark *a, const struct mark *b)
{
    bool ours = a->owner == b->owner;
    if (is_card(a) && is_card(b))
        return overlap(box_of(a), box_of(b));
    if (a->kind == MARK_TEXT && b->kind == MARK_TEXT)
        return overlap(box_of(a), box_of(b));
    if (is_card(a) && b->kind == MARK_TEXT)
        return ours ? !inside(box_of(b), box_of(a)) : overlap(box_of(a), box_of(b));
    if (is_card(a) && (is_line(b) || b->kind == MARK_RULE))
        return through(b, box_of(a), 1);
    if (a->kind == MARK_TEXT && (is_line(b) || b->kind == MARK_RULE))
        return through(b, box_of(a), 0);
    if (is_line(a) && is_line(b))
        return !ours && meet(a, b);
    return false;
}

static bool on(struct spot spot, struct box box)
{
    return spot.x >= box.x && spot.x <= box.right && spot.y >= box.y && spot.y <= box.low;
}

/* The end of an edge lies on a card, on the mark of an arrival or on another line of its own. */
static bool ends_well(const struct picture *picture, const struct mark *edge, struct spot spot)
{
    for (size_t i = 0; i < picture->marks.count; i++) {
        const struct mark *mark = &picture->marks.at[i];
        struct box lines[SPOTS_MAX];
        bool box = is_card(mark) || mark->kind == MARK_DOT || mark->kind == MARK_RING;
        if (box && on(spot, box_of(mark)))
            return true;
        size_t count = mark->kind == MARK_EDGE && mark != edge && mark->owner == edge->owner
                           ? lines_of(mark, lines) : 0;
        for (size_t j = 0; j < count; j++)
            if (on(spot, lines[j]))
                return true;
    }
    return false;
}

const char *picture_fault(const struct picture *picture)
{
    for (size_t i = 0; i < picture->marks.count; i++) {
        const struct mark *a = &picture->marks.at[i];
        struct box box = box_of(a);
        if (box.x < 0 || box.y < 0 || box.right > picture->width || box.low > picture->height)
            return arena_printf(picture->arena, "%s '%s' at %d,%d is beyond the paper", name_of(a),
                                text_or(a->text, ""), a->x, a->y);
        if (a->kind == MARK_EDGE && (!ends_well(picture, a, a->spots[0]) ||
                                     !ends_well(picture, a, a->spots[a->spot_count - 1])))
            return arena_printf(picture->arena, "an edge at %d,%d ends nowhere", a->x, a->y);
        for (size_t j = i + 1; j < picture->marks.count; j++) {
            const struct mark *b = &picture->marks.at[j];
            if (wrong(a, b) || wrong(b, a))
                return arena_printf(picture->arena, "%s '%s' at %d,%d and %s '%s' at %d,%d",
                                    name_of(a), text_or(a->text, ""), a->x, a->y, name_of(b),
                                    text_or(b->text, ""), b->x, b->y);
        }
    }
    return NULL;
}
