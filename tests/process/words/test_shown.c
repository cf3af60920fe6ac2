/* SPDX-License-Identifier: BSD-3-Clause */
#include "process/framework.h"

#include <stdlib.h>
#include <string.h>

#include "support/cmocka_all.h"
#include "support/torture.h"

static void assert_shown(const char *command, bool ascii, const char *expected)
{
    stg_buf out = {0};
    stg_show_command(&out, command, ascii);
    assert_string_equal(stg_buf_text(&out), expected);
    stg_buf_free(&out);
}

static void test_printable_text_stays(void **state)
{
    (void)state;
    assert_shown("", false, "");
    assert_shown("a 'b\nc' \"$d\" \\\n  e # f", false, "a 'b\nc' \"$d\" \\\n  e # f");
    assert_shown("a 'é漢'", false, "a 'é漢'");
    assert_shown("cat <<E\nit's\nE", false, "cat <<E\nit's\nE");
    assert_shown("a \"$(b 'c')\"", false, "a \"$(b 'c')\"");
}

static void test_unprintable_text_is_substituted(void **state)
{
    (void)state;
    assert_shown("a 'b\tc'", false, "a 'b'\"$(printf '\\011')\"'c'");
    assert_shown("a \"b\x1b[1mc\"", false, "a \"b$(printf '\\033')[1mc\"");
    assert_shown("a b\rc", false, "a b\"$(printf '\\015')\"c");
    assert_shown("a\tb\\\tc", false, "a b\"$(printf '\\011')\"c");
    assert_shown("a \"\\\x07\"", false, "a \"\\\\$(printf '\\007')\"");
    assert_shown("a '\xff\xfe'", false, "a ''\"$(printf '\\377\\376')\"''");
    assert_shown("a 'é'", true, "a ''\"$(printf '\\303\\251')\"''");
    assert_shown("a \\é", true, "a \"$(printf '\\303\\251')\"");
    assert_shown("a \\é", false, "a \\é");
    assert_shown("a '\xe2\x80\xa8'", false, "a ''\"$(printf '\\342\\200\\250')\"''");
    assert_shown("a # b\x07", false, "a # b?");
    /* A blank at the end of a line gets lost. */
    assert_shown("a 'b  \nc'", false, "a 'b '\"$(printf '\\040')\"'\nc'");
    assert_shown("a \\ ", false, "a \"$(printf '\\040')\"");
    assert_shown("a ", false, "a ");
}

static void test_difficult_commands_get_their_own_shell(void **state)
{
    (void)state;
    assert_shown("a 'b", false, "sh -c 'a '\"'\"'b'");
    assert_shown("a \\", false, "sh -c 'a \\'");
    assert_shown("cat <<E\nb", false, "sh -c 'cat <<E\nb'");
    assert_shown("a \"$(b)\" '\t'", false,
                 "sh -c 'a \"$(b)\" '\"'\"''\"$(printf '\\011')\"''\"'\"''");
}

static void test_masked_words_are_no_pattern(void **state)
{
    (void)state;
    assert_shown("a *** --b=*** '***'", false, "a '***' --b=*** '***'");
}

static void assert_words(const char *const *words, size_t count, const char *expected)
{
    stg_buf out = {0};
    stg_show_words(&out, words, count);
    assert_string_equal(stg_buf_text(&out), expected);
    stg_buf_free(&out);
}

static void test_words(void **state)
{
    (void)state;
    assert_words((const char *[]){"a b", "c", ""}, 3, "'a b' c ''");
    assert_words((const char *[]){"if", "if"}, 2, "'if' if");
    assert_words((const char *[]){"a=b", "a=b"}, 2, "'a=b' a=b");
    assert_words((const char *[]){"echo", "a"}, 2, "echo a");
    assert_words((const char *[]){"echo", "a\\n"}, 2, "env echo 'a\\n'");
}

static void assert_apart(const char *before, const char *command, const char *expected)
{
    stg_buf out = {0};
    stg_show_apart(&out, before, command);
    assert_string_equal(stg_buf_text(&out), expected);
    stg_buf_free(&out);
}

