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

static void add_escaped(struct buf *out, unsigned char c)
{
    static const char hex[] = "0123456789abcdef";
    static const char shorts[] = "\"\"\\\\\bb\ff\nn\rr\tt";
    for (const char *pair = shorts; *pair; pair += 2) {
        if ((unsigned char)*pair == c) {
            buf_add_n(out, (const char[]){ '\\', pair[1] }, 2);
            return;
        }
    }
    buf_add_n(out, (const char[]){ '\\', 'u', '0', '0', hex[c >> 4], hex[c & 15] }, 6);
}

static void add_text(struct buf *out, const char *text)
{
    buf_char(out, '"');
    const char *from = text;
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        buf_add_n(out, from, (size_t)(text - from));
        add_escaped(out, c);
        from = text + 1;
    }
    buf_add_n(out, from, (size_t)(text - from));
    buf_char(out, '"');
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
        add_text(out, json->text);
        break;
    case JSON_LIST:
    case JSON_MAP:
        buf_char(out, json->kind == JSON_MAP ? '{' : '[');
        for (const struct json *child = json->first; child; child = child->next) {
            if (child != json->first)
                buf_char(out, ',');
            if (json->kind == JSON_MAP) {
                add_text(out, child->key);
                buf_char(out, ':');
            }
            json_write(child, out);
        }
        buf_char(out, json->kind == JSON_MAP ? '}' : ']');
        break;
    }
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
        add_text(out->buf, key);
        buf_char(out->buf, ':');
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
        add_text(out->buf, text);
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
