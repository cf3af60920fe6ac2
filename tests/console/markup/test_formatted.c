/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/markup/markup.h"
#include "support/consoles.h"
#include "support/torture.h"

static staged_status format(stg_formatted *formatted, const char *text, ...) STAGED_PRINTF(2, 3);

static staged_status format(stg_formatted *formatted, const char *text, ...)
{
    va_list values;
    va_start(values, text);
    const staged_status status = stg_formatted_add_v(formatted, text, values);
    va_end(values);
    return status;
}

static void test_remembers_values(void **state)
{
    (void)state;
    stg_formatted formatted = {0};
    assert_int_equal(format(&formatted, "a %s%d%% [b]%s", "xyz", 12, ""), STAGED_OK);
    const stg_markup markup = stg_formatted_markup(&formatted);
    assert_int_equal(markup.length, strlen("a xyz12% [b]"));
    assert_memory_equal(markup.text, "a xyz12% [b]", markup.length);
    assert_int_equal(markup.data_count, 3);
    assert_int_equal(markup.data[0].start, 2);
    assert_int_equal(markup.data[0].end, 5);
    assert_int_equal(markup.data[1].start, 5);
    assert_int_equal(markup.data[1].end, 7);
    assert_int_equal(markup.data[2].start, 12);
    assert_int_equal(markup.data[2].end, 12);
    stg_formatted_add(&formatted, "[/b]");
    assert_int_equal(format(&formatted, " %s", "more"), STAGED_OK);
    const stg_markup longer = stg_formatted_markup(&formatted);
    assert_string_equal(longer.text, "a xyz12% [b][/b] more");
    assert_int_equal(longer.data_count, 4);
    assert_int_equal(longer.data[3].start, 17);
    stg_formatted_free(&formatted);
}

static staged_status format_much(void *context)
{
    (void)context;
    stg_formatted formatted = {0};
    const staged_status status = format(&formatted, "%s %d %s", "a", 1, "b");
    stg_formatted_free(&formatted);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_true(torture(format_much, NULL) > 1);
}

TEST_GROUP(formatted)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_remembers_values),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
