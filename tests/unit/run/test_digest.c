/* SPDX-License-Identifier: MIT */
/* Who is told, how often, and what becomes of what cannot be delivered: the pump's slices with a
 * mail server made of a table.
 */
#include "kit.h"

#include "engine/run/duelist.h"
#include "engine/run/pump.h"

static const struct file files[] = {
    { "processes/letter.yaml",
      "process: letter\ntitle: A letter\nopens: {by: officer, asks: [child]}\n"
      "fields:\n  child: {type: text, label: Child}\n  wanted: {type: date, label: Wanted by}\n"
      "  plan: {type: date, label: Plan by}\n"
      "states:\n  here:\n    title: Here\n    first: true\n    waiting_for: senco\n    events:\n"
      "      post: {title: Posted, by: officer, asks: [wanted, 'plan?']}\n"
      "      reply: {title: Replied, by: officer, to: gone}\n"
      "      planned: {title: Planned, by: officer}\n"
      "      tell: {title: Told, by: officer, then: [{notify: {who: family, message: told}}, "
      "{notify: {who: senco, message: told}}]}\n"
      "  gone: {title: Gone, final: true}\n"
      "deadlines:\n"
      "  reply: {title: Reply to it, due: on wanted, met_by: reply, owner: senco, statutory: true, "
      "law: s 1, "
      "remind: [1 week before, on the day, every week after], escalate: {officer: 1 week after}}\n"
      "  plan: {title: Make a plan, due: on plan, met_by: planned, owner: senco, remind: [1 week "
      "before, on the day]}\n" },
    { "messages/told.md",
      "# About ((ref))\n\nDear family, **((child))** is doing well: <b>really</b>.\n" },
};

enum { OUT_MAX = 64 };

struct sent {
    char *key, *to, *content;
};

struct post {
    struct kit *k;
    struct pump pump;
    int reply;                 /* What the server answers, but */
    const char *other;         /* for this address */
    int other_reply;
    struct sent at[OUT_MAX];
    size_t count, tries;
};

static struct post *post_begin(struct kit *k)
{
    struct post *post = ARENA_NEW(k->arena, struct post);
    post->k = k;
    post->reply = 250;
    post->pump.head = (struct letterhead){ "The town <send@town.example.org>",
                                           "https://town.example.org", "town.example.org" };
    post->pump.place.seal_day = DAY_NONE;
    return post;
}

static void answer(struct post *post, const struct outbound *out)
{
    bool other = post->other && strcmp(post->other, out->to) == 0;
    int reply = other ? post->other_reply : post->reply;
    post->tries++;
    if (reply == 250) {
        assert_true(post->count < OUT_MAX);
        post->at[post->count++] = (struct sent){ arena_text(post->k->arena, out->key),
            arena_text(post->k->arena, out->to), arena_text(post->k->arena, out->content) };
    }
    ok(store_begin(post->k->store, &err));
    world_begin(post->k->world);
    ok(message_answered(post->k->world, out->id, reply,
                        reply == 250 ? "250 kept"
                        : reply      ? "no"
                                     : "",
                        now_ms(post->k), clock_local(now_ms(post->k), NULL), post->k->arena, &err));
    ok(store_commit(post->k->store, &err));
}

/* What a service does at this instant, until nothing is left to do. The kit's minutes are UTC here.
 */
static void run_at(struct post *post, const char *date, int hour, int minute)
{
    struct kit *k = post->k;
    k->minute = minute_at(on(date), hour * 60 + minute);
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
            answer(post, &post->pump.out[o]);
        pump_drop(&post->pump);
        if (!post->pump.more && !out)
            return;
    }
}

static int64_t letter(struct kit *k, const char *wanted, int64_t school)
{
    int64_t id = open_case(k, "letter", "child=Robin", school);
    do_event(k, id, "post", arena_printf(k->arena, "wanted=%s", wanted));
    return id;
}

static const char *keys(struct post *post)
{
    struct buf text = buf_in(post->k->arena);
    for (size_t i = 0; i < post->count; i++)
        buf_printf(&text, "%s%s %.*s", i ? ", " : "", post->at[i].key,
                   (int)strcspn(post->at[i].to, "@"), post->at[i].to);
    return buf_text(&text);
}

