/* SPDX-License-Identifier: MIT */
#include "lua/library.h"

#include "lua/asks.h"
#include "lua/basics.h"
#include "lua/budget.h"
#include "lua/calendar.h"
#include "lua/dates.h"
#include "lua/tables.h"
#include "lua/texts.h"
#include "lua/trees.h"

/* The examples are run on one case: a review held on 3 September 2025 and 10 November 2026, a child
 * born on 5 May 2015, three mornings a week in school. */
static const struct library_entry entries[] = {
    /* conditions */
    { LIBRARY_CONDITION, "known", asks_known, "(name: string) -> boolean",
      "Whether a field has a value, or an event or state has happened. It is never \"not known\" "
      "itself.",
      "known(\"meeting\") and not known(\"decision\")" },
    { LIBRARY_CONDITION, "times", asks_times, "(name: string) -> integer",
      "How often an event has happened or a state was entered; 0 when never.",
      "times(\"review\") == 2" },
    { LIBRARY_CONDITION, "age", asks_age, "(on: date) -> integer",
      "The child's age in years on a day, by the field `birth`.", "age(meeting) == 11" },
    { LIBRARY_CONDITION, "school_year", asks_school_year, "(on: date) -> integer",
      "The child's school year on a day, by the field `birth`: reception is 0.",
      "school_year(meeting) == 7" },
    /* conditions and functions */
    { LIBRARY_SHARED, "date", dates_date, "(text: string) -> date",
      "A date. Dates have .year, .month and .day, are compared with each other, and move by "
      "lengths.",
      "date(\"2026-11-10\") + weeks(2) == date(\"2026-11-24\")" },
    { LIBRARY_SHARED, "days", dates_days, "(a: integer|date, b?: date) -> length|integer",
      "days(7) is a length of time; days(a, b) is how many days b lies after a.",
      "days(date(\"2026-11-10\"), date(\"2026-11-12\")) == 2" },
    { LIBRARY_SHARED, "weeks", dates_weeks, "(n: integer) -> length", "A length of time in weeks.",
      "date(\"2026-11-10\") - weeks(1) == date(\"2026-11-03\")" },
    { LIBRARY_SHARED, "months", dates_months, "(n: integer) -> length",
      "A length of time in months. They land on the same day number, else on the month's last day.",
      "date(\"2026-01-31\") + months(1) == date(\"2026-02-28\")" },
    { LIBRARY_SHARED, "has", trees_has, "(choices: list, choice: string) -> boolean",
      "Whether a field of several choices holds one.",
      "has(case.needs, \"speech\") and not has(case.needs, \"sight\")" },
    { LIBRARY_SHARED, "count", trees_count, "(list: list) -> integer",
      "How many rows or choices a field holds.", "count(case.sessions) == 3" },
    { LIBRARY_SHARED, "total", trees_total, "(rows: list, column?: string) -> number",
      "The hours of rows that have two times, or the sum of a column of numbers.",
      "total(case.sessions) == 9.5" },
    /* the calendar */
    { LIBRARY_CALENDAR, "working_day", calendar_working_day, "(on: date) -> boolean, string?",
      "Whether a day is a working day, and if not why. A year the calendar does not know is an "
      "error.",
      "not calendar:working_day(date(\"2026-12-25\"))" },
    { LIBRARY_CALENDAR, "school_day", calendar_school_day, "(on: date) -> boolean, string?",
      "Whether a day is a school day, and if not why.",
      "calendar:school_day(date(\"2026-11-10\"))" },
    { LIBRARY_CALENDAR, "add_working_days", calendar_add_working_days,
      "(from: date, n: integer) -> date",
      "The n-th working day after a date; before it, when n is below 0.",
      "calendar:add_working_days(date(\"2026-12-24\"), 1) == date(\"2026-12-29\")" },
    { LIBRARY_CALENDAR, "closure_around", calendar_closure_around,
      "(on: date, days: integer|length) -> {from: date, to: date}?, string?",
      "The stretch without school days that holds a date, or the next one, of at least so many "
      "days: its first and last day. nil when there is none in 14 months; nil and the reason in "
      "words when the calendar does not know its terms so far.",
      "calendar:closure_around(date(\"2026-07-20\"), weeks(4)).from == date(\"2026-07-24\")" },
    { LIBRARY_CALENDAR, "term", calendar_term,
      "(on: date) -> {name: string, from: date, to: date}?",
      "The term a date lies in, with its first and last school day; nil in the holidays. A date "
      "beyond the known terms is an error.",
      "calendar:term(date(\"2026-11-10\")).name == \"autumn 2026\"" },
    /* Lua's basic functions */
    { LIBRARY_BASE, "assert", NULL, "(value: any, message?: any) -> any",
      "Raises an error unless the value is true.", "assert(1 == 1)" },
    { LIBRARY_BASE, "error", NULL, "(message: any, level?: integer)",
      "Raises an error; it refuses the event, with the function's file and line.",
      "select(\"#\", pcall(error, \"no\")) == 2" },
    { LIBRARY_BASE, "getmetatable", NULL, "(value: any) -> any", "The metatable a script has set.",
      "getmetatable({}) == nil" },
    { LIBRARY_BASE, "ipairs", NULL, "(list: any) -> function",
      "Walks 1, 2, 3 ... until there is nothing.",
      "(function() local n = 0 for i in ipairs(case.sessions) do n = i end return n == 3 end)()" },
    { LIBRARY_BASE, "next", basics_next, "(t: table, key?: any) -> any, any",
      "The key that follows, in the order of the keys.", "next({b = 1, a = 2}) == \"a\"" },
    { LIBRARY_BASE, "pairs", basics_pairs, "(t: any) -> function",
      "Walks a table in the order of its keys: numbers, then texts, then dates. Also lists, and "
      "the items "
      "of a checklist.",
      "(function() local s = \"\" for k in pairs({b = 1, a = 1}) do s = s .. k end return s == "
      "\"ab\" end)()" },
    { LIBRARY_BASE, "pcall", budget_pcall, "(f: function, ...: any) -> boolean, any",
      "Calls a function and catches its error, except that of a spent budget.",
      "not pcall(error, \"no\")" },
    { LIBRARY_BASE, "select", basics_select, "(n: any, ...: any) -> any",
      "The values from the n-th on, or their number for '#'.", "select(2, \"a\", \"b\") == \"b\"" },
    { LIBRARY_BASE, "setmetatable", basics_setmetatable, "(t: table, metatable: table) -> table",
      "Sets a metatable, once; it is copied then. A table behind __index has no metatable itself.",
      "setmetatable({}, {__index = {a = 1}}).a == 1" },
    { LIBRARY_BASE, "tonumber", basics_tonumber, "(text: any) -> number?",
      "A text as a number; nil when it is none.", "tonumber(\"23.5\") == 23.5" },
    { LIBRARY_BASE, "tostring", basics_tostring, "(value: any) -> string",
      "Any value as a text: a date as people read it, a table as 'table'.",
      "tostring(date(\"2026-11-10\")) == \"Tue 10 Nov 2026\"" },
    { LIBRARY_BASE, "type", NULL, "(value: any) -> string",
      "The kind of a value; dates, lengths and lists are 'userdata'.", "type(1) == \"number\"" },
    { LIBRARY_BASE, "xpcall", budget_xpcall,
      "(f: function, handler: function, ...: any) -> boolean, any",
      "As pcall, with a function that is given the error.",
      "not xpcall(error, function(e) return e end, \"no\")" },
    /* math */
    { LIBRARY_MATH, "abs", basics_abs, "(x: number) -> number", "The number without its sign.",
      "math.abs(-2) == 2" },
    { LIBRARY_MATH, "ceil", basics_ceil, "(x: number) -> integer", "Rounds up.",
      "math.ceil(2.1) == 3" },
    { LIBRARY_MATH, "floor", basics_floor, "(x: number) -> integer", "Rounds down.",
      "math.floor(2.9) == 2" },
    { LIBRARY_MATH, "max", basics_max, "(x: number, ...: number) -> number", "The largest.",
      "math.max(1, 3, 2) == 3" },
    { LIBRARY_MATH, "min", basics_min, "(x: number, ...: number) -> number", "The smallest.",
      "math.min(3, 1, 2) == 1" },
    { LIBRARY_MATH, "round", basics_round, "(x: number, places?: integer) -> number",
      "Rounds to 0 to 4 places; half goes away from nothing.", "math.round(2.345, 1) == 2.3" },
    { LIBRARY_MATH, "tointeger", basics_tointeger, "(x: any) -> integer?",
      "A whole number as an integer; nil when it is none.", "math.tointeger(3.0) == 3" },
    /* string */
    { LIBRARY_STRING, "byte", NULL, "(s: string, i?: integer, j?: integer) -> integer",
      "The numbers of its bytes.", "string.byte(\"A\") == 65" },
    { LIBRARY_STRING, "char", NULL, "(...: integer) -> string", "A text of these bytes.",
      "string.char(65, 66) == \"AB\"" },
    { LIBRARY_STRING, "find", patterns_find,
      "(s: string, pattern: string, init?: integer, plain?: boolean) -> integer?, integer?, any",
      "Where a pattern is found. Texts to search have at most 4,096 bytes.",
      "string.find(\"year 9\", \"%d\") == 6" },
    { LIBRARY_STRING, "format", texts_format, "(form: string, ...: any) -> string",
      "Puts values into a text: %s %d %i %f %e %g %x %X %%, with widths and places of two digits.",
      "string.format(\"%02d:%s\", 7, \"x\") == \"07:x\"" },
    { LIBRARY_STRING, "gmatch", patterns_gmatch, "(s: string, pattern: string) -> function",
      "Walks every match of a pattern.",
      "(function() local n = 0 for w in string.gmatch(\"a b c\", \"%a\") do n = n + 1 end return n "
      "== 3 end)()" },
    { LIBRARY_STRING, "gsub", patterns_gsub,
      "(s: string, pattern: string, by: any, most?: integer) -> string, integer",
      "Replaces every match by a text, by what a table has for it or by what a function gives.",
      "string.gsub(\"a-b\", \"%-\", \" \") == \"a b\"" },
    { LIBRARY_STRING, "len", NULL, "(s: string) -> integer", "How many bytes it has.",
      "string.len(\"abc\") == 3" },
    { LIBRARY_STRING, "lower", NULL, "(s: string) -> string", "In small letters.",
      "string.lower(\"AB\") == \"ab\"" },
    { LIBRARY_STRING, "match", patterns_match,
      "(s: string, pattern: string, init?: integer) -> any",
      "What a pattern captures, or all of its match.",
      "string.match(\"year 9\", \"%d+\") == \"9\"" },
    { LIBRARY_STRING, "rep", texts_rep, "(s: string, n: integer, between?: string) -> string",
      "Repeats a text; the result has at most 32,768 bytes.", "string.rep(\"ab\", 2) == \"abab\"" },
    { LIBRARY_STRING, "reverse", NULL, "(s: string) -> string", "Backwards, by bytes.",
      "string.reverse(\"ab\") == \"ba\"" },
    { LIBRARY_STRING, "sub", NULL, "(s: string, i: integer, j?: integer) -> string",
      "A part of a text, by bytes.", "string.sub(\"abc\", 1, 2) == \"ab\"" },
    { LIBRARY_STRING, "upper", NULL, "(s: string) -> string", "In capitals.",
      "string.upper(\"ab\") == \"AB\"" },
    /* table */
    { LIBRARY_TABLE, "concat", tables_concat,
      "(t: table, between?: string, from?: integer, to?: integer) -> string",
      "Joins texts, numbers and dates; the result has at most 32,768 bytes.",
      "table.concat({\"a\", 1}, \", \") == \"a, 1\"" },
    { LIBRARY_TABLE, "insert", tables_insert, "(t: table, place_or_value: any, value?: any)",
      "Puts a value at the end, or at a place.",
      "(function() local t = {} table.insert(t, 5) return t[1] == 5 end)()" },
    { LIBRARY_TABLE, "pack", NULL, "(...: any) -> table",
      "The values as a table, with their number as `n`.", "table.pack(1, nil).n == 2" },
    { LIBRARY_TABLE, "remove", tables_remove, "(t: table, place?: integer) -> any",
      "Takes the last value out, or that at a place.", "table.remove({1, 2}) == 2" },
    { LIBRARY_TABLE, "sort", tables_sort, "(t: table, before?: function)",
      "Sorts in place. What is equal keeps its order.",
      "(function() local t = {3, 1, 2} table.sort(t) return t[1] == 1 end)()" },
    { LIBRARY_TABLE, "unpack", tables_unpack, "(t: table, from?: integer, to?: integer) -> any",
      "The values of a table, at most 250.", "select(\"#\", table.unpack({1, 2})) == 2" },
};

const struct library_entry *library(size_t *count)
{
    *count = sizeof entries / sizeof *entries;
    return entries;
}

bool library_in_conditions(const struct library_entry *entry)
{
    return entry->group == LIBRARY_CONDITION || entry->group == LIBRARY_SHARED;
}

const char *library_prefix(enum library_group group)
{
    switch (group) {
    case LIBRARY_CALENDAR:
        return "calendar:";
    case LIBRARY_MATH:
        return "math.";
    case LIBRARY_STRING:
        return "string.";
    case LIBRARY_TABLE:
        return "table.";
    case LIBRARY_CONDITION:
    case LIBRARY_SHARED:
    case LIBRARY_BASE:
        break;
    }
    return "";
}
