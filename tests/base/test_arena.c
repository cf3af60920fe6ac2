/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/memory/arena.h"

#include <stdbool.h>
#include <string.h>

#include "support/cmocka_all.h"
#include "support/torture.h"

static void test_memory_is_zeroed_and_aligned(void **state)
{
    (void)state;
    stg_arena arena = {0};
    for (size_t size = 1; size < 5000; size += 37) {
        char *memory = stg_arena_alloc(&arena, size);
        assert_non_null(memory);
        assert_int_equal((uintptr_t)memory % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(memory[i], 0);
        memset(memory, 'x', size);
    }
    stg_arena_reset(&arena);
    const char *again = stg_arena_alloc(&arena, 64);
    assert_int_equal(again[63], 0);
    stg_arena_free(&arena);
    assert_null(arena.newest);
}

static void test_texts(void **state)
{
    (void)state;
    stg_arena arena = {0};
    assert_string_equal(stg_arena_text(&arena, "hello"), "hello");
    assert_string_equal(stg_arena_copy(&arena, "hello", 2), "he");
    assert_string_equal(stg_arena_printf(&arena, "%d-%s", 7, "x"), "7-x");
    stg_arena_free(&arena);
}

static void test_huge_is_refused(void **state)
{
    (void)state;
    stg_arena arena = {0};
    assert_null(stg_arena_alloc(&arena, SIZE_MAX - 3));
    assert_null(stg_arena_copy(&arena, "", SIZE_MAX));
    stg_arena_free(&arena);
}

static staged_status use(void *context)
{
    (void)context;
    stg_arena arena = {0};
    const bool ok = stg_arena_text(&arena, "a") != NULL && stg_arena_alloc(&arena, 100000) != NULL;
    stg_arena_free(&arena);
    return ok ? STAGED_OK : STAGED_NO_MEMORY;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_int_equal(torture(use, NULL), 2);
}

TEST_GROUP(arena)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_memory_is_zeroed_and_aligned),
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_huge_is_refused),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("base arena", tests, NULL, NULL);
}
