/* SPDX-License-Identifier: MIT */
#include "engine/model/value_shape.h"

#include "engine/base/text.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool letter(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool wrong(struct shape *out, const char *format, ...) __attribute__((format(printf, 2, 3)));
static bool wrong(struct shape *out, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(out->why, sizeof out->why, format, args);
    va_end(args);
    return false;
}

/* Upper case without spaces and the hyphens people write between groups. False: it does not fit. */
static bool squeeze(const char *text, struct shape *out)
{
    size_t len = 0;
    for (; *text; text++) {
        if (*text == ' ' || *text == '-')
            continue;
        if (len == SHAPE_MAX - 1)
            return false;
        out->good[len++] = *text >= 'a' && *text <= 'z' ? (char)(*text - 'a' + 'A') : *text;
    }
    out->good[len] = '\0';
    return true;
}

/* --- which character ------------------------------------------------------------------------- */

/* "character 5 is 'O', where a digit belongs: is it 0?" */
static bool not_digit(struct shape *out, size_t at)
{
    static const char looks[] = "O0I1L1Z2S5B8G6";
    const char *text = out->good + at;
    const char *like = NULL;
    size_t len = utf8_len(text, strlen(text));
    for (const char *l = looks; *l && !like; l += 2)
        like = *l == *text ? l + 1 : NULL;
    return wrong(out, "character %zu is '%.*s', where a digit belongs%s%.1s%s", at + 1,
                 (int)(len ? len : 1), text, like ? ": is it " : "", like ? like : "",
                 like ? "?" : "");
}

static bool all_digits(struct shape *out, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (!digit(out->good[i]))
            return not_digit(out, i);
    return true;
}

static bool has_length(struct shape *out, size_t wanted, const char *what)
{
    size_t len = utf8_columns(out->good, strlen(out->good));
    if (len == wanted)
        return true;
    return wrong(out, "it has %zu characters, and %s", len, what);
}

/* --- numbers --------------------------------------------------------------------------------- */

/* I, O and S are left out, as they read like digits. */
static const char upn_letters[] = "ABCDEFGHJKLMNPQRTUVWXYZ";

static int upn_value(char c)
{
    if (digit(c))
        return c - '0';
    const char *at = c ? strchr(upn_letters, c) : NULL;
    return at ? (int)(at - upn_letters) : -1;
}

/* A check letter, then 12 digits, of which a temporary number has a letter for the last. Their
 * places 2 to 13 are their weights; the sum modulo 23 is the letter. */
bool shape_upn(const char *text, struct shape *out)
{
    static const char like[] = "a UPN has 13: a letter and 12 digits, the last a letter in a "
                               "temporary one";
    if (!squeeze(text, out))
        return wrong(out, "%s", like);
    if (!has_length(out, 13, like))
        return false;
    if (!letter(out->good[0]))
        return wrong(out, "character 1 is '%.*s', where the check letter belongs",
                     (int)utf8_len(out->good, strlen(out->good)), out->good);
    if (!strchr(upn_letters, out->good[0]))
        return wrong(out, "character 1 is '%c': I, O and S are never used", out->good[0]);
    if (!all_digits(out, 1, 12))
        return false;
    if (upn_value(out->good[12]) < 0)
        return letter(out->good[12])
                   ? wrong(out, "character 13 is '%c': I, O and S are never used", out->good[12])
                   : not_digit(out, 12);
    int sum = 0;
    for (int i = 1; i < 13; i++)
        sum += (i + 1) * upn_value(out->good[i]);
    char check = upn_letters[sum % 23];
    if (check != out->good[0])
        return wrong(out,
                     "character 1 is '%c' and would be '%c' for what follows it, so one of them "
                     "is mistyped", out->good[0], check);
    return true;
}

/* Weights 10 to 2 over nine digits; 10 less the sum modulo 11 is the tenth. A remainder of 0 has
 * no such digit, and no number is given out for it. */
