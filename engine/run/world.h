/* SPDX-License-Identifier: MIT */
/* world - everything one thread needs to decide: a store, and the rule sets
 * it has met, each with its own Lua.
 *
 * A rule set is a published pack under a published calendar; the world loads
 * it from the database once and keeps the most recent ones. Lua states are
 * never shared: each thread has a world of its own.
 */
#ifndef ENGINE_RUN_WORLD_H
#define ENGINE_RUN_WORLD_H

#include "engine/base/date.h"
#include "engine/base/diag.h"
#include "engine/base/err.h"
#include "engine/core/decide.h"
#include "engine/run/pack.h"
#include "store/packs.h"
#include "store/store.h"

struct world;

struct ruleset {
    int64_t id, pack_id, calendar_id;
    int edition;
    const char *pack_name;
    struct rules *rules;          /* Pack, calendars, Lua: engine/run/pack.h. */
};

/* The store is borrowed. */
struct world *world_new(struct store *store);
void world_free(struct world *world);
struct store *world_store(struct world *world);

/* By number, loading it if need be. ERR_DAMAGED: it is not there, or does not load any more. Valid
 * until world_free() (at most 32 are kept; older ones go at world_begin()). */
MUST_CHECK enum err_code world_ruleset(struct world *world, int64_t id, const struct ruleset **out,
                                       struct err *err);
/* Lends the world rules that are compiled already (a scenario's), as rule set `id`; they stay the
 * caller's. */
MUST_CHECK enum err_code world_lend(struct world *world, int64_t id, struct rules *rules,
                                    struct err *err);
/* A pack as it is in use, only to look at: whichever edition it was decided under. ERR_DAMAGED. */
MUST_CHECK enum err_code world_ruleset_read(struct world *world, const struct in_use_row *in_use,
                                            const struct ruleset **out, struct err *err);
/* What an event on a case of rule set `pinned` is decided under on `today`: the case's own pack
 * version with the calendar now in use. Makes the rule set row when it is new (needs a
 * transaction). */
MUST_CHECK enum err_code world_ruleset_now(struct world *world, int64_t pinned, day today,
                                           const struct ruleset **out, struct err *err);
/* The rule set new cases of `process` ("annual-review", or "torbay/annual-review") get on `today`:
 * looks through the packs in use; makes the rule set row when it is new (needs a transaction).
 * ERR_UNKNOWN: no pack in use has that process (hint: the nearest). ERR_INPUT: several have it. */
MUST_CHECK enum err_code world_ruleset_new(struct world *world, const char *process, day today,
                                           const struct ruleset **out, struct err *err);

/* A role's title in any rule set at hand, or its name; in `arena`. */
const char *world_role_title(struct world *world, const char *role, struct arena *arena);

/* The time zone of the first pack in use ("Europe/London" when there is none). Good until the next
 * call. And the minute of the day from which digests are made: the earliest of the packs in use. */
const char *world_zone(struct world *world, day today);
int world_digest_minute(struct world *world, day today);

/* The number of a desk, remembered: every event with a deadline asks for some. Made when missing
 * (needs a transaction). engine/run/desk.h says which desk a role is. */
MUST_CHECK enum err_code world_desk(struct world *world, const char *role, int64_t school,
                                    int64_t person, int64_t *desk, struct err *err);

/* Between batches: lets go of rule sets not used lately. Forgets what is in use, so that the next
 * look-up sees what another process published. */
void world_begin(struct world *world);
/* Something was published inside this transaction: what is in use is looked up again. */
void world_published(struct world *world);
/* After a rollback: at the next world_begin() lets go of rule sets and desks met since the last,
 * whose rows are gone. Until then an answer may still point at them. */
void world_rolled_back(struct world *world);

#endif
