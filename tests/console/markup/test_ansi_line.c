/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/markup/ansi_line.h"

#include <string.h>

#include "support/cmocka_all.h"
#include "support/torture.h"

static void write_text(stg_ansi_line *line, const char *text)
{
    stg_ansi_line_write(line, text, strlen(text));
}

static void assert_shown(stg_ansi_line *line, const char *expected)
{
    stg_buf shown = {0};
    const char *text;
    size_t length;
    stg_style style;
    while (stg_ansi_line_next(line, &text, &length, &style)) {
        if (style.on != 0)
            stg_buf_add_char(&shown, '*');
        stg_buf_add(&shown, text, length);
    }
    assert_false(line->failed);
    assert_string_equal(stg_buf_text(&shown), expected);
    stg_buf_free(&shown);
    stg_ansi_line_clear(line);
}

static void test_overwritten(void **state)
{
    (void)state;
    const stg_style bold = {.set = STG_BOLD, .on = STG_BOLD};
    stg_ansi_line line = {0};
    assert_shown(&line, "");
    write_text(&line, "abcdef");
    stg_ansi_line_go_to(&line, 1);
    stg_ansi_line_style(&line, &bold);
    write_text(&line, "BC");
    assert_shown(&line, "a*BCdef");
    /* The style goes on. */
    write_text(&line, "next");
    assert_shown(&line, "*next");
    stg_ansi_line_tab(&line);
    write_text(&line, "x");
    stg_ansi_line_return(&line);
    stg_ansi_line_style(&line, &(stg_style){0});
    write_text(&line, "y");
    assert_shown(&line, "y");
    write_text(&line, "old");
    stg_ansi_line_return(&line);
    write_text(&line, "n");
    stg_ansi_line_return(&line);
    assert_shown(&line, "n");
    stg_ansi_line_free(&line);
}

static void test_erased(void **state)
{
    (void)state;
    stg_ansi_line line = {0};
    write_text(&line, "abcdef");
    stg_ansi_line_go_left(&line, 3);
    stg_ansi_line_erase_left(&line);
    assert_shown(&line, "    ef");
    write_text(&line, "abcdef");
    stg_ansi_line_go_to(&line, 2);
    stg_ansi_line_blank(&line, 2);
    assert_shown(&line, "ab  ef");
    write_text(&line, "abcdef");
    stg_ansi_line_erase_all(&line);
    stg_ansi_line_go_left(&line, 2);
    write_text(&line, "x");
    assert_shown(&line, "    x");
    /* What lies under an erased column does not come back. */
    write_text(&line, "abcdef");
    stg_ansi_line_go_to(&line, 3);
    stg_ansi_line_erase_left(&line);
    stg_ansi_line_go_to(&line, 1);
    write_text(&line, "x");
    assert_shown(&line, " x  ef");
    stg_ansi_line_free(&line);
}

/* Marks one by one on characters that are not the last written: what piles up has an end. */
static void test_marks(void **state)
{
    (void)state;
    stg_ansi_line line = {0};
    write_text(&line, "ab");
    for (int i = 0; i < 1000; i++) {
        stg_ansi_line_go_to(&line, 1 + (size_t)i % 2);
        write_text(&line, "\u0301");
    }
    assert_true(line.bytes.length < 4000);
    stg_ansi_line_free(&line);
}

static staged_status use(void *context)
{
    (void)context;
    stg_ansi_line line = {0};
    const char *text;
    size_t length;
    stg_style style;
    write_text(&line, "text that is longer than what is there at first");
    for (int i = 0; i < 20; i++)
        stg_ansi_line_style(&line, &(stg_style){.set = STG_BOLD, .on = STG_BOLD});
    stg_ansi_line_tab(&line);
    write_text(&line, "\u0301x");
    while (stg_ansi_line_next(&line, &text, &length, &style))
        ;
    const staged_status status = line.failed ? STAGED_NO_MEMORY : STAGED_OK;
    stg_ansi_line_free(&line);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_true(torture(use, NULL) > 4);
}

TEST_GROUP(ansi_line)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_overwritten),
        cmocka_unit_test(test_erased),
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
