/* SPDX-License-Identifier: MIT */
/* pack - a folder of rules, read, checked, resolved and compiled to a model.
 *
 *   files (disk or database) -> yaml trees -> extend, uses -> keys -> model
 *
 * Everything is reported at once as findings; a model comes out only when
 * there are no errors. The Lua it names is compiled by lua/host.h, which
 * engine/run/pack.c calls next; rules and lua never see each other.
 */
#ifndef RULES_PACK_H
#define RULES_PACK_H

#include "engine/base/date.h"
#include "engine/base/diag.h"
#include "engine/base/err.h"
#include "engine/model/calendar.h"
#include "engine/model/process.h"

struct arena;
struct buf;
struct oracle;
struct resolved;

enum {
    PACK_FILE_BYTES_MAX = 256 * 1024,
    PACK_FILES_MAX = 500,
    PACK_BYTES_MAX = 4 * 1024 * 1024,
    PACK_DEPTH_MAX = 24,      /* Of YAML. */
    PACK_NODES_MAX = 50000,   /* Of YAML, a file. */
    PACK_EXTENDS_MAX = 8,
};

/* The files of a pack and of all it extends, as bytes. Paths are "torbay/pack.yaml": the pack's
 * folder name, a slash, and the path in it; layers[0] is the pack itself, then what it extends. */
struct pack_files {
    struct { const char **at; size_t count, room; } layers; /* Folder names. */
    struct { struct source *at; size_t count, room; } files; /* Sorted by path. */
    /* Paths of what looks like one of its files and is not read: "x/processes/a.yml". */
    struct { const char **at; size_t count, room; } unread;
};

/* Reads a folder and what it extends (`extends: ../england`, followed only within the parent
 * folder of each). ERR_UNKNOWN: no pack.yaml there. ERR_LIMIT: too large. ERR_SYSTEM: unreadable.
 * ERR_INPUT: a symbolic link, or no plain file. A base that is not there is left to pack_load(),
 * which says so with the place. */
MUST_CHECK enum err_code pack_read(struct arena *arena, const char *folder,
                                   struct pack_files **out, struct err *err);

/* To one canonical JSON text for the database, and back. Calendar files apart from the rest, so
 * that each has its own version. */
void pack_pack(const struct pack_files *files, bool calendars, struct buf *out);
MUST_CHECK enum err_code pack_unpack(struct arena *arena, const char *rules, size_t rules_len,
                                     const char *calendars, size_t calendars_len,
                                     struct pack_files **out, struct err *err);

struct lua_source {
    const char *module;        /* "grounds" for lua/grounds.lua; a pack's own hides its base's. */
    const struct source *source;
};

struct pack {
    struct model *model;             /* NULL when there were errors. */
    struct model *draft;             /* Then: as far as it could be made, to find more. Or NULL. */
    struct calendars *calendars;     /* NULL likewise. at[0] is the pack's main calendar. */
    const char *main_calendar;       /* Its name. */
    struct { struct lua_source *at; size_t count, room; } lua;
    struct { const struct source **at; size_t count, room; } scenarios; /* The pack's own. */
    const struct pack *base;         /* The pack below, compiled; NULL: there is none. */
    const struct resolved *resolved; /* Its trees, for show and lint; NULL: unreadable. */
};

/* Compiles. All in `arena`, `files` included. Findings go to `diags`. Never fails otherwise. */
struct pack *pack_load(struct arena *arena, const struct pack_files *files, struct diags *diags);

/* What the domain asks of a model beyond its syntax: states nothing leads to, deadlines nothing
 * meets, floors that can lose. Called after Lua has compiled; nothing is said without a model.
 * `oracle` tries the conditions; `today` tells which calendars end too soon. */
void pack_lint(const struct pack *pack, const struct oracle *oracle, day today,
               struct diags *diags);
/* Takes the warnings out that pack.yaml `accepts`, and says which of those are not there (D020). */
void pack_accept(const struct pack *pack, struct diags *diags);

/* The process as text, whole; `resolved`: each line with the file it came from. */
void pack_show(const struct pack *pack, const char *process, bool resolved, struct buf *out);

#endif
