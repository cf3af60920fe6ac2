/* SPDX-License-Identifier: BSD-3-Clause */
#include "support/word_list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory/grow.h"

void word_list_add_bytes(word_list *words, const char *bytes, size_t length)
{
    char *copy = malloc(length + 1);
    if (copy == NULL || !stg_grow(&words->items, &words->capacity, words->count + 2, sizeof copy)) {
        perror("word_list");
        abort();
    }
    if (length > 0)
        memcpy(copy, bytes, length);
    copy[length] = '\0';
    words->items[words->count++] = copy;
    words->items[words->count] = NULL;
}

void word_list_add(word_list *words, const char *word)
{
    word_list_add_bytes(words, word, strlen(word));
}

void word_list_free(word_list *words)
{
    for (size_t i = 0; i < words->count; i++)
        free(words->items[i]);
    free(words->items);
    *words = (word_list){0};
}
