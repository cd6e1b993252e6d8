/* SPDX-License-Identifier: MIT */
/* diag - findings: what a pack gets wrong, all at once, each with its place.
 *
 * Every finding has a severity, a stable code (diag_codes.h), a place, the
 * reason, and a hint. They are collected, sorted by place, de-duplicated and
 * bounded. Printed as
 *
 *   torbay/processes/annual-review.yaml:41:15: error: unknown state 'aproved' [R005]
 *      41 |     to: aproved
 *         |         ^^^^^^^
 *    note: states are declared at torbay/processes/annual-review.yaml:8:1
 *    hint: did you mean 'approved'?
 */
#ifndef ENGINE_BASE_DIAG_H
#define ENGINE_BASE_DIAG_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct buf;

/* A source file of a pack as it was read; lives as long as the pack's arena. */
struct source {
    const char *path; /* As shown: "torbay/processes/annual-review.yaml". */
    const char *text; /* NUL-terminated UTF-8. */
    size_t len;
};

/* Where line `line` begins, counted from 1; NULL: the text ends before. */
const char *source_line(const struct source *source, int line);

/* A stretch of one line; lines and columns count characters from 1. source NULL: no place. */
struct span {
    const struct source *source;
    int line, col, end_col; /* end_col is exclusive. */
};

enum severity { SEVERITY_ERROR, SEVERITY_WARNING };

struct diag {
    enum severity severity;
    const char *code; /* "R014" */
    struct span span;
    const char *text, *note, *hint; /* note and hint may be NULL. */
    const char *about;              /* Of a warning, as `accepts` names it; NULL: it stays. */
    struct span note_span;
};

enum { DIAG_MAX = 50 };

/* A warning that the pack keeps, with its reason. */
struct accepted {
    const char *code, *about, *why;
};

struct diags {
    struct arena *arena;
    struct diag at[DIAG_MAX];
    size_t count, dropped; /* dropped: found beyond DIAG_MAX. */
    size_t errors, warnings; /* All different ones, the dropped too. */
    struct { struct accepted *at; size_t count, room; } accepted;
    struct { const char **at; size_t count, room; } blamed;
};

struct diags *diags_new(struct arena *arena);

/* Adds a finding; `code` must be in diag_codes.h. The texts are copied. Returns it so that
 * note and hint can be added at once, or NULL when it was dropped: it was there already, or
 * there was no room (an error drives out a warning). Without a hint of its own it shows the
 * code's from diag_codes.h. */
struct diag *diag_error(struct diags *diags, const char *code, struct span span,
                        const char *format, ...) __attribute__((format(printf, 4, 5)));
struct diag *diag_warning(struct diags *diags, const char *code, struct span span,
                          const char *format, ...) __attribute__((format(printf, 4, 5)));
/* All accept a NULL diag. A note whose span has a source is followed by " at PLACE". */
void diag_note(struct diags *diags, struct diag *diag, struct span span, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void diag_hint(struct diags *diags, struct diag *diag, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Names what a warning is about: "annual-review.send_report". */
void diag_about(struct diags *diags, struct diag *diag, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Moves the warning at a place of the list to those accepted. */
void diag_accept(struct diags *diags, size_t at, const char *why);
/* Hints "did you mean 'X'?" when one of `words` is near. False: none is. */
bool diag_nearest(struct diags *diags, struct diag *diag, const char *word,
                  const char *const *words, size_t count);
/* The same; when none is near and they are few, hints what there is: `lead` ("there are these
 * roles:") and all of them. False: nothing was hinted. */
bool diag_one_of(struct diags *diags, struct diag *diag, const char *word,
                 const char *const *words, size_t count, const char *lead);

/* A name that has been found fault with where it is made (it stands under the wrong key, or cannot
 * be a name): that it is known nowhere else follows from that, and is not said again. */
void diag_blame(struct diags *diags, const char *name);
bool diag_blamed(const struct diags *diags, const char *name);

/* Sorts by place; call once before printing. (Doubles were dropped when they came.) */
void diags_sort(struct diags *diags);
void diags_print(const struct diags *diags, struct buf *out, bool colour);
/* One JSON array: severity, code, about, file, line, col, end_col, text, note, hint. */
void diags_json(const struct diags *diags, struct buf *out);

#endif
