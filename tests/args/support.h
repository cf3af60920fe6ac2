/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What the tests of the parser share. */
#ifndef STAGED_TESTS_ARGS_SUPPORT_H
#define STAGED_TESTS_ARGS_SUPPORT_H

#include <stdlib.h>
#include <string.h>

#include <staged/args.h>

#include "support/cmocka_all.h"
#include "support/torture.h"

/* Parses words that end with NULL. */
static inline staged_status parse_words(staged_parser *parser, staged_namespace **ns,
                                        const char *const *words)
{
    int count = 0;
    while (words[count] != NULL)
        count++;
    char **copies = test_calloc((size_t)count + 1, sizeof *copies);
    for (int i = 0; i < count; i++)
        copies[i] = strcpy(test_malloc(strlen(words[i]) + 1), words[i]);
    const staged_status status = staged_parser_parse(parser, count, copies, ns);
    for (int i = 0; i < count; i++)
        test_free(copies[i]);
    test_free(copies);
    return status;
}

/* parse(parser, &ns, "--flag", "word") */
#define parse(parser, ns, ...) parse_words((parser), (ns), (const char *const[]){__VA_ARGS__, NULL})
#define parse_nothing(parser, ns) parse_words((parser), (ns), (const char *const[]){NULL})

/* Parses and fails: the error has to end like this, after the usage. */
#define assert_refused(parser, message, ...)                                                       \
    do {                                                                                           \
        staged_namespace *refused_ = NULL;                                                         \
        assert_int_equal(parse((parser), &refused_, __VA_ARGS__), STAGED_BAD_INPUT);               \
        assert_null(refused_);                                                                     \
        assert_ends_with(staged_parser_error(parser), message "\n");                               \
    } while (0)

static inline void assert_ends_with(const char *text, const char *end)
{
    const size_t length = strlen(text);
    const size_t wanted = strlen(end);
    if (length < wanted || strcmp(text + length - wanted, end) != 0)
        fail_msg("'%s' does not end with '%s'", text, end);
}

static inline void assert_contains(const char *text, const char *part)
{
    if (text == NULL || strstr(text, part) == NULL)
        fail_msg("'%s' is not in '%s'", part, text == NULL ? "(nothing)" : text);
}

static inline void assert_owned_text(char *text, const char *expected)
{
    assert_non_null(text);
    assert_string_equal(text, expected);
    free(text);
}

/* The parser with this name, at 80 columns whatever the terminal is. */
static inline staged_parser *new_parser(void)
{
    setenv("COLUMNS", "80", 1);
    return staged_parser_new(STAGED_OPTIONS(staged_parser_options, .prog = "prog"));
}

#endif