/* The plain text of a message, its soft breaks taken out. */
static const char *words(struct post *post, size_t i)
{
    struct buf text = buf_in(post->k->arena);
    const char *at = strstr(post->at[i].content, "\r\n\r\n--=_");
    at = strstr(at + 4, "\r\n\r\n") + 4;
    for (const char *end = strstr(at, "\r\n--=_"); at < end; at++) {
        if (at[0] == '=' && at[1] == '\r')
            at += 2;
        else if (*at != '\r')
            buf_char(&text, *at);
    }
    return buf_text(&text);
}

static void one_a_day(void **state)
{
    (void)state;
    struct kit *k = kit_begin(files, 2, false);
    struct post *post = post_begin(k);
    letter(k, "2026-11-12", 900001);
    letter(k, "2026-11-12", 900001);
    letter(k, "2026-11-13", 900001);
    letter(k, "2026-11-12", 900002);
    run_at(post, "2026-11-05", 7, 59);
    assert_string_equal(keys(post), "");
    run_at(post, "2026-11-05", 8, 0);
    assert_string_equal(keys(post), "digest:1:2026-11-05 s.senco, digest:3:2026-11-05 h.head");
    run_at(post, "2026-11-05", 8, 1);
    run_at(post, "2026-11-05", 23, 0);
    assert_int_equal(post->count, 2);
    run_at(post, "2026-11-06", 9, 0); /* The third of theirs; the head has nothing new. */
    assert_string_equal(
        keys(post),
        "digest:1:2026-11-05 s.senco, digest:3:2026-11-05 h.head, digest:1:2026-11-06 s.senco");
    run_at(post, "2026-11-07", 9, 0);
    assert_int_equal(post->count, 3);
    verify_clean(k);
    kit_end(k);
}

static void what_it_says(void **state)
{
    (void)state;
    struct kit *k = kit_begin(files, 2, false);
    struct post *post = post_begin(k);
    letter(k, "2026-11-05", 900001);
    letter(k, "2026-11-12", 900002);
    letter(k, "2026-12-24", 900001);
    run_at(post, "2026-11-12", 8, 0);
    assert_string_equal(
        keys(post),
        "digest:1:2026-11-12 s.senco, digest:3:2026-11-12 h.head, digest:4:2026-11-12 o.officer");
    assert_non_null(strstr(post->at[0].content, "Subject: 1 overdue\r\n"));
    assert_non_null(
        strstr(post->at[0].content, "Message-ID: <digest.1.2026-11-12@town.example.org>\r\n"));
    assert_non_null(strstr(post->at[0].content, "Auto-Submitted: auto-generated\r\n"));
    const char *text = words(post, 0);
    const char *overdue = strstr(text, "OVERDUE"), *later = strstr(text, "LATER");
    assert_true(overdue && later && overdue < later);
    assert_non_null(strstr(text, "Thu 5 Nov   Reply to it                          L-26-0001\n"));
    assert_non_null(strstr(text, "7 days late."));
    assert_non_null(strstr(text, "https://town.example.org/c/L-26-0001"));
    assert_non_null(strstr(later, "L-26-0003"));
    /* The head gets it in the SENCO's place, and is told why. */
    assert_non_null(strstr(words(post, 1), "there is no SENCO"));
    /* The officer's own list is empty: it is about somebody else's. */
    assert_non_null(
        strstr(words(post, 2), "L-26-0001: 'Reply to it' still waits for somebody else."));
    for (size_t i = 0; i < post->count; i++)
        assert_null(strstr(post->at[i].content, "Robin"));
    kit_end(k);
}

static void dropped_when_met(void **state)
{
    (void)state;
    struct kit *k = kit_begin(files, 2, false);
    struct post *post = post_begin(k);
    int64_t id = letter(k, "2026-11-12", 900001);
    sweep_to(k, at("2026-11-05", 8)); /* Reminded of, but before the digest is made: */
    do_event(k, id, "reply", "");
    run_at(post, "2026-11-05", 9, 0);
    assert_int_equal(post->count, 0);
    struct counts counts;
    ok(read_counts(k->store, &counts, &err));
    assert_int_equal(counts.notices_waiting, 0);
    kit_end(k);
}

