/* SPDX-License-Identifier: MIT */
/* Functions of a file: the case and the calendar as they see them, errors, and what is shut. */
#include "tests/unit/lua/fixture.h"

/* Each body is m.f(case, calendar). The answer is as fixture_ask writes it. */
struct row {
    int line;
    const char *body, *answer;
};
#define ROW(...) { __LINE__, __VA_ARGS__ }

static struct fixture *with_body(const char *body)
{
    static const char *const asked[] = { "lua:m.f" };
    static char module[4096]; /* One fixture at a time. */
    snprintf(module, sizeof module, "local m = {}\nfunction m.f(case, calendar) %s end\nreturn m\n",
             body);
    return fixture_new(asked, 1, module);
}

static void check(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct fixture *f = with_body(rows[i].body);
        const char *answer = fixture_ask(f, 0);
        if (strcmp(answer, rows[i].answer) != 0)
            fail_msg("line %d: %s\n wanted %s\n    got %s", rows[i].line, rows[i].body,
                     rows[i].answer, answer);
        if (strcmp(answer, fixture_ask(f, 0)) != 0)
            fail_msg("line %d: the second answer is another", rows[i].line);
        fixture_free(f);
    }
}

static void the_case_is_seen(void **state)
{
    static const struct row rows[] = {
        ROW("return case.urgent", "yes"),
        ROW("return case.looked_after == nil and case.ends == nil and case.decision == nil", "yes"),
        ROW("return false, 'the reason is ' .. case.note", "no: the reason is Grüße"),
        ROW("return true, case.hours .. ' hours from ' .. case.meeting",
            "yes: 23.5 hours from Tue 10 Nov 2026"),
        ROW("return true, tostring(case.settings.limit) .. ', ' .. case.size", "yes: 6 weeks, 7"),
        ROW("return true, case.state .. ' ' .. case.opened .. ' ' .. case.on",
            "yes: preparing Mon 1 Sep 2025 Sat 21 Nov 2026"),
        ROW("local r = case.events.review return true, r.count .. ' ' .. r.first .. ' ' .. "
            "r.latest",
            "yes: 2 Wed 3 Sep 2025 Tue 10 Nov 2026"),
        ROW("return case.events.hold.latest == nil and case.events.hold.count == 0", "yes"),
        ROW("local s = case.items.advice.school return s.asked == date('2026-07-20') and not "
            "s.done and "
            "not s.na",
            "yes"),
        ROW("return case.items.advice.ep.asked == nil", "yes"),
        ROW("local t = '' for k, v in pairs(case.items.advice) do t = t .. k .. ' ' .. "
            "tostring(v.asked) .. ';' end return true, t",
            "yes: ep nil;more1 Tue 2 Jun 2026;school Mon 20 Jul 2026;"),
        ROW("return case.consents.parent_agreement.given == date('2026-09-04')", "yes"),
        ROW("return case.consents.virtual_school.asked == nil", "yes"),
        ROW("return case.due.complete == date('2026-09-02') and case.due.circulate == nil", "yes"),
        ROW("return case.settings.full_hours['KS2'] == 23.5 and case.settings.ratio == 2.5", "yes"),
        ROW("local t = '' for k, v in pairs(case.settings.full_hours) do t = t .. k .. '=' .. v .. "
            "' ' end "
            "return true, t",
            "yes: 7=24 KS1=21 KS2=23.5 "),
        ROW("local n = 0 for i, s in ipairs(case.sessions) do n = n + i if s.day == 'Tue' then n = "
            "n + 10 "
            "end end return n == 16 and #case.sessions == 3",
            "yes"),
        ROW("return case.costs[1].on == date('2026-03-04') and case.costs[2].on == nil", "yes"),
        ROW("return case.needs[1] == 'speech' and case.needs[3] == nil", "yes"),
        ROW("return has(case.others, 'sight') == false and count(case.others) == 0", "yes"),
    };
    (void)state;
    check(rows, COUNT(rows));
}

