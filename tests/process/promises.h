/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What is promised on some systems only; a build with -Dportable=true has none of it. */
#ifndef STAGED_TESTS_PROMISES_H
#define STAGED_TESTS_PROMISES_H

#include <stdbool.h>

#include "base/system/system.h"
#include "support/cmocka_all.h"

/* Before a command, in a shell: it leaves the process group and the session, where such a one is
 * found all the same. */
#if STG_ON_LINUX
#define LEAVING "setsid "
#else
#define LEAVING ""
#endif

/* Says why a test has nothing to test here; it is to return then.  Not with skip(), which cmocka
 * 1.1.5 reports in a way that counts as a failure. */
static inline bool is_skipped(bool is_missing, const char *needed)
{
    if (is_missing)
        print_message("# skipped: %s\n", needed);
    return is_missing;
}

#endif
