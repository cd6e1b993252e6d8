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
    const struct calendars calendars = { both, 2 };
    (void)state;
    assert_ptr_equal(calendar_find(&calendars, NULL), &torbay); /* The main one. */
    assert_ptr_equal(calendar_find(&calendars, "torbay"), &torbay);
    assert_ptr_equal(calendar_find(&calendars, "tribunal"), &tribunal);
    assert_null(calendar_find(&calendars, "moon"));
    assert_null(calendar_find(&(struct calendars){ NULL, 0 }, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calendars_are_found_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
