/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "script/fixture.h"
#include "support/cmocka_all.h"
#include "support/torture.h"

static const staged_class plain = {STAGED_CLASS("Plain")};

static void test_names(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&plain, NULL, NULL);
    const char *one = staged_unique_name(script, "gms-", 10);
    const char *other = staged_unique_name(script, "gms-", 10);
    assert_int_equal(strlen(one), 14);
    assert_int_equal(strncmp(one, "gms-", 4), 0);
    assert_int_equal(strspn(one + 4, "abcdefghijklmnopqrstuvwxyz0123456789"), 10);
    assert_string_not_equal(one, other);
    assert_int_equal(strlen(staged_unique_name(script, "", 0)), 1);
    assert_int_equal(strlen(staged_unique_name(script, "", 1000)), 64);
    staged_script_free(script);
}

static bool is_directory(const char *path)
{
    struct stat found;
    return stat(path, &found) == 0 && S_ISDIR(found.st_mode);
}

static void test_directories(void **state)
{
    (void)state;
    char folder[] = "/tmp/staged-unique-XXXXXX";
    assert_non_null(mkdtemp(folder));
    char here[4096];
    assert_non_null(getcwd(here, sizeof here));
    assert_int_equal(chdir(folder), 0);
    virtual_clock clock;
    virtual_clock_init(&clock);
    staged_script *script = fixture_script(&plain, NULL, &clock);
    const char *one = NULL;
    const char *other = NULL;
    assert_int_equal(staged_unique_directory(script, "a/b/logs", &one), STAGED_OK);
    assert_int_equal(staged_unique_directory(script, "a/b/logs", &other), STAGED_OK);
    assert_string_not_equal(one, other);
    char expected[64];
    (void)snprintf(expected, sizeof expected, "%s/a/b/logs-20260102T030405-", folder);
    assert_memory_equal(one, expected, strlen(expected));
    assert_int_equal(strlen(one), strlen(expected) + 5);
    assert_true(is_directory(one));
    assert_true(is_directory(other));

    staged_script_set_dry_run(script, true);
    assert_int_equal(staged_unique_directory(script, "c", &one), STAGED_OK);
    assert_false(is_directory(one));
    assert_non_null(strstr(fixture_output(script), "Would create the directory"));
    staged_script_set_dry_run(script, false);
    assert_int_equal(staged_unique_directory(script, "/proc/nowhere/logs", &one), STAGED_FAILED);
    assert_null(one);
    assert_non_null(strstr(staged_script_error(script), "cannot create the directory '/proc/"));
    assert_int_equal(chdir(here), 0);
    staged_script_free(script);
    char command[64];
    (void)snprintf(command, sizeof command, "rm -r %s", folder);
    assert_int_equal(system(command), 0);
}

static staged_status make_names(void *context)
{
    (void)context;
    staged_script *script = fixture_script(&plain, NULL, NULL);
    if (script == NULL)
        return STAGED_NO_MEMORY;
    const char *name = staged_unique_name(script, "x", 5);
    const char *path = NULL;
    staged_script_set_dry_run(script, true);
    const staged_status made = staged_unique_directory(script, "x", &path);
    staged_script_free(script);
    return name == NULL || made != STAGED_OK ? STAGED_NO_MEMORY : STAGED_OK;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_true(torture_forgiving(make_names, NULL) > 3);
}

TEST_GROUP(unique)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_directories),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("script unique", tests, NULL, NULL);
}
