/* SPDX-License-Identifier: MIT */
/* Whatever people prefer, every notice made is in exactly one message, and a person gets at most
 * one digest a day.
 */
#include "kit.h"

#include "engine/run/pump.h"
#include "engine/run/weekdays.h"

static int days(const char *text)
{
    int out = 0;
    if (!weekdays_parse(text, &out))
        fail_msg("'%s' names no weekdays", text);
    return out;
}

static void words(void **state)
{
    (void)state;
    static const struct {
        const char *text, *again;
    } rows[] = {
        { "Monday", "Mon" },          { "mon", "Mon" },
        { "Mon-Wed", "Mon-Wed" },     { "Mon-Tue", "Mon, Tue" },
        { "Mon,Thu", "Mon, Thu" },    { "fri mon", "Mon, Fri" },
        { "Fri-Mon", "Mon, Fri-Sun" }, { "all", "all days" },
        { "Mon-Sun", "all days" },    { "Tuesday - Friday", NULL },
        { "Mon-Wed, Fri", "Mon-Wed, Fri" }, { "Mo", NULL },
        { "", NULL }, { "-", NULL }, { "Mon-", NULL }, { "Mon-Tue-Wed", NULL }, { "daily", NULL },
        { "Mondays", NULL },
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int out = -1;
        bool good = weekdays_parse(rows[i].text, &out);
        if (good != (rows[i].again != NULL))
            fail_msg("'%s'", rows[i].text);
        if (good)
            assert_string_equal(weekdays_text(arena, out), rows[i].again);
        else
            assert_int_equal(out, -1);
    }
    arena_free(arena);
}

/* 2 November 2026 is a Monday. */
static void which_days(void **state)
{
    (void)state;
    struct person_row person = { .told_on = days("Fri"), .works_on = days("Mon-Wed") };
    assert_false(weekdays_told(&person, on("2026-11-02")));
    assert_true(weekdays_told(&person, on("2026-11-04"))); /* Friday's, on the last day worked. */
    assert_false(weekdays_told(&person, on("2026-11-06")));
    assert_int_equal(weekdays_told_next(&person, on("2026-11-04")), on("2026-11-11"));
    person = (struct person_row){ .told_on = WEEKDAYS_ALL, .works_on = days("Mon-Wed") };
    assert_int_equal(weekdays_of_digest(&person), days("Mon-Wed"));
    assert_int_equal(weekdays_told_next(&person, on("2026-11-04")), on("2026-11-09"));
    person.told_on = days("Sun"); /* Worked by nobody: the Wednesday before. */
    assert_int_equal(weekdays_of_digest(&person), days("Wed"));
}

static void preferences(void **state)
{
    (void)state;
    struct person_row person = { .told_on = WEEKDAYS_ALL, .works_on = WEEKDAYS_ALL };
    ok(weekdays_prefer(&person, "reminders", "weekly", &err));
    assert_int_equal(person.told_on, days("Mon"));
    ok(weekdays_prefer(&person, "on", "Thu", &err));
    ok(weekdays_prefer(&person, "reminders", "weekly", &err)); /* The day stays. */
    assert_int_equal(person.told_on, days("Thu"));
    ok(weekdays_prefer(&person, "days", "Mon-Wed", &err));
    ok(weekdays_prefer(&person, "reminders", "daily", &err));
    assert_int_equal(person.told_on, WEEKDAYS_ALL);
    assert_int_equal(person.works_on, days("Mon-Wed"));
    fails(ERR_INPUT, "daily or weekly", weekdays_prefer(&person, "reminders", "never", &err));
    fails(ERR_INPUT, "names no weekdays", weekdays_prefer(&person, "days", "none", &err));
    fails(ERR_INPUT, "no preference 'day'", weekdays_prefer(&person, "day", "Mon", &err));
    assert_int_equal(person.works_on, days("Mon-Wed"));
}

/* --- with a pump ----------------------------------------------------------------------------- */

