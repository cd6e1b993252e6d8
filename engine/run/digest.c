/* SPDX-License-Identifier: MIT */
#include "engine/run/digest.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/core/clock_date.h"
#include "engine/core/decide.h"
#include "engine/run/casework.h"
#include "engine/run/desk.h"
#include "engine/run/duelist.h"
#include "engine/run/letter.h"
#include "engine/run/letters.h"
#include "engine/run/mime.h"
#include "engine/run/weekdays.h"
#include "store/mail.h"
#include "store/people.h"

#include <string.h>

enum { PEOPLE_AT_ONCE = 64, WAITING_MAX = 16 };

struct making {
    struct world *world;
    struct arena *arena;
    struct digests *run;
    struct arena *scratch;     /* For one case at a time: a person may have notices of thousands. */
    bool hour_come;
    /* Of the person at hand: when their digest may come next, and when they work next. */
    day next_day, next_worked;
};

static bool about_deadline(const struct notice_row *notice)
{
    return strcmp(notice->kind, "remind") == 0 || strcmp(notice->kind, "escalate") == 0;
}

/* Whether it must not wait for the next digest: today is the last day they work on or before its
 * date, or it is overdue in law. Nobody's preference mutes that. */
static enum err_code cannot_wait(struct making *m, const struct casefile *file,
                                 const struct clock *clock, bool *out, struct err *err)
{
    const struct ruleset *set;
    enum err_code rc = world_ruleset(m->world, file->ruleset, &set, err);
    if (rc)
        return case_unreadable(rc) ? ERR_NONE : rc;
    const struct process *process = model_process(set->rules->pack->model, file->process);
    const struct deadline *rule =
        process ? clock_rule(m->scratch, process, file, clock->name) : NULL;
    day last = clock_listed_day(clock);
    *out = last < minute_day(m->run->now_minute) ? rule && rule->statutory : last < m->next_worked;
    return ERR_NONE;
}

/* A reminder of what was met in the meantime is not sent. *presses is set when it cannot wait; it
 * may be NULL. */
static enum err_code still_open(struct making *m, const struct notice_row *notice, bool *open,
                                bool *presses, struct err *err)
{
    struct case_row row;
    struct casefile file;
    *open = true;
    if (!about_deadline(notice))
        return ERR_NONE;
    arena_reset(m->scratch);
    enum err_code rc =
        case_load(world_store(m->world), notice->case_id, m->scratch, &row, &file, err);
    if (case_unreadable(rc))
        return ERR_NONE; /* What cannot be read may be open: told rather than lost. */
    if (rc)
        return rc;
    const struct clock *clock = casefile_clock(&file, notice->about);
    *open = clock && clock_chased(clock);
    return *open && presses && !*presses ? cannot_wait(m, &file, clock, presses, err) : ERR_NONE;
}

/* What is told to a party of the case (a family) is a letter of its own. What is told to a desk is
 * a line of its digest: one message a person a day. */
static enum err_code is_letter(struct making *m, const struct notice_row *notice, bool *letter,
                               struct err *err)
{
    struct case_row row;
    struct casefile file;
    struct desk_row desk;
    const struct ruleset *set;
    *letter = false;
    if (strcmp(notice->kind, "notify") != 0)
        return ERR_NONE;
    arena_reset(m->scratch);
    enum err_code rc =
        case_load(world_store(m->world), notice->case_id, m->scratch, &row, &file, err);
    if (!rc)
        rc = desk_get(world_store(m->world), notice->desk, m->scratch, &desk, err);
    if (!rc)
        rc = world_ruleset(m->world, file.ruleset, &set, err);
    if (rc)
        return rc;
    const struct role *role = model_role(set->rules->pack->model, desk.role);
    *letter = role && role->of == ROLE_CASE && !role->otherwise;
    return ERR_NONE;
}

/* A letter goes under the event that told it. */
static enum err_code make_letter(struct making *m, const struct notice_row *notice, struct err *err)
{
    int64_t message;
    const char *key = arena_printf(m->arena, "notify:%lld:%lld:%lld", (long long)notice->event,
                                   (long long)notice->id, (long long)notice->person);
    enum err_code rc =
        message_add(world_store(m->world), key, notice->person, m->run->now_ms, &message, err);
    if (!rc)
        rc = notice_settle(world_store(m->world), notice->id, message, err);
    m->run->made += !rc;
    return rc;
}

static bool under_way(const struct digests *run, int64_t message)
{
    for (size_t i = 0; i < run->sending_count; i++)
        if (run->sending[i] == message)
            return true;
    return false;
}

