/* SPDX-License-Identifier: MIT */
#include "rules/starter.h"

#include "engine/base/arena.h"
#include "engine/base/date.h"
#include "engine/base/json.h"
#include "engine/base/text.h"
#include "rules/new_data.h" /* made by the build */
#include "rules/schema.h"
#include "rules/yaml.h"
#include <string.h>

enum { NEW_FILES = sizeof new_files / sizeof *new_files };

/* --- how the stories of a pack begin --------------------------------------------------------- */

/* The lines of a key of the file's first level, as written, without the remarks that stand before
 * the next one. */
static const char *lines_of(struct arena *arena, const struct source *source,
                            const struct node *node)
{
    const char *from = source_line(source, node->key_span.line);
    const char *to = node->next ? source_line(source, node->next->key_span.line)
                                : source->text + source->len;
    struct buf text = buf_in(arena), held = buf_in(arena);

    for (const char *at = from; at && at < to;) {
        const char *end = memchr(at, '\n', (size_t)(to - at));
        size_t len = end ? (size_t)(end - at) : (size_t)(to - at);
        size_t said = len && at[len - 1] == '\r' ? len - 1 : len;
        bool remark = strspn(at, " ") >= said || *at == '#';
        buf_add_n(&held, at, said);
        buf_char(&held, '\n');
        if (!remark) {
            buf_add(&text, buf_text(&held));
            buf_cut(&held, 0);
        }
        at = end ? end + 1 : to;
    }
    return buf_text(&text);
}

static void add_story(struct arena *arena, const struct source *source, struct stories *out)
{
    const struct node *tree = yaml_read(arena, source, diags_new(arena));
    const struct node *process = node_get(tree, "process"), *opened = node_get(tree, "opened");
    struct story story = { 0 };
    struct buf given = buf_in(arena);

    if (!process || process->kind != NODE_TEXT || !opened || opened->kind != NODE_TEXT ||
        !day_parse(opened->text, &story.opened))
        return;
    for (const struct node *n = tree->first; n; n = n->next)
        if (!strcmp(n->key, "fields") || !strcmp(n->key, "as"))
            buf_add(&given, lines_of(arena, source, n));
    story.process = process->text;
    story.given = buf_text(&given);
    *LIST_ADD(arena, out) = story;
}

void starter_stories(struct arena *arena, const struct pack_files *files, struct stories *out)
{
    for (size_t i = 0; i < files->layers.count; i++) {
        const char *folder = arena_printf(arena, "%s/scenarios/", files->layers.at[i]);
        for (size_t j = 0; j < files->files.count; j++)
            if (text_starts(files->files.at[j].path, folder))
                add_story(arena, &files->files.at[j], out);
    }
}

/* --- the words that are put in --------------------------------------------------------------- */

struct word {
    const char *name, *text;
};
struct words {
    struct arena *arena;
    struct word at[24];
    size_t count;
};

static void put(struct words *words, const char *name, const char *text)
{
    MUST(words->count < sizeof words->at / sizeof *words->at);
    words->at[words->count++] = (struct word){ name, text };
}

/* What a text may be that stands in a remark or on a page: one line, nothing that ends it. */
static const char *one_line(struct arena *arena, const char *text)
{
    char *copy = arena_text(arena, text_or(text, ""));

    for (char *c = copy; *c; c++)
        if ((unsigned char)*c < 0x20)
            *c = ' ';
    return copy;
}

/* A name that the process does not use yet. */
static const char *free_name(struct arena *arena, const struct starter *s)
{
    const char *name = "first_look";

    if (!process_event_any(s->process, name) && !process_deadline(s->process, name))
        return name;
    char *longer = arena_printf(arena, "%s_%s", name, s->pack);
    for (char *c = longer; *c; c++)
        if (*c == '-')
            *c = '_';
    return longer;
}

/* The lengths and numbers of the process, each in a remark of its own. */
static const char *settings_text(struct arena *arena, const struct starter *s)
{
    struct buf text = buf_in(arena);

    for (size_t i = 0; i < s->process->setting_count; i++) {
        const struct setting *setting = &s->process->settings[i];
        if (!setting->first.is_length)
            continue;
        if (!text.len)
            buf_printf(&text, "\n# What '%s' lets you set here. Take the # away where yours "
                              "differs:\n#settings:\n", s->base);
        buf_printf(&text, "#  %s: %s", setting->name, one_line(arena, setting->first.is->text));
        buf_printf(&text, setting->title ? "    # %s\n" : "\n", one_line(arena, setting->title));
    }
    return buf_text(&text);
}

