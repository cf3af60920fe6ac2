/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdio.h>

#include "lines.h"
#include "parsing.h"

static void assert_reads_back(staged_parser *parser, const char *const *words)
{
    staged_namespace *ns = assert_parsed(parser, words);
    assert_int_equal(staged_parser_reads_back(parser, ns), STAGED_OK);
    staged_namespace_free(ns);
}

static void test_parsed_namespaces_read_back(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "-n --number", .type = STAGED_ARG_FLOAT);
    staged_parser_add_argument(parser, "-a", .action = STAGED_ARG_APPEND);
    staged_commands *commands = staged_parser_add_commands(parser, NULL);
    staged_parser_add_argument(staged_commands_add(commands, NULL, "run"), "words",
                               .nargs = STAGED_NARGS_ZERO_OR_MORE);
    assert_reads_back(parser, NOTHING);
    assert_reads_back(parser, STAGED_TEXTS("-nnan", "-a", "x", "-a=-y", "run", "--", "-z"));
    assert_int_equal(staged_parser_reads_back(parser, NULL), STAGED_NO_MEMORY);
    assert_int_equal(staged_parser_reads_back(NULL, NULL), STAGED_NO_MEMORY);
    staged_parser_free(parser);
}

static void test_set_values_may_not_read_back(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "-n", .type = STAGED_ARG_INT);
    staged_parser_add_argument(parser, "--colour", .choices = STAGED_TEXTS("red"));
    staged_namespace *ns = assert_parsed(parser, STAGED_TEXTS("-n", "1"));
    assert_int_equal(staged_namespace_set(ns, "n", staged_value_int(5)), STAGED_OK);
    assert_int_equal(staged_parser_reads_back(parser, ns), STAGED_OK);
    assert_int_equal(staged_namespace_set(ns, "colour", staged_value_text("blue")), STAGED_OK);
    assert_int_equal(staged_parser_reads_back(parser, ns), STAGED_BAD_INPUT);
    /* It is shown all the same, and the parser has nothing to say about it. */
    assert_text(staged_parser_command_line(parser, ns, -1), "prog -n 5 --colour blue");
    assert_string_equal(staged_parser_error(parser), "");
    assert_int_equal(staged_namespace_set(ns, "colour", staged_value_none()), STAGED_OK);
    assert_int_equal(staged_namespace_set(ns, "more", staged_value_int(5)), STAGED_OK);
    assert_int_equal(staged_parser_reads_back(parser, ns), STAGED_BAD_INPUT);
    staged_namespace_free(ns);
    staged_parser_free(parser);
}

/* ---- Functions of the author's ---- */

static size_t calls;

static staged_status length_of(staged_conversion *conversion, const char *text, void *context)
{
    (void)context;
    calls++;
    return staged_conversion_set(conversion, staged_value_int((int64_t)strlen(text)));
}

static staged_status set_two(staged_occurrence *occurrence, void *context)
{
    staged_namespace *ns = staged_occurrence_namespace(occurrence);
    (void)context;
    calls++;
    STAGED_TRY(staged_namespace_set(ns, "both", staged_value_int((int64_t)calls)));
    return staged_namespace_set(ns, "extra", staged_value_int(1));
}

static void test_functions_are_not_called(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    setenv("REHEARSED", "four", 1);
    staged_parser_add_argument(parser, "--length", .convert = length_of,
                               .default_value = staged_value_text("three"));
    staged_parser_add_argument(parser, "--named", .convert = length_of, .environment = "REHEARSED");
    staged_parser_add_argument(parser, "--both", .act = set_two);
    staged_parser_add_argument(
        parser, "--list", .convert = length_of, .nargs = 2,
        .choice_values =
            staged_value_list((const staged_value[]){staged_value_int(1), staged_value_int(2)}, 2));
    staged_namespace *ns =
        assert_parsed(parser, STAGED_TEXTS("--both", "x", "--both", "y", "--list", "a", "bc"));
    assert_value(ns, "length", "5");
    assert_value(ns, "named", "4");
    const size_t before = calls;
    assert_int_equal(staged_parser_reads_back(parser, ns), STAGED_OK);
    assert_text(staged_parser_command_line(parser, ns, -1),
                "prog --length three --named four --both x --both y --list a bc");
    assert_int_equal(calls, before);
    unsetenv("REHEARSED");
    staged_namespace_free(ns);
    staged_parser_free(parser);
}

/* Files may come and go: what they said is not asked again. */
static void test_paths_are_not_checked(void **state)
{
    (void)state;
    char path[] = "/tmp/staged_rehearse_XXXXXX";
    assert_non_null(mkdtemp(path));
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "--path", .type = STAGED_ARG_PATH,
                               .path_checks = STAGED_PATH_EXISTS);
    staged_namespace *ns = assert_parsed(parser, STAGED_TEXTS("--path", path));
    remove(path);
    assert_int_equal(staged_parser_reads_back(parser, ns), STAGED_OK);
    staged_namespace_free(ns);
    staged_parser_free(parser);
}

