/* SPDX-License-Identifier: MIT */
#include "engine/run/letter.h"

#include "engine/base/arena.h"
#include "engine/base/text.h"
#include "engine/core/clock_date.h"
#include "engine/core/message.h"
#include "engine/run/casework.h"
#include "engine/run/duelist.h"
#include "engine/run/letters.h"
#include "engine/run/markdown.h"
#include "engine/run/mime.h"
#include "engine/run/weekdays.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { LATER_SHOWN = 5, SECTION_SHOWN = 50, HALF_A_YEAR = 183 };

/* The same lines as text and as HTML, grown side by side. */
struct page {
    struct arena *arena;
    struct buf text, html;
    const char *base_url;
    day today;
};

/* Capitals set a heading off in plain text; in HTML it needs none. `rest` follows as it is. */
static void heading(struct page *page, const char *words, const char *rest)
{
    buf_char(&page->text, '\n');
    for (const char *c = words; *c; c++)
        buf_char(&page->text, (char)toupper((unsigned char)*c));
    buf_printf(&page->text, "%s\n\n", rest);
    buf_printf(&page->html, "<h2>%s%s</h2>\n<ul>\n", mime_escape(page->arena, words),
               mime_escape(page->arena, rest));
}

static void section_end(struct page *page)
{
    buf_add(&page->html, "</ul>\n");
}

static void paragraph(struct page *page, const char *words)
{
    buf_printf(&page->text, "%s\n", words);
    buf_printf(&page->html, "<p>%s</p>\n", mime_escape(page->arena, words));
}

/* "Fri 18 Dec"; with its year where that does not go without saying. */
static const char *short_day(const struct page *page, day date)
{
    char text[DAY_TEXT_MAX];
    day_short(date, text);
    bool far = date < page->today - HALF_A_YEAR || date > page->today + HALF_A_YEAR;
    return arena_text_n(page->arena, text, strlen(text) - (far ? 0 : 5));
}

static const char *late_words(const struct page *page, const struct due_line *line, day today)
{
    int days = today - line->do_by;
    char minute[8];
    day law = line->in_law == DAY_NONE ? line->due : line->in_law;
    if (days > 0 && line->due < today)
        return arena_printf(page->arena, "%s late.",
                            text_count(page->arena, today - line->due, "day", "days"));
    if (days > 0)
        return arena_printf(page->arena, "The last working day for it has gone; the limit is %s.",
                            short_day(page, line->due));
    if (line->cut_off)
        return arena_printf(page->arena, "The limit is %s at %s.", short_day(page, line->due),
                            minute_text(line->cut_off, minute));
    if (line->statutory && law != line->do_by)
        return arena_printf(page->arena, "The law's limit is %s.", short_day(page, law));
    if (line->due != line->do_by)
        return arena_printf(page->arena, "The limit is %s.", short_day(page, line->due));
    return line->provisional ? "The date may still move." : NULL;
}

static void due_item(struct page *page, const struct due_line *line, day today)
{
    const char *date = short_day(page, line->do_by);
    const char *words = late_words(page, line, today);
    const char *cover =
        line->covering
            ? arena_printf(page->arena, "With you because there is no %s.", line->role_title)
            : NULL;
    buf_printf(&page->text, "  %-11s %-36s %s\n", date, line->title, line->ref);
    if (words)
        buf_printf(&page->text, "              %s\n", words);
    if (cover)
        buf_printf(&page->text, "              %s\n", cover);
    if (page->base_url)
        buf_printf(&page->text, "              %s/c/%s\n", page->base_url, line->ref);
    buf_printf(&page->html, "<li><strong>%s</strong> %s, ", date,
               mime_escape(page->arena, line->title));
    if (page->base_url)
        buf_printf(&page->html, "<a href=\"%s/c/%s\">%s</a>",
                   mime_escape(page->arena, page->base_url), line->ref, line->ref);
    else
        buf_add(&page->html, line->ref);
    if (words)
        buf_printf(&page->html, "<br>%s", words);
    if (cover)
        buf_printf(&page->html, "<br>%s", mime_escape(page->arena, cover));
    buf_add(&page->html, "</li>\n");
}

