/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/device/restore.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <staged/live.h>

#include "support/cmocka_all.h"

#define SHOWN "\x1b[0m\x1b[?25h\r\n"

static int ends[2];

static int open_pipe(void **state)
{
    (void)state;
    return pipe(ends);
}

static int close_pipe(void **state)
{
    (void)state;
    close(ends[0]);
    return 0;
}

/* What was written, after which the pipe is closed for writing. */
static void assert_written(const char *expected)
{
    char text[64] = "";
    close(ends[1]);
    ssize_t length = read(ends[0], text, sizeof text - 1);
    assert_int_equal(length, strlen(expected));
    assert_string_equal(text, expected);
}

static void test_once(void **state)
{
    (void)state;
    const unsigned before = stg_restore_count();
    stg_restore_add(ends[1]);
    assert_int_equal(stg_restore_count(), before);
    errno = 77;
    staged_terminal_restore();
    assert_int_equal(stg_restore_count(), before + 1);
    assert_int_equal(errno, 77);
    staged_terminal_restore();
    assert_written(SHOWN);
}

static void test_removed(void **state)
{
    (void)state;
    stg_restore_add(ends[1]);
    stg_restore_remove(ends[1]);
    stg_restore_remove(ends[1]);
    staged_terminal_restore();
    assert_written("");
}

static void test_more_than_there_are_places(void **state)
{
    (void)state;
    for (int i = 0; i < 20; i++)
        stg_restore_add(ends[1]);
    for (int i = 0; i < 20; i++)
        stg_restore_remove(ends[1]);
    staged_terminal_restore();
    assert_written("");
}

static void in_child(void (*end)(void))
{
    fflush(NULL);
    const pid_t child = fork();
    if (child == 0) {
        stg_restore_add(ends[1]);
        end();
    }
    waitpid(child, NULL, 0);
}

static void end_by_exit(void)
{
    exit(3);
}

static void handle(int number)
{
    (void)number;
    staged_terminal_restore();
    _exit(1);
}

static void end_by_signal(void)
{
    signal(SIGTERM, handle);
    raise(SIGTERM);
}

static void test_exit(void **state)
{
    (void)state;
    in_child(end_by_exit);
    assert_written(SHOWN);
}

static void test_signal(void **state)
{
    (void)state;
    in_child(end_by_signal);
    assert_written(SHOWN);
}

/* A child that ends must not show the cursor that its parent hid. */
static void test_forked_child(void **state)
{
    (void)state;
    stg_restore_add(ends[1]);
    fflush(NULL);
    const pid_t child = fork();
    if (child == 0) {
        staged_terminal_restore();
        _exit(0);
    }
    waitpid(child, NULL, 0);
    stg_restore_remove(ends[1]);
    assert_written("");
}

TEST_GROUP(restore)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_pipe, close_pipe)
    const struct CMUnitTest tests[] = {
        TEST(test_once), TEST(test_removed), TEST(test_more_than_there_are_places),
        TEST(test_exit), TEST(test_signal),  TEST(test_forked_child),
    };
    return cmocka_run_group_tests_name("console restore", tests, NULL, NULL);
}