/* Unless it is being sent at this moment: what it would have told waits again. */
static enum err_code replace(struct making *m, int64_t message, bool *going, struct err *err)
{
    struct store *store = world_store(m->world);
    if (under_way(m->run, message)) {
        *going = true;
        return ERR_NONE;
    }
    enum err_code rc = message_done(store, message, "replaced", 0, NULL, err);
    return rc ? rc : notices_release(store, message, err);
}

/* Days gone by: what waits of them is told with the next. */
static enum err_code replace_stale(struct making *m, day today, struct err *err)
{
    int64_t ids[PEOPLE_AT_ONCE];
    char date[DAY_TEXT_MAX];
    bool going = false;
    for (size_t count = PEOPLE_AT_ONCE; count == PEOPLE_AT_ONCE && !going;) {
        enum err_code rc = messages_stale(world_store(m->world), day_iso(today, date),
                                          PEOPLE_AT_ONCE, ids, &count, err);
        for (size_t i = 0; !rc && i < count; i++)
            rc = replace(m, ids[i], &going, err);
        if (rc)
            return rc;
    }
    return ERR_NONE;
}

/* The clock was set back and a later day's waits: it is replaced all the same. */
static enum err_code replace_waiting(struct making *m, int64_t person, bool *going, struct err *err)
{
    int64_t ids[WAITING_MAX];
    size_t count;
    enum err_code rc = messages_waiting_of(world_store(m->world), person, WAITING_MAX, ids, &count,
                                           err);
    *going = false;
    for (size_t i = 0; !rc && i < count; i++)
        rc = replace(m, ids[i], going, err);
    return rc;
}

/* Those whose deadline closed while they waited in a digest that never went are dropped. */
static enum err_code settle_all(struct making *m, const struct notice_row *notices, size_t count,
                                int64_t message, struct err *err)
{
    enum err_code rc = ERR_NONE;
    for (size_t i = 0; !rc && i < count; i++) {
        bool open;
        rc = still_open(m, &notices[i], &open, NULL, err);
        if (!rc)
            rc = notice_settle(world_store(m->world), notices[i].id, open ? message : 0, err);
    }
    return rc;
}

/* Today's digest for one person, unless it has gone already. */
static enum err_code make_digest(struct making *m, int64_t person, struct err *err)
{
    char date[DAY_TEXT_MAX];
    struct store *store = world_store(m->world);
    struct message_row before;
    struct notice_row *notices;
    size_t count;
    int64_t message;
    const char *key = arena_printf(m->arena, "digest:%lld:%s", (long long)person,
                                   day_iso(minute_day(m->run->now_minute), date));
    enum err_code rc = message_by_key(store, key, m->arena, &before, err);
    if (rc != ERR_UNKNOWN)
        return rc; /* It went, or is on its way: the rest waits for tomorrow. */
    bool going;
    rc = replace_waiting(m, person, &going, err);
    if (rc || going)
        return rc;
    rc = notices_of(store, person, m->run->now_minute, m->arena, &notices, &count, err);
    if (!rc)
        rc = message_add(store, key, person, m->run->now_ms, &message, err);
    if (!rc)
        rc = settle_all(m, notices, count, message, err);
    m->run->made += !rc;
    return rc;
}

/* Whether the person is to be reminded of a line of their list before their next digest. */
static enum err_code comes_before(struct making *m, const struct due_line *line, bool *out,
                                  struct err *err)
{
    struct case_row row;
    struct casefile file;
    const struct ruleset *set;
    arena_reset(m->scratch);
    enum err_code rc =
        case_load(world_store(m->world), line->case_id, m->scratch, &row, &file, err);
    if (!rc)
        rc = world_ruleset(m->world, file.ruleset, &set, err);
    if (rc)
        return case_unreadable(rc) ? ERR_NONE : rc;
    const struct pack *pack = set->rules->pack;
    const struct decide_in in = { .model = pack->model, .calendars = pack->calendars,
                                  .file = &file };
    int64_t next = decide_reminds(&in, line->name, line->role, m->scratch);
    *out = next != MINUTE_NONE && next < minute_at(m->next_day, 0);
    return ERR_NONE;
}

/* Those who are not told daily hear on their day of all they would be reminded of before the
 * next. */
