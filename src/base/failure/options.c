/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/failure/options.h"

#include <stdbool.h>
#include <string.h>

static bool is_zero(const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (bytes[i] != 0)
            return false;
    }
    return true;
}

const char *stg_read_options(void *ours, const void *given, size_t size, const char *no_size,
                             const char *too_new)
{
    size_t given_size = sizeof given_size;
    const char *problem = NULL;
    memset(ours, 0, size);
    if (given != NULL) {
        memcpy(&given_size, given, sizeof given_size);
        if (given_size < sizeof given_size)
            problem = no_size;
        else if (given_size > size && !is_zero((const char *)given + size, given_size - size))
            problem = too_new;
    }
    if (given != NULL && problem == NULL)
        memcpy(ours, given, given_size < size ? given_size : size);
    memcpy(ours, &size, sizeof size);
    return problem;
}
