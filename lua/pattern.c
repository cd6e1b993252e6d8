/* SPDX-License-Identifier: MIT */
#include "lua/pattern.h"

#include <string.h>

static const char *step(struct pattern *m, const char *s, const char *p);

void pattern_init(struct pattern *pattern, const char *subject, size_t subject_len,
                  const char *text, size_t text_len, int64_t work)
{
    *pattern = (struct pattern){
        .subject = subject,
        .subject_end = subject + subject_len,
        .pattern_end = text + text_len,
        .work = work,
        .depth = PATTERN_DEPTH_MAX,
    };
}

static const char *wrong(struct pattern *m, const char *error)
{
    if (!m->error)
        m->error = error;
    return NULL;
}

/* False: there is no work left, or the pattern is wrong; everything unwinds. */
static bool work(struct pattern *m, int64_t amount)
{
    m->work -= amount;
    return m->work > 0 && !m->error;
}

/* --- one character --------------------------------------------------------------------------- */

static bool is_lower(unsigned c) { return c - 'a' < 26; }
static bool is_upper(unsigned c) { return c - 'A' < 26; }
static bool is_digit(unsigned c) { return c - '0' < 10; }
static bool is_graph(unsigned c) { return c > 32 && c < 127; }

/* `c` against the class letter after a %. */
static bool in_class(unsigned c, unsigned letter)
{
    bool in;
    switch (letter | 0x20) {
    case 'a': in = is_lower(c) || is_upper(c); break;
    case 'c': in = c < 32 || c == 127; break;
    case 'd': in = is_digit(c); break;
    case 'g': in = is_graph(c); break;
    case 'l': in = is_lower(c); break;
    case 'p': in = is_graph(c) && !is_lower(c) && !is_upper(c) && !is_digit(c); break;
    case 's': in = c == ' ' || c - 9 < 5; break;
    case 'u': in = is_upper(c); break;
    case 'w': in = is_lower(c) || is_upper(c) || is_digit(c); break;
    case 'x': in = is_digit(c) || (c | 0x20) - 'a' < 6; break;
    default: return letter == c;
    }
    return is_upper(letter) ? !in : in;
}

/* The end of the single character, class or set at `p`. */
static const char *single_end(struct pattern *m, const char *p)
{
    if (*p == '%') {
        if (p + 1 == m->pattern_end)
            return wrong(m, "it ends with %");
        return p + 2;
    }
    if (*p++ != '[')
        return p;
    if (p < m->pattern_end && *p == '^')
        p++;
    do { /* A ] that comes first stands for itself. */
        if (p == m->pattern_end)
            return wrong(m, "a [ is not closed");
        char c = *p++;
        if (c == '%') {
            if (p == m->pattern_end)
                return wrong(m, "a [ is not closed");
            p++;
        }
    } while (p == m->pattern_end || *p != ']');
    return p + 1;
}

/* `p` at the [, `last` at its ]. */
static bool in_set(struct pattern *m, unsigned c, const char *p, const char *last)
{
    bool found = true;
    if (p[1] == '^') {
        found = false;
        p++;
    }
    while (++p < last) {
        m->work--;
        if (*p == '%') {
            p++;
            if (in_class(c, (unsigned char)*p))
                return found;
        } else if (p[1] == '-' && p + 2 < last) {
            if ((unsigned char)p[0] <= c && c <= (unsigned char)p[2])
                return found;
            p += 2;
        } else if ((unsigned char)*p == c) {
            return found;
        }
    }
    return !found;
}

static bool single(struct pattern *m, const char *s, const char *p, const char *end)
{
    if (s >= m->subject_end || !work(m, 1))
        return false;
    unsigned c = (unsigned char)*s;
    switch (*p) {
    case '.':
        return true;
    case '%':
        return in_class(c, (unsigned char)p[1]);
    case '[':
        return in_set(m, c, p, end - 1);
    default:
        return (unsigned char)*p == c;
    }
}

/* --- several --------------------------------------------------------------------------------- */

