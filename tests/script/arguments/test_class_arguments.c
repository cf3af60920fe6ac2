/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Arguments in the table of a class, stored in its data. */
#include <stdlib.h>
#include <string.h>

#include "script/fixture.h"
#include "support/cmocka_all.h"

struct base_data {
    const char *instance;
    int parallel;
};

static const staged_class base = {
    STAGED_CLASS("Base"),
    .data_size = sizeof(struct base_data),
    .epilog = "See also %(prog)s's manual.",
    .arguments =
        STAGED_ARGUMENTS(STAGED_GROUP("install", "How to install."),
                         STAGED_ARGUMENT("--instance", STAGED_INTO(struct base_data, instance),
                                         .default_text = "test"),
                         STAGED_ARGUMENT("--parallel", STAGED_INTO(struct base_data, parallel),
                                         .environment = "STAGED_TEST_PARALLEL")),
};

struct own_data {
    bool flag;
    int64_t big;
    double ratio;
    const char *file;
    const char *const *names;
    int seen;
};

static staged_status look(staged_call *c)
{
    const struct own_data *self = c->data;
    const struct base_data *bases = staged_script_data(c->script, &base);
    STAGED_TRY(staged_log(c->script, "%d %lld %g %s", self->flag, (long long)self->big, self->ratio,
                          self->file == NULL ? "nothing" : self->file));
    for (size_t i = 0; self->names != NULL && self->names[i] != NULL; i++)
        STAGED_TRY(staged_log(c->script, "name %s", self->names[i]));
    return staged_log(c->script, "%s %d", bases->instance, bases->parallel);
}

/* What was parsed is there when the author's own override goes on. */
static staged_status parse_args(staged_call *c)
{
    struct own_data *self = c->data;
    STAGED_TRY(staged_super(c));
    self->seen = self->flag ? 1 : 2;
    return STAGED_OK;
}

static const staged_class own = {
    STAGED_CLASS("Own"),
    .bases = STAGED_BASES(&base),
    .description = "Looks at its arguments.",
    .data_size = sizeof(struct own_data),
    .arguments = STAGED_ARGUMENTS(
        STAGED_ARGUMENT("--flag", STAGED_INTO(struct own_data, flag), .help = "A flag."),
        STAGED_ARGUMENT("--big", STAGED_INTO(struct own_data, big)),
        STAGED_ARGUMENT("--ratio", STAGED_INTO(struct own_data, ratio)),
        STAGED_ARGUMENT("--file", STAGED_INTO(struct own_data, file), .type = STAGED_ARG_PATH,
                        .resolve = true),
        STAGED_ARGUMENT("--names", STAGED_INTO(struct own_data, names), .nargs = 2),
        STAGED_ARGUMENT("--free", .help = "Stored nowhere but in the namespace.")),
    .methods = STAGED_METHODS(STAGED_STAGE("look", "Looking", look, .by_default = true),
                              STAGED_ON(STAGED_HOOK_PARSE_ARGS, parse_args)),
};

static void test_values_are_stored(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&own, NULL, NULL);
    assert_int_equal(
        fixture_run(script, STAGED_TEXTS("--flag", "--big", "5000000000", "--ratio", "0.5",
                                         "--file", "/nowhere/x/../y", "--names", "a", "b",
                                         "--instance", "mine", "--parallel", "3", "--free", "x")),
        0);
    const char *output = fixture_output(script);
    assert_non_null(strstr(output, "1 5000000000 0.5 /nowhere/y"));
    assert_non_null(strstr(output, "name b"));
    assert_non_null(strstr(output, "mine 3"));
    const struct own_data *data = staged_script_data(script, &own);
    assert_int_equal(data->seen, 1);
    assert_string_equal(data->file, "/nowhere/y");
    assert_string_equal(staged_args_text(script, "free"), "x");
    staged_script_free(script);
}

static void test_defaults_and_the_environment(void **state)
{
    (void)state;
    assert_int_equal(setenv("STAGED_TEST_PARALLEL", "7", 1), 0);
    staged_script *script = fixture_script(&own, NULL, NULL);
    assert_int_equal(fixture_run(script, (const char *const[]){NULL}), 0);
    assert_non_null(strstr(fixture_output(script), "0 0 0 nothing"));
    assert_non_null(strstr(fixture_output(script), "test 7"));
    staged_script_free(script);
    assert_int_equal(unsetenv("STAGED_TEST_PARALLEL"), 0);
}