static const struct file files[] = {
    { "processes/letter.yaml",
      "process: letter\ntitle: A letter\nopens: {by: officer, asks: [child]}\n"
      "fields:\n  child: {type: text, label: Child}\n  wanted: {type: date, label: Wanted by}\n"
      "states:\n  here:\n    title: Here\n    first: true\n    waiting_for: senco\n    events:\n"
      "      post: {title: Posted, by: officer, asks: [wanted]}\n"
      "      tell: {title: Told, by: officer, then: [{notify: {who: [family, senco], message: "
      "told}}]}\n"
      "      reply: {title: Replied, by: officer, to: gone}\n"
      "  gone: {title: Gone, final: true}\n"
      "deadlines:\n"
      "  reply: {title: Reply to it, due: on wanted, met_by: reply, owner: senco, statutory: true, "
      "law: s 1, remind: [1 week before, on the day, every week after]}\n"
      "  thank: {title: Thank for it, due: 3 days after wanted, met_by: reply, owner: senco, "
      "remind: [2 days before, every 2 days after], escalate: {officer: [on the day, 3 days "
      "after]}}\n" },
    { "messages/told.md", "# About ((ref))\n\nSo it is.\n" },
};

struct post {
    struct kit *k;
    struct pump pump;
    struct buf sent;                    /* "digest:1:2026-11-05 ..." */
    int reply;
};

static struct post *post_begin(struct kit *k)
{
    struct post *post = ARENA_NEW(k->arena, struct post);
    *post = (struct post){ .k = k, .sent = buf_in(k->arena), .reply = 250 };
    post->pump.head = (struct letterhead){ "The town <send@town.example.org>",
                                           "https://town.example.org", "town.example.org" };
    post->pump.place.seal_day = DAY_NONE;
    return post;
}

static void hand_over(struct post *post, const struct outbound *out)
{
    struct kit *k = post->k;
    if (post->reply == 250)
        buf_printf(&post->sent, "%s ", out->key);
    ok(store_begin(k->store, &err));
    world_begin(k->world);
    ok(message_answered(k->world, out->id, post->reply, "said", now_ms(k),
                        clock_local(now_ms(k), NULL), k->arena, &err));
    ok(store_commit(k->store, &err));
}

static void run_at(struct post *post, day date, int hour)
{
    struct kit *k = post->k;
    k->minute = minute_at(date, hour * 60);
    for (int i = 0;; i++) {
        bool changes;
        assert_true(i < 500);
        ok(store_begin(k->store, &err));
        world_begin(k->world);
        post->pump.now_ms = now_ms(k);
        post->pump.send_room = PUMP_SEND_MAX;
        ok(pump_slice(&post->pump, k->world, k->arena, &changes, &err));
        ok(store_commit(k->store, &err));
        pump_kept(&post->pump);
        size_t out = post->pump.out_count;
        for (size_t o = 0; o < out; o++)
            hand_over(post, &post->pump.out[o]);
        pump_drop(&post->pump);
        if (!post->pump.more && !out)
            return;
    }
}

static void prefer(struct kit *k, int64_t person, int told_on, int works_on)
{
    ok(store_begin(k->store, &err));
    ok(person_prefer(k->store, person, told_on, works_on, &err));
    ok(store_commit(k->store, &err));
}

static int64_t letter(struct kit *k, const char *wanted)
{
    int64_t id = open_case(k, "letter", "child=Robin", 900001);
    do_event(k, id, "post", arena_printf(k->arena, "wanted=%s", wanted));
    return id;
}

static const char *through(struct post *post, const char *from, const char *to)
{
    post->sent = buf_in(post->k->arena);
    for (day date = on(from); date <= on(to); date++)
        run_at(post, date, 8);
    return buf_text(&post->sent);
}

/* Reminded on Thursdays, told on Wednesdays: the last day they work before. */
static void part_time(void **state)
{
    (void)state;
    struct kit *k = kit_begin(files, 2, false);
    struct post *post = post_begin(k);
    prefer(k, 1, WEEKDAYS_ALL, days("Mon-Wed"));
    letter(k, "2026-11-12");
    assert_string_equal(through(post, "2026-11-03", "2026-11-08"), "digest:1:2026-11-04 ");
    /* Monday: what was made on the Thursday. Wednesday: due the day after. */
    assert_string_equal(through(post, "2026-11-09", "2026-11-15"),
                        "digest:1:2026-11-09 digest:1:2026-11-11 digest:4:2026-11-13 ");
    kit_end(k);
}

