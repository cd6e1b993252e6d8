/* SPDX-License-Identifier: MIT */
#include "engine/model/section.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char *const clock_words[] = { "running",  "missed",  "met",
                                           "met late", "excused", "cancelled" };
static const char *const consent_words[] = { "asked",     "given",  "refused",
                                             "withdrawn", "lapsed", "discuss" };

#define TEXT(type, m, k)   { k, MEMBER_TEXT, offsetof(struct type, m), NULL, 0 }
#define DAY(type, m, k)    { k, MEMBER_DAY, offsetof(struct type, m), NULL, 0 }
#define YES(type, m, k)    { k, MEMBER_YES, offsetof(struct type, m), NULL, 0 }
#define NUMBER(type, m, k) { k, MEMBER_NUMBER, offsetof(struct type, m), NULL, 0 }

static const struct member clock_members[] = {
    DAY(clock, closed_on, "closed"),
    DAY(clock, do_by, "do_by"),
    DAY(clock, due, "due"),
    TEXT(clock, ground, "ground"),
    DAY(clock, law, "law"),
    DAY(clock, local, "local"),
    YES(clock, provisional, "provisional"),
    { "round", MEMBER_COUNT, offsetof(struct clock, round), NULL, 0 },
    DAY(clock, since, "since"),
    { "status", MEMBER_WORD, offsetof(struct clock, status), clock_words, COUNT(clock_words) },
    { "told", MEMBER_MINUTE, offsetof(struct clock, told), NULL, 0 },
    TEXT(clock, why, "why"),
};
static const struct member consent_members[] = {
    DAY(consent, answered, "answered"),
    DAY(consent, asked, "asked"),
    TEXT(consent, by, "by"),
    YES(consent, in_force, "force"),
    TEXT(consent, how, "how"),
    DAY(consent, lapses, "lapses"),
    { "status", MEMBER_WORD, offsetof(struct consent, status), consent_words,
      COUNT(consent_words) },
    DAY(consent, until, "until"),
};
static const struct member happened_members[] = {
    { "count", MEMBER_COUNT, offsetof(struct happened, count), NULL, 0 },
    DAY(happened, first, "first"),
    DAY(happened, latest, "latest"),
};
static const struct member field_entry_members[] = {
    YES(field_entry, personal, "p"),
    { "t", MEMBER_VALUE, offsetof(struct field_entry, value), NULL, 0 },
};
static const struct member item_members[] = {
    DAY(item, asked, "asked"),    TEXT(item, by, "by"),       DAY(item, done, "done"),
    YES(item, na, "na"),          TEXT(item, proof, "proof"), TEXT(item, title, "title"),
    TEXT(item, why, "why"),
};
static const struct member link_members[] = {
    NUMBER(link, case_id, "case"),
    TEXT(link, process, "process"),
};
static const struct member party_members[] = {
    NUMBER(party, person, "person"),
    TEXT(party, text, "text"),
};
static const struct member proposal_members[] = {
    TEXT(proposal, consent, "c"),
    YES(proposal, personal, "p"),
    { "t", MEMBER_VALUE, offsetof(struct proposal, value), NULL, 0 },
};
static const struct member remark_members[] = {
    TEXT(remark, text, "text"),
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
static const struct happened happened_blank = { .first = DAY_NONE, .latest = DAY_NONE };
static const struct item item_blank = { .asked = DAY_NONE, .done = DAY_NONE };
static const struct field_entry field_entry_blank = { .name = NULL };
static const struct link link_blank = { .name = NULL };
static const struct party party_blank = { .name = NULL };
static const struct proposal proposal_blank = { .name = NULL };
static const struct remark remark_blank = { .name = NULL };

const struct section sections[SECTION_COUNT] = {
#define X(member, type, key)                                                                      \
    { key, sizeof(struct type), &type##_blank, type##_members, COUNT(type##_members) },
    CASEFILE_SECTIONS(X)
#undef X
};

const char *clock_status_name(enum clock_status status)
{
    return (size_t)status < COUNT(clock_words) ? clock_words[status] : "";
}

const char *consent_status_name(enum consent_status status)
{
    return (size_t)status < COUNT(consent_words) ? consent_words[status] : "";
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
