/* SPDX-License-Identifier: BSD-3-Clause */
#include <staged/words.h>

#include <stdlib.h>
#include <string.h>

#include "base/text/buf.h"
#include "support/cmocka_all.h"
#include "support/torture.h"

enum { MOST_NESTED = 64 };

/* The commands found: each with its line, a + for each depth, and its words, of which ? is one that
 * only bash can know; those inside of a word before the command that has it. */
typedef struct commands {
    stg_buf found;
    stg_buf open[MOST_NESTED]; /* those that may go on, at each depth */
} commands;

static void end_commands(commands *c, size_t depth)
{
    for (size_t i = MOST_NESTED; i-- > depth;) {
        if (c->open[i].length > 0)
            stg_buf_addf(&c->found, "%s%s", c->found.length == 0 ? "" : " | ",
                         stg_buf_text(&c->open[i]));
        stg_buf_clear(&c->open[i]);
    }
}

static void add_word(void *of_commands, const staged_bash_word *word)
{
    commands *c = of_commands;
    assert_true(word->depth < MOST_NESTED);
    end_commands(c, word->depth + !word->may_be_command);
    stg_buf *out = &c->open[word->depth];
    if (word->may_be_command)
        stg_buf_addf(out, "%d:", word->line);
    else
        stg_buf_add_char(out, ' ');
    if (word->may_be_command)
        stg_buf_add_repeated(out, '+', word->depth);
    stg_buf_add_text(out, word->text == NULL ? "?" : word->text);
}

static staged_status status_of(const char *script, size_t length, const char *expected)
{
    commands c = {0};
    /* So that nothing behind its end is read. */
    char *exact = malloc(length == 0 ? 1 : length);
    assert_non_null(exact);
    memcpy(exact, script, length);
    const staged_status status = staged_words_read_bash(exact, length, add_word, &c);
    free(exact);
    end_commands(&c, 0);
    if (strcmp(stg_buf_text(&c.found), expected) != 0)
        print_error("%s\n", script);
    assert_string_equal(stg_buf_text(&c.found), expected);
    stg_buf_free(&c.found);
    for (size_t i = 0; i < MOST_NESTED; i++)
        stg_buf_free(&c.open[i]);
    return status;
}

static void assert_words(const char *script, const char *expected)
{
    assert_int_equal(status_of(script, strlen(script), expected), STAGED_OK);
}

static void test_commands(void **state)
{
    (void)state;
    assert_words("", "");
    assert_words("a 'b c' d\\ e \"f\\g\\\"\"''h", "1:a b c d e f\\g\"h");
    assert_words("a;b&&c||d|e&f\ng", "1:a | 1:b | 1:c | 1:d | 1:e | 1:f | 2:g");
    assert_words("X=1 Y+=2 a b=c", "1:X=1 | 1:Y+=2 | 1:a b=c");
    assert_words("if ! a b; then c; else d; fi", "1:if | 1:! | 1:a b | 1:then | 1:c | 1:else | "
                                                 "1:d | 1:fi");
    assert_words("for i in a b; do c $i; done", "1:for i in a b | 1:do | 1:c ? | 1:done");
    assert_words("f() { a; }; function g { b; }",
                 "1:f | 1:{ | 1:a | 1:} | 1:function g | 1:{ | 1:b | 1:}");
    assert_words("for case do a; done; select esac in b; do c; done; function [[ { d; }",
                 "1:for case | 1:do | 1:a | 1:done | 1:select esac in b | 1:do | 1:c | 1:done | "
                 "1:function [[ | 1:{ | 1:d | 1:}");
    assert_words("time -p a -p; time -- b; a -p c", "1:time -p | 1:a -p | 1:time -- | 1:b | "
                                                    "1:a -p c");
    assert_words("a* {b,c} ~/d", "1:a* {b,c} ~/d");
    assert_words("(a b) ( (c) )", "1:++c | 1:+a b");
    assert_words("a \\\n  b\\\nc \\\n\\\nd; e", "1:a bc d | 5:e");
    assert_words("'a\n'b c", "1:a\nb c");
}