static void the_calendar_is_asked(void **state)
{
    static const struct row rows[] = {
        ROW("local ok, why = calendar:working_day(date('2026-12-25')) return ok, why",
            "no: Christmas Day"),
        ROW("return calendar:add_working_days(case.on, 3) == date('2026-11-25')", "yes"),
        ROW("return calendar:add_working_days(case.on, -1) == date('2026-11-20')", "yes"),
        ROW("local asked = case.items.advice.school.asked "
            "local closed = calendar:closure_around(asked, case.settings.closure) "
            "if not closed then return false, 'open' end "
            "return asked >= closed.from - weeks(1) and asked < closed.to - weeks(1), "
            "closed.from .. ' to ' .. closed.to",
            "yes: Fri 24 Jul 2026 to Wed 2 Sep 2026"),
        ROW("return calendar:closure_around(case.on, 300) == nil", "yes"),
        ROW("local t = calendar:term(case.meeting) return t.name == 'autumn 2026' and t.to == "
            "date('2026-12-18')",
            "yes"),
        ROW("return calendar:term(date('2026-08-01')) == nil", "yes"),
        ROW("return calendar:working_day(date('2031-01-06'))",
            "t/lua/m.lua:2: in m.f: the calendar does not know Monday 6 January 2031: it "
            "ends on Fri 31 Dec 2027"),
        ROW("return calendar:term(date('2027-09-06')) == nil",
            "t/lua/m.lua:2: in m.f: the calendar 'made up' does not know Monday 6 September 2027: "
            "its last term ends on Fri 18 Dec 2026"),
        ROW("local closed, why = calendar:closure_around(date('2027-09-06'), 28) "
            "return closed == nil, why",
            "yes: the calendar 'made up' does not know its terms so far: its last term ends on Fri "
            "18 Dec 2026"),
        ROW("return calendar:add_working_days(date('2027-12-24'), 30) > case.on",
            "t/lua/m.lua:2: in m.f: the calendar ends before 30 working days from Friday 24 "
            "December 2027"),
        ROW("return calendar.working_day(case.on)",
            "t/lua/m.lua:2: in m.f: write calendar:working_day(date), with a colon"),
        ROW("return calendar:workingday(case.on)",
            "t/lua/m.lua:2: in m.f: the calendar has no 'workingday'; did you mean 'working_day'?"),
    };
    (void)state;
    check(rows, COUNT(rows));
}

static void errors_have_a_place(void **state)
{
    static const struct row rows[] = {
        ROW("\n\nreturn case.meting",
            "t/lua/m.lua:4: in m.f: no field 'meting'; did you mean 'meeting'?"),
        ROW("return case.hold",
            "t/lua/m.lua:2: in m.f: 'hold' is an event: write case.events.hold.latest"),
        ROW("return case.limit",
            "t/lua/m.lua:2: in m.f: 'limit' is a setting: write case.settings.limit"),
        ROW("return case.events.reviw.latest",
            "t/lua/m.lua:2: in m.f: no event 'reviw'; did you mean 'review'?"),
        ROW("return case.events.review.last",
            "t/lua/m.lua:2: in m.f: an event has no 'last'; did you mean 'latest'?"),
        ROW("return case.items.advise.school",
            "t/lua/m.lua:2: in m.f: no checklist 'advise'; did you mean 'advice'?"),
        ROW("return case.items.advice.scool",
            "t/lua/m.lua:2: in m.f: no item 'scool'; did you mean 'school'?"),
        ROW("return case.consents.parent",
            "t/lua/m.lua:2: in m.f: no consent 'parent'; did you mean "
            "'parent_agreement'?"),
        ROW("return case.due.compleet",
            "t/lua/m.lua:2: in m.f: no deadline 'compleet'; did you mean "
            "'complete'?"),
        ROW("case.urgent = false", "t/lua/m.lua:2: in m.f: the case is read-only"),
        ROW("case.needs[1] = 'x'", "t/lua/m.lua:2: in m.f: a list is read-only"),
        ROW("case.meeting.year = 1", "t/lua/m.lua:2: in m.f: a date is read-only"),
        ROW("error('no such year')", "t/lua/m.lua:2: in m.f: no such year"),
        ROW("error({1})", "t/lua/m.lua:2: in m.f: an error was raised that is a table, not a text"),
        ROW("error(setmetatable({}, {__tostring = function() return 'x' end}))",
            "t/lua/m.lua:2: in m.f: an error was raised that is a table, not a text"),
        ROW("error()", "t/lua/m.lua:2: in m.f: an error was raised that is nothing, not a text"),
        ROW("return case.ends < case.on",
            "t/lua/m.lua:2: in m.f: nothing cannot be compared with a date"),
        ROW("return nil + 1",
            "t/lua/m.lua:2: in m.f: attempt to perform arithmetic on a nil value"),
        ROW("x = 1", "t/lua/m.lua:2: in m.f: x cannot be set here: write 'local x'"),
        ROW("return week(1) == nil",
            "t/lua/m.lua:2: in m.f: no name 'week'; did you mean 'weeks'?"),
        ROW("return", "t/lua/m.lua:2: m.f gave nothing, not true or false"),
        ROW("return 'yes'", "t/lua/m.lua:2: m.f gave a text, not true or false"),
        ROW("return true, 7", "t/lua/m.lua:2: m.f gave a number as its reason, not a text"),
        ROW("return true, '\\255'", "t/lua/m.lua:2: m.f gave a reason that is not UTF-8 text"),
        ROW("return true, 'a\\0b'", "t/lua/m.lua:2: m.f gave a reason that is not UTF-8 text"),
        ROW("return date('yesterday') == case.on",
            "t/lua/m.lua:2: in m.f: 'yesterday' is not a date: write it as 2026-11-21"),
        ROW("return ('1') + 1",
            "t/lua/m.lua:2: in m.f: attempt to perform arithmetic on a string value "
            "(constant '1')"),
    };
    (void)state;
    check(rows, COUNT(rows));
}

