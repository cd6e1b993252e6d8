/* SPDX-License-Identifier: MIT */
/* Scripts that mean harm, or are merely wrong: each is stopped soon, says where, and leaves the
 * host as good as before. Time is taken of the processor, so that a busy machine fails nothing. */
#include "tests/unit/lua/fixture.h"
#include <stdlib.h>
#include <time.h>

/* The aim is 100 ms in a release build, a sanitizer and coverage included; see `slowest`. */
enum { ATTACK_MS_MAX = 400 };

struct attack {
    int line;
    const char *what, *body, *says; /* says NULL: stopped or not, but soon. */
};
#define ROW(...) { __LINE__, __VA_ARGS__ }
#define STEPS "the budget of 1,000,000 steps is spent in m.f"
#define MEMORY "the budget of 8 MiB of memory is spent in m.f"
#define SIZE "a text, a table or a chain of calls is larger than a rule may make in m.f"
#define PATTERN "the budget of 200,000 steps of patterns is spent in m.f"

static const struct attack attacks[] = {
    ROW("an endless loop", "while true do end", STEPS),
    ROW("with repeat", "repeat until false", STEPS),
    ROW("with goto", "::a:: goto a", STEPS),
    ROW("a long count", "for i = 1, 1e15 do end", STEPS),
    ROW("an endless iterator", "for _ in function() return 1 end do end", STEPS),
    ROW("an endless ipairs",
        "for _ in ipairs(setmetatable({}, {__index = function() return 1 end})) do end", STEPS),
    ROW("endless tail calls", "local function g() return g() end g()", STEPS),
    ROW("pcall that swallows", "while true do pcall(function() while true do end end) end", STEPS),
    ROW("and then says yes", "pcall(function() while true do end end) return true", STEPS),
    ROW("pcall in pcall",
        "local function g() while true do pcall(pcall, pcall, g) end end g() return true", STEPS),
    ROW("pcall of itself", "local function g() pcall(g) pcall(g) end g() return true", STEPS),
    ROW("xpcall",
        "while true do xpcall(function() while true do end end, function() while true do end end) "
        "end",
        STEPS),
    ROW("a handler that fails",
        "while true do xpcall(error, error, 'x') pcall(xpcall, error, error) end", STEPS),
    ROW("errors in a row", "while true do pcall(error, 'x') end", STEPS),
    ROW("error objects that print themselves",
        "error(setmetatable({}, {__tostring = function() while true do end end}))",
        "an error was raised that is a table"),
    ROW("tostring that does not end",
        "tostring(setmetatable({}, {__tostring = function() while true do end end}))", STEPS),
    ROW("tostring in pcall",
        "local t = setmetatable({}, {__tostring = function() while true do end end}) "
        "while true do pcall(tostring, t) end",
        STEPS),
    ROW("tostring of itself",
        "local t t = setmetatable({}, {__tostring = function() return tostring(t) end}) "
        "pcall(tostring, t) "
        "return tostring(t) == ''",
        "C stack overflow"),
    ROW("__index",
        "local t = setmetatable({}, {__index = function(t, k) return t[k + 1] end}) return t[1]",
        NULL),
    ROW("__index that loops",
        "return setmetatable({}, {__index = function() while true do end end}).x", STEPS),
    ROW("__newindex", "setmetatable({}, {__newindex = function() while true do end end}).x = 1",
        STEPS),
    ROW("__eq",
        "local m = {__eq = function() while true do end end} "
        "return setmetatable({}, m) == setmetatable({}, m)",
        STEPS),
    ROW("__lt",
        "local m = {__lt = function() while true do end end} "
        "return setmetatable({}, m) < setmetatable({}, m)",
        STEPS),
    ROW("__concat",
        "local m = {__concat = function() while true do end end} return setmetatable({}, m) .. ''",
        STEPS),
    ROW("__len", "return #setmetatable({}, {__len = function() while true do end end})", STEPS),
    ROW("__call", "return setmetatable({}, {__call = function() while true do end end})()", STEPS),
    ROW("__close", "local t = setmetatable({}, {__close = 1}) local x <close> = t return true",
        "__close is not available"),
    ROW("a chain of tables",
        "local t = {} for i = 1, 2000 do t = setmetatable({}, {__index = t}) end "
        "for i = 1, 1e9 do local x = t.x end",
        "cannot have a metatable itself"),
    ROW("a chain from the other end",
        "local first, t = {} t = first for i = 1, 2000 do local n = {} setmetatable(t, {__index = "
        "n}) t = n end "
        "for i = 1, 1e9 do local x = first.x end",
        "cannot have a metatable"),
    ROW("a table behind itself", "local t = {} setmetatable(t, {__index = t}) return t.x",
        "its own __index"),
    ROW("a comparator that loops", "table.sort({3, 2, 1}, function() while true do end end)",
        STEPS),
    ROW("a comparator in pcall",
        "while true do pcall(table.sort, {3, 2, 1}, function() while true do end end) end", STEPS),
    ROW("sorting without end",
        "local t = {} for i = 1, 3000 do t[i] = -i end while true do table.sort(t) end", STEPS),
    ROW("a callback of gsub", "('x'):gsub('x', function() while true do end end)", STEPS),
    ROW("gsub in pcall",
        "while true do pcall(string.gsub, 'xxx', 'x', function() while true do end end) end",
        STEPS),
    ROW("gsub within gsub",
        "local function g(s) return (s:gsub('.', g)) end return g(('x'):rep(4000)) == ''", NULL),
    ROW("eating memory", "local t = {} for i = 1, 1e9 do t[i] = {} end", NULL),
    ROW("eating memory by texts",
        "local t = {} for i = 1, 1e9 do t[i % 1000] = ('xxxxxxxx'):rep(4000) .. i end", MEMORY),
    ROW("eating memory in pcall",
        "local t = {} while true do pcall(function() for i = 1, 1e9 do t[#t + 1] = {{}} end end) "
        "end",
        NULL),
    ROW("small tables in small tables", "local t while true do t = {t} end", MEMORY),
    ROW("closures", "local f while true do local g = f f = function() return g end end", MEMORY),
    ROW("boxes", "while true do local x = case.needs end", NULL),
    ROW("dates", "local d = date('1990-01-01') for i = 1, 70000 do local x = d + days(i) end",
        NULL),
    ROW("doubling a text", "local s = 'x' while true do s = s .. s end", SIZE),
    ROW("growing a text", "local s = ('x'):rep(30000) while true do local x = s .. 'y' end", NULL),
    ROW("string.rep", "return ('x'):rep(1e9) == ''",
        "string.rep would make a text longer than 32768 bytes"),
    ROW("string.rep of nothing", "while true do local s = (''):rep(32000) end", STEPS),
    ROW("string.rep with much between", "return ('x'):rep(2, ('y'):rep(32000)) == ''",
        "longer than 32768 bytes"),
    ROW("table.concat",
        "local t = {} for i = 1, 5000 do t[i] = ('x'):rep(100) end return table.concat(t) == ''",
        "table.concat would make a text longer than 32768 bytes"),
    ROW("table.concat of nothing", "while true do local s = table.concat({}, '', 1, 0) end", NULL),
    ROW("table.concat of empty texts",
        "local t = {} for i = 1, 9000 do t[i] = '' end while true do table.concat(t) end", STEPS),
    ROW("table.concat of far places", "return table.concat({}, '', 1, 1 << 62) == ''",
        "cannot be joined"),
    ROW("string.format", "while true do local s = string.format('%99.99f', 1e300) end", NULL),
    ROW("string.format of long texts",
        "local s = ('x'):rep(30000) return string.format('%s%s%s%s', s, s, s, s) == ''", SIZE),
    ROW("string.format with a wide form", "return string.format('%999d', 1) == ''",
        "at most two digits"),
    ROW("string.byte",
        "local s = ('x'):rep(30000) while true do local x = select('#', s:byte(1, -1)) end", NULL),
    ROW("string.upper", "local s = ('x'):rep(30000) while true do local x = s:upper() end", NULL),
    ROW("comparing long texts",
        "local a, b = ('x'):rep(30000) .. 'a', ('x'):rep(30000) .. 'b' while true do local x = a < "
        "b end",
        STEPS),
    ROW("long texts that are equal",
        "local a, b = ('x'):rep(30000), ('x'):rep(30000) while true do local x = a == b end",
        STEPS),
    ROW("texts of middling length",
        "local a, b = ('x'):rep(2000), ('x'):rep(2000) while true do local x = a == b end", STEPS),
    ROW("texts just below the first price",
        "local a, b = ('x'):rep(220), ('x'):rep(220) while true do local x = a == b end", STEPS),
    ROW("numbers in long texts",
        "local s = (' '):rep(30000) .. '1' while true do local x = tonumber(s) end", STEPS),
    ROW("numbers in long texts for string.sub",
        "local s = (' '):rep(4000) .. '1' while true do local x = ('a'):sub(s) end", STEPS),
    ROW("a catastrophic pattern", "return ('a'):rep(4000):find('a*a*a*a*b') == nil", PATTERN),
    ROW("without repetition", "return ('a'):rep(4000):find('.-.-.-.-b$') == nil", PATTERN),
    ROW("a pattern in pcall",
        "while true do pcall(string.find, ('a'):rep(4000), 'a*a*a*a*b') end return true", PATTERN),
    ROW("a pattern in match", "return ('a'):rep(4000):match('(a*)(a*)(a*)%1%2b') == nil", PATTERN),
    ROW("a pattern in gsub", "return ('a'):rep(4000):gsub('a*a*a*b', '') == ''", PATTERN),
    ROW("a pattern in gmatch", "for x in ('a'):rep(4000):gmatch('a*a*a*b') do end", PATTERN),
    ROW("many small patterns", "while true do local x = ('abc'):find('%d') end", NULL),
    ROW("balanced", "return ('('):rep(4000):find('%b()%b()') == nil", NULL),
    ROW("nested captures", "return ('a'):find(('('):rep(40) .. 'a' .. (')'):rep(40)) == 1",
        "more than 32 captures"),
    ROW("deep patterns", "return ('a'):rep(400):find(('a?'):rep(250)) == 1", "too complex"),
    ROW("a long set",
        "local p = '[' .. ('b'):rep(500) .. ']' while true do local x = ('a'):rep(4000):find(p) "
        "end",
        PATTERN),
    ROW("plain find",
        "local s = ('a'):rep(4000) while true do local x = s:find('aaaaaab', 1, true) end", STEPS),
    ROW("a long subject", "return ('a'):rep(5000):find('a') == 1",
        "a pattern is tried on at most 4096 bytes"),
    ROW("deep recursion", "local function g(n) return 1 + g(n + 1) end return g(1) == 0", SIZE),
    ROW("deep recursion in pcall",
        "local function g(n) return 1 + g(n + 1) end while true do pcall(g, 1) end", SIZE),
    ROW("deep recursion by metamethods",
        "local m = {} m.__add = function(a, b) return a + b end local t = setmetatable({}, m) "
        "return t + t",
        "C stack overflow"),
    ROW("deep recursion by sorting",
        "local function g() table.sort({2, 1}, function(a, b) g() return a < b end) end g()",
        "C stack overflow"),
    ROW("and in pcall", "local function g() pcall(table.sort, {2, 1}, g) end while true do g() end",
        STEPS),
    ROW("growing arguments", "local function g(...) return g(1, ...) end g()", NULL),
    ROW("many arguments, again and again",
        "local function grow(n, f, ...) if n == 0 then while true do f(...) end end return grow(n "
        "- 1, f, 1, ...) "
        "end grow(2000, function(...) end)",
        NULL),
    ROW("some arguments, again and again",
        "local t = {} for i = 1, 240 do t[i] = i end local function g(...) end "
        "local function h(...) while true do g(...) end end h(table.unpack(t))",
        STEPS),
    ROW("table.unpack", "local t = {} for i = 1, 1000 do t[i] = i end table.unpack(t)",
        "at most 250 values"),
    ROW("table.unpack far", "table.unpack({}, 1, 1e8)", "at most 250 values"),
    ROW("table.insert in front",
        "local t = {} for i = 1, 10000 do t[i] = i end while true do table.insert(t, 1, 0) "
        "table.remove(t, 1) end",
        STEPS),
    ROW("pairs of a large table",
        "local t = {} for i = 1, 5000 do t['k' .. i] = i end while true do for k in pairs(t) do "
        "break end end",
        STEPS),
    ROW("next of a large table",
        "local t = {} for i = 1, 5000 do t['k' .. i] = i end while true do next(t) end", STEPS),
    ROW("a long list of rows", "while true do local x = case.sessions[3] end", NULL),
    ROW("closures around", "while true do calendar:closure_around(case.on, 20) end", NULL),
    ROW("working days", "while true do calendar:add_working_days(case.on, 200) end", STEPS),
    ROW("unknown names", "while true do pcall(function() return case.nonsense end) end", NULL),
    ROW("unknown events", "while true do pcall(function() return case.events.nonsense end) end",
        NULL),
    ROW("metatables", "while true do setmetatable({}, {__index = {}}) end", NULL),
    ROW("select",
        "local function g(...) while true do select(-1, ...) end end g(table.unpack({1, 2, 3}))",
        NULL),
};

