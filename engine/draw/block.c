/* SPDX-License-Identifier: MIT */
/* Lines of text under each other. */
#include "engine/draw/plan.h"

#include "engine/base/arena.h"

void block_add(struct arena *arena, struct block *block, enum face face, const char *text,
               const char *event, int width)
{
    struct lines lines = words_wrap(arena, face, text, width);
    for (size_t i = 0; i < lines.count; i++) {
        struct block_line *line = LIST_ADD(arena, block);
        line->face = face;
        line->text = lines.at[i];
        line->event = i ? NULL : event;
        line->y = block->height;
        block->height += face_line(face);
    }
    block->width = lines.width > block->width ? lines.width : block->width;
}

void block_space(struct block *block, int height)
{
    block->height += height;
}

void block_ink(struct picture *picture, const struct block *block, int owner, int x, int y)
{
    for (size_t i = 0; i < block->count; i++)
        picture_text(picture, owner, block->at[i].face, x, y + block->at[i].y, block->at[i].text);
}