static void what_rules_have_not(void **state)
{
    static const struct {
        int line;
        const char *use, *named;
    } rows[] = {
        ROW("os.time()", "os.time is not available in rules: a rule reads no clock: use case.on"),
        ROW("os.clock()", "os.clock is not available in rules"),
        ROW("io.open('/etc/passwd')", "io.open is not available in rules: a rule reads no files"),
        ROW("debug.getregistry()", "debug.getregistry is not available in rules"),
        ROW("package.loaded.os", "package.loaded is not available in rules"),
        ROW("coroutine.create(print)", "coroutine.create is not available in rules"),
        ROW("load('return 1')",
            "load is not available in rules: code comes from the pack's own files only"),
        ROW("dofile('x')", "dofile is not available in rules"),
        ROW("loadfile('x')", "loadfile is not available in rules"),
        ROW("loadstring('x')", "loadstring is not available in rules"),
        ROW("require('x')", "require is not available in rules"),
        ROW("collectgarbage()", "collectgarbage is not available in rules"),
        ROW("print('x')", "print is not available in rules"),
        ROW("rawset({}, 1, 1)", "rawset is not available in rules"),
        ROW("rawget({}, 1)", "rawget is not available in rules"),
        ROW("_G.os", "_G.os is not available in rules"),
        ROW("utf8.char(1)", "utf8.char is not available in rules"),
        ROW("math.random()", "math.random is not available in rules"),
        ROW("math.sin(1)", "math.sin is not available in rules"),
        ROW("string.dump(m.f)", "string.dump is not available in rules"),
        ROW("('x'):pack()", "string.pack is not available in rules"),
        ROW("table.move({}, 1, 2, 3)", "table.move is not available in rules"),
        ROW("string.format('%p', {})", "%p is not available in rules"),
        ROW("string.format('%q', 'x')", "%q is not available in rules"),
        ROW("setmetatable({}, {__gc = function() end})", "__gc is not available in rules"),
        ROW("setmetatable({}, {__mode = 'k'})", "__mode is not available in rules"),
        ROW("setmetatable({}, {__close = function() end})", "__close is not available in rules"),
        ROW("setmetatable({}, {__metatable = 1})", "__metatable is not available in rules"),
        ROW("getmetatable('').__index.rep", "attempt to index a boolean value"),
        ROW("getmetatable(case).__index", "attempt to index a boolean value"),
        ROW("getmetatable(string).__index", "attempt to index a boolean value"),
        ROW("(function() string.rep = 1 end)()", "rep cannot be set here"),
        ROW("(function() weeks = 1 end)()", "weeks cannot be set here"),
        ROW("pairs({[{}] = 1})", "pairs cannot put keys in order that are tables"),
        ROW("tonumber('10', 2)", "other bases are not available in rules"),
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char body[256];
        snprintf(body, sizeof body, "local x = %s return true", rows[i].use);
        struct fixture *f = with_body(body);
        const char *answer = fixture_ask(f, 0);
        if (!strstr(answer, rows[i].named))
            fail_msg("line %d: %s\n wanted %s\n    got %s", rows[i].line, rows[i].use,
                     rows[i].named, answer);
        fixture_free(f);
    }
}

