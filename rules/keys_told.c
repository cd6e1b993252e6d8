/* SPDX-License-Identifier: MIT */
/* What to write instead of a key or value that cannot be. */
#include "rules/keys.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include <ctype.h>
#include <string.h>

/* --- what was wanted ------------------------------------------------------------------------- */

static const char *words_text(const char *words, struct arena *arena)
{
    struct buf buf = buf_in(arena);

    for (const char *c = words; *c; c++)
        if (*c != '|')
            buf_char(&buf, *c);
        else
            buf_add(&buf, strchr(c + 1, '|') ? ", " : " or ");
    return buf_text(&buf);
}

const char *shape_wanted(const struct key *key, struct arena *arena)
{
    static const char *const wanted[] = {
        [SHAPE_TEXT] = "words",
        [SHAPE_NAME] = "a name",
        [SHAPE_NAMES] = "a name or a list of names",
        [SHAPE_YES_NO] = "yes or no",
        [SHAPE_DATE] = "a date",
        [SHAPE_MONTH_DAY] = "a day and a month",
        [SHAPE_TIME] = "a time in quotes",
        [SHAPE_LENGTH] = "a length of time",
        [SHAPE_MOMENT] = "a moment",
        [SHAPE_CONDITION] = "a condition, or {lua: file.function}",
        [SHAPE_VALUE] = "a value",
        [SHAPE_MOMENT_OR_VALUE] = "a value or a moment",
        [SHAPE_LIMIT] = "a moment, or a map with `is`",
        [SHAPE_WORD_OR_MAP] = "",
        [SHAPE_ONE] = "a map",
        [SHAPE_MAP] = "a map of named things",
        [SHAPE_LIST] = "a list",
        [SHAPE_SOME] = "a map, or a list of maps",
        [SHAPE_COUNT] = "a whole number",
        [SHAPE_TEXTS] = "a map of names to words",
        [SHAPE_VALUES] = "a map of names to values",
        [SHAPE_OPTIONS] = "a list of names, or a map of names to labels",
        [SHAPE_ROWS] = "a list of rows, each a list of dates",
        [SHAPE_TARGETS] = "a state, or a map of states to conditions",
        [SHAPE_ENOUGH] = "`all`, {at_least: 2} or {lua: file.function}",
        [SHAPE_REMIND] = "a list of reminders, or `none`",
        [SHAPE_REMIND_LUA] = "a list of reminders, `none` or {lua: file.function}",
    };

    if (key->shape == SHAPE_WORD_OR_MAP)
        return arena_printf(arena, "%s, or a map", words_text(key->words, arena));
    return key->shape == SHAPE_WORD ? words_text(key->words, arena) : wanted[key->shape];
}

/* --- a value --------------------------------------------------------------------------------- */

static bool wants_map(enum shape shape)
{
    return shape == SHAPE_MAP || shape == SHAPE_ONE || shape == SHAPE_TEXTS ||
           shape == SHAPE_VALUES;
}

/* "report_within 8 weeks" or "report_within:8 weeks" where keys with values belong: how it would be
 * one. NULL: it is something else. */
static const char *as_pair(const char *text, struct arena *arena)
{
    size_t name = 0;

    while (isalnum((unsigned char)text[name]) || text[name] == '_')
        name++;
    const char *value = text + name;
    if (!name || !isalpha((unsigned char)*text) || (*value != ':' && *value != ' '))
        return NULL;
    value += 1 + strspn(value + 1, " ");
    return *value && !strpbrk(value, ":[]{}")
               ? arena_printf(arena, "%s: %s", arena_text_n(arena, text, name), value)
               : NULL;
}

static size_t split_words(const char *words, const char **out, size_t room, struct arena *arena)
{
    size_t count = 0;

    for (const char *at = words; at && count < room;
         at = strchr(at, '|') ? strchr(at, '|') + 1 : NULL)
        out[count++] = arena_text_n(arena, at, strcspn(at, "|"));
    return count;
}

const char *keys_near_word(const struct key *key, const char *text, struct arena *arena)
{
    const char *words[64];

    return key->shape == SHAPE_WORD
               ? text_nearest(text, words, split_words(key->words, words, 64, arena))
               : NULL;
}

void keys_hint_value(const struct key *key, const struct node *node, struct diags *diags,
                     struct diag *d)
{
    bool short_example = key->example && !strchr(key->example, '\n');
    bool text = node->kind == NODE_TEXT;
    const char *near = text ? keys_near_word(key, node->text, diags->arena) : NULL;
    const char *pair =
        text && wants_map(key->shape) ? as_pair(node->text, diags->arena) : NULL;

    if (near)
        diag_hint(diags, d, "did you mean '%s'?", near);
    else if (pair)
        diag_hint(diags, d, "a colon and a space stand between a name and its value: `%s`", pair);
    else
        diag_hint(diags, d, short_example ? "write %s; for example %s" : "write %s",
                  shape_wanted(key, diags->arena), key->example);
}

/* --- a name ---------------------------------------------------------------------------------- */

void keys_hint_name(const char *name, struct diags *diags, struct diag *d)
{
    struct buf buf = buf_in(diags->arena);

    for (const char *c = name; *c; c++)
        buf_char(&buf, isalnum((unsigned char)*c) ? *c : '_');
    if (isalpha((unsigned char)*name) && buf.len <= 64)
        diag_hint(diags, d, "use letters, digits and _, and begin with a letter: `%s`",
                  buf_text(&buf));
    else
        diag_hint(diags, d, "use letters, digits and _, and begin with a letter");
}

/* --- a key ----------------------------------------------------------------------------------- */

static const struct key *elsewhere(const char *name)
{
    size_t count;
    const struct key *all = keys_all(&count), *found = NULL;

    for (size_t i = 0; i < count; i++) {
        if (strcmp(all[i].name, name) != 0)
            continue;
        if (all[i].owner == OWNER_PROCESS)
            return &all[i];
        found = found ? found : &all[i];
    }
    return found;
}

void keys_hint_key(enum owner owner, const char *name, struct diags *diags, struct diag *d)
{
    size_t count, known = 0;
    const struct key *all = keys_all(&count);
    const char **names = ARENA_ARRAY(diags->arena, const char *, count);
    const struct key *other = elsewhere(name);

    for (size_t i = 0; i < count; i++)
        if (all[i].owner == owner)
            names[known++] = all[i].name;
    if (diag_nearest(diags, d, name, names, known))
        return;
    if (other && other->owner == OWNER_PROCESS)
        diag_hint(diags, d, "'%s' belongs to the process: begin it at the left margin", name);
    else if (other)
        diag_hint(diags, d, "'%s' belongs to %s", name, owner_title(other->owner));
    else
        diag_one_of(diags, d, name, names, known, "its keys are:");
}
