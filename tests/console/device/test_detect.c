/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/device/detect.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "support/cmocka_all.h"

/* Recorded from Rich: an environment, and what a console finds out in it that writes to a terminal
 * of 101 columns and 33 lines, and one that writes to a pipe where no stream is a terminal. */
static const struct {
    const char *environment;
    const char *on_terminal;
    const char *in_pipe;
} recorded[] = {
    {"", "terminal, interactive, 16 colors, 101x33", "no colors, 80x25"},
    {"TERM=xterm;", "terminal, interactive, 16 colors, 101x33", "no colors, 80x25"},
    {"TERM=xterm-256color;", "terminal, interactive, 256 colors, 101x33", "no colors, 80x25"},
    {"TERM=XTERM-256COLOR;", "terminal, interactive, 256 colors, 101x33", "no colors, 80x25"},
    {"TERM=xterm-kitty;", "terminal, interactive, 256 colors, 101x33", "no colors, 80x25"},
    {"TERM=kitty;", "terminal, interactive, 256 colors, 101x33", "no colors, 80x25"},
    {"TERM=linux-16color;", "terminal, interactive, 16 colors, 101x33", "no colors, 80x25"},
    {"TERM=xterm-direct;", "terminal, interactive, 16 colors, 101x33", "no colors, 80x25"},
    {"TERM=dumb;", "terminal, dumb, no colors, 80x25", "no colors, 80x25"},
    {"TERM=Unknown;", "terminal, dumb, no colors, 80x25", "no colors, 80x25"},
    {"TERM=256color;", "terminal, interactive, 256 colors, 101x33", "no colors, 80x25"},
    {"TERM= xterm-256color ;", "terminal, interactive, 256 colors, 101x33", "no colors, 80x25"},
    {"TERM=xterm- 256color;", "terminal, interactive, 16 colors, 101x33", "no colors, 80x25"},
    {"TERM=a-b-256color;", "terminal, interactive, 256 colors, 101x33", "no colors, 80x25"},
    {"COLORTERM=truecolor;", "terminal, interactive, true colors, 101x33", "no colors, 80x25"},
    {"COLORTERM=24bit;", "terminal, interactive, true colors, 101x33", "no colors, 80x25"},
    {"COLORTERM= TrueColor ;", "terminal, interactive, true colors, 101x33", "no colors, 80x25"},
    {"COLORTERM=yes;", "terminal, interactive, 16 colors, 101x33", "no colors, 80x25"},
    {"COLORTERM=;", "terminal, interactive, 16 colors, 101x33", "no colors, 80x25"},
    {"TERM=dumb;COLORTERM=truecolor;", "terminal, dumb, no colors, 80x25", "no colors, 80x25"},
    {"FORCE_COLOR=;", "no colors, 101x33", "no colors, 80x25"},
    {"FORCE_COLOR=0;", "terminal, interactive, 16 colors, 101x33",
     "terminal, interactive, 16 colors, 80x25"},
    {"FORCE_COLOR=1;", "terminal, interactive, 16 colors, 101x33",
     "terminal, interactive, 16 colors, 80x25"},
    {"FORCE_COLOR=1;TERM=dumb;", "terminal, dumb, no colors, 80x25",
     "terminal, dumb, no colors, 80x25"},
    {"FORCE_COLOR=1;TTY_COMPATIBLE=0;", "no colors, 101x33", "no colors, 80x25"},
    {"FORCE_COLOR=;TTY_COMPATIBLE=1;", "terminal, interactive, 16 colors, 101x33",
     "terminal, interactive, 16 colors, 80x25"},
    {"TTY_COMPATIBLE=0;", "no colors, 101x33", "no colors, 80x25"},
    {"TTY_COMPATIBLE=1;", "terminal, interactive, 16 colors, 101x33",
     "terminal, interactive, 16 colors, 80x25"},
    {"TTY_COMPATIBLE=2;", "terminal, interactive, 16 colors, 101x33", "no colors, 80x25"},
    {"TTY_COMPATIBLE=;", "terminal, interactive, 16 colors, 101x33", "no colors, 80x25"},
    {"TTY_INTERACTIVE=0;", "terminal, 16 colors, 101x33", "no colors, 80x25"},
    {"TTY_INTERACTIVE=1;", "terminal, interactive, 16 colors, 101x33",
     "interactive, no colors, 80x25"},
    {"TTY_INTERACTIVE=2;", "terminal, interactive, 16 colors, 101x33", "no colors, 80x25"},
    {"TTY_INTERACTIVE=;", "terminal, interactive, 16 colors, 101x33", "no colors, 80x25"},
    {"TTY_INTERACTIVE=1;TERM=dumb;", "terminal, dumb, interactive, no colors, 80x25",
     "interactive, no colors, 80x25"},
    {"NO_COLOR=;", "terminal, interactive, 16 colors, 101x33", "no colors, 80x25"},
    {"NO_COLOR=0;", "terminal, interactive, NO_COLOR, 16 colors, 101x33",
     "NO_COLOR, no colors, 80x25"},
    {"NO_COLOR=1;", "terminal, interactive, NO_COLOR, 16 colors, 101x33",
     "NO_COLOR, no colors, 80x25"},
    {"COLUMNS=50;", "terminal, interactive, 16 colors, 50x33", "no colors, 50x25"},
    {"LINES=10;", "terminal, interactive, 16 colors, 101x10", "no colors, 80x10"},
    {"COLUMNS=50;LINES=10;", "terminal, interactive, 16 colors, 50x10", "no colors, 50x10"},
    {"COLUMNS=x;", "terminal, interactive, 16 colors, 101x33", "no colors, 80x25"},
    {"COLUMNS=-5;", "terminal, interactive, 16 colors, 101x33", "no colors, 80x25"},
    {"COLUMNS=;", "terminal, interactive, 16 colors, 101x33", "no colors, 80x25"},
    {"COLUMNS=050;", "terminal, interactive, 16 colors, 50x33", "no colors, 50x25"},
    {"COLUMNS= 50;", "terminal, interactive, 16 colors, 101x33", "no colors, 80x25"},
    {"COLUMNS=50;TERM=dumb;", "terminal, dumb, no colors, 80x25", "no colors, 50x25"},
    {"COLUMNS=50;LINES=10;TERM=dumb;", "terminal, dumb, no colors, 50x10", "no colors, 50x10"},
    {"TERM=dumb;LINES=9;", "terminal, dumb, no colors, 80x25", "no colors, 80x9"},
};

