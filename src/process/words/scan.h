/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Reading a command word by word. */
#ifndef STG_PROCESS_WORDS_SCAN_H
#define STG_PROCESS_WORDS_SCAN_H

#include <stdbool.h>
#include <stddef.h>

typedef enum stg_scan_result {
    STG_SCAN_WORD,
    STG_SCAN_END,
    STG_SCAN_OPEN_QUOTE, /* the text ends inside a quotation */
    STG_SCAN_OPEN_ESCAPE /* the text ends after a backslash */
} stg_scan_result;

typedef struct stg_scan {
    const char *at; /* what comes next */
    const char *end;
    char *out; /* where the next word's characters go */
    /* Of the word read last: */
    char *word; /* without its quotes, ended with NUL */
    /* As it is written, without the line continuations that it begins or ends with. */
    const char *source, *source_end;
    bool begins_line; /* a line ended between the word before and this one */
} stg_scan;

/* Begins to read `length` bytes; `out` has room for `length` + 1. */
stg_scan stg_scan_begin(const char *text, size_t length, char *out);
stg_scan_result stg_scan_next(stg_scan *scan);

#endif
