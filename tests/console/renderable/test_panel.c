/* SPDX-License-Identifier: BSD-3-Clause */
#include "support/consoles.h"
#include "support/torture.h"

static staged_renderable *panel(staged_panel_options options, const char *text)
{
    return staged_panel_new(&options, staged_text_new(NULL, text));
}

static void test_frames(void **state)
{
    (void)state;
    assert_drawn(staged_panel_new(NULL, staged_text_new(NULL, "text")), 12,
                 "╭──────────╮\n│ text     │\n╰──────────╯\n");
    assert_drawn(panel((staged_panel_options){.size = sizeof(staged_panel_options),
                                              .expand = STAGED_NO,
                                              .box = STAGED_BOX_ASCII},
                       "text"),
                 40, "+------+\n| text |\n+------+\n");
    assert_drawn(panel((staged_panel_options){.size = sizeof(staged_panel_options),
                                              .width = 9,
                                              .padding = {.given = true}},
                       "text"),
                 40, "╭───────╮\n│text   │\n╰───────╯\n");
}

static void test_titles(void **state)
{
    (void)state;
    assert_drawn(panel((staged_panel_options){.size = sizeof(staged_panel_options),
                                              .title = "a [b]t[/]",
                                              .subtitle = "s",
                                              .subtitle_align = STAGED_ALIGN_RIGHT},
                       "text"),
                 14, "╭─── a t ────╮\n│ text       │\n╰──────── s ─╯\n");
    assert_drawn(panel((staged_panel_options){.size = sizeof(staged_panel_options),
                                              .title = "left\ntab\tx",
                                              .title_align = STAGED_ALIGN_LEFT},
                       "text"),
                 30,
                 "╭─ left tab        x ────────╮\n"
                 "│ text                       │\n"
                 "╰────────────────────────────╯\n");
    assert_drawn(
        panel((staged_panel_options){.size = sizeof(staged_panel_options), .title = "far too long"},
              "x"),
        10, "╭─ far t─╮\n│ x      │\n╰────────╯\n");
    assert_drawn(panel((staged_panel_options){.size = sizeof(staged_panel_options),
                                              .title = "t",
                                              .expand = STAGED_NO},
                       ""),
                 20, "╭─ t ─╮\n│     │\n╰─────╯\n");
}

static void test_hardly_any_room(void **state)
{
    (void)state;
    assert_drawn(
        panel((staged_panel_options){.size = sizeof(staged_panel_options), .title = "t"}, "x"), 4,
        "╭──╮\n╰──╯\n");
    assert_drawn(
        panel((staged_panel_options){.size = sizeof(staged_panel_options), .title = "t"}, "x"), 1,
        "╭\n╰\n");
}

static void test_styles(void **state)
{
    (void)state;
    assert_drawn_in(panel((staged_panel_options){.size = sizeof(staged_panel_options),
                                                 .style = "red",
                                                 .border_style = "bold"},
                          "x"),
                    5, STAGED_COLOR_SYSTEM_STANDARD,
                    "\x1b[1;31m╭───╮\x1b[0m\n"
                    "\x1b[1;31m│\x1b[0m\x1b[31m \x1b[0m\x1b[31mx\x1b[0m\x1b[31m \x1b[0m"
                    "\x1b[1;31m│\x1b[0m\n"
                    "\x1b[1;31m╰───╯\x1b[0m\n");
}

static void test_highlighting_is_asked_for(void **state)
{
    (void)state;
    const staged_panel_options options = {
        .size = sizeof options, .highlight = true, .box = STAGED_BOX_ASCII};
    assert_drawn_in(staged_panel_new(&options, staged_markup_new("42")), 6,
                    STAGED_COLOR_SYSTEM_STANDARD, "+----+\n| \x1b[1;36m42\x1b[0m |\n+----+\n");
    const staged_panel_options plain = {.size = sizeof plain, .box = STAGED_BOX_ASCII};
    assert_drawn_in(staged_panel_new(&plain, staged_markup_new("42")), 6,
                    STAGED_COLOR_SYSTEM_STANDARD, "+----+\n| 42 |\n+----+\n");
}

static void test_a_bad_title_is_reported(void **state)
{
    (void)state;
    staged_renderable *bad = panel(
        (staged_panel_options){.size = sizeof(staged_panel_options), .title = "[/x]"}, "text");
    staged_console *console = text_console(40, STAGED_COLOR_SYSTEM_NONE);
    assert_int_equal(staged_console_print_renderable(console, NULL, bad), STAGED_BAD_MARKUP);
    staged_console_free(console);
    staged_renderable_free(bad);
}

static staged_renderable *make(void)
{
    return panel((staged_panel_options){.size = sizeof(staged_panel_options),
                                        .title = "[b]t[/]",
                                        .subtitle = "s",
                                        .style = "red",
                                        .border_style = "bold",
                                        .expand = STAGED_NO},
                 "text");
}

static void test_out_of_memory(void **state)
{
    (void)state;
    staged_renderable *(*made)(void) = make;
    assert_true(torture(print_made, &made) > 7);
}

TEST_GROUP(panel)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_frames),
        cmocka_unit_test(test_titles),
        cmocka_unit_test(test_hardly_any_room),
        cmocka_unit_test(test_styles),
        cmocka_unit_test(test_highlighting_is_asked_for),
        cmocka_unit_test(test_a_bad_title_is_reported),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
