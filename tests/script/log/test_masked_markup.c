/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/log/masked_markup.h"

#include <string.h>

#include "support/cmocka_all.h"
#include "support/consoles.h"
#include "support/torture.h"

static staged_secrets *secrets;

static int make_secrets(void **state)
{
    (void)state;
    static const char *const values[] = {"hunter2", "x[bold]y", "a\\b[c", "correct horse"};
    secrets = staged_secrets_new();
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        assert_int_equal(staged_secrets_add(secrets, values[i], strlen(values[i])), STAGED_OK);
    return 0;
}

static int free_secrets(void **state)
{
    (void)state;
    staged_secrets_free(secrets);
    return 0;
}

static staged_renderable *masked(const char *format, ...) STAGED_PRINTF(1, 2);

static staged_renderable *masked(const char *format, ...)
{
    va_list values;
    va_start(values, format);
    stg_formatted markup = {0};
    const staged_status status = stg_formatted_add_v(&markup, format, values);
    va_end(values);
    return stg_masked_item(secrets, &markup, status);
}

static void test_values_and_the_format(void **state)
{
    (void)state;
    assert_drawn(masked("%s and hunter2, 100%%", "hunter2"), 40, "*** and ***, 100%\n");
    assert_drawn(masked("%s [bold]%d[/]", "x[bold]y", 5), 40, "*** 5\n");
    assert_drawn(masked("<%s>", "a\\b[c"), 40, "<***>\n");
    assert_drawn(masked("%s", "[bold]no tag[/]"), 40, "[bold]no tag[/]\n");
    assert_drawn(masked("\\[bold]hunter2"), 40, "[bold]***\n");
    assert_drawn(masked("%s", ""), 40, "\n");
}

static void test_a_secret_that_several_make_together(void **state)
{
    (void)state;
    assert_drawn(masked("%s%s", "hun", "ter2"), 40, "***\n");
    assert_drawn(masked("%s%s%d!", "x hun", "ter", 2), 40, "x ***!\n");
    assert_drawn(masked("hun%s", "ter2"), 40, "***\n");
    assert_drawn(masked("[bold]hun[/]ter2"), 40, "***\n");
    assert_drawn(masked("[b]%s[/b]%s %s", "hun", "ter2", "x"), 40, "*** x\n");
    assert_drawn(masked("%s%s", "[b", "old]"), 40, "[bold]\n");
    assert_drawn_in(masked("[bold]%s[/]%s[red]2[/]", "hun", "ter"), 40,
                    STAGED_COLOR_SYSTEM_TRUECOLOR, "\x1b[1m***\x1b[0m\n");
}

/* Half a secret is none: it has to be found before the line is wrapped, or cut. */
static void test_before_lines_are_broken(void **state)
{
    (void)state;
    assert_drawn(masked("the word is %s", "correct horse"), 14, "the word is \n***\n");
    assert_drawn(masked("the word %s", "hunter2"), 12, "the word ***\n");
}

static staged_status draw(void *context)
{
    (void)context;
    staged_renderable *renderable = masked("%s%s [bold]%d[/]", "hun", "ter2", 5);
    const staged_status status = renderable == NULL ? STAGED_NO_MEMORY : STAGED_OK;
    staged_renderable_free(renderable);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_in_range(torture(draw, NULL), 5, 30);
}

TEST_GROUP(masked_markup)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values_and_the_format),
        cmocka_unit_test(test_a_secret_that_several_make_together),
        cmocka_unit_test(test_before_lines_are_broken),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("script masked markup", tests, make_secrets, free_secrets);
}
