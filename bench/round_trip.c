/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What a round trip through two pipes takes, between this process and another: prints the
 * microseconds of one.  shell_scripts.py compares verbs with it.
 *
 *     round_trip [COUNT] */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static double now_us(void)
{
    struct timespec now = {0};
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static void reply_to_all(int from, int to)
{
    char byte;
    while (read(from, &byte, 1) == 1 && write(to, &byte, 1) == 1)
        continue;
    _exit(0);
}

int main(int argc, char **argv)
{
    const long count = argc > 1 ? atol(argv[1]) : 20000;
    int there[2], back[2];
    if (count <= 0 || pipe(there) != 0 || pipe(back) != 0)
        return 1;
    const pid_t other = fork();
    if (other < 0)
        return 1;
    if (other == 0) {
        (void)close(there[1]);
        reply_to_all(there[0], back[1]);
    }
    const double begin_us = now_us();
    char byte = 'x';
    for (long i = 0; i < count; i++) {
        if (write(there[1], &byte, 1) != 1 || read(back[0], &byte, 1) != 1)
            return 1;
    }
    printf("%.2f\n", (now_us() - begin_us) / (double)count);
    return 0;
}
