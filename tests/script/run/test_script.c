/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdio.h>
#include <string.h>

#include "script/fixture.h"
#include "script/run/script.h"
#include "support/cmocka_all.h"
#include "support/torture.h"

static staged_status nothing(staged_call *call)
{
    (void)call;
    return STAGED_OK;
}

static const staged_class plain = {
    STAGED_CLASS("Plain"),
    .methods = STAGED_METHODS(STAGED_STAGE("one", "The first", nothing),
                              STAGED_STAGE("two", "The second", nothing)),
};

static int cleaned_up;

static staged_status clean_up(staged_call *c)
{
    (void)c;
    cleaned_up++;
    return STAGED_OK;
}

typedef struct counted {
    int number;
} counted;

static staged_status init(staged_call *c)
{
    STAGED_TRY(staged_super(c));
    counted *self = c->data;
    self->number++;
    return STAGED_OK;
}

static const staged_class derived = {
    STAGED_CLASS("Derived"),
    .bases = STAGED_BASES(&plain),
    .data_size = sizeof(counted),
    .methods = STAGED_METHODS(STAGED_ON(STAGED_HOOK_INIT, init),
                              STAGED_ON(STAGED_HOOK_CLEAN_UP, clean_up)),
};

static staged_status fail_to_clean_up(staged_call *c)
{
    return staged_fail(c->script, "it is still mounted");
}

static const staged_class messy = {
    STAGED_CLASS("Messy"),
    .methods = STAGED_METHODS(STAGED_ON(STAGED_HOOK_CLEAN_UP, fail_to_clean_up))};

/* What is left behind is told of, although the summary is printed by then. */
static void test_a_clean_up_that_fails(void **state)
{
    (void)state;
    FILE *file = tmpfile();
    staged_script *script = staged_script_new(
        &messy, STAGED_OPTIONS(
                    staged_script_options,
                    .console = STAGED_OPTIONS(staged_console_options, .file = file, .width = 80)));
    staged_script_free(script);
    rewind(file);
    char text[4096];
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    assert_non_null(strstr(text, "The clean-up hook failed:  it is still mounted"));
    (void)fclose(file);
}

static void test_init_and_clean_up(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&derived, NULL, NULL);
    assert_string_equal(staged_script_bugs(script), "");
    assert_int_equal(((counted *)staged_script_data(script, &derived))->number, 1);
    staged_script_free(script);
    assert_int_equal(cleaned_up, 1);
    staged_script_free(NULL);
}

static void test_bugs_are_kept(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&derived, STAGED_TEXTS("one", "nine", "ten"), NULL);
    const char *bugs = staged_script_bugs(script);
    assert_non_null(strstr(bugs, "test_script.c:"));
    assert_non_null(strstr(bugs, ": stage 'nine' is registered, but no class declares it\n"));
    assert_non_null(strstr(bugs, ": stage 'ten' is registered, but no class declares it\n"));
    cleaned_up = 0;
    staged_script_free(script);
    assert_int_equal(cleaned_up, 0);
}

static void test_no_class(void **state)
{
    (void)state;
    staged_script *script = staged_script_new(NULL, NULL);
    assert_non_null(strstr(staged_script_bugs(script), "the class is NULL"));
    staged_script_free(script);
}

static void test_options(void **state)
{
    (void)state;
    staged_script *script = staged_script_new(
        &plain, STAGED_OPTIONS(staged_script_options, .print_commands = STAGED_NO,
                               .console = STAGED_OPTIONS(staged_console_options, .to_text = true,
                                                         .width = 50)));
    assert_non_null(strstr(staged_script_name(script), "test_script"));
    assert_false(script->print_commands);
    assert_int_equal(staged_console_width(staged_script_console(script)), 50);
    staged_script_free(script);
}

static staged_status make(void *context)
{
    (void)context;
    staged_script *script = fixture_script(&derived, NULL, NULL);
    const staged_status status = script == NULL ? STAGED_NO_MEMORY : STAGED_OK;
    staged_script_free(script);
    return status;
}

static void test_out_of_memory_when_made(void **state)
{
    (void)state;
    assert_true(torture(make, NULL) > 10);
}

/* A whole run; whatever fails, it ends, and says so with its exit status. */
static staged_status make_and_run(void *context)
{
    (void)context;
    staged_script *script = fixture_script(&plain, NULL, NULL);
    if (script == NULL)
        return STAGED_NO_MEMORY;
    char stage[] = "--stage", one[] = "one", two[] = "two";
    char *words[] = {stage, one, two, NULL};
    const int exit_status = staged_script_run(script, 3, words);
    staged_script_free(script);
    return exit_status == 0 ? STAGED_OK : STAGED_NO_MEMORY;
}

static void test_out_of_memory_while_running(void **state)
{
    (void)state;
    assert_true(torture_forgiving(make_and_run, NULL) > 100);
}

TEST_GROUP(script)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_init_and_clean_up),
        cmocka_unit_test(test_a_clean_up_that_fails),
        cmocka_unit_test(test_bugs_are_kept),
        cmocka_unit_test(test_no_class),
        cmocka_unit_test(test_options),
        cmocka_unit_test(test_out_of_memory_when_made),
        cmocka_unit_test(test_out_of_memory_while_running),
    };
    return cmocka_run_group_tests_name("script script", tests, NULL, NULL);
}
