/* SPDX-License-Identifier: BSD-3-Clause */
#include "support/torture.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "support/cmocka_all.h"

static bool armed;
static int countdown;
static bool failed;

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);
char *__wrap_strdup(const char *text);

static bool fails_now(void)
{
    if (!armed || countdown-- != 0)
        return false;
    failed = true;
    return true;
}

void *__wrap_malloc(size_t size)
{
    return fails_now() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails_now() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *memory, size_t size)
{
    return fails_now() ? NULL : __real_realloc(memory, size);
}

char *__wrap_strdup(const char *text)
{
    char *copy = __wrap_malloc(strlen(text) + 1);
    return copy == NULL ? NULL : strcpy(copy, text);
}

static int run_all(staged_status (*run)(void *context), void *context, bool forgiving)
{
    for (int n = 0;; n++) {
        countdown = n;
        failed = false;
        armed = true;
        const staged_status status = run(context);
        armed = false;
        if (!failed) {
            assert_int_equal(status, STAGED_OK);
            return n;
        }
        if (!forgiving || status != STAGED_OK)
            assert_int_equal(status, STAGED_NO_MEMORY);
    }
}

int torture(staged_status (*run)(void *context), void *context)
{
    return run_all(run, context, false);
}

int torture_forgiving(staged_status (*run)(void *context), void *context)
{
    return run_all(run, context, true);
}
