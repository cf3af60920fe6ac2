/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/system/programs.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/cmocka_all.h"
#include "support/runner.h"
#include "support/torture.h"

static char folder[] = "programs-XXXXXX";
static char whole[4096];

static void make(const char *name, mode_t mode)
{
    char path[4200];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    const int fd = open(path, O_CREAT | O_WRONLY, mode);
    assert_true(fd >= 0);
    close(fd);
}

static int set_up(void **state)
{
    (void)state;
    char below[4200];
    assert_non_null(mkdtemp(folder));
    assert_non_null(realpath(folder, whole));
    make("good", 0700);
    make("plain", 0600);
    (void)snprintf(below, sizeof below, "%s/directory", folder);
    return mkdir(below, 0700);
}

static int tear_down(void **state)
{
    (void)state;
    static const char *const names[] = {"good", "plain"};
    char path[4200];
    for (size_t i = 0; i < 2; i++) {
        (void)snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    (void)snprintf(path, sizeof path, "%s/directory", folder);
    rmdir(path);
    return rmdir(folder);
}

static void assert_found(const char *name, const char *folders, bool absolute, const char *expected)
{
    char *path;
    assert_true(stg_find_program(name, folders, absolute, &path));
    if (expected == NULL)
        assert_null(path);
    else
        assert_string_equal(path, expected);
    free(path);
}

static void test_found(void **state)
{
    (void)state;
    char folders[9000], expected[4200];
    (void)snprintf(folders, sizeof folders, "/nonexistent:%s:%s", folder, whole);
    (void)snprintf(expected, sizeof expected, "%s/good", folder);
    assert_found("good", folders, false, expected);
    (void)snprintf(expected, sizeof expected, "%s/good", whole);
    assert_found("good", folders, true, expected);
    assert_found("plain", folders, false, NULL);
    assert_found("directory", folders, false, NULL);
    assert_found("good", NULL, false, NULL);
    assert_found("good", "", false, NULL);
}

static void test_our_folder(void **state)
{
    (void)state;
    char *before = getcwd(NULL, 0);
    assert_int_equal(chdir(whole), 0);
    assert_found("good", "", false, "./good");
    assert_found("good", "/nonexistent:", false, "./good");
    assert_found("good", ":/nonexistent", true, NULL);
    assert_int_equal(chdir(before), 0);
    free(before);
}

static staged_status find(void *context)
{
    (void)context;
    char *path;
    const bool is_good = stg_find_program("good", whole, true, &path);
    free(path);
    return is_good ? STAGED_OK : STAGED_NO_MEMORY;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_true(torture(find, NULL) > 0);
}

TEST_GROUP(programs)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_found),
        cmocka_unit_test(test_our_folder),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
