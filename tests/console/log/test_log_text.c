/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/log/log_line.h"
#include "support/consoles.h"

static int64_t before_1970(void *context)
{
    (void)context;
    return -1;
}

static staged_status no_sleep(void *context, int64_t nanoseconds)
{
    (void)context;
    (void)nanoseconds;
    return STAGED_OK;
}

static void test_the_time_has_a_format(void **state)
{
    (void)state;
    static const staged_clock clock = {before_1970, before_1970, no_sleep, NULL};
    const staged_console_options options = {.size = sizeof options,
                                            .to_text = true,
                                            .log_time_format = "%Y-%m-%d é %X",
                                            .clock = &clock,
                                            .environment = empty_environment};
    staged_console *console = staged_console_new(&options);
    stg_console_lock(console);
    stg_draw draw = stg_console_begin(console);
    assert_true(stg_log_tell_time(console));
    stg_text time = stg_log_time(console, &draw);
    assert_text(&time, "1969-12-31 é 23:59:59");
    console->log.time_told = true;
    assert_true(stg_log_tell_time(console));
    time = stg_log_time(console, &draw);
    assert_text(&time, "                     ");
    assert_int_equal(stg_console_finish(console, &draw), STAGED_OK);
    staged_console_free(console);
}

static void assert_path(const stg_log_place *place, const char *expected, const char *link)
{
    drawing d;
    stg_draw *draw = begin_drawing(&d);
    const stg_text text = stg_log_path(draw, place);
    assert_text(&text, expected);
    if (link == NULL) {
        assert_int_equal(text.span_count, 0);
    } else {
        const stg_style *style = &text.spans[text.span_count - 1].style;
        assert_int_equal(style->link_length, strlen(link));
        if (style->link_length > 0)
            assert_memory_equal(style->link, link, style->link_length);
    }
    end_drawing(&d);
}

static void test_paths(void **state)
{
    (void)state;
    assert_path(&(stg_log_place){.path = "a.c", .line = 12}, "a.c:12", NULL);
    assert_path(&(stg_log_place){.path = "a.c"}, "a.c", NULL);
    assert_path(&(stg_log_place){.path = "a.c", .line = 12, .link = "/x/a.c"}, "a.c:12",
                "file:///x/a.c#12");
    assert_path(&(stg_log_place){.path = "a.c", .link = "/x/a.c"}, "a.c", "file:///x/a.c");
    assert_path(&(stg_log_place){.path = "日\x1b.c", .line = -7, .link = "/x y"}, "日␛.c:-7", "");
}

TEST_GROUP(log_text)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_time_has_a_format),
        cmocka_unit_test(test_paths),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
