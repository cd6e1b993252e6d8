/* SPDX-License-Identifier: MIT */
/* arena - memory that is given back all at once.
 *
 * Everything made while one pack is loaded, or one event handled, lives in
 * one arena and goes with it. Allocation does not fail: every input has a
 * limit, so running out is a dying machine, and stopping at any instant loses
 * nothing (the transaction sees to that). It aborts with a line on stderr.
 * Under AddressSanitizer what a reset gives back is poisoned.
 */
#ifndef ENGINE_BASE_ARENA_H
#define ENGINE_BASE_ARENA_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct arena;

/* A new arena, owned by the caller until arena_free(). */
struct arena *arena_new(void);
void arena_free(struct arena *arena); /* NULL is fine. */

/* Gives back everything; keeps the first block for the next turn. */
void arena_reset(struct arena *arena);

/* Zeroed memory, aligned for any type; size 0 gives a unique pointer. */
void *arena_alloc(struct arena *arena, size_t size);

/* A copy of `old_size` bytes in a block of `size`, the rest zeroed; `old` may be NULL and
 * stays as it was. */
void *arena_grow(struct arena *arena, const void *old, size_t old_size, size_t size);

/* Makes the newest block larger where it stands, the rest zeroed; false when it is not the
 * newest or there is no room, and then nothing changed. */
bool arena_extend(struct arena *arena, void *old, size_t old_size, size_t size);

/* Copies of text; `text` is borrowed. arena_text(NULL) is NULL. */
char *arena_text(struct arena *arena, const char *text);
char *arena_text_n(struct arena *arena, const char *text, size_t len);
char *arena_printf(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *arena, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

/* Bytes handed out since the last reset, for limits and for the bench. */
size_t arena_used(const struct arena *arena);

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, n) ((type *)arena_alloc((arena), sizeof(type) * (size_t)(n)))

/* Appends to a growing array {at, count, room} in an arena; yields a pointer to the new
 * zeroed element, which is good until the next append. `list` is a pointer to a struct with
 * those members (count and room of type size_t) and is evaluated once. */
#define LIST_ADD(arena, list)                                                                     \
    ({                                                                                            \
        __typeof__(list) list_ = (list);                                                          \
        if (list_->count == list_->room) {                                                        \
            size_t list_room_ = list_->room ? list_->room * 2 : 8;                                \
            list_->at = arena_grow((arena), list_->at, list_->count * sizeof *list_->at,          \
                                   list_room_ * sizeof *list_->at);                               \
            list_->room = list_room_;                                                             \
        }                                                                                         \
        &list_->at[list_->count++];                                                               \
    })

#endif
