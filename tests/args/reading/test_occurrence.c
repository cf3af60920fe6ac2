/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/reading/parse.h"

#include "lines.h"
#include "parsing.h"

/* Sums numbers into its destination, and notes in "log" what it saw. */
static staged_status sum_up(staged_occurrence *occurrence, void *context)
{
    const int64_t *most = context;
    staged_namespace *ns = staged_occurrence_namespace(occurrence);
    const char *dest = staged_occurrence_dest(occurrence);
    const char *flag = staged_occurrence_flag(occurrence);
    const staged_value *value = staged_occurrence_value(occurrence);
    int64_t sum = staged_namespace_int(ns, dest);
    if (value->kind == STAGED_VALUE_INT)
        sum += value->as.integer;
    for (size_t i = 0; value->kind == STAGED_VALUE_LIST && i < value->count; i++)
        sum += value->as.items[i].as.integer;
    if (sum > *most)
        return staged_occurrence_refuse(occurrence, "%d is more than %d", (int)sum, (int)*most);
    STAGED_TRY(staged_namespace_set(ns, "log", staged_value_text(flag == NULL ? "none" : flag)));
    return staged_namespace_set(ns, dest, staged_value_int(sum));
}

static int64_t most = 100;

static staged_parser *summing_parser(void)
{
    staged_parser *parser = bare_parser();
    staged_parser_set_default(parser, "log", staged_value_none());
    staged_parser_add_argument(parser, "-n --number", .type = STAGED_ARG_INT, .default_text = "0",
                               .act = sum_up, .act_context = &most);
    staged_parser_add_argument(
        parser, "more", .type = STAGED_ARG_INT, .nargs = STAGED_NARGS_ZERO_OR_MORE,
        .default_value = staged_value_int(0), .act = sum_up, .act_context = &most);
    return parser;
}

static void test_values_are_seen_and_set(void **state)
{
    (void)state;
    staged_parser *parser = summing_parser();
    staged_namespace *ns =
        assert_parsed(parser, STAGED_TEXTS("-n1", "--numb", "20", "-n=-3", "4", "--", "5"));
    assert_value(ns, "number", "18");
    assert_value(ns, "more", "9");
    assert_value(ns, "log", "'none'");
    staged_namespace_free(ns);
    ns = assert_parsed(parser, STAGED_TEXTS("-n1", "--", "-2"));
    assert_value(ns, "more", "-2");
    staged_namespace_free(ns);
    staged_parser_free(parser);
}

/* As in argparse, a positional that may be empty is given, an option is not. */
static void test_nothing_is_given(void **state)
{
    (void)state;
    staged_parser *parser = summing_parser();
    staged_namespace *ns = assert_parsed(parser, NOTHING);
    assert_value(ns, "number", "0");
    assert_value(ns, "log", "'none'");
    staged_namespace_free(ns);
    staged_parser_free(parser);
}

static void test_refusal(void **state)
{
    (void)state;
    staged_parser *parser = summing_parser();
    assert_refused(parser, STAGED_TEXTS("-n70", "-n", "31"),
                   "argument -n/--number: 101 is more than 100\n");
    assert_refused(parser, STAGED_TEXTS("-nx"), "argument -n/--number: invalid int value: 'x'\n");
    staged_parser_free(parser);
}

/* ---- What functions can answer ---- */

static staged_status answer(staged_occurrence *occurrence, void *context)
{
    staged_parser *parser = context;
    const char *word = staged_occurrence_value(occurrence)->as.text;
    switch (word[0]) {
    case 'b':
        return STAGED_BAD_INPUT;
    case 'f':
        return STAGED_FAILED;
    case 'm':
        return STAGED_NO_MEMORY;
    case 'p':
        return staged_parser_fail(parser, "no %s here", word);
    case 's':
        return staged_occurrence_show(occurrence, "shown: %s\n", word);
    case 'e':
        return STAGED_EXIT;
    default:
        return staged_occurrence_store(occurrence);
    }
}