static void own_functions_do_as_lua_does(void **state)
{
    static const struct row rows[] = {
        ROW("local t = {5,3,9,1} table.sort(t) return true, table.concat(t, ',')", "yes: 1,3,5,9"),
        ROW("local t = {5,3,9,1} table.sort(t, function(a, b) return a > b end) return true, "
            "table.concat(t, ',')",
            "yes: 9,5,3,1"),
        ROW("local t = {} for i = 1, 20 do t[i] = {i, i % 3} end table.sort(t, function(a, b) "
            "return a[2] < "
            "b[2] end) local s = '' for i, x in ipairs(t) do s = s .. x[1] .. ' ' end return true, "
            "s",
            "yes: 3 6 9 12 15 18 1 4 7 10 13 16 19 2 5 8 11 14 17 20 "),
        ROW("local t = {1, 2, 3} table.sort(t, function() return true end) return #t == 3", "yes"),
        ROW("local s = '' for k, v in pairs({z = 1, a = 2, [2] = 3, [1] = 4, [0.5] = 5, [true] = "
            "6, "
            "[case.on] = 7}) do s = s .. v .. ' ' end return true, s",
            "yes: 5 4 3 2 1 6 7 "),
        ROW("local t = {a = 1, b = 2, c = 3} for k in pairs(t) do t[k] = nil end return next(t) == "
            "nil",
            "yes"),
        ROW("local k, v = next({b = 1, a = 2}) local k2 = next({b = 1, a = 2}, k) return k == 'a' "
            "and v == 2 "
            "and k2 == 'b'",
            "yes"),
        ROW("return true, tostring({}) .. tostring(print) .. tostring(case) .. tostring(nil) .. "
            "tostring(1e100) .. tostring(0.1) .. tostring(3.0)",
            "yes: tablefunctionthe casenil1e+1000.13"),
        ROW("return true, string.format('%5.1f|%-4s|%04d|%x|%s|%%|%.2s|%5s', 2.25, 'ab', 7, 255, "
            "case.on, "
            "'abc', 'é')",
            "yes:   2.2|ab  |0007|ff|Sat 21 Nov 2026|%|ab|   é"),
        ROW("local a, b = ('key = value'):match('^(%w+)%s*=%s*(%w+)$') return a == 'key' and b == "
            "'value'",
            "yes"),
        ROW("return true, (('hello world'):gsub('o', {o = '0'})) .. ('abc'):gsub('%w', '%0%0') .. "
            "('abc'):gsub('', '-')",
            "yes: hell0 w0rldaabbcc-a-b-c-"),
        ROW("local s = '' for k, v in ('a=1, b=2'):gmatch('(%w+)=(%w+)') do s = s .. k .. v end "
            "return true, "
            "s",
            "yes: a1b2"),
        ROW("return ('a.b'):find('.', 1, true) == 2 and ('abc'):find('b') == 2 and "
            "('abc'):find('x') == nil",
            "yes"),
        ROW("local t = {1, 2, 3} table.insert(t, 2, 9) table.remove(t, 1) return true, "
            "table.concat(t, ' ')",
            "yes: 9 2 3"),
        ROW("return select(-1, 1, 2) == 2 and select('#') == 0 and math.round(-2.5) == -3", "yes"),
        ROW("local C = {} C.__index = C function C.get(o) return o.v end local o = setmetatable({v "
            "= 7}, C) "
            "return o:get() == 7 and getmetatable(o) == C",
            "yes"),
        ROW("local V = {__add = function(a, b) return a.n + b.n end, __eq = function() return true "
            "end} "
            "local a, b = setmetatable({n = 1}, V), setmetatable({n = 2}, V) return a + b == 3 and "
            "a == b",
            "yes"),
        ROW("local ok, e = pcall(error, {code = 7}) return not ok and e.code == 7", "yes"),
        ROW("local ok, e = xpcall(function() error('x', 0) end, function(m) return m .. '!' end) "
            "return not "
            "ok and e == 'x!'",
            "yes"),
        ROW("return select('#', pcall(function(...) return ... end, 1, nil, 3)) == 4", "yes"),
    };
    (void)state;
    check(rows, COUNT(rows));
}

static void nothing_carries_over(void **state)
{
    static const char *const asked[] = { "lua:m.count", "lua:m.keep", "lua:m.kept" };
    static const char module[] = "local m, n, held = {}, 0, nil\n"
                                 "function m.count() n = n + 1 return n == 1, n .. '' end\n"
                                 "function m.keep(case) held = case.needs return true end\n"
                                 "function m.kept() return held[1] == 'speech' end\n"
                                 "return m\n";
    struct fixture *f = fixture_new(asked, COUNT(asked), module);
    (void)state;
    assert_string_equal(fixture_ask(f, 0), "yes: 1");
    assert_string_equal(fixture_ask(f, 0), "no: 2"); /* The same event. */
    host_begin(f->host);
    assert_string_equal(fixture_ask(f, 0), "yes: 1");
    /* A part of a view cannot be read after the answer it was made for. */
    assert_string_equal(fixture_ask(f, 1), "yes");
    assert_string_equal(fixture_ask(f, 2), "t/lua/m.lua:4: in m.kept: a list was kept from an "
                                           "earlier question; ask the case "
                                           "again");
    fixture_free(f);
}

