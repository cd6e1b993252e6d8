/* SPDX-License-Identifier: MIT */
#include "engine/run/ics.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"

#include <string.h>
#include <strings.h>

struct reading {
    struct arena *arena;
    struct err *err;
    const char *at, *end;
    int next_line;
    /* The line at hand, unfolded: NAME;PARAMS:VALUE. */
    int line;
    const char *name, *params, *value;
    /* What is open: "VCALENDAR", "VEVENT", ... */
    const char *open[ICS_DEPTH_MAX];
    size_t depth;
    struct ics_events *out;
    struct ics_event event;
    int days;              /* DURATION in days; 0: none. */
};

static enum err_code wrong(struct reading *r, const char *what)
{
    return err_set(r->err, ERR_INPUT, "line %d: %s", r->line, what);
}

/* --- lines ----------------------------------------------------------------------------------- */

/* One line of the file without its end. */
static void one_line_of(struct reading *r, struct buf *text)
{
    const char *stop = memchr(r->at, '\n', (size_t)(r->end - r->at));
    const char *to = stop ? stop : r->end;
    size_t len = (size_t)(to - r->at);
    if (len && r->at[len - 1] == '\r')
        len--;
    buf_add_n(text, r->at, len);
    r->at = stop ? stop + 1 : r->end;
    r->next_line++;
}

/* The next line that is not empty, with those that go on with a blank. False: there is none. */
static bool next_text(struct reading *r, const char **out)
{
    while (r->at < r->end) {
        struct buf text = buf_in(r->arena);
        r->line = r->next_line;
        one_line_of(r, &text);
        while (r->at < r->end && (*r->at == ' ' || *r->at == '\t')) {
            r->at++;
            one_line_of(r, &text);
        }
        *out = buf_text(&text);
        if (**out)
            return true;
    }
    return false;
}

/* A colon within quotes belongs to a parameter. */
static bool split(struct reading *r, const char *text)
{
    size_t name = strcspn(text, ";:"), at = name;
    bool quoted = false;
    while (text[at] && (quoted || text[at] != ':'))
        quoted ^= text[at++] == '"';
    if (!name || !text[at])
        return false;
    r->name = arena_text_n(r->arena, text, name);
    r->params = arena_text_n(r->arena, text + name, at - name);
    r->value = text + at + 1;
    return true;
}

/* --- values ---------------------------------------------------------------------------------- */

static bool digits(const char *text, size_t count)
{
    return strspn(text, "0123456789") >= count;
}

/* "20260903", or a midnight ("20260903T000000"), which some programs write for a whole day. */
static enum err_code read_date(struct reading *r, day *out)
{
    char text[DAY_TEXT_MAX];
    const char *v = r->value;
    if (!digits(v, 8) || (v[8] && v[8] != 'T'))
        return wrong(r, "a date is written 20260903");
    if (v[8] && strcmp(v + 8, "T000000") != 0)
        return wrong(r, "a time of day: only whole days are read");
    char why[200];
    strcpy(text, "0000-00-00");
    memcpy(text, v, 4);
    memcpy(text + 5, v + 4, 2);
    memcpy(text + 8, v + 6, 2);
    if (day_parse(text, out))
        return ERR_NONE;
    day_parse_why(text, why, sizeof why);
    return wrong(r, why);
}

/* "P5D" or "P2W". */
static enum err_code read_duration(struct reading *r)
{
    const char *v = r->value;
    size_t count = *v == 'P' ? strspn(v + 1, "0123456789") : 0;
    char unit = count ? v[1 + count] : '\0';
    if (!count || count > 3 || (unit != 'D' && unit != 'W') || v[2 + count])
        return wrong(r, "a length of whole days is wanted, such as P5D");
    for (size_t i = 0; i < count; i++)
        r->days = r->days * 10 + (v[1 + i] - '0');
    r->days *= unit == 'W' ? 7 : 1;
    return r->days ? ERR_NONE : wrong(r, "an event of no days");
}

static const char *unescaped(struct reading *r, const char *value)
{
    struct buf text = buf_in(r->arena);
    for (const char *c = value; *c; c++) {
        bool escaped = *c == '\\' && c[1];
        c += escaped;
        bool line = escaped && (*c == 'n' || *c == 'N');
        buf_char(&text, line || (unsigned char)*c < 0x20 ? ' ' : *c);
    }
    return buf_text(&text);
}

/* --- components ------------------------------------------------------------------------------ */

static bool in_event(const struct reading *r)
{
    return r->depth == 2 && strcmp(r->open[1], "VEVENT") == 0;
}

