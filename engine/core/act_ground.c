/* SPDX-License-Identifier: MIT */
/* What draws on a ground of the pack's closed list: a time limit is taken away (excuse), moved
 * (extend), or what it was missed for is put on record (late). */
#include "engine/core/act.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/core/access.h"
#include "engine/core/clock_date.h"
#include "engine/core/evidence.h"
#include <string.h>

struct drawing {
    const struct deadline *rule;
    const struct excuse *ground;
    const struct clock *clock;     /* As stored, with a date. */
    const char *title, *ground_title;
};

/* --- what all three want --------------------------------------------------------------------- */

static enum err_code no_such_deadline(struct draft *d)
{
    const struct process *process = d->process;
    const char **names = ARENA_ARRAY(d->arena, const char *, process->deadline_count);
    for (size_t i = 0; i < process->deadline_count; i++)
        names[i] = process->deadlines[i].name;
    return act_unknown(d, "deadline", d->in->event->name, names, process->deadline_count);
}

static enum err_code no_such_ground(struct draft *d)
{
    const struct process *process = d->process;
    const char **names = ARENA_ARRAY(d->arena, const char *, process->excuse_count);
    for (size_t i = 0; i < process->excuse_count; i++)
        names[i] = process->excuses[i].name;
    return act_unknown(d, "ground", d->in->event->act, names, process->excuse_count);
}

static enum err_code find(struct draft *d, struct drawing *out)
{
    const struct event *event = d->in->event;
    *out = (struct drawing){ .rule = NULL };
    if (event->name)
        out->rule = clock_rule(d->arena, d->process, &d->file, event->name);
    if (!out->rule)
        return no_such_deadline(d);
    if (event->act)
        out->ground = process_excuse(d->process, event->act);
    if (!out->ground)
        return no_such_ground(d);
    out->clock = casefile_clock(&d->file, event->name);
    out->title = text_or(out->rule->title, out->rule->name);
    out->ground_title = text_or(out->ground->title, out->ground->name);
    return ERR_NONE;
}

/* `may`: the grounds the deadline names; `does`: "excuse"; `none`: what to say where it names
 * none. */
static enum err_code check_named(struct draft *d, const struct drawing *on, const struct names *may,
                                 const char *does, const char *none)
{
    if (names_have(may, on->ground->name))
        return ERR_NONE;
    err_set(d->err, ERR_REFUSED, "'%s' does not %s '%s'", on->ground_title, does, on->title);
    struct buf grounds = buf_in(d->arena);
    for (size_t i = 0; i < may->count; i++)
        buf_printf(&grounds, "%s%s", i ? ", " : "", may->at[i]);
    err_hint(d->err, "%s%s", grounds.len ? "grounds for it: " : none, buf_text(&grounds));
    return ERR_REFUSED;
}

static enum err_code check_open(struct draft *d, const struct drawing *on)
{
    struct answer answer = { .truth = TRUTH_YES };
    if (draft_in_force(d, on->ground->in_force, NULL, true) != TRUTH_YES)
        return draft_verdict(d, on->ground_title);
    enum err_code rc =
        on->ground->only_if ? draft_ask(d, on->ground->only_if, &answer) : ERR_NONE;
    if (rc || answer.truth == TRUTH_YES)
        return rc;
    if (answer.truth == TRUTH_UNKNOWN)
        draft_lacks(d, "'%s' is not known", answer.why ? draft_field_label(d, answer.why)
                                                       : "what the ground asks");
    else
        draft_lacks(d, "%s", answer.why ? answer.why : "the ground is not open in this case");
    return draft_verdict(d, on->ground_title);
}

/* Who may, why, the proof, and whether the ground is open at all. `by`: NULL: the ground's own. */
static enum err_code check_ground(struct draft *d, const struct drawing *on,
                                  const struct names *by, const char *done)
{
    const struct event *event = d->in->event;
    enum err_code rc = access_check_names(d, by ? by : &on->ground->by, on->ground_title);
    if (rc)
        return rc;
    if (!event->why || !*event->why)
        return err_set(d->err, ERR_INPUT, "why '%s' %s is missing", on->title, done);
    if (on->ground->proof && !event->file) {
        err_set(d->err, ERR_INPUT, "the document that proves the ground '%s' is missing",
                on->ground_title);
        err_hint(d->err, "hand the file in with it");
        return ERR_INPUT;
    }
    rc = evidence_check(d, &on->ground->files,
                        arena_printf(d->arena, "the ground '%s'", on->ground_title));
    return rc ? rc : check_open(d, on);
}

