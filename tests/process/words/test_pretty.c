/* SPDX-License-Identifier: BSD-3-Clause */
#include <staged/words.h>

#include <stdbool.h>
#include <stdlib.h>

#include "support/cmocka_all.h"
#include "support/torture.h"

static void assert_pretty(const char *command, const char *expected)
{
    char *pretty = staged_command_pretty(command, 4);
    assert_non_null(pretty);
    assert_string_equal(pretty, expected);
    free(pretty);
}

static void test_options_keep_their_values(void **state)
{
    (void)state;
    assert_pretty("helm install --namespace test -f x.yaml --wait --set a=b gms",
                  "helm \\\n    install \\\n    --namespace test \\\n    -f \\\n    x.yaml \\\n"
                  "    --wait \\\n    --set a=b \\\n    gms");
    assert_pretty("--first x", "--first \\\n    x");
    assert_pretty("x --last", "x \\\n    --last");
    assert_pretty("x --a --b y", "x \\\n    --a \\\n    --b y");
    assert_pretty("", "");
    assert_pretty(" \t", "");
}

static void test_words_keep_their_spelling(void **state)
{
    (void)state;
    assert_pretty("grep --color 'a b' \"$HOME\"/*.c | wc",
                  "grep \\\n    --color 'a b' \\\n    \"$HOME\"/*.c \\\n    | \\\n    wc");
    assert_pretty("X=\"a b\" env '--x' y", "X=\"a b\" \\\n    env \\\n    '--x' y");
}

static void test_lines_stay_commands(void **state)
{
    (void)state;
    assert_pretty("cd /tmp\nls --all\n  pwd", "cd \\\n    /tmp\n    ls \\\n    --all\n    pwd");
    assert_pretty("make --silent # it's loud\nls", "make \\\n    --silent # it's loud\n    ls");
    assert_pretty("docker run \\\n  --rm \\\n  --name x\\\n  image",
                  "docker \\\n    run \\\n    --rm \\\n    --name x \\\n    image");
    assert_pretty("a\\\nb \"c\\\nd\" \\\n\\\ne\\\n\nf",
                  "a\\\nb \\\n    \"c\\\nd\" \\\n    e\n    f");
    assert_pretty("a \\\\\nb", "a \\\n    \\\\\n    b");
}

static void test_no_layout_possible(void **state)
{
    (void)state;
    assert_pretty("cat <<END\na b\nEND", "cat <<END\na b\nEND");
    assert_pretty("echo \"$(date \"+%d %m\")\" x", "echo \"$(date \"+%d %m\")\" x");
    assert_pretty("echo \"`date`\" x", "echo \"`date`\" x");
    assert_pretty("printf $'a\\'b' c", "printf $'a\\'b' c");
    assert_pretty("echo 'a b", "echo 'a b");
    assert_pretty("echo a \\", "echo a \\");
}

static void test_words_are_quoted(void **state)
{
    (void)state;
    const char *words[] = {"echo", "--text", "it's me", "$x", ""};
    char *pretty = staged_words_pretty(words, 5, 2);
    assert_string_equal(pretty, "echo \\\n  --text 'it'\"'\"'s me' \\\n  '$x' \\\n  ''");
    free(pretty);
    pretty = staged_words_pretty(NULL, 0, 2);
    assert_string_equal(pretty, "");
    free(pretty);
}

static staged_status use(void *context)
{
    (void)context;
    char *pretty = staged_command_pretty("a --long 'option value' and more words to come", 30);
    const char *words[] = {"echo", "a word that is quite long, so that it needs some memory"};
    char *quoted = staged_words_pretty(words, 2, 4);
    const bool worked = pretty != NULL && quoted != NULL;
    free(pretty);
    free(quoted);
    return worked ? STAGED_OK : STAGED_NO_MEMORY;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_in_range(torture(use, NULL), 5, 20);
}

TEST_GROUP(pretty)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_options_keep_their_values),
        cmocka_unit_test(test_words_keep_their_spelling),
        cmocka_unit_test(test_lines_stay_commands),
        cmocka_unit_test(test_no_layout_possible),
        cmocka_unit_test(test_words_are_quoted),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("process pretty", tests, NULL, NULL);
}
