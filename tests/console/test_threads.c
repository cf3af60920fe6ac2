/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Several threads on one console.  Run under a thread sanitizer as well:
 *   meson setup build-tsan -Db_sanitize=thread && meson test -C build-tsan "console threads" */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <staged/staged.h>

#include "support/cmocka_all.h"

#define THREADS 8
#define LINES 300

typedef struct worker {
    pthread_t thread;
    staged_console *console;
    int number;
    int failures;
} worker;

/* Logs lines of which some are short and some take several rows. */
static void *log_lines(void *argument)
{
    worker *self = argument;
    for (int i = 0; i < LINES; i++) {
        const int length = i % 7 == 0 ? 150 : 5;
        if (staged_console_log(self->console, "[b]thread-%d[/] %d %.*s", self->number, i, length,
                               "and so on and so on and so on and so on and so on and so on and so "
                               "on and so on and so on and so on and so on and so on and so on and "
                               "so on and so on.") != STAGED_OK)
            self->failures++;
    }
    return NULL;
}

static void start(worker *workers, staged_console *console)
{
    for (int i = 0; i < THREADS; i++) {
        workers[i] = (worker){.console = console, .number = i};
        assert_int_equal(pthread_create(&workers[i].thread, NULL, log_lines, &workers[i]), 0);
    }
}

static void finish(worker *workers)
{
    for (int i = 0; i < THREADS; i++) {
        pthread_join(workers[i].thread, NULL);
        assert_int_equal(workers[i].failures, 0);
    }
}

/* A packet is what one call to the system wrote: it must hold one log line, from its beginning to
 * its end, with all its rows. */
static void test_one_write_a_line(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends), 0);
    staged_console *console = staged_console_new(
        STAGED_OPTIONS(staged_console_options, .fd = ends[1], .width = 80, .highlight = STAGED_NO,
                       .color_system = STAGED_COLOR_SYSTEM_256));
    worker workers[THREADS];
    start(workers, console);
    int next[THREADS] = {0};
    for (int i = 0; i < THREADS * LINES; i++) {
        char packet[4096];
        const ssize_t length = read(ends[0], packet, sizeof packet - 1);
        assert_true(length > 0);
        packet[length] = '\0';
        assert_int_equal(packet[length - 1], '\n');
        const char *mark = strstr(packet, "thread-");
        assert_non_null(mark);
        assert_null(strstr(mark + 1, "thread-"));
        const long number = strtol(mark + strlen("thread-"), NULL, 10);
        assert_true(number >= 0 && number < THREADS);
        next[number]++;
    }
    finish(workers);
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(next[i], LINES);
    staged_console_free(console);
    close(ends[0]);
    close(ends[1]);
}

static const char *nothing(void *context, const char *name)
{
    (void)context;
    (void)name;
    return NULL;
}

/* All that moves, while threads log above it. */
static void test_below_live_displays(void **state)
{
    (void)state;
    staged_console *console =
        staged_console_new(STAGED_OPTIONS(staged_console_options, .to_text = true, .width = 80,
                                          .force_terminal = STAGED_YES, .environment = nothing));
    staged_live *live =
        staged_live_new(console, STAGED_OPTIONS(staged_live_options, .refresh_per_second = 2000),
                        staged_markup_new("0"));
    staged_progress *progress = staged_progress_new(
        console, STAGED_OPTIONS(staged_progress_options, .refresh_per_second = 2000));
    const staged_task task = staged_progress_add_task(progress, NULL, "logging");
    staged_status_line *line = staged_status_line_new(console, NULL, "busy");
    worker workers[THREADS];
    start(workers, console);
    for (int i = 1; i <= 100; i++) {
        assert_int_equal(staged_live_update_take(live, staged_markup_new("%d", i)), STAGED_OK);
        assert_int_equal(staged_status_line_update(line, "busy with %d", i), STAGED_OK);
        staged_progress_advance(progress, task, 1);
        if (i % 20 == 0) {
            assert_int_equal(staged_console_pause(console), STAGED_OK);
            assert_int_equal(staged_console_resume(console), STAGED_OK);
        }
    }
    finish(workers);
    staged_live_free(live);
    staged_progress_free(progress);
    staged_status_line_free(line);
    const char *text = staged_console_text(console);
    size_t lines = 0;
    for (const char *found = text; (found = strstr(found, "thread-")) != NULL; found++)
        lines++;
    assert_int_equal(lines, THREADS * LINES);
    staged_console_free(console);
}

/* Each call that a console has. */
static void *use_all(void *argument)
{
    worker *self = argument;
    staged_console *console = self->console;
    staged_renderable *table = staged_rule_new(NULL, "drawn");
    for (int i = 0; i < 50; i++) {
        self->failures +=
            staged_console_print(console, "[b]print[/] %d", i) != STAGED_OK ||
            staged_console_print_text(console, NULL, "as it is") != STAGED_OK ||
            staged_console_print_renderable(console, NULL, table) != STAGED_OK ||
            staged_console_log_renderable(console, NULL, table) != STAGED_OK ||
            staged_console_rule(console, NULL, "rule") != STAGED_OK ||
            staged_console_set_style(console, "mine", i % 2 == 0 ? "bold" : "red") != STAGED_OK ||
            staged_console_print(console, "[mine]styled") != STAGED_OK ||
            staged_console_print(console, "[/]") != STAGED_BAD_MARKUP ||
            staged_console_width(console) != 80 || staged_console_height(console) <= 0 ||
            !staged_console_is_terminal(console) || staged_console_flush(console) != STAGED_OK;
        if (i % 10 == 0)
            free(staged_console_export(console, NULL));
    }
    staged_renderable_free(table);
    return NULL;
}

static void test_all_calls(void **state)
{
    (void)state;
    staged_console *console = staged_console_new(
        STAGED_OPTIONS(staged_console_options, .to_text = true, .width = 80, .record = true,
                       .force_terminal = STAGED_YES, .environment = nothing));
    worker workers[THREADS];
    for (int i = 0; i < THREADS; i++) {
        workers[i] = (worker){.console = console, .number = i};
        assert_int_equal(pthread_create(&workers[i].thread, NULL, use_all, &workers[i]), 0);
    }
    finish(workers);
    staged_console_free(console);
}

TEST_GROUP(threads)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_write_a_line),
        cmocka_unit_test(test_below_live_displays),
        cmocka_unit_test(test_all_calls),
    };
    return cmocka_run_group_tests_name("console threads", tests, NULL, NULL);
}
