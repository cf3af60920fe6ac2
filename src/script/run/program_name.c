/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The running program's name, where each system keeps it. */
#include <errno.h>
#include <stdlib.h>

#include "script/run/program_name.h"

const char *stg_program_name(void)
{
#if defined(__linux__)
    return program_invocation_name;
#elif defined(__APPLE__) || defined(__FreeBSD__) || defined(__NetBSD__) || defined(__OpenBSD__) || \
    defined(__DragonFly__)
    return getprogname();
#else
    return "script";
#endif
}
