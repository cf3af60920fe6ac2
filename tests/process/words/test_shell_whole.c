/* SPDX-License-Identifier: BSD-3-Clause */
#include "process/words/shell_whole.h"

#include <stddef.h>

#include "support/cmocka_all.h"

static void assert_each(const char *const *commands, size_t count, bool expected)
{
    for (size_t i = 0; i < count; i++) {
        if (stg_shell_is_whole(commands[i]) != expected)
            print_error("%s\n", commands[i]);
        assert_int_equal(stg_shell_is_whole(commands[i]), expected);
    }
}

static void test_whole(void **state)
{
    (void)state;
    static const char *const commands[] = {
        "",
        "# a comment",
        "make -j4 && make check || exit 3; echo done &",
        "a | b |\n\n c; d 2>&1 >f <g &>h",
        "if a; then b; elif c; then d; else e; fi | f",
        "for i in 1 2; do echo \"$i\"; done >f",
        "while :; do a\nb\ndone",
        "case $x in a|b) c;; (d) ;; *) e; f\nesac",
        "(a; b) && { c; } && ! d",
        "f() { a; }; f ( ) ( b ); f",
        "x=$(a | b; (c)) y=`d` e",
        "echo $((1 + (2 << 3))) $(( a )) ${x:-y}",
        "[[ a && (b || c) ]] && d",
        "cat <<E | b\nif ( {\nE",
        "diff <(a) <(b)",
        "echo if then fi '(' \"{\" \\) # (",
        "x=1",
        "> f",
        "time a",
        "a=(b c)",
        "if (a) then (b) fi 2>&1",
        "[[ (a) && b ]]",
        "a <<< b; c",
        "function f { a; }; function g() { b; }",
        "for ((i = 0; i < 3; i++)); do a; done",
        "a # b\nif c # d\nthen e; fi",
        "if a; then if b; then c; fi fi >f",
    };
    assert_each(commands, sizeof commands / sizeof *commands, true);
}

static void test_not_whole(void **state)
{
    (void)state;
    static const char *const commands[] = {
        "if",
        "if a; then b",
        "if a; fi",
        "fi",
        "a; done",
        "for i in a b",
        "while a",
        "while a; do b",
        "do a",
        "case x in",
        "esac",
        "case x in a) b",
        "(a",
        "a)",
        "{ a",
        "}",
        "{ a }",
        "a |",
        "a &&",
        "&& a",
        "a ;;",
        "; a",
        "a; ; b",
        "a >",
        "a < ;",
        "!",
        "f() {",
        "f()",
        "echo `a",
        "echo ${a",
        "echo $((1",
        "a | | b",
        "a & & b",
        "echo $(a",
        "then a",
        "if a; then fi",
        "(a; { b; )",
        "a\n| b",
        "a (b)",
        "(a) b",
        "fi a",
        "in",
        "if a; then b; fi c",
    };
    assert_each(commands, sizeof commands / sizeof *commands, false);
}

TEST_GROUP(shell_whole)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole),
        cmocka_unit_test(test_not_whole),
    };
    return cmocka_run_group_tests_name("process shell whole", tests, NULL, NULL);
}
