/* SPDX-License-Identifier: MIT */
/* Cases that live through hundreds of random acts. Whatever happens: folding what was done gives
 * the case (asserted within decide), a refusal changes nothing, the stored form comes back the
 * same, the clock comes to an end, tells nobody the same thing twice in a minute, and catching up
 * at once does what would have been done day by day. */
#include "kit.h"

enum { WALKS = 60, STEPS = 50, ROWS = 24 };

static struct kit *everything(void)
{
    struct kit *k = kit_new();
    state(k, "active");
    state(k, "ran_out");
    field(k, "begins", FIELD_DATE, "First day");
    field(k, "ends", FIELD_DATE, "Last day");
    field(k, "plan", FIELD_YES_NO, "Has a plan");
    field(k, "after", FIELD_DATE, "The day after")->is_moment =
        day_after(k, anchor(k, ANCHOR_FIELD, "ends"));
    struct consent_rule *family = consent(k, "agreed", "family", "begins ends");
    family->until = anchor(k, ANCHOR_FIELD, "ends");
    family->answer_limited = true;
    family->answer_within = (struct length){ 10, UNIT_DAY };
    family->withdrawn_to = "ran_out";
    struct checklist *list = checklist(k, "papers");
    item(k, list, "note", "The note", "senco");
    item(k, list, "plan", "The plan", "senco")->only_if = when_(k, "plan");
    for (int i = 0; i < 3; i++) {
        const char *in = i == 0 ? "begun" : i == 1 ? "active" : "ran_out";
        then(k, &event(k, in, "propose", "senco", "begins? ends? plan?", NULL)->then,
             (struct effect){ .kind = EFFECT_ASK, .name = "agreed" });
        if (i != 1)
            event(k, in, "agree", "senco", "", "active")->needs = words(k, "agreed papers");
    }
    event(k, "active", "review", "senco", "", NULL);
    event(k, "ran_out", "close", "senco", "", "over")->only_if = when_(k, "times review > 3");
    struct event_rule *run_out = event(k, "active", "run_out", "clock", "", "ran_out");
    run_out->by_clock = true;
    run_out->at = day_after(k, anchor(k, ANCHOR_FIELD, "ends"));
    deadline(k, "review",
             counted(k, MOMENT_AFTER, 2, UNIT_WEEK,
                     either(k, MOMENT_FIRST_KNOWN, anchor(k, ANCHOR_EVENT, "review"),
                            anchor(k, ANCHOR_EVENT, "agree"))),
             "review")->ends_with = words(k, "ran_out");
    deadline(k, "full",
             counted(k, MOMENT_AFTER, 1, UNIT_WORKING_DAY, anchor(k, ANCHOR_FIELD, "ends")),
             "close")
        ->excused_by = words(k, "ill");
    deadline(k, "planned", weeks_after(k, 3, "agree"), NULL)->only_if = when_(k, "plan");
    met_by(deadline(k, "papers",
                    counted(k, MOMENT_BEFORE, 1, UNIT_WEEK, anchor(k, ANCHOR_FIELD, "begins")),
                    NULL),
           MET_CHECKLIST, "papers", NULL);
    excuse(k, "ill", "officer");
    return k;
}

struct dice {
    uint32_t state;
};

static uint32_t roll(struct dice *dice, uint32_t sides)
{
    dice->state ^= dice->state << 13;
    dice->state ^= dice->state >> 17;
    dice->state ^= dice->state << 5;
    return dice->state % sides;
}

static const char *text_of(struct kit *k)
{
    struct buf text = buf_in(k->arena);
    casefile_encode(&k->file, &text);
    buf_printf(&text, " %s %d %lld", k->file.state, k->file.open, (long long)k->file.wake);
    return buf_text(&text);
}

