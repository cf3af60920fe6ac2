/* SPDX-License-Identifier: BSD-3-Clause */
#include <staged/words.h>

#include <stdlib.h>
#include <string.h>

#include <staged/process.h>

#include "base/text/buf.h"
#include "support/cmocka_all.h"
#include "support/torture.h"

static void test_split(void **state)
{
    (void)state;
    const char *command = "kubectl get pods -l 'app in (a, b)' \"\" \\$x | wc -l";
    const char *expected[] = {"kubectl", "get", "pods", "-l", "app in (a, b)",
                              "",        "$x",  "|",    "wc", "-l"};
    staged_words words;
    assert_int_equal(staged_words_split(command, strlen(command), &words), STAGED_OK);
    assert_int_equal(words.count, 10);
    for (size_t i = 0; i < words.count; i++)
        assert_string_equal(words.items[i], expected[i]);
    assert_null(words.items[words.count]);
    assert_null(words.error);
    staged_words_free(&words);
    assert_null(words.items);
}

static void test_no_words(void **state)
{
    (void)state;
    staged_words words;
    assert_int_equal(staged_words_split(NULL, 0, &words), STAGED_OK);
    assert_int_equal(words.count, 0);
    assert_non_null(words.items);
    assert_null(words.items[0]);
    staged_words_free(&words);
}

static void assert_refused(const char *command, size_t length, const char *error)
{
    staged_words words;
    assert_int_equal(staged_words_split(command, length, &words), STAGED_BAD_INPUT);
    assert_string_equal(words.error, error);
    assert_null(words.items);
    assert_int_equal(words.count, 0);
    staged_words_free(&words);
}

static void test_refused(void **state)
{
    (void)state;
    assert_refused("a 'b", 4, "No closing quotation");
    assert_refused("a \\", 3, "No escaped character");
    assert_refused("a\0b", 3, "embedded null byte");
}

static void assert_text(char *text, const char *expected)
{
    assert_non_null(text);
    assert_string_equal(text, expected);
    free(text);
}

static void test_quote_and_join(void **state)
{
    (void)state;
    assert_text(staged_word_quote("a"), "a");
    assert_text(staged_word_quote("it's"), "'it'\"'\"'s'");
    const char *words[] = {"echo", "", "a b", "--x=y"};
    assert_text(staged_words_join(words, 4), "echo '' 'a b' --x=y");
    assert_text(staged_words_join(NULL, 0), "");
}

/* Any bytes come back as they were. */
static void test_joined_words_split_again(void **state)
{
    (void)state;
    const char alphabet[] = "a \t\n\r'\"\\$#-=\xc3";
    unsigned seed = 1;
    for (int round = 0; round < 2000; round++) {
        char texts[4][8];
        const char *words[4];
        for (size_t i = 0; i < 4; i++) {
            seed = seed * 1103515245 + 12345;
            const size_t length = (seed >> 16) % 8;
            for (size_t k = 0; k < length; k++) {
                seed = seed * 1103515245 + 12345;
                texts[i][k] = alphabet[(seed >> 16) % (sizeof alphabet - 1)];
            }
            texts[i][length] = '\0';
            words[i] = texts[i];
        }
        char *command = staged_words_join(words, 4);
        staged_words again;
        assert_int_equal(staged_words_split(command, strlen(command), &again), STAGED_OK);
        assert_int_equal(again.count, 4);
        for (size_t i = 0; i < 4; i++)
            assert_string_equal(again.items[i], words[i]);
        staged_words_free(&again);
        free(command);
    }
}

static void assert_split(const char *command, const char *words_in_brackets)
{
    staged_words words;
    assert_int_equal(staged_words_split(command, strlen(command), &words), STAGED_OK);
    stg_buf shown = {0};
    for (size_t i = 0; i < words.count; i++)
        stg_buf_addf(&shown, "[%s]", words.items[i]);
    assert_string_equal(stg_buf_text(&shown), words_in_brackets);
    stg_buf_free(&shown);
    staged_words_free(&words);
}

static void test_backslash_at_the_end_of_a_line(void **state)
{
    (void)state;
    assert_split("kubectl get \\\n    --namespace web", "[kubectl][get][--namespace][web]");
    assert_split("a\\\nb", "[ab]");
    assert_split("\"a\\\nb\" 'a\\\nb'", "[ab][a\\\nb]");
    assert_split("a \\\n\\\n", "[a]");
    assert_split("\\\n", "");
    assert_split("\\\n''", "[]");
    assert_split("a \\\\\nb", "[a][\\][b]");
}

static void test_backslash_between_double_quotes(void **state)
{
    (void)state;
    assert_split("\"\\$HOME \\`id\\` \\\" \\\\ \\n \\' \\! \\ x\"",
                 "[$HOME `id` \" \\ \\n \\' \\! \\ x]");
}

static void test_shells_differ(void **state)
{
    (void)state;
    assert_split("a # b", "[a][#][b]");
    assert_split("$'a\\tb' $\"c\"", "[$a\\tb][$c]");
    assert_split("a\r\nb", "[a][b]");
}

static unsigned pick(unsigned *seed, unsigned count)
{
    *seed = *seed * 1103515245 + 12345;
    return (*seed >> 16) % count;
}

static void add_one_of(stg_buf *text, unsigned *seed, const char *const *pieces, size_t count)
{
    stg_buf_add_text(text, pieces[pick(seed, (unsigned)count)]);
}

#define ADD_ONE_OF(text, seed, pieces)                                                             \
    add_one_of(text, seed, pieces, sizeof(pieces) / sizeof(pieces)[0])

