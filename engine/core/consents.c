/* SPDX-License-Identifier: MIT */
#include "engine/core/consents.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/core/access.h"
#include "engine/core/answers.h"
#include "engine/core/in_force.h"
#include <string.h>

/* Whether the rules ask for it in this case. Not known counts as yes. */
static enum err_code required(struct draft *d, const struct consent_rule *rule, struct answer *out)
{
    const struct judged judged = in_force_judge(rule->in_force, &d->file, NULL, NULL, DAY_NONE);
    *out = (struct answer){ .truth = judged.holds, .why = judged.missing };
    if (judged.holds != TRUTH_YES || !rule->only_if)
        return ERR_NONE;
    return draft_ask(d, rule->only_if, out);
}

enum err_code consents_covering(struct draft *d, const char *field, const struct consent_rule **out)
{
    *out = NULL;
    for (size_t i = 0; i < d->process->consent_count; i++) {
        const struct consent_rule *rule = &d->process->consents[i];
        if (!names_have(&rule->covers, field))
            continue;
        struct answer answer;
        enum err_code rc = required(d, rule, &answer);
        if (rc)
            return rc;
        if (answer.truth != TRUTH_NO) {
            *out = rule;
            return ERR_NONE;
        }
    }
    return ERR_NONE;
}

static struct consent entry_of(const struct draft *d, const struct consent_rule *rule)
{
    const struct consent *old = casefile_consent(&d->file, rule->name);
    return old ? *old
               : (struct consent){ .name = rule->name,
                                   .asked = DAY_NONE,
                                   .answered = DAY_NONE,
                                   .lapses = DAY_NONE,
                                   .until = DAY_NONE };
}

enum err_code consents_ask(struct draft *d, const struct consent_rule *rule)
{
    struct answer answer;
    enum err_code rc = required(d, rule, &answer);
    if (rc || answer.truth == TRUTH_NO)
        return rc;
    struct consent consent = entry_of(d, rule);
    answers_forget(d, rule->name);
    consent.status = CONSENT_ASKED;
    consent.asked = d->on;
    consent.lapses = DAY_NONE;
    const struct when_in in = { .calendar = d->calendar };
    day last;
    if (rule->answer_limited && when_after(&in, rule->answer_within, d->on, &last))
        consent.lapses = last;
    draft_set_consent(d, &consent);
    return ERR_NONE;
}

static const char *why_not(const struct draft *d, const struct consent_rule *rule,
                           const struct consent *consent)
{
    const char *open = rule->of.count ? answers_open(d, rule) : NULL;
    bool waits = !consent || consent->status == CONSENT_ASKED;
    if (open && *open && waits)
        return arena_printf(d->arena, "has not been given by %s", open);
    if (!consent)
        return "has not been given";
    switch (consent->status) {
    case CONSENT_ASKED:
        return "has been asked for and not been answered yet";
    case CONSENT_DISCUSS:
        return "is open: they want to talk to someone first";
    case CONSENT_REFUSED:
        return arena_printf(d->arena, "was refused on %s", draft_day(d, consent->answered));
    case CONSENT_WITHDRAWN:
        return arena_printf(d->arena, "was withdrawn on %s", draft_day(d, consent->answered));
    case CONSENT_LAPSED:
        return "got no answer in time";
    case CONSENT_GIVEN:
        break;
    }
    return arena_printf(d->arena, "ran out on %s", draft_day(d, consent->until));
}

enum err_code consents_need(struct draft *d, const struct consent_rule *rule)
{
    const struct consent *consent = casefile_consent(&d->file, rule->name);
    struct answer answer;
    if (consent && consent->in_force && (consent->until == DAY_NONE || consent->until >= d->on))
        return ERR_NONE;
    enum err_code rc = required(d, rule, &answer);
    if (rc || answer.truth == TRUTH_NO)
        return rc;
    const char *title = text_or(rule->title, rule->name);
    if (answer.truth == TRUTH_UNKNOWN && answer.why)
        draft_lacks(d, "'%s' %s (or say '%s', if it is not needed)", title,
                    why_not(d, rule, consent), draft_field_label(d, answer.why));
    else
        draft_lacks(d, "'%s' %s", title, why_not(d, rule, consent));
    draft_hint(d, "record the consent '%s' once it is given", rule->name);
    return ERR_NONE;
}

/* --- answers --------------------------------------------------------------------------------- */

static void drop_proposals(struct draft *d, const char *consent)
{
    for (size_t i = d->file.in.proposals.count; i-- > 0;) {
        const struct proposal *proposal = &d->file.in.proposals.at[i];
        if (text_same(proposal->consent, consent))
            draft_drop(d, "proposals", proposal->name);
    }
}