static enum err_code is_already(struct draft *d, const struct drawing *on)
{
    return err_set(d->err, ERR_REFUSED, "'%s' is already %s", on->title,
                   clock_status_name(on->clock->status));
}

/* Kept with the case: the ground, the evidence, who decided and when. */
static void keep(struct draft *d, const struct drawing *on, enum drawn_kind kind, day from, day to)
{
    const struct event *event = d->in->event;
    size_t len = strcspn(on->clock->name, "#");
    const struct drawn drawn = {
        .name = arena_printf(d->arena, "%.*s:%04zu", (int)len, on->clock->name,
                             d->file.in.grounds.count + 1),
        .kind = kind, .round = on->clock->round, .ground = on->ground->name, .why = event->why,
        .proof = event->file, .by = event->who_text, .role = event->role, .on = d->on,
        .from = from, .to = to,
    };
    draft_set_drawn(d, &drawn);
}

/* --- excuse ---------------------------------------------------------------------------------- */

enum err_code act_excuse(struct draft *d)
{
    struct drawing on;
    enum err_code rc = find(d, &on);
    if (!rc)
        rc = act_check_open(d);
    if (!rc)
        rc = check_named(d, &on, &on.rule->excused_by, "excuse", "nothing excuses it");
    if (!rc)
        rc = check_ground(d, &on, NULL, "is excused");
    if (rc)
        return rc;
    if (!on.clock)
        return err_set(d->err, ERR_REFUSED, "'%s' has no date yet that could be excused",
                       on.title);
    if (!clock_open(on.clock))
        return is_already(d, &on);
    struct clock clock = *on.clock;
    clock.status = CLOCK_EXCUSED;
    clock.closed_on = d->on;
    clock.ground = on.ground->name;
    clock.why = d->in->event->why;
    draft_set_clock(d, &clock);
    return ERR_NONE;
}

/* --- extend ---------------------------------------------------------------------------------- */

static enum err_code read_to(struct draft *d, const struct drawing *on, day *to)
{
    const struct event *event = d->in->event;
    const struct json *value = NULL;
    char why[200];
    for (size_t i = 0; i < event->given_count; i++) {
        if (text_same(event->given[i].name, "to"))
            value = event->given[i].value;
        else
            return err_set(d->err, ERR_INPUT, "'%s' is not asked here", event->given[i].name);
    }
    if (!value || value->kind != JSON_TEXT)
        return err_set(d->err, ERR_INPUT, "the day to which '%s' is extended is missing",
                       on->title);
    if (day_parse_any(value->text, to))
        return ERR_NONE;
    day_parse_why(value->text, why, sizeof why);
    return err_set(d->err, ERR_INPUT, "%s", why);
}

static size_t times_extended(const struct draft *d, const struct clock *clock)
{
    size_t times = 0;
    while (drawn_of(&d->file, clock->name, clock->round, DRAWN_EXTENDED, times))
        times++;
    return times;
}

/* Whether it may be moved any more at all. */
static enum err_code check_movable(struct draft *d, const struct drawing *on)
{
    const struct clock *clock = on->clock;
    size_t times = clock ? times_extended(d, clock) : 0;
    if (!clock)
        return err_set(d->err, ERR_REFUSED, "'%s' has no date yet that could be moved", on->title);
    if (!clock_open(clock))
        return is_already(d, on);
    if (clock->status == CLOCK_PAUSED) {
        err_set(d->err, ERR_REFUSED, "'%s' stands still, so its date is not known yet", on->title);
        err_hint(d->err, "extend it once it goes on");
        return ERR_REFUSED;
    }
    if (d->on > clock->due) {
        err_set(d->err, ERR_REFUSED, "'%s' was due on %s: what is missed cannot be extended",
                on->title, draft_day(d, clock->due));
        err_hint(d->err, "record what it was missed for, as `late`");
        return ERR_REFUSED;
    }
    if (on->rule->extends->times && times >= (size_t)on->rule->extends->times)
        return err_set(d->err, ERR_REFUSED, "'%s' was extended %s, which is as often as it may be",
                       on->title, text_count(d->arena, (int64_t)times, "time", "times"));
    return ERR_NONE;
}

