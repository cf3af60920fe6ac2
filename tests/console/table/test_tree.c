/* SPDX-License-Identifier: BSD-3-Clause */
#include "support/consoles.h"
#include "support/torture.h"

static staged_renderable *add(staged_renderable *tree, const char *label)
{
    return staged_tree_add(tree, NULL, staged_text_new(NULL, label));
}

static staged_renderable *small_tree(staged_tree_options options)
{
    staged_renderable *tree = staged_tree_new(&options, staged_text_new(NULL, "root"));
    add(tree, "one");
    staged_renderable *two = add(tree, "two\nlines");
    add(two, "deep");
    add(add(tree, "three"), "end");
    return tree;
}

static void test_lines(void **state)
{
    (void)state;
    assert_drawn(small_tree((staged_tree_options){.size = sizeof(staged_tree_options)}), 40,
                 "root\n"
                 "├── one\n"
                 "├── two\n"
                 "│   lines\n"
                 "│   └── deep\n"
                 "└── three\n"
                 "    └── end\n");
    assert_drawn(small_tree((staged_tree_options){.size = sizeof(staged_tree_options),
                                                  .guide_style = "bold"}),
                 40,
                 "root\n"
                 "┣━━ one\n"
                 "┣━━ two\n"
                 "┃   lines\n"
                 "┃   ┗━━ deep\n"
                 "┗━━ three\n"
                 "    ┗━━ end\n");
    assert_drawn(
        small_tree((staged_tree_options){.size = sizeof(staged_tree_options), .hide_root = true}),
        40,
        "one\n"
        "two\n"
        "lines\n"
        "└── deep\n"
        "three\n"
        "└── end\n");
    assert_drawn(
        small_tree((staged_tree_options){.size = sizeof(staged_tree_options), .collapsed = true}),
        40, "root\n");
    assert_drawn(small_tree((staged_tree_options){.size = sizeof(staged_tree_options)}), 6,
                 "root\n"
                 "├── on\n"
                 "│   e\n"
                 "├── tw\n"
                 "│   o\n"
                 "│   li\n"
                 "│   ne\n"
                 "│   s\n"
                 "└── th\n"
                 "    re\n"
                 "    e\n");
}

static void test_only_ascii(void **state)
{
    (void)state;
    const staged_console_options options = {
        .size = sizeof options, .to_text = true, .width = 12, .environment = empty_environment};
    staged_console *console = staged_console_new(&options);
    staged_renderable *tree = small_tree(
        (staged_tree_options){.size = sizeof(staged_tree_options), .guide_style = "bold"});
    assert_int_equal(staged_console_print_renderable(console, NULL, tree), STAGED_OK);
    assert_string_equal(staged_console_text(console), "root\n"
                                                      "+-- one\n"
                                                      "+-- two\n"
                                                      "|   lines\n"
                                                      "|   `-- deep\n"
                                                      "`-- three\n"
                                                      "    `-- end\n");
    staged_renderable_free(tree);
    staged_console_free(console);
}

static void test_styles_are_inherited(void **state)
{
    (void)state;
    const staged_tree_options red = {
        .size = sizeof red, .style = "red", .guide_style = "underline2"};
    staged_renderable *tree = staged_tree_new(&red, staged_text_new(NULL, "a"));
    staged_renderable *b = add(tree, "b");
    const staged_tree_options blue = {.size = sizeof blue, .style = "on blue"};
    staged_renderable *c = staged_tree_add(b, &blue, staged_text_new(NULL, "c"));
    assert_non_null(c);
    staged_console *console = text_console(20, STAGED_COLOR_SYSTEM_STANDARD);
    assert_int_equal(staged_console_print_renderable(console, NULL, tree), STAGED_OK);
    assert_string_equal(staged_console_text(console), "\x1b[31ma\x1b[0m\n"
                                                      "╚══ \x1b[31mb\x1b[0m\n"
                                                      "\x1b[44m    \x1b[0m\x1b[44m╚══ \x1b[0m"
                                                      "\x1b[31;44mc\x1b[0m\n");
    /* A branch by itself has the styles that are inherited, but not those that are combined. */
    staged_console_clear_text(console);
    assert_int_equal(staged_console_print_renderable(console, NULL, c), STAGED_OK);
    assert_string_equal(staged_console_text(console), "\x1b[44mc\x1b[0m\n");
    staged_console_clear_text(console);
    assert_int_equal(staged_console_print_renderable(console, NULL, b), STAGED_OK);
    assert_string_equal(staged_console_text(console), "\x1b[31mb\x1b[0m\n"
                                                      "\x1b[44m╚══ \x1b[0m\x1b[31;44mc\x1b[0m\n");
    staged_renderable_free(tree);
    staged_console_free(console);
}

