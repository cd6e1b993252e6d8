/* SPDX-License-Identifier: MIT */
#include "engine/run/paper.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/core/message.h"
#include "engine/run/markdown.h"
#include "engine/run/mime.h"

#include <ctype.h>
#include <string.h>

static const char style[] =
    "@page{size:A4;margin:22mm 24mm}"
    "*{box-sizing:border-box}"
    "body{margin:0 auto;padding:24px;max-width:170mm;color:#0b0c0c;background:#fff;"
    "font:16px/1.5 Arial,\"Liberation Sans\",Helvetica,sans-serif}"
    "header{display:flex;justify-content:space-between;align-items:flex-start;gap:24px;"
    "border-bottom:2px solid #0b0c0c;padding-bottom:12px;margin-bottom:28px}"
    "header p{margin:0}header .from{font-weight:bold;font-size:19px;line-height:1.3}"
    "header .when{text-align:right;white-space:nowrap}"
    ".to{margin:0 0 28px}"
    "h1{font-size:21px;line-height:1.3;margin:0 0 16px}h2{font-size:18px;margin:24px 0 8px}"
    "p,ul,ol,table{margin:0 0 14px}ul,ol{padding-left:24px}li{margin-bottom:4px}"
    "table{border-collapse:collapse;width:100%}"
    "th,td{text-align:left;vertical-align:top;padding:6px 12px 6px 0;"
    "border-bottom:1px solid #b1b4b6}"
    "a{color:inherit}"
    "h1,h2{break-after:avoid}tr,li{break-inside:avoid}p{orphans:3;widows:3}"
    "@media print{body{padding:0;max-width:none;font-size:11.5pt}"
    "header .from{font-size:14pt}h1{font-size:15pt}h2{font-size:13pt}}";

/* The message's own marks, which mean nothing in plain text: "## Title", "**bold**". What is filled
 * in stays as it was typed. */
static const char *without_marks(struct arena *arena, const char *body)
{
    struct buf out = buf_in(arena);
    for (const char *at = body; *at; at++) {
        if (at == body || at[-1] == '\n') {
            size_t marks = strspn(at, "#");
            at += marks && at[marks] == ' ' ? marks + 1 : 0;
        }
        if (at[0] == '*' && at[1] == '*')
            at++;
        else if (*at)
            buf_char(&out, *at);
        if (!*at)
            break;
    }
    return buf_text(&out);
}

static const char *html_of(struct arena *arena, const char *from, const char *date,
                           const char *ref, const char *addressee, const char *subject,
                           const char *body)
{
    const char *title = mime_escape(arena, subject);
    struct buf out = buf_in(arena);
    buf_printf(&out,
               "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n"
               "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
               "<title>%s</title>\n<style>%s</style>\n</head>\n<body>\n",
               title, style);
    buf_printf(&out,
               "<header>\n<p class=\"from\">%s</p>\n<p class=\"when\">%s<br>Our reference: %s</p>\n"
               "</header>\n",
               mime_escape(arena, from), date, mime_escape(arena, ref));
    if (addressee)
        buf_printf(&out, "<p class=\"to\">%s</p>\n", mime_escape(arena, addressee));
    buf_printf(&out, "<main>\n<h1>%s</h1>\n%s</main>\n</body>\n</html>\n", title, body);
    return buf_text(&out);
}

struct paper paper_write(struct arena *arena, const struct model *model,
                         const struct casefile *file, const struct letter_entry *letter,
                         const char *addressee)
{
    char date[DAY_TEXT_MAX];
    const struct process *process = model_process(model, file->process);
    const struct message_rule *message = model_message(model, letter->message);
    const char *subject = message ? message->subject : letter->message;
    const char *body = message ? message->body : "";
    const char *from = text_or(model->title, model->pack);
    bool personal = !letter->email;
    day_long(letter->made, date);
    subject = message_fill(arena, subject, process, file, personal);
    const char *marked =
        markdown_html(arena, message_fill_marked(arena, body, process, file, personal));
    struct paper paper = { .subject = subject };
    paper.html = html_of(arena, from, date, file->ref, addressee, subject, marked);
    const char *words =
        message_fill(arena, without_marks(arena, body), process, file, personal);
    paper.text = arena_printf(arena, "%s\n%s\nOur reference: %s\n\n%s%s%s\n\n%s", from, date,
                              file->ref, text_or(addressee, ""), addressee ? "\n\n" : "", subject,
                              words);
    return paper;
}

const char *paper_file_name(struct arena *arena, const char *ref, const char *letter,
                            const char *ending)
{
    char *name = arena_printf(arena, "%s %s.%s", ref, letter, ending);
    for (char *c = name; *c; c++)
        if (!isalnum((unsigned char)*c) && !strchr(" -_.", *c))
            *c = '_';
    return name;
}