/* How far: within the limit, and never past what the law says. */
static enum err_code check_far(struct draft *d, const struct drawing *on, day to)
{
    char limit[LENGTH_TEXT_MAX];
    struct clock_date date;
    const struct extension *rule = on->rule->extends;
    clock_date_on(d->in, &d->file, on->rule, d->today, NULL, NULL, NULL, &date);
    if (!date.known || !date.rule.known)
        return err_set(d->err, ERR_REFUSED, "'%s' has no date yet that could be moved", on->title);
    const struct when_in when = { .calendar = date.rule_calendar };
    day most;
    if (to <= date.rule.due)
        return err_set(d->err, ERR_INPUT, "'%s' is due on %s: %s is not later", on->title,
                       draft_day(d, date.rule.due), draft_day(d, to));
    if (!when_after(&when, rule->limit, date.plain, &most))
        return err_set(d->err, ERR_REFUSED, "the calendar ends before the limit of '%s'",
                       on->title);
    if (date.floor.known && on->rule->floor && date.floor.due < most)
        most = date.floor.due;
    if (to <= most)
        return ERR_NONE;
    if (most <= date.rule.due)
        err_set(d->err, ERR_REFUSED, "'%s' cannot be extended any more: it is due on %s, and no "
                "later day is left", on->title, draft_day(d, date.rule.due));
    else
        err_set(d->err, ERR_REFUSED, "'%s' can be extended until %s at most: %s left", on->title,
                draft_day(d, most),
                text_count(d->arena, most - date.rule.due, "day is", "days are"));
    bool law = date.floor.known && on->rule->floor && most == date.floor.due;
    err_hint(d->err, law ? "that is the law's own date%s%s" : "%s in all, from %s",
             law ? (on->rule->floor_law ? ": " : "") : length_write(rule->limit, limit),
             law ? text_or(on->rule->floor_law, "") : draft_day(d, date.plain));
    return ERR_REFUSED;
}

enum err_code act_extend(struct draft *d)
{
    struct drawing on;
    day to = DAY_NONE;
    enum err_code rc = find(d, &on);
    if (!rc)
        rc = act_check_open(d);
    if (rc)
        return rc;
    const struct extension *rule = on.rule->extends;
    if (!rule) {
        err_set(d->err, ERR_REFUSED, "'%s' cannot be extended", on.title);
        err_hint(d->err, "its rule has no `extends`");
        return ERR_REFUSED;
    }
    rc = check_named(d, &on, &rule->grounds, "extend", "nothing extends it");
    if (!rc)
        rc = check_ground(d, &on, rule->by.count ? &rule->by : NULL, "is extended");
    if (!rc)
        rc = read_to(d, &on, &to);
    if (!rc)
        rc = check_movable(d, &on);
    if (!rc)
        rc = check_far(d, &on, to);
    if (!rc)
        keep(d, &on, DRAWN_EXTENDED, on.clock->due, to);
    return rc;
}

/* --- late ------------------------------------------------------------------------------------ */

/* It stays missed. A case that is closed may still be asked why. */
enum err_code act_late(struct draft *d)
{
    struct drawing on;
    enum err_code rc = find(d, &on);
    if (!rc)
        rc = check_named(d, &on, &on.rule->missed_for, "explain that it missed",
                         "its rule names none under `missed_for`");
    if (!rc)
        rc = check_ground(d, &on, NULL, "was missed");
    if (rc)
        return rc;
    bool missed = on.clock && (on.clock->status == CLOCK_MISSED ||
                               on.clock->status == CLOCK_MET_LATE ||
                               on.clock->status == CLOCK_NEVER_MET);
    if (!missed)
        return err_set(d->err, ERR_REFUSED, "'%s' was not missed%s%s", on.title,
                       on.clock ? ": it is " : "",
                       on.clock ? clock_status_name(on.clock->status) : "");
    if (drawn_of(&d->file, on.clock->name, on.clock->round, DRAWN_LATE, 0))
        return err_set(d->err, ERR_REFUSED, "what '%s' was missed for is on record already",
                       on.title);
    keep(d, &on, DRAWN_LATE, DAY_NONE, DAY_NONE);
    return ERR_NONE;
}
