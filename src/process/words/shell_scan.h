/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Reading a command for the shell as far as to know what is quoted, and where words and lines end.
 */
#ifndef STG_PROCESS_WORDS_SHELL_SCAN_H
#define STG_PROCESS_WORDS_SHELL_SCAN_H

#include <stdbool.h>
#include <stddef.h>

typedef enum stg_shell_place {
    STG_SHELL_PLAIN, /* also quotes themselves */
    STG_SHELL_SINGLE,
    STG_SHELL_DOUBLE,
    STG_SHELL_COMMENT,
    STG_SHELL_DOCUMENT /* the lines of a here-document */
} stg_shell_place;

/* One step: a character of ASCII, any other byte, or a backslash and what it takes its meaning. */
typedef struct stg_shell_scan {
    const char *at, *end;
    stg_shell_place place; /* of what is at `at` */
    bool begins_word;      /* unless it is a blank, it begins one */
    bool beyond; /* so far there was what other rules hold for: a here-document, a substitution in
                  * quotes.  What is quoted there is not known for sure */
    bool open;   /* it cannot end here */
    bool arithmetic;
    const char *delimiter; /* of a here-document that begins with the next line; NULL: none */
    size_t delimiter_length;
    bool strips_tabs;
    bool after_document; /* in the line that a here-document ends with */
} stg_shell_scan;

stg_shell_scan stg_shell_scan_begin(const char *text);
/* The length of what is at `at`: 0 at the end, 2 for an escaped byte. */
size_t stg_shell_scan_length(const stg_shell_scan *scan);
void stg_shell_scan_step(stg_shell_scan *scan);

#endif
