/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/declaring/declaring.h"

#include "parsing.h"

static const char *dest_of(const char *flags, const char *dest)
{
    static char found[32];
    const staged_parser_options options = {
        .size = sizeof options, .add_help = STAGED_NO, .prefix_chars = "-+"};
    staged_parser *parser = staged_parser_new(&options);
    staged_argument *argument = staged_parser_add_argument(parser, flags, .dest = dest);
    assert_non_null(argument);
    strcpy(found, staged_argument_dest(argument));
    staged_parser_free(parser);
    return found;
}

static void test_destinations(void **state)
{
    (void)state;
    assert_string_equal(dest_of("-f --foo-bar --other", NULL), "foo_bar");
    assert_string_equal(dest_of("-f -g", NULL), "f");
    assert_string_equal(dest_of("-f -+long", NULL), "long");
    assert_string_equal(dest_of("-f --foo", "other-name"), "other-name");
    assert_string_equal(dest_of("some-file", NULL), "some-file");
    assert_string_equal(dest_of("  -f   --foo ", NULL), "foo");
}

static void test_flags(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_argument *cache =
        staged_parser_add_argument(parser, "-c --cache --keep", .action = STAGED_ARG_BOOLEAN);
    static const char *const flags[] = {"-c", "--cache", "--no-cache", "--keep", "--no-keep"};
    assert_int_equal(cache->flag_count, 5);
    for (size_t i = 0; i < 5; i++) {
        assert_string_equal(cache->flags[i], flags[i]);
        assert_ptr_equal(staged_parser_find(parser, flags[i]), cache);
    }
    assert_false(parser->negative_number_flags);
    staged_parser_add_argument(parser, "-1", .dest = "one");
    assert_true(parser->negative_number_flags);
    staged_parser_free(parser);
}

static void test_taken_flag_stays_with_its_owner(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    const staged_argument_options first = {
        .size = sizeof first, .flags = "-a", .where = {"one.c", 3}};
    const staged_argument_options second = {
        .size = sizeof second, .flags = "-a --all", .where = {"two.c", 4}};
    const staged_argument_options third = {.size = sizeof third, .flags = "--all"};
    staged_argument *owner = staged_parser_add_argument_with(parser, &first);
    staged_argument *other = staged_parser_add_argument_with(parser, &second);
    staged_parser_add_argument_with(parser, &third);
    assert_ptr_equal(staged_parser_find(parser, "-a"), owner);
    assert_ptr_equal(staged_parser_find(parser, "--all"), other);
    assert_bugs(parser, "two.c:4: -a: one.c:3 already has this flag; choose another\n--all: "
                        "two.c:4 already has this flag; choose another\n");
    staged_parser_free(parser);
}

static void test_flag_of_the_library(void **state)
{
    (void)state;
    staged_parser *parser = staged_parser_new(NULL);
    const staged_argument_options host = {
        .size = sizeof host, .flags = "-h --host", .where = {"a.c", 1}};
    staged_parser_add_argument_with(parser, &host);
    assert_bugs(parser, "a.c:1: -h: another argument already has this flag; choose another\n");
    staged_parser_free(parser);
}

static void test_built_in_defaults(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "--store");
    staged_parser_add_argument(parser, "--on", .action = STAGED_ARG_STORE_TRUE);
    staged_parser_add_argument(parser, "--off", .action = STAGED_ARG_STORE_FALSE);
    staged_parser_add_argument(parser, "--both", .action = STAGED_ARG_BOOLEAN);
    staged_parser_add_argument(parser, "--count", .action = STAGED_ARG_COUNT);
    staged_parser_add_argument(parser, "--append", .action = STAGED_ARG_APPEND);
    staged_parser_add_argument(parser, "--const", .action = STAGED_ARG_STORE_CONST,
                               .const_text = "x");
    staged_parser_add_argument(parser, "--version", .action = STAGED_ARG_VERSION, .version = "1");
    staged_namespace *ns = assert_parsed(parser, NOTHING);
    assert_value(ns, "store", "None");
    assert_value(ns, "on", "False");
    assert_value(ns, "off", "True");
    assert_value(ns, "both", "None");
    assert_value(ns, "count", "None");
    assert_value(ns, "append", "None");
    assert_value(ns, "const", "None");
    assert_null(staged_namespace_value(ns, "version"));
    staged_namespace_free(ns);
    staged_parser_free(parser);
}

static void test_declared_defaults(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    const staged_value list[] = {staged_value_int(1), staged_value_none()};
    staged_parser_add_argument(parser, "--text", .default_text = "7", .type = STAGED_ARG_INT);
    staged_parser_add_argument(parser, "--list", .default_list = STAGED_TEXTS("1", "2"),
                               .type = STAGED_ARG_INT, .nargs = STAGED_NARGS_ZERO_OR_MORE);
    staged_parser_add_argument(parser, "--value", .default_value = staged_value_list(list, 2),
                               .nargs = 2);
    staged_parser_add_argument(parser, "--none", .default_text = STAGED_ARG_SUPPRESS);
    staged_parser_add_argument(parser, "--on", .action = STAGED_ARG_STORE_TRUE,
                               .default_value = staged_value_none());
    staged_namespace *ns = assert_parsed(parser, NOTHING);
    assert_value(ns, "text", "7");
    assert_value(ns, "list", "[1, 2]");
    assert_value(ns, "value", "[1, None]");
    assert_value(ns, "on", "None");
    assert_null(staged_namespace_value(ns, "none"));
    staged_namespace_free(ns);
    staged_parser_free(parser);
}

