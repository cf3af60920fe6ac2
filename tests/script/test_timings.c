/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/timings.h"

#include <string.h>

#include "support/cmocka_all.h"
#include "support/torture.h"

static void test_it_keeps_the_ends_of_attempts(void **state)
{
    (void)state;
    stg_timings timings = {0};
    const staged_observer observer = stg_timings_observer(&timings);
    char stage[] = "hello";
    observer.notify(observer.context, &(staged_event){.kind = STAGED_EVENT_ATTEMPT_BEGIN});
    observer.notify(
        observer.context,
        &(staged_event){.kind = STAGED_EVENT_ATTEMPT_END, .stage = stage, .duration_us = 5360});
    observer.notify(observer.context, &(staged_event){.kind = STAGED_EVENT_STAGE_END});
    memset(stage, 'x', 5);
    assert_int_equal(timings.count, 1);
    assert_string_equal(timings.items[0].stage, "hello");
    assert_int_equal(timings.items[0].microseconds, 5360);
    stg_timings_free(&timings);
}

static staged_status add(void *context)
{
    (void)context;
    stg_timings timings = {0};
    const staged_status status = stg_timings_add(&timings, "hello", 1);
    stg_timings_free(&timings);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_int_equal(torture(add, NULL), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_it_keeps_the_ends_of_attempts),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("script timings", tests, NULL, NULL);
}