/* Looks up in "NAME=VALUE;NAME=VALUE;". */
static const char *look_up(void *context, const char *name)
{
    static char value[64];
    const size_t length = strlen(name);
    for (const char *entry = context; *entry != '\0'; entry = strchr(entry, ';') + 1) {
        if (strncmp(entry, name, length) != 0 || entry[length] != '=')
            continue;
        const char *start = entry + length + 1;
        snprintf(value, sizeof value, "%.*s", (int)strcspn(start, ";"), start);
        return value;
    }
    return NULL;
}

static stg_environment environment(const char *text)
{
    return (stg_environment){look_up, (void *)(uintptr_t)text};
}

static void describe(int fd, const char *variables, const stg_detect_options *options, char *text,
                     size_t size)
{
    static const char *const colors[] = {"no", "16", "256", "true"};
    const stg_environment env = environment(variables);
    const stg_detected found = stg_detect(fd, &env, options);
    int width;
    int height;
    stg_detect_size(fd, &env, options, &width, &height);
    snprintf(text, size, "%s%s%s%s%s colors, %dx%d", found.terminal ? "terminal, " : "",
             found.dumb ? "dumb, " : "", found.interactive ? "interactive, " : "",
             found.no_color ? "NO_COLOR, " : "", colors[found.colors], width, height);
}

static int open_terminal(unsigned short columns, unsigned short lines)
{
    const int master = posix_openpt(O_RDWR | O_NOCTTY);
    assert_true(master >= 0);
    assert_int_equal(grantpt(master), 0);
    assert_int_equal(unlockpt(master), 0);
    const struct winsize size = {.ws_col = columns, .ws_row = lines};
    assert_int_equal(ioctl(master, TIOCSWINSZ, &size), 0);
    const int fd = open(ptsname(master), O_RDWR | O_NOCTTY);
    assert_true(fd >= 0);
    return fd;
}

/* Where the test itself runs at a terminal, its size is found for want of another. */
static bool at_terminal(void)
{
    return isatty(0) || isatty(1) || isatty(2);
}

