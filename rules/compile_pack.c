/* SPDX-License-Identifier: MIT */
/* What stands beside the processes: roles, reminders, messages. */
#include "rules/build.h"

#include "engine/base/arena.h"
#include "engine/base/json.h"
#include "engine/base/text.h"
#include "engine/model/reminder.h"
#include <string.h>

static void compile_roles(struct build *b)
{
    const struct node *map = node_get(b->resolved->pack, "roles");
    size_t count = map ? map->count : 0;
    struct role *roles = ARENA_ARRAY(b->arena, struct role, count);

    b->model->roles = roles;
    b->model->role_count = count;
    for (const struct node *n = map ? map->first : NULL; n; n = n->next, roles++) {
        const char *of = build_text(b, n, "of");
        const struct node *otherwise = node_get(n, "otherwise");
        *roles = (struct role){ .name = build_intern(b, n->key), .title = build_text(b, n, "title"),
                                .span = node_place(n), .of = ROLE_SCHOOL };
        if (of)
            roles->of = *of == 's' ? ROLE_SCHOOL : *of == 'a' ? ROLE_AUTHORITY : ROLE_CASE;
        if (otherwise && names_role(b, otherwise, otherwise->text))
            roles->otherwise = build_intern(b, otherwise->text);
        if (!strcmp(n->key, "clock") || !strcmp(n->key, "link"))
            diag_error(b->diags, "R004", n->key_span, "'%s' is a word of the language", n->key);
    }
}

/* `otherwise` must come to an end. */
static void check_otherwise(struct build *b)
{
    for (size_t i = 0; i < b->model->role_count; i++) {
        const struct role *first = &b->model->roles[i], *role = first;
        for (size_t steps = 0; role && role->otherwise; steps++) {
            if (steps > b->model->role_count) {
                diag_error(b->diags, "R014", first->span, "'%s' falls back on itself", first->name);
                break;
            }
            role = model_role(b->model, role->otherwise);
        }
    }
}

/* --- reminders ------------------------------------------------------------------------------- */

struct reminders compile_reminders(struct build *b, const struct node *node)
{
    struct { struct reminder *at; size_t count, room; } list = { NULL, 0, 0 };

    if (node_is(node, "none"))
        node = NULL;
    for (const struct node *n = build_first(b, node); n; n = n->next) {
        struct reminder reminder = { 0 };
        if (reminder_parse(n->text, &reminder) && reminder.kind != REMIND_DATE) {
            *LIST_ADD(b->arena, &list) = reminder;
            continue;
        }
        struct diag *d = diag_error(b->diags, "R002", n->span, "'%s' is not a reminder", n->text);
        diag_hint(b->diags, d, "write 1 week before, on the day, 3 days after or every week after");
    }
    return (struct reminders){ list.at, list.count };
}

/* --- pack.yaml ------------------------------------------------------------------------------- */

static void compile_notice(struct build *b, const struct node *settings)
{
    const struct node *notice = node_get(settings, "notice"), *is = node_get(notice, "is");

    if (!is)
        return;
    if (node_get(notice, "from"))
        diag_error(b->diags, "R002", node_get(notice, "from")->key_span,
                   "'notice' is one way of counting for good: it has no dates");
    b->model->notice_ordinary = node_is(is, "ordinary");
    if (!node_is(is, "ordinary") && !node_is(is, "clear"))
        diag_error(b->diags, "R002", is->span, "'notice' is either clear or ordinary");
}

void compile_pack(struct build *b)
{
    const struct node *pack = b->resolved->pack, *reminders = node_get(pack, "reminders");
    const struct node *at = node_get(reminders, "at");
    int minute;

    b->model->pack = build_text(b, pack, "pack");
    b->model->title = build_text(b, pack, "title");
    b->model->digest_minute = at && minute_parse(at->text, &minute) ? minute : 8 * 60;
    b->model->not_in_holidays = node_get(reminders, "not_in") != NULL;
    b->model->files = compile_files(b, node_get(pack, "files"));
    b->model->usual = compile_reminders(b, node_get(reminders, "usual"));
    compile_roles(b);
    check_otherwise(b);
    compile_notice(b, node_get(pack, "settings"));
}

/* --- messages -------------------------------------------------------------------------------- */

static struct message_rule message_of(struct build *b, const struct source *source)
{
    const char *file = strrchr(source->path, '/') + 1, *body = source->text;
    struct message_rule message = { .span = { source, 1, 1, 2 }, .subject = "" };

    message.name =
        build_intern(b, arena_text_n(b->arena, file, (size_t)(strrchr(file, '.') - file)));
    if (text_starts(body, "# ") && strchr(body, '\n')) {
        size_t len = strcspn(body, "\r\n");
        message.subject = arena_text_n(b->arena, body + 2, len - 2);
        body += len + strspn(body + len, "\r\n");
    } else {
        struct diag *d = diag_error(b->diags, "R003", message.span, "the message has no subject");
        diag_hint(b->diags, d,
                  "begin it with a line `# Subject`, then an empty line, then the text");
    }
    message.body = arena_text(b->arena, body);
    return message;
}

void compile_messages(struct build *b)
{
    size_t count = b->resolved->messages.count;
    struct message_rule *messages = ARENA_ARRAY(b->arena, struct message_rule, count);

    for (size_t i = 0; i < count; i++)
        messages[i] = message_of(b, b->resolved->messages.at[i]);
    b->model->messages = messages;
    b->model->message_count = count;
}