static double cpu_ms(void)
{
    struct timespec at;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
    return (double)at.tv_sec * 1e3 + (double)at.tv_nsec / 1e6;
}

static void attacks_are_stopped(void **state)
{
    static const char *const asked[] = { "lua:m.f", "lua:m.good", "urgent" };
    double most = 0;
    const char *slowest = "";
    (void)state;
    for (size_t i = 0; i < COUNT(attacks); i++) {
        char module[1024];
        snprintf(module, sizeof module,
                 "local m = {}\nfunction m.f(case, calendar)\n%s\nend\n"
                 "function m.good(case) return case.hours > 20, 'still good' end\nreturn m\n",
                 attacks[i].body);
        struct fixture *f = fixture_new(asked, COUNT(asked), module);
        host_begin(f->host);
        for (int again = 0; again < 2; again++) {
            double began = cpu_ms();
            const char *answer = fixture_ask(f, 0);
            double took = cpu_ms() - began;
            if (took > most) {
                most = took;
                slowest = attacks[i].what;
            }
            if (getenv("REEVE_TIMES"))
                printf("%8.1f ms  %s: %s\n", took, attacks[i].what, answer);
            if (took > ATTACK_MS_MAX)
                fail_msg("line %d: %s took %.0f ms", attacks[i].line, attacks[i].what, took);
            if (attacks[i].says && !strstr(answer, attacks[i].says))
                fail_msg("line %d: %s\n wanted %s\n    got %s", attacks[i].line, attacks[i].what,
                         attacks[i].says, answer);
            if (strcmp(answer, "yes") != 0 && strncmp(answer, "t/lua/m.lua:3:", 14) != 0)
                fail_msg("line %d: %s: no place in %s", attacks[i].line, attacks[i].what, answer);
            /* And the host is as good as before, in the same event and in the next. */
            assert_string_equal(fixture_ask(f, 1), "yes: still good");
            assert_string_equal(fixture_ask(f, 2), "yes");
            host_begin(f->host);
            assert_string_equal(fixture_ask(f, 1), "yes: still good");
        }
        fixture_free(f);
    }
    printf("slowest: %s, %.0f ms\n", slowest, most);
}

