/* SPDX-License-Identifier: MIT */
/* stubs - the library's table as an editor wants it (lua/reeve.lua), and as a
 * page of the docs. */
#include "engine/base/text.h"
#include "engine/model/process.h"
#include "lua/library.h"
#include <string.h>

static const char head[] =
    "-- SPDX-License-Identifier: MIT\n"
    "---@meta\n"
    "-- What a pack's Lua may use, for editors: written from the table in lua/library.c, so change "
    "that.\n"
    "-- A file of lua/ ends with `return` and its table of functions, each `function(case, "
    "calendar)`.\n"
    "-- A condition returns true or false, and the reason in words that the person will read.\n"
    "\n"
    "---@class date\n"
    "---@field year integer\n"
    "---@field month integer\n"
    "---@field day integer\n"
    "---@operator add(length): date\n"
    "---@operator sub(length): date\n"
    "---@operator sub(date): integer\n"
    "\n"
    "---@class length A length of time: weeks(2), or a setting such as \"10 working days\".\n"
    "\n"
    "---@class list Choices, or rows with a value by each column's name. #list is how many.\n"
    "\n"
    "---@class happened\n"
    "---@field first date?\n"
    "---@field latest date?\n"
    "---@field count integer\n"
    "\n"
    "---@class item\n"
    "---@field asked date?\n"
    "---@field done date?\n"
    "---@field na boolean\n"
    "\n"
    "---@class consent\n"
    "---@field asked date?\n"
    "---@field given date?\n"
    "---@field refused date?\n"
    "---@field withdrawn date?\n"
    "\n"
    "---@class case Every field by its name; an empty one is nil. Nothing can be changed.\n"
    "---@field events table<string, happened>\n"
    "---@field items table<string, table<string, item>> by checklist, then by item\n"
    "---@field consents table<string, consent>\n"
    "---@field settings table<string, any>\n"
    "---@field due table<string, date?>\n"
    "---@field deadline string? whose reminders are asked for\n"
    "---@field state string\n"
    "---@field opened date\n"
    "---@field on date the day of the event that is being decided\n"
    "---@field [string] any\n"
    "\n"
    "---@class calendar\n"
    "local calendar = {}\n";

/* The length of a type or a name up to a comma, minding brackets: "{from: date, to: date}?". */
static size_t part_len(const char *at)
{
    int depth = 0;
    size_t len = 0;
    for (; at[len]; len++) {
        if (strchr("{(<", at[len]))
            depth++;
        else if (strchr("})>", at[len]) && depth-- == 0)
            break;
        else if (at[len] == ',' && depth == 0)
            break;
    }
    return len;
}

static const char *next_part(const char *at, size_t len)
{
    at += len;
    return at + strspn(at, ", ");
}

/* "---@param on date" for each, and the names alone into `names`. */
static const char *add_params(struct buf *out, struct buf *names, const char *signature)
{
    const char *at = signature + 1;
    while (*at && *at != ')') {
        size_t len = part_len(at), name = strcspn(at, ":");
        buf_printf(out, "---@param %.*s %.*s\n", (int)name, at, (int)(len - name - 2),
                   at + name + 2);
        buf_add(names, names->len ? ", " : "");
        buf_add_n(names, at, at[name - 1] == '?' ? name - 1 : name);
        at = next_part(at, len);
    }
    return at;
}

static void add_stub(struct buf *out, const struct library_entry *entry)
{
    struct buf names = buf_in(out->arena);
    buf_printf(out, "\n--- %s\n--- `%s`\n", entry->says, entry->example);
    const char *at = add_params(out, &names, entry->signature);
    const char *arrow = strstr(at, "-> ");
    for (at = arrow ? arrow + 3 : ""; *at;) {
        size_t len = part_len(at);
        buf_printf(out, "---@return %.*s\n", (int)len, at);
        at = next_part(at, len);
    }
    buf_printf(out, "function %s%s(%s) end\n", library_prefix(entry->group), entry->name,
               buf_text(&names));
}

