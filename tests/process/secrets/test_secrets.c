/* SPDX-License-Identifier: BSD-3-Clause */
#include <staged/secrets.h>

#include <stdlib.h>
#include <string.h>

#include "support/cmocka_all.h"
#include "support/torture.h"

static staged_secrets *one(const char *value)
{
    staged_secrets *secrets = staged_secrets_new();
    assert_non_null(secrets);
    assert_int_equal(staged_secrets_add(secrets, value, strlen(value)), STAGED_OK);
    return secrets;
}

static void assert_masked(const staged_secrets *secrets, const char *text, const char *expected)
{
    size_t length;
    char *masked = staged_secrets_mask(secrets, text, strlen(text), &length);
    assert_string_equal(masked, expected);
    assert_int_equal(length, strlen(expected));
    free(masked);
}

static void test_as_it_stands_and_as_a_shell_quotes_it(void **state)
{
    (void)state;
    staged_secrets *secrets = one("it's a \"secret\"");
    assert_masked(secrets, "x it's a \"secret\" y", "x *** y");
    assert_masked(secrets, "x 'it'\"'\"'s a \"secret\"' y", "x '***' y");
    assert_masked(secrets, "'--password=it'\"'\"'s a \"secret\"'", "'--password=***'");
    staged_secrets_free(secrets);
}

/* printf '%s' TEXT | base64 */
static void test_in_base64(void **state)
{
    (void)state;
    staged_secrets *secrets = one("hunter2!");
    assert_masked(secrets, "a aHVudGVyMiE= b", "a *** b");           /* hunter2! */
    assert_masked(secrets, "a aHVudGVyMiE b", "a *** b");            /* the same, unpadded */
    assert_masked(secrets, "dXNlcjpodW50ZXIyIQ==", "dXNlcjp***Q=="); /* user:hunter2! */
    assert_masked(secrets, "eDpodW50ZXIyIS4=", "eDp***S4=");         /* x:hunter2!. */
    assert_masked(secrets, "OmhlbGxv", "OmhlbGxv");
    staged_secrets_free(secrets);
}

/* As Kubernetes shows {"auth": "..."}, where user:hunter2hunter2 is encoded. */
static void test_in_base64_within_base64(void **state)
{
    (void)state;
    staged_secrets *secrets = one("hunter2hunter2");
    assert_masked(secrets, "eyJhdXRoIjoiZFhObGNqcG9kVzUwWlhJeWFIVnVkR1Z5TWc9PSJ9",
                  "eyJhdXRoIjoiZFhObGNqcG***Wc9PSJ9");
    staged_secrets_free(secrets);
}

/* At any place of a longer text, whose lines end within the secret. */
static void test_in_lines_of_base64(void **state)
{
    (void)state;
    staged_secrets *secrets = one("correct horse battery staple, 42");
    assert_masked(secrets,
                  "eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eGNvcnJlY3QgaG9yc2Ug\r\n"
                  "YmF0dGVyeSBzdGFwbGUsIDQyeXl5eXl5eXl5eXl5eXl5eXl5eXl5eXl5eXl5eXl5",
                  "eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eG"
                  "***eXl5eXl5eXl5eXl5eXl5eXl5eXl5eXl5eXl5eXl5");
    staged_secrets_free(secrets);
}

static void test_given_with_its_escapes(void **state)
{
    (void)state;
    staged_secrets *secrets = one("with-\\\"escaped\\\"-quotes");
    assert_masked(secrets, "with-\\\"escaped\\\"-quotes", "***");
    assert_masked(secrets, "with-\"escaped\"-quotes", "***");
    staged_secrets_free(secrets);
}

static void test_several_lines(void **state)
{
    (void)state;
    staged_secrets *secrets = one("\n-----BEGIN-----\nMIIEvQIBADAN\n}\n-----END-----\n");
    assert_masked(secrets, "  MIIEvQIBADAN\n  }\n", "  ***\n  }\n");
    assert_masked(secrets, "-----BEGIN----- and -----END-----", "*** and ***");
    staged_secrets_free(secrets);
}