static void conditions_are_stopped(void **state)
{
    static const char *const asked[] = {
        "total(sessions) < 1 or known(chosen .. chosen)",
        "meeting + days(99999999) > on",
        "meeting + months(99999) > on",
    };
    struct fixture *f = fixture_new(asked, COUNT(asked), NULL);
    (void)state;
    for (size_t i = 0; i < COUNT(asked); i++)
        assert_non_null(strstr(fixture_ask(f, i), "t/processes/p.yaml:1:1: in the condition"));
    fixture_free(f);
}

/* A pack that is too large is a finding, and no crash. */
static void a_large_pack_is_refused(void **state)
{
    static const char *const asked[] = { "lua:m.f" };
    enum { LINES = 200000 };
    size_t len = 0, room = LINES * 40;
    char *module = malloc(room);
    (void)state;
    len += (size_t)snprintf(module, room, "local t = {}\n");
    for (int i = 0; i < LINES; i++)
        len += (size_t)snprintf(module + len, room - len, "t[%d] = 'text number %d'\n", i, i);
    struct fixture *f = fixture_made(asked, 1, module);
    assert_null(f->host);
    assert_non_null(strstr(fixture_findings(f), "L00"));
    fixture_free(f);
    free(module);
}

/* Long texts make steps dearer, so a file may not bring its own. */
static void a_long_text_is_refused(void **state)
{
    static const char *const asked[] = { "lua:m.f" };
    static char module[8192];
    (void)state;
    for (int len = 4000; len <= 5000; len += 1000) {
        snprintf(module, sizeof module,
                 "local s = '%0*d'\nreturn {f = function() return s ~= '' end}", len, 7);
        struct fixture *f = fixture_made(asked, 1, module);
        if (len == 4000)
            assert_string_equal(fixture_ask(f, 0), "yes");
        else
            assert_non_null(
                strstr(fixture_findings(f), "L004 it holds a text longer than 4096 bytes"));
        fixture_free(f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(attacks_are_stopped),
        cmocka_unit_test(conditions_are_stopped),
        cmocka_unit_test(a_large_pack_is_refused),
        cmocka_unit_test(a_long_text_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
