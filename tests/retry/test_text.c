/* SPDX-License-Identifier: BSD-3-Clause */
#include <staged/retry.h>

#include <inttypes.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "support/cmocka_all.h"

static void assert_text(staged_retry retry, const char *expected)
{
    char wanted[STAGED_RETRY_TEXT_SIZE], text[STAGED_RETRY_TEXT_SIZE];
    (void)snprintf(wanted, sizeof wanted, "<RetryCallState %" PRIuPTR ": %s>", (uintptr_t)&retry,
                   expected);
    assert_string_equal(staged_retry_text(&retry, text, sizeof text), wanted);
}

static void test_the_outcome_is_named(void **state)
{
    (void)state;
    staged_retry retry = {.attempt_number = 3, .idle_for = 1, .outcome = STAGED_RETRY};
    assert_text(retry, "attempt #3; slept for 1.0; last result: none yet");
    retry.has_outcome = true;
    assert_text(retry, "attempt #3; slept for 1.0; last result: failed (RetryStage )");
    retry.outcome = STAGED_OK;
    assert_text(retry, "attempt #3; slept for 1.0; last result: returned None");
    retry.outcome = STAGED_NO_MEMORY;
    assert_text(retry, "attempt #3; slept for 1.0; last result: failed (out of memory)");
}

/* repr(float(round(x, 2))) */
static void test_seconds_are_written_as_python_does(void **state)
{
    (void)state;
    const struct {
        double seconds;
        const char *text;
    } cases[] = {
        {0, "0.0"},
        {0.25, "0.25"},
        {1.5, "1.5"},
        {2.675, "2.67"},
        {0.125, "0.12"},
        {1.005, "1.0"},
        {-1, "-1.0"},
        {12345.678, "12345.68"},
        {1e15, "1000000000000000.0"},
        {1e16, "1e+16"},
        {1.25e17, "1.25e+17"},
        {0.001, "0.0"},
        {12345678901234567890.0, "1.2345678901234567e+19"},
        {INFINITY, "inf"},
        {-INFINITY, "-inf"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char expected[80];
        (void)snprintf(expected, sizeof expected, "attempt #1; slept for %s; last result: none yet",
                       cases[i].text);
        assert_text((staged_retry){.attempt_number = 1, .idle_for = cases[i].seconds}, expected);
    }
}

static void test_whatever_the_locale_is(void **state)
{
    (void)state;
    if (setlocale(LC_NUMERIC, "de_DE.UTF-8") == NULL &&
        setlocale(LC_NUMERIC, "fr_FR.UTF-8") == NULL)
        return; /* none with a decimal comma on this system */
    assert_text((staged_retry){.attempt_number = 1, .idle_for = 2.5},
                "attempt #1; slept for 2.5; last result: none yet");
    (void)setlocale(LC_NUMERIC, "C");
}

static void test_it_fits_or_is_cut(void **state)
{
    (void)state;
    staged_retry retry = {.attempt_number = INT64_MAX,
                          .idle_for = -1.2345678901234567e+300,
                          .has_outcome = true,
                          .outcome = STAGED_RETRY};
    char text[STAGED_RETRY_TEXT_SIZE];
    staged_retry_text(&retry, text, sizeof text);
    assert_int_equal(text[strlen(text) - 1], '>');
    assert_string_equal(staged_retry_text(&retry, text, 7), "<Retry");
}

TEST_GROUP(text)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_outcome_is_named),
        cmocka_unit_test(test_seconds_are_written_as_python_does),
        cmocka_unit_test(test_whatever_the_locale_is),
        cmocka_unit_test(test_it_fits_or_is_cut),
    };
    return cmocka_run_group_tests_name("retry text", tests, NULL, NULL);
}