struct slices {
    size_t overdue, week, all; /* Lines up to which each section goes. */
};

/* Overdue: the do-by day has gone. This week: to Sunday; from Friday on, to the next. */
static struct slices slice(const struct due_line *lines, size_t count, day today, day *sunday)
{
    struct slices slices = { .all = count };
    while (slices.all && lines[slices.all - 1].paused) /* What stands still is not chased. */
        count = --slices.all;
    enum weekday weekday = weekday_of(today);
    *sunday = today + (SUNDAY - (int)weekday) + (weekday >= FRIDAY ? 7 : 0);
    while (slices.overdue < count && lines[slices.overdue].do_by < today)
        slices.overdue++;
    slices.week = slices.overdue;
    while (slices.week < count && lines[slices.week].do_by <= *sunday)
        slices.week++;
    return slices;
}

static void due_section(struct page *page, const char *title, const char *rest,
                        const struct due_line *lines, size_t count, size_t shown, day today)
{
    if (!count)
        return;
    heading(page, title, rest);
    for (size_t i = 0; i < count && i < shown; i++)
        due_item(page, &lines[i], today);
    if (count > shown) {
        buf_printf(&page->text, "  and %zu more\n", count - shown);
        buf_printf(&page->html, "<li>and %zu more</li>\n", count - shown);
    }
    section_end(page);
}

static bool in_list(const struct due_line *lines, size_t count, const struct notice_row *notice)
{
    for (size_t i = 0; i < count; i++)
        if (lines[i].case_id == notice->case_id && strcmp(lines[i].name, notice->about) == 0)
            return true;
    return false;
}

/* A message's subject, with the case's reference unless it names it itself. */
static const char *told_words(struct arena *arena, const struct message_rule *message,
                              const struct process *process, const struct casefile *file,
                              const char *about)
{
    const char *subject =
        message ? message_fill(arena, message->subject, process, file, false) : about;
    return strstr(subject, file->ref) ? subject : arena_printf(arena, "%s: %s", file->ref, subject);
}

static const char *nobody_words(const struct letter *letter, const struct notice_row *notice,
                                const struct casefile *file, const struct message_rule *message)
{
    struct desk_row desk;
    struct arena *arena = letter->arena;
    if (desk_get(world_store(letter->world), notice->desk, arena, &desk, NULL))
        return NULL;
    return arena_printf(arena, "%s: '%s' reached nobody: no %s is named on the case.", file->ref,
                        message ? message->name : notice->about,
                        world_role_title(letter->world, desk.role, arena));
}

/* What a notice says that is not about this person's own list; NULL: nothing. */
static enum err_code notice_words(const struct letter *letter, const struct notice_row *notice,
                                  struct arena *scratch, const char **out, struct err *err)
{
    struct case_row row = { 0 };
    struct casefile file;
    const struct ruleset *set;
    struct arena *arena = letter->arena;
    enum err_code rc =
        case_load(world_store(letter->world), notice->case_id, scratch, &row, &file, err);
    if (!rc)
        rc = world_ruleset(letter->world, file.ruleset, &set, err);
    if (case_unreadable(rc)) {
        *out = arena_printf(arena, "%s cannot be read: tell whoever looks after this service.",
                            text_or(row.ref, "A case"));
        return ERR_NONE;
    }
    if (rc)
        return rc;
    const struct model *model = set->rules->pack->model;
    const struct process *process = model_process(model, file.process);
    const struct deadline *rule = clock_rule(scratch, process, &file, notice->about);
    const struct message_rule *message = model_message(model, notice->about);
    *out = NULL;
    if (strcmp(notice->kind, "failed") == 0)
        *out = arena_printf(arena, "%s: mail to %s is refused; put the address right.", file.ref,
                            notice->about);
    else if (strcmp(notice->kind, "escalate") == 0)
        *out = arena_printf(arena, "%s: '%s' still waits for somebody else.", file.ref,
                            rule ? rule->title : notice->about);
    else if (strcmp(notice->kind, "correct") == 0)
        *out = nobody_words(letter, notice, &file, message);
    else if (strcmp(notice->kind, "notify") == 0)
        *out = told_words(arena, message, process, &file, notice->about);
    return ERR_NONE;
}