static void test_words_that_name_files(void **state)
{
    (void)state;
    staged_parser *parser = staged_parser_new(
        STAGED_OPTIONS(staged_parser_options, .add_help = STAGED_NO, .file_prefix_chars = "@"));
    staged_parser_add_argument(parser, "--word");
    assert_reads_back(parser, STAGED_TEXTS("--word=@file"));
    staged_parser_add_argument(parser, "--words", .nargs = 2);
    staged_namespace *ns = assert_parsed(parser, NOTHING);
    assert_int_equal(staged_namespace_set_list(ns, "words", STAGED_TEXTS("a", "@b")), STAGED_OK);
    assert_int_equal(staged_parser_reads_back(parser, ns), STAGED_BAD_INPUT);
    staged_namespace_free(ns);
    staged_parser_free(parser);
}

/* ---- Words that nothing takes ---- */

static void test_unknown_words(void **state)
{
    (void)state;
    staged_parser *parser = staged_parser_new(
        STAGED_OPTIONS(staged_parser_options, .add_help = STAGED_NO, .keep_unknown = STAGED_YES));
    staged_parser_add_argument(parser, "--jobs");
    staged_parser_add_argument(parser, "target", .nargs = STAGED_NARGS_OPTIONAL);
    assert_line(parser, STAGED_TEXTS("-x", "--jobs", "2"), "--jobs 2 -x");
    assert_line(parser, STAGED_TEXTS("all", "-x", "y", "--jobs", "2"), "--jobs 2 all -x y");
    assert_line(parser, STAGED_TEXTS("all", "--jobs", "2", "more"), "--jobs 2 all more");
    assert_line(parser, STAGED_TEXTS("--jobs", "2", "all", "more"), "--jobs 2 all more");
    staged_parser_add_argument(parser, "last", .nargs = STAGED_NARGS_ZERO_OR_MORE);
    assert_line(parser, STAGED_TEXTS("all", "--jobs", "2", "more"), "--jobs 2 all more");
    staged_parser_free(parser);
}

static void test_unknown_words_of_commands(void **state)
{
    (void)state;
    staged_parser *parser = staged_parser_new(
        STAGED_OPTIONS(staged_parser_options, .add_help = STAGED_NO, .keep_unknown = STAGED_YES));
    staged_parser_add_argument(parser, "--jobs");
    staged_parser_add_argument(parser, "target", .nargs = STAGED_NARGS_OPTIONAL);
    staged_commands *commands = staged_parser_add_commands(parser, NULL);
    staged_parser *run = staged_commands_add(commands, NULL, "run");
    staged_parser_add_argument(run, "--deep");
    assert_line(parser, STAGED_TEXTS("--deep=1", "all", "run", "--deep=2"),
                "--deep=1 all run --deep=2");
    assert_line(parser, STAGED_TEXTS("all", "run", "-a", "--deep", "2", "-b"),
                "all run --deep 2 -a -b");
    staged_namespace *ns = assert_parsed(parser, STAGED_TEXTS("-o", "all", "run", "-i"));
    assert_int_equal(staged_parser_reads_back(parser, ns), STAGED_OK);
    staged_namespace_free(ns);
    staged_parser_free(parser);
}

/* Options come before positionals, whatever was typed. */
static void test_actions_in_another_order(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "word", .act = set_two);
    staged_parser_add_argument(parser, "--both", .act = set_two);
    staged_namespace *ns = assert_parsed(parser, STAGED_TEXTS("w", "--both", "x", "--both", "y"));
    assert_int_equal(staged_parser_reads_back(parser, ns), STAGED_OK);
    assert_text(staged_parser_command_line(parser, ns, -1), "prog --both x --both y w");
    staged_namespace_free(ns);
    staged_parser_free(parser);
}

static staged_status ask(void *context)
{
    const written_line *w = context;
    return staged_parser_reads_back(w->parser, w->ns);
}

static void test_without_memory(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "--length", .convert = length_of);
    staged_parser_add_argument(parser, "words", .nargs = STAGED_NARGS_ZERO_OR_MORE);
    staged_namespace *ns = assert_parsed(parser, STAGED_TEXTS("--length=-3", "a", "b"));
    written_line w = {parser, ns, NULL};
    assert_in_range(torture(ask, &w), 10, 300);
    staged_namespace_free(ns);
    staged_parser_free(parser);
}

TEST_GROUP(rehearse)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parsed_namespaces_read_back),
        cmocka_unit_test(test_set_values_may_not_read_back),
        cmocka_unit_test(test_functions_are_not_called),
        cmocka_unit_test(test_paths_are_not_checked),
        cmocka_unit_test(test_words_that_name_files),
        cmocka_unit_test(test_unknown_words),
        cmocka_unit_test(test_unknown_words_of_commands),
        cmocka_unit_test(test_actions_in_another_order),
        cmocka_unit_test(test_without_memory),
    };
    return cmocka_run_group_tests_name("args rehearse", tests, NULL, NULL);
}
