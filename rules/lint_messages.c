/* SPDX-License-Identifier: MIT */
/* What messages say of the case: placeholders nobody fills, and what their readers may not see. */
#include "rules/lint.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include <string.h>

/* A message, whom it is for, and what sends it. */
struct sending {
    const struct lint *l;
    const struct message_rule *message;
    const struct effect *effect;
};

/* What is called that and can stand in a message of the process; *field: the field, if it is. */
static bool placeholder_known(const struct sending *s, const char *name,
                              const struct field **field)
{
    static const char *const fixed[] = { "ref", "process", "state", "opened" };
    const struct process *process = s->l->process;
    const char *flag = strstr(name, "??");

    *field = process_field(
        process, flag ? arena_text_n(s->l->arena, name, (size_t)(flag - name)) : name);
    if (flag)
        return *field != NULL;
    if (text_starts(name, "due ") || text_starts(name, "do_by "))
        return process_deadline(process, strchr(name, ' ') + 1) != NULL;
    return text_in(name, fixed, sizeof fixed / sizeof *fixed) || *field;
}

/* Where in the file the subject's or the body's byte stands. */
static struct span span_of(const struct message_rule *message, const char *in, size_t len)
{
    struct span span = { message->span.source, 1, 1, 1 };

    for (const char *c = span.source->text; c < in; c++) {
        span.line += *c == '\n';
        span.col = *c == '\n' ? 1 : span.col + ((*c & 0xC0) != 0x80);
    }
    span.end_col = span.col + (int)len;
    return span;
}

static void unknown(const struct sending *s, struct span span, const char *name)
{
    const struct process *p = s->l->process;
    struct { const char **at; size_t count, room; } names = { NULL, 0, 0 };
    struct diag *d = lint_warn(s->l, "R007", span, name,
                               "'%s', which sends this message, has nothing called '%s'", p->name,
                               name);

    for (size_t i = 0; i < p->field_count; i++)
        *LIST_ADD(s->l->arena, &names) = p->fields[i].name;
    for (size_t i = 0; i < p->deadline_count; i++)
        *LIST_ADD(s->l->arena, &names) =
            arena_printf(s->l->arena, "due %s", p->deadlines[i].name);
    diag_nearest(s->l->diags, d, name, names.at, names.count);
}

/* Fields of which some see nothing may not go out to them; personal ones go out in letters by
 * post alone. */
static void check_reader(const struct sending *s, struct span span, const struct field *field)
{
    const char *who = s->effect->who;

    if (field->seen_by.count && who && !names_have(&field->seen_by, who)) {
        struct diag *d = diag_error(s->l->diags, "D018", span,
                                    "'%s' is hidden from '%s', to whom '%s' sends this message",
                                    field->name, who, s->l->process->name);
        diag_note(s->l->diags, d, field->span, "who sees it stands");
    } else if (field->personal && (s->effect->kind != EFFECT_LETTER || s->effect->email)) {
        lint_warn(s->l, "D019", span, s->message->name,
                  "'%s' is personal and no message shows it: '(not known)' stands there",
                  field->name);
    }
}

/* The placeholders of a text, which stands in the file at `from`. */
static void check_text(const struct sending *s, const char *text, const char *from)
{
    const char *close;

    for (const char *at = strstr(text, "(("); at; at = strstr(close, "((")) {
        const struct field *field;
        close = strstr(at, "))");
        if (!close)
            return;
        const char *name = arena_text_n(s->l->arena, at + 2, (size_t)(close - at) - 2);
        struct span span = span_of(s->message, from + (at + 2 - text), strlen(name));
        if (!placeholder_known(s, name, &field))
            unknown(s, span, name);
        else if (field)
            check_reader(s, span, field);
    }
}

static void check_effect(void *self, const struct effect *effect)
{
    struct sending s = { .l = self, .effect = effect };
    const struct source *source;

    s.message = effect->message ? model_message(s.l->model, effect->message) : NULL;
    if (!s.message)
        return;
    source = s.message->span.source;
    check_text(&s, s.message->subject, source->text + strlen("# "));
    check_text(&s, s.message->body, source->text + source->len - strlen(s.message->body));
}

void lint_messages(const struct lint *l)
{
    lint_effects(l->process, (void *)(uintptr_t)l, check_effect);
}

/* --- messages nobody sends ------------------------------------------------------------------- */

struct sent {
    const char *name;
    bool found;
};

static void sends(void *self, const struct effect *effect)
{
    struct sent *sent = self;

    if (text_same(effect->message, sent->name))
        sent->found = true;
}

void lint_unsent(const struct lint *l)
{
    for (size_t i = 0; i < l->model->message_count; i++) {
        const struct message_rule *message = &l->model->messages[i];
        struct sent sent = { message->name, !lint_own(l, message->span) };
        for (size_t j = 0; !sent.found && j < l->model->process_count; j++)
            lint_effects(&l->model->processes[j], &sent, sends);
        if (!sent.found)
            diag_about(l->diags,
                       diag_warning(l->diags, "D014", message->span, "nothing sends '%s'",
                                    message->name),
                       "%s", message->name);
    }
}
