/* SPDX-License-Identifier: MIT */
#include "engine/model/section.h"

#include <string.h>

static const char *const clock_words[] = { "running",  "missed",  "met",
                                           "met late", "excused", "cancelled",
                                           "missed, never met", "paused" };
static const char *const drawn_words[] = { "extended", "late" };
static const char *const consent_words[] = { "asked",     "given",  "refused",
                                             "withdrawn", "lapsed", "discuss" };

static const struct member clock_members[] = {
    MEMBER(clock, closed_on, "closed", DAY),
    MEMBER(clock, do_by, "do_by", DAY),
    MEMBER(clock, due, "due", DAY),
    MEMBER(clock, ground, "ground", TEXT),
    MEMBER(clock, law, "law", DAY),
    MEMBER(clock, local, "local", DAY),
    MEMBER(clock, provisional, "provisional", YES),
    MEMBER(clock, remind, "remind", TEXT),
    MEMBER(clock, round, "round", COUNT),
    MEMBER(clock, since, "since", DAY),
    MEMBER_ONE_OF(clock, status, "status", clock_words),
    MEMBER(clock, told, "told", MINUTE),
    MEMBER(clock, why, "why", TEXT),
};
static const struct member consent_members[] = {
    MEMBER(consent, answered, "answered", DAY),
    MEMBER(consent, asked, "asked", DAY),
    MEMBER(consent, by, "by", TEXT),
    MEMBER(consent, in_force, "force", YES),
    MEMBER(consent, how, "how", TEXT),
    MEMBER(consent, lapses, "lapses", DAY),
    MEMBER_ONE_OF(consent, status, "status", consent_words),
    MEMBER(consent, until, "until", DAY),
};
static const struct member consent_answer_members[] = {
    MEMBER(consent_answer, consent, "consent", TEXT),
    MEMBER(consent_answer, how, "how", TEXT),
    MEMBER(consent_answer, on, "on", DAY),
    MEMBER(consent_answer, proof, "proof", TEXT),
    MEMBER_ONE_OF(consent_answer, status, "status", consent_words),
    MEMBER(consent_answer, who, "who", TEXT),
};
static const struct member drawn_members[] = {
    MEMBER(drawn, by, "by", TEXT),
    MEMBER(drawn, from, "from", DAY),
    MEMBER(drawn, ground, "ground", TEXT),
    MEMBER_ONE_OF(drawn, kind, "kind", drawn_words),
    MEMBER(drawn, on, "on", DAY),
    MEMBER(drawn, proof, "proof", TEXT),
    MEMBER(drawn, role, "role", TEXT),
    MEMBER(drawn, round, "round", COUNT),
    MEMBER(drawn, to, "to", DAY),
    MEMBER(drawn, why, "why", TEXT),
};
static const struct member happened_members[] = {
    MEMBER(happened, count, "count", COUNT),
    MEMBER(happened, first, "first", DAY),
    MEMBER(happened, latest, "latest", DAY),
};
static const struct member field_entry_members[] = {
    MEMBER(field_entry, personal, "p", YES),
    MEMBER(field_entry, value, "t", VALUE),
};
static const struct member item_members[] = {
    MEMBER(item, asked, "asked", DAY),
    MEMBER(item, by, "by", TEXT),
    MEMBER(item, done, "done", DAY),
    MEMBER(item, due, "due", DAY),
    MEMBER(item, na, "na", YES),
    MEMBER(item, proof, "proof", TEXT),
    MEMBER(item, title, "title", TEXT),
    MEMBER(item, why, "why", TEXT),
};
static const struct member letter_entry_members[] = {
    MEMBER(letter_entry, email, "email", YES),
    MEMBER(letter_entry, made, "made", DAY),
    MEMBER(letter_entry, message, "message", TEXT),
    MEMBER(letter_entry, role, "role", TEXT),
    MEMBER(letter_entry, round, "round", COUNT),
    MEMBER(letter_entry, sent, "sent", DAY),
    MEMBER(letter_entry, why, "why", TEXT),
};
static const struct member link_members[] = {
    MEMBER(link, case_id, "case", NUMBER),
    MEMBER(link, process, "process", TEXT),
};
static const struct member marking_members[] = {
    MEMBER(marking, on, "on", DAY),
};
static const struct member party_members[] = {
    MEMBER(party, person, "person", NUMBER),
    MEMBER(party, text, "text", TEXT),
};
static const struct member proposal_members[] = {
    MEMBER(proposal, consent, "c", TEXT),
    MEMBER(proposal, personal, "p", YES),
    MEMBER(proposal, value, "t", VALUE),
};
static const struct member remark_members[] = {
    MEMBER(remark, text, "text", TEXT),
};

static const struct clock clock_blank = {
    .since = DAY_NONE,
    .due = DAY_NONE,
    .law = DAY_NONE,
    .local = DAY_NONE,
    .do_by = DAY_NONE,
    .closed_on = DAY_NONE,
    .told = MINUTE_NONE,
};
static const struct consent consent_blank = {
    .asked = DAY_NONE, .answered = DAY_NONE, .lapses = DAY_NONE, .until = DAY_NONE
};
static const struct consent_answer consent_answer_blank = { .on = DAY_NONE };
static const struct drawn drawn_blank = { .on = DAY_NONE, .from = DAY_NONE, .to = DAY_NONE };
static const struct marking marking_blank = { .on = DAY_NONE };
static const struct happened happened_blank = { .first = DAY_NONE, .latest = DAY_NONE };
static const struct item item_blank = { .asked = DAY_NONE, .done = DAY_NONE, .due = DAY_NONE };
static const struct field_entry field_entry_blank = { .name = NULL };
static const struct letter_entry letter_entry_blank = { .made = DAY_NONE, .sent = DAY_NONE };
static const struct link link_blank = { .name = NULL };
static const struct party party_blank = { .name = NULL };
static const struct proposal proposal_blank = { .name = NULL };
static const struct remark remark_blank = { .name = NULL };

const struct section sections[SECTION_COUNT] = {
#define X(member, type, key)                                                                      \
    { key, RECORD(type, &type##_blank, type##_members) },
    CASEFILE_SECTIONS(X)
#undef X
};

const char *clock_status_name(enum clock_status status)
{
    return (size_t)status < MEMBER_COUNT_OF(clock_words) ? clock_words[status] : "";
}

const char *consent_status_name(enum consent_status status)
{
    return (size_t)status < MEMBER_COUNT_OF(consent_words) ? consent_words[status] : "";
}

static int two(const char *text)
{
    unsigned a = (unsigned)(text[0] - '0'), b = (unsigned)(text[1] - '0');
    return a < 10 && b < 10 ? (int)(a * 10 + b) : -1;
}

bool stored_day(const char *text, day *out)
{
    if (strnlen(text, 11) != 10 || text[4] != '-' || text[7] != '-')
        return false;
    int century = two(text), year = two(text + 2), month = two(text + 5), mday = two(text + 8);
    if (century < 0 || year < 0 || month < 1 || month > 12 || mday < 1 ||
        mday > month_days(century * 100 + year, month))
        return false;
    *out = day_of(century * 100 + year, month, mday);
    return true;
}
