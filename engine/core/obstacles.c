/* SPDX-License-Identifier: MIT */
#include "engine/core/obstacles.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/core/checklists.h"
#include "engine/core/consents.h"
#include "engine/core/given.h"
#include <string.h>

/* Where something asked is missing, a condition that is not known for want of it says nothing new;
 * in a preview it will be asked. Either way the event is not let through by it. */
static bool still_asked(const struct draft *d, const struct ask *asks, size_t count)
{
    return d->lacks.count || (d->preview && asks && count);
}

static void say_unknown(struct draft *d, const struct answer *answer)
{
    const char *label = answer->why ? draft_field_label(d, answer->why) : NULL;
    draft_lacks(d, "'%s' is not known", label ? label : "what its condition asks");
}

static enum err_code check_only_if(struct draft *d, const struct condition *condition, bool quiet)
{
    struct answer answer;
    if (!condition)
        return ERR_NONE;
    enum err_code rc = draft_ask(d, condition, &answer);
    if (rc || answer.truth == TRUTH_YES)
        return rc;
    if (answer.truth == TRUTH_NO && answer.why)
        draft_lacks(d, "%s", answer.why);
    else if (answer.truth == TRUTH_NO)
        draft_lacks(d, "it is only possible if %s", condition->source);
    else if (!quiet)
        say_unknown(d, &answer);
    return ERR_NONE;
}

static enum err_code check_refused_if(struct draft *d, const struct refusal *refusals, size_t count,
                                      bool quiet)
{
    for (size_t i = 0; i < count; i++) {
        struct answer answer;
        enum err_code rc = draft_ask(d, refusals[i].is, &answer);
        if (rc)
            return rc;
        if (answer.truth == TRUTH_YES)
            draft_lacks(d, "%s%s%s%s", refusals[i].say ? refusals[i].say : refusals[i].name,
                        answer.why ? " (" : "", answer.why ? answer.why : "",
                        answer.why ? ")" : "");
        else if (answer.truth == TRUTH_UNKNOWN && !quiet)
            say_unknown(d, &answer);
    }
    return ERR_NONE;
}

static enum err_code check_item_need(struct draft *d, const char *need)
{
    const char *name;
    const struct checklist *list = process_list_of(d->process, need, &name);
    struct list_item item;
    if (list && checklists_find(d, list, name, &item))
        return checklists_need_item(d, &item);
    draft_lacks(d, "'%s' is missing", need);
    return ERR_NONE;
}

static enum err_code check_needs(struct draft *d, const struct names *needs)
{
    enum err_code rc = ERR_NONE;
    for (size_t i = 0; i < needs->count && !rc; i++) {
        const char *need = needs->at[i];
        const struct checklist *list = process_checklist(d->process, need);
        const struct consent_rule *consent = process_consent(d->process, need);
        bool enough;
        if (strchr(need, '.'))
            rc = check_item_need(d, need);
        else if (list)
            rc = checklists_enough(d, list, true, &enough);
        else if (consent)
            rc = consents_need(d, consent);
    }
    return rc;
}

/* The later of the pack's and the law's. */
static enum err_code check_not_before(struct draft *d, const struct not_before *rule)
{
    if (!rule || draft_in_force(d, rule->in_force, NULL, false) == TRUTH_NO)
        return ERR_NONE;
    if (rule->unless) {
        struct answer answer;
        enum err_code rc = draft_ask(d, rule->unless, &answer);
        if (rc || answer.truth == TRUTH_YES)
            return rc;
    }
    const struct casefile seen = draft_seen(d);
    const struct moment *moments[] = { rule->is, rule->floor };
    const char *calendars[] = { rule->calendar, rule->floor_calendar };
    day earliest = DAY_NONE;
    for (size_t i = 0; i < 2; i++) {
        struct when_out when;
        if (!moments[i])
            continue;
        draft_when(d, &seen, moments[i], calendars[i], &when);
        if (!when.known) {
            draft_lacks(d, "it has an earliest day (%s), which is not known yet: '%s' is missing",
                        moments[i]->text, when.missing ? draft_field_label(d, when.missing)
                                                       : "the calendar of that year");
            return ERR_NONE;
        }
        if (when.due > earliest)
            earliest = when.due;
    }
    if (d->on < earliest)
        draft_lacks(d, "not before %s (%s%s%s)", draft_day(d, earliest),
                    rule->is ? rule->is->text : rule->floor->text, rule->law ? "; " : "",
                    rule->law ? rule->law : "");
    return ERR_NONE;
}

enum err_code obstacles_dated(struct draft *d, const struct event_rule *rule)
{
    if (!rule->dated || event_by_clock(d->in->event))
        return ERR_NONE;
    const struct value *value = draft_value(d, rule->dated);
    const char *label = draft_field_label(d, rule->dated);
    if (!value || value->kind != VALUE_DATE) {
        if (!d->preview) {
            draft_lacks(d, "'%s' is missing", label);
            draft_hint(d, "give %s=...", rule->dated);
        }
        return ERR_NONE;
    }
    if (value->number > d->today && !d->preview)
        return err_set(d->err, ERR_INPUT,
                       "'%s' cannot have happened yet: '%s' is in the future, %s",
                       text_or(rule->title, rule->name), label, draft_day(d, (day)value->number));
    if (value->number > d->today)
        draft_lacks(d, "'%s' is in the future, %s", label, draft_day(d, (day)value->number));
    else
        d->on = (day)value->number;
    return ERR_NONE;
}

enum err_code obstacles_event(struct draft *d, const struct event_rule *rule)
{
    enum err_code rc = given_check(d, rule->asks, rule->ask_count);
    if (rc)
        return rc;
    bool quiet = still_asked(d, rule->asks, rule->ask_count);
    draft_in_force(d, rule->in_force, rule->name, true);
    rc = check_only_if(d, rule->only_if, quiet);
    if (!rc)
        rc = check_refused_if(d, rule->refused_if, rule->refused_count, quiet);
    if (!rc)
        rc = check_needs(d, &rule->needs);
    if (!rc)
        rc = check_not_before(d, rule->not_before);
    return rc ? rc : draft_verdict(d, text_or(rule->title, rule->name));
}

enum err_code obstacles_open(struct draft *d)
{
    const struct process *process = d->process;
    enum err_code rc = given_check(d, process->open_asks, process->open_ask_count);
    bool quiet = still_asked(d, process->open_asks, process->open_ask_count);
    if (!rc)
        rc = check_only_if(d, process->open_only_if, quiet);
    if (!rc)
        rc = check_refused_if(d, process->open_refused_if, process->open_refused_count, quiet);
    return rc ? rc : draft_verdict(d, text_or(process->title, process->name));
}