static void put_in_force(struct draft *d, const struct consent_rule *rule)
{
    for (size_t i = d->file.in.proposals.count; i-- > 0;) {
        const struct proposal proposal = d->file.in.proposals.at[i];
        const struct field *field = process_field(d->process, proposal.name);
        if (!text_same(proposal.consent, rule->name))
            continue;
        if (field)
            draft_set_field(d, field, &proposal.value);
        draft_drop(d, "proposals", proposal.name);
    }
}

/* The day until which it counts: it moves with what it is worked out from. */
static day until_of(const struct draft *d, const struct consent_rule *rule)
{
    struct when_out when = { .known = false };
    if (rule->until)
        draft_when(d, &d->file, rule->until, NULL, &when);
    return when.known ? when.due : DAY_NONE;
}

/* Whether there is anything to say yes to: something proposed, or something in force. */
static bool has_matter(const struct draft *d, const struct consent_rule *rule)
{
    for (size_t i = 0; i < rule->covers.count; i++) {
        const char *field = rule->covers.at[i];
        if (casefile_proposal(&d->file, field) || casefile_field(&d->file, field))
            return true;
    }
    return rule->covers.count == 0;
}

static enum err_code may_give(struct draft *d, const struct consent_rule *rule,
                              const struct consent *consent)
{
    if (consent->status == CONSENT_LAPSED && rule->covers.count) {
        err_set(d->err, ERR_REFUSED, "'%s' cannot be given: its time to answer ended on %s and "
                "what was proposed has lapsed", text_or(rule->title, rule->name),
                draft_day(d, consent->lapses));
        err_hint(d->err, "propose it again, then record the answer");
        return ERR_REFUSED;
    }
    if (!has_matter(d, rule)) {
        err_set(d->err, ERR_REFUSED, "'%s' cannot be given: nothing has been proposed",
                rule->title ? rule->title : rule->name);
        err_hint(d->err, "say first what is to be agreed to, then record the answer");
        return ERR_REFUSED;
    }
    return ERR_NONE;
}

static enum err_code given(struct draft *d, const struct consent_rule *rule,
                           struct consent *consent)
{
    enum err_code rc = may_give(d, rule, consent);
    if (rc)
        return rc;
    put_in_force(d, rule);
    consent->status = CONSENT_GIVEN;
    consent->in_force = true;
    consent->lapses = DAY_NONE;
    return ERR_NONE;
}

static const char *who_answers(const struct draft *d)
{
    return d->in->event->by ? d->in->event->by : d->in->event->who_text;
}

/* Two answers of two people to one question: where one is enough a no does not undo another's
 * yes, where all are needed a yes does not undo another's no. Whoever reads the case must know. */
static bool only_remarked(struct draft *d, const struct consent_rule *rule,
                          const struct consent *consent)
{
    bool yes = text_same(d->in->event->act, "given");
    bool stands = rule->enough_all ? yes && consent->status == CONSENT_REFUSED
                                   : !yes && consent->status == CONSENT_GIVEN;
    if (!stands || !consent->by || text_same(consent->by, who_answers(d)))
        return false;
    draft_remark(d, arena_printf(d->arena, "'%s': %s said %s on %s, but %s had said %s on %s",
                                 text_or(rule->title, rule->name), who_answers(d),
                                 yes ? "yes" : "no", draft_day(d, d->on), consent->by,
                                 yes ? "no" : "yes", draft_day(d, consent->answered)));
    return true;
}

static bool asks_for(const struct event_rule *event, const char *consent)
{
    for (size_t i = 0; i < event->then.count; i++) {
        const struct effect *effect = &event->then.at[i];
        if (effect->kind == EFFECT_ASK && text_same(effect->name, consent))
            return true;
    }
    return false;
}

/* Whoever's event asks for it is told: they can ring. */
static void tell_asker(struct draft *d, const struct consent_rule *rule)
{
    for (size_t i = 0; i < d->process->state_count; i++) {
        const struct state *state = &d->process->states[i];
        for (size_t j = 0; j < state->event_count; j++) {
            const struct event_rule *event = state->events[j];
            if (!event->by.count || !asks_for(event, rule->name))
                continue;
            draft_notice(d, NOTICE_NOTIFY, event->by.at[0], rule->name);
            return;
        }
    }
}

static enum err_code apply_answer(struct draft *d, const struct consent_rule *rule,
                                  struct consent *consent, const struct state **to)
{
    const char *act = d->in->event->act;
    const char *title = text_or(rule->title, rule->name);
    bool was_asked = consent->status == CONSENT_ASKED && consent->asked != DAY_NONE;
    if (text_same(act, "given"))
        return given(d, rule, consent);
    if (text_same(act, "refused") && !(consent->status == CONSENT_GIVEN && consent->in_force)) {
        drop_proposals(d, rule->name);
        consent->status = CONSENT_REFUSED;
        consent->lapses = DAY_NONE;
        return ERR_NONE;
    }
    if (text_same(act, "discuss")) {
        if (!was_asked && consent->status != CONSENT_DISCUSS)
            return err_set(d->err, ERR_REFUSED, "'%s' has not been asked for", title);
        consent->status = CONSENT_DISCUSS;
        tell_asker(d, rule);
        return ERR_NONE;
    }
    /* Withdrawn; or refused after it was given, with nothing new asked: the same. */
    if (!consent->in_force && consent->status != CONSENT_GIVEN)
        return err_set(d->err, ERR_REFUSED, "'%s' cannot be withdrawn: it is not in force", title);
    drop_proposals(d, rule->name);
    consent->status = CONSENT_WITHDRAWN;
    consent->in_force = false;
    *to = rule->withdrawn_to ? process_state(d->process, rule->withdrawn_to) : NULL;
    if (*to && text_same((*to)->name, d->file.state))
        *to = NULL;
    return ERR_NONE;
}

