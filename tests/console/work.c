/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/work.h"

#include <stdatomic.h>
#include <string.h>

#include "base/memory/arena.h"
#include "base/text/buf.h"
#include "base/text/utf8.h"
#include "base/unicode/cells.h"
#include "base/unicode/unicode.h"
#include "console/markup/tags.h"
#include "console/text/chars.h"
#include "support/cmocka_all.h"

/* Consoles have threads. */
static atomic_size_t work;

size_t work_done(void)
{
    return work;
}

void assert_linear(void (*run)(size_t n, void *context), size_t n, void *context)
{
    const size_t begin = work_done();
    run(n, context);
    const size_t once = work_done() - begin;
    run(2 * n, context);
    const size_t twice = work_done() - begin - once;
    if (once < n || twice > 2 * once + once / 4)
        fail_msg("for %zu: %zu, for twice as much: %zu", n, once, twice);
}

size_t __real_stg_utf8_decode(const char *bytes, size_t length, uint32_t *codepoint);
size_t __wrap_stg_utf8_decode(const char *bytes, size_t length, uint32_t *codepoint);
size_t __real_stg_utf8_count(const char *bytes, size_t length);
size_t __wrap_stg_utf8_count(const char *bytes, size_t length);
size_t __real_stg_cells(const char *text, size_t length);
size_t __wrap_stg_cells(const char *text, size_t length);
void *__real_stg_arena_alloc(stg_arena *arena, size_t size);
void *__wrap_stg_arena_alloc(stg_arena *arena, size_t size);
bool __real_stg_is_word(uint32_t codepoint);
bool __wrap_stg_is_word(uint32_t codepoint);
bool __real_stg_is_space(uint32_t codepoint);
bool __wrap_stg_is_space(uint32_t codepoint);
stg_tag *__real_stg_tags_get(stg_tags *tags, const char *name, size_t length);
stg_tag *__wrap_stg_tags_get(stg_tags *tags, const char *name, size_t length);
void *__real_memchr(const void *bytes, int byte, size_t length);
void *__wrap_memchr(const void *bytes, int byte, size_t length);
void *__real_memmove(void *to, const void *from, size_t length);
void *__wrap_memmove(void *to, const void *from, size_t length);
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

bool __wrap_stg_is_word(uint32_t codepoint)
{
    work++;
    return __real_stg_is_word(codepoint);
}

bool __wrap_stg_is_space(uint32_t codepoint)
{
    work++;
    return __real_stg_is_space(codepoint);
}

stg_tag *__wrap_stg_tags_get(stg_tags *tags, const char *name, size_t length)
{
    work += length;
    return __real_stg_tags_get(tags, name, length);
}

/* It stops where it finds something. */
void *__wrap_memchr(const void *bytes, int byte, size_t length)
{
    char *found = __real_memchr(bytes, byte, length);
    work += found == NULL ? length : (size_t)(found - (const char *)bytes) + 1;
    return found;
}

void *__wrap_memmove(void *to, const void *from, size_t length)
{
    work += length;
    return __real_memmove(to, from, length);
}
