/* SPDX-License-Identifier: MIT */
#include "engine/cli/args.h"

#include "engine/base/arena.h"

#include <string.h>

static enum err_code check_words(struct call *call, int argc, char **argv)
{
    if (argc > ARGS_MAX)
        return err_set(&call->err, ERR_USAGE, "more than %d words", ARGS_MAX);
    for (int i = 1; i < argc; i++) {
        size_t len = strlen(argv[i]);
        if (len > ARG_BYTES_MAX)
            return err_set(&call->err, ERR_USAGE, "word %d is longer than %d bytes", i,
                           ARG_BYTES_MAX);
        if (!utf8_valid(argv[i], len))
            return err_set(&call->err, ERR_USAGE, "word %d is not UTF-8", i);
    }
    return ERR_NONE;
}

static enum err_code unknown_command(struct call *call, const char *name)
{
    const char *near = command_nearest(call->arena, name);
    err_set(&call->err, ERR_USAGE, "there is no command '%s'", name);
    if (near)
        err_hint(&call->err, "did you mean 'reeve %s'?", near);
    else
        err_hint(&call->err, "reeve help lists them all");
    return ERR_USAGE;
}

/* `reeve`, `reeve --help`, `reeve --version`: the words people try first. */
static const char *first_word(const char *word)
{
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0)
        return "help";
    if (strcmp(word, "--version") == 0)
        return "version";
    return word;
}

static enum err_code unknown_flag(struct call *call, const char *name, size_t len)
{
    const char *word = arena_text_n(call->arena, name, len);
    const char *names[FLAGS_MAX + 1] = { "help" };
    size_t count = 1;
    for (const struct flag *const *flag = call->command->flags; *flag; flag++)
        names[count++] = (*flag)->name;
    const char *near = text_nearest(word, names, count);
    err_set(&call->err, ERR_USAGE, "'reeve %s' has no flag '--%s'", call->command->name, word);
    if (near)
        err_hint(&call->err, "did you mean '--%s'?", near);
    else
        err_hint(&call->err, "reeve help %s lists them", call->command->name);
    return ERR_USAGE;
}

/* `word` begins with "--". `next` is the word after it, or NULL; *took: it was the value. */
static enum err_code read_flag(struct call *call, const char *word, const char *next, bool *took)
{
    const char *name = word + 2;
    size_t len = strcspn(name, "=");
    const char *value = name[len] ? name + len + 1 : NULL;
    *took = false;
    if (len == 4 && memcmp(name, "help", 4) == 0) {
        call->help = true;
        return ERR_NONE;
    }
    for (size_t i = 0; call->command->flags[i]; i++) {
        const struct flag *flag = call->command->flags[i];
        if (strlen(flag->name) != len || memcmp(flag->name, name, len) != 0)
            continue;
        if (call->values[i])
            return err_set(&call->err, ERR_USAGE, "--%s is given twice", flag->name);
        if (!flag->value && value)
            return err_set(&call->err, ERR_USAGE, "--%s takes no value", flag->name);
        if (flag->value && !value && next && strncmp(next, "--", 2) != 0) {
            value = next; /* One that begins with dashes is written --why=--so. */
            *took = true;
        }
        /* An empty one is a shell's variable that was not set: --as "$WHO" must not be anybody. */
        if (flag->value && (!value || !*value))
            return err_set(&call->err, ERR_USAGE, "--%s needs a value: --%s %s", flag->name,
                           flag->name, flag->value);
        call->values[i] = flag->value ? value : "";
        if (strcmp(flag->name, "json") == 0)
            call->json = true;
        return ERR_NONE;
    }
    return unknown_flag(call, name, len);
}

static enum err_code check_count(struct call *call)
{
    const struct command *command = call->command;
    if (call->arg_count >= command->args_min && call->arg_count <= command->args_max)
        return ERR_NONE;
    if (call->arg_count < command->args_min)
        err_set(&call->err, ERR_USAGE, "something is missing: reeve %s %s", command->name,
                command->usage);
    else
        err_set(&call->err, ERR_USAGE, "'%s' is one word too many: reeve %s%s%s",
                call->args[command->args_max], command->name, *command->usage ? " " : "",
                command->usage);
    err_hint(&call->err, "reeve help %s shows examples", command->name);
    return ERR_USAGE;
}

enum err_code args_read(struct call *call, int argc, char **argv)
{
    bool flags = true;
    enum err_code rc = check_words(call, argc, argv);
    if (rc)
        return rc;
    const char *name = first_word(argc > 1 ? argv[1] : "help");
    if (name[0] == '-') {
        err_set(&call->err, ERR_USAGE, "the command comes first, then '%s'", name);
        err_hint(&call->err, "reeve help lists the commands");
        return ERR_USAGE;
    }
    const struct command *command = command_find(name);
    if (!command)
        return unknown_command(call, name);
    call->command = command;
    for (int i = 2; i < argc; i++) {
        const char *word = argv[i];
        bool took;
        if (!flags || word[0] != '-' || !word[1]) {
            call->args[call->arg_count++] = word;
        } else if (strcmp(word, "--") == 0) {
            flags = false;
        } else if (strcmp(word, "-h") == 0) {
            call->help = true;
        } else if (word[1] != '-' && strcmp(word, "-o") != 0) {
            return err_set(&call->err, ERR_USAGE, "'%s' is no flag: flags begin with two dashes",
                           word);
        } else {
            const char *whole = word[1] == '-' ? word : "--out";
            rc = read_flag(call, whole, i + 1 < argc ? argv[i + 1] : NULL, &took);
            if (rc)
                return rc;
            i += took;
        }
    }
    return call->help ? ERR_NONE : check_count(call);
}

const char *call_flag(const struct call *call, const char *name)
{
    const struct flag *const *flags = call->command->flags;
    size_t i = 0;
    while (flags[i] && strcmp(flags[i]->name, name) != 0)
        i++;
    MUST(flags[i]);
    return call->values[i];
}

const char *call_arg(const struct call *call, size_t index)
{
    return index < call->arg_count ? call->args[index] : NULL;
}
