/* SPDX-License-Identifier: BSD-3-Clause */
#include "process/system/fd.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/system/signal_guard.h"
#include "support/cmocka_all.h"

static bool is_private(int fd)
{
    return fd > 2 && (fcntl(fd, F_GETFD) & FD_CLOEXEC) != 0;
}

static void test_ours_are_never_standard_streams(void **state)
{
    (void)state;
    const int saved[] = {dup(0), dup(1), dup(2)};
    for (int i = 0; i < 3; i++)
        close(i);
    int ends[2], file = -1;
    const int pipe_error = stg_fd_pipe(&ends[0], &ends[1]);
    const int file_error = stg_fd_open("/dev/zero", O_RDONLY, &file);
    const bool good = is_private(ends[0]) && is_private(ends[1]) && is_private(file);
    for (int i = 0; i < 3; i++) {
        dup2(saved[i], i);
        close(saved[i]);
    }
    assert_int_equal(pipe_error, 0);
    assert_int_equal(file_error, 0);
    assert_true(good);
    stg_fd_close(&ends[0]);
    stg_fd_close(&ends[1]);
    stg_fd_close(&file);
    assert_int_equal(file, -1);
    stg_fd_close(&file);
    assert_int_equal(stg_fd_open("/nowhere/file", O_RDONLY, &file), ENOENT);
    assert_int_equal(file, -1);
}

static void *read_all(void *context)
{
    static char bytes[200000];
    size_t length = 0;
    for (ssize_t n; (n = read(*(int *)context, bytes + length, sizeof bytes - length)) > 0;)
        length += (size_t)n;
    return length == sizeof bytes && bytes[199999] == 'x' ? context : NULL;
}

static void test_write_all_to_a_non_blocking_descriptor(void **state)
{
    (void)state;
    static char bytes[200000];
    memset(bytes, 'x', sizeof bytes);
    int ends[2];
    assert_int_equal(stg_fd_pipe(&ends[0], &ends[1]), 0);
    assert_int_equal(stg_fd_set_nonblocking(ends[1]), 0);
    pthread_t reader;
    assert_int_equal(pthread_create(&reader, NULL, read_all, &ends[0]), 0);
    assert_int_equal(stg_fd_write_all(ends[1], bytes, sizeof bytes), 0);
    stg_fd_close(&ends[1]);
    void *answer;
    assert_int_equal(pthread_join(reader, &answer), 0);
    assert_non_null(answer);
    stg_fd_close(&ends[0]);
    assert_int_equal(stg_fd_set_nonblocking(-1), EBADF);
}

static void test_the_guard(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(stg_fd_pipe(&ends[0], &ends[1]), 0);
    stg_fd_close(&ends[0]);
    (void)signal(SIGPIPE, SIG_DFL);
    for (int nested = 0; nested < 2; nested++) {
        const stg_signal_guard outer = stg_signal_guard_begin(SIGPIPE);
        const stg_signal_guard guard = stg_signal_guard_begin(SIGPIPE);
        assert_true(guard.active);
        assert_int_equal(stg_fd_write_all(ends[1], "x", 1), EPIPE);
        stg_signal_guard_end(guard);
        stg_signal_guard_end(outer);
    }
    sigset_t set;
    assert_int_equal(sigpending(&set), 0);
    assert_int_equal(sigismember(&set, SIGPIPE), 0);
    assert_int_equal(pthread_sigmask(SIG_BLOCK, NULL, &set), 0);
    assert_int_equal(sigismember(&set, SIGPIPE), 0);

    (void)signal(SIGPIPE, SIG_IGN);
    const stg_signal_guard guard = stg_signal_guard_begin(SIGPIPE);
    assert_false(guard.active);
    stg_signal_guard_end(guard);
    (void)signal(SIGPIPE, SIG_DFL);
    stg_fd_close(&ends[1]);
}

TEST_GROUP(fd)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ours_are_never_standard_streams),
        cmocka_unit_test(test_write_all_to_a_non_blocking_descriptor),
        cmocka_unit_test(test_the_guard),
    };
    return cmocka_run_group_tests_name("process fd", tests, NULL, NULL);
}
