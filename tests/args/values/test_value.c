/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/values/value.h"

#include <math.h>

#include "parsing.h"

static void test_making_values(void **state)
{
    (void)state;
    assert_int_equal(staged_value_none().kind, STAGED_VALUE_NONE);
    assert_true(staged_value_bool(true).as.boolean);
    assert_int_equal(staged_value_int(INT64_MIN).as.integer, INT64_MIN);
    assert_true(staged_value_float(0.5).as.number == 0.5);
    assert_int_equal(staged_value_text("a").kind, STAGED_VALUE_TEXT);
    assert_int_equal(staged_value_path("a").kind, STAGED_VALUE_PATH);
    assert_int_equal(staged_value_text(NULL).kind, STAGED_VALUE_NONE);
    assert_int_equal(staged_value_path(NULL).kind, STAGED_VALUE_NONE);
    assert_int_equal(staged_value_list(NULL, 0).kind, STAGED_VALUE_LIST);
    const staged_value unset = {0};
    assert_int_equal(unset.kind, STAGED_VALUE_UNSET);
}

static void test_copy_stands_alone(void **state)
{
    (void)state;
    char text[] = "abc";
    char given[] = "given";
    staged_value items[] = {staged_value_text(text), staged_value_int(3)};
    staged_value value = staged_value_list(items, 2);
    value.given = given;
    stg_arena arena = {0};
    staged_value copy;
    assert_true(stg_value_copy(&arena, &copy, &value));
    text[0] = given[0] = 'X';
    items[1] = staged_value_none();
    assert_string_equal(copy.given, "given");
    assert_int_equal(copy.count, 2);
    assert_string_equal(copy.as.items[0].as.text, "abc");
    assert_int_equal(copy.as.items[1].as.integer, 3);
    stg_arena_free(&arena);
}

static void test_copy_has_a_depth(void **state)
{
    (void)state;
    staged_value levels[STG_VALUE_DEPTH + 1];
    levels[0] = staged_value_list(NULL, 0);
    for (int i = 1; i <= STG_VALUE_DEPTH; i++)
        levels[i] = staged_value_list(&levels[i - 1], 1);
    stg_arena arena = {0};
    staged_value copy;
    assert_true(stg_value_copy(&arena, &copy, &levels[STG_VALUE_DEPTH]));
    const staged_value *at = &copy;
    for (int i = 0; i < STG_VALUE_DEPTH; i++) {
        assert_int_equal(at->kind, STAGED_VALUE_LIST);
        at = at->as.items;
    }
    assert_int_equal(at->kind, STAGED_VALUE_NONE);
    stg_arena_free(&arena);
}

static bool equal(staged_value a, staged_value b)
{
    assert_int_equal(stg_value_equal(&a, &b), stg_value_equal(&b, &a));
    return stg_value_equal(&a, &b);
}

static void test_equal(void **state)
{
    (void)state;
    assert_true(equal(staged_value_none(), staged_value_none()));
    assert_false(equal(staged_value_none(), staged_value_bool(false)));
    assert_true(equal(staged_value_int(1), staged_value_bool(true)));
    assert_true(equal(staged_value_int(1), staged_value_float(1.0)));
    assert_true(equal(staged_value_bool(false), staged_value_float(-0.0)));
    assert_false(equal(staged_value_int(1), staged_value_float(1.5)));
    assert_false(equal(staged_value_int(1), staged_value_text("1")));
    assert_true(equal(staged_value_text("a"), staged_value_text("a")));
    assert_false(equal(staged_value_text("a"), staged_value_path("a")));
    assert_false(equal(staged_value_float((double)NAN), staged_value_float((double)NAN)));
    assert_false(equal(staged_value_int(0), staged_value_float((double)NAN)));
}

/* An integer of many digits is no float, although it would become one. */
static void test_equal_beyond_floats(void **state)
{
    (void)state;
    assert_true(equal(staged_value_int((int64_t)1 << 53), staged_value_float(0x1p53)));
    assert_false(equal(staged_value_int(((int64_t)1 << 53) + 1), staged_value_float(0x1p53)));
    assert_false(equal(staged_value_int(INT64_MAX), staged_value_float(0x1p63)));
    assert_true(equal(staged_value_int(INT64_MIN), staged_value_float(-0x1p63)));
}

static void test_equal_lists(void **state)
{
    (void)state;
    const staged_value a[] = {staged_value_int(1), staged_value_text("x")};
    const staged_value b[] = {staged_value_float(1.0), staged_value_text("x")};
    const staged_value c[] = {staged_value_int(1), staged_value_text("y")};
    assert_true(equal(staged_value_list(a, 2), staged_value_list(b, 2)));
    assert_false(equal(staged_value_list(a, 2), staged_value_list(c, 2)));
    assert_false(equal(staged_value_list(a, 2), staged_value_list(a, 1)));
    assert_false(equal(staged_value_list(NULL, 0), staged_value_none()));
}

static bool shared(staged_value value)
{
    return stg_value_is_shared(&value, &value);
}