static void test_blanks_around_do_not_count(void **state)
{
    (void)state;
    staged_secrets *secrets = one(" \thunter2\r\n");
    assert_masked(secrets, "<hunter2>", "<***>");
    staged_secrets_free(secrets);
}

static void test_refused(void **state)
{
    (void)state;
    staged_secrets *secrets = staged_secrets_new();
    const char *refused[] = {"", "abc", "  abc ", "abc\ndef\n"};
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(staged_secrets_add(secrets, refused[i], strlen(refused[i])),
                         STAGED_BAD_INPUT);
        assert_string_equal(staged_secrets_error(secrets),
                            "a secret of fewer than 4 characters cannot be masked: ordinary text "
                            "would be masked, too");
    }
    assert_masked(secrets, "abc def", "abc def");
    assert_int_equal(staged_secrets_add(secrets, "abcd", 4), STAGED_OK);
    assert_string_equal(staged_secrets_error(secrets), "");
    staged_secrets_free(secrets);
    staged_secrets_free(NULL);
}

static void test_variables(void **state)
{
    (void)state;
    staged_secrets *secrets = staged_secrets_new();
    assert_int_equal(setenv("STAGED_TOKEN", "tok-123", 1), 0);
    assert_int_equal(staged_secrets_add_variable(secrets, "STAGED_TOKEN"), STAGED_OK);
    assert_masked(secrets, "-t tok-123", "-t ***");
    assert_int_equal(setenv("STAGED_TOKEN", "x", 1), 0);
    assert_int_equal(staged_secrets_add_variable(secrets, "STAGED_TOKEN"), STAGED_BAD_INPUT);
    assert_non_null(strstr(staged_secrets_error(secrets), "STAGED_TOKEN: a secret of fewer"));
    assert_int_equal(unsetenv("STAGED_TOKEN"), 0);
    assert_int_equal(staged_secrets_add_variable(secrets, "STAGED_TOKEN"), STAGED_NOT_FOUND);
    assert_string_equal(staged_secrets_error(secrets),
                        "the environment variable STAGED_TOKEN is not set");
    staged_secrets_free(secrets);
}

static void test_any_bytes(void **state)
{
    (void)state;
    staged_secrets *secrets = staged_secrets_new();
    assert_int_equal(staged_secrets_add(secrets, "a\0b\xff", 4), STAGED_OK);
    size_t length;
    char *masked = staged_secrets_mask(secrets, "\0a\0b\xff\0", 6, &length);
    assert_int_equal(length, 5);
    assert_memory_equal(masked, "\0***\0", 6);
    free(masked);
    masked = staged_secrets_mask(NULL, "as it is", 8, NULL);
    assert_string_equal(masked, "as it is");
    free(masked);
    staged_secrets_free(secrets);
}

static staged_status use(void *context)
{
    (void)context;
    staged_secrets *secrets = staged_secrets_new();
    if (secrets == NULL)
        return STAGED_NO_MEMORY;
    staged_status status = staged_secrets_add(secrets, "one secret\nthe other secret", 27);
    if (status == STAGED_OK) {
        char *masked = staged_secrets_mask(secrets, "one secret", 10, NULL);
        status = masked == NULL ? STAGED_NO_MEMORY : STAGED_OK;
        free(masked);
    }
    staged_secrets_free(secrets);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_in_range(torture(use, NULL), 10, 80);
}

TEST_GROUP(secrets)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_as_it_stands_and_as_a_shell_quotes_it),
        cmocka_unit_test(test_in_base64),
        cmocka_unit_test(test_in_base64_within_base64),
        cmocka_unit_test(test_in_lines_of_base64),
        cmocka_unit_test(test_given_with_its_escapes),
        cmocka_unit_test(test_several_lines),
        cmocka_unit_test(test_blanks_around_do_not_count),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_variables),
        cmocka_unit_test(test_any_bytes),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("process secrets", tests, NULL, NULL);
}
