/* SPDX-License-Identifier: MIT */
#include "engine/cli/help.h"

#include "engine/base/arena.h"
#include "engine/cli/caseview.h"
#include "engine/cli/commands.h"
#include "engine/cli/say.h"

#include <string.h>

void help_say(struct call *call, const struct command *command)
{
    say(call, "%s\n\n", command->purpose);
    for (const char *const *example = command->examples; *example; example++)
        say(call, "  reeve %s\n", *example);
    say(call, "\n" BOLD "reeve %s%s%s" OFF "\n\n", command->name,
        *command->usage ? " " : "", command->usage);
    for (const struct flag *const *flag = command->flags; *flag; flag++) {
        const char *left = arena_printf(call->arena, "--%s%s%s", (*flag)->name,
                                        (*flag)->value ? " " : "",
                                        (*flag)->value ? (*flag)->value : "");
        say(call, "  %-20s %s\n", left, (*flag)->doc);
    }
    say(call, "  %-20s this page\n", "--help");
    say(call, "\nExit: 0 done, 1 %s, 2 could not run\n",
        command->findings ? command->findings : "refused");
}

static void say_all(struct call *call)
{
    size_t count;
    const struct command *commands = commands_all(&count);
    const char *group = "";
    say(call, "reeve keeps a council's SEND cases by rules it can read: what is due, by when, and "
              "why.\n\nTry:\n"
              "  reeve check examples/torbay\n"
              "  reeve publish examples/torbay\n"
              "  reeve due\n");
    for (size_t i = 0; i < count; i++) {
        if (strcmp(commands[i].group, group) != 0) {
            group = commands[i].group;
            say(call, "\n" BOLD "%s" OFF "\n", group);
        }
        say(call, "  %-10s %s\n", commands[i].name, commands[i].purpose);
    }
    say(call, "\nreeve help COMMAND shows examples and flags; its cases are those of `make demo`. "
              "The\ndatabase is --db FILE, else $REEVE_DB, else reeve.db here. Exit: 0 done and "
              "clean,\n1 findings, differences or a refusal, 2 could not run.\n");
}

static void say_all_json(struct call *call)
{
    size_t count;
    const struct command *commands = commands_all(&count);
    struct arena *arena = call->arena;
    struct json *json = json_new(arena, JSON_MAP), *list = json_new(arena, JSON_LIST);
    for (size_t i = 0; i < count; i++) {
        struct json *one = json_new(arena, JSON_MAP), *flags = json_new(arena, JSON_LIST);
        struct json *examples = json_new(arena, JSON_LIST);
        for (const char *const *example = commands[i].examples; *example; example++)
            json_add(examples, json_words(arena, *example));
        for (const struct flag *const *flag = commands[i].flags; *flag; flag++) {
            struct json *said = json_new(arena, JSON_MAP);
            json_put(arena, said, "name", json_words(arena, (*flag)->name));
            json_put(arena, said, "value", json_words(arena, (*flag)->value));
            json_put(arena, said, "doc", json_words(arena, (*flag)->doc));
            json_add(flags, said);
        }
        json_put(arena, one, "name", json_words(arena, commands[i].name));
        json_put(arena, one, "usage", json_words(arena, commands[i].usage));
        json_put(arena, one, "purpose", json_words(arena, commands[i].purpose));
        json_put(arena, one, "flags", flags);
        json_put(arena, one, "examples", examples);
        json_add(list, one);
    }
    json_put(arena, json, "commands", list);
    say_json(call, json);
}

enum err_code help_run(struct call *call)
{
    const char *name = call_arg(call, 0);
    const struct command *command = name ? command_find(name) : NULL;
    if (!name && call->json) {
        say_all_json(call);
    } else if (!name) {
        say_all(call);
    } else if (command) {
        help_say(call, command);
    } else {
        const char *near = command_nearest(call->arena, name);
        err_set(&call->err, ERR_USAGE, "there is no command '%s'", name);
        if (near)
            err_hint(&call->err, "did you mean '%s'?", near);
        return ERR_USAGE;
    }
    return ERR_NONE;
}
