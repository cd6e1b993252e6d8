/* SPDX-License-Identifier: MIT */
#include "engine/run/files.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/run/casework.h"

#include <sodium.h>
#include <string.h>

enum { DIGITS_LEAST = 6, DIGITS_SHOWN = 12 };

/* It stands in events and lists: on one line, whatever the file system allows. */
static bool plain_name(const char *name)
{
    for (const char *c = name; *c; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7F || *c == '/')
            return false;
    return *name && utf8_valid(name, strlen(name));
}

enum err_code file_take(struct arena *arena, const char *name, const unsigned char *bytes,
                        size_t len, const char **text, struct file_row *out, struct err *err)
{
    char hex[2 * PROOF_DIGEST_BYTES + 1];
    const char *why;
    if (!plain_name(name))
        return err_set(err, ERR_INPUT, "the file's name cannot be shown: call it otherwise");
    if (strlen(name) > PROOF_NAME_BYTES_MAX)
        return err_set(err, ERR_LIMIT, "the file's name is longer than %d bytes",
                       PROOF_NAME_BYTES_MAX);
    if (len > PROOF_BYTES_MAX)
        return err_set(err, ERR_LIMIT, "'%s' is larger than %s", name,
                       proof_size_text(arena, PROOF_BYTES_MAX));
    const char *type = proof_sniff(name, bytes, len, &why);
    if (!type) {
        err_set(err, ERR_INPUT, "'%s' cannot be taken: %s", name, why);
        err_hint(err, "kept are pdf, docx, xlsx, odt, jpg, png, heic, txt and eml");
        return ERR_INPUT;
    }
    *out = (struct file_row){ .type = type, .bytes = bytes, .len = len };
    file_digest(bytes, len, out->digest);
    const struct proof proof = {
        .name = name, .type = type, .size = (int64_t)len,
        .digest = sodium_bin2hex(hex, sizeof hex, out->digest, sizeof out->digest),
    };
    *text = proof_write(arena, &proof);
    return ERR_NONE;
}

enum err_code case_files(struct store *store, int64_t case_id, struct arena *arena,
                         struct case_file **out, size_t *count, struct err *err)
{
    struct { struct case_file *at; size_t count, room; } list = { 0 };
    struct event_row *rows;
    size_t all;
    enum err_code rc = case_history(store, case_id, arena, &rows, &all, err);
    for (size_t i = 0; !rc && i < all; i++) {
        struct event event;
        rc = case_event(&rows[i], arena, &event, NULL, err);
        if (!rc && event.file)
            *LIST_ADD(arena, &list) = (struct case_file){
                .proof = proof_read(arena, event.file), .event_id = rows[i].id,
                .kind = event.kind, .about = event.name, .on = event.on, .who = event.who_text,
            };
    }
    *out = list.at;
    *count = list.count;
    return rc;
}

static bool is_digest(const char *word)
{
    return strlen(word) >= DIGITS_LEAST && !word[strspn(word, "0123456789abcdef")];
}

static bool means(const struct case_file *file, const char *word)
{
    return text_same(file->proof.name, word) || text_same(file->about, word) ||
           (is_digest(word) && file->proof.digest && text_starts(file->proof.digest, word));
}

/* Nothing is chosen silently between two that have the same name. */
static enum err_code several(const struct case_file *files, size_t count, const char *word,
                             struct arena *arena, struct err *err)
{
    struct buf digests = buf_in(arena);
    for (size_t i = 0; i < count; i++)
        if (text_same(files[i].proof.name, word) && files[i].proof.digest)
            buf_printf(&digests, "%s%.*s", digests.len ? ", " : "", DIGITS_SHOWN,
                       files[i].proof.digest);
    err_set(err, ERR_INPUT, "several files of this case are called '%s'", word);
    err_hint(err, "say which by its digest: %s", buf_text(&digests));
    return ERR_INPUT;
}

enum err_code case_file_find(const struct case_file *files, size_t count, const char *word,
                             struct arena *arena, const struct case_file **out, struct err *err)
{
    const char **names = ARENA_ARRAY(arena, const char *, count + 1);
    const struct case_file *found = NULL;
    for (size_t i = 0; i < count; i++) {
        names[i] = files[i].proof.name;
        if (!means(&files[i], word))
            continue;
        bool by_name = found && text_same(found->proof.name, word);
        if (by_name && !text_same(found->proof.digest, files[i].proof.digest))
            return several(files, count, word, arena, err);
        found = &files[i];
    }
    *out = found;
    if (found)
        return ERR_NONE;
    err_set(err, ERR_UNKNOWN, "this case has no file '%s'", word);
    if (!count)
        err_hint(err, "it has none at all");
    else
        err_nearest(err, word, names, count);
    return ERR_UNKNOWN;
}

enum err_code case_file_get(struct store *store, const struct case_file *file,
                            struct arena *arena, struct file_row *out, struct err *err)
{
    unsigned char digest[PROOF_DIGEST_BYTES];
    if (!file->proof.digest)
        return err_set(err, ERR_UNKNOWN, "'%s' was only named: no file was kept",
                       file->proof.name);
    MUST(!sodium_hex2bin(digest, sizeof digest, file->proof.digest, strlen(file->proof.digest),
                         NULL, NULL, NULL));
    enum err_code rc = file_get(store, digest, arena, out, err);
    if (rc)
        err_wrap(err, "'%s'", file->proof.name);
    return rc;
}
