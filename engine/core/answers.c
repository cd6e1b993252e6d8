/* SPDX-License-Identifier: MIT */
#include "engine/core/answers.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include <strings.h>

/* A person is who answers: names are compared as answers_person compares them. */
static bool is_among(const char *name, const char *const *people, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcasecmp(people[i], name) == 0)
            return true;
    return false;
}

/* Those who have to agree in this case: what the rule's fields (`of`) hold. 0: nobody is named. */
static size_t people_of(const struct draft *d, const struct consent_rule *rule, const char ***out)
{
    const char **people = ARENA_ARRAY(d->arena, const char *, rule->of.count + 1);
    size_t count = 0;
    for (size_t i = 0; i < rule->of.count; i++) {
        const struct field_entry *entry = casefile_field(&d->file, rule->of.at[i]);
        if (entry && entry->value.kind == VALUE_TEXT && !is_among(entry->value.text, people, count))
            people[count++] = entry->value.text;
    }
    *out = people;
    return count;
}

static const char *entry_name(const struct draft *d, const struct consent_rule *rule,
                              const char *person)
{
    return arena_printf(d->arena, "%s: %s", rule->name, person);
}

static const struct consent_answer *answer_of(const struct draft *d,
                                              const struct consent_rule *rule, const char *person)
{
    return casefile_answer(&d->file, entry_name(d, rule, person));
}

const char *answers_person(struct draft *d, const struct consent_rule *rule, const char *name)
{
    const char **people;
    const char *title = text_or(rule->title, rule->name);
    size_t count = people_of(d, rule, &people);
    for (size_t i = 0; i < count; i++)
        if (strcasecmp(people[i], name) == 0)
            return people[i];
    if (!count) {
        err_set(d->err, ERR_REFUSED, "who has to agree to '%s' is not known yet: '%s' is missing",
                title, draft_field_label(d, rule->of.at[0]));
        return NULL;
    }
    err_set(d->err, ERR_REFUSED, "'%s' is not one of those who have to agree to '%s'", name,
            title);
    if (!err_nearest(d->err, name, people, count))
        err_hint(d->err, "it is for %s", text_list(d->arena, people, count, " and "));
    return NULL;
}

void answers_keep(struct draft *d, const struct consent_rule *rule, const char *person)
{
    const struct event *event = d->in->event;
    const struct consent_answer *old = answer_of(d, rule, person);
    struct consent_answer answer = { .name = entry_name(d, rule, person), .consent = rule->name,
                                     .who = person, .how = event->how, .on = d->on,
                                     .proof = event->file };
    answer.status = text_same(event->act, "given")     ? CONSENT_GIVEN
                    : text_same(event->act, "refused") ? CONSENT_REFUSED
                    : text_same(event->act, "discuss") ? CONSENT_DISCUSS
                                                       : CONSENT_WITHDRAWN;
    if (old && !answer.proof)
        answer.proof = old->proof;
    draft_set_answer(d, &answer);
}

const char *answers_open(const struct draft *d, const struct consent_rule *rule)
{
    const char **people;
    size_t count = people_of(d, rule, &people), open = 0;
    for (size_t i = 0; i < count; i++) {
        const struct consent_answer *answer = answer_of(d, rule, people[i]);
        if (!answer || answer->status != CONSENT_GIVEN)
            people[open++] = people[i];
    }
    return open || !count ? text_list(d->arena, people, open, " and ") : NULL;
}

const struct consent_answer *answers_refusal(const struct draft *d,
                                             const struct consent_rule *rule)
{
    const char **people;
    size_t count = people_of(d, rule, &people);
    for (size_t i = 0; i < count; i++) {
        const struct consent_answer *answer = answer_of(d, rule, people[i]);
        if (answer && (answer->status == CONSENT_REFUSED || answer->status == CONSENT_WITHDRAWN))
            return answer;
    }
    return NULL;
}

void answers_forget(struct draft *d, const char *consent)
{
    for (size_t i = d->file.in.answers.count; i-- > 0;)
        if (text_same(d->file.in.answers.at[i].consent, consent))
            draft_drop(d, "answers", d->file.in.answers.at[i].name);
}
