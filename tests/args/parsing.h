/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Parsers and texts for the tests of the command line. */
#ifndef STAGED_TESTS_PARSING_H
#define STAGED_TESTS_PARSING_H

#include <stdlib.h>
#include <string.h>

#include <staged/args.h>

#include "args/values/value.h"
#include "base/text/buf.h"
#include "support/cmocka_all.h"
#include "support/torture.h"

/* Compares a text, which is released. */
static inline void assert_text(char *text, const char *expected)
{
    assert_non_null(text);
    assert_string_equal(text, expected);
    free(text);
}

/* Compares what was added, and empties the buffer. */
static inline void assert_added(stg_buf *buf, const char *expected)
{
    assert_int_equal(stg_buf_status(buf), STAGED_OK);
    assert_string_equal(stg_buf_text(buf), expected);
    stg_buf_free(buf);
}

/* A parser without `--help`, named "prog". */
static inline staged_parser *bare_parser(void)
{
    const staged_parser_options options = {.size = sizeof options, .add_help = STAGED_NO};
    return staged_parser_new(&options);
}

/* Reads words, ended with NULL. */
static inline staged_status parse(staged_parser *parser, const char *const *words,
                                  staged_namespace **ns)
{
    char *argv[32];
    int count = 0;
    while (words[count] != NULL)
        count++;
    assert_in_range(count, 0, 32);
    memcpy(argv, words, (size_t)count * sizeof *argv);
    return staged_parser_parse(parser, count, argv, ns);
}

static inline staged_namespace *assert_parsed(staged_parser *parser, const char *const *words)
{
    staged_namespace *ns = NULL;
    const staged_status status = parse(parser, words, &ns);
    if (status != STAGED_OK)
        print_error("%s\n", staged_parser_error(parser));
    assert_int_equal(status, STAGED_OK);
    assert_non_null(ns);
    assert_string_equal(staged_parser_error(parser), "");
    return ns;
}

/* Compares the words for the mistake, without the usage before them. */
static inline void assert_refused(staged_parser *parser, const char *const *words,
                                  const char *problem)
{
    staged_namespace *ns = NULL;
    assert_int_equal(parse(parser, words, &ns), STAGED_BAD_INPUT);
    assert_null(ns);
    const char *found = strstr(staged_parser_error(parser), ": error: ");
    assert_non_null(found);
    assert_string_equal(found + strlen(": error: "), problem);
}

/* Compares the author's mistakes, a line each. */
static inline void assert_bugs(staged_parser *parser, const char *bugs)
{
    assert_int_equal(staged_parser_check(parser), *bugs == '\0' ? STAGED_OK : STAGED_BAD_USE);
    if (*bugs != '\0')
        assert_string_equal(staged_parser_error(parser), bugs);
}

/* No words. */
#define NOTHING ((const char *const[]){NULL})

/* Compares what a namespace has for a name, as Python would show it.  It needs memory, which a test
 * that takes it away does not have. */
static inline void assert_value(const staged_namespace *ns, const char *name, const char *expected)
{
    const staged_value *value = staged_namespace_value(ns, name);
    assert_non_null(value);
    stg_buf text = {0};
    stg_add_value_repr(&text, value);
    assert_added(&text, expected);
}

#endif
