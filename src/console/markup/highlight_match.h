/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The matchers of highlight.c.  Each function tries one place, and returns where the match ends, or
 * 0. */
#ifndef STG_CONSOLE_MARKUP_HIGHLIGHT_MATCH_H
#define STG_CONSOLE_MARKUP_HIGHLIGHT_MATCH_H

#include <stdbool.h>
#include <stddef.h>

typedef struct stg_subject {
    const char *text; /* clean UTF-8 */
    size_t length;
} stg_subject;

/* Whether the character before, or at, a place belongs to a word. */
bool stg_word_before(const stg_subject *s, size_t at);
bool stg_word_at(const stg_subject *s, size_t at);
/* The end of the word characters from `at` on. */
size_t stg_match_word(const stg_subject *s, size_t at);
/* The end of the hexadecimal digits from `at` on, at most `limit` of them. */
size_t stg_match_hex(const stg_subject *s, size_t at, size_t limit);

size_t stg_match_ipv4(const stg_subject *s, size_t at);
size_t stg_match_ipv6(const stg_subject *s, size_t at);
size_t stg_match_eui64(const stg_subject *s, size_t at);
size_t stg_match_eui48(const stg_subject *s, size_t at);
size_t stg_match_uuid(const stg_subject *s, size_t at);
size_t stg_match_name(const stg_subject *s, size_t at, const char *name);
size_t stg_match_complex(const stg_subject *s, size_t at);
size_t stg_match_number(const stg_subject *s, size_t at);
/* A path up to its last slash, and the file name that follows. */
size_t stg_match_path(const stg_subject *s, size_t at);
size_t stg_match_filename(const stg_subject *s, size_t at);
size_t stg_match_string(const stg_subject *s, size_t at);
size_t stg_match_url(const stg_subject *s, size_t at);

#endif
