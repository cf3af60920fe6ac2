/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/failure/options.h"

#include <string.h>

#include "support/cmocka_all.h"

typedef struct some_options {
    size_t size;
    const char *text;
    int number;
} some_options;

/* The same as an older program has it, and a newer one. */
typedef struct older_options {
    size_t size;
    const char *text;
} older_options;
typedef struct newer_options {
    some_options known;
    long more[2];
} newer_options;

static const char *read_as(some_options *ours, const void *given)
{
    *ours = (some_options){.size = 1, .text = "left over", .number = 7};
    return STG_READ_OPTIONS(ours, (const some_options *)given, some_options);
}

static void assert_read(const void *given, const char *text, int number)
{
    some_options ours;
    assert_null(read_as(&ours, given));
    assert_int_equal(ours.size, sizeof ours);
    if (text == NULL)
        assert_null(ours.text);
    else
        assert_string_equal(ours.text, text);
    assert_int_equal(ours.number, number);
}

static void test_what_is_taken(void **state)
{
    (void)state;
    assert_read(NULL, NULL, 0);
    assert_read(&(some_options){.size = sizeof(some_options), .text = "a", .number = 3}, "a", 3);
    assert_read(&(older_options){.size = sizeof(older_options), .text = "b"}, "b", 0);
    newer_options newer = {.known = {.size = sizeof newer, .text = "c", .number = 4}};
    assert_read(&newer, "c", 4);
}

static void assert_refused(const void *given, const char *problem)
{
    some_options ours;
    assert_string_equal(read_as(&ours, given), problem);
    assert_int_equal(ours.size, sizeof ours);
    assert_null(ours.text);
    assert_int_equal(ours.number, 0);
}

static void test_what_is_refused(void **state)
{
    (void)state;
    const char no_size[] = "some_options has no size: pass it as STAGED_OPTIONS(some_options, ...)";
    assert_refused(&(some_options){.text = "a"}, no_size);
    assert_refused(&(some_options){.size = sizeof(size_t) - 1, .text = "a"}, no_size);
    newer_options newer = {.known = {.size = sizeof newer, .text = "c"}, .more = {0, 1}};
    assert_refused(&newer, "some_options has a member that is newer than this version of the "
                           "library; update the library");
}

TEST_GROUP(options)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_what_is_taken),
                                       cmocka_unit_test(test_what_is_refused)};
    return cmocka_run_group_tests_name("base options", tests, NULL, NULL);
}