static struct event random_act(struct kit *k, struct dice *dice, day today)
{
    static const char *const answers[] = { "given", "given", "refused", "withdrawn", "discuss" };
    static const char *const items[] = { "done", "undone", "asked", "na" };
    static const char *const events[] = {
        "propose", "agree", "agree", "review", "review", "close"
    };
    const char *date = iso(k, today);
    struct event act;
    switch (roll(dice, 8)) {
    case 0:
    case 1:
        act = kit_event(k, EVENT_CONSENT, date, "agreed", "senco", "");
        act.act = answers[roll(dice, 5)];
        act.by = roll(dice, 3) ? "Mrs A" : "Mr A";
        act.how = "paper";
        return act;
    case 2:
        act = kit_event(k, EVENT_ITEM, date, roll(dice, 2) ? "papers.note" : "papers.plan", "senco",
                        "");
        act.act = items[roll(dice, 4)];
        act.why = "because";
        return act;
    case 3:
        act = kit_event(k, EVENT_EXCUSE, date, "full", "officer", "");
        act.act = "ill";
        act.why = "because";
        return act;
    case 4:
        return kit_event(k, EVENT_RECKON, date, NULL, NULL, "");
    default:
        break;
    }
    const char *name = events[roll(dice, 6)], *values = "";
    if (strcmp(name, "propose") == 0) {
        day begins = today + (day)roll(dice, 30) - 5;
        values = arena_printf(k->arena, "begins=%s ends=%s plan=%s", iso(k, begins),
                              iso(k, begins + (day)roll(dice, 40)), roll(dice, 2) ? "yes" : "no");
    }
    act = kit_event(k, EVENT_DO, date, name, "senco", values);
    act.on = today - (day)(roll(dice, 4) ? 0 : roll(dice, 6));
    return act;
}

/* What is stored and read again is the same case. */
static void check_stored_form(struct kit *k)
{
    struct buf body = buf_in(k->arena), again = buf_in(k->arena);
    struct casefile back = casefile_blank();
    struct err err;
    casefile_encode(&k->file, &body);
    assert_int_equal(casefile_decode(k->arena, buf_text(&body), body.len, &back, &err), ERR_NONE);
    casefile_encode(&back, &again);
    assert_string_equal(buf_text(&body), buf_text(&again));
}

static void check_nothing_told_twice(struct kit *k)
{
    struct names lines;
    char *text = arena_text(k->arena, buf_text(&k->sent));
    for (char *at = text; *at; at++) {
        if (*at == ' ')
            *at = '/';
        else if (*at == '\n')
            *at = ' ';
    }
    lines = words(k, text);
    for (size_t i = 1; i < lines.count; i++) {
        if (strstr(lines.at[i], "/remind/"))
            assert_string_not_equal(lines.at[i], lines.at[i - 1]);
    }
}

static void walk(uint32_t seed, size_t *done, size_t *refused)
{
    struct dice dice = { seed * 2654435761u + 1 };
    struct kit *k = everything();
    day today = on("2026-09-01");
    opened(k, "2026-09-01", "");
    for (int i = 0; i < STEPS; i++) {
        today += (day)roll(&dice, 9);
        const struct event act = random_act(k, &dice, today);
        until(k, iso(k, today), KIT_MINUTE);
        const char *before = text_of(k);
        if (act_(k, &act)) {
            assert_string_equal(text_of(k), before);
            assert_true(*k->err.text);
            ++*refused;
        } else {
            ++*done;
        }
        check_stored_form(k);
    }
    check_nothing_told_twice(k);
    kit_free(k);
}

static void test_random_lives(void **unused)
{
    (void)unused;
    size_t done = 0, refused = 0;
    for (uint32_t seed = 1; seed <= WALKS; seed++)
        walk(seed, &done, &refused);
    /* Neither so strict that nothing happens, nor so lax that nothing is refused. */
    assert_in_range(done, WALKS * STEPS / 4, WALKS * STEPS);
    assert_in_range(refused, WALKS * STEPS / 10, WALKS * STEPS);
}

/* The same acts; the clock of one case is let run every day, of the other only before acts. */
static void test_catching_up_is_the_same(void **unused)
{
    (void)unused;
    for (uint32_t seed = 1; seed <= WALKS; seed++) {
        struct kit *daily = everything(), *lazy = everything();
        struct dice dice = { seed };
        day today = on("2026-09-01");
        opened(daily, "2026-09-01", "");
        opened(lazy, "2026-09-01", "");
        for (int i = 0; i < ROWS; i++) {
            day next = today + (day)roll(&dice, 20);
            for (; today < next; today++)
                until(daily, iso(daily, today), 1439);
            struct dice same = dice;
            const struct event act = random_act(daily, &dice, next),
                               twin = random_act(lazy, &same, next);
            assert_int_equal(act_(daily, &act), act_(lazy, &twin));
            assert_string_equal(text_of(daily), text_of(lazy));
        }
        assert_string_equal(buf_text(&daily->sent), buf_text(&lazy->sent));
        kit_free(daily);
        kit_free(lazy);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_lives),
        cmocka_unit_test(test_catching_up_is_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
