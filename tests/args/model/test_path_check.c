/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/model/convert.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "parsing.h"

/* A directory with a file in it, left behind empty-handed. */
typedef struct place {
    char directory[64];
    char file[96];
} place;

static int make_place(void **state)
{
    static place p;
    strcpy(p.directory, "/tmp/staged_path_check_XXXXXX");
    if (mkdtemp(p.directory) == NULL)
        return -1;
    snprintf(p.file, sizeof p.file, "%s/file", p.directory);
    const int fd = open(p.file, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    *state = &p;
    return fd < 0 ? -1 : close(fd);
}

static int remove_place(void **state)
{
    const place *p = *state;
    return unlink(p->file) | rmdir(p->directory);
}

/* What is said of a path after "argument --path: "; NULL: it is fine. */
static void assert_checked(unsigned checks, const char *path, const char *problem)
{
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "--path", .type = STAGED_ARG_PATH, .path_checks = checks);
    const char *const words[] = {"--path", path, NULL};
    if (problem == NULL) {
        staged_namespace_free(assert_parsed(parser, words));
    } else {
        char expected[300];
        snprintf(expected, sizeof expected, "argument --path: %s\n", problem);
        assert_refused(parser, words, expected);
    }
    staged_parser_free(parser);
}

/* The same with the path's name in the text. */
static void assert_problem(unsigned checks, const char *path, const char *before, const char *after)
{
    char problem[250];
    snprintf(problem, sizeof problem, "%s'%s'%s", before, path, after);
    assert_checked(checks, path, problem);
}

static void test_existing_paths(void **state)
{
    const place *p = *state;
    static const unsigned fine[] = {STAGED_PATH_EXISTS, STAGED_PATH_FILE, STAGED_PATH_READABLE,
                                    STAGED_PATH_WRITABLE, STAGED_PATH_FILE | STAGED_PATH_READABLE};
    for (size_t i = 0; i < sizeof fine / sizeof fine[0]; i++)
        assert_checked(fine[i], p->file, NULL);
    assert_checked(STAGED_PATH_DIRECTORY | STAGED_PATH_READABLE, p->directory, NULL);
    assert_problem(STAGED_PATH_FILE, p->directory, "", " is a directory");
    assert_problem(STAGED_PATH_DIRECTORY, p->file, "", " is not a directory");
    assert_problem(STAGED_PATH_NEW, p->file, "", " already exists");
}

static void test_missing_paths(void **state)
{
    const place *p = *state;
    char other[128];
    char deeper[128];
    snprintf(other, sizeof other, "%s/other", p->directory);
    snprintf(deeper, sizeof deeper, "%s/other/file", p->directory);
    assert_problem(STAGED_PATH_EXISTS, other, "can't open ", ": No such file or directory");
    assert_problem(STAGED_PATH_READABLE, other, "can't open ", ": No such file or directory");
    assert_checked(STAGED_PATH_NEW, other, NULL);
    assert_checked(STAGED_PATH_WRITABLE, other, NULL);
    assert_problem(STAGED_PATH_WRITABLE, deeper, "can't write ", ": No such file or directory");
    snprintf(deeper, sizeof deeper, "%s/below", p->file);
    assert_problem(STAGED_PATH_WRITABLE, deeper, "can't open ", ": Not a directory");
    assert_checked(STAGED_PATH_WRITABLE | STAGED_PATH_NEW, "no-such-file-here", NULL);
    assert_checked(0, other, NULL);
}

static void test_permissions(void **state)
{
    const place *p = *state;
    if (geteuid() == 0)
        return; /* root may do everything */
    chmod(p->file, 0);
    assert_problem(STAGED_PATH_READABLE, p->file, "can't open ", ": Permission denied");
    assert_problem(STAGED_PATH_WRITABLE, p->file, "can't write ", ": Permission denied");
    chmod(p->file, 0600);
}

static void test_dash(void **state)
{
    (void)state;
    assert_checked(STAGED_PATH_READABLE | STAGED_PATH_DASH, "-", NULL);
    assert_checked(STAGED_PATH_READABLE, "-", "can't open '-': No such file or directory");
}

static void test_lists_and_defaults(void **state)
{
    const place *p = *state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "--in", .type = STAGED_ARG_PATH,
                               .path_checks = STAGED_PATH_READABLE,
                               .default_text = "/no/such/default");
    staged_parser_add_argument(
        parser, "more", .type = STAGED_ARG_PATH, .nargs = STAGED_NARGS_ZERO_OR_MORE,
        .path_checks = STAGED_PATH_READABLE, .default_list = STAGED_TEXTS("/no/such/list"));
    /* A default counts where it is used, and is not looked at before. */
    assert_bugs(parser, "");
    assert_refused(parser, STAGED_TEXTS(p->file),
                   "argument --in: can't open '/no/such/default': No such file or directory\n");
    assert_refused(parser, STAGED_TEXTS("--in", p->file, p->file, "/no/such/word"),
                   "argument more: can't open '/no/such/word': No such file or directory\n");
    staged_namespace *ns = assert_parsed(parser, STAGED_TEXTS("--in", p->file, p->file));
    assert_int_equal(staged_namespace_count(ns, "more"), 1);
    staged_namespace_free(ns);
    staged_parser_free(parser);
}

static void test_mistakes(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    const staged_argument_options text = {
        .size = sizeof text, .flags = "--text", .path_checks = STAGED_PATH_EXISTS};
    staged_parser_add_argument_with(parser, &text);
    assert_bugs(parser, "--text: `path_checks` are for paths; set the type to STAGED_ARG_PATH\n");
    staged_parser_free(parser);
}

static staged_status check_once(void *context)
{
    staged_namespace *ns = NULL;
    const staged_status status = parse(context, STAGED_TEXTS("--path", "/no/such/file"), &ns);
    assert_null(ns);
    return status == STAGED_BAD_INPUT ? STAGED_OK : status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "--path", .type = STAGED_ARG_PATH,
                               .path_checks = STAGED_PATH_WRITABLE);
    assert_in_range(torture(check_once, parser), 5, 200);
    staged_parser_free(parser);
}

TEST_GROUP(path_check)
{
    setenv("COLUMNS", "80", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_existing_paths),     cmocka_unit_test(test_missing_paths),
        cmocka_unit_test(test_permissions),        cmocka_unit_test(test_dash),
        cmocka_unit_test(test_lists_and_defaults), cmocka_unit_test(test_mistakes),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("args path_check", tests, make_place, remove_place);
}
