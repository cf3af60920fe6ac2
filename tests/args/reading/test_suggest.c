/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/reading/suggest.h"

#include "support.h"

static staged_parser *suggesting_parser(staged_choice suggest)
{
    setenv("COLUMNS", "80", 1);
    staged_parser *parser = staged_parser_new(
        STAGED_OPTIONS(staged_parser_options, .prog = "prog", .suggest = suggest));
    staged_parser_add_argument(parser, "--stage",
                               .choices = STAGED_TEXTS("build", "install", "test"));
    staged_parser_add_argument(parser, "--dry-run", .action = STAGED_ARG_STORE_TRUE);
    staged_parser_add_argument(parser, "--secret", .help = STAGED_ARG_SUPPRESS);
    staged_parser_add_argument(parser, "--count", .type = STAGED_ARG_INT,
                               .choices = STAGED_TEXTS("1", "2"));
    return parser;
}

static void test_flags(void **state)
{
    (void)state;
    staged_parser *parser = suggesting_parser(STAGED_YES);
    assert_refused(parser,
                   "prog: error: unrecognized arguments: --staeg x\nprog: did you mean --stage?",
                   "--staeg", "x");
    assert_refused(parser, "prog: did you mean --dry-run?", "--dry-rnu=yes");
    assert_refused(parser, "prog: error: unrecognized arguments: --elephant", "--elephant");
    assert_refused(parser, "prog: error: unrecognized arguments: --secrte", "--secrte");
    assert_refused(parser, "prog: error: unrecognized arguments: stage", "stage");
    staged_parser_free(parser);
}

static void test_choices(void **state)
{
    (void)state;
    staged_parser *parser = suggesting_parser(STAGED_YES);
    assert_refused(parser,
                   "prog: error: argument --stage: invalid choice: 'instal' (choose from build, "
                   "install, test)\nprog: did you mean install?",
                   "--stage", "instal");
    assert_refused(parser, "prog: did you mean install?", "--stage", "in");
    assert_refused(parser, "(choose from build, install, test)", "--stage", "elephant");
    assert_refused(parser, "(choose from 1, 2)", "--count", "3");
    staged_parser_free(parser);
}

static void test_commands(void **state)
{
    (void)state;
    staged_parser *parser = suggesting_parser(STAGED_YES);
    staged_commands *commands = staged_parser_add_commands(parser, NULL);
    staged_parser *add = staged_commands_add(commands, NULL, "remove");
    staged_parser_add_argument(add, "--recursive", .action = STAGED_ARG_STORE_TRUE);
    assert_refused(parser, "prog: did you mean remove?", "remvoe");
    assert_refused(parser, "prog: did you mean --recursive?", "remove", "--recusrive");
    /* What the outer parser knows was given too late. */
    assert_refused(parser, "prog: --stage goes before remove", "remove", "--stage=build");
    assert_refused(parser, "prog: error: unrecognized arguments: -- --recursive", "remove", "--",
                   "--recursive");
    staged_parser_free(parser);
}

static void test_only_when_asked_for(void **state)
{
    (void)state;
    staged_parser *parser = suggesting_parser(STAGED_AUTO);
    assert_refused(parser, "prog: error: unrecognized arguments: --staeg", "--staeg");
    assert_refused(parser, "(choose from build, install, test)", "--stage", "instal");
    staged_parser_free(parser);
}

static staged_status refuse(void *context)
{
    staged_parser *parser = context;
    staged_namespace *ns = NULL;
    staged_status status = parse(parser, &ns, "--staeg");
    if (status == STAGED_BAD_INPUT)
        status = parse(parser, &ns, "--stage", "instal");
    return status == STAGED_BAD_INPUT ? STAGED_OK : status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    staged_parser *parser = suggesting_parser(STAGED_YES);
    assert_true(torture(refuse, parser) > 10);
    staged_parser_free(parser);
}

TEST_GROUP(suggest)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_flags),         cmocka_unit_test(test_choices),
        cmocka_unit_test(test_commands),      cmocka_unit_test(test_only_when_asked_for),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("args suggest", tests, NULL, NULL);
}
