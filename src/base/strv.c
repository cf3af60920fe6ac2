/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/strv.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"

void stg_strv_free(stg_strv *vector)
{
    if (vector == NULL)
        return;
    for (size_t i = 0; i < vector->count; i++)
        free(vector->items[i]);
    free(vector->items);
    *vector = (stg_strv){0};
}

void stg_strv_add_owned(stg_strv *vector, char *text)
{
    if (vector->failed || text == NULL ||
        !stg_grow(&vector->items, &vector->capacity, vector->count + 2, sizeof(char *))) {
        vector->failed = true;
        free(text);
        return;
    }
    vector->items[vector->count++] = text;
    vector->items[vector->count] = NULL;
}

void stg_strv_add_bytes(stg_strv *vector, const char *bytes, size_t length)
{
    char *copy = malloc(length + 1);
    if (copy != NULL) {
        if (length > 0)
            memcpy(copy, bytes, length);
        copy[length] = '\0';
    }
    stg_strv_add_owned(vector, copy);
}

void stg_strv_add(stg_strv *vector, const char *text)
{
    stg_strv_add_bytes(vector, text, strlen(text));
}

static size_t find(const stg_strv *vector, const char *text)
{
    size_t i = 0;
    while (i < vector->count && strcmp(vector->items[i], text) != 0)
        i++;
    return i;
}

bool stg_strv_contains(const stg_strv *vector, const char *text)
{
    return find(vector, text) < vector->count;
}

bool stg_strv_remove(stg_strv *vector, const char *text)
{
    const size_t at = find(vector, text);
    if (at == vector->count)
        return false;
    free(vector->items[at]);
    memmove(vector->items + at, vector->items + at + 1,
            (vector->count - at) * sizeof vector->items[0]);
    vector->count--;
    return true;
}

staged_status stg_strv_status(const stg_strv *vector)
{
    return vector->failed ? STAGED_NO_MEMORY : STAGED_OK;
}
