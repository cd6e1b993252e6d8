/* SPDX-License-Identifier: MIT */
#include "engine/base/arena.h"
#include "engine/cli/args.h"
#include "engine/cli/database.h"
#include "engine/cli/help.h"
#include "engine/cli/say.h"

#include <sodium.h>
#include <string.h>

static enum err_code run(struct call *call, int argc, char **argv)
{
    enum err_code rc = args_read(call, argc, argv);
    if (rc)
        return rc;
    if (call->help) {
        help_say(call, call->command);
        return ERR_NONE;
    }
    if (sodium_init() < 0)
        return err_set(&call->err, ERR_SYSTEM, "libsodium does not start");
    rc = database_clock(call);
    if (!rc)
        rc = call->command->run(call);
    database_close(call);
    return rc;
}

int cli_main(int argc, char **argv)
{
    struct call *call;
    struct arena *arena = arena_new();
    call = ARENA_NEW(arena, struct call);
    call->arena = arena;
    call->out = buf_in(arena);
    /* Even words that cannot be read are answered in the form that was asked for. */
    for (int i = 1; i < argc; i++)
        call->json = call->json || strcmp(argv[i], "--json") == 0;

    enum err_code rc = run(call, argc, argv);
    if (rc) {
        call->err.code = rc;
        say_error(call);
    }
    enum err_code wrote = say_flush(call);
    if (wrote && !rc) {
        rc = wrote;
        talk("reeve: %s", call->err.text);
    }
    int status = rc ? (call->cannot ? 2 : err_exit(rc)) : call->findings ? 1 : 0;
    arena_free(arena);
    return status;
}