void library_stubs(struct buf *out)
{
    size_t count;
    const struct library_entry *entries = library(&count);
    buf_add(out, head);
    for (size_t i = 0; i < count; i++)
        if (entries[i].group != LIBRARY_CONDITION)
            add_stub(out, &entries[i]);
}

/* --- the page -------------------------------------------------------------------------------- */

static const char *heading(enum library_group group)
{
    static const char *const headings[] = {
        [LIBRARY_CONDITION] = "In one-line conditions only",
        [LIBRARY_SHARED] = "In conditions and in functions",
        [LIBRARY_CALENDAR] = "The calendar, in functions",
        [LIBRARY_BASE] = "Lua's basic functions",
        [LIBRARY_MATH] = "Numbers",
        [LIBRARY_STRING] = "Texts",
        [LIBRARY_TABLE] = "Tables",
    };
    return headings[group];
}

void library_page(struct buf *out)
{
    size_t count;
    const struct library_entry *entries = library(&count);
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || entries[i].group != entries[i - 1].group)
            buf_printf(out, "%s### %s\n\n", i ? "\n" : "", heading(entries[i].group));
        buf_printf(out, "- `%s%s%s`: %s Example: `%s`\n", library_prefix(entries[i].group),
                   entries[i].name, entries[i].signature, entries[i].says, entries[i].example);
    }
}

/* --- a pack's own ---------------------------------------------------------------------------- */

static const char *lua_type_of(const struct field *field)
{
    switch (field->type) {
    case FIELD_DATE:
        return "date";
    case FIELD_INTEGER:
        return "integer";
    case FIELD_NUMBER:
    case FIELD_HOURS:
    case FIELD_MONEY:
        return "number";
    case FIELD_YES_NO:
        return "boolean";
    case FIELD_CHOICES:
    case FIELD_ROWS:
        return "list";
    default:
        return "string";
    }
}

/* "annual-review" as part of a class's name. */
static void add_class(struct buf *out, const char *process, const char *part, const char *like)
{
    buf_add(out, "\n---@class case.");
    for (const char *c = process; *c; c++)
        buf_char(out, *c == '-' ? '_' : *c);
    buf_printf(out, "%s%s%s%s\n", *part ? "." : "", part, *like ? ": " : "", like);
}

static void add_part(struct buf *out, const char *process, const char *part)
{
    buf_printf(out, "---@field %s case.", part);
    for (const char *c = process; *c; c++)
        buf_char(out, *c == '-' ? '_' : *c);
    buf_printf(out, ".%s\n", part);
}

static void add_process(struct buf *out, const struct process *process)
{
    add_class(out, process->name, "", "case");
    for (size_t i = 0; i < process->field_count; i++)
        buf_printf(out, "---@field %s %s? %s\n", process->fields[i].name,
                   lua_type_of(&process->fields[i]), process->fields[i].label);
    add_part(out, process->name, "events");
    add_part(out, process->name, "items");
    add_class(out, process->name, "events", "");
    for (size_t i = 0; i < process->event_count; i++) /* One may stand in several states. */
        if (process_event_any(process, process->events[i].name) == &process->events[i])
            buf_printf(out, "---@field %s happened %s\n", process->events[i].name,
                       process->events[i].title);
    add_class(out, process->name, "items", "");
    for (size_t i = 0; i < process->checklist_count; i++) {
        const struct checklist *list = &process->checklists[i];
        buf_printf(out, "---@field %s {", list->name);
        for (size_t k = 0; k < list->item_count; k++)
            buf_printf(out, "%s%s: item", k ? ", " : "", list->items[k].name);
        buf_printf(out, "} %s\n", list->title);
    }
}

void library_stubs_of(const struct model *model, struct buf *out)
{
    buf_printf(out, "\n-- The cases of %s: write `---@param case case.NAME` over a function.\n",
               model->title);
    for (size_t i = 0; i < model->process_count; i++)
        add_process(out, &model->processes[i]);
}
