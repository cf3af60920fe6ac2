/* SPDX-License-Identifier: BSD-3-Clause */
#include <staged/export.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/cmocka_all.h"
#include "support/torture.h"

static staged_console *new_console(bool record)
{
    const staged_console_options options = {.size = sizeof options,
                                            .to_text = true,
                                            .width = 30,
                                            .force_terminal = STAGED_NO,
                                            .color_system = STAGED_COLOR_SYSTEM_NONE,
                                            .record = record};
    return staged_console_new(&options);
}

static void assert_export(staged_console *console, staged_export_options options,
                          const char *expected)
{
    char *document = staged_console_export(console, &options);
    assert_non_null(document);
    assert_non_null(strstr(document, expected));
    free(document);
}

/* All colours are remembered, although none is shown. */
static void test_formats(void **state)
{
    (void)state;
    staged_console *console = new_console(true);
    assert_int_equal(staged_console_print(console, "[#ff8000]orange[/] %s", "[x]"), STAGED_OK);
    assert_string_equal(staged_console_text(console), "orange [x]\n");
    assert_export(console,
                  (staged_export_options){.size = sizeof(staged_export_options), .keep = true},
                  "orange [x]\n");
    assert_export(console,
                  (staged_export_options){.size = sizeof(staged_export_options),
                                          .format = STAGED_EXPORT_ANSI,
                                          .keep = true},
                  "\x1b[38;2;255;128;0morange\x1b[0m \x1b[1m[\x1b[0mx\x1b[1m]\x1b[0m\n");
    assert_export(console,
                  (staged_export_options){.size = sizeof(staged_export_options),
                                          .format = STAGED_EXPORT_HTML,
                                          .inline_styles = true,
                                          .keep = true},
                  "<span style=\"color: #ff8000; text-decoration-color: #ff8000\">orange</span>");
    assert_export(console,
                  (staged_export_options){.size = sizeof(staged_export_options),
                                          .format = STAGED_EXPORT_SVG,
                                          .keep = true},
                  "width=\"366\"");
    char *text = staged_console_export(console, NULL);
    assert_string_equal(text, "orange [x]\n");
    free(text);
    text = staged_console_export(console, NULL);
    assert_string_equal(text, "");
    free(text);
    staged_console_free(console);
}

static void test_without_recording(void **state)
{
    (void)state;
    staged_console *console = new_console(false);
    assert_int_equal(staged_console_print(console, "text"), STAGED_OK);
    char *text = staged_console_export(console, NULL);
    assert_string_equal(text, "");
    free(text);
    staged_console_free(console);
}

static void test_save(void **state)
{
    (void)state;
    char path[] = "/tmp/staged-export-XXXXXX";
    const int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    staged_console *console = new_console(true);
    assert_int_equal(staged_console_print(console, "text"), STAGED_OK);
    assert_int_equal(staged_console_save(console, NULL, "/nonexistent/file"), STAGED_IO);
    assert_string_equal(staged_console_error(console),
                        "cannot write /nonexistent/file: No such file or directory");
    assert_int_equal(staged_console_save(console, NULL, path), STAGED_OK);
    char text[20] = "";
    FILE *file = fopen(path, "r");
    assert_int_equal(fread(text, 1, sizeof text - 1, file), 5);
    assert_string_equal(text, "text\n");
    fclose(file);
    unlink(path);
    char *left = staged_console_export(console, NULL);
    assert_string_equal(left, "");
    free(left);
    staged_console_free(console);
}

static staged_status use(void *context)
{
    (void)context;
    staged_console *console = new_console(true);
    if (console == NULL)
        return STAGED_NO_MEMORY;
    staged_status status = staged_console_print(console, "[red]text");
    char *text = status == STAGED_OK ? staged_console_export(console, NULL) : NULL;
    if (status == STAGED_OK && text == NULL)
        status = STAGED_NO_MEMORY;
    free(text);
    if (status == STAGED_OK)
        status = staged_console_save(console, NULL, "/dev/null");
    staged_console_free(console);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_true(torture_forgiving(use, NULL) > 3);
}

TEST_GROUP(export_console)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_formats),
        cmocka_unit_test(test_without_recording),
        cmocka_unit_test(test_save),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("console export_console", tests, NULL, NULL);
}
