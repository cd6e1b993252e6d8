/* SPDX-License-Identifier: MIT */
#include "engine/model/calendar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static void calendars_are_found_by_name(void **state)
{
    static const struct calendar torbay = { .name = "torbay" }, tribunal = { .name = "tribunal" };
    static const struct calendar *const both[] = { &torbay, &tribunal };
    const struct calendars calendars = { .at = both, .count = 2 };
    (void)state;
    assert_ptr_equal(calendar_find(&calendars, NULL), &torbay); /* The main one. */
    assert_ptr_equal(calendar_find(&calendars, "torbay"), &torbay);
    assert_ptr_equal(calendar_find(&calendars, "tribunal"), &tribunal);
    assert_null(calendar_find(&calendars, "moon"));
    assert_null(calendar_find(&(struct calendars){ .count = 0 }, NULL));
}

static void a_school_counts_by_its_own(void **state)
{
    static const struct calendar torbay = { .name = "torbay" };
    static const struct calendar grove = { .name = "grove", .school = 900001 };
    static const struct calendar dale = { .name = "dale", .school = 900004 };
    static const struct calendar *const all[] = { &torbay, &dale, &grove };
    static const struct calendar *const schools[] = { &grove, &dale };
    const struct calendars calendars = { all, 3, schools, 2 };
    (void)state;
    assert_ptr_equal(calendar_for(&calendars, NULL, 900001), &grove);
    assert_ptr_equal(calendar_for(&calendars, NULL, 900004), &dale);
    assert_ptr_equal(calendar_for(&calendars, NULL, 900002), &torbay);
    assert_ptr_equal(calendar_for(&calendars, NULL, 900009), &torbay);
    assert_ptr_equal(calendar_for(&calendars, NULL, 0), &torbay);
    assert_ptr_equal(calendar_for(&calendars, "torbay", 900001), &torbay);
    assert_null(calendar_for(&calendars, "moon", 900001));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calendars_are_found_by_name),
        cmocka_unit_test(a_school_counts_by_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
