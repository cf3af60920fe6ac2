/* SPDX-License-Identifier: BSD-3-Clause */
#include "process/run/show.h"

#include <string.h>
#include <unistd.h>

#include "base/text/buf.h"
#include "process/system/fd.h"
#include "support/cmocka_all.h"

static bool add_to_buf(void *context, staged_output which, const char *bytes, size_t length)
{
    stg_buf *buf = context;
    stg_buf_addf(buf, "%d<", (int)which);
    stg_buf_add(buf, bytes, length);
    stg_buf_add_char(buf, '>');
    return buf->length < 20;
}

static void test_a_function_is_asked_until_it_has_enough(void **state)
{
    (void)state;
    stg_buf buf = {0};
    const staged_process_options options = {
        .size = sizeof options, .show = add_to_buf, .show_context = &buf};
    stg_show show = stg_show_begin(&options, STAGED_OUTPUT_STDERR);
    stg_show_add(&show, "one", 3);
    stg_show_add(&show, "", 0);
    stg_show_add(&show, "and two", 7);
    stg_show_add(&show, "and three", 9);
    stg_show_add(&show, "and four", 8);
    stg_show_end(&show);
    assert_string_equal(buf.data, "2<one>2<and two>2<and three>");
    stg_buf_free(&buf);
}

static void test_secrets_are_not_shown(void **state)
{
    (void)state;
    stg_buf buf = {0};
    staged_secrets *secrets = staged_secrets_new();
    assert_int_equal(staged_secrets_add(secrets, "secret", 6), STAGED_OK);
    const staged_process_options options = {
        .size = sizeof options, .show = add_to_buf, .show_context = &buf, .secrets = secrets};
    stg_show show = stg_show_begin(&options, STAGED_OUTPUT_STDOUT);
    stg_show_add(&show, "xsec", 4);
    stg_show_add(&show, "ret", 3);
    stg_show_add(&show, "sec", 3);
    stg_show_end(&show);
    assert_string_equal(buf.data, "1<x>1<***>1<sec>");
    stg_buf_free(&buf);
    staged_secrets_free(secrets);
}

static void test_our_own_stream(void **state)
{
    (void)state;
    int from, to;
    char text[20] = "";
    assert_int_equal(stg_fd_pipe(&from, &to), 0);
    const int saved = dup(1);
    dup2(to, 1);
    const staged_process_options options = {.size = sizeof options};
    stg_show show = stg_show_begin(&options, STAGED_OUTPUT_STDOUT);
    stg_show_add(&show, "shown", 5);
    stg_show_end(&show);
    dup2(saved, 1);
    close(saved);
    assert_int_equal(read(from, text, sizeof text), 5);
    assert_string_equal(text, "shown");
    stg_fd_close(&from);
    stg_fd_close(&to);
}

/* A reader who has left does not end us. */
static void test_unread_stream(void **state)
{
    (void)state;
    int from, to;
    assert_int_equal(stg_fd_pipe(&from, &to), 0);
    const int saved = dup(2);
    dup2(to, 2);
    stg_fd_close(&to);
    stg_fd_close(&from);
    const staged_process_options options = {.size = sizeof options};
    stg_show show = stg_show_begin(&options, STAGED_OUTPUT_STDERR);
    stg_show_add(&show, "not shown", 9);
    const bool is_over = show.over;
    stg_show_end(&show);
    dup2(saved, 2);
    close(saved);
    assert_true(is_over);
}

TEST_GROUP(show)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_function_is_asked_until_it_has_enough),
        cmocka_unit_test(test_secrets_are_not_shown),
        cmocka_unit_test(test_our_own_stream),
        cmocka_unit_test(test_unread_stream),
    };
    return cmocka_run_group_tests_name("process show", tests, NULL, NULL);
}
