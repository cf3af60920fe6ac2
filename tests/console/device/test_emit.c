/* SPDX-License-Identifier: BSD-3-Clause */
#include <pthread.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "console/device/console_impl.h"
#include "support/consoles.h"

/* A console whose every write is one packet. */
static staged_console *packet_console(int sockets[2])
{
    assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, sockets), 0);
    const staged_console_options options = {.size = sizeof options,
                                            .fd = sockets[1],
                                            .force_terminal = STAGED_YES,
                                            .color_system = STAGED_COLOR_SYSTEM_TRUECOLOR,
                                            .ascii = STAGED_NO,
                                            .width = 60,
                                            .height = 25,
                                            .environment = empty_environment};
    return staged_console_new(&options);
}

static void assert_one_packet(int socket)
{
    static char packet[65536];
    assert_true(recv(socket, packet, sizeof packet, 0) > 0);
    assert_int_equal(recv(socket, packet, sizeof packet, MSG_DONTWAIT), -1);
}

static void test_each_call_is_one_write(void **state)
{
    (void)state;
    int sockets[2];
    staged_console *console = packet_console(sockets);
    staged_console_log(console, "[bold]three[/]\nlines %d\n'%s' /a/path", 42, "text");
    assert_one_packet(sockets[0]);
    staged_console_print(console, "[red]one[/] two\nthree");
    assert_one_packet(sockets[0]);
    staged_console_rule(console, NULL, "title");
    assert_one_packet(sockets[0]);
    staged_renderable *panel = staged_panel_new(NULL, staged_markup_new("a\nb\nc"));
    staged_console_print_renderable(console, NULL, panel);
    assert_one_packet(sockets[0]);
    staged_console_log_renderable(console, NULL, panel);
    assert_one_packet(sockets[0]);
    staged_renderable_free(panel);
    staged_console_free(console);
    close(sockets[0]);
    close(sockets[1]);
}

static void test_a_failure_writes_nothing(void **state)
{
    (void)state;
    int sockets[2];
    char byte;
    staged_console *console = packet_console(sockets);
    assert_int_equal(staged_console_print(console, "a [/b] c"), STAGED_BAD_MARKUP);
    assert_string_equal(staged_console_error(console),
                        "closing tag '[/b]' at position 2 doesn't match any open tag");
    assert_int_equal(staged_console_print_renderable(console, NULL, NULL), STAGED_NO_MEMORY);
    assert_int_equal(recv(sockets[0], &byte, 1, MSG_DONTWAIT), -1);
    staged_console_free(console);
    close(sockets[0]);
    close(sockets[1]);
}

static void test_nothing_for_colours_is_set_up_without_them(void **state)
{
    (void)state;
    staged_console *console = text_console(60, STAGED_COLOR_SYSTEM_NONE);
    for (int i = 0; i < 3; i++)
        staged_console_log(console, "[bold]number[/] %d of '%s' in /a/path", i, "x");
    staged_console_print(console, "[link=http://a]42[/] ❤️ 1️⃣");
    assert_false(console->highlighter.ready);
    for (size_t i = 0; i < STG_PREFIXES; i++)
        assert_false(console->palette.prefixes[i].known);
    staged_console_free(console);
    console = text_console(60, STAGED_COLOR_SYSTEM_STANDARD);
    staged_console_print(console, "42");
    assert_true(console->highlighter.ready);
    staged_console_free(console);
}

enum { THREADS = 4, LINES = 200 };

static void *log_lines(void *context)
{
    for (int i = 0; i < LINES; i++)
        staged_console_log_with(context, NULL, "line %d of [green]%s[/]", i, "some [text]");
    return NULL;
}

static void test_lines_of_several_threads_stay_whole(void **state)
{
    (void)state;
    const staged_console_options options = {.size = sizeof options,
                                            .to_text = true,
                                            .width = 40,
                                            .log_time = STAGED_NO,
                                            .environment = empty_environment};
    staged_console *console = staged_console_new(&options);
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, log_lines, console), 0);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    const char *text = staged_console_text(console);
    int lines = 0;
    for (const char *line = text; *line != '\0'; lines++) {
        int number;
        int length = 0;
        assert_int_equal(sscanf(line, "line %d of some [text]%n", &number, &length), 1);
        assert_true(length > 0);
        assert_int_equal(line[length], '\n');
        line += length + 1;
    }
    assert_int_equal(lines, THREADS * LINES);
    staged_console_free(console);
}

static void test_the_recording_has_all_colours(void **state)
{
    (void)state;
    const staged_console_options options = {.size = sizeof options,
                                            .to_text = true,
                                            .record = true,
                                            .ascii = STAGED_NO,
                                            .environment = empty_environment};
    staged_console *console = staged_console_new(&options);
    staged_console_print(console, "[#010203]a[/] 1");
    assert_string_equal(staged_console_text(console), "a 1\n");
    assert_string_equal(stg_buf_text(&console->recorded),
                        "\x1b[38;2;1;2;3ma\x1b[0m \x1b[1;36m1\x1b[0m\n");
    staged_console_free(console);
}

static void add_mark(void *context, stg_buf *out)
{
    (void)context;
    stg_buf_add_text(out, "<off>");
}

static void add_again(void *context, staged_console *console, stg_draw *draw, stg_buf *out)
{
    (void)console;
    (void)draw;
    stg_buf_add_text(out, context);
}

static void test_displays_stay_below(void **state)
{
    (void)state;
    staged_console *console = text_console(20, STAGED_COLOR_SYSTEM_NONE);
    char below[] = "<on>";
    console->below = (stg_below){.take_off = add_mark, .put_on = add_again, .context = below};
    staged_console_print(console, "text");
    assert_string_equal(staged_console_text(console), "<off>text\n<on>");
    console->below = (stg_below){0};
    staged_console_free(console);
}

TEST_GROUP(emit)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_call_is_one_write),
        cmocka_unit_test(test_a_failure_writes_nothing),
        cmocka_unit_test(test_nothing_for_colours_is_set_up_without_them),
        cmocka_unit_test(test_lines_of_several_threads_stay_whole),
        cmocka_unit_test(test_the_recording_has_all_colours),
        cmocka_unit_test(test_displays_stay_below),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
