/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Reading a command word by word. */
#ifndef STG_PROCESS_SCAN_H
#define STG_PROCESS_SCAN_H

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
    const char *source, *source_end;
} stg_scan;

/* Begins to read `length` bytes; `out` has room for `length` + 1. */
stg_scan stg_scan_begin(const char *text, size_t length, char *out);
stg_scan_result stg_scan_next(stg_scan *scan);
bool stg_scan_is_blank(char c);

#endif