static void test_shared(void **state)
{
    (void)state;
    assert_true(shared(staged_value_none()));
    assert_true(shared(staged_value_bool(true)));
    assert_true(shared(staged_value_int(-5)));
    assert_false(shared(staged_value_int(-6)));
    assert_true(shared(staged_value_int(256)));
    assert_false(shared(staged_value_int(257)));
    assert_true(shared(staged_value_text("")));
    assert_true(shared(staged_value_text("a")));
    assert_true(shared(staged_value_text("\xc3\xa9")));
    assert_false(shared(staged_value_text("\xe2\x82\xac")));
    assert_false(shared(staged_value_text("ab")));
    assert_false(shared(staged_value_float(1.0)));
    assert_false(shared(staged_value_path("a")));
    assert_false(shared(staged_value_list(NULL, 0)));
    const staged_value one = staged_value_int(1);
    const staged_value two = staged_value_int(2);
    const staged_value yes = staged_value_bool(true);
    assert_false(stg_value_is_shared(&one, &two));
    assert_false(stg_value_is_shared(&one, &yes));
}

static void test_as_double(void **state)
{
    (void)state;
    const staged_value values[] = {staged_value_bool(true), staged_value_int(-3),
                                   staged_value_float(0.5), staged_value_text("1")};
    double number = 7.0;
    assert_true(stg_as_double(&values[0], &number) && number == 1.0);
    assert_true(stg_as_double(&values[1], &number) && number == -3.0);
    assert_true(stg_as_double(&values[2], &number) && number == 0.5);
    assert_false(stg_as_double(&values[3], &number));
}

static void assert_str(staged_value value, const char *expected)
{
    stg_buf out = {0};
    stg_add_str(&out, &value);
    assert_added(&out, expected);
}

static void test_text_of_values(void **state)
{
    (void)state;
    assert_str((staged_value){0}, "None");
    assert_str(staged_value_none(), "None");
    assert_str(staged_value_bool(true), "True");
    assert_str(staged_value_bool(false), "False");
    assert_str(staged_value_int(INT64_MIN), "-9223372036854775808");
    assert_str(staged_value_float(2.0), "2.0");
    assert_str(staged_value_text("it's"), "it's");
    assert_str(staged_value_path("a/b"), "a/b");
    const staged_value inner = staged_value_path("p");
    const staged_value items[] = {staged_value_text("it's"), staged_value_list(&inner, 1),
                                  staged_value_none()};
    assert_str(staged_value_list(items, 3), "[\"it's\", [PosixPath('p')], None]");
    assert_str(staged_value_list(NULL, 0), "[]");
    const staged_value list = staged_value_list(items, 2);
    stg_buf out = {0};
    stg_add_items(&out, &list, "|");
    assert_added(&out, "it's|[PosixPath('p')]");
}

static void assert_tidy(const char *path, const char *expected)
{
    stg_buf out = {0};
    stg_add_tidy_path(&out, path);
    assert_added(&out, expected);
}

static void test_tidy_paths(void **state)
{
    (void)state;
    assert_tidy("", ".");
    assert_tidy(".", ".");
    assert_tidy("./", ".");
    assert_tidy("a//b/./", "a/b");
    assert_tidy("./a", "a");
    assert_tidy("a/../b", "a/../b");
    assert_tidy("..", "..");
    assert_tidy("/", "/");
    assert_tidy("/.", "/");
    assert_tidy("//", "//");
    assert_tidy("//a/", "//a");
    assert_tidy("///a", "/a");
    assert_tidy(".a/b.", ".a/b.");
}

static staged_status use(void *context)
{
    (void)context;
    stg_arena arena = {0};
    staged_value inner = staged_value_text("text");
    inner.given = "given";
    const staged_value value = staged_value_list(&inner, 1);
    staged_value copy;
    char large[5000];
    memset(large, 'x', sizeof large);
    large[sizeof large - 1] = '\0';
    const char *const texts[] = {"a", large, NULL};
    const bool copied =
        stg_value_copy(&arena, &copy, &value) && stg_value_copy_texts(&arena, &copy, texts);
    if (copied) {
        assert_int_equal(copy.count, 2);
        assert_string_equal(copy.as.items[1].as.text, large);
    }
    stg_arena_free(&arena);
    return copied ? STAGED_OK : STAGED_NO_MEMORY;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_in_range(torture(use, NULL), 2, 8);
}

TEST_GROUP(value)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_making_values),
        cmocka_unit_test(test_copy_stands_alone),
        cmocka_unit_test(test_copy_has_a_depth),
        cmocka_unit_test(test_equal),
        cmocka_unit_test(test_equal_beyond_floats),
        cmocka_unit_test(test_equal_lists),
        cmocka_unit_test(test_shared),
        cmocka_unit_test(test_as_double),
        cmocka_unit_test(test_text_of_values),
        cmocka_unit_test(test_tidy_paths),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("args value", tests, NULL, NULL);
}