static void test_answers(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_namespace *ns = NULL;
    staged_parser_add_argument(parser, "--word", .act = answer, .act_context = parser);
    assert_refused(parser, STAGED_TEXTS("--word", "b"), "argument --word: not accepted\n");
    assert_refused(parser, STAGED_TEXTS("--word", "f"), "argument --word: not accepted\n");
    assert_refused(parser, STAGED_TEXTS("--word", "p"), "no p here\n");
    assert_int_equal(parse(parser, STAGED_TEXTS("--word=m"), &ns), STAGED_NO_MEMORY);
    assert_int_equal(parse(parser, STAGED_TEXTS("--word=s"), &ns), STAGED_EXIT);
    assert_string_equal(staged_parser_output(parser), "shown: s\n");
    assert_int_equal(parse(parser, STAGED_TEXTS("--word=e"), &ns), STAGED_EXIT);
    assert_string_equal(staged_parser_output(parser), "");
    ns = assert_parsed(parser, STAGED_TEXTS("--word=w"));
    assert_value(ns, "word", "'w'");
    staged_namespace_free(ns);
    staged_parser_free(parser);
}

static staged_status only_store(staged_occurrence *occurrence, void *context)
{
    size_t *calls = context;
    ++*calls;
    /* A list that was asked for before is not what it is after. */
    staged_namespace *ns = staged_occurrence_namespace(occurrence);
    (void)staged_namespace_list(ns, staged_occurrence_dest(occurrence));
    return staged_occurrence_store(occurrence);
}

static void test_stored_as_the_action_says(void **state)
{
    (void)state;
    size_t calls = 0;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "-a", .action = STAGED_ARG_APPEND, .act = only_store,
                               .act_context = &calls);
    staged_parser_add_argument(parser, "--cache", .action = STAGED_ARG_BOOLEAN, .act = only_store,
                               .act_context = &calls);
    staged_parser_add_argument(parser, "-v", .action = STAGED_ARG_COUNT, .default_text = "0",
                               .act = only_store, .act_context = &calls);
    staged_namespace *ns =
        assert_parsed(parser, STAGED_TEXTS("-a1", "-vva2", "--no-cache", "-v", "-a", "3"));
    assert_int_equal(calls, 7);
    assert_value(ns, "a", "['1', '2', '3']");
    assert_string_equal(staged_namespace_list(ns, "a")[2], "3");
    assert_value(ns, "cache", "False");
    assert_value(ns, "v", "3");
    staged_namespace_free(ns);
    staged_parser_free(parser);
}

/* A command's parser has a namespace of its own; what goes wrong in it is not lost. */
static staged_status misread(staged_occurrence *occurrence, void *context)
{
    (void)context;
    staged_namespace *ns = staged_occurrence_namespace(occurrence);
    (void)staged_namespace_int_at(ns, &(staged_location){"mine.c", 7}, "outer");
    return staged_occurrence_store(occurrence);
}

static void test_in_a_command(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "--outer");
    staged_commands *commands = staged_parser_add_commands(parser, NULL);
    staged_parser *run = staged_commands_add(commands, NULL, "run");
    staged_parser_add_argument(run, "--word", .act = misread);
    staged_namespace *ns =
        assert_parsed(parser, STAGED_TEXTS("--outer", "o", "run", "--word=--", "--word=-w"));
    assert_value(ns, "word", "'-w'");
    assert_int_equal(staged_namespace_status(ns), STAGED_BAD_USE);
    assert_string_equal(staged_namespace_error(ns), "mine.c:7: 'outer' is not in the namespace; no "
                                                    "argument has this destination");
    char *line = staged_parser_command_line(parser, ns, -1);
    assert_text(line, "prog --outer o run --word=-- --word=-w");
    staged_namespace_free(ns);
    staged_parser_free(parser);
}

static staged_status use(void *context)
{
    staged_namespace *ns = NULL;
    const staged_status status =
        parse(context, STAGED_TEXTS("-n1", "--number", "2", "3", "4"), &ns);
    assert_true((ns != NULL) == (status == STAGED_OK));
    staged_namespace_free(ns);
    return status;
}

static staged_status refuse(void *context)
{
    staged_namespace *ns = NULL;
    const staged_status status = parse(context, STAGED_TEXTS("-n1000"), &ns);
    assert_null(ns);
    return status == STAGED_BAD_INPUT ? STAGED_OK : status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    staged_parser *parser = summing_parser();
    assert_in_range(torture(use, parser), 10, 200);
    assert_in_range(torture(refuse, parser), 5, 200);
    staged_parser_free(parser);
}

TEST_GROUP(occurrence)
{
    setenv("COLUMNS", "80", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values_are_seen_and_set),
        cmocka_unit_test(test_nothing_is_given),
        cmocka_unit_test(test_refusal),
        cmocka_unit_test(test_answers),
        cmocka_unit_test(test_stored_as_the_action_says),
        cmocka_unit_test(test_in_a_command),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("args occurrence", tests, NULL, NULL);
}