/* Work of others that waits, mail that came back, what the rules wanted told. */
static enum err_code attention(struct page *page, const struct letter *letter,
                               const struct due_line *lines, size_t line_count, struct err *err)
{
    struct notice_row *notices;
    size_t count, shown = 0, left = 0;
    struct arena *scratch = arena_new(); /* For one case at a time. */
    enum err_code rc = notices_with(world_store(letter->world), letter->message->id, letter->arena,
                                    &notices, &count, err);
    for (size_t i = 0; !rc && i < count; i++) {
        const char *words;
        if (strcmp(notices[i].kind, "remind") == 0 || in_list(lines, line_count, &notices[i]))
            continue;
        arena_reset(scratch);
        rc = notice_words(letter, &notices[i], scratch, &words, err);
        if (rc || !words)
            continue;
        if (shown == SECTION_SHOWN) {
            left++;
            continue;
        }
        if (!shown++)
            heading(page, "For your attention", "");
        buf_printf(&page->text, "  %s\n", words);
        buf_printf(&page->html, "<li>%s</li>\n", mime_escape(letter->arena, words));
    }
    if (left)
        buf_printf(&page->text, "  and %zu more\n", left);
    if (left)
        buf_printf(&page->html, "<li>and %zu more</li>\n", left);
    if (shown)
        section_end(page);
    arena_free(scratch);
    return rc;
}

enum { BREAK_DAYS_MIN = 5, BREAK_AHEAD_DAYS = 7, DESKS_NAMED = 3 };

/* The last school day before a break that begins within a week, and the next one after it. */
static bool break_ahead(const struct calendar *calendar, day today, day *last, day *next)
{
    for (day at = today; at <= today + BREAK_AHEAD_DAYS; at++) {
        if (school_day(calendar, at, NULL) != DAY_COUNTS)
            continue;
        day again = at + 1;
        while (again < at + 100 && school_day(calendar, again, NULL) == DAY_SKIPPED)
            again++;
        *last = at;
        *next = again;
        if (again - at > BREAK_DAYS_MIN && school_day(calendar, again, NULL) == DAY_COUNTS)
            return true;
    }
    return false;
}

/* The calendar of the first of the person's schools; NULL: they act for none. */
static enum err_code school_calendar(const struct letter *letter, const struct due_line *lines,
                                     size_t count, const struct calendar **out, struct err *err)
{
    struct arena *scratch = arena_new(); /* For one case at a time. */
    enum err_code rc = ERR_NONE;
    *out = NULL;
    for (size_t i = 0; !rc && !*out && i < count; i++) {
        struct case_row row;
        struct casefile file;
        const struct ruleset *set;
        arena_reset(scratch);
        rc = case_load(world_store(letter->world), lines[i].case_id, scratch, &row, &file, err);
        if (!rc)
            rc = world_ruleset(letter->world, file.ruleset, &set, err);
        const struct role *role =
            rc ? NULL : model_role(set->rules->pack->model, lines[i].role);
        if (role && role->of == ROLE_SCHOOL)
            *out = calendar_for(set->rules->pack->calendars, NULL, file.school);
        if (case_unreadable(rc))
            rc = ERR_NONE;
    }
    arena_free(scratch);
    return rc;
}

/* School roles are told before a holiday what falls due in it, under its last school day. */
static enum err_code holiday_notice(struct page *page, const struct letter *letter,
                                    const struct due_line *lines, size_t count, struct err *err)
{
    const struct calendar *calendar;
    day last, next;
    enum err_code rc = school_calendar(letter, lines, count, &calendar, err);
    if (!rc && calendar && break_ahead(calendar, minute_day(letter->now_minute), &last, &next))
        paragraph(page, arena_printf(letter->arena,
            "School ends on %s; the next school day is %s. What falls due in\n"
            "between is listed under %s.", short_day(page, last),
            short_day(page, next), short_day(page, last)));
    return rc;
}

