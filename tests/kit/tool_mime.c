/* SPDX-License-Identifier: MIT */
/* tool_mime FOLDER - reads one message a file (FOLDER/NN.in: JSON with from, to_name, to_email,
 * subject, message_id, text, html) and writes each as it would go over the wire (FOLDER/NN.eml).
 */
#include "engine/base/arena.h"
#include "engine/base/json.h"
#include "engine/run/mime.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROOM = 1 << 20 };

static const char *text(const struct json *json, const char *key)
{
    const struct json *value = json_get(json, key);
    return value && value->kind == JSON_TEXT ? value->text : "";
}

static int convert(const char *folder, int number)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%02d.in", folder, number);
    FILE *in = fopen(path, "rb");
    if (!in)
        return 0;
    struct arena *arena = arena_new();
    char *bytes = arena_alloc(arena, ROOM);
    size_t len = fread(bytes, 1, ROOM - 1, in);
    fclose(in);
    struct json *json;
    struct err err;
    if (json_parse(arena, bytes, len, &json, &err)) {
        fprintf(stderr, "%s: %s\n", path, err.text);
        exit(1);
    }
    const struct mime mime = { .from = text(json, "from"), .to_name = text(json, "to_name"),
                               .to_email = text(json, "to_email"), .subject = text(json, "subject"),
                               .message_id = text(json, "message_id"), .text = text(json, "text"),
                               .html = text(json, "html"), .date_ms = 1797408000000 };
    snprintf(path, sizeof path, "%s/%02d.eml", folder, number);
    FILE *out = fopen(path, "wb");
    if (!out || fputs(mime_text(arena, &mime), out) < 0 || fclose(out))
        exit(1);
    arena_free(arena);
    return 1;
}

int main(int argc, char **argv)
{
    for (int i = 0; argc == 2 && convert(argv[1], i); i++) {}
    return argc == 2 ? 0 : 2;
}