/* One line for a shell, in which nothing is expanded and no comment begins. */
static void add_random_command(stg_buf *text, unsigned *seed)
{
    static const char *const between[] = {" ", "\t", " \\\n", "\\\n", "\\\n ", "  "};
    static const char *const plain[] = {"a",    "b#",   "\\a",  "\\$", "\\`",     "\\\"", "\\'",
                                        "\\\\", "\\ ",  "\\#",  "=",   "\\\n",    "\\!",  "\\\t",
                                        "\\|",  "\\\\", "\\\n", "a$=", "\\\n\\\n"};
    static const char *const in_double[] = {"a",    "'",   "\\a", "\\$", "\\`", "\\\"", "\\'",
                                            "\\\\", "\\ ", "\\#", "#",   "\\n", "\\\n", "\n",
                                            "\t",   " ",   "$ ",  "!",   "|",   "\\!",  "\\\t"};
    static const char *const in_single[] = {"a", "\"", "\\", "\\\n", "$x",
                                            "`", "\n", " ",  "#",    "\\\\"};
    for (unsigned count = 1 + pick(seed, 8); count > 0; count--) {
        const unsigned kind = pick(seed, 6);
        const bool is_double = kind == 0, is_single = kind == 1;
        if (kind >= 4)
            ADD_ONE_OF(text, seed, between);
        stg_buf_add_text(text, is_double ? "\"" : is_single ? "'" : "");
        for (unsigned pieces = pick(seed, 5); pieces > 0; pieces--) {
            if (is_double)
                ADD_ONE_OF(text, seed, in_double);
            else if (is_single)
                ADD_ONE_OF(text, seed, in_single);
            else
                ADD_ONE_OF(text, seed, plain);
        }
        stg_buf_add_text(text, is_double ? "\"" : is_single ? "'" : "");
    }
}

/* Ends words with \001 and commands with \002, as the shell's function does. */
static void add_our_words(stg_buf *out, const char *command)
{
    staged_words words;
    assert_int_equal(staged_words_split(command, strlen(command), &words), STAGED_OK);
    for (size_t i = 0; i < words.count; i++)
        stg_buf_addf(out, "%s\001", words.items[i]);
    stg_buf_add_char(out, '\002');
    staged_words_free(&words);
}

static void assert_same_words(const char *ours, const char *shells, const char *const *commands,
                              size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const size_t length = strcspn(ours, "\002");
        if (length != strcspn(shells, "\002") || memcmp(ours, shells, length) != 0)
            fail_msg("command: %s\nwords: %.*s\na shell's: %.*s", commands[i], (int)length, ours,
                     (int)strcspn(shells, "\002"), shells);
        ours += length + 1;
        shells += length + 1;
    }
    assert_string_equal(shells, "");
}

/* What a shell makes of commands that were made up at random. */
static void test_shell_reads_the_same(void **state)
{
    (void)state;
    enum { COUNT = 5000 };
    static char *commands[COUNT];
    stg_buf script = {0}, ours = {0};
    stg_buf_add_text(&script, "p() { for w; do printf '%s\\001' \"$w\"; done; printf '\\002'; }\n");
    unsigned seed = 1;
    for (size_t i = 0; i < COUNT; i++) {
        stg_buf command = {0};
        stg_buf_add_text(&command, " ");
        add_random_command(&command, &seed);
        commands[i] = stg_buf_take(&command);
        stg_buf_addf(&script, "p %s\n", commands[i]);
        add_our_words(&ours, commands[i]);
    }
    const char *shell[] = {"/bin/sh", NULL};
    staged_process_options options = {
        .size = sizeof options,
        .arguments = shell,
        .input = STAGED_STREAM(STAGED_STREAM_BYTES, .bytes = script.data, .length = script.length),
        .output = STAGED_STREAM(STAGED_STREAM_CAPTURE),
    };
    staged_completed_process *done = NULL;
    assert_int_equal(staged_process_run(&options, &done), STAGED_OK);
    assert_same_words(stg_buf_text(&ours), done->output, (const char *const *)commands, COUNT);
    for (size_t i = 0; i < COUNT; i++)
        free(commands[i]);
    staged_completed_process_free(done);
    stg_buf_free(&script);
    stg_buf_free(&ours);
}

static void test_closest(void **state)
{
    (void)state;
    const char *const verbs[] = {"run", "new", "check", "completion", NULL};
    assert_string_equal(staged_word_closest("rnu", verbs), "run");
    assert_string_equal(staged_word_closest("comp", verbs), "completion");
    assert_string_equal(staged_word_closest("chekc", verbs), "check");
    assert_null(staged_word_closest("deploy", verbs));
    assert_null(staged_word_closest("", verbs));
    assert_null(staged_word_closest("run", (const char *const[]){NULL}));
}

static staged_status use(void *context)
{
    (void)context;
    const char *command = "a b c d e f g h i j k l m n o p";
    staged_words words;
    staged_status status = staged_words_split(command, strlen(command), &words);
    if (status == STAGED_OK) {
        char *joined = staged_words_join((const char *const *)words.items, words.count);
        status = joined == NULL ? STAGED_NO_MEMORY : STAGED_OK;
        free(joined);
    }
    staged_words_free(&words);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_in_range(torture(use, NULL), 3, 20);
}

TEST_GROUP(words)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_split),
        cmocka_unit_test(test_no_words),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_quote_and_join),
        cmocka_unit_test(test_joined_words_split_again),
        cmocka_unit_test(test_backslash_at_the_end_of_a_line),
        cmocka_unit_test(test_backslash_between_double_quotes),
        cmocka_unit_test(test_shells_differ),
        cmocka_unit_test(test_shell_reads_the_same),
        cmocka_unit_test(test_closest),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("process words", tests, NULL, NULL);
}
