/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/reading/namespace.h"

#include "parsing.h"

static staged_namespace *filled(void)
{
    staged_namespace *ns = stg_namespace_new();
    const staged_value items[] = {staged_value_int(1), staged_value_text("x"), staged_value_none()};
    assert_int_equal(staged_namespace_set(ns, "none", staged_value_none()), STAGED_OK);
    assert_int_equal(staged_namespace_set(ns, "yes", staged_value_bool(true)), STAGED_OK);
    assert_int_equal(staged_namespace_set(ns, "int", staged_value_int(-3)), STAGED_OK);
    assert_int_equal(staged_namespace_set(ns, "float", staged_value_float(0.5)), STAGED_OK);
    assert_int_equal(staged_namespace_set(ns, "text", staged_value_text("word")), STAGED_OK);
    assert_int_equal(staged_namespace_set(ns, "path", staged_value_path("a/b")), STAGED_OK);
    assert_int_equal(staged_namespace_set(ns, "list", staged_value_list(items, 3)), STAGED_OK);
    return ns;
}

static void test_getters(void **state)
{
    (void)state;
    staged_namespace *ns = filled();
    assert_string_equal(staged_namespace_text(ns, "text"), "word");
    assert_string_equal(staged_namespace_path(ns, "text"), "word");
    assert_string_equal(staged_namespace_text(ns, "path"), "a/b");
    assert_int_equal(staged_namespace_int(ns, "int"), -3);
    assert_true(staged_namespace_float(ns, "float") == 0.5);
    assert_true(staged_namespace_float(ns, "int") == -3.0);
    assert_true(staged_namespace_bool(ns, "yes"));
    assert_int_equal(staged_namespace_count(ns, "list"), 3);
    assert_int_equal(staged_namespace_count(ns, "int"), 1);
    assert_int_equal(staged_namespace_count(ns, "none"), 0);
    assert_true(staged_namespace_is_set(ns, "yes"));
    assert_false(staged_namespace_is_set(ns, "none"));
    const char *const *list = staged_namespace_list(ns, "list");
    assert_string_equal(list[0], "1");
    assert_string_equal(list[1], "x");
    assert_string_equal(list[2], "None");
    assert_null(list[3]);
    assert_ptr_equal(staged_namespace_list(ns, "list"), list);
    assert_string_equal(staged_namespace_list(ns, "float")[0], "0.5");
    assert_int_equal(staged_namespace_status(ns), STAGED_OK);
    assert_string_equal(staged_namespace_error(ns), "");
    staged_namespace_free(ns);
}

/* None is no mistake, nor is an entry that was left out on purpose. */
static void assert_nothing_in(staged_namespace *ns, const char *name)
{
    assert_null(staged_namespace_text(ns, name));
    assert_int_equal(staged_namespace_int(ns, name), 0);
    assert_true(staged_namespace_float(ns, name) == 0.0);
    assert_false(staged_namespace_bool(ns, name));
    assert_int_equal(staged_namespace_count(ns, name), 0);
    assert_false(staged_namespace_is_set(ns, name));
    assert_non_null(staged_namespace_list(ns, name));
    assert_null(staged_namespace_list(ns, name)[0]);
    assert_int_equal(staged_namespace_status(ns), STAGED_OK);
}

static void test_nothing_there(void **state)
{
    (void)state;
    staged_namespace *ns = filled();
    assert_nothing_in(ns, "none");
    assert_non_null(stg_namespace_entry(ns, "left out"));
    assert_nothing_in(ns, "left out");
    assert_null(staged_namespace_value(ns, "left out"));
    assert_non_null(staged_namespace_value(ns, "none"));
    staged_namespace_free(ns);
    assert_nothing_in(NULL, "any");
    assert_null(staged_namespace_value(NULL, "any"));
    assert_null(staged_namespace_name(NULL, 0));
    assert_string_equal(staged_namespace_error(NULL), "");
    staged_namespace_free(NULL);
}

static void test_unknown_names(void **state)
{
    (void)state;
    staged_namespace *ns = filled();
    assert_null(staged_namespace_value(ns, "other"));
    assert_int_equal(staged_namespace_status(ns), STAGED_OK);
    assert_false(staged_namespace_bool_at(ns, &(staged_location){"script.c", 3}, "other"));
    assert_int_equal(staged_namespace_status(ns), STAGED_BAD_USE);
    /* The first mistake stays. */
    assert_null(staged_namespace_text_at(ns, &(staged_location){"script.c", 4}, "int"));
    assert_string_equal(
        staged_namespace_error(ns),
        "script.c:3: 'other' is not in the namespace; no argument has this destination");
    staged_namespace_free(ns);
}

static void test_a_place_that_is_not_known(void **state)
{
    (void)state;
    staged_namespace *ns = filled();
    assert_false(staged_namespace_bool_at(ns, NULL, "other"));
    assert_string_equal(staged_namespace_error(ns),
                        "'other' is not in the namespace; no argument has this destination");
    staged_namespace_free(ns);
}