static enum err_code look_ahead(struct making *m, const struct person_row *person, bool *out,
                                struct err *err)
{
    struct due_line *lines;
    size_t count;
    const struct duelist_filter filter = { .person = person->id, .until = DAY_NONE };
    if (!m->run->ahead || m->next_day == minute_day(m->run->now_minute) + 1)
        return ERR_NONE;
    enum err_code rc = duelist_read(m->world, &filter, m->arena, &lines, &count, err);
    for (size_t i = 0; !rc && !*out && i < count; i++)
        rc = comes_before(m, &lines[i], out, err);
    return rc;
}

static enum err_code look_at(struct making *m, const struct notice_row *notice, bool *due,
                             bool *presses, struct err *err)
{
    bool open, letter;
    enum err_code rc = is_letter(m, notice, &letter, err);
    if (case_unreadable(rc))
        return ERR_NONE; /* It waits until the case can be read again. */
    if (!rc && letter)
        return make_letter(m, notice, err);
    if (!rc)
        rc = still_open(m, notice, &open, presses, err);
    if (!rc && !open)
        return notice_settle(world_store(m->world), notice->id, 0, err);
    *due = true;
    return rc;
}

static enum err_code make_for(struct making *m, int64_t id, struct err *err)
{
    struct notice_row *notices;
    struct person_row person;
    size_t count;
    day today = minute_day(m->run->now_minute);
    bool due = false, presses = false;
    enum err_code rc = person_get(world_store(m->world), id, m->arena, &person, err);
    if (rc)
        return rc;
    m->next_day = weekdays_told_next(&person, today);
    for (m->next_worked = today + 1; !weekdays_has(person.works_on, m->next_worked);)
        m->next_worked++;
    rc = notices_of(world_store(m->world), id, m->run->now_minute, m->arena, &notices, &count,
                    err);
    for (size_t i = 0; !rc && i < count; i++)
        rc = look_at(m, &notices[i], &due, &presses, err);
    if (rc || !m->hour_come || !weekdays_has(person.works_on, today))
        return rc;
    if (!weekdays_told(&person, today))
        return presses ? make_digest(m, id, err) : ERR_NONE;
    if (!due)
        rc = look_ahead(m, &person, &due, err);
    return rc || !due ? rc : make_digest(m, id, err);
}

enum err_code digests_make(struct world *world, struct digests *run, size_t room,
                           struct arena *arena, struct err *err)
{
    int64_t people[PEOPLE_AT_ONCE];
    size_t count = 0;
    day today = minute_day(run->now_minute);
    struct making m = { .world = world, .arena = arena, .run = run, .scratch = arena_new() };
    m.hour_come = run->now_minute >= minute_at(today, world_digest_minute(world, today));
    run->made = 0;
    if (room > PEOPLE_AT_ONCE)
        room = PEOPLE_AT_ONCE;
    enum err_code rc = replace_stale(&m, today, err);
    if (!rc)
        rc = notices_people(world_store(world), run->now_minute, run->ahead && m.hour_come,
                            run->after, room, people, &count, err);
    m.arena = arena_new(); /* For one person at a time. */
    for (size_t i = 0; !rc && i < count; i++) {
        arena_reset(m.arena);
        rc = make_for(&m, people[i], err);
        if (!rc)
            run->after = people[i];
    }
    arena_free(m.arena);
    arena_free(m.scratch);
    run->more = !rc && count == room;
    if (!run->more)
        run->after = 0;
    run->looked_ahead = run->ahead && m.hour_come && !rc && !run->more;
    return rc;
}

enum err_code message_ready(struct world *world, int64_t id, int64_t now_ms, int64_t now_minute,
                            const struct letterhead *head, struct arena *arena,
                            struct outgoing *out, struct err *err)
{
    struct message_row message;
    struct person_row person;
    struct store *store = world_store(world);
    enum err_code rc = message_get(store, id, arena, &message, err);
    if (rc)
        return rc;
    if (strcmp(message.state, "waiting") != 0)
        return err_set(err, ERR_UNKNOWN, "message %lld is not waiting any more", (long long)id);
    rc = person_get(store, message.person, arena, &person, err);
    if (rc)
        return rc;
    if (!message.content) {
        struct letter letter = { .world = world, .arena = arena, .head = head, .message = &message,
                                 .person = &person, .now_ms = now_ms, .now_minute = now_minute };
        rc = letter_write(&letter, &message.content, err);
        if (!rc)
            rc = message_freeze(store, id, message.content, err);
        if (rc)
            return rc;
    }
    *out = (struct outgoing){ .id = id, .to = person.email, .from = mime_bare(arena, head->from),
                              .content = message.content, .tries = message.tries };
    return ERR_NONE;
}