struct posts {
    const struct letter *letter;
    struct buf words;
    size_t count;
};

static void add_post(void *self, const struct desk_row *desk)
{
    struct posts *posts = self;
    struct school_row school;
    struct arena *arena = posts->letter->arena;
    if (posts->count++ >= DESKS_NAMED)
        return;
    buf_add(&posts->words, posts->words.len ? ", and " : "");
    buf_add(&posts->words, world_role_title(posts->letter->world, desk->role, arena));
    if (desk->school &&
        !school_get(world_store(posts->letter->world), desk->school, arena, &school, NULL))
        buf_printf(&posts->words, " of %s", school.name);
}

/* "You get this because you are SENCO of Larkmoor Primary School." */
static enum err_code because(struct page *page, const struct letter *letter, struct err *err)
{
    struct posts posts = { .letter = letter, .words = buf_in(letter->arena) };
    enum err_code rc = person_desks(world_store(letter->world), letter->person->id, letter->arena,
                                    &posts, add_post, err);
    if (!rc && posts.count)
        paragraph(page, arena_printf(letter->arena, "You get this because you are %s.",
                                     buf_text(&posts.words)));
    return rc;
}

static void footer(struct page *page, const struct letter *letter)
{
    if (letter->head->base_url)
        paragraph(page, arena_printf(letter->arena, "See it all, or tell us what is done: %s/due",
                                     letter->head->base_url));
    int days = weekdays_of_digest(letter->person);
    if (days == WEEKDAYS_ALL)
        paragraph(page, "This comes at most once a day, and not at all when there is nothing new.");
    else
        paragraph(page, arena_printf(letter->arena,
            "As you asked, this comes on %s, and not at all when there is nothing new; on another\n"
            "day you work, only what cannot wait until then.",
            weekdays_text(letter->arena, days)));
    paragraph(page, "No child is named here on purpose. Not you? Reply to this message.");
}

static const char *subject(struct arena *arena, const struct slices *slices)
{
    size_t week = slices->week - slices->overdue, later = slices->all - slices->week;
    if (slices->overdue && week)
        return arena_printf(arena, "%zu overdue, %zu to do this week", slices->overdue, week);
    if (slices->overdue)
        return arena_printf(arena, "%zu overdue", slices->overdue);
    if (week)
        return arena_printf(arena, "%zu to do this week", week);
    if (later)
        return arena_printf(arena, "%zu coming up", later);
    return "For your attention";
}

static const char *wire(const struct letter *letter, const char *subject_text, const char *text,
                        const char *html)
{
    char *id = arena_printf(letter->arena, "%s@%s", letter->message->key, letter->head->domain);
    for (char *c = id; *c && *c != '@'; c++)
        if (*c == ':')
            *c = '.';
    struct mime mime = { .from = letter->head->from, .to_name = letter->person->name,
                         .to_email = letter->person->email, .subject = subject_text,
                         .message_id = id, .date_ms = letter->now_ms, .text = text, .html = html };
    return mime_text(letter->arena, &mime);
}

/* Styled where it stands: many mail programs read no other style. */
static const char *html_page(struct arena *arena, const char *title, const char *body)
{
    return arena_printf(arena,
                        "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head><meta charset=\"utf-8\">"
                        "<meta name=\"viewport\" content=\"width=device-width\">"
                        "<title>%s</title>\n<style>h2{font-size:19px;margin:28px 0 8px}"
                        "ul{margin:0;padding-left:20px}li{margin:0 0 8px}"
                        "table{border-collapse:collapse}th,td{text-align:left;"
                        "padding:4px 12px 4px 0;border-bottom:1px solid #b1b4b6}</style></head>\n"
                        "<body style=\"margin:0 auto;padding:16px;max-width:640px;"
                        "font:16px/1.5 Arial,Helvetica,sans-serif;color:#0b0c0c\">\n"
                        "%s</body>\n</html>\n",
                        mime_escape(arena, title), body);
}

