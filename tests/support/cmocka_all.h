/* SPDX-License-Identifier: BSD-3-Clause
 *
 * cmocka, with the headers that it needs before it, and surroundings that are the same everywhere.
 */
#ifndef STAGED_TESTS_CMOCKA_ALL_H
#define STAGED_TESTS_CMOCKA_ALL_H

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

/* cmocka 1.1.5 tells TAP of it as of a failure: what cannot be tested says so, and returns. */
#undef skip

/* What a test opens must not become a standard stream that it was run without, and what it prints
 * must not follow what whoever runs it likes. */
__attribute__((constructor)) static void surround(void)
{
    static const char *const liked[] = {"COLUMNS",        "LINES",          "TERM",
                                        "COLORTERM",      "FORCE_COLOR",    "NO_COLOR",
                                        "TTY_COMPATIBLE", "TTY_INTERACTIVE"};
    for (size_t i = 0; i < sizeof liked / sizeof liked[0]; i++)
        (void)unsetenv(liked[i]);
    int fd;
    while ((fd = open("/dev/null", O_RDWR)) >= 0 && fd <= STDERR_FILENO)
        continue;
    (void)close(fd);
}

#endif