bool shape_uln(const char *text, struct shape *out)
{
    if (!squeeze(text, out))
        return wrong(out, "a ULN has 10 digits");
    if (!has_length(out, 10, "a ULN has 10 digits"))
        return false;
    if (!all_digits(out, 0, 10))
        return false;
    if (out->good[0] == '0')
        return wrong(out, "character 1 is '0', which no ULN begins with");
    if (strcmp(out->good, "9999999999") == 0)
        return wrong(out, "ten nines stand for a learner who has none: leave it empty");
    int sum = 0;
    for (int i = 0; i < 9; i++)
        sum += (10 - i) * (out->good[i] - '0');
    int check = 10 - sum % 11;
    if (check == 10)
        return wrong(out, "no ULN begins with these 9 digits, so one of them is mistyped");
    if (check != out->good[9] - '0')
        return wrong(out,
                     "character 10 is '%c' and would be '%d' for the digits before it, so one of "
                     "them is mistyped", out->good[9], check);
    return true;
}

bool shape_urn(const char *text, struct shape *out)
{
    if (!squeeze(text, out))
        return wrong(out, "a school's URN has 6 digits");
    if (!has_length(out, 6, "a school's URN has 6 digits"))
        return false;
    if (!all_digits(out, 0, 6))
        return false;
    return out->good[0] != '0' || wrong(out, "character 1 is '0', which no URN begins with");
}

/* --- postcodes ------------------------------------------------------------------------------- */

/* The inward half: a digit and two letters, none of which reads like another. */
static bool inward(struct shape *out, size_t at)
{
    if (!digit(out->good[at]))
        return not_digit(out, at);
    for (size_t i = at + 1; i < at + 3; i++)
        if (!letter(out->good[i]) || strchr("CIKMOV", out->good[i]))
            return wrong(out, "character %zu is '%c', where a letter other than C, I, K, M, O "
                         "and V belongs", i + 1, out->good[i]);
    return true;
}

/* The outward half: A9, A99, A9A, AA9, AA99, AA9A. */
static bool outward(struct shape *out, size_t len)
{
    const char *text = out->good;
    if (!letter(text[0]) || strchr("QVX", text[0]))
        return wrong(out, "character 1 is '%c', where a letter other than Q, V and X belongs",
                     text[0]);
    size_t at = 1;
    if (letter(text[1]) && strchr("IJZ", text[1]))
        return wrong(out, "character 2 is '%c', where no I, J or Z is used", text[1]);
    at += letter(text[1]);
    if (at >= len || !digit(text[at]))
        return not_digit(out, at);
    if (at + 1 == len || (at + 2 == len && (digit(text[at + 1]) || letter(text[at + 1]))))
        return true;
    return wrong(out, "its first half, before the last three characters, is too long");
}

bool shape_postcode(const char *text, struct shape *out)
{
    static const char like[] = "a postcode looks like TQ1 3DR";
    size_t len = squeeze(text, out) ? strlen(out->good) : 0;
    const char *half = strrchr(text, ' ');
    if (half && strlen(half) != 4)
        return wrong(out, "after the space come a digit and two letters, as in TQ1 3DR");
    for (size_t i = 0; i < len; i++)
        if (!letter(out->good[i]) && !digit(out->good[i]))
            return wrong(out, "%s", like);
    if (len < 5 || len > 7)
        return wrong(out, "%s", like);
    if (!outward(out, len - 3) || !inward(out, len - 3))
        return false;
    memmove(out->good + len - 2, out->good + len - 3, 4);
    out->good[len - 3] = ' ';
    return true;
}

/* --- addresses ------------------------------------------------------------------------------- */

bool shape_email(const char *text, struct shape *out)
{
    static const char like[] = "an e-mail address looks like name@school.example";
    size_t len = strlen(text), name = strcspn(text, "@");
    const char *domain = text + name + 1;
    if (len > 254 || name == 0 || name > 64 || len < name + 4 || strchr(domain, '@') ||
        strpbrk(text, " \t\n\r\"<>()[],;:\\") || strstr(text, "..") || text[0] == '.' ||
        text[name - 1] == '.')
        return wrong(out, "%s", like);
    const char *dot = strrchr(domain, '.');
    if (!dot || domain[0] == '.' || domain[0] == '-' || strlen(dot) < 3)
        return wrong(out, "%s", like);
    snprintf(out->good, sizeof out->good, "%s", text);
    return true;
}