static enum err_code begin(struct reading *r)
{
    if (r->depth == ICS_DEPTH_MAX)
        return err_set(r->err, ERR_LIMIT, "line %d: nested too deep", r->line);
    if (!r->depth && strcmp(r->value, "VCALENDAR") != 0)
        return wrong(r, "an iCalendar file begins with BEGIN:VCALENDAR");
    r->open[r->depth++] = r->value;
    if (in_event(r)) {
        r->event = (struct ics_event){ .line = r->line, .from = DAY_NONE, .to = DAY_NONE };
        r->days = 0;
    }
    return ERR_NONE;
}

/* DTEND is the day after the last. */
static enum err_code end_event(struct reading *r)
{
    struct ics_event *event = &r->event;
    if (event->from == DAY_NONE || !event->summary)
        return err_set(r->err, ERR_INPUT, "line %d: an event without %s", event->line,
                       event->summary ? "DTSTART" : "SUMMARY");
    if (event->to != DAY_NONE && r->days)
        return err_set(r->err, ERR_INPUT, "line %d: an event with DTEND and DURATION",
                       event->line);
    event->to = event->to != DAY_NONE ? event->to - 1
                                      : event->from + (r->days ? r->days - 1 : 0);
    if (event->to < event->from)
        return err_set(r->err, ERR_INPUT, "line %d: an event that ends before it begins",
                       event->line);
    if (r->out->count == ICS_EVENTS_MAX)
        return err_set(r->err, ERR_LIMIT, "more than %d events", ICS_EVENTS_MAX);
    *LIST_ADD(r->arena, r->out) = *event;
    return ERR_NONE;
}

static enum err_code end(struct reading *r)
{
    if (!r->depth || strcmp(r->open[r->depth - 1], r->value) != 0)
        return wrong(r, "an END that does not fit its BEGIN");
    enum err_code rc = in_event(r) ? end_event(r) : ERR_NONE;
    r->depth--;
    return rc;
}

static enum err_code once(struct reading *r, day *date)
{
    return *date == DAY_NONE ? read_date(r, date) : wrong(r, "a date stands twice in one event");
}

static enum err_code property(struct reading *r)
{
    static const char *const moving[] = { "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID" };
    if (strcasecmp(r->name, "DTSTART") == 0)
        return once(r, &r->event.from);
    if (strcasecmp(r->name, "DTEND") == 0)
        return once(r, &r->event.to);
    if (strcasecmp(r->name, "DURATION") == 0)
        return r->days ? wrong(r, "a length stands twice in one event") : read_duration(r);
    if (strcasecmp(r->name, "SUMMARY") == 0)
        r->event.summary = unescaped(r, r->value);
    if (strcasecmp(r->name, "STATUS") == 0)
        r->event.cancelled = strcasecmp(r->value, "CANCELLED") == 0;
    for (size_t i = 0; i < sizeof moving / sizeof *moving; i++)
        if (strcasecmp(r->name, moving[i]) == 0)
            return wrong(r, "an event that comes again: write each of its days");
    return ERR_NONE;
}

enum err_code ics_read(struct arena *arena, const char *bytes, size_t len, struct ics_events *out,
                       struct err *err)
{
    struct reading r = { .arena = arena, .err = err, .at = bytes, .end = bytes + len,
                         .next_line = 1, .line = 1, .out = out };
    const char *text;
    bool closed = false;
    *out = (struct ics_events){ 0 };
    if (len > ICS_BYTES_MAX)
        return err_set(err, ERR_LIMIT, "the file is larger than %d KB", ICS_BYTES_MAX / 1024);
    if (!utf8_valid(bytes, len))
        return err_set(err, ERR_INPUT, "the file is not UTF-8 text");
    if (len >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
        r.at += 3;
    while (next_text(&r, &text)) {
        enum err_code rc = ERR_NONE;
        if (closed)
            return wrong(&r, "something follows the end of the calendar");
        if (!split(&r, text))
            return wrong(&r, "not a line of an iCalendar file");
        if (strcasecmp(r.name, "BEGIN") == 0)
            rc = begin(&r);
        else if (!r.depth)
            rc = wrong(&r, "an iCalendar file begins with BEGIN:VCALENDAR");
        else if (strcasecmp(r.name, "END") == 0)
            rc = end(&r);
        else if (in_event(&r))
            rc = property(&r);
        if (rc)
            return rc;
        closed = !r.depth;
    }
    if (!closed)
        return err_set(err, ERR_INPUT, "the calendar has no end");
    return ERR_NONE;
}
