/* SPDX-License-Identifier: BSD-3-Clause */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "script/fixture.h"
#include "support/cmocka_all.h"

static int runs;

static staged_status work(staged_call *c)
{
    (void)c;
    runs++;
    return STAGED_OK;
}

static const staged_class job = {
    STAGED_CLASS("Job"),
    .methods = STAGED_METHODS(STAGED_STAGE("work", "Working", work, .by_default = true)),
};

static char folder[64];
static virtual_clock clock_of_run;

static int set_up(void **state)
{
    (void)state;
    (void)snprintf(folder, sizeof folder, "/tmp/staged-lock-XXXXXX");
    return mkdtemp(folder) == NULL || setenv("XDG_STATE_HOME", folder, 1) != 0;
}

static int tear_down(void **state)
{
    (void)state;
    char command[128];
    (void)snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

static int run_with(const char *lock, double wait_s, const char *const *words)
{
    runs = 0;
    virtual_clock_init(&clock_of_run);
    staged_script *script = staged_script_new(
        &job, STAGED_OPTIONS(staged_script_options, .name = "job", .clock = &clock_of_run.clock,
                             .lock = lock, .lock_wait_s = wait_s));
    const int exit_status = fixture_run(script, words);
    staged_script_free(script);
    return exit_status;
}

/* Takes a lock as another process would. */
static int hold(const char *name)
{
    char path[160];
    (void)snprintf(path, sizeof path, "%s/staged/locks/%s.lock", folder, name);
    const int fd = open(path, O_RDWR);
    assert_true(fd >= 0);
    assert_int_equal(flock(fd, LOCK_EX | LOCK_NB), 0);
    return fd;
}

/* Has a holder of that lock be written down. */
static void write_holder(int fd, pid_t pid)
{
    char host[256] = "", text[512];
    (void)gethostname(host, sizeof host - 1);
    const int length =
        snprintf(text, sizeof text, "process %ld on %s since 2026-01-01\n", (long)pid, host);
    assert_int_equal(ftruncate(fd, 0), 0);
    assert_int_equal(pwrite(fd, text, (size_t)length, 0), length);
}

static pid_t pid_of_dead_process(void)
{
    const pid_t pid = fork();
    if (pid == 0)
        _exit(0);
    assert_int_equal(waitpid(pid, NULL, 0), pid);
    return pid;
}

static void test_it_is_taken_and_released(void **state)
{
    (void)state;
    assert_int_equal(run_with("a", 0, STAGED_TEXTS("--stage", "work")), 0);
    assert_int_equal(run_with("a", 0, STAGED_TEXTS("--stage", "work")), 0);
    assert_int_equal(runs, 1);
    close(hold("a"));
}

static void test_who_is_second_leaves(void **state)
{
    (void)state;
    assert_int_equal(run_with("a", 0, STAGED_TEXTS("--stage", "work")), 0);
    const int fd = hold("a");
    write_holder(fd, getpid());
    assert_int_equal(run_with("a", 0, STAGED_TEXTS("--stage", "work")), 75);
    assert_int_equal(runs, 0);
    assert_int_equal(clock_of_run.sleeps, 0);
    assert_non_null(strstr(fixture_printed(), "job: 'a' is locked by process "));
    assert_non_null(strstr(fixture_printed(), "; nothing was run\n"));
    /* By another name, or without running anything, it may. */
    assert_int_equal(run_with("b", 0, STAGED_TEXTS("--stage", "work")), 0);
    assert_int_equal(run_with("a", 0, STAGED_TEXTS("--stage", "work", "--dry-run")), 0);
    assert_int_equal(run_with("a", 0, STAGED_TEXTS("--lock", "b")), 0);
    close(fd);
}

/* Who may open a lock, but not write into it, holds it without a name. */
static void test_another_holder_is_not_named(void **state)
{
    (void)state;
    assert_int_equal(run_with("a", 0, STAGED_TEXTS("--stage", "work")), 0);
    const int fd = hold("a");
    assert_int_equal(run_with("a", 0, STAGED_TEXTS("--stage", "work")), 75);
    assert_non_null(strstr(fixture_printed(), "job: 'a' is locked by another process; "));
    write_holder(fd, pid_of_dead_process());
    assert_int_equal(run_with("a", 0, STAGED_TEXTS("--stage", "work")), 75);
    assert_non_null(strstr(fixture_printed(), "job: 'a' is locked by another process; "));
    close(fd);
}

static void test_who_is_second_waits(void **state)
{
    (void)state;
    assert_int_equal(run_with("a", 0, STAGED_TEXTS("--stage", "work")), 0);
    const int fd = hold("a");
    assert_int_equal(run_with("a", 3, STAGED_TEXTS("--stage", "work")), 75);
    assert_true(clock_of_run.now_ns >= 3000000000);
    assert_int_equal(run_with(NULL, 0, STAGED_TEXTS("--lock", "a", "--lock-wait", "1.5")), 75);
    assert_true(clock_of_run.now_ns >= 1500000000);
    close(fd);
}

static void test_what_cannot_be_locked(void **state)
{
    (void)state;
    assert_int_equal(run_with("/dev/null/x", 0, STAGED_TEXTS("--stage", "work")), 1);
    assert_int_equal(runs, 0);
    assert_string_equal(fixture_printed(), "job: cannot open the lock '/dev/null/x': Not a "
                                           "directory; nothing was run\n");
    assert_int_equal(run_with(NULL, 0, STAGED_TEXTS("--lock", "")), 2);
    assert_int_equal(run_with(NULL, 0, STAGED_TEXTS("--lock-wait", "2")), 2);
    assert_int_equal(run_with("a", 0, STAGED_TEXTS("--lock-wait", "nan")), 2);
    assert_int_equal(runs, 0);
}

/* Others may open it, to hold it in their turn. */
static void test_a_path_is_shared(void **state)
{
    (void)state;
    char path[96];
    struct stat facts;
    (void)snprintf(path, sizeof path, "%s/shared", folder);
    const mode_t mask = umask(022);
    assert_int_equal(run_with(path, 0, STAGED_TEXTS("--stage", "work")), 0);
    (void)umask(mask);
    assert_int_equal(stat(path, &facts), 0);
    assert_int_equal(facts.st_mode & 0777, 0644);

    char link_to_it[96];
    (void)snprintf(link_to_it, sizeof link_to_it, "%s/link", folder);
    assert_int_equal(symlink(path, link_to_it), 0);
    assert_int_equal(run_with(link_to_it, 0, STAGED_TEXTS("--stage", "work")), 1);
    assert_int_equal(runs, 0);
    assert_non_null(strstr(fixture_printed(), "job: cannot open the lock '"));
}

static void test_no_place(void **state)
{
    (void)state;
    char *home = getenv("HOME") == NULL ? NULL : strdup(getenv("HOME"));
    assert_int_equal(unsetenv("XDG_STATE_HOME"), 0);
    assert_int_equal(unsetenv("HOME"), 0);
    assert_int_equal(run_with("a", 0, STAGED_TEXTS("--stage", "work")), 1);
    assert_int_equal(runs, 0);
    assert_string_equal(fixture_printed(), "job: there is no place for the lock 'a': set HOME, or "
                                           "give its path; nothing was run\n");
    assert_int_equal(setenv("XDG_STATE_HOME", folder, 1), 0);
    if (home != NULL)
        assert_int_equal(setenv("HOME", home, 1), 0);
    free(home);
}

TEST_GROUP(lock)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_it_is_taken_and_released),
        cmocka_unit_test(test_who_is_second_leaves),
        cmocka_unit_test(test_another_holder_is_not_named),
        cmocka_unit_test(test_who_is_second_waits),
        cmocka_unit_test(test_what_cannot_be_locked),
        cmocka_unit_test(test_a_path_is_shared),
        cmocka_unit_test(test_no_place),
    };
    return cmocka_run_group_tests_name("script lock", tests, set_up, tear_down);
}
