/* SPDX-License-Identifier: BSD-3-Clause */
#include "process/run/lines.h"

#include <string.h>
#include <unistd.h>

#include "process/system/fd.h"
#include "support/cmocka_all.h"
#include "support/torture.h"

static void assert_next(stg_lines *lines, bool is_last, const char *expected)
{
    size_t length = 99;
    const char *line = stg_lines_next(lines, is_last, &length);
    if (expected == NULL) {
        assert_null(line);
        return;
    }
    assert_string_equal(line, expected);
    assert_int_equal(length, strlen(expected));
}

static void test_lines_come_in_pieces(void **state)
{
    (void)state;
    stg_lines lines = {0};
    int from, to;
    assert_int_equal(stg_fd_pipe(&from, &to), 0);
    assert_int_equal(stg_fd_set_nonblocking(from), 0);
    assert_int_equal(stg_lines_read(&lines, from), STG_READ_NOTHING);
    assert_next(&lines, false, NULL);
    assert_int_equal(write(to, "one\ntw", 6), 6);
    assert_int_equal(stg_lines_read(&lines, from), STG_READ_SOME);
    assert_next(&lines, false, "one");
    assert_next(&lines, false, NULL);
    assert_int_equal(write(to, "o\n\nthree", 8), 8);
    assert_int_equal(stg_lines_read(&lines, from), STG_READ_SOME);
    assert_next(&lines, false, "two");
    assert_next(&lines, false, "");
    assert_next(&lines, false, NULL);
    stg_fd_close(&to);
    assert_int_equal(stg_lines_read(&lines, from), STG_READ_END);
    assert_next(&lines, false, NULL);
    assert_next(&lines, true, "three");
    assert_next(&lines, true, NULL);
    stg_fd_close(&from);
    stg_lines_free(&lines);
}

/* What was handed out makes way for what comes. */
static void test_memory_stays_small(void **state)
{
    (void)state;
    stg_lines lines = {0};
    int from, to;
    char line[1000];
    memset(line, 'x', sizeof line);
    line[999] = '\n';
    assert_int_equal(stg_fd_pipe(&from, &to), 0);
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(write(to, line, sizeof line), sizeof line);
        assert_int_equal(stg_lines_read(&lines, from), STG_READ_SOME);
        size_t length;
        assert_non_null(stg_lines_next(&lines, false, &length));
        assert_int_equal(length, 999);
    }
    assert_true(lines.capacity <= 16384);
    stg_fd_close(&from);
    stg_fd_close(&to);
    stg_lines_free(&lines);
}

static staged_status use(void *context)
{
    (void)context;
    stg_lines lines = {0};
    int from, to;
    assert_int_equal(stg_fd_pipe(&from, &to), 0);
    assert_int_equal(write(to, "x\n", 2), 2);
    const stg_read_result result = stg_lines_read(&lines, from);
    assert_int_equal(result == STG_READ_END, lines.failed);
    const staged_status status = lines.failed ? STAGED_NO_MEMORY : STAGED_OK;
    stg_fd_close(&from);
    stg_fd_close(&to);
    stg_lines_free(&lines);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_int_equal(torture(use, NULL), 1);
}

TEST_GROUP(lines)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines_come_in_pieces),
        cmocka_unit_test(test_memory_stays_small),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("process lines", tests, NULL, NULL);
}
