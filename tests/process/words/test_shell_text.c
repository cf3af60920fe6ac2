/* SPDX-License-Identifier: BSD-3-Clause */
#include "process/words/shell_text.h"

#include <string.h>

#include "support/cmocka_all.h"

/* Where the end of a text is, however it is read: at once, and byte by byte up to a number. */
static void assert_place(const char *text, stg_place expected)
{
    stg_shell_text shell = {0};
    stg_shell_text_read(&shell, text, strlen(text));
    if (stg_shell_text_place(&shell) != expected)
        print_error("%s\n", text);
    assert_int_equal(stg_shell_text_place(&shell), expected);
}

static void test_words_and_quotes(void **state)
{
    (void)state;
    const char *words[] = {"",
                           "echo ",
                           "echo --opt=",
                           "echo 'a' ",
                           "echo \"a\" ",
                           "echo \\\" ",
                           "echo \\' ",
                           "echo \"\\\"\" ",
                           "echo $(",
                           "echo \"$(",
                           "echo \"$(echo \"a\" ",
                           "echo \"$(echo $(",
                           "echo `date` ",
                           "echo ${x:-a} ",
                           "echo \"${x:-a}\" ",
                           "echo \"${x:-\"a\"}\" ",
                           "echo ${x:-$(",
                           "echo $((1 + (2))) ",
                           "((x = 1)) && ",
                           "echo a#b ",
                           "echo # c'omment\n",
                           "(cd a && ",
                           "(cd a) && ",
                           "x=1 ",
                           "cat <<<a ",
                           "cat <(",
                           "echo >",
                           "echo 2>&1 ",
                           "echo 2>&1 >",
                           "echo 2>&$(",
                           "echo &>",
                           "echo $'a\\n' ",
                           "echo $\"a\" ",
                           "echo $$ ",
                           "echo '\\' ",
                           "echo \\\n",
                           "\\\n\\\n"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        assert_place(words[i], STG_PLACE_WORD);
    const char *doubles[] = {"\"",           "echo \"a ",          "echo \"it's ",
                             "echo \"$x ",   "echo \"$(date)",     "echo \"$(echo \"",
                             "echo $\"",     "echo \"`date`",      "echo \"$((1))",
                             "echo 'a'\"",   "echo \"${x:-\"a\"}", "echo \"# ",
                             "echo \"<<E\n", "echo \"\\\\",        "echo \"$(echo ')')"};
    for (size_t i = 0; i < sizeof doubles / sizeof *doubles; i++)
        assert_place(doubles[i], STG_PLACE_DOUBLE);
    const char *singles[] = {"'", "echo 'a \" ", "echo \"$(echo '", "echo \"a\"'", "echo '\\"};
    for (size_t i = 0; i < sizeof singles / sizeof *singles; i++)
        assert_place(singles[i], STG_PLACE_SINGLE);
}

/* A ) that ends a pattern does not end the substitution around it. */
static void test_case(void **state)
{
    (void)state;
    assert_place("echo \"$(case x in a) ", STG_PLACE_WORD);
    assert_place("echo \"$(case x in (a) echo;; b) ", STG_PLACE_WORD);
    assert_place("echo \"$(case x in a) case y in b) ;; esac;; esac; ", STG_PLACE_WORD);
    assert_place("echo \"$(case x in a) b;; esac)", STG_PLACE_DOUBLE);
    assert_place("echo \"$(if x; then case x in\na) b\nesac; fi)", STG_PLACE_DOUBLE);
    assert_place("echo \"$(echo case)", STG_PLACE_DOUBLE);
    assert_place("echo \"$(case x in ${x}) { a; } ", STG_PLACE_WORD);
    assert_place("echo \"$(for x do case x in a) ", STG_PLACE_WORD);
    assert_place("echo \"$(f() case x in a) ", STG_PLACE_WORD);
    assert_place("echo \"$(case esac in a) ;; *) ", STG_PLACE_WORD);
    assert_place("echo \"$(case in\nin\nin) ;; ([[) echo '", STG_PLACE_SINGLE);
    assert_place("echo \"$(case x in @(a|b)|c(d)) ", STG_PLACE_WORD);
    assert_place("echo \"$(echo esac case)", STG_PLACE_DOUBLE);
    assert_place("a=(b # it's\nc) ", STG_PLACE_WORD);
    assert_place("[[ (a) && b =~ ^(c|(d))$ ]] && ", STG_PLACE_WORD);
}

static void test_where_nothing_can_be_quoted(void **state)
{
    (void)state;
    assert_place("echo $'", STG_PLACE_ANSI_QUOTES);
    assert_place("echo `", STG_PLACE_BACKQUOTES);
    assert_place("echo \"`echo '", STG_PLACE_BACKQUOTES);
    assert_place("echo `echo \\`", STG_PLACE_BACKQUOTES);
    assert_place("echo ${", STG_PLACE_EXPANSION);
    assert_place("echo ${x:-", STG_PLACE_EXPANSION);
    assert_place("echo ${x:-'", STG_PLACE_EXPANSION);
    assert_place("echo \"${x:-\"", STG_PLACE_EXPANSION);
    assert_place("echo \"${x:-\\}", STG_PLACE_EXPANSION);
    assert_place("echo $((", STG_PLACE_ARITHMETIC);
    assert_place("echo \"$((1 + (", STG_PLACE_ARITHMETIC);
    assert_place("((", STG_PLACE_ARITHMETIC);
    assert_place("# ", STG_PLACE_COMMENT);
    assert_place("echo a;# '", STG_PLACE_COMMENT);
    assert_place("echo a \\\n#", STG_PLACE_COMMENT);
    assert_place("echo $", STG_PLACE_NAME);
    assert_place("echo \"$", STG_PLACE_NAME);
    assert_place("echo >&", STG_PLACE_DESCRIPTOR);
    assert_place("echo 2>& \"", STG_PLACE_DESCRIPTOR);
    assert_place("echo 2>&1", STG_PLACE_DESCRIPTOR);
    assert_place("echo \\", STG_PLACE_ESCAPED);
    assert_place("echo \"\\", STG_PLACE_ESCAPED);
    assert_place("echo \"\\\\\\", STG_PLACE_ESCAPED);
}

/* Where shells differ, or the text is broken, nothing behind it is believed. */
static void test_undecidable(void **state)
{
    (void)state;
    const char *texts[] = {"echo $[1] ",
                           "echo $\\\n(",
                           "a) ",
                           "echo \"${x:-it's}\" ",
                           "esac; ",
                           "echo $'it\\'s' ",
                           "$((a);(b)) ",
                           "cat <<`E`\n",
                           "cat <<;\n",
                           "echo $((1 + '1')) ",
                           "((a);(b)) '",
                           "cat <<$E\n",
                           "echo ${x:-$'a\\'} ' ",
                           "echo \"${x:-$'i'}\" "};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_place(texts[i], STG_PLACE_UNKNOWN);
    char deep[200];
    memset(deep, '(', sizeof deep - 1);
    for (size_t i = 1; i < sizeof deep; i += 2)
        deep[i] = ' ';
    deep[sizeof deep - 1] = '\0';
    assert_place(deep, STG_PLACE_UNKNOWN);
    deep[100] = '\0';
    assert_place(deep, STG_PLACE_WORD);
    char many[17 * 4 + 2] = "";
    for (int i = 0; i < 17; i++)
        strcat(many, "<<E ");
    assert_place(many, STG_PLACE_UNKNOWN);
}

/* The ) of a pattern would end something else there. */
static void test_undecidable_case(void **state)
{
    (void)state;
    const char *texts[] = {
        /* An esac that some shells take for the end. */
        "x=\"$(case $y in (esac) echo '", "x=\"$(case $y in (a|esac) echo '",
        "x=\"$(case $y in (esac|b) echo '", "x=\"$(case $y in a|esac) echo '",
        "x=\"$(case $y in a) :;; (esac) echo '", "x=\"$(case\nesac in a) ;; *) echo '",
        "x=\"$(case $y in a) b;| esac) echo '",
        /* A case that is none, in some shells. */
        "\"$(a=(case x); echo hi)", "\"$(a=(b) case x in y)", "\"$(echo @(case|x) y)",
        "\"$(for case in a; do :; done)", "\"$(function case { :; })",
        "\"$(select case in a; do :; done)", "\"$(x=1 case x in a) ", "\"$(>f case x in a) ",
        "\"$(time case x in a) ", "\"$(time -p { case x in a) ", "\"$(select x do case y in a) ",
        "\"$(for x in a { case y in b) ", "\"$(case x { a) ", "\"$(case x; in a) ",
        "\"$(case x in a) b) ", "\"$(case x in @(a|#b)) ", "\"$([[ a)", "\"$(case y in a}) ",
        "a=(<<E\nE\n", "!(a) "};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_place(texts[i], STG_PLACE_UNKNOWN);
}

static void test_the_word(void **state)
{
    (void)state;
    const struct {
        const char *text;
        bool begun, is_command, may_be_name;
    } cases[] = {
        {"", false, true, false},          {"a", true, true, true},
        {"a ", false, false, false},       {"A=b ", false, true, false},
        {"if ", false, true, false},       {"a; ", false, true, false},
        {"a | ", false, true, false},      {"$(", false, true, false},
        {"2>f ", false, true, false},      {"2>", false, true, false},
        {"'if' ", false, false, false},    {"a && b/", true, true, false},
        {"a=b$(c)d ", false, true, false}, {"! ", false, true, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        stg_shell_text shell = {0};
        stg_shell_text_read(&shell, cases[i].text, strlen(cases[i].text));
        const stg_shell_word *word = stg_shell_text_word(&shell);
        assert_int_equal(word->begun, cases[i].begun);
        assert_int_equal(word->is_command, cases[i].is_command);
        assert_int_equal(word->may_be_name, cases[i].may_be_name);
    }
}

static void test_skipped_text_is_not_read(void **state)
{
    (void)state;
    const char *text = "echo ';\"#' \"";
    stg_shell_text shell = {0};
    stg_shell_text_read(&shell, text, 5);
    stg_shell_text_skip(&shell, "", 0, 10);
    assert_int_equal(stg_shell_text_place(&shell), STG_PLACE_WORD);
    stg_shell_text_read(&shell, text, strlen(text));
    assert_int_equal(stg_shell_text_place(&shell), STG_PLACE_DOUBLE);
    stg_shell_text_read(&shell, text, strlen(text));
    assert_int_equal(stg_shell_text_place(&shell), STG_PLACE_DOUBLE);
}

TEST_GROUP(shell_text)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_and_quotes),
        cmocka_unit_test(test_case),
        cmocka_unit_test(test_where_nothing_can_be_quoted),
        cmocka_unit_test(test_undecidable),
        cmocka_unit_test(test_undecidable_case),
        cmocka_unit_test(test_the_word),
        cmocka_unit_test(test_skipped_text_is_not_read),
    };
    return cmocka_run_group_tests_name("process shell text", tests, NULL, NULL);
}