static void test_recorded(void **state)
{
    (void)state;
    const int fd = open_terminal(101, 33);
    char text[200];
    for (size_t i = 0; i < sizeof recorded / sizeof *recorded; i++) {
        describe(fd, recorded[i].environment, NULL, text, sizeof text);
        assert_string_equal(text, recorded[i].on_terminal);
        describe(-1, recorded[i].environment, NULL, text, sizeof text);
        if (!at_terminal())
            assert_string_equal(text, recorded[i].in_pipe);
    }
    close(fd);
}

static void test_options(void **state)
{
    (void)state;
    const int fd = open_terminal(101, 33);
    char text[200];
    describe(fd, "", &(stg_detect_options){.force_terminal = STAGED_NO}, text, sizeof text);
    assert_string_equal(text, "no colors, 101x33");
    describe(-1, "FORCE_COLOR=;TTY_COMPATIBLE=0;COLUMNS=7;LINES=8;",
             &(stg_detect_options){.force_terminal = STAGED_YES}, text, sizeof text);
    assert_string_equal(text, "terminal, interactive, 16 colors, 7x8");
    describe(fd, "TTY_INTERACTIVE=1;", &(stg_detect_options){.force_interactive = STAGED_NO}, text,
             sizeof text);
    assert_string_equal(text, "terminal, 16 colors, 101x33");
    describe(fd, "COLUMNS=7;", &(stg_detect_options){.width = 50}, text, sizeof text);
    assert_string_equal(text, "terminal, interactive, 16 colors, 50x33");
    describe(fd, "TERM=dumb;", &(stg_detect_options){.width = 50}, text, sizeof text);
    assert_string_equal(text, "terminal, dumb, no colors, 50x25");
    close(fd);
}

static void test_size(void **state)
{
    (void)state;
    const stg_environment empty = environment("");
    const stg_environment huge = environment("COLUMNS=99999999999999999999;LINES=0;");
    int width;
    int height;
    const int none = open_terminal(0, 0);
    stg_detect_size(none, &empty, NULL, &width, &height);
    assert_int_equal(width, 80);
    assert_int_equal(height, 25);
    stg_detect_size(none, &huge, NULL, &width, &height);
    assert_int_equal(width, 1000000);
    assert_int_equal(height, 25);
    close(none);
    const int fd = open_terminal(40, 10);
    stg_detect_size(fd, &empty, NULL, &width, &height);
    assert_int_equal(width, 40);
    const struct winsize size = {.ws_col = 60, .ws_row = 20};
    assert_int_equal(ioctl(fd, TIOCSWINSZ, &size), 0);
    stg_detect_size(fd, &empty, NULL, &width, &height);
    assert_int_equal(width, 60);
    assert_int_equal(height, 20);
    close(fd);
}

static bool utf8(const char *variables)
{
    const stg_environment env = environment(variables);
    return stg_detect(-1, &env, NULL).utf8;
}

static void test_encoding(void **state)
{
    (void)state;
    assert_false(utf8(""));
    assert_false(utf8("LANG=C;"));
    assert_false(utf8("LANG=POSIX;"));
    assert_false(utf8("LANG=de_DE;"));
    assert_false(utf8("LANG=de_DE.ISO-8859-1;"));
    assert_true(utf8("LANG=de_DE.UTF-8;"));
    assert_true(utf8("LANG=C.utf8;"));
    assert_true(utf8("LC_CTYPE=UTF-8;"));
    assert_true(utf8("LANG=ca_ES.UTF-8@valencia;"));
    assert_true(utf8("LANG=C;LC_CTYPE=C.UTF-8;"));
    assert_false(utf8("LANG=C.UTF-8;LC_ALL=C;"));
    assert_true(utf8("LANG=C.UTF-8;LC_ALL=;"));
}

static void test_own_environment(void **state)
{
    (void)state;
    setenv("TTY_COMPATIBLE", "1", 1);
    assert_true(stg_detect(-1, NULL, NULL).terminal);
    setenv("TTY_COMPATIBLE", "0", 1);
    assert_false(stg_detect(-1, NULL, NULL).terminal);
    unsetenv("TTY_COMPATIBLE");
}

TEST_GROUP(detect)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_recorded),
        cmocka_unit_test(test_options),
        cmocka_unit_test(test_size),
        cmocka_unit_test(test_encoding),
        cmocka_unit_test(test_own_environment),
    };
    return cmocka_run_group_tests_name("console detect", tests, NULL, NULL);
}