#define ASSERT_WRONG_KIND(getter, name, nothing, problem)                                          \
    do {                                                                                           \
        staged_namespace *ns = filled();                                                           \
        assert_true(staged_namespace_##getter##_at(ns, &place, name) == nothing);                  \
        assert_int_equal(staged_namespace_status(ns), STAGED_BAD_USE);                             \
        assert_string_equal(staged_namespace_error(ns), "a.c:1: '" name "' is " problem);          \
        staged_namespace_free(ns);                                                                 \
    } while (0)

static void test_other_types(void **state)
{
    (void)state;
    const staged_location place = {"a.c", 1};
    ASSERT_WRONG_KIND(text, "int", NULL, "an integer, but was read as a text");
    ASSERT_WRONG_KIND(text, "list", NULL, "a list, but was read as a text");
    ASSERT_WRONG_KIND(int, "float", 0, "a float, but was read as an integer");
    ASSERT_WRONG_KIND(int, "yes", 0, "a boolean, but was read as an integer");
    ASSERT_WRONG_KIND(float, "text", 0.0, "a text, but was read as a float");
    ASSERT_WRONG_KIND(bool, "path", false, "a path, but was read as a boolean");
}

static void test_setters(void **state)
{
    (void)state;
    staged_namespace *ns = filled();
    char text[] = "abc";
    const char *const texts[] = {text, "d", NULL};
    assert_string_equal(staged_namespace_list(ns, "list")[0], "1");
    assert_int_equal(staged_namespace_set_list(ns, "list", texts), STAGED_OK);
    assert_int_equal(staged_namespace_set(ns, "new", staged_value_text(text)), STAGED_OK);
    text[0] = 'X';
    assert_string_equal(staged_namespace_list(ns, "list")[0], "abc");
    assert_string_equal(staged_namespace_text(ns, "new"), "abc");
    /* A value may come from the namespace itself. */
    assert_int_equal(staged_namespace_set(ns, "new", *staged_namespace_value(ns, "list")),
                     STAGED_OK);
    assert_value(ns, "new", "['abc', 'd']");
    staged_namespace_free(ns);
}

static void test_names(void **state)
{
    (void)state;
    static const char *const names[] = {"none", "yes", "int", "float", "text", "path", "list"};
    staged_namespace *ns = filled();
    for (size_t i = 0; i < 7; i++)
        assert_string_equal(staged_namespace_name(ns, i), names[i]);
    assert_null(staged_namespace_name(ns, 7));
    staged_namespace_free(ns);
}

static void test_appending(void **state)
{
    (void)state;
    staged_namespace *ns = stg_namespace_new();
    stg_entry *entry = stg_namespace_entry(ns, "list");
    assert_ptr_equal(stg_namespace_entry(ns, "list"), entry);
    assert_ptr_equal(stg_namespace_find(ns, "list"), entry);
    const staged_value one = staged_value_int(1);
    const staged_value start = staged_value_list(&one, 1);
    entry->value = start;
    entry->origin = &start;
    for (int64_t i = 2; i <= 20; i++) {
        const staged_value item = staged_value_int(i);
        assert_true(stg_namespace_append(ns, entry, &item));
    }
    assert_int_equal(entry->value.count, 20);
    for (size_t i = 0; i < 20; i++)
        assert_int_equal(entry->value.as.items[i].as.integer, (int)i + 1);
    assert_null(entry->origin);
    assert_int_equal(start.count, 1);
    /* What is no list begins anew. */
    stg_entry *other = stg_namespace_entry(ns, "other");
    other->value = one;
    assert_true(stg_namespace_append(ns, other, NULL));
    assert_value(ns, "other", "[]");
    staged_namespace_free(ns);
}

static void test_adopting(void **state)
{
    (void)state;
    staged_namespace *ns = stg_namespace_new();
    char text[] = "abc";
    const staged_value value = staged_value_text(text);
    stg_entry *entry = stg_namespace_entry(ns, "text");
    entry->value = value;
    entry->origin = &value;
    assert_true(stg_namespace_adopt(ns));
    text[0] = 'X';
    assert_value(ns, "text", "'abc'");
    assert_null(entry->origin);
    staged_namespace_free(ns);
}

static staged_status fill(staged_namespace *ns)
{
    static const char *const texts[] = {"a", "b", NULL};
    char name[] = "a";
    for (; name[0] <= 'z'; name[0]++)
        STAGED_TRY(staged_namespace_set(ns, name, staged_value_int(name[0])));
    STAGED_TRY(staged_namespace_set_list(ns, "list", texts));
    const staged_value item = staged_value_int(1);
    for (int i = 0; i < 100; i++) {
        if (!stg_namespace_append(ns, stg_namespace_find(ns, "a"), &item) ||
            !stg_namespace_add_command(ns, "run"))
            return STAGED_NO_MEMORY;
    }
    assert_non_null(staged_namespace_list(ns, "list"));
    assert_non_null(staged_namespace_list(ns, "a"));
    return staged_namespace_status(ns);
}

static staged_status use(void *context)
{
    (void)context;
    staged_namespace *ns = stg_namespace_new();
    if (ns == NULL)
        return STAGED_NO_MEMORY;
    const staged_status status = fill(ns);
    if (status == STAGED_OK) {
        assert_int_equal(ns->command_count, 100);
        assert_int_equal(staged_namespace_count(ns, "a"), 100);
    }
    staged_namespace_free(ns);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_in_range(torture(use, NULL), 10, 200);
}

TEST_GROUP(namespace)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_getters),       cmocka_unit_test(test_nothing_there),
        cmocka_unit_test(test_unknown_names), cmocka_unit_test(test_a_place_that_is_not_known),
        cmocka_unit_test(test_other_types),   cmocka_unit_test(test_setters),
        cmocka_unit_test(test_names),         cmocka_unit_test(test_appending),
        cmocka_unit_test(test_adopting),      cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("args namespace", tests, NULL, NULL);
}
