/* SPDX-License-Identifier: BSD-3-Clause */
#include <staged/version.h>

const char *staged_version(void)
{
    return STAGED_VERSION;
}