/* 1, 5, 15, 60 minutes, then every hour. */
static int64_t next_try(int tries, int64_t now_ms)
{
    static const int minutes[] = { 1, 5, 15, 60 };
    int last = (int)(sizeof minutes / sizeof *minutes) - 1;
    return now_ms + (int64_t)minutes[tries < last ? tries : last] * 60000;
}

/* Refused for good: whoever looks after the case is told once, through their own digest. Never
 * about a message that itself told of a failure, or two broken addresses would write about each
 * other. */
static enum err_code tell_officers(struct world *world, const struct notice_row *notice,
                                   const char *email, int64_t now_minute, struct arena *arena,
                                   struct err *err)
{
    struct case_row row;
    struct casefile file;
    const struct ruleset *set;
    struct desk_holders holders;
    int64_t desk;
    struct store *store = world_store(world);
    enum err_code rc = case_load(store, notice->case_id, arena, &row, &file, err);
    if (!rc)
        rc = world_ruleset(world, file.ruleset, &set, err);
    if (rc)
        return case_unreadable(rc) ? ERR_NONE : rc; /* Nobody can say whose it is. */
    const struct model *model = set->rules->pack->model;
    rc = desk_holders(world, model, desk_officers(model), &file, arena, &holders, err);
    if (!rc)
        rc = desk_of(world, model, desk_officers(model), &file, &desk, err);
    if (rc)
        return rc;
    struct notice_row failed = { .event = notice->event, .case_id = notice->case_id,
                                 .desk = desk, .leave = now_minute, .kind = "failed",
                                 .about = email };
    for (size_t i = 0; !rc && i < holders.count; i++) {
        failed.person = holders.people[i];
        if (failed.person != notice->person)
            rc = notice_add(store, &failed, err);
    }
    return holders.count ? rc : notice_add(store, &failed, err);
}

/* A letter has no notice of its own: the case's last event stands in. */
static enum err_code message_notices(struct store *store, const struct message_row *message,
                                     struct arena *arena, struct notice_row **out, size_t *count,
                                     struct err *err)
{
    struct notice_row *one = ARENA_NEW(arena, struct notice_row);
    struct case_row row;
    if (!letters_of_key(message->key, arena, &one->case_id, &one->about))
        return notices_with(store, message->id, arena, out, count, err);
    enum err_code rc = case_get(store, one->case_id, arena, &row, err);
    one->event = rc ? 0 : row.head;
    one->kind = "letter";
    one->person = message->person;
    *out = one;
    *count = !rc;
    return case_unreadable(rc) ? ERR_NONE : rc;
}

static enum err_code refused(struct world *world, const struct message_row *message,
                             const struct person_row *person, const char *text, int64_t now_minute,
                             struct arena *arena, struct err *err)
{
    struct notice_row *notices;
    size_t count;
    struct store *store = world_store(world);
    if (person->refused)
        return ERR_NONE; /* Told already; tried again with each day's until one goes. */
    enum err_code rc = person_refused(store, message->person, text, err);
    if (!rc)
        rc = message_notices(store, message, arena, &notices, &count, err);
    struct arena *scratch = arena_new();
    for (size_t i = 0; !rc && i < count; i++) {
        bool told = strcmp(notices[i].kind, "failed") == 0;
        for (size_t k = 0; k < i && !told; k++)
            told = notices[k].case_id == notices[i].case_id;
        arena_reset(scratch);
        if (!told)
            rc = tell_officers(world, &notices[i], person->email, now_minute, scratch, err);
    }
    arena_free(scratch);
    return rc;
}

enum err_code message_answered(struct world *world, int64_t id, int reply, const char *text,
                               int64_t now_ms, int64_t now_minute, struct arena *arena,
                               struct err *err)
{
    struct message_row message;
    struct person_row person;
    struct store *store = world_store(world);
    enum err_code rc = message_get(store, id, arena, &message, err);
    if (rc || strcmp(message.state, "waiting") != 0)
        return rc;
    if (reply < 200 || (reply >= 300 && reply < 500))
        return message_done(store, id, "waiting", next_try(message.tries, now_ms), text, err);
    rc = message_done(store, id, reply >= 500 ? "refused" : "sent", 0, text, err);
    if (!rc)
        rc = person_get(store, message.person, arena, &person, err);
    if (!rc && reply < 500 && person.refused)
        rc = person_refused(store, message.person, NULL, err);
    if (!rc && reply < 500)
        rc = letters_left(world, message.key, now_ms, now_minute, arena, err);
    return rc || reply < 500 ? rc : refused(world, &message, &person, text, now_minute, arena, err);
}
