/* SPDX-License-Identifier: MIT */
/* Findings as other programs read them. */
#include "engine/cli/findings.h"

#include "engine/base/arena.h"
#include "engine/base/diag_codes.h"
#include "engine/base/json.h"

#include <limits.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* --- where a file stands --------------------------------------------------------------------- */

/* Without `./` and `x/../`, and from the folder we stand in if it is below that. */
static const char *plain_path(struct arena *arena, const char *path)
{
    struct buf out = buf_in(arena);
    char here[PATH_MAX] = "";
    size_t len = getcwd(here, sizeof here) ? strlen(here) : 0;

    while (len > 0 && here[len - 1] == '/') /* We stand in the root. */
        len--;
    if (*here == '/' && !strncmp(path, here, len) && path[len] == '/')
        path += len + 1;
    if (*path == '/')
        buf_char(&out, '/');
    for (const char *at = path; *at;) {
        size_t part = strcspn(at, "/");
        size_t last = out.len;
        while (last > 0 && out.at[last - 1] != '/')
            last--;
        bool up = part == 2 && !strncmp(at, "..", 2) && out.len > last &&
                  strcmp(out.at + last, "..") != 0;
        if (up) {
            buf_cut(&out, last > 1 ? last - 1 : last);
        } else if (part && !(part == 1 && *at == '.')) {
            if (out.len && out.at[out.len - 1] != '/')
                buf_char(&out, '/');
            buf_add_n(&out, at, part);
        }
        at += part + (at[part] == '/');
    }
    return buf_text(&out);
}

/* Places in findings begin with the name of a pack's folder, others want them from where we stand:
 * the pack itself is what was typed, and what it extends stands beside it. */
static const char *place_of(struct arena *arena, const struct findings *findings, const char *path)
{
    char real[PATH_MAX];
    const char *own = realpath(findings->folder, real) ? strrchr(real, '/') + 1 : "";
    size_t len = strlen(own);
    const char *place = !strncmp(path, own, len) && path[len] == '/'
                            ? arena_printf(arena, "%s%s", findings->folder, path + len)
                        : *own ? arena_printf(arena, "%.*s/%s", (int)(own - real - 1), real, path)
                               : path;

    return plain_path(arena, place);
}

/* --- GitHub's workflow commands -------------------------------------------------------------- */

/* A workflow command ends at a line break, and its values at commas and colons too. */
static void github_escape(struct buf *out, const char *text, bool value)
{
    for (; *text; text++) {
        if (*text == '%' || *text == '\n' || *text == '\r' ||
            (value && (*text == ':' || *text == ',')))
            buf_printf(out, "%%%02X", (unsigned)(unsigned char)*text);
        else
            buf_char(out, *text);
    }
}

static void print_github(const struct findings *findings, struct buf *out)
{
    for (size_t i = 0; i < findings->diags->count; i++) {
        const struct diag *diag = &findings->diags->at[i];
        buf_add(out, diag->severity == SEVERITY_ERROR ? "::error " : "::warning ");
        if (diag->span.source) {
            buf_add(out, "file=");
            github_escape(out, place_of(out->arena, findings, diag->span.source->path), true);
            buf_printf(out, ",line=%d,col=%d,", diag->span.line, diag->span.col);
        }
        buf_printf(out, "title=%s::", diag->code);
        github_escape(out, diag->text, false);
        if (diag->hint) {
            buf_add(out, "%0Ahint: ");
            github_escape(out, diag->hint, false);
        }
        buf_char(out, '\n');
    }
}

/* --- SARIF 2.1.0 ----------------------------------------------------------------------------- */

static void sarif_text(struct json_out *json, const char *key, const char *text)
{
    json_begin(json, key, '{');
    json_out_text(json, "text", text);
    json_end(json, '}');
}

/* All there are, so that what a code means can be read without us. */
static void sarif_rules(struct json_out *json)
{
    size_t count;
    const struct diag_code *codes = diag_codes(&count);

    json_begin(json, "rules", '[');
    for (size_t i = 0; i < count; i++) {
        json_begin(json, NULL, '{');
        sarif_text(json, "help", codes[i].hint);
        json_out_text(json, "id", codes[i].code);
        sarif_text(json, "shortDescription", codes[i].title);
        json_end(json, '}');
    }
    json_end(json, ']');
}

static size_t rule_index(const char *code)
{
    size_t count;
    const struct diag_code *codes = diag_codes(&count);

    return (size_t)(diag_code_find(code) - codes);
}

