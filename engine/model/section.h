/* SPDX-License-Identifier: MIT */
/* section - what the entries of a case file's sections are made of.
 *
 * Private to engine/model.
 */
#ifndef ENGINE_MODEL_SECTION_H
#define ENGINE_MODEL_SECTION_H

#include "engine/model/casefile.h"
#include "engine/model/record.h"

/* Every entry begins with `const char *name`, which is its key in the section's map. */
struct section {
    const char *key;
    struct record record;
};

enum {
#define X(member, type, key) SECTION_##member,
    CASEFILE_SECTIONS(X)
#undef X
        SECTION_COUNT
};

extern const struct section sections[SECTION_COUNT];

#endif