static const char *most(struct pattern *m, const char *s, const char *p, const char *end)
{
    ptrdiff_t n = 0;
    while (single(m, s + n, p, end))
        n++;
    for (; n >= 0 && work(m, 1); n--) {
        const char *found = step(m, s + n, end + 1);
        if (found)
            return found;
    }
    return NULL;
}

static const char *fewest(struct pattern *m, const char *s, const char *p, const char *end)
{
    while (work(m, 1)) {
        const char *found = step(m, s, end + 1);
        if (found)
            return found;
        if (!single(m, s, p, end))
            return NULL;
        s++;
    }
    return NULL;
}

static const char *balanced(struct pattern *m, const char *s, const char *p)
{
    if (p + 1 >= m->pattern_end)
        return wrong(m, "%b wants two characters");
    if (s >= m->subject_end || *s != *p)
        return NULL;
    int open = 1;
    for (s++; s < m->subject_end && work(m, 1); s++) {
        if (*s == p[1]) {
            if (--open == 0)
                return s + 1;
        } else if (*s == *p) {
            open++;
        }
    }
    return NULL;
}

static const char *frontier(struct pattern *m, const char *s, const char *p)
{
    if (p >= m->pattern_end || *p != '[')
        return wrong(m, "%f wants a set in [ ]");
    const char *end = single_end(m, p);
    if (!end)
        return NULL;
    unsigned before = s == m->subject ? 0 : (unsigned char)s[-1];
    unsigned here = s == m->subject_end ? 0 : (unsigned char)*s;
    if (in_set(m, before, p, end - 1) || !in_set(m, here, p, end - 1))
        return NULL;
    return step(m, s, end);
}

/* --- captures -------------------------------------------------------------------------------- */

static const char *capture_begin(struct pattern *m, const char *s, const char *p, ptrdiff_t what)
{
    if (m->count >= PATTERN_CAPTURES_MAX)
        return wrong(m, "it has more than 32 captures");
    m->capture[m->count].at = s;
    m->capture[m->count].len = what;
    m->count++;
    const char *found = step(m, s, p);
    if (!found)
        m->count--;
    return found;
}

static const char *capture_end(struct pattern *m, const char *s, const char *p)
{
    int at = m->count - 1;
    while (at >= 0 && m->capture[at].len != PATTERN_OPEN)
        at--;
    if (at < 0)
        return wrong(m, "a ) closes nothing");
    m->capture[at].len = s - m->capture[at].at;
    const char *found = step(m, s, p);
    if (!found)
        m->capture[at].len = PATTERN_OPEN;
    return found;
}

static const char *capture_again(struct pattern *m, const char *s, const char *p)
{
    int at = p[1] - '1';
    if (at < 0 || at >= m->count || m->capture[at].len == PATTERN_OPEN)
        return wrong(m, "it names a capture that is not there");
    ptrdiff_t len = m->capture[at].len;
    if (len == PATTERN_POSITION)
        return NULL; /* A place has no text to find again. */
    if (m->subject_end - s < len || !work(m, len) ||
        memcmp(m->capture[at].at, s, (size_t)len) != 0)
        return NULL;
    return step(m, s + len, p + 2);
}

/* --- the matcher ----------------------------------------------------------------------------- */

/* A single character with what follows it. */
static const char *step_single(struct pattern *m, const char *s, const char *p, const char *end)
{
    char after = end < m->pattern_end ? *end : '\0';
    switch (after) {
    case '*':
        return most(m, s, p, end);
    case '-':
        return fewest(m, s, p, end);
    case '+':
        return single(m, s, p, end) ? most(m, s + 1, p, end) : NULL;
    case '?':
        if (single(m, s, p, end)) {
            const char *found = step(m, s + 1, end + 1);
            if (found)
                return found;
        }
        return step(m, s, end + 1);
    default:
        return single(m, s, p, end) ? step(m, s + 1, end) : NULL;
    }
}

static const char *step_escape(struct pattern *m, const char *s, const char *p)
{
    const char *found;
    char c = p + 1 < m->pattern_end ? p[1] : '\0';
    if (c == 'b')
        return (found = balanced(m, s, p + 2)) ? step(m, found, p + 4) : NULL;
    if (c == 'f')
        return frontier(m, s, p + 2);
    if (c >= '0' && c <= '9')
        return capture_again(m, s, p);
    const char *end = single_end(m, p);
    return end ? step_single(m, s, p, end) : NULL;
}

