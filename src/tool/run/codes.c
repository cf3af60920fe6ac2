/* SPDX-License-Identifier: BSD-3-Clause */
#include "tool/run/codes.h"

#include <stddef.h>
#include <string.h>

/* Reads a number, capped above the largest exit status.  Returns whether there is one. */
static bool read_number(const char **text, int *number)
{
    const char *begin = *text;
    *number = 0;
    for (; **text >= '0' && **text <= '9'; (*text)++)
        *number = *number < TOOL_CODE_COUNT ? *number * 10 + (**text - '0') : *number;
    return *text > begin;
}

tool_codes_result tool_codes_add(tool_codes *codes, const char *text)
{
    tool_codes_result result = TOOL_CODES_READ;
    for (;; text++) {
        int first, last;
        if (!read_number(&text, &first))
            return TOOL_CODES_NONE;
        last = first;
        if (*text == '-') {
            text++;
            if (!read_number(&text, &last))
                return TOOL_CODES_NONE;
        }
        if (last >= TOOL_CODE_COUNT || last < first)
            result = TOOL_CODES_TOO_LARGE;
        for (int code = first; codes != NULL && code <= last && code < TOOL_CODE_COUNT; code++)
            codes->has[code] = true;
        if (*text == '\0')
            return result;
        if (*text != ',')
            return TOOL_CODES_NONE;
    }
}