/* Letters, digits and -._~/ stand for themselves in a URI. */
static const char *uri_of(struct arena *arena, const char *path)
{
    static const char as_they_are[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                      "0123456789-._~/";
    struct buf out = buf_in(arena);

    if (*path == '/')
        buf_add(&out, "file://");
    for (; *path; path++) {
        if (strchr(as_they_are, *path))
            buf_char(&out, *path);
        else
            buf_printf(&out, "%%%02X", (unsigned)(unsigned char)*path);
    }
    return buf_text(&out);
}

/* One in a list of locations. Who takes SARIF in wants a place for each finding: what has none
 * stands at the beginning of pack.yaml. */
static void sarif_location(struct json_out *json, struct arena *arena,
                           const struct findings *findings, const struct span *span,
                           const char *said)
{
    const char *path = span->source ? place_of(arena, findings, span->source->path)
                       : plain_path(arena, arena_printf(arena, "%s/pack.yaml", findings->folder));
    bool placed = span->source && span->line > 0;

    json_begin(json, NULL, '{');
    if (said)
        sarif_text(json, "message", said);
    json_begin(json, "physicalLocation", '{');
    json_begin(json, "artifactLocation", '{');
    json_out_text(json, "uri", uri_of(arena, path));
    if (*path != '/')
        json_out_text(json, "uriBaseId", "%SRCROOT%");
    json_end(json, '}');
    json_begin(json, "region", '{');
    if (placed && span->col > 0 && span->end_col > span->col)
        json_out_int(json, "endColumn", span->end_col);
    if (placed && span->col > 0)
        json_out_int(json, "startColumn", span->col);
    json_out_int(json, "startLine", placed ? span->line : 1);
    json_end(json, '}');
    json_end(json, '}');
    json_end(json, '}');
}

/* The same as long as the finding and its line are: lines above may come and go. */
static const char *fingerprint(struct arena *arena, const struct diag *diag)
{
    unsigned char hash[16];
    char *hex = arena_alloc(arena, 2 * sizeof hash + 1);
    struct buf text = buf_in(arena);
    const char *line = diag->span.source && diag->span.line > 0
                           ? source_line(diag->span.source, diag->span.line) : NULL;

    buf_printf(&text, "%s\n%s\n", diag->code, diag->span.source ? diag->span.source->path : "");
    if (line)
        buf_add_n(&text, line, strcspn(line, "\r\n"));
    crypto_generichash(hash, sizeof hash, (const unsigned char *)buf_text(&text), text.len, NULL,
                       0);
    return sodium_bin2hex(hex, 2 * sizeof hash + 1, hash, sizeof hash);
}

static void sarif_result(struct json_out *json, struct arena *arena,
                         const struct findings *findings, const struct diag *diag)
{
    const char *hint = diag->hint ? diag->hint : diag_code_find(diag->code)->hint;

    json_begin(json, NULL, '{');
    json_out_text(json, "level", diag->severity == SEVERITY_ERROR ? "error" : "warning");
    json_begin(json, "locations", '[');
    sarif_location(json, arena, findings, &diag->span, NULL);
    json_end(json, ']');
    sarif_text(json, "message", *hint ? arena_printf(arena, "%s\nhint: %s", diag->text, hint)
                                      : diag->text);
    json_begin(json, "partialFingerprints", '{');
    json_out_text(json, "reeveLine/v1", fingerprint(arena, diag));
    json_end(json, '}');
    if (diag->note && diag->note_span.source) {
        json_begin(json, "relatedLocations", '[');
        sarif_location(json, arena, findings, &diag->note_span, diag->note);
        json_end(json, ']');
    }
    json_out_text(json, "ruleId", diag->code);
    json_out_int(json, "ruleIndex", (int64_t)rule_index(diag->code));
    json_end(json, '}');
}

/* That it ended well, and what is not among the results: too many are not all shown. */
static void sarif_invocation(struct json_out *json, struct arena *arena, const struct diags *diags)
{
    json_begin(json, "invocations", '[');
    json_begin(json, NULL, '{');
    json_out_bool(json, "executionSuccessful", true);
    if (diags->dropped) {
        json_begin(json, "toolExecutionNotifications", '[');
        json_begin(json, NULL, '{');
        json_out_text(json, "level", "warning");
        sarif_text(json, "message", arena_printf(arena, "and %zu more", diags->dropped));
        json_end(json, '}');
        json_end(json, ']');
    }
    json_end(json, '}');
    json_end(json, ']');
}

static void sarif_accepted(struct json_out *json, const struct diags *diags)
{
    json_begin(json, "properties", '{');
    json_begin(json, "accepted", '[');
    for (size_t i = 0; i < diags->accepted.count; i++) {
        const struct accepted *accepted = &diags->accepted.at[i];
        json_begin(json, NULL, '{');
        json_out_text(json, "about", accepted->about);
        json_out_text(json, "code", accepted->code);
        json_out_text(json, "why", accepted->why);
        json_end(json, '}');
    }
    json_end(json, ']');
    json_end(json, '}');
}

static void print_sarif(const struct findings *findings, struct buf *out)
{
    struct json_out writer = json_to(out), *json = &writer;
    const struct diags *diags = findings->diags;

    json_begin(json, NULL, '{');
    json_out_text(json, "$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    json_begin(json, "runs", '[');
    json_begin(json, NULL, '{');
    json_out_text(json, "columnKind", "unicodeCodePoints");
    sarif_invocation(json, out->arena, diags);
    sarif_accepted(json, diags);
    json_begin(json, "results", '[');
    for (size_t i = 0; i < diags->count; i++)
        sarif_result(json, out->arena, findings, &diags->at[i]);
    json_end(json, ']');
    json_begin(json, "tool", '{');
    json_begin(json, "driver", '{');
    json_out_text(json, "name", "reeve");
    sarif_rules(json);
    json_out_text(json, "semanticVersion", REEVE_VERSION);
    json_end(json, '}');
    json_end(json, '}');
    json_end(json, '}');
    json_end(json, ']');
    json_out_text(json, "version", "2.1.0");
    json_end(json, '}');
    buf_char(out, '\n');
}

void findings_print(const struct findings *findings, enum findings_form form, struct buf *out)
{
    switch (form) {
    case FINDINGS_TEXT:
        diags_print(findings->diags, out, false);
        break;
    case FINDINGS_JSON:
        diags_json(findings->diags, out);
        break;
    case FINDINGS_GITHUB:
        print_github(findings, out);
        break;
    case FINDINGS_SARIF:
        print_sarif(findings, out);
        break;
    }
}
