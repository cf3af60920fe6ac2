/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/text/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory/grow.h"
#include "base/text/utf8.h"

void stg_buf_free(stg_buf *buf)
{
    if (buf == NULL)
        return;
    free(buf->data);
    *buf = (stg_buf){.maximum = buf->maximum};
}

void stg_buf_clear(stg_buf *buf)
{
    buf->failure = STAGED_OK;
    stg_buf_truncate(buf, 0);
}

void stg_buf_truncate(stg_buf *buf, size_t length)
{
    if (length < buf->length)
        buf->length = length;
    stg_buf_end(buf);
}

void stg_buf_end(stg_buf *buf)
{
    if (buf->data != NULL)
        buf->data[buf->length] = '\0';
}

char *stg_buf_reserve(stg_buf *buf, size_t count)
{
    if (buf->failure != STAGED_OK)
        return NULL;
    if (buf->maximum != 0 && count > buf->maximum - buf->length) {
        buf->failure = STAGED_BAD_INPUT;
        return NULL;
    }
    if (count > (size_t)-1 - buf->length - 1 ||
        !stg_grow(&buf->data, &buf->capacity, buf->length + count + 1, 1)) {
        buf->failure = STAGED_NO_MEMORY;
        return NULL;
    }
    return buf->data + buf->length;
}

void stg_buf_add(stg_buf *buf, const void *bytes, size_t count)
{
    char *space = stg_buf_reserve(buf, count);
    if (space == NULL)
        return;
    if (count > 0)
        memcpy(space, bytes, count);
    buf->length += count;
    buf->data[buf->length] = '\0';
}

void stg_buf_add_text(stg_buf *buf, const char *text)
{
    stg_buf_add(buf, text, strlen(text));
}

void stg_buf_add_char(stg_buf *buf, char c)
{
    stg_buf_add(buf, &c, 1);
}

void stg_buf_add_repeated(stg_buf *buf, char c, size_t count)
{
    char *space = stg_buf_reserve(buf, count);
    if (space == NULL)
        return;
    memset(space, c, count);
    buf->length += count;
    buf->data[buf->length] = '\0';
}

void stg_buf_add_codepoint(stg_buf *buf, uint32_t codepoint)
{
    char bytes[4];
    stg_buf_add(buf, bytes, stg_utf8_encode(codepoint, bytes));
}

void stg_buf_addf(stg_buf *buf, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    stg_buf_vaddf(buf, format, arguments);
    va_end(arguments);
}

void stg_buf_vaddf(stg_buf *buf, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    const int length = vsnprintf(NULL, 0, format, arguments);
    if (length < 0) {
        buf->failure = STAGED_NO_MEMORY;
    } else {
        char *space = stg_buf_reserve(buf, (size_t)length);
        if (space != NULL) {
            (void)vsnprintf(space, (size_t)length + 1, format, again);
            buf->length += (size_t)length;
        }
    }
    va_end(again);
}

const char *stg_buf_text(const stg_buf *buf)
{
    return buf->data == NULL ? "" : buf->data;
}

staged_status stg_buf_status(const stg_buf *buf)
{
    return buf->failure;
}

char *stg_buf_take(stg_buf *buf)
{
    if (buf->data == NULL)
        stg_buf_add(buf, "", 0);
    char *text = NULL;
    if (buf->failure == STAGED_OK) {
        text = buf->data;
        buf->data = NULL;
    }
    stg_buf_free(buf);
    return text;
}

void stg_wipe(void *memory, size_t size)
{
    /* A compiler drops writes to memory that is freed next, unless they are volatile. */
    for (volatile char *at = memory; size > 0; size--)
        *at++ = 0;
}