static void three_days_without_mail(void **state)
{
    (void)state;
    struct kit *k = kit_begin(files, 2, false);
    struct post *post = post_begin(k);
    letter(k, "2026-11-11", 900001);
    int64_t met = letter(k, "2026-11-12", 900001);
    letter(k, "2026-11-13", 900001);
    post->reply = 0;
    run_at(post, "2026-11-04", 8, 0);
    run_at(post, "2026-11-05", 8, 0);
    do_event(k, met, "reply", "");
    run_at(post, "2026-11-06", 8, 0);
    run_at(post, "2026-11-06", 8, 30);
    assert_int_equal(post->count, 0);
    assert_true(post->tries >= 4);
    post->reply = 250;
    run_at(post, "2026-11-06", 9, 0);
    run_at(post, "2026-11-06", 18, 0);
    assert_string_equal(keys(post), "digest:1:2026-11-06 s.senco");
    struct counts counts;
    ok(read_counts(k->store, &counts, &err));
    assert_int_equal(counts.messages_waiting, 0);
    assert_int_equal(counts.notices_waiting, 0);
    kit_end(k);
}

static void frozen_at_the_first_attempt(void **state)
{
    (void)state;
    struct kit *k = kit_begin(files, 2, false);
    struct post *post = post_begin(k);
    struct message_row message;
    int64_t id = letter(k, "2026-11-12", 900001);
    post->reply = 451;
    run_at(post, "2026-11-05", 8, 0);
    ok(message_by_key(k->store, "digest:1:2026-11-05", k->arena, &message, &err));
    const char *first = message.content;
    assert_non_null(first);
    assert_string_equal(message.reply, "no");
    do_event(k, id, "reply", "");
    post->reply = 250;
    run_at(post, "2026-11-05", 12, 0);
    assert_int_equal(post->count, 1);
    assert_string_equal(post->at[0].content, first);
    kit_end(k);
}

static void back_off(void **state)
{
    (void)state;
    struct kit *k = kit_begin(files, 2, false);
    struct post *post = post_begin(k);
    letter(k, "2026-11-12", 900001);
    post->reply = 421;
    static const int minutes[] = { 0, 1, 6, 21, 81, 141, 201 }; /* 1, 5, 15, 60, then hourly. */
    size_t tries = 0;
    for (int minute = 0; minute <= 201; minute++) {
        size_t before = post->tries;
        run_at(post, "2026-11-05", 8, minute);
        if (post->tries == before)
            continue;
        assert_int_equal(post->tries, before + 1);
        assert_int_equal(minute, minutes[tries++]);
    }
    assert_int_equal(tries, 7);
    kit_end(k);
}

static void refused_for_good(void **state)
{
    (void)state;
    struct kit *k = kit_begin(files, 2, false);
    struct post *post = post_begin(k);
    struct person_row senco;
    letter(k, "2026-11-12", 900001);
    letter(k, "2026-11-12", 900001);
    post->other = "s.senco@larkmoor.example.org";
    post->other_reply = 550;
    run_at(post, "2026-11-05", 8, 0);
    /* The officer had no digest yet today, so hears of it at once: a line a case. */
    assert_string_equal(keys(post), "digest:4:2026-11-05 o.officer");
    const char *text = words(post, 0);
    assert_non_null(strstr(text, "L-26-0001: mail to s.senco@larkmoor.example.org is refused"));
    assert_non_null(strstr(text, "L-26-0002: mail to s.senco@larkmoor.example.org is refused"));
    ok(person_get(k->store, 1, k->arena, &senco, &err));
    assert_string_equal(senco.refused, "no");
    /* Tried again with the next reminder; not told again. */
    for (int d = 6; d < 13; d++)
        run_at(post, arena_printf(k->arena, "2026-11-%02d", d), 8, 0);
    assert_int_equal(post->count, 1);
    assert_int_equal(post->tries, 3);
    /* The address works again: the mark goes, and a new failure is news again. */
    post->other_reply = 250;
    run_at(post, "2026-11-19", 8, 0);
    ok(person_get(k->store, 1, k->arena, &senco, &err));
    assert_null(senco.refused);
    post->other_reply = 552;
    size_t before = post->count;
    run_at(post, "2026-11-26", 8, 0);
    run_at(post, "2026-11-27", 8, 0);
    assert_true(post->count > before);
    assert_non_null(
        strstr(words(post, post->count - 1), "mail to s.senco@larkmoor.example.org is refused"));
    kit_end(k);
}