static void test_comments(void **state)
{
    (void)state;
    assert_words("# it's\na b#c '#' # \"\nd;# `\ne", "2:a b#c # | 3:d | 4:e");
    assert_words("a ${x#y} ${#x} $# b # c", "1:a ? ? ? b");
    assert_words("a $(b # )'\n) c", "1:+b | 1:a ? c");
    assert_words("a `b # ' ` c", "1:+b | 1:a ? c");
}

static void test_redirections(void **state)
{
    (void)state;
    assert_words("a 2>&1 >b 3<c <<<d &>e &>>f >|g h 4", "1:a h 4");
    assert_words(">a b", "1:b");
    assert_words("{fd}>a b {c}<d {e,f}>g {}>h", "1:b {e,f} {}");
    assert_words("a <(b c) >(d) < <(e) f", "1:+b c | 1:+d | 1:+e | 1:a ? ? f");
    assert_words("a < \"$(b)\" c", "1:++b | 1:a c");
}

static void test_substitutions(void **state)
{
    (void)state;
    assert_words("a=\"$(b \"c d\" \"$(e \"f\")\")\" g", "1:++++e f | 1:++b c d ? | 1:? | 1:g");
    assert_words("a $(case x in b) c ;; esac) d", "1:++c | 1:+case | 1:a ? d");
    assert_words("a `b 'c' \\`d\\`` e", "1:+b c ? | 1:a ? e");
    assert_words("a \"`b \\\"c\\\"`\" d", "1:++b ? | 1:a ? d");
    assert_words("a `\"b` c", "1:a ? c");
    assert_words("a $'it\\'s' $\"b\" c", "1:a ? ? c");
    assert_words("a ${x#'}'} \"${x:-'}'}\" \"${x%'\"}'}\" ${x:-\"}\"} ${x-$'\\'}'} b",
                 "1:a ? ? ? ? ? b");
    assert_words("a ${x:-$(b)} c", "1:++b | 1:a ? c");
}

static void test_arithmetic(void **state)
{
    (void)state;
    assert_words("((i << 2)) && a $((1 << (2))) $[3 << x[4]] \"$((5))\" b", "1:a ? ? ? b");
    assert_words("for ((i = 0; i < 2; i++)); do a; done", "1:for | 1:do | 1:a | 1:done");
    assert_words("a $((1 + '))')) $[']'] b", "1:a ? ? b");
    /* What begins as arithmetic and has a subshell in a subshell: what that has is not found. */
    assert_words("a $((b); (c)) d", "1:++c | 1:a ? d");
    assert_words("((a); (b)); c", "1:++b | 1:c");
}

static void test_case(void **state)
{
    (void)state;
    assert_words("case a in esac; b", "1:case | 1:b");
    assert_words("case case in in) a;; (case|'esac') b;& @(c|d)) e;;& *) f; esac; g",
                 "1:+a | 1:+b | 1:+e | 1:+f | 1:+esac | 1:case | 1:g");
    assert_words("case esac in (a|esac) b;; (esac) c;; esac; d", "1:+b | 1:+c | 1:case | 1:d");
    assert_words("case $1 in\n  a)\n    b c ;;\nesac\nd", "3:+b c | 1:case | 5:d");
}

static void test_no_commands(void **state)
{
    (void)state;
    assert_words("[[ a < b && $x =~ ^(case|c)$ || (d > e) ]] && f", "1:[[ | 1:f");
    assert_words("a=(b case $(c) # it's\n'd') e+=(f) g", "1:++c | 1:? | 2:? | 2:g");
    assert_words("a=() b; declare -a c=(d) e", "1:a= | 1:b | 1:declare -a ? e");
    assert_words("a @(b|case) !(c) d; ! (e); !(f)", "1:a ? ? d | 1:+e | 1:! | 1:+f | 1:!");
}

static void test_here_documents(void **state)
{
    (void)state;
    assert_words("a <<E | b\nit's $(c\nE\nd", "1:a | 1:b | 4:d");
    assert_words("a <<-'E F' <<\"G\" b\n\tx\n\tE F\n`\nG\nc", "1:a b | 6:c");
    assert_words("a $(b <<E\n)'\nE\n) c", "1:+b | 1:a ? c");
    assert_words("a <<$E b\n'\n$E\nc", "1:a b | 4:c");
    /* Its lines begin behind the substitution that was begun after it. */
    assert_words("a <<E $(b\n)\n'\nE\nc", "1:+b | 1:a ? | 5:c");
    /* One that a substitution does not end is none. */
    assert_words("a $(b <<E) `c <<E`\nd", "1:+b | 1:+c | 1:a ? ? | 2:d");
}

