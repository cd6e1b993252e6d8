/* SPDX-License-Identifier: MIT */
/* Letters as they are kept, printed and mailed. */
#include "kit.h"

#include "engine/run/letters.h"
#include "engine/run/markdown.h"
#include "engine/run/paper.h"
#include "engine/run/pump.h"

static const struct file files[] = {
    { "processes/plan.yaml",
      "process: plan\ntitle: A plan\nopens: {by: officer, asks: [child, 'help?']}\n"
      "fields:\n  child: {type: text, label: Child, personal: true}\n"
      "  help: {type: rows, label: Help, columns: {what: {type: text, label: What}, "
      "hours: {type: hours, label: Hours a week}, begins: {type: date, label: From}}}\n"
      "states:\n  here:\n    title: Here\n    first: true\n    events:\n"
      "      decide: {title: Decided, by: officer, then: [{letter: {who: family, message: "
      "decided}}]}\n"
      "      mail: {title: Mailed, by: officer, then: [{letter: {who: family, message: decided, "
      "by: email}}]}\n"
      "      close: {title: Closed, by: officer, to: gone, then: [{letter: {who: head, message: "
      "decided}}]}\n"
      "  gone: {title: Gone, final: true}\n"
      "deadlines:\n"
      "  send: {title: Send it, due: 1 week after decide, met_by: decided.sent, owner: officer}\n"
      "  appeal: {title: Appeal, due: 2 months after decided.sent, right_of: family}\n" },
    { "messages/decided.md",
      "# About the plan\n\nDear **((child))**,\n\n((help))\n\nYours <b>truly</b>\n" },
};

static struct letter_row letter_of(struct kit *k, int64_t id, const char *name)
{
    struct letter_row row = { 0 };
    ok(letter_get(k->store, id, name, k->arena, &row, &err));
    return row;
}

static int64_t plan(struct kit *k)
{
    struct given given[] = {
        { "child", json_new_text(k->arena, "Robin") },
        { "help", json_new_text(k->arena, "Speech 1.5 2026-12-01; A|B 2 2027-01-04") },
    };
    struct event open = event_of(EVENT_OPEN, "plan", "officer");
    open.school = 900001;
    open.given = given;
    open.given_count = 2;
    ok(act(k, 0, open));
    return k->turned.case_id;
}

static void name_family(struct kit *k, int64_t id, const char *email)
{
    struct event named = event_of(EVENT_NAME, "family", "officer");
    ok(store_begin(k->store, &err));
    ok(person_put(k->store, email, "Pat & Sam Verity", &named.person, NULL, &err));
    ok(store_commit(k->store, &err));
    named.by = email;
    ok(act(k, id, named));
}

static void posted(struct kit *k, int64_t id, const char *name, const char *day_sent)
{
    struct event sent = event_of(EVENT_LETTER, name, "officer");
    sent.act = "sent";
    sent.on = on(day_sent);
    ok(act(k, id, sent));
}

static void kept_as_written(void **state)
{
    (void)state;
    struct kit *k = kit_begin(files, 2, false);
    int64_t id = plan(k);
    name_family(k, id, "p.verity@example.org");
    do_event(k, id, "decide", "");
    struct letter_row row = letter_of(k, id, "decided");
    assert_string_equal(row.addressee, "Pat & Sam Verity");
    assert_string_equal(row.by, "post");
    assert_string_equal(row.subject, "About the plan");
    assert_true(row.sent == DAY_NONE);
    /* By post it names the child; in HTML nothing that was typed is more than words. */
    assert_non_null(strstr(row.text, "2 November 2026\nOur reference: P-26-0001\n"));
    assert_non_null(strstr(row.text, "Dear Robin,"));
    assert_non_null(strstr(row.html, "<strong>Robin</strong>"));
    assert_non_null(strstr(row.html, "Pat &amp; Sam Verity"));
    assert_non_null(strstr(row.html, "<tr><th>What</th><th>Hours a week</th><th>From</th></tr>"));
    assert_non_null(strstr(row.html, "<td>A|B</td>"));
    assert_non_null(strstr(row.html, "1 December 2026"));
    assert_null(strstr(row.html, "<b>"));
    assert_null(strstr(row.html, "http"));
    posted(k, id, "decided", "2026-11-02");
    assert_int_equal(letter_of(k, id, "decided").sent, on("2026-11-02"));
    const struct casefile file = case_now(k, id);
    assert_int_equal(casefile_clock(&file, "send")->status, CLOCK_MET);
    assert_int_equal(casefile_clock(&file, "appeal")->due, on("2027-01-02"));
    /* Another is another, with its own name; after closing too. */
    do_event(k, id, "decide", "");
    do_event(k, id, "close", "");
    posted(k, id, "decided-3", "2026-11-02");
    assert_string_equal(letter_of(k, id, "decided-3").role, "head");
    assert_true(letter_of(k, id, "decided-2").sent == DAY_NONE);
    verify_clean(k);
    kit_end(k);
}

struct post {
    struct kit *k;
    struct pump pump;
    int reply;
    struct buf sent;
};

