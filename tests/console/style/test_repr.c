/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/style/repr.h"

#include <string.h>

#include "support/cmocka_all.h"
#include "support/torture.h"

static void assert_repr(const char *text, const char *expected)
{
    stg_buf out = {0};
    stg_repr(&out, text, strlen(text));
    assert_string_equal(stg_buf_text(&out), expected);
    stg_buf_free(&out);
}

static void test_as_python_does(void **state)
{
    (void)state;
    assert_repr("", "''");
    assert_repr("plain", "'plain'");
    assert_repr("it's", "\"it's\"");
    assert_repr("\"quoted\"", "'\"quoted\"'");
    assert_repr("it's \"both\"", "'it\\'s \"both\"'");
    assert_repr("a\\b\n\r\t\x1b\x7f", "'a\\\\b\\n\\r\\t\\x1b\\x7f'");
    assert_repr("\u00E9\u3042", "'\u00E9\u3042'");
    assert_repr("\u00A0\u200B\U000F0000", "'\\xa0\\u200b\\U000f0000'");
}

static void test_error(void **state)
{
    (void)state;
    stg_error error = {0};
    assert_int_equal(stg_repr_error(NULL, "a ", "b", 1, " c"), STAGED_BAD_MARKUP);
    assert_int_equal(stg_repr_error(&error, "a ", "b", 1, " c"), STAGED_BAD_MARKUP);
    assert_string_equal(stg_error_text(&error), "a 'b' c");
    stg_error_free(&error);
}

static staged_status use(void *context)
{
    (void)context;
    stg_error error = {0};
    const staged_status status = stg_repr_error(&error, "no such ", "thing", 5, "");
    /* The words may be lost, what happened may not. */
    const bool complete = error.text != NULL;
    stg_error_free(&error);
    return status == STAGED_BAD_MARKUP && complete ? STAGED_OK : STAGED_NO_MEMORY;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_true(torture(use, NULL) > 0);
}

TEST_GROUP(repr)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_as_python_does),
        cmocka_unit_test(test_error),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("console repr", tests, NULL, NULL);
}
