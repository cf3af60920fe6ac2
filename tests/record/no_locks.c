/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Files as on a file system that has no locks. */
#include <errno.h>
#include <sys/file.h>

int flock(int descriptor, int operation)
{
    (void)descriptor;
    (void)operation;
    errno = ENOLCK;
    return -1;
}
