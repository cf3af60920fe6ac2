/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/log_line.h"
#include "support/consoles.h"

/* The columns of a line, drawn at a width. */
static void assert_line(int width, bool has_time, const char *message, const char *path,
                        bool as_table, const char *expected)
{
    staged_console *console = text_console(width, STAGED_COLORS_NONE);
    stg_console_lock(console);
    stg_draw draw = stg_console_begin(console);
    const stg_text time = text_of(&draw, "[12:34]");
    const stg_text text = text_of(&draw, message);
    const stg_text place = text_of(&draw, path == NULL ? "" : path);
    const stg_text_item item = stg_text_item_of(&text);
    const stg_log_columns columns = {.time = has_time ? &time : NULL,
                                     .message = &item.base,
                                     .path = path == NULL ? NULL : &place};
    stg_segments out = {0};
    assert_int_equal(stg_log_draw(console, &draw, &columns, &out), as_table);
    stg_console_add(console, &draw, &out, as_table);
    assert_int_equal(stg_console_finish(console, &draw), STAGED_OK);
    assert_string_equal(staged_console_text(console), expected);
    staged_console_free(console);
}

static void test_with_room(void **state)
{
    (void)state;
    assert_line(20, true, "text", "a.c:1", false, "[12:34] text   a.c:1\n");
    assert_line(18, true, "a text", "a.c:1", false, "[12:34] a    a.c:1\n        text      \n");
    assert_line(10, false, "text", "a.c:1", false, "text a.c:1\n");
    assert_line(12, true, "text", NULL, false, "[12:34] text\n");
    assert_line(6, false, "text", NULL, false, "text  \n");
    assert_line(6, false, "", NULL, false, "      \n");
}

static void test_where_room_is_short(void **state)
{
    (void)state;
    assert_line(14, true, "ab", "file.c:1", true, "[12:… a file.…\n      b       \n");
    assert_line(8, true, "ab", "file.c:1", true, "[… a fi…\n   b    \n");
    assert_line(3, true, "ab", "file.c:1", true, "  …\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_with_room),
        cmocka_unit_test(test_where_room_is_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
