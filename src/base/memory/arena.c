/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/memory/arena.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SMALLEST_BLOCK = 4096 };

struct stg_arena_block {
    stg_arena_block *older;
    size_t size;
    size_t used;
    max_align_t bytes[];
};

static stg_arena_block *add_block(stg_arena *arena, size_t size)
{
    /* Doubling keeps the number of blocks small, whatever the total. */
    size_t wanted = arena->newest == NULL ? SMALLEST_BLOCK : arena->newest->size * 2;
    if (wanted < size)
        wanted = size;
    if (wanted > SIZE_MAX - sizeof(stg_arena_block))
        return NULL;
    stg_arena_block *block = malloc(sizeof *block + wanted);
    if (block == NULL)
        return NULL;
    *block = (stg_arena_block){.older = arena->newest, .size = wanted};
    arena->newest = block;
    return block;
}

void *stg_arena_alloc(stg_arena *arena, size_t size)
{
    const size_t step = _Alignof(max_align_t);
    if (size > SIZE_MAX - step)
        return NULL;
    size = (size + step - 1) / step * step;
    stg_arena_block *block = arena->newest;
    if (block == NULL || size > block->size - block->used)
        block = add_block(arena, size);
    if (block == NULL)
        return NULL;
    char *memory = (char *)block->bytes + block->used;
    block->used += size;
    return memset(memory, 0, size);
}

char *stg_arena_copy(stg_arena *arena, const char *bytes, size_t length)
{
    char *copy = length == SIZE_MAX ? NULL : stg_arena_alloc(arena, length + 1);
    if (copy != NULL && length > 0)
        memcpy(copy, bytes, length);
    return copy;
}

char *stg_arena_text(stg_arena *arena, const char *text)
{
    return stg_arena_copy(arena, text, strlen(text));
}

char *stg_arena_printf(stg_arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    va_list again;
    va_copy(again, arguments);
    const int length = vsnprintf(NULL, 0, format, arguments);
    char *text = length < 0 ? NULL : stg_arena_alloc(arena, (size_t)length + 1);
    if (text != NULL)
        (void)vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    va_end(arguments);
    return text;
}

static void free_blocks(stg_arena_block *block)
{
    while (block != NULL) {
        stg_arena_block *older = block->older;
        free(block);
        block = older;
    }
}

void stg_arena_free(stg_arena *arena)
{
    free_blocks(arena->newest);
    arena->newest = NULL;
}

void stg_arena_reset(stg_arena *arena)
{
    if (arena->newest == NULL)
        return;
    free_blocks(arena->newest->older);
    arena->newest->older = NULL;
    arena->newest->used = 0;
}