static void test_bytes(void **state)
{
    (void)state;
    assert_words("a b\r\nc\r\n", "1:a b\r | 2:c\r");
    assert_words("\xff \xc3\xa4", "1:\xff \xc3\xa4");
    assert_int_equal(status_of("a\0b c\0", 6, "1:ab c"), STAGED_OK);
    assert_int_equal(status_of("a\0(b)", 5, "1:+b | 1:a"), STAGED_OK);
    enum { LONG = 1 << 20 };
    char *text = malloc(2 * LONG);
    char *expected = malloc(LONG + 3);
    assert_non_null(text);
    assert_non_null(expected);
    memset(text, 'a', LONG);
    memset(text + LONG, ' ', LONG);
    memcpy(expected, "1:", 2);
    memcpy(expected + 2, text, LONG);
    expected[LONG + 2] = '\0';
    assert_int_equal(status_of(text, 2 * LONG, expected), STAGED_OK);
    /* A delimiter of many quotes is not read again for each line. */
    memset(text, '\'', LONG);
    memcpy(text, "a <<", 4);
    memcpy(text + LONG - 2, "EE", 2);
    memset(text + LONG, '\n', LONG);
    assert_int_equal(status_of(text, 2 * LONG, "1:a"), STAGED_BAD_INPUT);
    free(text);
    free(expected);
}

/* What was found before the end is told. */
static void test_not_whole(void **state)
{
    (void)state;
    const struct {
        const char *script, *expected;
    } cases[] = {{"a 'b", "1:a"},        {"a \"b", "1:a"},
                 {"a $'b", "1:a"},       {"a ${b", "1:a"},
                 {"a $((b", "1:a"},      {"a <<E\nb", "1:a"},
                 {"a <<E", "1:a"},       {"a <<\nb", "1:a"},
                 {"(a b", "1:+a b"},     {"a $(b c", "1:+b c | 1:a"},
                 {"a `b", "1:+b | 1:a"}, {"case a in b) c", "1:+c | 1:case"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(status_of(cases[i].script, strlen(cases[i].script), cases[i].expected),
                         STAGED_BAD_INPUT);
    }
    assert_words("a) b; esac; c", "1:a | 1:b | 1:esac | 1:c");
    assert_words("a\\", "1:a");
    char deep[201];
    for (size_t i = 0; i < sizeof deep - 1; i++)
        deep[i] = i % 2 == 0 ? '(' : ' ';
    deep[200] = '\0';
    assert_int_equal(status_of(deep, 200, ""), STAGED_BAD_INPUT);
}

enum { LONG_WORD = 3000 };

/* A word is one of the script, whole, or none. */
static void expect_whole(void *context, const staged_bash_word *word)
{
    (void)context;
    if (word->text != NULL && strlen(word->text) != 1)
        assert_int_equal(strspn(word->text, "e"), LONG_WORD);
    else if (word->text != NULL)
        assert_non_null(strchr("abcd", *word->text));
}

static staged_status read_words(void *of_script)
{
    const char *script = of_script;
    return staged_words_read_bash(script, strlen(script), expect_whole, NULL);
}

static void test_without_memory(void **state)
{
    (void)state;
    char script[LONG_WORD + 20] = "a \"$(b c)\" d ";
    const size_t length = strlen(script);
    memset(script + length, 'e', LONG_WORD);
    memcpy(script + length + LONG_WORD, " d", sizeof " d");
    assert_true(torture(read_words, script) > 1);
}

TEST_GROUP(bash_words)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_commands),       cmocka_unit_test(test_comments),
        cmocka_unit_test(test_redirections),   cmocka_unit_test(test_substitutions),
        cmocka_unit_test(test_arithmetic),     cmocka_unit_test(test_case),
        cmocka_unit_test(test_no_commands),    cmocka_unit_test(test_here_documents),
        cmocka_unit_test(test_bytes),          cmocka_unit_test(test_not_whole),
        cmocka_unit_test(test_without_memory),
    };
    return cmocka_run_group_tests_name("process bash words", tests, NULL, NULL);
}