static void run_mail(struct post *post)
{
    struct kit *k = post->k;
    for (int i = 0; i < 50; i++) {
        bool changes;
        ok(store_begin(k->store, &err));
        world_begin(k->world);
        post->pump.now_ms = now_ms(k);
        post->pump.send_room = PUMP_SEND_MAX;
        ok(pump_slice(&post->pump, k->world, k->arena, &changes, &err));
        ok(store_commit(k->store, &err));
        pump_kept(&post->pump);
        for (size_t o = 0; o < post->pump.out_count; o++) {
            buf_printf(&post->sent, "%s ", post->pump.out[o].key);
            assert_null(strstr(post->pump.out[o].content, "Robin"));
            ok(store_begin(k->store, &err));
            world_begin(k->world);
            ok(message_answered(k->world, post->pump.out[o].id, post->reply, "said", now_ms(k),
                                clock_local(now_ms(k), NULL), k->arena, &err));
            ok(store_commit(k->store, &err));
        }
        pump_drop(&post->pump);
    }
}

static struct post post_of(struct kit *k, int reply)
{
    struct post post = { .k = k, .reply = reply, .sent = buf_in(k->arena) };
    post.pump.head = (struct letterhead){ "The town <send@town.example.org>", NULL,
                                          "town.example.org" };
    post.pump.place.seal_day = DAY_NONE;
    return post;
}

/* It leaves by itself; the case's own event says when, once, and no child is named. */
static void by_email(void **state)
{
    (void)state;
    struct kit *k = kit_begin(files, 2, false);
    int64_t id = plan(k);
    struct post post = post_of(k, 0);
    name_family(k, id, "p.verity@example.org");
    do_event(k, id, "mail", "");
    run_mail(&post); /* Nobody answers. */
    assert_true(letter_of(k, id, "decided").sent == DAY_NONE);
    post.reply = 250;
    k->minute += MINUTES_A_DAY;
    run_mail(&post);
    assert_int_equal(letter_of(k, id, "decided").sent, on("2026-11-03"));
    int64_t events = event_count(k);
    k->minute += MINUTES_A_DAY;
    run_mail(&post);
    assert_int_equal(event_count(k), events);
    verify_clean(k);
    kit_end(k);
}

struct kinds {
    struct buf text;
};

static bool see_kind(void *self, const struct sent_row *row)
{
    buf_printf(&((struct kinds *)self)->text, "%s %s to %s; ", row->kind, row->about, row->email);
    return true;
}

/* Nobody has an address, or it is refused: those who look after the case hear of it. */
static void email_that_reaches_nobody(void **state)
{
    (void)state;
    struct kit *k = kit_begin(files, 2, false);
    int64_t id = plan(k);
    struct kinds kinds = { buf_in(k->arena) };
    do_event(k, id, "mail", "");
    ok(read_notices(k->store, id, &kinds, see_kind, &err));
    assert_string_equal(buf_text(&kinds.text),
                        "correct decided to o.officer@town.example.org; ");
    name_family(k, id, "p.verity@example.org");
    do_event(k, id, "mail", "");
    struct post post = post_of(k, 550);
    run_mail(&post);
    kinds.text = buf_in(k->arena);
    ok(read_notices(k->store, id, &kinds, see_kind, &err));
    assert_non_null(strstr(buf_text(&kinds.text), "failed p.verity@example.org to o.officer@"));
    assert_true(letter_of(k, id, "decided-2").sent == DAY_NONE);
    kit_end(k);
}

static void names_and_keys(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    int64_t id;
    const char *name;
    assert_string_equal(paper_file_name(arena, "AR-26-0412", "decision-keep", "html"),
                        "AR-26-0412 decision-keep.html");
    assert_string_equal(paper_file_name(arena, "../x", "a/b\n", "html"), ".._x a_b_.html");
    assert_true(letters_of_key("letter:12:decided-2:7", arena, &id, &name));
    assert_int_equal(id, 12);
    assert_string_equal(name, "decided-2");
    assert_false(letters_of_key("notify:1:2:3", arena, &id, &name));
    assert_false(letters_of_key("letter:x:a:7", arena, &id, &name));
    assert_false(letters_of_key("letter:12", arena, &id, &name));
    arena_free(arena);
}

static void tables(void **state)
{
    (void)state;
    static const struct {
        const char *text, *html;
    } rows[] = {
        { "a *b*", "<p>a <em>b</em></p>\n" },
        { "x\n\n| A | B |\n|---|:-:|\n| *1* | a \\| b |\n| 2 |\ny",
          "<p>x</p>\n<table>\n<thead><tr><th>A</th><th>B</th></tr>\n</thead>\n<tbody>\n"
          "<tr><td><em>1</em></td><td>a | b</td></tr>\n<tr><td>2</td></tr>\n</tbody>\n</table>\n"
          "<p>y</p>\n" },
        { "| no | table |", "<p>| no | table |</p>\n" },
        { "| a |\n| b |", "<p>| a |\n| b |</p>\n" },
        { "| a |\n|---|", "<table>\n<thead><tr><th>a</th></tr>\n</thead>\n<tbody>\n</tbody>\n"
                          "</table>\n" },
        { "<script>", "<!-- raw HTML omitted -->\n" },
        { "", "" },
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(markdown_html(arena, rows[i].text), rows[i].html);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kept_as_written), cmocka_unit_test(by_email),
        cmocka_unit_test(email_that_reaches_nobody), cmocka_unit_test(names_and_keys),
        cmocka_unit_test(tables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
