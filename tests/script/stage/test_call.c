/* SPDX-License-Identifier: BSD-3-Clause */
#include <string.h>

#include "script/fixture.h"
#include "script/stage/call.h"
#include "support/cmocka_all.h"

static stg_buf seen;

static staged_status tell_base(staged_call *c)
{
    stg_buf_addf(&seen, "base %s;", (const char *)c->argument);
    return staged_super(c);
}

static staged_status tell_derived(staged_call *c)
{
    int *data = c->data;
    stg_buf_addf(&seen, "derived %d;", (*data)++);
    return staged_super(c);
}

static staged_status tell_for_one(staged_call *c)
{
    stg_buf_add_text(&seen, "for one;");
    return staged_super(c);
}

static staged_status circle(staged_call *c)
{
    return staged_general(c);
}

static staged_status answer(staged_call *c)
{
    return *(staged_status *)c->argument;
}

static const staged_class base = {
    STAGED_CLASS("Base"),
    .methods =
        STAGED_METHODS(STAGED_STAGE("one", "One", tell_base), STAGED_METHOD("tell", tell_base),
                       STAGED_METHOD("circle", circle), STAGED_METHOD("answer", answer)),
};
static const staged_class derived = {
    STAGED_CLASS("Derived"),
    .bases = STAGED_BASES(&base),
    .data_size = sizeof(int),
    .methods = STAGED_METHODS(STAGED_ON("tell", tell_derived),
                              STAGED_ON_STAGE("tell", "one", tell_for_one)),
};

static void test_methods_of_the_author(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&derived, NULL, NULL);
    char argument[] = "argument";
    assert_int_equal(staged_script_call(script, "tell", argument), STAGED_OK);
    assert_string_equal(stg_buf_text(&seen), "derived 0;base argument;");
    stg_buf_clear(&seen);
    assert_int_equal(staged_script_set_stage(script, "one"), STAGED_OK);
    assert_int_equal(staged_script_call(script, "tell", argument), STAGED_OK);
    assert_string_equal(stg_buf_text(&seen), "for one;derived 1;base argument;");
    stg_buf_free(&seen);
    staged_script_free(script);
}

static void test_an_unknown_method(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&derived, NULL, NULL);
    assert_int_equal(staged_script_call(script, "tel", NULL), STAGED_FAILED);
    assert_non_null(strstr(staged_script_error(script), "test_call.c:"));
    assert_non_null(strstr(staged_script_error(script),
                           ": no class of this script has a method 'tel'; did you mean 'tell'?"));
    staged_script_free(script);
}

static void test_a_circle_is_a_failure(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&derived, NULL, NULL);
    assert_int_equal(staged_script_call(script, "circle", NULL), STAGED_FAILED);
    assert_string_equal(staged_script_error(script), "infinite recursion in 'circle'");
    staged_script_free(script);
}

static void test_answers_are_checked(void **state)
{
    (void)state;
    static const struct {
        int answer;
        staged_status status;
        const char *error;
    } cases[] = {
        {STAGED_OK, STAGED_OK, ""},
        {STAGED_RETRY, STAGED_RETRY, ""},
        {STAGED_INTERRUPTED, STAGED_INTERRUPTED, ""},
        {STAGED_FAILED, STAGED_FAILED,
         "'answer' returned STAGED_FAILED without a reason; return staged_fail(...)"},
        {STAGED_IO, STAGED_FAILED, "'answer' returned: input/output error"},
        {1, STAGED_FAILED,
         "'answer' returned 1, which is not a status; return STAGED_OK, or staged_exit(script, 1)"},
        {-9, STAGED_FAILED,
         "'answer' returned -9, which is not a status; return STAGED_OK, or staged_exit(script, "
         "-9)"},
        {999, STAGED_FAILED,
         "'answer' returned 999, which is not a status; return STAGED_OK, or staged_exit(script, "
         "999)"},
        {1015, STAGED_FAILED,
         "'answer' returned 1015, which is not a status; return STAGED_OK, or staged_exit(script, "
         "1015)"},
        {0, STAGED_OK, ""},
        {42, STAGED_FAILED,
         "'answer' returned 42, which is not a status; return STAGED_OK, or staged_exit(script, "
         "42)"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        staged_script *script = fixture_script(&derived, NULL, NULL);
        staged_status given = (staged_status)cases[i].answer;
        assert_int_equal(staged_script_call(script, "answer", &given), cases[i].status);
        assert_string_equal(staged_script_error(script), cases[i].error);
        staged_script_free(script);
    }
}

static void test_a_reason_that_was_given_stays(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&derived, NULL, NULL);
    staged_status given = staged_fail(script, "no such pod");
    assert_int_equal(staged_script_call(script, "answer", &given), STAGED_FAILED);
    assert_string_equal(staged_script_error(script), "no such pod");
    staged_script_free(script);
}

static void test_data_blocks(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&derived, NULL, NULL);
    const int *data = staged_script_data(script, &derived);
    assert_int_equal(*data, 0);
    assert_null(staged_script_data(script, &base));
    static const staged_class stranger = {STAGED_CLASS("Stranger"), .data_size = 1};
    assert_null(staged_script_data(script, &stranger));
    staged_script_free(script);
}

static staged_status count(staged_call *c)
{
    ++*(int *)c->data;
    return staged_super(c);
}

static const staged_class counting = {
    STAGED_CLASS("Counting"),
    .data_size = sizeof(int),
    .methods = STAGED_METHODS(STAGED_METHOD("count", count)),
};
static const staged_class counting_too = {
    STAGED_CLASS("CountingToo"),
    .bases = STAGED_BASES(&counting),
    .data_size = sizeof(int),
    .methods = STAGED_METHODS(STAGED_ON("count", count)),
};

/* Each class finds its own data, however often it is called. */
static void test_data_of_a_base(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&counting_too, NULL, NULL);
    for (int i = 0; i < 300; i++)
        assert_int_equal(staged_script_call(script, "count", NULL), STAGED_OK);
    assert_int_equal(*(int *)staged_script_data(script, &counting), 300);
    assert_int_equal(*(int *)staged_script_data(script, &counting_too), 300);
    staged_script_free(script);
}

TEST_GROUP(call)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_methods_of_the_author),
        cmocka_unit_test(test_an_unknown_method),
        cmocka_unit_test(test_a_circle_is_a_failure),
        cmocka_unit_test(test_answers_are_checked),
        cmocka_unit_test(test_a_reason_that_was_given_stays),
        cmocka_unit_test(test_data_blocks),
        cmocka_unit_test(test_data_of_a_base),
    };
    return cmocka_run_group_tests_name("script call", tests, NULL, NULL);
}
