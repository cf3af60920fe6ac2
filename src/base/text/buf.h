/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A growing text or byte buffer.  A failure sticks: after one, further additions do nothing, so
 * callers append freely and check once, at the end. */
#ifndef STG_BASE_TEXT_BUF_H
#define STG_BASE_TEXT_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <staged/status.h>

/* All zero is an empty buffer without a limit. */
typedef struct stg_buf {
    char *data; /* NULL or ended with NUL; may hold NULs */
    size_t length;
    size_t capacity;
    size_t maximum; /* longest length allowed; 0: none */
    staged_status
        failure; /* STAGED_OK, STAGED_NO_MEMORY, or STAGED_BAD_INPUT when past `maximum` */
} stg_buf;

void stg_buf_free(stg_buf *buf);
/* Forgets the contents and the failure, keeps the memory. */
void stg_buf_clear(stg_buf *buf);
/* Cuts to `length` if longer. */
void stg_buf_truncate(stg_buf *buf, size_t length);

void stg_buf_add(stg_buf *buf, const void *bytes, size_t count);
void stg_buf_add_text(stg_buf *buf, const char *text);
void stg_buf_add_char(stg_buf *buf, char c);
void stg_buf_add_repeated(stg_buf *buf, char c, size_t count);
/* As UTF-8; U+FFFD for anything but a Unicode scalar value. */
void stg_buf_add_codepoint(stg_buf *buf, uint32_t codepoint);
void stg_buf_addf(stg_buf *buf, const char *format, ...) STAGED_PRINTF(2, 3);
void stg_buf_vaddf(stg_buf *buf, const char *format, va_list arguments) STAGED_PRINTF(2, 0);
/* Makes room for `count` more bytes; returns where they go, NULL on failure.  Add the number of
 * bytes written to `length`, then call stg_buf_end. */
char *stg_buf_reserve(stg_buf *buf, size_t count);
void stg_buf_end(stg_buf *buf);

/* The contents, never NULL. */
const char *stg_buf_text(const stg_buf *buf);
staged_status stg_buf_status(const stg_buf *buf);
/* Returns the contents (ended with NUL; NULL only after a failure), which the caller frees, and
 * leaves the buffer empty. */
char *stg_buf_take(stg_buf *buf);

/* Overwrites what must not remain in memory. */
void stg_wipe(void *memory, size_t size);

#endif
