/* SPDX-License-Identifier: BSD-3-Clause */
#include <locale.h>
#include <math.h>
#include <string.h>

#include "retry/policy.h"
#include "support/cmocka_all.h"

static void assert_text(const staged_retry_state *retry, const char *expected)
{
    char text[STAGED_RETRY_STATE_TEXT_SIZE];
    assert_string_equal(staged_retry_state_text(retry, text, sizeof text), expected);
}

static staged_retry_state begun(const staged_retry_policy *policy)
{
    staged_retry_state retry;
    assert_int_equal(stg_retry_begin(&retry, policy, NULL, NULL), STAGED_OK);
    return retry;
}

/* What is said of a first attempt that is to be tried again. */
static void assert_told(staged_stop stop, staged_wait wait, const char *expected)
{
    const staged_retry_policy policy = {.size = sizeof policy, .stop = stop, .wait = wait};
    staged_retry_state retry = begun(&policy);
    (void)staged_retry_state_decide(&retry, STAGED_RETRY);
    assert_text(&retry, expected);
}

static void test_from_the_first_attempt_to_the_last(void **state)
{
    (void)state;
    const staged_retry_policy policy = {
        .size = sizeof policy, .stop = staged_stop_after_attempts(2), .wait = staged_wait_fixed(3)};
    staged_retry_state retry = begun(&policy);
    assert_text(&retry, "Attempt 1 of 2 is under way.");
    (void)staged_retry_state_decide(&retry, STAGED_RETRY);
    assert_text(&retry, "Attempt 1 of 2 failed; the next begins in 3 s.");
    staged_retry_state_next(&retry);
    assert_text(&retry, "Attempt 2 of 2 is under way.");
    staged_retry_state ended = retry;
    (void)staged_retry_state_decide(&ended, STAGED_RETRY);
    assert_text(&ended, "Attempt 2 of 2 failed.");
    ended = retry;
    (void)staged_retry_state_decide(&ended, STAGED_OK);
    assert_text(&ended, "Attempt 2 of 2 succeeded.");
    ended = retry;
    (void)staged_retry_state_decide(&ended, STAGED_NO_MEMORY);
    assert_text(&ended, "Attempt 2 of 2 failed: out of memory.");
    ended = retry;
    (void)staged_retry_state_decide(&ended, STAGED_FAILED);
    assert_text(&ended, "Attempt 2 of 2 failed.");
}

static bool never(const staged_retry_state *retry, void *context)
{
    (void)retry;
    (void)context;
    return false;
}

static void test_attempt_limits(void **state)
{
    (void)state;
    const staged_wait wait = staged_wait_fixed(3);
    const staged_stop both[] = {staged_stop_after_delay(60), staged_stop_after_attempts(5)};
    const staged_stop times[] = {staged_stop_after_delay(60), staged_stop_before_delay(90)};
    const staged_stop numbers[] = {staged_stop_after_attempts(3), staged_stop_after_attempts(5)};
    assert_told(staged_stop_never(), wait, "Attempt 1 failed; the next begins in 3 s.");
    assert_told(staged_stop_when(never, NULL), wait, "Attempt 1 failed; the next begins in 3 s.");
    assert_told(staged_stop_after_attempts(5), wait,
                "Attempt 1 of 5 failed; the next begins in 3 s.");
    assert_told(staged_stop_after_attempts(0), wait, "Attempt 1 of 1 failed.");
    assert_told(staged_stop_after_delay(60), wait,
                "Attempt 1 failed; the next begins in 3 s (no more after 60 s).");
    assert_told(staged_stop_before_delay(0.5), staged_wait_none(),
                "Attempt 1 failed; the next begins at once (no more after 0.5 s).");
    assert_told(staged_stop_after_delay(INFINITY), wait,
                "Attempt 1 failed; the next begins in 3 s.");
    assert_told(staged_stop_any(both, 2), wait, "Attempt 1 of 5 failed; the next begins in 3 s.");
    assert_told(staged_stop_all(both, 2), wait, "Attempt 1 failed; the next begins in 3 s.");
    assert_told(staged_stop_any(times, 2), wait,
                "Attempt 1 failed; the next begins in 3 s (no more after 60 s).");
    assert_told(staged_stop_all(times, 2), wait,
                "Attempt 1 failed; the next begins in 3 s (no more after 90 s).");
    assert_told(staged_stop_any(numbers, 2), wait,
                "Attempt 1 of 3 failed; the next begins in 3 s.");
    assert_told(staged_stop_all(numbers, 2), wait,
                "Attempt 1 of 5 failed; the next begins in 3 s.");
    assert_told(staged_stop_any(NULL, 0), wait, "Attempt 1 failed; the next begins in 3 s.");
    assert_told(staged_stop_all(NULL, 0), wait, "Attempt 1 of 1 failed.");
}

static void test_when_the_next_begins(void **state)
{
    (void)state;
    const struct {
        double seconds;
        const char *text;
    } cases[] = {
        {0, "at once"},
        {0.004, "at once"},
        {0.25, "in 0.25 s"},
        {1.5, "in 1.5 s"},
        {2.718281828, "in 2.72 s"},
        {90, "in 90 s"},
        {86400, "in 86400 s"},
        {STAGED_WAIT_LONGEST, "in 9000000000 s"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char expected[80] = "Attempt 1 failed; the next begins ";
        strcat(strcat(expected, cases[i].text), ".");
        assert_told(staged_stop_never(), staged_wait_fixed(cases[i].seconds), expected);
    }
}

static void test_whatever_the_locale_is(void **state)
{
    (void)state;
    if (setlocale(LC_NUMERIC, "de_DE.UTF-8") == NULL &&
        setlocale(LC_NUMERIC, "fr_FR.UTF-8") == NULL)
        return; /* none with a decimal comma on this system */
    assert_told(staged_stop_never(), staged_wait_fixed(2.5),
                "Attempt 1 failed; the next begins in 2.5 s.");
    (void)setlocale(LC_NUMERIC, "C");
}

static void test_it_fits_or_is_cut(void **state)
{
    (void)state;
    const staged_retry_policy policy = {.size = sizeof policy,
                                        .stop = staged_stop_after_delay(1e300),
                                        .wait = staged_wait_fixed(1e300)};
    staged_retry_state retry = begun(&policy);
    retry.attempt_number = INT64_MAX - 1;
    retry.statistics.attempts = INT64_MAX - 1;
    (void)staged_retry_state_decide(&retry, STAGED_RETRY);
    char text[STAGED_RETRY_STATE_TEXT_SIZE];
    staged_retry_state_text(&retry, text, sizeof text);
    assert_int_equal(text[strlen(text) - 1], '.');
    assert_string_equal(staged_retry_state_text(&retry, text, 8), "Attempt");
}

TEST_GROUP(text)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_from_the_first_attempt_to_the_last),
        cmocka_unit_test(test_attempt_limits),
        cmocka_unit_test(test_when_the_next_begins),
        cmocka_unit_test(test_whatever_the_locale_is),
        cmocka_unit_test(test_it_fits_or_is_cut),
    };
    return cmocka_run_group_tests_name("retry text", tests, NULL, NULL);
}