static void test_its_width(void **state)
{
    (void)state;
    const staged_panel_options options = {.size = sizeof options, .expand = STAGED_NO};
    assert_drawn(staged_panel_new(
                     &options, staged_constrain_new(9, small_tree((staged_tree_options){
                                                           .size = sizeof(staged_tree_options)}))),
                 40,
                 "╭───────────╮\n"
                 "│ root      │\n"
                 "│ ├── one   │\n"
                 "│ ├── two   │\n"
                 "│ │   lines │\n"
                 "│ │   └── d │\n"
                 "│ │       e │\n"
                 "│ │       e │\n"
                 "│ │       p │\n"
                 "│ └── three │\n"
                 "│     └── e │\n"
                 "│         n │\n"
                 "│         d │\n"
                 "╰───────────╯\n");
}

static void assert_fails(staged_renderable *tree, staged_status status, const char *message)
{
    staged_console *console = text_console(40, STAGED_COLOR_SYSTEM_NONE);
    assert_int_equal(staged_console_print_renderable(console, NULL, tree), status);
    assert_string_equal(staged_console_error(console), message);
    assert_string_equal(staged_console_text(console), "");
    staged_console_free(console);
    staged_renderable_free(tree);
}

static void test_mistakes_are_reported_when_drawn(void **state)
{
    (void)state;
    staged_renderable *tree =
        small_tree((staged_tree_options){.size = sizeof(staged_tree_options), .collapsed = true});
    const staged_text_options markup = {.size = sizeof markup, .markup = true};
    staged_tree_add(add(add(tree, "x"), "y"), NULL, staged_text_new(&markup, "z[/]"));
    assert_fails(tree, STAGED_BAD_MARKUP, "closing tag '[/]' at position 1 has nothing to close");
    tree = small_tree((staged_tree_options){.size = sizeof(staged_tree_options)});
    assert_null(staged_tree_add(add(tree, "x"), NULL, NULL));
    assert_fails(tree, STAGED_NO_MEMORY, staged_status_text(STAGED_NO_MEMORY));
    tree =
        small_tree((staged_tree_options){.size = sizeof(staged_tree_options), .guide_style = "on"});
    assert_fails(tree, STAGED_BAD_MARKUP, "Failed to get style 'on'; color expected after 'on'");
}

static void test_not_a_tree(void **state)
{
    (void)state;
    staged_renderable *text = staged_text_new(NULL, "x");
    assert_null(add(text, "y"));
    assert_null(add(NULL, "y"));
    assert_null(staged_tree_new(NULL, NULL));
    staged_renderable_free(text);
}

static void test_levels_have_an_end(void **state)
{
    (void)state;
    staged_renderable *tree = staged_tree_new(NULL, staged_text_new(NULL, "x"));
    staged_renderable *deepest = tree;
    int levels = 0;
    for (staged_renderable *next = tree; next != NULL && levels < 1000; levels++) {
        deepest = next;
        next = add(deepest, "y");
    }
    assert_int_equal(levels, STG_DEEPEST);
    assert_fails(tree, STAGED_BAD_USE, "the tree nests too deeply");
}

static staged_renderable *make_tree(void)
{
    return small_tree((staged_tree_options){
        .size = sizeof(staged_tree_options), .style = "red", .guide_style = "bold"});
}

static void test_out_of_memory(void **state)
{
    (void)state;
    staged_renderable *(*make)(void) = make_tree;
    assert_true(torture(print_made, &make) > 10);
}

TEST_GROUP(tree)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_only_ascii),
        cmocka_unit_test(test_styles_are_inherited),
        cmocka_unit_test(test_its_width),
        cmocka_unit_test(test_mistakes_are_reported_when_drawn),
        cmocka_unit_test(test_not_a_tree),
        cmocka_unit_test(test_levels_have_an_end),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
