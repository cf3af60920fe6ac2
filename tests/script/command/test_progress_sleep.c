/* SPDX-License-Identifier: BSD-3-Clause */
#include <locale.h>
#include <signal.h>
#include <string.h>

#include "script/fixture.h"
#include "support/cmocka_all.h"
#include "support/torture.h"

static double seconds;

static staged_status rest(staged_call *c)
{
    return staged_pause(c->script, seconds, "Resting from %s", "[work]");
}

static const staged_class tired = {
    STAGED_CLASS("Tired"),
    .methods = STAGED_METHODS(STAGED_STAGE("rest", "Resting", rest)),
};

static staged_script *run(double wanted, const char *const *words, virtual_clock *clock)
{
    seconds = wanted;
    virtual_clock_init(clock);
    staged_script *script = fixture_script(&tired, NULL, clock);
    assert_int_equal(fixture_run(script, words), 0);
    return script;
}

static bool shows(staged_script *script, const char *text)
{
    return strstr(fixture_output(script), text) != NULL;
}

static void test_it_waits_and_shows(void **state)
{
    (void)state;
    virtual_clock clock;
    staged_script *script = run(2.55, STAGED_TEXTS("--stage", "rest"), &clock);
    assert_int_equal(clock.now_ns / 1000000, 2550);
    assert_true(shows(script, "           Resting from [work] ━"));
    assert_true(shows(script, "100%"));
    assert_true(shows(script, "               sleep 2.55\n"));
    staged_script_free(script);
}

static void test_it_is_recorded_as_a_shell_takes_it(void **state)
{
    (void)state;
    static const struct {
        double seconds;
        const char *command;
    } cases[] = {{30, "sleep 30"},
                 {100, "sleep 100"},
                 {0.1, "sleep 0.1"},
                 {0.000002, "sleep 0.000002"},
                 {0, "sleep 0"},
                 {-3, "sleep 0"},
                 {1234567, "sleep 1234567"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        seconds = cases[i].seconds;
        virtual_clock clock;
        virtual_clock_init(&clock);
        clock.step_ns = INT64_C(3600000000000);
        staged_script *script = fixture_script(&tired, NULL, &clock);
        assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "rest")), 0);
        assert_string_equal(staged_script_commands(script, NULL)[0], cases[i].command);
        staged_script_free(script);
    }
}

static void test_whatever_the_locale_is(void **state)
{
    (void)state;
    if (setlocale(LC_NUMERIC, "de_DE.UTF-8") == NULL &&
        setlocale(LC_NUMERIC, "fr_FR.UTF-8") == NULL)
        return; /* none with a decimal comma on this system */
    virtual_clock clock;
    staged_script *script = run(2.5, STAGED_TEXTS("--stage", "rest"), &clock);
    (void)setlocale(LC_NUMERIC, "C");
    assert_string_equal(staged_script_commands(script, NULL)[0], "sleep 2.5");
    staged_script_free(script);
}

static void test_no_time(void **state)
{
    (void)state;
    virtual_clock clock;
    staged_script *script = run(0, STAGED_TEXTS("--stage", "rest"), &clock);
    assert_int_equal(clock.now_ns, 0);
    assert_true(shows(script, "100%"));
    staged_script_free(script);
}

static void test_dry_run(void **state)
{
    (void)state;
    virtual_clock clock;
    staged_script *script = run(5, STAGED_TEXTS("--stage", "rest", "--dry-run"), &clock);
    assert_int_equal(clock.now_ns, 0);
    assert_true(shows(script, "DRY-RUN MODE:  Not sleeping 5 s."));
    staged_script_free(script);
}

static staged_status ask_to_end(staged_call *c)
{
    (void)raise(SIGTERM);
    return staged_pause(c->script, 100, "%s", "");
}

static const staged_class interrupted = {
    STAGED_CLASS("Interrupted"),
    .methods = STAGED_METHODS(STAGED_STAGE("rest", "Resting", ask_to_end)),
};

static void test_interrupt(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&interrupted, NULL, NULL);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "rest")), 128 + SIGTERM);
    staged_script_free(script);
}

static staged_status sleep_once(void *context)
{
    staged_script *script = fixture_script(&tired, NULL, context);
    if (script == NULL)
        return STAGED_NO_MEMORY;
    const staged_status status = staged_pause(script, 0.2, "%s", "Resting");
    staged_script_free(script);
    return status == STAGED_OK ? STAGED_OK : STAGED_NO_MEMORY;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    virtual_clock clock;
    virtual_clock_init(&clock);
    assert_true(torture_forgiving(sleep_once, &clock) > 5);
}

TEST_GROUP(progress_sleep)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_it_waits_and_shows),
        cmocka_unit_test(test_it_is_recorded_as_a_shell_takes_it),
        cmocka_unit_test(test_whatever_the_locale_is),
        cmocka_unit_test(test_no_time),
        cmocka_unit_test(test_dry_run),
        cmocka_unit_test(test_interrupt),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("script progress_sleep", tests, NULL, NULL);
}
