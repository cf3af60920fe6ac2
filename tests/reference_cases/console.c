/* SPDX-License-Identifier: BSD-3-Clause */
#include "reference_check.h"

static char *run(const json_t *test_case, bool *passed)
{
    (void)test_case;
    *passed = false;
    return NULL;
}

const reference_kind reference_console = {.name = "console", .run = run};
