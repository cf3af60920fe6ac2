/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Log lines a second to /dev/null, plain and in truecolor with highlighting.  Beside it,
 * console_log.py does the same with Rich.  The time of the processor that a line takes is the
 * figure to compare where other programs run at the same time. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include <staged/clock.h>
#include <staged/console.h>

static double processor_us(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e6 +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

static void measure(const char *name, staged_color_system colors, long lines, int fd)
{
    const staged_console_options options = {
        .size = sizeof options,
        .fd = fd,
        .force_terminal = colors == STAGED_COLOR_SYSTEM_NONE ? STAGED_NO : STAGED_YES,
        .color_system = colors,
        .ascii = STAGED_NO,
        .width = 100,
        .height = 25};
    staged_console *console = staged_console_new(&options);
    if (console == NULL)
        exit(1);
    const staged_clock *clock = staged_clock_system();
    const double processor_start = processor_us();
    const int64_t start = clock->monotonic_ns(clock->context);
    for (long i = 0; i < lines; i++) {
        if (staged_console_log(console, "[green]Processing[/green] %s: %ld of %d, ok=%s",
                               "/var/lib/data/file.txt", i, 1000000, "True") != STAGED_OK)
            exit(1);
    }
    const double seconds = (double)(clock->monotonic_ns(clock->context) - start) / 1e9;
    const double each_us = (processor_us() - processor_start) / (double)lines;
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("%-10s %9ld lines  %10.0f lines/s  %8.2f us each  peak %ld KiB\n", name, lines,
           (double)lines / seconds, each_us, usage.ru_maxrss);
    staged_console_free(console);
}

int main(int argc, char **argv)
{
    const long lines = argc > 1 ? atol(argv[1]) : 1000000;
    const int fd = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return 1;
    measure("plain", STAGED_COLOR_SYSTEM_NONE, lines, fd);
    measure("truecolor", STAGED_COLOR_SYSTEM_TRUECOLOR, lines, fd);
    return close(fd);
}
