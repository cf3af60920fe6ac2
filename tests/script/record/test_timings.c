/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/record/timings.h"

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
        &(staged_event){.kind = STAGED_EVENT_ATTEMPT_END, .stage = stage, .duration_ns = 5360});
    observer.notify(observer.context, &(staged_event){.kind = STAGED_EVENT_STAGE_END,
                                                      .stage = stage,
                                                      .outcome = STAGED_OUTCOME_PASSED});
    memset(stage, 'x', 5);
    assert_int_equal(timings.count, 1);
    assert_string_equal(timings.items[0].stage, "hello");
    assert_int_equal(timings.items[0].duration_ns, 5360);
    stg_timings_free(&timings);
}

static void notify(stg_timings *timings, staged_event_kind kind, const char *stage,
                   staged_outcome outcome)
{
    const staged_observer observer = stg_timings_observer(timings);
    observer.notify(observer.context,
                    &(staged_event){.kind = kind, .stage = stage, .outcome = outcome});
}

static void test_the_end_of_a_stage_corrects_its_last_attempt(void **state)
{
    (void)state;
    stg_timings timings = {0};
    notify(&timings, STAGED_EVENT_ATTEMPT_END, "hello", STAGED_OUTCOME_RETRYING);
    notify(&timings, STAGED_EVENT_ATTEMPT_END, "hello", STAGED_OUTCOME_RETRYING);
    notify(&timings, STAGED_EVENT_ATTEMPT_END, "inner", STAGED_OUTCOME_PASSED);
    notify(&timings, STAGED_EVENT_STAGE_END, "hello", STAGED_OUTCOME_ABANDONED);
    notify(&timings, STAGED_EVENT_STAGE_END, "unknown", STAGED_OUTCOME_FAILED);
    assert_int_equal(timings.items[0].outcome, STAGED_OUTCOME_RETRYING);
    assert_int_equal(timings.items[1].outcome, STAGED_OUTCOME_ABANDONED);
    assert_int_equal(timings.items[2].outcome, STAGED_OUTCOME_PASSED);
    stg_timings_free(&timings);
}

static staged_status add(void *context)
{
    (void)context;
    stg_timings timings = {0};
    const staged_status status = stg_timings_add(&timings, "hello", 1, STAGED_OUTCOME_PASSED);
    stg_timings_free(&timings);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_int_equal(torture(add, NULL), 2);
}

TEST_GROUP(timings)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_it_keeps_the_ends_of_attempts),
        cmocka_unit_test(test_the_end_of_a_stage_corrects_its_last_attempt),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("script timings", tests, NULL, NULL);
}
