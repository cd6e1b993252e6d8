/* SPDX-License-Identifier: MIT */
#include "engine/model/value_shape.h"

#include <stdbool.h>
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

/* Upper case without spaces; its length, or 0 when it does not fit. */
static size_t squeeze(const char *text, char out[SHAPE_MAX])
{
    size_t len = 0;
    for (; *text; text++) {
        if (*text == ' ')
            continue;
        if (len == SHAPE_MAX - 1)
            return 0;
        out[len++] = *text >= 'a' && *text <= 'z' ? (char)(*text - 'a' + 'A') : *text;
    }
    out[len] = '\0';
    return len;
}

static bool all_digits(const char *text, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!digit(text[i]))
            return false;
    return true;
}

/* I, O and S are left out, as they read like digits. */
static const char upn_letters[] = "ABCDEFGHJKLMNPQRTUVWXYZ";

static int upn_value(char c)
{
    if (digit(c))
        return c - '0';
    const char *at = c ? strchr(upn_letters, c) : NULL;
    return at ? (int)(at - upn_letters) : -1;
}

const char *shape_upn(const char *text, char out[SHAPE_MAX])
{
    if (squeeze(text, out) != 13 || !letter(out[0]) || !all_digits(out + 1, 11) ||
        upn_value(out[12]) < 0)
        return "a UPN is a letter and 12 digits, a temporary one ends in a letter";
    int sum = 0;
    for (int i = 1; i < 13; i++)
        sum += (i + 1) * upn_value(out[i]);
    if (upn_letters[sum % 23] != out[0])
        return "its first letter does not fit its digits, so one of them is mistyped";
    return NULL;
}

const char *shape_uln(const char *text, char out[SHAPE_MAX])
{
    if (squeeze(text, out) != 10 || !all_digits(out, 10) || out[0] == '0')
        return "a ULN is 10 digits and does not begin with 0";
    int sum = 0;
    for (int i = 0; i < 10; i++)
        sum += (10 - i) * (out[i] - '0');
    return sum % 11 == 10 ? NULL : "its last digit does not fit the others, so one is mistyped";
}

const char *shape_urn(const char *text, char out[SHAPE_MAX])
{
    if (squeeze(text, out) != 6 || !all_digits(out, 6) || out[0] == '0')
        return "a school's URN is 6 digits";
    return NULL;
}

/* Outward: A9, A99, A9A, AA9, AA99, AA9A. Inward: 9AA. */
static bool postcode_outward(const char *text, size_t len)
{
    size_t i = 1;
    if (!letter(text[0]))
        return false;
    i += letter(text[1]);
    if (i >= len || !digit(text[i++]))
        return false;
    return i == len || (i + 1 == len && (digit(text[i]) || letter(text[i])));
}

const char *shape_postcode(const char *text, char out[SHAPE_MAX])
{
    size_t len = squeeze(text, out);
    if (len < 5 || len > 7 || !digit(out[len - 3]) || !letter(out[len - 2]) ||
        !letter(out[len - 1]) || !postcode_outward(out, len - 3))
        return "a postcode looks like TQ1 3DR";
    memmove(out + len - 2, out + len - 3, 4);
    out[len - 3] = ' ';
    return NULL;
}

const char *shape_email(const char *text, char out[SHAPE_MAX])
{
    static const char wrong[] = "an e-mail address looks like name@school.example";
    size_t len = strlen(text), name = strcspn(text, "@");
    const char *domain = text + name + 1;
    if (len > 254 || name == 0 || name > 64 || len < name + 4 || strchr(domain, '@') ||
        strpbrk(text, " \t\n\r\"<>()[],;:\\") || strstr(text, "..") || text[0] == '.' ||
        text[name - 1] == '.')
        return wrong;
    const char *dot = strrchr(domain, '.');
    if (!dot || domain[0] == '.' || domain[0] == '-' || strlen(dot) < 3)
        return wrong;
    snprintf(out, SHAPE_MAX, "%s", text);
    return NULL;
}