/* Two broken addresses do not write about each other. */
static void nobody_can_be_told(void **state)
{
    (void)state;
    struct kit *k = kit_begin(files, 2, false);
    struct post *post = post_begin(k);
    letter(k, "2026-11-12", 900001);
    post->reply = 550;
    for (int d = 5; d < 12; d++)
        run_at(post, arena_printf(k->arena, "2026-11-%02d", d), 8, 0);
    assert_int_equal(post->tries, 2); /* The digest, and the officer's about it. */
    kit_end(k);
}

static void a_notice_of_the_night_leaves_the_day_its_digest(void **state)
{
    (void)state;
    struct kit *k = kit_begin(files, 2, false);
    struct post *post = post_begin(k);
    letter(k, "2026-11-12", 900001);
    ok(store_begin(k->store, &err));
    struct notice_row night = { .event = 1, .case_id = 1, .desk = 1, .person = 1, .kind = "failed",
                                .about = "x@y.example.org", .leave = at("2026-11-04", 22) };
    ok(notice_add(k->store, &night, &err));
    ok(store_commit(k->store, &err));
    k->minute = at("2026-11-05", 0);
    run_at(post, "2026-11-04", 23, 0);
    size_t first = post->count;
    assert_int_equal(first, 1); /* The 4th's own, since it had none. */
    ok(store_begin(k->store, &err));
    night.leave = at("2026-11-05", 1);
    ok(notice_add(k->store, &night, &err));
    ok(store_commit(k->store, &err));
    run_at(post, "2026-11-05", 2, 0);
    assert_int_equal(post->count, first);
    assert_int_equal(post->pump.next_ms, minute_at(on("2026-11-05"), 480) * 60000);
    run_at(post, "2026-11-05", 8, 0);
    assert_string_equal(keys(post), "digest:1:2026-11-04 s.senco, digest:1:2026-11-05 s.senco");
    assert_non_null(strstr(words(post, 1), "Reply to it"));
    assert_non_null(strstr(words(post, 1), "x@y.example.org"));
    kit_end(k);
}

/* What waits for tomorrow does not keep the loop turning, nor does mail under way. */
static void when_to_look_again(void **state)
{
    (void)state;
    struct kit *k = kit_begin(files, 2, false);
    struct post *post = post_begin(k);
    letter(k, "2026-11-12", 900001);
    run_at(post, "2026-11-05", 8, 0);
    ok(store_begin(k->store, &err));
    struct notice_row late = { .event = 1, .case_id = 1, .desk = 1, .person = 1, .kind = "failed",
                               .about = "x@y.example.org", .leave = at("2026-11-05", 9) };
    ok(notice_add(k->store, &late, &err));
    ok(store_commit(k->store, &err));
    run_at(post, "2026-11-05", 9, 30);
    assert_int_equal(post->count, 1);
    assert_int_equal(post->pump.next_ms, minute_at(on("2026-11-06"), 480) * 60000);

    letter(k, "2026-11-13", 900002);
    k->minute = minute_at(on("2026-11-06"), 481);
    bool changes;
    ok(store_begin(k->store, &err));
    world_begin(k->world);
    post->pump.now_ms = now_ms(k);
    post->pump.send_room = PUMP_SEND_MAX;
    do
        ok(pump_slice(&post->pump, k->world, k->arena, &changes, &err));
    while (post->pump.more);
    assert_int_equal(post->pump.out_count, 2);
    pump_drop(&post->pump);
    post->pump.sending[0] = 2;
    post->pump.sending[1] = 3;
    post->pump.sending_count = 2;
    post->pump.send_room = 2;
    ok(pump_slice(&post->pump, k->world, k->arena, &changes, &err));
    ok(store_commit(k->store, &err));
    assert_int_equal(post->pump.out_count, 0);
    assert_true(post->pump.next_ms > now_ms(k));
    kit_end(k);
}

