/* SPDX-License-Identifier: MIT */
/* The same questions give the same bytes: in two states, whose seeds differ, in another order, and
 * after attacks. */
#include "tests/unit/lua/fixture.h"

static const char module[] =
    "local m = {}\n"
    "function m.walk(case)\n"
    "  local t, s = {}, ''\n"
    "  for i = 1, 200 do t['key' .. (i * 7919 % 1000)] = i end\n"
    "  t[case.on], t[2.5], t[true] = 1, 2, 3\n"
    "  for k, v in pairs(t) do s = s .. tostring(k) .. '=' .. v .. ' ' end\n"
    "  return true, s\n"
    "end\n"
    "function m.sort()\n"
    "  local t, s = {}, ''\n"
    "  for i = 1, 300 do t[i] = {n = i * 7919 % 5, i = i} end\n"
    "  table.sort(t, function(a, b) return a.n < b.n end)\n"
    "  for _, x in ipairs(t) do s = s .. x.n .. ':' .. x.i .. ' ' end\n"
    "  return true, s\n"
    "end\n"
    "function m.print(case, calendar)\n"
    "  return true, tostring(m) .. tostring(m.print) .. tostring(case) .. tostring(calendar) ..\n"
    "    tostring(case.needs) .. string.format('%s %s %g', m, case.settings.limit, 0.1 + 0.2)\n"
    "end\n"
    "function m.fail(case) local ok, e = pcall(function() return case.nonsense end) return ok, e "
    "end\n"
    "function m.loop() while true do end end\n"
    "function m.eat() local t = {} for i = 1, 1e9 do t = {t} end end\n"
    "function m.first(case) for k, v in pairs(case.items.advice) do return true, k end end\n"
    "function m.sum(case) local s = 0 for i = 1, 1000 do s = s + case.hours / 7 end return true, "
    "string.format('%.10f', s) end\n"
    "return m\n";

static const char *const asked[] = {
    "lua:m.walk",
    "lua:m.sort",
    "lua:m.print",
    "lua:m.fail",
    "lua:m.loop",
    "lua:m.eat",
    "lua:m.first",
    "lua:m.sum",
    "looked_after or has_plan",
    "total(sessions) > 9 and decision == \"amend\"",
};

static void two_states_agree(void **state)
{
    struct fixture *one = fixture_new(asked, COUNT(asked), module);
    (void)state;
    for (int round = 0; round < 4; round++) {
        struct fixture *other = fixture_new(asked, COUNT(asked), module);
        host_begin(one->host);
        for (size_t i = 0; i < COUNT(asked); i++) {
            const char *a = fixture_ask(one, i);
            /* The other is asked backwards at first, so that its heap is another. */
            if (round % 2)
                fixture_ask(other, COUNT(asked) - 1 - i);
            const char *b = fixture_ask(other, i);
            if (strcmp(a, b) != 0)
                fail_msg("%s:\n %s\n %s", asked[i], a, b);
        }
        fixture_free(other);
    }
    fixture_free(one);
}

/* 5,000 events on one host: nothing grows, nothing changes. */
static void one_state_goes_on(void **state)
{
    struct fixture *f = fixture_new(asked, COUNT(asked), module);
    struct arena *own = f->arena, *scratch = arena_new();
    const char *first = fixture_ask(f, 7);
    (void)state;
    f->arena = scratch;
    for (int event = 0; event < 5000; event++) {
        arena_reset(scratch);
        host_begin(f->host);
        assert_string_equal(fixture_ask(f, 7), first);
        assert_string_equal(fixture_ask(f, 8), "unknown: Label of looked_after");
    }
    f->arena = own;
    arena_free(scratch);
    fixture_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_states_agree),
        cmocka_unit_test(one_state_goes_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
