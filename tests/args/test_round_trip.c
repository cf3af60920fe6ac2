/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Whatever was parsed, the effective command line that a shell reads gives it again. */
#include <errno.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "args/values/value.h"
#include "base/text/buf.h"
#include "random_parser.h"
#include "support.h"

enum { CASES = 6000, MOST_SEEDS = 60000, ANY_SEEDS = 20000 };

static bool values_equal(const staged_value *a, const staged_value *b)
{
    return (a == NULL || b == NULL) ? a == b : stg_value_equal(a, b);
}

static bool namespaces_equal(const staged_namespace *a, const staged_namespace *b)
{
    const char *name;
    for (size_t i = 0; (name = staged_namespace_name(a, i)) != NULL; i++) {
        if (!values_equal(staged_namespace_value(a, name), staged_namespace_value(b, name)))
            return false;
    }
    for (size_t i = 0; (name = staged_namespace_name(b, i)) != NULL; i++) {
        if (!values_equal(staged_namespace_value(a, name), staged_namespace_value(b, name)))
            return false;
    }
    return true;
}

/* One command line that was understood. */
typedef struct one_case {
    staged_parser *parser;
    staged_namespace *ns;
    char *typed;
} one_case;

static char *join(const word_list *words)
{
    stg_buf text = {0};
    for (size_t i = 0; i < words->count; i++)
        stg_buf_addf(&text, "<%s> ", words->items[i]);
    return stg_buf_take(&text);
}

static bool make_case(uint64_t seed, one_case *made)
{
    random_source source = {seed};
    word_list words = {0};
    *made = (one_case){.parser = random_parser(&source, RANDOM_SANE)};
    random_words(&source, made->parser, &words);
    const staged_status status =
        staged_parser_parse(made->parser, (int)words.count, words.items, &made->ns);
    if (status == STAGED_OK)
        made->typed = join(&words);
    else
        staged_parser_free(made->parser);
    word_list_free(&words);
    return status == STAGED_OK;
}

/* Writes a script that says all words of all command lines, each ended with a NUL. */
static void add_to_script(FILE *script, const one_case *c, int indent)
{
    char *line = staged_parser_command_line(c->parser, c->ns, indent);
    assert_non_null(line);
    fprintf(script, "set -- %s\nprintf '%%s\\0' \"$#\" \"$@\"\n", line);
    free(line);
}

/* The next word of what the shell said; it is overwritten by the one after. */
static const char *next_word(FILE *said)
{
    static char *word;
    static size_t size;
    return getdelim(&word, &size, '\0', said) > 0 ? word : "";
}

static void check_case(FILE *said, const one_case *c)
{
    assert_int_equal(staged_parser_reads_back(c->parser, c->ns), STAGED_OK);
    word_list words = {0};
    const long count = strtol(next_word(said), NULL, 10);
    for (long i = 0; i < count; i++)
        word_list_add(&words, next_word(said));
    assert_string_equal(words.items[0], "prog");
    staged_namespace *again = NULL;
    const staged_status status =
        staged_parser_parse(c->parser, (int)words.count - 1, words.items + 1, &again);
    if (status != STAGED_OK || !namespaces_equal(c->ns, again)) {
        char *read = join(&words);
        fail_msg("typed: %s\nread:  %s\n%s", c->typed, read, staged_parser_error(c->parser));
    }
    staged_namespace_free(again);
    word_list_free(&words);
}

static void run_script(const char *path, FILE *said)
{
    const pid_t child = fork();
    if (child == 0) {
        dup2(fileno(said), STDOUT_FILENO);
        execl("/bin/sh", "sh", path, (char *)NULL);
        _exit(127);
    }
    int status = -1;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    assert_int_equal(status, 0);
    rewind(said);
}

static void test_through_the_shell(void **state)
{
    (void)state;
    static one_case cases[CASES];
    char path[] = "/tmp/staged_round_trip_XXXXXX";
    FILE *script = fdopen(mkstemp(path), "w");
    assert_non_null(script);
    size_t count = 0;
    for (uint64_t seed = 1; count < CASES && seed < MOST_SEEDS; seed++) {
        if (!make_case(seed, &cases[count]))
            continue;
        add_to_script(script, &cases[count], count % 2 == 0 ? -1 : 4);
        count++;
    }
    fclose(script);
    assert_true(count > CASES / 2);
    FILE *said = tmpfile();
    assert_non_null(said);
    run_script(path, said);
    for (size_t i = 0; i < count; i++) {
        check_case(said, &cases[i]);
        staged_namespace_free(cases[i].ns);
        staged_parser_free(cases[i].parser);
        free(cases[i].typed);
    }
    fclose(said);
    unlink(path);
}

/* Whatever a parser is like, what was read from words can be written as words. */
static void test_any_parser(void **state)
{
    (void)state;
    size_t count = 0;
    for (uint64_t seed = 1; seed <= ANY_SEEDS; seed++) {
        random_source source = {seed};
        word_list words = {0};
        staged_parser *parser = random_parser(&source, RANDOM_WILD);
        random_words(&source, parser, &words);
        staged_namespace *ns = NULL;
        if (staged_parser_parse(parser, (int)words.count, words.items, &ns) == STAGED_OK) {
            count++;
            if (staged_parser_reads_back(parser, ns) != STAGED_OK) {
                char *typed = join(&words);
                char *line = staged_parser_command_line(parser, ns, -1);
                fail_msg("seed %d: typed: %s\nline:  %s", (int)seed, typed, line);
            }
        }
        staged_namespace_free(ns);
        staged_parser_free(parser);
        word_list_free(&words);
    }
    assert_true(count > ANY_SEEDS / 20);
}

TEST_GROUP(round_trip)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_through_the_shell),
        cmocka_unit_test(test_any_parser),
    };
    return cmocka_run_group_tests_name("args round_trip", tests, NULL, NULL);
}
