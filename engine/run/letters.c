/* SPDX-License-Identifier: MIT */
#include "engine/run/letters.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/run/desk.h"
#include "engine/run/paper.h"
#include "engine/run/turn.h"
#include "store/mail.h"
#include "store/people.h"

#include <inttypes.h>
#include <string.h>

/* "Pat Verity", "Pat Verity and Sam Verity"; else who is named by words alone. */
static enum err_code addressee(struct world *world, const struct decided *decided,
                               const char *role, const struct desk_holders *holders,
                               struct arena *arena, const char **out, struct err *err)
{
    struct buf names = buf_in(arena);
    enum err_code rc = ERR_NONE;
    for (size_t i = 0; !rc && i < holders->count; i++) {
        struct person_row person;
        rc = person_get(world_store(world), holders->people[i], arena, &person, err);
        if (!rc)
            buf_printf(&names, "%s%s",
                       !i ? "" : i + 1 == holders->count ? " and " : ", ", person.name);
    }
    const struct party *party = casefile_party(decided->after, role);
    *out = names.len ? buf_text(&names) : party ? party->text : NULL;
    return rc;
}

static enum err_code mail_it(struct world *world, const struct decided *decided,
                             const struct letter_entry *letter, const struct desk_holders *holders,
                             struct arena *arena, struct err *err)
{
    int64_t message;
    enum err_code rc = ERR_NONE;
    for (size_t i = 0; !rc && i < holders->count; i++)
        rc = message_add(world_store(world),
                         arena_printf(arena, "letter:%" PRId64 ":%s:%" PRId64, decided->row->id,
                                      letter->name, holders->people[i]),
                         holders->people[i], decided->event->recorded_ms, &message, err);
    return rc || holders->count ? rc
                                : case_tell_nobody(world, decided, letter->role, letter->message,
                                                   arena, err);
}

static enum err_code write_one(struct world *world, const struct decided *decided,
                               const struct letter_entry *letter, struct arena *arena,
                               struct err *err)
{
    const struct model *model = decided->ruleset->rules->pack->model;
    struct desk_holders holders;
    struct letter_row row = { .case_id = decided->row->id, .event = decided->event_id,
                              .name = letter->name, .role = letter->role, .made = letter->made,
                              .by = letter->email ? "email" : "post" };
    enum err_code rc =
        desk_holders(world, model, letter->role, decided->after, arena, &holders, err);
    if (!rc)
        rc = addressee(world, decided, letter->role, &holders, arena, &row.addressee, err);
    if (rc)
        return rc;
    const struct paper paper =
        paper_write(arena, model, decided->after, letter, row.addressee);
    row.subject = paper.subject;
    row.text = paper.text;
    row.html = paper.html;
    rc = letter_put(world_store(world), &row, err);
    return rc || !letter->email ? rc
                                : mail_it(world, decided, letter, &holders, arena, err);
}

enum err_code letters_write(struct world *world, const struct decided *decided,
                            struct arena *arena, struct err *err)
{
    const struct sections *changed = &decided->outcome->changed;
    enum err_code rc = ERR_NONE;
    for (size_t i = 0; !rc && i < changed->letters.count; i++) {
        const struct letter_entry *letter = &changed->letters.at[i];
        if (!casefile_letter(decided->before, letter->name))
            rc = write_one(world, decided, letter, arena, err);
        if (!rc && letter->sent != DAY_NONE)
            rc = letter_sent(world_store(world), decided->row->id, letter->name, letter->sent,
                             err);
    }
    return rc;
}

bool letters_of_key(const char *key, struct arena *arena, int64_t *case_id, const char **name)
{
    if (!text_starts(key, "letter:"))
        return false;
    key += strlen("letter:");
    size_t number = strcspn(key, ":");
    const char *last = strrchr(key, ':');
    if (!key[number] || last == key + number ||
        !text_int(arena_text_n(arena, key, number), case_id))
        return false;
    *name = arena_text_n(arena, key + number + 1, (size_t)(last - key) - number - 1);
    return true;
}

enum err_code letters_left(struct world *world, const char *key, int64_t now_ms,
                           int64_t now_minute, struct arena *arena, struct err *err)
{
    struct turned turned;
    struct case_row row;
    struct casefile file;
    struct request request = { .now_ms = now_ms, .now_minute = now_minute };
    const char *name;
    if (!letters_of_key(key, arena, &request.case_id, &name))
        return ERR_NONE;
    enum err_code rc =
        case_load(world_store(world), request.case_id, arena, &row, &file, err);
    const struct letter_entry *letter = rc ? NULL : casefile_letter(&file, name);
    if (rc)
        return case_unreadable(rc) ? ERR_NONE : rc;
    if (!letter || letter->sent != DAY_NONE)
        return ERR_NONE;
    request.event = (struct event){ .kind = EVENT_LETTER, .name = name, .act = "sent",
                                    .on = minute_day(now_minute), .role = "clock",
                                    .who_text = "clock" };
    rc = turn(world, &request, arena, &turned);
    if (rc == ERR_STORE || rc == ERR_FULL || rc == ERR_BUSY || rc == ERR_SYSTEM) {
        *err = turned.err;
        return rc;
    }
    return ERR_NONE; /* The case cannot take it; the letter did go, and is shown as unsent. */
}
