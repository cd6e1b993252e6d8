/* SPDX-License-Identifier: MIT */
#include "engine/base/arena.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#endif

/* Under AddressSanitizer a gap lies between any two pieces, so that writing past
 * the end of one is seen even though malloc knows only the whole block. */
#ifdef ARENA_ASAN
#include <sanitizer/asan_interface.h>
#define POISON(at, size) ASAN_POISON_MEMORY_REGION((at), (size))
#define UNPOISON(at, size) ASAN_UNPOISON_MEMORY_REGION((at), (size))
enum { GAP = 16 };
#else
#define POISON(at, size) ((void)(at), (void)(size))
#define UNPOISON(at, size) ((void)(at), (void)(size))
enum { GAP = 0 };
#endif

enum { ALIGN = 16, BLOCK_FIRST = 64 * 1024, BLOCK_MAX = 1024 * 1024 };

struct block {
    struct block *next;
    size_t size; /* Of what follows the head. */
};

enum { HEAD = (sizeof(struct block) + ALIGN - 1) / ALIGN * ALIGN };

struct arena {
    struct block *first, *last;
    char *at, *end; /* What is free in `last`. */
    size_t used;
};

static void out_of_memory(size_t size)
{
    fprintf(stderr, "reeve: out of memory: %zu bytes wanted\n", size);
    abort();
}

static char *block_bytes(struct block *block)
{
    return (char *)block + HEAD;
}

static struct block *block_new(size_t size)
{
    struct block *block = malloc(HEAD + size);
    if (!block)
        out_of_memory(size);
    block->next = NULL;
    block->size = size;
    POISON(block_bytes(block), size);
    return block;
}

static void block_use(struct arena *arena, struct block *block)
{
    arena->last = block;
    arena->at = block_bytes(block);
    arena->end = arena->at + block->size;
}

static void blocks_free(struct block *block)
{
    while (block) {
        struct block *next = block->next;
        UNPOISON(block_bytes(block), block->size);
        free(block);
        block = next;
    }
}

struct arena *arena_new(void)
{
    struct arena *arena = calloc(1, sizeof *arena);
    if (!arena)
        out_of_memory(sizeof *arena);
    arena->first = block_new(BLOCK_FIRST);
    block_use(arena, arena->first);
    return arena;
}

void arena_free(struct arena *arena)
{
    if (!arena)
        return;
    blocks_free(arena->first);
    free(arena);
}

void arena_reset(struct arena *arena)
{
    blocks_free(arena->first->next);
    arena->first->next = NULL;
    block_use(arena, arena->first);
    POISON(arena->at, arena->first->size);
    arena->used = 0;
}

static void *alloc_raw(struct arena *arena, size_t size)
{
    if (size > SIZE_MAX / 2)
        out_of_memory(size);
    size_t taken = size ? (size + ALIGN - 1) / ALIGN * ALIGN + GAP : (size_t)ALIGN + GAP;

    if ((size_t)(arena->end - arena->at) < taken) {
        size_t room = arena->last->size < BLOCK_MAX ? arena->last->size * 2 : BLOCK_MAX;
        struct block *block = block_new(room > taken ? room : taken);
        arena->last->next = block;
        block_use(arena, block);
    }
    char *at = arena->at;
    arena->at += taken;
    arena->used += taken;
    UNPOISON(at, size);
    return at;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    return memset(alloc_raw(arena, size), 0, size);
}

void *arena_grow(struct arena *arena, const void *old, size_t old_size, size_t size)
{
    char *at = alloc_raw(arena, size);
    size_t kept = old_size < size ? old_size : size;
    if (kept)
        memcpy(at, old, kept);
    memset(at + kept, 0, size - kept);
    return at;
}

bool arena_extend(struct arena *arena, void *old, size_t old_size, size_t size)
{
#ifdef ARENA_ASAN
    /* Always moving shows who kept a pointer to the old place. */
    (void)arena, (void)old, (void)old_size, (void)size;
    return false;
#else
    size_t had = (old_size + ALIGN - 1) / ALIGN * ALIGN;
    char *at = old;
    if (!old_size || size < old_size || size > SIZE_MAX / 2 || at + had != arena->at)
        return false;
    size_t more = (size + ALIGN - 1) / ALIGN * ALIGN - had;
    if ((size_t)(arena->end - arena->at) < more)
        return false;
    memset(at + old_size, 0, size - old_size);
    arena->at += more;
    arena->used += more;
    return true;
#endif
}

char *arena_text_n(struct arena *arena, const char *text, size_t len)
{
    char *at = alloc_raw(arena, len + 1);
    if (len)
        memcpy(at, text, len);
    at[len] = '\0';
    return at;
}

char *arena_text(struct arena *arena, const char *text)
{
    return text ? arena_text_n(arena, text, strlen(text)) : NULL;
}

char *arena_vprintf(struct arena *arena, const char *format, va_list args)
{
    char small[256];
    va_list again;
    va_copy(again, args);
    int len = vsnprintf(small, sizeof small, format, args);
    char *at = arena_text(arena, "");
    if (len >= 0 && (size_t)len < sizeof small) {
        at = arena_text_n(arena, small, (size_t)len);
    } else if (len >= 0) {
        at = alloc_raw(arena, (size_t)len + 1);
        vsnprintf(at, (size_t)len + 1, format, again);
    }
    va_end(again);
    return at;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *at = arena_vprintf(arena, format, args);
    va_end(args);
    return at;
}

size_t arena_used(const struct arena *arena)
{
    return arena->used;
}
