/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/export/export.h"

#include <stdlib.h>

#include "support/cmocka_all.h"
#include "support/torture.h"

static const char run[] = "\x1b[1mbold\x1b[0m & \x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\\nnext";

static void test_text(void **state)
{
    (void)state;
    char *text = staged_export_ansi(NULL, run, sizeof run - 1);
    assert_string_equal(text, "bold & link\nnext");
    free(text);
}

static void test_ansi(void **state)
{
    (void)state;
    const staged_export_options options = {.size = sizeof options, .format = STAGED_EXPORT_ANSI};
    char *text = staged_export_ansi(&options, run, sizeof run - 1);
    assert_string_equal(text, run);
    free(text);
    text = staged_export_ansi(&options, "", 0);
    assert_string_equal(text, "");
    free(text);
}

static staged_status use(void *context)
{
    char *text = staged_export_ansi(context, run, sizeof run - 1);
    const staged_status status = text == NULL ? STAGED_NO_MEMORY : STAGED_OK;
    free(text);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    for (int format = STAGED_EXPORT_TEXT; format <= STAGED_EXPORT_SVG; format++) {
        staged_export_options options = {
            .size = sizeof options, .format = (staged_export_format)format, .title = "t"};
        assert_true(torture(use, &options) > 0);
    }
}

TEST_GROUP(export)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_ansi),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("console export", tests, NULL, NULL);
}
