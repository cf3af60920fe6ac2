/* SPDX-License-Identifier: BSD-3-Clause */
#include "process/secrets/mask.h"

#include <stdlib.h>
#include <string.h>

#include "base/text/buf.h"
#include "process/secrets/secrets.h"
#include "support/cmocka_all.h"
#include "support/torture.h"

static void add_to_buf(void *context, const char *bytes, size_t length)
{
    stg_buf_add(context, bytes, length);
}

static staged_secrets *secrets_of(const char *const *values)
{
    staged_secrets *secrets = staged_secrets_new();
    for (; *values != NULL; values++)
        assert_int_equal(staged_secrets_add(secrets, *values, strlen(*values)), STAGED_OK);
    return secrets;
}

/* Whatever the pieces are that a text comes in, the result is the same. */
static void assert_masked(const staged_secrets *secrets, const char *text, const char *expected)
{
    const size_t length = strlen(text);
    for (size_t piece = 1; piece <= length; piece++) {
        stg_buf out = {0};
        stg_mask mask = stg_mask_begin(stg_secrets_forms(secrets));
        for (size_t at = 0; at < length; at += piece)
            stg_mask_add(&mask, text + at, length - at < piece ? length - at : piece, add_to_buf,
                         &out);
        stg_mask_end(&mask, add_to_buf, &out);
        assert_string_equal(stg_buf_text(&out), expected);
        stg_buf_free(&out);
    }
}

static void test_secrets_are_masked(void **state)
{
    (void)state;
    const char *values[] = {"hunter2", "abcd", "abcdefgh", "defgXYZ", NULL};
    staged_secrets *secrets = secrets_of(values);
    assert_masked(secrets, "nothing to see", "nothing to see");
    assert_masked(secrets, "hunter2", "***");
    assert_masked(secrets, "my hunter2 is hunter2!", "my *** is ***!");
    assert_masked(secrets, "hunter hunter2 hunter", "hunter *** hunter");
    assert_masked(secrets, "hunter2hunter2", "***");
    assert_masked(secrets, "hunhunter2", "hun***");
    assert_masked(secrets, "abcd abcdefgh abcdefg", "*** *** ***efg");
    /* One that begins inside of another one is no less secret. */
    assert_masked(secrets, "abcdefgXYZ.", "***.");
    assert_masked(secrets, "abc", "abc");
    staged_secrets_free(secrets);
}

/* What cannot begin a secret is shown at once, so that a question does not wait for its answer. */
static void test_nothing_is_held_back_without_need(void **state)
{
    (void)state;
    const char *values[] = {"secret", NULL};
    staged_secrets *secrets = secrets_of(values);
    stg_buf out = {0};
    stg_mask mask = stg_mask_begin(stg_secrets_forms(secrets));
    stg_mask_add(&mask, "Password: ", 10, add_to_buf, &out);
    assert_string_equal(out.data, "Password: ");
    stg_mask_add(&mask, "is sec", 6, add_to_buf, &out);
    assert_string_equal(out.data, "Password: is ");
    stg_mask_add(&mask, "ond", 3, add_to_buf, &out);
    assert_string_equal(out.data, "Password: is second");
    stg_mask_add(&mask, " secre", 6, add_to_buf, &out);
    stg_mask_end(&mask, add_to_buf, &out);
    assert_string_equal(out.data, "Password: is second secre");
    stg_buf_free(&out);
    staged_secrets_free(secrets);
}

/* How many bytes are looked at again, as they were held back, when a text comes byte by byte. */
static size_t held_in_all(const staged_secrets *secrets, const char *part, size_t count)
{
    size_t sum = 0;
    stg_buf out = {0};
    stg_mask mask = stg_mask_begin(stg_secrets_forms(secrets));
    for (size_t i = 0; i < count * strlen(part); i++) {
        stg_mask_add(&mask, part + i % strlen(part), 1, add_to_buf, &out);
        sum += mask.held_length;
    }
    stg_mask_end(&mask, add_to_buf, &out);
    stg_buf_free(&out);
    return sum;
}

static void test_the_work_is_linear(void **state)
{
    (void)state;
    const char *values[] = {"hunter2", "aaaaaaaaaaaaaaaab", "\\\\\\\\\\", NULL};
    staged_secrets *secrets = secrets_of(values);
    static const char *const parts[] = {"hunter", "a",           "\\",      "'\"",
                                        "%25",    "aHVudGVyM\n", "\x1b[1m", "hu\x1b[1m"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const size_t once = held_in_all(secrets, parts[i], 2000);
        const size_t twice = held_in_all(secrets, parts[i], 4000);
        assert_true(twice <= 2 * once + 2000);
    }
    staged_secrets_free(secrets);
}

static void test_without_secrets(void **state)
{
    (void)state;
    assert_masked(NULL, "all of it", "all of it");
    staged_secrets *none = staged_secrets_new();
    assert_masked(none, "all of it", "all of it");
    staged_secrets_free(none);
}

/* Against the plain way: all places where a secret stands are covered. */
static void test_random_texts(void **state)
{
    (void)state;
    const char *values[] = {"abab", "baaab", "aabbaabb", "bbbb", NULL};
    staged_secrets *secrets = secrets_of(values);
    unsigned seed = 7;
    for (int round = 0; round < 300; round++) {
        char text[41] = "", expected[200] = "";
        bool covered[40] = {false};
        for (int i = 0; i < 40; i++) {
            seed = seed * 1103515245 + 12345;
            text[i] = "aabbc"[(seed >> 16) % 5];
        }
        for (size_t v = 0; values[v] != NULL; v++) {
            for (const char *at = text; (at = strstr(at, values[v])) != NULL; at++)
                memset(covered + (at - text), 1, strlen(values[v]));
        }
        for (int i = 0; i < 40; i++) {
            if (!covered[i])
                strncat(expected, text + i, 1);
            else if (i == 0 || !covered[i - 1])
                strcat(expected, "***");
        }
        assert_masked(secrets, text, expected);
    }
    staged_secrets_free(secrets);
}

static staged_status use(void *context)
{
    stg_mask mask = stg_mask_begin(stg_secrets_forms(context));
    const bool failed = mask.failed;
    stg_buf out = {0};
    stg_mask_add(&mask, "hunter2", 7, add_to_buf, &out);
    stg_mask_end(&mask, add_to_buf, &out);
    assert_null(strstr(stg_buf_text(&out), "hunter2"));
    const staged_status status = failed ? STAGED_NO_MEMORY : stg_buf_status(&out);
    stg_buf_free(&out);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    const char *values[] = {"hunter2", NULL};
    staged_secrets *secrets = secrets_of(values);
    assert_int_equal(torture(use, secrets), 2);
    staged_secrets_free(secrets);
}

TEST_GROUP(mask)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_secrets_are_masked),
        cmocka_unit_test(test_nothing_is_held_back_without_need),
        cmocka_unit_test(test_the_work_is_linear),
        cmocka_unit_test(test_without_secrets),
        cmocka_unit_test(test_random_texts),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("process mask", tests, NULL, NULL);
}