static enum err_code digest(const struct letter *letter, const char **out, struct err *err)
{
    struct due_line *lines;
    size_t count;
    struct arena *arena = letter->arena;
    day today = minute_day(letter->now_minute), sunday;
    struct duelist_filter filter = { .person = letter->person->id, .until = DAY_NONE,
                                     .today = today };
    struct page page = { .arena = arena, .text = buf_in(arena), .html = buf_in(arena),
                         .base_url = letter->head->base_url, .today = today };
    enum err_code rc = duelist_read(letter->world, &filter, arena, &lines, &count, err);
    if (rc)
        return rc;
    struct slices slices = slice(lines, count, today, &sunday);
    paragraph(&page, arena_printf(arena, "Dear %s,", letter->person->name));
    buf_char(&page.text, '\n');
    rc = holiday_notice(&page, letter, lines, count, err);
    if (rc)
        return rc;
    due_section(&page, "Overdue", "", lines, slices.overdue, SECTION_SHOWN, today);
    due_section(&page, "To do by ", short_day(&page, sunday),
                lines + slices.overdue, slices.week - slices.overdue, SECTION_SHOWN, today);
    rc = attention(&page, letter, lines, count, err);
    if (rc)
        return rc;
    bool daily = weekdays_of_digest(letter->person) == WEEKDAYS_ALL;
    due_section(&page, "Later", "", lines + slices.week, slices.all - slices.week,
                daily ? LATER_SHOWN : SECTION_SHOWN, today);
    buf_char(&page.text, '\n');
    rc = because(&page, letter, err);
    if (rc)
        return rc;
    footer(&page, letter);
    const char *title = subject(arena, &slices);
    *out = wire(letter, title, buf_text(&page.text), html_page(arena, title, buf_text(&page.html)));
    return ERR_NONE;
}

static enum err_code told(const struct letter *letter, const char **out, struct err *err)
{
    struct notice_row *notices;
    size_t count;
    struct case_row row;
    struct casefile file;
    const struct ruleset *set;
    struct store *store = world_store(letter->world);
    struct arena *arena = letter->arena;
    enum err_code rc = notices_with(store, letter->message->id, arena, &notices, &count, err);
    if (!rc && !count)
        rc = err_set(err, ERR_DAMAGED, "message %lld has nothing to tell",
                     (long long)letter->message->id);
    if (!rc)
        rc = case_load(store, notices[0].case_id, arena, &row, &file, err);
    if (!rc)
        rc = world_ruleset(letter->world, file.ruleset, &set, err);
    if (rc)
        return rc;
    const struct model *model = set->rules->pack->model;
    const struct process *process = model_process(model, file.process);
    const struct message_rule *rule = model_message(model, notices[0].about);
    const char *title = rule ? message_fill(arena, rule->subject, process, &file, false)
                             : notices[0].about;
    const char *body = rule ? message_fill(arena, rule->body, process, &file, false) : "";
    const char *marked = rule ? message_fill_marked(arena, rule->body, process, &file, false) : "";
    *out = wire(letter, title, body, html_page(arena, title, markdown_html(arena, marked)));
    return ERR_NONE;
}

/* As it was written: the same words that would be printed. */
static enum err_code written(const struct letter *letter, int64_t case_id, const char *name,
                             const char **out, struct err *err)
{
    struct letter_row row;
    enum err_code rc =
        letter_get(world_store(letter->world), case_id, name, letter->arena, &row, err);
    if (!rc)
        *out = wire(letter, row.subject, row.text, row.html);
    return rc;
}

enum err_code letter_write(const struct letter *letter, const char **out, struct err *err)
{
    int64_t case_id;
    const char *name;
    if (letters_of_key(letter->message->key, letter->arena, &case_id, &name))
        return written(letter, case_id, name, out, err);
    return text_starts(letter->message->key, "digest:") ? digest(letter, out, err)
                                                        : told(letter, out, err);
}