static void test_help(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&own, NULL, NULL);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--help")), 0);
    const char *help = fixture_printed();
    assert_non_null(strstr(help, "\nLooks at its arguments.\n"));
    assert_non_null(strstr(help, "See also test's manual."));
    const char *group = strstr(help, "\ninstall:\n");
    assert_non_null(group);
    const char *description = strstr(group, "How to install.");
    assert_non_null(description);
    assert_non_null(strstr(description, "--parallel"));
    assert_true(strstr(help, "--flag") < group);
    staged_script_free(script);
}

/* What an earlier command line said stays readable where a later one says nothing. */
static void test_inner_scripts(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&own, NULL, NULL);
    staged_script *inner = staged_script_new_inner(script, NULL, &own);
    const struct own_data *data = staged_script_data(inner, &own);
    assert_int_equal(staged_script_parse_args(inner, STAGED_TEXTS("--file", "/first")), STAGED_OK);
    assert_int_equal(staged_script_parse_args(inner, STAGED_TEXTS("--flag")), STAGED_OK);
    assert_true(data->flag);
    assert_string_equal(data->file, "/first");
    assert_int_equal(staged_script_parse_args(inner, STAGED_TEXTS("--parallel", "many")),
                     STAGED_FAILED);
    assert_string_equal(data->file, "/first");
    staged_script_free(script);
}

static void assert_bug(const staged_class *script_class, const char *bug)
{
    staged_script *script = fixture_script(script_class, NULL, NULL);
    assert_int_equal(fixture_run(script, (const char *const[]){NULL}), 70);
    assert_non_null(strstr(fixture_printed(), "test_class_arguments.c:"));
    assert_non_null(strstr(fixture_printed(), bug));
    staged_script_free(script);
}

static staged_status add_to_parser(staged_call *c)
{
    STAGED_TRY(staged_super(c));
    staged_parser_add_argument(staged_script_parser(c->script), "--flag", .group = "all");
    return STAGED_OK;
}

static const staged_class without_data = {
    STAGED_CLASS("W"),
    .arguments = STAGED_ARGUMENTS(STAGED_ARGUMENT("--flag", STAGED_INTO(struct own_data, flag)))};

static const staged_class short_data = {
    STAGED_CLASS("S"), .data_size = sizeof(bool),
    .arguments = STAGED_ARGUMENTS(
        STAGED_ARGUMENT("--names", STAGED_INTO(struct own_data, names), .nargs = 2))};

static const staged_class mistyped = {
    STAGED_CLASS("M"), .data_size = sizeof(struct own_data),
    .arguments = STAGED_ARGUMENTS(
        STAGED_ARGUMENT("--big", STAGED_INTO(struct own_data, big), .type = STAGED_ARG_PATH))};

static const staged_class no_path = {
    STAGED_CLASS("N"), .arguments = STAGED_ARGUMENTS(STAGED_ARGUMENT("--text", .resolve = true))};

static const staged_class twice = {
    STAGED_CLASS("T"), .bases = STAGED_BASES(&base),
    .arguments = STAGED_ARGUMENTS(STAGED_ARGUMENT("--instance", .help = "Again."))};

static const staged_class elsewhere = {
    STAGED_CLASS("E"),
    .methods = STAGED_METHODS(STAGED_ON(STAGED_HOOK_BUILD_PARSER, add_to_parser))};

static void test_misuse(void **state)
{
    (void)state;
    assert_bug(&without_data,
               "W: --flag: it is stored in the class's data, but the class has none");
    assert_bug(&short_data, "S: --names: it is stored past the end of the class's data");
    assert_bug(&mistyped, "--big: its value does not fit the type of the variable");
    assert_bug(&no_path, "N: --text: `.resolve` is for one path");
    assert_bug(&twice, "--instance");
    assert_bug(&elsewhere, "are for the `.arguments` of a class");
}

TEST_GROUP(class_arguments)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values_are_stored),
        cmocka_unit_test(test_defaults_and_the_environment),
        cmocka_unit_test(test_help),
        cmocka_unit_test(test_inner_scripts),
        cmocka_unit_test(test_misuse),
    };
    return cmocka_run_group_tests_name("script class arguments", tests, NULL, NULL);
}
