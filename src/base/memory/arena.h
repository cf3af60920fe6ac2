/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Memory that is released all at once. */
#ifndef STG_BASE_MEMORY_ARENA_H
#define STG_BASE_MEMORY_ARENA_H

#include <stddef.h>

#include <staged/macros.h>

typedef struct stg_arena_block stg_arena_block;

/* All zero is an empty arena. */
typedef struct stg_arena {
    stg_arena_block *newest;
} stg_arena;

/* Zeroed memory, aligned for anything; NULL when there is none left. */
void *stg_arena_alloc(stg_arena *arena, size_t size);
/* Copies of `length` bytes, ended with NUL, and of a text; NULL when out of memory. */
char *stg_arena_copy(stg_arena *arena, const char *bytes, size_t length);
char *stg_arena_text(stg_arena *arena, const char *text);
char *stg_arena_printf(stg_arena *arena, const char *format, ...) STAGED_PRINTF(2, 3);
/* Releases all. */
void stg_arena_free(stg_arena *arena);
/* Empties the arena but keeps one block for reuse. */
void stg_arena_reset(stg_arena *arena);

#endif
