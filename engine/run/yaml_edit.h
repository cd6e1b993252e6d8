/* SPDX-License-Identifier: MIT */
/* yaml_edit - changes a YAML file as text, at the places its tree names, so that
 * comments, order and way of writing stay.
 *
 * Edits are collected and made at once. Ways of writing that are not thought of
 * here (a value over several lines) come out wrong: whoever calls it reads the
 * result again and compares.
 */
#ifndef ENGINE_RUN_YAML_EDIT_H
#define ENGINE_RUN_YAML_EDIT_H

#include "engine/base/text.h"
#include "rules/node.h"

struct yaml_edit {
    size_t at, drop;       /* Bytes. */
    const char *insert;
    size_t number;         /* Of two at one place the first made comes first. */
};
struct yaml_edits {
    struct arena *arena;
    const struct source *source;
    struct { struct yaml_edit *at; size_t count, room; } list;
};

/* Whether a map is written in brackets. */
bool yaml_is_flow(const struct yaml_edits *edits, const struct node *map);
/* A text as a value of such a map, in quotes where it needs them. */
const char *yaml_value(struct arena *arena, const char *text, bool flow);
/* Puts an entry behind `before` (NULL: in front of the others) into a map that has some. `value` is
 * as it will stand. */
void yaml_add(struct yaml_edits *edits, const struct node *map, const struct node *before,
              const char *key, const char *value);
/* Puts another value in place of a text. */
void yaml_set(struct yaml_edits *edits, const struct node *text, const char *value);
/* Takes the lines of an entry out, of a map that is not in brackets. */
void yaml_drop(struct yaml_edits *edits, const struct node *entry);

/* The file with all edits made. In the arena. */
struct buf yaml_apply(struct yaml_edits *edits);

#endif
