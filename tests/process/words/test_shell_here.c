/* SPDX-License-Identifier: BSD-3-Clause */
#include "process/words/shell_here.h"

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

static void test_where_they_end(void **state)
{
    (void)state;
    const char *inside[] = {
        "cat <<E\n",    "cat <<E\na\n E\nE \nEE\n", "cat <<'E'\n",      "cat <<\"E F\"\nE\n",
        "cat <<-E\n\t", "cat <<A <<B\nA\n",         "cat << E\nE\\\nE", "cat <<E\n\\\nE\n",
        "$(cat <<E\n",  "cat <<E | tr a b\n",       "cat <<E >f; (\n",  "cat 3<<E\n\"$("};
    for (size_t i = 0; i < sizeof inside / sizeof *inside; i++)
        assert_place(inside[i], STG_PLACE_HERE_DOCUMENT);
    const char *behind[] = {"cat <<E\nE\n",           "cat <<'E'\nit's\nE\n", "cat <<E | ",
                            "cat <<-E\n\t\tE\n",      "cat <<A <<B\nA\nB\n",  "cat <<\\E\nE\n",
                            "cat <<'E F'\n\"\nE F\n", "cat <<'E'\n\\\nE\n",   "cat <<E\n\\\\\nE\n",
                            "cat <<E'N'D\n`\nEND\n",  "echo $((1<<2)) ",      "cat <<E\n\nE\n"};
    for (size_t i = 0; i < sizeof behind / sizeof *behind; i++)
        assert_place(behind[i], STG_PLACE_WORD);
    assert_place("cat <<E\n\tE\n", STG_PLACE_HERE_DOCUMENT);
    assert_place("\"$(cat <<E\n)\nE\n)", STG_PLACE_DOUBLE);
}

static void test_their_delimiters(void **state)
{
    (void)state;
    assert_place("cat <<E $(\n", STG_PLACE_UNKNOWN);
    assert_place("echo $(cat <<E)\n", STG_PLACE_UNKNOWN);
    assert_place("cat <<E $(date)\n", STG_PLACE_HERE_DOCUMENT);
    assert_place("cat <<", STG_PLACE_DELIMITER);
    assert_place("cat <<- ", STG_PLACE_DELIMITER);
    assert_place("cat <<'", STG_PLACE_DELIMITER);
    assert_place("cat <<E", STG_PLACE_DELIMITER);
}

TEST_GROUP(shell_here)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_where_they_end),
        cmocka_unit_test(test_their_delimiters),
    };
    return cmocka_run_group_tests_name("process shell here", tests, NULL, NULL);
}