/* A week's matters on Mondays; on another day only what cannot wait. */
static void weekly(void **state)
{
    (void)state;
    struct kit *k = kit_begin(files, 2, false);
    struct post *post = post_begin(k);
    prefer(k, 1, days("Mon"), WEEKDAYS_ALL);
    letter(k, "2026-11-19");
    /* Of the 12th they hear on the 9th, and nothing on the 12th itself; on the 19th it is due. */
    assert_string_equal(through(post, "2026-11-03", "2026-11-15"), "digest:1:2026-11-09 ");
    assert_string_equal(through(post, "2026-11-16", "2026-11-21"),
                        "digest:1:2026-11-16 digest:1:2026-11-19 digest:4:2026-11-20 ");
    /* Overdue in law: its Thursday is not muted. What is overdue by our own rule waits. */
    assert_string_equal(through(post, "2026-11-23", "2026-11-29"),
                        "digest:1:2026-11-23 digest:4:2026-11-23 digest:1:2026-11-26 ");
    kit_end(k);
}

/* --- random ---------------------------------------------------------------------------------- */

static uint32_t dice(uint32_t *seed, uint32_t sides)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % sides;
}

struct tally {
    int made, sent, dropped;
};

/* Each notice that is somebody's went with the one message its row names, or was dropped. */
static bool tally_notice(void *self, const struct sent_row *row)
{
    struct tally *tally = self;
    if (!*row->email)
        return true;
    tally->made++;
    tally->sent += strcmp(row->state, "sent") == 0;
    tally->dropped += strcmp(row->state, "dropped") == 0;
    return true;
}

/* What was handed over and kept is never handed over again. */
static void one_digest_a_day(struct post *post)
{
    struct buf seen = buf_in(post->k->arena);
    char key[80];
    int length;
    buf_add(&seen, " ");
    for (const char *at = buf_text(&post->sent); sscanf(at, "%79s%n", key, &length) == 1;
         at += length + 1) {
        const char *one = arena_printf(post->k->arena, " %s ", key);
        if (strstr(buf_text(&seen), one))
            fail_msg("%s went twice", key);
        buf_add(&seen, one + 1);
    }
}

static void random_round(uint32_t seed)
{
    const uint32_t seed_was = seed;
    struct kit *k = kit_begin(files, 2, false);
    struct post *post = post_begin(k);
    int64_t cases[8];
    size_t count = 0;
    char date[DAY_TEXT_MAX];
    day today = on("2026-11-02"), end = today + 90;
    for (; today < end; today++) {
        k->minute = minute_at(today, 7 * 60);
        for (int64_t person = 1; person <= 4; person++)
            if (dice(&seed, 9) == 0)
                prefer(k, person, (int)dice(&seed, 127) + 1, (int)dice(&seed, 127) + 1);
        if (count < 8 && dice(&seed, 4) == 0)
            cases[count++] = letter(k, day_iso(today + 1 + (day)dice(&seed, 20), date));
        if (count && dice(&seed, 6) == 0)
            do_event(k, cases[dice(&seed, (uint32_t)count)], "tell", "");
        post->reply = dice(&seed, 5) ? 250 : 0; /* The server is away now and then. */
        run_at(post, today, 6 + (int)dice(&seed, 12));
    }
    /* All hear daily again: nothing that waited may be left. */
    post->reply = 250;
    for (int64_t person = 1; person <= 4; person++)
        prefer(k, person, WEEKDAYS_ALL, WEEKDAYS_ALL);
    for (size_t i = 0; i < count; i++)
        do_event(k, cases[i], "tell", "");
    for (day last = today + 3; today <= last; today++)
        run_at(post, today, 9);
    struct tally tally = { 0 };
    for (size_t i = 0; i < count; i++)
        ok(read_notices(k->store, cases[i], &tally, tally_notice, &err));
    if (tally.made <= 20 || tally.sent + tally.dropped != tally.made)
        fail_msg("seed %u: %d notices, %d sent, %d dropped", seed_was, tally.made, tally.sent,
                 tally.dropped);
    one_digest_a_day(post);
    kit_end(k);
}

static void nothing_is_lost(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 12; seed++)
        random_round(seed * 7919);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words),       cmocka_unit_test(which_days),
        cmocka_unit_test(preferences), cmocka_unit_test(part_time),
        cmocka_unit_test(weekly),      cmocka_unit_test(nothing_is_lost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
