/* SPDX-License-Identifier: MIT */
#include "engine/base/json.h"

#include "engine/base/text.h"
#include <assert.h>
#include <string.h>

static void add_int(struct buf *out, int64_t number)
{
    char text[24], *at = text + sizeof text;
    uint64_t size = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    do {
        *--at = (char)('0' + size % 10);
        size /= 10;
    } while (size);
    if (number < 0)
        *--at = '-';
    buf_add_n(out, at, (size_t)(text + sizeof text - at));
}

static char *put_escaped(char *to, unsigned char c)
{
    static const char hex[] = "0123456789abcdef";
    static const char shorts[] = "\"\"\\\\\bb\ff\nn\rr\tt";
    *to++ = '\\';
    for (const char *pair = shorts; *pair; pair += 2) {
        if ((unsigned char)*pair == c) {
            *to++ = pair[1];
            return to;
        }
    }
    memcpy(to, "u00", 3);
    to[3] = hex[c >> 4];
    to[4] = hex[c & 15];
    return to + 5;
}

/* In quotes, and `behind` after them unless it is NUL. Written where it will stand, since most of
 * a case is texts. */
static void add_text(struct buf *out, const char *text, char behind)
{
    enum { ESCAPED_MAX = 6, STRETCH = 1024 };
    size_t len = strlen(text);
    size_t room = (len < STRETCH ? len : STRETCH) * ESCAPED_MAX + 3;
    char *to = buf_reserve(out, room);
    *to++ = '"';
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c >= 0x20 && c != '"' && c != '\\')
            *to++ = (char)c;
        else
            to = put_escaped(to, c);
        if (i % STRETCH == STRETCH - 1) {
            out->len = (size_t)(to - out->at);
            to = buf_reserve(out, room);
        }
    }
    *to++ = '"';
    if (behind)
        *to++ = behind;
    *to = '\0';
    out->len = (size_t)(to - out->at);
}

void json_write(const struct json *json, struct buf *out)
{
    char text[DECIMAL_TEXT_MAX];
    switch (json->kind) {
    case JSON_NULL:
        buf_add_n(out, "null", 4);
        break;
    case JSON_BOOL:
        buf_add(out, json->number ? "true" : "false");
        break;
    case JSON_INT:
        add_int(out, json->number);
        break;
    case JSON_DECIMAL:
        buf_add(out, decimal_write(json->number, text));
        break;
    case JSON_TEXT:
        add_text(out, json->text, '\0');
        break;
    case JSON_LIST:
    case JSON_MAP:
        buf_char(out, json->kind == JSON_MAP ? '{' : '[');
        for (const struct json *child = json->first; child; child = child->next) {
            if (child != json->first)
                buf_char(out, ',');
            if (json->kind == JSON_MAP)
                add_text(out, child->key, ':');
            json_write(child, out);
        }
        buf_char(out, json->kind == JSON_MAP ? '}' : ']');
        break;
    }
}

/* Small things stay on one line. */
static bool is_short(const struct json *json)
{
    size_t len = 0;
    for (const struct json *child = json->first; child; child = child->next) {
        if (child->kind == JSON_LIST || child->kind == JSON_MAP)
            return false;
        len += (child->key ? strlen(child->key) : 0) + (child->text ? strlen(child->text) : 4) + 6;
    }
    return len < 80;
}

static void write_lines(const struct json *json, struct buf *out, int indent)
{
    bool is_map = json->kind == JSON_MAP;
    if ((!is_map && json->kind != JSON_LIST) || is_short(json)) {
        json_write(json, out);
        return;
    }
    buf_char(out, is_map ? '{' : '[');
    for (const struct json *child = json->first; child; child = child->next) {
        buf_printf(out, "%s\n%*s", child == json->first ? "" : ",", indent + 1, "");
        if (is_map)
            add_text(out, child->key, ':');
        write_lines(child, out, indent + 1);
    }
    buf_printf(out, "\n%*s%c", indent, "", is_map ? '}' : ']');
}

void json_write_lines(const struct json *json, struct buf *out)
{
    write_lines(json, out, 0);
    buf_char(out, '\n');
}

struct json_out json_to(struct buf *buf)
{
    return (struct json_out){ .buf = buf };
}

/* The comma and the key that stand before a value. */
static void before_value(struct json_out *out, const char *key)
{
    if (!out->depth) {
        assert(!key);
        return;
    }
    unsigned level = out->depth - 1;
    if (out->some[level])
        buf_char(out->buf, ',');
    if (key) {
        assert(!out->some[level] || (out->last[level] && strcmp(out->last[level], key) < 0));
        out->last[level] = key;
        add_text(out->buf, key, ':');
    }
    out->some[level] = true;
}

void json_begin(struct json_out *out, const char *key, char bracket)
{
    before_value(out, key);
    MUST(out->depth < JSON_DEPTH_MAX);
    out->some[out->depth] = false;
    out->last[out->depth] = NULL;
    out->depth++;
    buf_char(out->buf, bracket);
}

void json_end(struct json_out *out, char bracket)
{
    MUST(out->depth > 0);
    out->depth--;
    buf_char(out->buf, bracket);
}

void json_out_text(struct json_out *out, const char *key, const char *text)
{
    before_value(out, key);
    if (text)
        add_text(out->buf, text, '\0');
    else
        buf_add_n(out->buf, "null", 4);
}

void json_out_int(struct json_out *out, const char *key, int64_t number)
{
    before_value(out, key);
    add_int(out->buf, number);
}

void json_out_bool(struct json_out *out, const char *key, bool value)
{
    before_value(out, key);
    buf_add(out->buf, value ? "true" : "false");
}

void json_out_decimal(struct json_out *out, const char *key, int64_t ten_thousandths)
{
    char text[DECIMAL_TEXT_MAX];
    before_value(out, key);
    buf_add(out->buf, decimal_write(ten_thousandths, text));
}

void json_out_tree(struct json_out *out, const char *key, const struct json *tree)
{
    before_value(out, key);
    json_write(tree, out->buf);
}