static void test_required_arguments(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    const staged_value list = staged_value_list(NULL, 0);
    assert_true(staged_parser_add_argument(parser, "one")->required);
    assert_true(staged_parser_add_argument(parser, "two", .nargs = 2)->required);
    assert_true(
        staged_parser_add_argument(parser, "some", .nargs = STAGED_NARGS_ONE_OR_MORE)->required);
    assert_false(
        staged_parser_add_argument(parser, "all", .nargs = STAGED_NARGS_REMAINDER)->required);
    assert_false(
        staged_parser_add_argument(parser, "any", .nargs = STAGED_NARGS_ZERO_OR_MORE)->required);
    assert_false(staged_parser_add_argument(parser, "set", .nargs = STAGED_NARGS_ZERO_OR_MORE,
                                            .default_value = list)
                     ->required);
    assert_false(
        staged_parser_add_argument(parser, "maybe", .nargs = STAGED_NARGS_OPTIONAL)->required);
    assert_false(staged_parser_add_argument(parser, "--option")->required);
    assert_true(staged_parser_add_argument(parser, "--needed", .required = true)->required);
    staged_parser_free(parser);
}

static void test_all_is_copied(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    char flags[] = "--some";
    char word[] = "abc";
    char help[] = "help";
    const char *list[] = {word, NULL};
    const staged_argument_options options = {.size = sizeof options,
                                             .flags = flags,
                                             .help = help,
                                             .metavar = word,
                                             .dest = word,
                                             .choices = list,
                                             .default_text = word};
    staged_argument *argument = staged_parser_add_argument_with(parser, &options);
    memset(flags, 'x', sizeof flags - 1);
    memset(word, 'x', sizeof word - 1);
    memset(help, 'x', sizeof help - 1);
    assert_string_equal(argument->flags[0], "--some");
    assert_string_equal(argument->help.text, "help");
    assert_string_equal(argument->metavar, "abc");
    assert_string_equal(argument->dest, "abc");
    assert_string_equal(argument->choices->as.items[0].as.text, "abc");
    assert_string_equal(argument->default_value->as.text, "abc");
    staged_parser_free(parser);
}

static void test_tables(void **state)
{
    (void)state;
    static const staged_argument_options table[] = {
        STAGED_ARGUMENT("first"),
        STAGED_ARGUMENT(""),
        STAGED_ARGUMENT("--second", .type = STAGED_ARG_INT),
    };
    staged_parser *parser = bare_parser();
    staged_parser_add_arguments(parser, table, 3);
    assert_int_equal(parser->count, 2);
    assert_string_equal(parser->arguments[0]->dest, "first");
    assert_string_equal(parser->arguments[1]->dest, "second");
    assert_int_equal(staged_parser_check(parser), STAGED_BAD_USE);
    assert_null(staged_argument_group_add_argument_with(NULL, &table[0]));
    staged_parser_free(parser);
}

static staged_status use(void *context)
{
    (void)context;
    staged_parser *parser = bare_parser();
    if (parser == NULL)
        return STAGED_NO_MEMORY;
    staged_namespace *ns = NULL;
    staged_argument_group *group = staged_parser_add_group(parser, "title", NULL);
    staged_argument_group_add_argument(group, "-c --cache", .action = STAGED_ARG_BOOLEAN,
                                       .help = "help");
    staged_parser_add_argument(parser, "--version", .action = STAGED_ARG_VERSION, .version = "1");
    staged_parser_add_argument(parser, "--list", .default_list = STAGED_TEXTS("1", "2"), .nargs = 2,
                               .metavars = STAGED_TEXTS("A", "B"), .type = STAGED_ARG_INT);
    staged_parser_add_argument(parser, "--path", .default_text = "a//b",
                               .choices = STAGED_TEXTS("a/b"), .type = STAGED_ARG_PATH,
                               .dest = "list2");
    const staged_status status = parse(parser, NOTHING, &ns);
    staged_namespace_free(ns);
    staged_parser_free(parser);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_in_range(torture(use, NULL), 20, 200);
}

TEST_GROUP(add_argument)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_destinations),
        cmocka_unit_test(test_flags),
        cmocka_unit_test(test_taken_flag_stays_with_its_owner),
        cmocka_unit_test(test_flag_of_the_library),
        cmocka_unit_test(test_built_in_defaults),
        cmocka_unit_test(test_declared_defaults),
        cmocka_unit_test(test_required_arguments),
        cmocka_unit_test(test_all_is_copied),
        cmocka_unit_test(test_tables),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("args add_argument", tests, NULL, NULL);
}