static void test_the_shell_stays_as_it_is(void **state)
{
    (void)state;
    assert_apart("", "make cd; echo exit 'cd x'", "make cd; echo exit 'cd x'");
    assert_apart("", "A=b make", "A=b make");
    assert_apart("", "cd x", "(cd x)");
    assert_apart("", "A=b", "(A=b)");
    assert_apart("", "a && \\\n exit 3", "(a && \\\n exit 3)");
    assert_apart("", "if a; then cd b; fi", "(if a; then cd b; fi)");
    assert_apart("", "(cd x)", "( (cd x))");
    assert_apart("", ">f 2>&1 cd x", "(>f 2>&1 cd x)");
    assert_apart("", "make >cd 2> exit", "make >cd 2> exit");
    assert_apart("", "command cd x", "(command cd x)");
    assert_apart("", "a; \\exit 3", "(a; \\exit 3)");
    assert_apart("", "'ex'it 3", "('ex'it 3)");
    assert_apart("", "'a program' x", "'a program' x");
    assert_apart("", "ls () { a; }; ls", "(ls () { a; }; ls)");
    assert_apart("", "echo \"${a:=b}\" '${a=b}'", "(echo \"${a:=b}\" '${a=b}')");
    assert_apart("", "echo ${a:-b} ${a#=} '${a=b}'", "echo ${a:-b} ${a#=} '${a=b}'");
    assert_apart("", "A+=b", "(A+=b)");
    assert_apart("", "cd x # y", "(cd x # y\n)");
    assert_apart("cd x || exit; ", "make", "(cd x || exit; make)");
    assert_apart("cd x || exit; ", "cat <<E\nE", "(cd x || exit; cat <<E\nE\n)");
}

static void assert_comment(const char *command, const char *comment, const char *expected)
{
    stg_buf out = {0};
    stg_buf_add_text(&out, command);
    stg_show_comment(&out, comment);
    assert_string_equal(stg_buf_text(&out), expected);
    stg_buf_free(&out);
}

static void test_comments(void **state)
{
    (void)state;
    assert_comment("a", "", "a");
    assert_comment("a", "exit\ncode", "a  # exit code");
    assert_comment("cat <<E\nE", "b", "cat <<E\nE\n# b");
}

/* Each part in brackets, after what its gap is. */
static void assert_parts(const char *command, const char *expected)
{
    stg_buf text = {0};
    stg_parts parts = stg_parts_of(command);
    for (size_t i = 0; i < parts.count; i++) {
        const stg_part *part = &parts.items[i];
        stg_buf_addf(&text, "%c%zu[", "_\\|"[part->gap], part -> indent);
        stg_buf_add(&text, command + part->at, part->length);
        stg_buf_add_char(&text, ']');
    }
    assert_string_equal(stg_buf_text(&text), expected);
    assert_int_equal(parts.movable, *expected != '\0');
    stg_parts_free(&parts);
    stg_buf_free(&text);
}

static void test_parts(void **state)
{
    (void)state;
    assert_parts("a  'b c' d\\ e", "|0[a]_2['b c']_1[d\\ e]");
    assert_parts("a \\\n    b\\\n c", "|0[a]\\4[b]\\1[c]");
    assert_parts("a\n\n  b", "|0[a]|2[b]");
    assert_parts("a # b c\nd;#e f", "|0[a]_1[# b c]|0[d;#e f]");
    /* What has to stay where it is. */
    assert_parts("a 'b\nc'", "");
    assert_parts("a\\\nb", "");
    assert_parts("a \"$(b)\"", "");
    assert_parts("a 'b", "");
}

/* Each byte is looked at a fixed number of times, so that twice as long takes twice as many parts.
 */
static void test_long_commands(void **state)
{
    (void)state;
    stg_buf text = {0};
    for (int i = 0; i < 20000; i++)
        stg_buf_add_text(&text, "a 'b c' ");
    stg_parts parts = stg_parts_of(stg_buf_text(&text));
    assert_int_equal(parts.count, 40000);
    stg_parts_free(&parts);
    stg_buf_free(&text);
}

static staged_status show(void *context)
{
    (void)context;
    stg_buf out = {0};
    stg_show_command(&out, "a 'b", false);
    stg_show_apart(&out, "", "cd 'a long enough directory' # so that a buffer has to grow");
    stg_parts parts = stg_parts_of("a b");
    const bool failed = parts.failed || stg_buf_status(&out) != STAGED_OK;
    stg_parts_free(&parts);
    stg_buf_free(&out);
    return failed ? STAGED_NO_MEMORY : STAGED_OK;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_true(torture(show, NULL) > 3);
}

TEST_GROUP(shown)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_printable_text_stays),
        cmocka_unit_test(test_unprintable_text_is_substituted),
        cmocka_unit_test(test_difficult_commands_get_their_own_shell),
        cmocka_unit_test(test_masked_words_are_no_pattern),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_the_shell_stays_as_it_is),
        cmocka_unit_test(test_comments),
        cmocka_unit_test(test_parts),
        cmocka_unit_test(test_long_commands),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
