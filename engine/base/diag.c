/* SPDX-License-Identifier: MIT */
#include "engine/base/diag.h"

#include "engine/base/arena.h"
#include "engine/base/diag_codes.h"
#include "engine/base/diag_texts.h"
#include "engine/base/err.h"
#include "engine/base/text.h"
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static const struct diag_code codes[] = {
#define X(code, title, hint) { code, title, hint },
    DIAG_TABLE(X)
#undef X
};

const struct diag_code *diag_codes(size_t *count)
{
    *count = sizeof codes / sizeof *codes;
    return codes;
}

const struct diag_code *diag_code_find(const char *code)
{
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (strcmp(codes[i].code, code) == 0)
            return &codes[i];
    return NULL;
}

static const struct diag_text texts[] = {
#define X(code, kept, means, wrong, right) { code, DIAG_##kept, means, wrong, right },
    DIAG_TEXTS(X)
#undef X
};

const struct diag_text *diag_text_find(const char *code)
{
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strcmp(texts[i].code, code) == 0)
            return &texts[i];
    return NULL;
}

struct diags *diags_new(struct arena *arena)
{
    struct diags *diags = ARENA_NEW(arena, struct diags);
    diags->arena = arena;
    return diags;
}

static bool same_place(const struct span *a, const struct span *b)
{
    return a->source == b->source && a->line == b->line && a->col == b->col;
}

static bool known(const struct diags *diags, const char *code, const struct span *span,
                  const char *text)
{
    for (size_t i = 0; i < diags->count; i++) {
        const struct diag *d = &diags->at[i];
        if (strcmp(d->code, code) == 0 && same_place(&d->span, span) && strcmp(d->text, text) == 0)
            return true;
    }
    return false;
}

/* Where a new finding goes: when all places are taken, an error drives out a warning. */
static struct diag *place_for(struct diags *diags, enum severity severity)
{
    if (diags->count < DIAG_MAX)
        return &diags->at[diags->count++];
    diags->dropped++;
    for (size_t i = DIAG_MAX; severity == SEVERITY_ERROR && i-- > 0;)
        if (diags->at[i].severity == SEVERITY_WARNING)
            return &diags->at[i];
    return NULL;
}

__attribute__((format(printf, 5, 0))) static struct diag *add(struct diags *diags,
                                                              enum severity severity,
                                                              const char *code, struct span span,
                                                              const char *format, va_list args)
{
    const struct diag_code *row = diag_code_find(code);
    MUST(row);
    const char *text = arena_vprintf(diags->arena, format, args);
    if (known(diags, code, &span, text))
        return NULL;
    if (severity == SEVERITY_ERROR)
        diags->errors++;
    else
        diags->warnings++;
    struct diag *diag = place_for(diags, severity);
    if (diag)
        *diag = (struct diag){ severity, row->code, .span = span, .text = text };
    return diag;
}

struct diag *diag_error(struct diags *diags, const char *code, struct span span,
                        const char *format, ...)
{
    va_list args;
    va_start(args, format);
    struct diag *diag = add(diags, SEVERITY_ERROR, code, span, format, args);
    va_end(args);
    return diag;
}

struct diag *diag_warning(struct diags *diags, const char *code, struct span span,
                          const char *format, ...)
{
    va_list args;
    va_start(args, format);
    struct diag *diag = add(diags, SEVERITY_WARNING, code, span, format, args);
    va_end(args);
    return diag;
}

void diag_note(struct diags *diags, struct diag *diag, struct span span, const char *format, ...)
{
    if (!diag)
        return;
    va_list args;
    va_start(args, format);
    diag->note = arena_vprintf(diags->arena, format, args);
    diag->note_span = span;
    va_end(args);
}

void diag_hint(struct diags *diags, struct diag *diag, const char *format, ...)
{
    if (!diag)
        return;
    va_list args;
    va_start(args, format);
    diag->hint = arena_vprintf(diags->arena, format, args);
    va_end(args);
}

void diag_about(struct diags *diags, struct diag *diag, const char *format, ...)
{
    if (!diag)
        return;
    va_list args;
    va_start(args, format);
    diag->about = arena_vprintf(diags->arena, format, args);
    va_end(args);
}

void diag_accept(struct diags *diags, size_t at, const char *why)
{
    const struct diag *diag = &diags->at[at];
    MUST(at < diags->count && diag->severity == SEVERITY_WARNING && diag->about);
    *LIST_ADD(diags->arena, &diags->accepted) =
        (struct accepted){ diag->code, diag->about, why };
    memmove(&diags->at[at], &diags->at[at + 1], (diags->count - at - 1) * sizeof *diags->at);
    diags->count--;
    diags->warnings--;
}

bool diag_nearest(struct diags *diags, struct diag *diag, const char *word,
                  const char *const *words, size_t count)
{
    const char *near = text_nearest(word, words, count);
    if (near)
        diag_hint(diags, diag, "did you mean '%s'?", near);
    return near != NULL;
}

bool diag_one_of(struct diags *diags, struct diag *diag, const char *word,
                 const char *const *words, size_t count, const char *lead)
{
    enum { WIDE = 220 };
    struct buf buf = buf_in(diags->arena);

    if (!diag || diag_nearest(diags, diag, word, words, count))
        return diag != NULL;
    buf_add(&buf, lead);
    for (size_t i = 0; i < count; i++) {
        buf_add(&buf, i == 0 ? " " : i + 1 < count ? ", " : " and ");
        buf_add(&buf, words[i]);
    }
    if (!count || buf.len > WIDE)
        return false;
    diag_hint(diags, diag, "%s", buf_text(&buf));
    return true;
}

void diag_blame(struct diags *diags, const char *name)
{
    *LIST_ADD(diags->arena, &diags->blamed) = arena_text(diags->arena, name);
}

bool diag_blamed(const struct diags *diags, const char *name)
{
    return text_in(name, diags->blamed.at, diags->blamed.count);
}

static int compare(const void *left, const void *right)
{
    const struct diag *a = left, *b = right;
    const char *a_path = a->span.source ? a->span.source->path : "";
    const char *b_path = b->span.source ? b->span.source->path : "";
    int order = strcmp(a_path, b_path);
    if (!order)
        order = a->span.line - b->span.line;
    if (!order)
        order = a->span.col - b->span.col;
    if (!order)
        order = strcmp(a->code, b->code);
    return order ? order : strcmp(a->text, b->text);
}

void diags_sort(struct diags *diags)
{
    qsort(diags->at, diags->count, sizeof *diags->at, compare);
}