static enum err_code check_answer(struct draft *d, const struct consent_rule *rule)
{
    static const char *const acts[] = { "given", "refused", "withdrawn", "discuss" };
    static const char *const hows[] = { "paper", "link", "telephone" };
    const struct event *event = d->in->event;
    if (!event->act || !text_in(event->act, acts, 4))
        return err_set(d->err, ERR_INPUT,
                       "an answer is given, refused, withdrawn or discuss, not '%s'",
                       event->act ? event->act : "");
    if (!event->how || !text_in(event->how, hows, 3)) {
        err_set(d->err, ERR_INPUT, "how '%s' was answered is missing",
                text_or(rule->title, rule->name));
        err_hint(d->err, "say paper, link or telephone");
        return ERR_INPUT;
    }
    bool self = text_same(event->role, rule->from);
    if (!event->by && !(self && event->who_text)) {
        err_set(d->err, ERR_INPUT, "who answered '%s' is missing",
                text_or(rule->title, rule->name));
        err_hint(d->err, "name the person (%s)", access_title(d->in->model, rule->from));
        return ERR_INPUT;
    }
    return access_check_part(d, text_or(rule->title, rule->name));
}

/* One of several has answered. *settled: that decides it, one way or the other. */
static enum err_code one_of_several(struct draft *d, const struct consent_rule *rule,
                                    struct consent *consent, bool *settled)
{
    const char *person = answers_person(d, rule, who_answers(d));
    bool yes = text_same(d->in->event->act, "given");
    *settled = !yes;
    if (!person)
        return ERR_REFUSED;
    enum err_code rc = yes ? may_give(d, rule, consent) : ERR_NONE;
    if (rc)
        return rc;
    answers_keep(d, rule, person);
    if (!yes)
        return ERR_NONE;
    *settled = !answers_open(d, rule);
    /* Somebody took back a no: it is open again, unless another's stands. */
    bool was_no = consent->status == CONSENT_REFUSED || consent->status == CONSENT_WITHDRAWN;
    if (!*settled && was_no && !answers_refusal(d, rule))
        consent->status = CONSENT_ASKED;
    return ERR_NONE;
}

enum err_code consents_answer(struct draft *d, const struct state **to)
{
    const struct event *event = d->in->event;
    const struct consent_rule *rule = process_consent(d->process, event->name);
    *to = NULL;
    MUST(rule);
    enum err_code rc = check_answer(d, rule);
    if (rc)
        return rc;
    struct consent consent = entry_of(d, rule);
    bool yes_or_no = text_same(event->act, "given") || text_same(event->act, "refused");
    bool settled = true;
    if (rule->of.count)
        rc = one_of_several(d, rule, &consent, &settled);
    else if (yes_or_no && only_remarked(d, rule, &consent))
        return ERR_NONE;
    if (!rc && !settled) {
        draft_set_consent(d, &consent);
        return ERR_NONE;
    }
    if (!rc)
        rc = apply_answer(d, rule, &consent, to);
    if (rc)
        return rc;
    if (consent.status != CONSENT_DISCUSS) {
        consent.answered = d->on;
        consent.by = who_answers(d);
        consent.how = event->how;
    }
    draft_set_consent(d, &consent);
    return ERR_NONE;
}

void consents_settle(struct draft *d)
{
    for (size_t i = 0; i < d->process->consent_count; i++) {
        const struct consent_rule *rule = &d->process->consents[i];
        const struct consent *old = casefile_consent(&d->file, rule->name);
        if (!old)
            continue;
        struct consent consent = *old;
        if (consent.in_force)
            consent.until = until_of(d, rule);
        if (consent.in_force && consent.until != DAY_NONE && consent.until < d->today)
            consent.in_force = false;
        bool waits = consent.status == CONSENT_ASKED || consent.status == CONSENT_DISCUSS;
        if (waits && consent.lapses != DAY_NONE && consent.lapses < d->today) {
            consent.status = CONSENT_LAPSED;
            drop_proposals(d, rule->name);
        }
        if (consent.in_force != old->in_force || consent.until != old->until ||
            consent.status != old->status)
            draft_set_consent(d, &consent);
    }
}
