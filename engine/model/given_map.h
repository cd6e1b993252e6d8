/* SPDX-License-Identifier: MIT */
/* given_map - values given with an event, as a JSON map by name. Private to
 * engine/model.
 */
#ifndef ENGINE_MODEL_GIVEN_MAP_H
#define ENGINE_MODEL_GIVEN_MAP_H

#include "engine/model/event.h"

/* Writes those of `given` (in any order) as a map; `personal` (sorted) says which names to leave
 * out, or with `only_personal` to write alone. An empty map is left out. False: it was. */
bool given_map_write(const struct given *given, size_t count, const char *const *personal,
                     size_t personal_count, bool only_personal, const char *key,
                     struct json_out *out);

/* The members of up to two maps (each may be NULL), sorted. False: not maps, or a name in both. */
bool given_map_read(struct arena *arena, const struct json *map, const struct json *more,
                    const struct given **out, size_t *count);

#endif
