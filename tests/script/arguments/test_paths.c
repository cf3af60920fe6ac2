/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "script/fixture.h"
#include "support/cmocka_all.h"

static staged_status build_parser(staged_call *c)
{
    STAGED_TRY(staged_super(c));
    staged_parser_add_argument(staged_script_parser(c->script), "--file", .type = STAGED_ARG_PATH);
    return STAGED_OK;
}

static staged_status parse_args(staged_call *c)
{
    STAGED_TRY(staged_super(c));
    return staged_args_resolve_path(c->script, "file");
}

static const staged_class with_file = {
    STAGED_CLASS("WithFile"),
    .methods = STAGED_METHODS(STAGED_ON(STAGED_HOOK_BUILD_PARSER, build_parser),
                              STAGED_ON(STAGED_HOOK_PARSE_ARGS, parse_args)),
};

static void assert_resolved(const char *path, const char *expected)
{
    staged_script *script = fixture_script(&with_file, NULL, NULL);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--file", path)), 0);
    assert_string_equal(staged_namespace_path(staged_script_args(script), "file"), expected);
    staged_script_free(script);
}

static void test_paths_become_absolute(void **state)
{
    (void)state;
    char made[] = "/tmp/staged-paths-XXXXXX";
    assert_non_null(mkdtemp(made));
    char *folder = realpath(made, NULL);
    assert_int_equal(chdir(folder), 0);
    assert_int_equal(mkdir("real", 0700), 0);
    assert_int_equal(symlink("real", "link"), 0);
    static const char *const cases[][2] = {
        {"real", "/real"},
        {"./real/", "/real"},
        {"link", "/real"},
        {"link/new/file", "/real/new/file"},
        {"new.txt", "/new.txt"},
        {"new/", "/new"},
        {"new/.", "/new"},
        {"new/../other", "/other"},
        {"real/../link/x", "/real/x"},
        {".", ""},
        {"new/./a//b", "/new/a/b"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char expected[256];
        (void)snprintf(expected, sizeof expected, "%s%s", folder, cases[i][1]);
        assert_resolved(cases[i][0], expected);
    }
    assert_resolved("/", "/");
    assert_resolved("/no-such/a/../b", "/no-such/b");
    assert_resolved("/no-such/../../..", "/");
    assert_int_equal(unlink("link"), 0);
    assert_int_equal(rmdir("real"), 0);
    assert_int_equal(chdir("/"), 0);
    assert_int_equal(rmdir(folder), 0);
    free(folder);
}

static void test_unresolvable_paths(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&with_file, NULL, NULL);
    assert_int_equal(staged_args_resolve_path(script, "file"), STAGED_FAILED);
    assert_non_null(strstr(staged_script_error(script), "before the arguments are parsed"));
    staged_script_free(script);
    script = fixture_script(&with_file, NULL, NULL);
    char folder[] = "/tmp/staged-paths-XXXXXX";
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0);
    assert_int_equal(rmdir(folder), 0);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--file", "x")), 1);
    assert_string_equal(staged_script_error(script),
                        "cannot resolve the path 'x': No such file or directory");
    assert_int_equal(chdir("/"), 0);
    staged_script_free(script);
}

static void test_not_a_path(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&with_file, NULL, NULL);
    assert_int_equal(fixture_run(script, (const char *const[]){NULL}), 0);
    assert_int_equal(staged_args_resolve_path(script, "fil"), STAGED_FAILED);
    assert_non_null(strstr(staged_script_error(script), "test_paths.c:"));
    assert_non_null(strstr(
        staged_script_error(script),
        ": cannot resolve a path: no argument has the destination 'fil'; did you mean 'file'?"));
    assert_int_equal(staged_args_resolve_path(script, "dry_run"), STAGED_FAILED);
    assert_non_null(strstr(staged_script_error(script), ": 'dry_run' does not hold a path"));
    staged_script_free(script);
}

static void test_none_stays_none(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&with_file, NULL, NULL);
    assert_int_equal(fixture_run(script, (const char *const[]){NULL}), 0);
    assert_null(staged_namespace_path(staged_script_args(script), "file"));
    staged_script_free(script);
}

TEST_GROUP(paths)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_paths_become_absolute),
        cmocka_unit_test(test_unresolvable_paths),
        cmocka_unit_test(test_not_a_path),
        cmocka_unit_test(test_none_stays_none),
    };
    return cmocka_run_group_tests_name("script paths", tests, NULL, NULL);
}
