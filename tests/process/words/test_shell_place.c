/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Where a value would stand behind a text. */
#include "process/words/shell_text.h"

#include <string.h>

#include "support/cmocka_all.h"

static stg_shell_text read_text(const char *text)
{
    stg_shell_text shell = {0};
    stg_shell_text_read(&shell, text, strlen(text));
    return shell;
}

static void test_places(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        stg_place place;
    } cases[] = {
        {"ls ", STG_PLACE_WORD},
        {"ls \"$(cat \"", STG_PLACE_DOUBLE},
        {"ls \"$(cat ", STG_PLACE_WORD},
        {"[[ a == ", STG_PLACE_WORD},
        {"[[ a -eq ", STG_PLACE_ARITHMETIC},
        {"[[ a -eq 1 ]] && ", STG_PLACE_WORD},
        {"[[ (a == b || (c -lt '", STG_PLACE_ARITHMETIC},
        {"[[ (a < b) ]]; echo >&", STG_PLACE_DESCRIPTOR},
        {"declare -i a; a=1 b ", STG_PLACE_WORD},
        {"declare -i a; a=", STG_PLACE_ARITHMETIC},
        {"declare a=", STG_PLACE_WORD},
        {"declare ", STG_PLACE_VARIABLE},
        {"unset a b > ", STG_PLACE_WORD},
        {"unset a \"", STG_PLACE_VARIABLE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const stg_shell_text shell = read_text(cases[i].text);
        if (stg_shell_text_place(&shell) != cases[i].place)
            print_error("%s\n", cases[i].text);
        assert_int_equal(stg_shell_text_place(&shell), cases[i].place);
    }
}

static void test_code(void **state)
{
    (void)state;
    bool may_be_whole;
    stg_shell_text shell = read_text("ls ");
    assert_false(stg_shell_text_is_code(&shell, &may_be_whole));
    shell = read_text("\"s\"h -c ");
    assert_true(stg_shell_text_is_code(&shell, &may_be_whole));
    assert_true(may_be_whole);
    shell = read_text("command eval ls ");
    assert_true(stg_shell_text_is_code(&shell, &may_be_whole));
    assert_false(may_be_whole);
    shell = read_text("sh -c x > ");
    assert_false(stg_shell_text_is_code(&shell, &may_be_whole));
    shell = read_text("sh <<< ");
    assert_true(stg_shell_text_is_code(&shell, &may_be_whole));
    assert_true(may_be_whole);
}

TEST_GROUP(shell_place)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_places), cmocka_unit_test(test_code)};
    return cmocka_run_group_tests_name("process shell place", tests, NULL, NULL);
}
