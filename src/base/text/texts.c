/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/text/texts.h"

#include <string.h>

bool stg_same_texts(const char *const *a, const char *const *b)
{
    while (*a != NULL && *b != NULL && strcmp(*a, *b) == 0) {
        a++;
        b++;
    }
    return *a == NULL && *b == NULL;
}
