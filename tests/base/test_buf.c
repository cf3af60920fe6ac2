/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/text/buf.h"

#include <stdlib.h>
#include <string.h>

#include "support/cmocka_all.h"
#include "support/torture.h"

static void test_everything_is_added_in_order(void **state)
{
    (void)state;
    stg_buf buf = {0};
    assert_string_equal(stg_buf_text(&buf), "");
    stg_buf_add_text(&buf, "one ");
    stg_buf_add(&buf, "two!!", 3);
    stg_buf_add_char(&buf, ' ');
    stg_buf_add_repeated(&buf, '-', 3);
    stg_buf_add_codepoint(&buf, 0x20AC);
    stg_buf_addf(&buf, "%s=%d", "x", 5);
    assert_string_equal(stg_buf_text(&buf), "one two ---\u20ACx=5");
    assert_int_equal(buf.length, strlen(buf.data));
    stg_buf_truncate(&buf, 3);
    assert_string_equal(stg_buf_text(&buf), "one");
    stg_buf_truncate(&buf, 30);
    assert_int_equal(buf.length, 3);
    char *taken = stg_buf_take(&buf);
    assert_string_equal(taken, "one");
    free(taken);
    assert_null(buf.data);
}

static void test_an_empty_buffer_gives_an_empty_text(void **state)
{
    (void)state;
    stg_buf buf = {0};
    char *taken = stg_buf_take(&buf);
    assert_string_equal(taken, "");
    free(taken);
}

static void test_the_maximum_sticks(void **state)
{
    (void)state;
    stg_buf buf = {.maximum = 5};
    stg_buf_add_text(&buf, "12345");
    assert_int_equal(stg_buf_status(&buf), STAGED_OK);
    stg_buf_add_text(&buf, "6");
    assert_int_equal(stg_buf_status(&buf), STAGED_BAD_INPUT);
    stg_buf_truncate(&buf, 0);
    stg_buf_add_text(&buf, "7");
    assert_string_equal(stg_buf_text(&buf), "");
    stg_buf_clear(&buf);
    stg_buf_add_text(&buf, "8");
    assert_string_equal(stg_buf_text(&buf), "8");
    stg_buf_add_text(&buf, "too long");
    assert_null(stg_buf_take(&buf));
}

static void test_reserve_and_end(void **state)
{
    (void)state;
    stg_buf buf = {0};
    memcpy(stg_buf_reserve(&buf, 10), "abc", 3);
    buf.length += 3;
    stg_buf_end(&buf);
    assert_string_equal(stg_buf_text(&buf), "abc");
    stg_buf_free(&buf);
}

static staged_status use(void *context)
{
    (void)context;
    stg_buf buf = {0};
    stg_buf_add_repeated(&buf, 'x', 10);
    stg_buf_addf(&buf, "%200s", "y");
    const staged_status status = stg_buf_status(&buf);
    stg_buf_free(&buf);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_int_equal(torture(use, NULL), 2);
}

static void test_wiping(void **state)
{
    (void)state;
    char text[] = "secret";
    stg_wipe(text, sizeof text);
    assert_memory_equal(text, "\0\0\0\0\0\0", sizeof text);
}

TEST_GROUP(buf)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_everything_is_added_in_order),
        cmocka_unit_test(test_an_empty_buffer_gives_an_empty_text),
        cmocka_unit_test(test_the_maximum_sticks),
        cmocka_unit_test(test_reserve_and_end),
        cmocka_unit_test(test_out_of_memory),
        cmocka_unit_test(test_wiping),
    };
    return cmocka_run_group_tests_name("base buf", tests, NULL, NULL);
}