static void files_are_checked_at_load(void **state)
{
    static const struct row rows[] = {
        ROW("local m = {}\nfunction m.f( return true end\nreturn m",
            "2:1 L001 <name> or '...' expected near 'return'"),
        ROW("local m = {}\nfunction m.f()\n",
            "3:1 L001 'end' expected (to close 'function' at line 2) at the end"),
        ROW("local m = {}\nx = 1\nreturn m",
            "2:1 L004 in t/lua/m.lua: x cannot be set here: write 'local x'"),
        ROW("local m = {}\nfunction m.g() return true end\nreturn m",
            "1:5 L003 t/lua/m.lua has no function 'f'"),
        ROW("local m = {}",
            "1:1 L004 t/lua/m.lua must end with 'return' and its table of functions"),
        ROW("local m = {}\n\nwhile true do end",
            "3:1 L004 the budget of 1,000,000 steps is spent in t/lua/m.lua"),
        ROW("return {f = case.x}", "1:1 L004 in t/lua/m.lua: no name 'case'"),
        ROW("\033Lua", "1:1 L001 attempt to load a binary chunk (mode is 't')"),
    };
    static const char *const asked[] = { "lua:m.f" };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct fixture *f = fixture_made(asked, 1, rows[i].body);
        const char *found = fixture_findings(f);
        if (f->host || !strstr(found, rows[i].answer))
            fail_msg("line %d: wanted %s\n    got %s", rows[i].line, rows[i].answer, found);
        fixture_free(f);
    }
}

static void computed_by_a_function(void **state)
{
    static const char *const asked[] = { "lua:m.f" };
    struct fixture *f =
        fixture_new(asked, 1, "return {f = function(case) return case.hours / 2 end}");
    const struct oracle *oracle = host_oracle(f->host);
    struct value value;
    struct err err;
    (void)state;
    assert_int_equal(
        oracle->compute(oracle->self, f->list[0], &f->view, NULL, f->arena, &value, &err),
        ERR_NONE);
    assert_int_equal(value.kind, VALUE_DECIMAL);
    assert_int_equal(value.number, 117500);
    fixture_free(f);
}

static void reminders_of_a_deadline(void **state)
{
    static const struct row rows[] = {
        ROW("local m = {}\nfunction m.f(case)\n"
            "  return {case.opened + weeks(1), \"1 week before\", \"every 3 days after\"}\nend\n"
            "return m", "2025-09-08, 1 week before, every 3 days after"),
        ROW("return {f = function(case) return {case.deadline .. \" soon\"} end}",
            "t/lua/m.lua:1: m.f gave 'report soon', which is no reminder"),
        ROW("return {f = function() return {} end}", "none"),
        ROW("return {f = function() end}", "nil"),
        ROW("return {f = function() return true end}",
            "t/lua/m.lua:1: m.f gave true or false, not a list of reminders"),
        ROW("return {f = function() return {1} end}",
            "t/lua/m.lua:1: m.f gave a list of reminders with a number in it"),
        ROW("return {f = function() local t = {} for i = 1, 33 do t[i] = \"on the day\" end "
            "return t end}", "t/lua/m.lua:1: m.f gave 33 reminders: at most 32 are sent"),
        ROW("return {f = function() return {first = \"on the day\"} end}",
            "t/lua/m.lua:1: m.f gave a list of reminders with something called 'first'"),
        ROW("return {f = function() return {\"on the day\", [3] = \"1 week before\"} end}",
            "t/lua/m.lua:1: m.f gave a list of reminders with something after a gap"),
        ROW("return {f = function() return {nil, \"on the day\"} end}",
            "t/lua/m.lua:1: m.f gave a list of reminders with a gap"),
    };
    static const char *const asked[] = { "lua:m.f" };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct fixture *f = fixture_new(asked, 1, rows[i].body);
        const struct oracle *oracle = host_oracle(f->host);
        const char *says = NULL;
        struct err err = { 0 };
        f->view.deadline = "report";
        if (oracle->remind(oracle->self, f->list[0], &f->view, f->arena, &says, &err))
            says = arena_printf(f->arena, "%s: %s", err.place, err.text);
        assert_string_equal(says ? says : "nil", rows[i].answer);
        fixture_free(f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_case_is_seen),
        cmocka_unit_test(the_calendar_is_asked),
        cmocka_unit_test(errors_have_a_place),
        cmocka_unit_test(what_rules_have_not),
        cmocka_unit_test(own_functions_do_as_lua_does),
        cmocka_unit_test(nothing_carries_over),
        cmocka_unit_test(files_are_checked_at_load),
        cmocka_unit_test(computed_by_a_function),
        cmocka_unit_test(reminders_of_a_deadline),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