static void put_example(struct words *words, const struct starter *s)
{
    struct arena *arena = words->arena;
    char *opened = arena_alloc(arena, DAY_TEXT_MAX), *looked = arena_alloc(arena, DAY_TEXT_MAX);
    char *due = arena_alloc(arena, DAY_TEXT_MAX);
    const char *name = s->process->name;
    const char *story = arena_printf(arena, "%s-first-look", name);

    put(words, "process", name);
    put(words, "process_title", one_line(arena, s->process->title));
    put(words, "settings", settings_text(arena, s));
    put(words, "event", free_name(arena, s));
    put(words, "role", s->role->name);
    put(words, "role_title", one_line(arena, text_or(s->role->title, s->role->name)));
    put(words, "story", story);
    put(words, "opened", day_iso(s->story->opened, opened));
    put(words, "looked", day_iso(s->story->opened + 1, looked));
    put(words, "due", day_iso(s->story->opened + 14, due));
    put(words, "given", s->story->given);
    put(words, "example_rows",
        arena_printf(arena, "| `processes/%s.yaml` | what differs in one process: an example, "
                            "to be changed |\n| `scenarios/%s.yaml` | a story that must come "
                            "out as it says |\n", name, story));
    put(words, "example_command", arena_printf(arena, "    reeve show %s/%s --resolved\n", s->pack,
                                               name));
    put(words, "example_advice",
        arena_printf(arena, "3. The example in `processes/%s.yaml`: make a rule of yours of it, or "
                            "delete it with its story.\n", name));
}

static void put_words(struct words *words, const struct starter *s)
{
    put(words, "pack", s->pack);
    put(words, "title", s->title);
    if (!s->base)
        return;
    put(words, "base", s->base);
    put(words, "base_title", one_line(words->arena, s->base_title));
    put(words, "calendar", s->calendar);
    if (s->process) {
        put_example(words, s);
        return;
    }
    put(words, "example_rows", "");
    put(words, "example_command", "");
    put(words, "example_advice", "");
}

/* The text with every ((word)) that there is; others, such as those of messages, stay. */
static void fill(const struct words *words, const char *text, struct buf *out)
{
    for (const char *open; (open = strstr(text, "((")); ) {
        size_t skip = 0;
        buf_add_n(out, text, (size_t)(open - text));
        for (size_t i = 0; i < words->count && !skip; i++) {
            size_t len = strlen(words->at[i].name);
            if (strncmp(open + 2, words->at[i].name, len) != 0 ||
                strncmp(open + 2 + len, "))", 2) != 0)
                continue;
            buf_add(out, words->at[i].text);
            skip = len + 4;
        }
        if (!skip)
            buf_add_n(out, open, skip = 1);
        text = open + skip;
    }
    buf_add(out, text);
}

/* "processes/PROCESS.yaml" with the names that it stands for. */
static const char *path_of(const struct words *words, const struct starter *s, const char *in)
{
    struct buf path = buf_in(words->arena), out = buf_in(words->arena);
    const char *mark = strstr(in, "PROCESS.") ? "PROCESS" : "STORY";
    const char *at = strstr(in, mark);

    if (!at)
        return arena_printf(words->arena, "%s/%s", s->pack, in);
    buf_printf(&path, "%s/%.*s((%s))%s", s->pack, (int)(at - in), in,
               *mark == 'P' ? "process" : "story", at + strlen(mark));
    fill(words, buf_text(&path), &out);
    return buf_text(&out);
}

/* What the first lines of the files name: an editor that reads it knows every key. */
static void add_schema(struct arena *arena, const struct starter *s, struct starter_files *out)
{
    struct buf text = buf_in(arena);
    const char *path = arena_printf(arena, "%s/reeve.schema.json", s->pack);

    schema_write(arena, &text);
    *LIST_ADD(arena, out) = (struct source){ path, buf_text(&text), text.len };
}

void starter_write(struct arena *arena, const struct starter *starter, struct starter_files *out)
{
    struct words words = { .arena = arena };
    const char *kind = starter->base ? "rules/new/extending/" : "rules/new/alone/";

    put_words(&words, starter);
    for (size_t i = 0; i < NEW_FILES; i++) {
        const char *in = new_files[i].path + strlen(kind);
        struct buf text = buf_in(arena);
        if (!text_starts(new_files[i].path, kind))
            continue;
        if (starter->base && !starter->process && strchr(in, '/'))
            continue; /* The example's. */
        fill(&words, new_files[i].text, &text);
        *LIST_ADD(arena, out) = (struct source){ path_of(&words, starter, in), buf_text(&text),
                                                 text.len };
    }
    add_schema(arena, starter, out);
}
