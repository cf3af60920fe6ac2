/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/memory/search.h"

#include <string.h>

typedef struct wanted_name {
    const char *text;
    size_t length;
} wanted_name;

/* As strcmp, for a name without a NUL. */
static int compare(const void *row, const wanted_name *wanted)
{
    const char *name = *(const char *const *)row;
    size_t i = 0;
    /* Names differ within their first characters: a call of strncmp costs more. */
    while (i < wanted->length && name[i] == wanted->text[i] && name[i] != '\0')
        i++;
    if (i == wanted->length)
        return name[i] != '\0';
    return name[i] == '\0' ? -1 : (unsigned char)name[i] - (unsigned char)wanted->text[i];
}

static bool is_before(const void *row, const void *wanted)
{
    return compare(row, wanted) < 0;
}

size_t stg_search_name(const void *rows, size_t count, size_t size, const char *name, size_t length,
                       bool *found)
{
    const wanted_name wanted = {name, length};
    const size_t at = stg_search(rows, count, size, is_before, &wanted);
    *found = at < count && compare((const char *)rows + at * size, &wanted) == 0;
    return at;
}
