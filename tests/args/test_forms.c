/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The forms of printf-like functions that take a text as it is.  The forms with a va_list are what
 * the printf-like ones call. */
#include <stdio.h>
#include <string.h>

#include <staged/args.h>

#include "support/cmocka_all.h"

/* No format. */
static const char text[] = "100% %s";

static staged_status convert(staged_conversion *conversion, const char *word, void *context)
{
    (void)word;
    (void)context;
    return staged_conversion_refuse_text(conversion, text);
}

static staged_status act(staged_occurrence *occurrence, void *context)
{
    return context == NULL ? staged_occurrence_refuse_text(occurrence, text)
                           : staged_occurrence_show_text(occurrence, text);
}

static staged_status parse(staged_parser *parser, const char *word)
{
    char copy[8];
    (void)snprintf(copy, sizeof copy, "%s", word);
    char *words[] = {copy, NULL};
    staged_namespace *ns = NULL;
    const staged_status status = staged_parser_parse(parser, 1, words, &ns);
    assert_null(ns);
    return status;
}

static void test_texts(void **state)
{
    (void)state;
    staged_parser *parser = staged_parser_new(NULL);
    staged_parser_add_argument(parser, "-c", .convert = convert);
    staged_parser_add_argument(parser, "-r", .action = STAGED_ARG_STORE_TRUE, .act = act);
    staged_parser_add_argument(parser, "-s", .action = STAGED_ARG_STORE_TRUE, .act = act,
                               .act_context = parser);
    assert_int_equal(parse(parser, "-cx"), STAGED_BAD_INPUT);
    assert_non_null(strstr(staged_parser_error(parser), "argument -c: 100% %s\n"));
    assert_int_equal(parse(parser, "-r"), STAGED_BAD_INPUT);
    assert_non_null(strstr(staged_parser_error(parser), "argument -r: 100% %s\n"));
    assert_int_equal(parse(parser, "-s"), STAGED_EXIT);
    assert_string_equal(staged_parser_output(parser), text);
    assert_int_equal(staged_parser_fail_text(parser, text), STAGED_BAD_INPUT);
    assert_non_null(strstr(staged_parser_error(parser), "error: 100% %s\n"));
    assert_int_equal(staged_parser_fail_text(NULL, text), STAGED_NO_MEMORY);
    staged_parser_free(parser);
}

TEST_GROUP(forms)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_texts)};
    return cmocka_run_group_tests_name("args forms", tests, NULL, NULL);
}
