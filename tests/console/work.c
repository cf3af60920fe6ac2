/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/work.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/cells.h"
#include "base/utf8.h"

static size_t work;

size_t work_done(void)
{
    return work;
}

size_t __real_stg_utf8_decode(const char *bytes, size_t length, uint32_t *codepoint);
size_t __wrap_stg_utf8_decode(const char *bytes, size_t length, uint32_t *codepoint);
size_t __real_stg_utf8_count(const char *bytes, size_t length);
size_t __wrap_stg_utf8_count(const char *bytes, size_t length);
size_t __real_stg_cells(const char *text, size_t length);
size_t __wrap_stg_cells(const char *text, size_t length);
void *__real_stg_arena_alloc(stg_arena *arena, size_t size);
void *__wrap_stg_arena_alloc(stg_arena *arena, size_t size);
int __real_strcmp(const char *a, const char *b);
int __wrap_strcmp(const char *a, const char *b);
void __real_stg_buf_add(stg_buf *buf, const void *bytes, size_t count);
void __wrap_stg_buf_add(stg_buf *buf, const void *bytes, size_t count);

size_t __wrap_stg_utf8_decode(const char *bytes, size_t length, uint32_t *codepoint)
{
    work++;
    return __real_stg_utf8_decode(bytes, length, codepoint);
}

size_t __wrap_stg_utf8_count(const char *bytes, size_t length)
{
    work += length;
    return __real_stg_utf8_count(bytes, length);
}

size_t __wrap_stg_cells(const char *text, size_t length)
{
    work += length;
    return __real_stg_cells(text, length);
}

void *__wrap_stg_arena_alloc(stg_arena *arena, size_t size)
{
    work += size;
    return __real_stg_arena_alloc(arena, size);
}

void __wrap_stg_buf_add(stg_buf *buf, const void *bytes, size_t count)
{
    work += count;
    __real_stg_buf_add(buf, bytes, count);
}

int __wrap_strcmp(const char *a, const char *b)
{
    work++;
    return __real_strcmp(a, b);
}