/* A digest being sent at this moment is not replaced under its reader. */
static void not_replaced_while_it_is_sent(void **state)
{
    (void)state;
    struct kit *k = kit_begin(files, 2, false);
    struct post *post = post_begin(k);
    struct message_row message;
    letter(k, "2026-11-12", 900001);
    post->reply = 0;
    run_at(post, "2026-11-05", 8, 0);
    letter(k, "2026-11-13", 900001);
    post->pump.sending[0] = 1;
    post->pump.sending_count = 1;
    run_at(post, "2026-11-06", 8, 0);
    ok(message_get(k->store, 1, k->arena, &message, &err));
    assert_string_equal(message.state, "waiting");
    post->pump.sending_count = 0;
    post->reply = 250;
    ok(store_begin(k->store, &err));
    world_begin(k->world);
    ok(message_answered(k->world, 1, 250, "250 kept", now_ms(k), k->minute, k->arena, &err));
    ok(store_commit(k->store, &err));
    run_at(post, "2026-11-06", 8, 1);
    assert_string_equal(keys(post), "digest:1:2026-11-06 s.senco");
    ok(message_get(k->store, 1, k->arena, &message, &err));
    assert_string_equal(message.state, "sent");
    kit_end(k);
}

static void families_get_letters_at_once(void **state)
{
    (void)state;
    struct kit *k = kit_begin(files, 2, false);
    struct post *post = post_begin(k);
    struct person_row fay;
    int64_t id = letter(k, "2026-12-12", 900001);
    ok(person_by_email(k->store, "f.family@home.example.org", k->arena, &fay, &err));
    struct event named = event_of(EVENT_NAME, "family", "officer");
    named.person = fay.id;
    assert_int_equal(act(k, id, named), ERR_NONE);
    do_event(k, id, "tell", "");
    run_at(post, "2026-11-02", 12, 1);
    assert_int_equal(post->count, 1);
    assert_string_equal(post->at[0].to, "f.family@home.example.org");
    assert_true(strncmp(post->at[0].key, "notify:", 7) == 0);
    assert_non_null(strstr(post->at[0].content, "Subject: About L-26-0001\r\n"));
    assert_non_null(strstr(post->at[0].content, "<strong>Robin</strong>"));
    assert_null(strstr(strstr(post->at[0].content, "text/html"),
                       "<b>really</b>")); /* No HTML but our own. */
    /* The desk hears of it with the rest, the next morning. */
    run_at(post, "2026-11-03", 8, 0);
    assert_int_equal(post->count, 2);
    assert_string_equal(post->at[1].key, "digest:1:2026-11-03");
    assert_non_null(strstr(words(post, 1), "  About L-26-0001\n"));
    kit_end(k);
}

static void a_slice_that_is_undone_loses_nothing(void **state)
{
    (void)state;
    struct kit *k = kit_begin(files, 2, false);
    struct post *post = post_begin(k);
    letter(k, "2026-11-12", 900001);
    k->minute = at("2026-11-05", 8);
    for (int i = 0; i < 2; i++) {
        bool changes;
        ok(store_begin(k->store, &err));
        world_begin(k->world);
        post->pump.now_ms = now_ms(k);
        post->pump.send_room = PUMP_SEND_MAX;
        do
            ok(pump_slice(&post->pump, k->world, k->arena, &changes, &err));
        while (post->pump.more);
        assert_true(post->pump.sealed);
        assert_int_equal(post->pump.out_count, 1);
        store_rollback(k->store);
        world_rolled_back(k->world);
        pump_drop(&post->pump);
    }
    run_at(post, "2026-11-05", 8, 0);
    assert_string_equal(keys(post), "digest:1:2026-11-05 s.senco");
    kit_end(k);
}

static void held_clock(void **state)
{
    (void)state;
    struct kit *k = kit_begin(files, 2, false);
    struct post *post = post_begin(k);
    letter(k, "2026-11-12", 900001);
    post->pump.hold_clock = true;
    run_at(post, "2027-11-05", 8, 0);
    assert_int_equal(post->count, 0);
    assert_string_equal(history(k, 1), "open letter, do post");
    post->pump.hold_clock = false;
    run_at(post, "2026-11-05", 8, 0);
    assert_int_equal(post->count, 1);
    kit_end(k);
}

