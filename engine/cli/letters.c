/* SPDX-License-Identifier: MIT */
/* `letters`: what was written, printing what is to be posted, and recording that it was. */
#include "engine/cli/act.h"

#include "engine/base/arena.h"
#include "engine/cli/commands.h"
#include "engine/cli/facts.h"
#include "engine/cli/grid.h"
#include "engine/cli/say.h"
#include "engine/run/letters.h"
#include "engine/run/paper.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { COLUMNS = 6 };

struct listing {
    struct call *call;
    struct grid grid;
    struct json *list;
    size_t count, left;
};

static const char *day_or(struct arena *arena, day date, const char *otherwise)
{
    char text[DAY_TEXT_MAX];
    return date == DAY_NONE ? otherwise : arena_text(arena, day_short(date, text));
}

static struct json *letter_json(struct arena *arena, const struct letter_row *row)
{
    struct json *json = json_new(arena, JSON_MAP);
    json_put(arena, json, "case", json_words(arena, arena_text(arena, row->ref)));
    json_put(arena, json, "letter", json_words(arena, arena_text(arena, row->name)));
    json_put(arena, json, "to", json_words(arena, arena_text(arena, row->role)));
    json_put(arena, json, "addressee", json_words(arena, arena_text(arena, row->addressee)));
    json_put(arena, json, "by", json_words(arena, arena_text(arena, row->by)));
    json_put(arena, json, "subject", json_words(arena, arena_text(arena, row->subject)));
    json_put(arena, json, "written", json_day(arena, row->made));
    json_put(arena, json, "sent", json_day(arena, row->sent));
    json_put(arena, json, "file", json_words(arena, paper_file_name(arena, row->ref, row->name,
                                                                    "html")));
    return json;
}

static bool see(void *self, const struct letter_row *row)
{
    struct listing *listing = self;
    struct arena *arena = listing->call->arena;
    listing->count++;
    if (listing->call->json) {
        json_add(listing->list, letter_json(arena, row));
        return true;
    }
    const char *waits = row->leaving ? "on its way"
                        : *row->by == 'e' ? "not sent: no address took it"
                                          : "to be posted";
    const char *cells[COLUMNS] = {
        arena_text(arena, row->ref), arena_text(arena, row->name),
        one_line(arena, text_or(row->addressee, row->role)), arena_text(arena, row->by),
        day_or(arena, row->made, ""), day_or(arena, row->sent, waits),
    };
    grid_row(&listing->grid, row->sent == DAY_NONE ? YELLOW : "", cells);
    return true;
}

static enum err_code list(struct call *call)
{
    static const char *const head[COLUMNS] = { "Case", "Letter", "To", "By", "Written", "Sent" };
    struct listing listing = { .call = call, .grid = grid_of(call->arena, COLUMNS),
                               .list = json_new(call->arena, JSON_LIST) };
    bool unsent = call_flag(call, "unsent") != NULL;
    enum err_code rc = database_open(call, STORE_READ);
    if (!rc)
        rc = letters_read(call->store, unsent, &listing, see, &call->err);
    if (rc)
        return rc;
    if (call->json) {
        struct json *json = json_new(call->arena, JSON_MAP);
        json_put(call->arena, json, "letters", listing.list);
        say_json(call, json);
        return ERR_NONE;
    }
    grid_head(&listing.grid, head);
    grid_say(&listing.grid, call);
    say(call, "%s%s.\n", counted(call, (int64_t)listing.count, "letter", "letters"),
        unsent ? " not sent yet" : "");
    return ERR_NONE;
}

/* --- print ----------------------------------------------------------------------------------- */

/* Whole or not at all, and for nobody else to read: it tells of a child. */
static enum err_code write_file(struct call *call, const char *dir, const char *name,
                                const char *text)
{
    const char *path = arena_printf(call->arena, "%s/%s", dir, name);
    const char *part = arena_printf(call->arena, "%s.part", path);
    int fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "w");
    bool good = file && fputs(text, file) >= 0 && !fflush(file) && !fsync(fd);
    int why = errno;
    if (file && fclose(file) && good) {
        good = false;
        why = errno;
    }
    if (good && rename(part, path) == 0)
        return ERR_NONE;
    if (good)
        why = errno;
    if (fd >= 0)
        unlink(part);
    return err_set(&call->err, ERR_SYSTEM, "cannot write '%s': %s", path, strerror(why));
}

struct printing {
    struct call *call;
    const char *dir;
    struct json *files;
    size_t printed;
    enum err_code code;
};

static bool print_one(void *self, const struct letter_row *row)
{
    struct printing *printing = self;
    struct call *call = printing->call;
    if (row->leaving)
        return true;
    const char *html = paper_file_name(call->arena, row->ref, row->name, "html");
    const char *text = paper_file_name(call->arena, row->ref, row->name, "txt");
    printing->code = write_file(call, printing->dir, html, row->html);
    if (!printing->code)
        printing->code = write_file(call, printing->dir, text, row->text);
    if (printing->code)
        return false;
    printing->printed++;
    json_add(printing->files, json_words(call->arena, html));
    if (!call->json)
        say(call, "%s/%s\n", one_line(call->arena, printing->dir), html);
    return true;
}

static enum err_code print(struct call *call)
{
    struct printing printing = { .call = call, .dir = call_arg(call, 1),
                                 .files = json_new(call->arena, JSON_LIST) };
    if (call->arg_count != 2)
        return err_set(&call->err, ERR_USAGE, "say where to: reeve letters print DIR");
    enum err_code rc = database_open(call, STORE_READ);
    if (rc)
        return rc;
    if (mkdir(printing.dir, 0700) && errno != EEXIST)
        return err_set(&call->err, ERR_SYSTEM, "cannot make '%s': %s", printing.dir,
                       strerror(errno));
    rc = letters_read(call->store, true, &printing, print_one, &call->err);
    if (rc || printing.code)
        return rc ? rc : printing.code;
    if (call->json) {
        struct json *json = json_new(call->arena, JSON_MAP);
        json_put(call->arena, json, "files", printing.files);
        say_json(call, json);
    } else if (printing.printed) {
        say(call, "%s to print and post. Then: reeve letters posted CASE LETTER --on DATE\n",
            counted(call, (int64_t)printing.printed, "letter", "letters"));
    } else {
        say(call, "Nothing is to be posted.\n");
    }
    return ERR_NONE;
}

/* --- posted ---------------------------------------------------------------------------------- */

static enum err_code posted(struct call *call)
{
    struct act act;
    if (call->arg_count != 3)
        return err_set(&call->err, ERR_USAGE,
                       "say which: reeve letters posted CASE LETTER --on DATE");
    call->args[0] = call->args[1]; /* The case stands first for every act. */
    enum err_code rc = act_begin(call, EVENT_LETTER, &act);
    if (rc)
        return rc;
    struct names who = act_authority(&act);
    act.request.event.name = call->args[2];
    act.request.event.act = "sent";
    rc = act_who(&act, &who);
    return rc ? rc : act_finish(&act);
}

enum err_code letters_run(struct call *call)
{
    static const char *const words[] = { "print", "posted" };
    const char *word = call_arg(call, 0);
    if (!word)
        return list(call);
    if (strcmp(word, "print") == 0)
        return print(call);
    if (strcmp(word, "posted") == 0)
        return posted(call);
    err_set(&call->err, ERR_USAGE,
            "reeve letters, letters print DIR or letters posted CASE LETTER, not '%s'", word);
    err_nearest(&call->err, word, words, 2);
    return ERR_USAGE;
}
