/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Command lines that were written, and read again. */
#ifndef STAGED_TESTS_LINES_H
#define STAGED_TESTS_LINES_H

#include "parsing.h"

/* All entries of a namespace, as text; cmocka's memory. */
static inline char *describe(const staged_namespace *ns)
{
    stg_buf text = {0};
    const char *name;
    for (size_t i = 0; (name = staged_namespace_name(ns, i)) != NULL; i++) {
        const staged_value *value = staged_namespace_value(ns, name);
        if (value == NULL)
            continue;
        stg_buf_addf(&text, "%s=", name);
        stg_add_value_repr(&text, value);
        stg_buf_add_char(&text, '\n');
    }
    char *description = stg_buf_take(&text);
    assert_non_null(description);
    return description;
}

/* Takes a line apart, as a shell does with blanks and single quotes; what it has not is refused. */
static inline void split_line(char *line, const char **words, size_t most)
{
    size_t count = 0;
    char *to = line;
    for (char *at = line; *at != '\0';) {
        assert_true(count + 1 < most);
        words[count++] = to;
        bool quoted = false;
        for (; *at != '\0' && (quoted || *at != ' '); at++) {
            assert_true(quoted || strchr("\"\\$`\n", *at) == NULL);
            if (*at == '\'')
                quoted = !quoted;
            else
                *to++ = *at;
        }
        at += *at == ' ';
        *to++ = '\0';
    }
    words[count] = NULL;
}

/* What these words become is written as this line, without the program's name; the line reads back
 * as the same. */
static inline void assert_line(staged_parser *parser, const char *const *words,
                               const char *expected)
{
    staged_namespace *ns = assert_parsed(parser, words);
    char *line = staged_parser_command_line(parser, ns, -1);
    assert_non_null(line);
    const char *prog = staged_parser_prog(parser);
    assert_memory_equal(line, prog, strlen(prog));
    const char *rest = line + strlen(prog) + (line[strlen(prog)] == ' ');
    assert_string_equal(rest, expected);
    char *copy = strdup(rest);
    const char *again[32];
    assert_non_null(copy);
    split_line(copy, again, sizeof again / sizeof again[0]);
    staged_namespace *read = assert_parsed(parser, again);
    char *before = describe(ns);
    char *after = describe(read);
    assert_string_equal(after, before);
    free(after);
    free(before);
    free(copy);
    free(line);
    staged_namespace_free(read);
    staged_namespace_free(ns);
}

/* Writes a line again and again, each time with another allocation that fails. */
typedef struct written_line {
    const staged_parser *parser;
    const staged_namespace *ns;
    const char *expected;
} written_line;

static inline staged_status write_line(void *context)
{
    const written_line *w = context;
    char *line = staged_parser_command_line(w->parser, w->ns, -1);
    if (line == NULL)
        return STAGED_NO_MEMORY;
    assert_string_equal(line, w->expected);
    free(line);
    return STAGED_OK;
}

static inline void torture_line(staged_parser *parser, const char *const *words, int fewest)
{
    staged_namespace *ns = assert_parsed(parser, words);
    char *line = staged_parser_command_line(parser, ns, -1);
    assert_non_null(line);
    written_line w = {parser, ns, line};
    assert_true(torture(write_line, &w) >= fewest);
    free(line);
    staged_namespace_free(ns);
}

#endif