/* --- the due list ---------------------------------------------------------------------------- */

static const char *due_list(struct kit *k, const char *email)
{
    struct duelist_filter filter = { .until = DAY_NONE };
    struct due_line *lines;
    struct person_row person;
    size_t count;
    struct buf text = buf_in(k->arena);
    if (email) {
        ok(person_by_email(k->store, email, k->arena, &person, &err));
        filter.person = person.id;
    }
    ok(duelist_read(k->world, &filter, k->arena, &lines, &count, &err));
    for (size_t i = 0; i < count; i++)
        buf_printf(&text, "%s%s %s%s%s%s", i ? ", " : "", lines[i].ref, lines[i].name,
                   lines[i].covering ? " covered by " : "",
                   lines[i].covering ? lines[i].covering : "", lines[i].nobody ? " nobody" : "");
    return buf_text(&text);
}

static void empty_desks_fall_to_otherwise(void **state)
{
    (void)state;
    struct kit *k = kit_begin(files, 2, false);
    letter(k, "2026-11-12", 900001);
    letter(k, "2026-11-13", 900002);
    letter(k, "2026-11-14", 900003);
    assert_string_equal(
        due_list(k, NULL),
        "L-26-0001 reply, L-26-0002 reply covered by Head, L-26-0003 reply covered by Officer");
    assert_string_equal(due_list(k, "s.senco@larkmoor.example.org"), "L-26-0001 reply");
    assert_string_equal(due_list(k, "h.head@larkmoor.example.org"), "");
    assert_string_equal(due_list(k, "h.head@tidewell.example.org"),
                        "L-26-0002 reply covered by Head");
    /* Only what no head stands before. */
    assert_string_equal(due_list(k, "o.officer@town.example.org"),
                        "L-26-0003 reply covered by Officer");
    /* The SENCO leaves: nothing of the case is touched. */
    int64_t head = case_now(k, 1).head;
    import_people(k, "name,email,role,school\nHilda Head,h.head@larkmoor.example.org,head,900001\n"
                     "Hilda Head,h.head@larkmoor.example.org,head,900002\n");
    assert_int_equal(case_now(k, 1).head, head);
    assert_string_equal(due_list(k, "h.head@larkmoor.example.org"),
                        "L-26-0001 reply covered by Head, L-26-0002 reply covered by Head");
    assert_string_equal(due_list(k, "s.senco@larkmoor.example.org"), "");
    assert_string_equal(
        due_list(k, NULL),
        "L-26-0001 reply covered by Head, L-26-0002 reply covered by Head, L-26-0003 reply nobody");
    kit_end(k);
}

/* Who sits at two of the desks it would fall to gets it once. */
static void each_line_once(void **state)
{
    (void)state;
    struct kit *k = kit_begin(files, 2, false);
    letter(k, "2026-11-12", 900003);
    import_people(k, "name,email,role,school\nOlu Officer,o.officer@town.example.org,officer,\n"
                     "Olu Officer,o.officer@town.example.org,head,900003\n");
    assert_string_equal(due_list(k, "o.officer@town.example.org"),
                        "L-26-0001 reply covered by Head");
    kit_end(k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_a_day),
        cmocka_unit_test(what_it_says),
        cmocka_unit_test(dropped_when_met),
        cmocka_unit_test(three_days_without_mail),
        cmocka_unit_test(frozen_at_the_first_attempt),
        cmocka_unit_test(back_off),
        cmocka_unit_test(refused_for_good),
        cmocka_unit_test(nobody_can_be_told),
        cmocka_unit_test(a_notice_of_the_night_leaves_the_day_its_digest),
        cmocka_unit_test(when_to_look_again),
        cmocka_unit_test(not_replaced_while_it_is_sent),
        cmocka_unit_test(families_get_letters_at_once),
        cmocka_unit_test(a_slice_that_is_undone_loses_nothing),
        cmocka_unit_test(held_clock),
        cmocka_unit_test(empty_desks_fall_to_otherwise),
        cmocka_unit_test(each_line_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
