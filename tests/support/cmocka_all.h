/* SPDX-License-Identifier: BSD-3-Clause
 *
 * cmocka, with the headers that it needs before it; and standard streams, which a test may be run
 * without: what it opens would become one of them. */
#ifndef STAGED_TESTS_CMOCKA_ALL_H
#define STAGED_TESTS_CMOCKA_ALL_H

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <unistd.h>

#include <cmocka.h>

__attribute__((constructor)) static void have_standard_streams(void)
{
    int fd;
    while ((fd = open("/dev/null", O_RDWR)) >= 0 && fd <= STDERR_FILENO)
        continue;
    (void)close(fd);
}

#endif
