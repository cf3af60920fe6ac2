/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A growing list of words that it owns, ended with NULL, as a program gets them. */
#ifndef SUPPORT_WORD_LIST_H
#define SUPPORT_WORD_LIST_H

#include <stddef.h>

/* All zero is an empty list. */
typedef struct word_list {
    char **items; /* NULL while nothing was added */
    size_t count;
    size_t capacity;
} word_list;

/* Adds a word, or `length` bytes as one.  Without memory the test is over. */
void word_list_add(word_list *words, const char *word);
void word_list_add_bytes(word_list *words, const char *bytes, size_t length);
void word_list_free(word_list *words);

#endif