/* Plain characters in a row are walked here, so that depth counts choices and not length. */
static const char *plain(struct pattern *m, const char **s, const char *p)
{
    while (p < m->pattern_end && !strchr("()%[.$", *p)) {
        char after = p + 1 < m->pattern_end ? p[1] : '\0';
        if (after == '*' || after == '+' || after == '-' || after == '?')
            break;
        if (*s >= m->subject_end || **s != *p || !work(m, 1))
            return NULL;
        (*s)++;
        p++;
    }
    return p;
}

static const char *step(struct pattern *m, const char *s, const char *p)
{
    if (!work(m, 1))
        return NULL;
    p = plain(m, &s, p);
    if (!p)
        return NULL;
    if (p == m->pattern_end)
        return m->whole && s != m->subject_end ? NULL : s;
    if (m->depth == 0)
        return wrong(m, "it is too complex");
    m->depth--;
    const char *found, *end;
    if (*p == '(') {
        bool place = p + 1 < m->pattern_end && p[1] == ')';
        found = place ? capture_begin(m, s, p + 2, PATTERN_POSITION)
                      : capture_begin(m, s, p + 1, PATTERN_OPEN);
    } else if (*p == ')') {
        found = capture_end(m, s, p + 1);
    } else if (*p == '$' && p + 1 == m->pattern_end) {
        found = s == m->subject_end ? s : NULL;
    } else if (*p == '%') {
        found = step_escape(m, s, p);
    } else {
        end = single_end(m, p);
        found = end ? step_single(m, s, p, end) : NULL;
    }
    m->depth++;
    return found;
}

const char *pattern_at(struct pattern *pattern, const char *at, const char *text)
{
    pattern->count = 0;
    pattern->depth = PATTERN_DEPTH_MAX;
    const char *end = step(pattern, at, text);
    for (int i = 0; end && i < pattern->count; i++)
        if (pattern->capture[i].len == PATTERN_OPEN)
            end = wrong(pattern, "a ( is not closed");
    return end;
}

const char *pattern_search(struct pattern *pattern, const char *at, const char *text,
                           const char **end)
{
    bool anchored = text < pattern->pattern_end && *text == '^';
    for (; at <= pattern->subject_end; at++) {
        *end = pattern_at(pattern, at, text + anchored);
        if (*end)
            return at;
        if (anchored || pattern->work <= 0 || pattern->error)
            return NULL;
    }
    return NULL;
}

/* Walks the pattern as the matcher would if everything matched. */
const char *pattern_check(const char *text)
{
    struct pattern m;
    int open = 0, captures = 0;
    size_t len = strlen(text);
    if (len > PATTERN_BYTES_MAX)
        return "it is longer than 512 bytes";
    pattern_init(&m, "", 0, text, len, INT32_MAX);
    for (const char *p = text; p < m.pattern_end && !m.error;) {
        if (*p == '(') {
            captures++;
            open += p[1] != ')';
            p += p[1] == ')' ? 2 : 1;
        } else if (*p == ')') {
            if (--open < 0)
                return "a ) closes nothing";
            p++;
        } else if (*p == '%' && p[1] == 'b') {
            if (p + 3 >= m.pattern_end)
                return "%b wants two characters";
            p += 4;
        } else if (*p == '%' && p[1] == 'f') {
            if (p[2] != '[')
                return "%f wants a set in [ ]";
            p += 2;
        } else if (*p == '%' && is_digit((unsigned char)p[1])) {
            if (p[1] - '0' > captures || p[1] == '0')
                return "it names a capture that is not there";
            p += 2;
        } else if (!(p = single_end(&m, p))) {
            break;
        }
    }
    if (m.error)
        return m.error;
    if (open)
        return "a ( is not closed";
    return captures > PATTERN_CAPTURES_MAX ? "it has more than 32 captures" : NULL;
}
