/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/model/parser.h"

#include "parsing.h"

static void test_program_names(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "--option", .required = true);
    staged_parser_add_argument(parser, "source");
    staged_commands *commands = staged_parser_add_commands(parser, NULL);
    staged_parser *inner = staged_commands_add(commands, NULL, "inner");
    staged_parser *named = staged_commands_add(
        commands,
        STAGED_OPTIONS(staged_command_options,
                       .parser = STAGED_OPTIONS(staged_parser_options, .prog = "other")),
        "named");
    staged_parser *innermost =
        staged_commands_add(staged_parser_add_commands(inner, NULL), NULL, "innermost");
    assert_string_equal(staged_parser_prog(inner), "prog source inner");
    assert_string_equal(staged_parser_prog(named), "other");
    assert_string_equal(staged_parser_prog(innermost), "prog source inner innermost");
    staged_parser_free(parser);

    parser = bare_parser();
    commands =
        staged_parser_add_commands(parser, STAGED_OPTIONS(staged_commands_options, .prog = "x"));
    assert_string_equal(staged_parser_prog(staged_commands_add(commands, NULL, "y")), "x y");
    staged_parser_free(parser);
}

static void test_programs_below_a_usage(void **state)
{
    (void)state;
    staged_parser *parser = staged_parser_new(STAGED_OPTIONS(
        staged_parser_options, .add_help = STAGED_NO, .prog = "prog", .usage = "all [of] it"));
    staged_parser_add_argument(parser, "where");
    const staged_parser *run =
        staged_commands_add(staged_parser_add_commands(parser, NULL), NULL, "run");
    assert_string_equal(staged_parser_prog(run), "prog where run");
    staged_parser_free(parser);
}

static void test_inherited_options(void **state)
{
    (void)state;
    const staged_parser_options options = {
        .size = sizeof options, .add_help = STAGED_NO, .suggest = STAGED_YES};
    staged_parser *parser = staged_parser_new(&options);
    stg_parser_permit(parser);
    staged_commands *commands = staged_parser_add_commands(parser, NULL);
    const staged_parser *inner = staged_commands_add(commands, NULL, "inner");
    const staged_parser *other = staged_commands_add(
        commands,
        STAGED_OPTIONS(staged_command_options,
                       .parser = STAGED_OPTIONS(staged_parser_options, .suggest = STAGED_NO)),
        "other");
    assert_true(inner->permissive && inner->suggest);
    assert_true(other->permissive && !other->suggest);
    staged_parser_free(parser);
}

TEST_GROUP(add_commands)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_program_names),
        cmocka_unit_test(test_programs_below_a_usage),
        cmocka_unit_test(test_inherited_options),
    };
    return cmocka_run_group_tests_name("args add_commands", tests, NULL, NULL);
}
