/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdlib.h>

#include "support/consoles.h"
#include "support/torture.h"

/* What is escaped is shown as it was. */
static void assert_escaped(const char *text, const char *expected)
{
    char *escaped = staged_markup_escape(text);
    assert_string_equal(escaped, expected);
    drawing d;
    stg_draw *draw = begin_drawing(&d);
    const stg_markup markup = {.text = escaped, .length = strlen(escaped)};
    const stg_text shown = stg_markup_read(draw, &markup);
    assert_int_equal(draw->status, STAGED_OK);
    if (text[0] != '\0' && text[strlen(text) - 1] != '\\')
        assert_text(&shown, text);
    end_drawing(&d);
    free(escaped);
}

static void test_escapes_tags(void **state)
{
    (void)state;
    assert_escaped("", "");
    assert_escaped("plain", "plain");
    assert_escaped("[bold]x[/bold]", "\\[bold]x\\[/bold]");
    assert_escaped("a[0] [1,2] [X]", "a[0] [1,2] [X]");
    assert_escaped("[[red]]", "[\\[red]]");
    assert_escaped("\\[red]", "\\\\\\[red]");
    assert_escaped("[link=http://x]", "\\[link=http://x]");
    assert_escaped("at the end \\", "at the end \\\\");
    assert_escaped("twice \\\\", "twice \\\\");
}

static staged_status escape(void *context)
{
    (void)context;
    char *escaped = staged_markup_escape("[red]x[/red]");
    const staged_status status = escaped == NULL ? STAGED_NO_MEMORY : STAGED_OK;
    free(escaped);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_true(torture(escape, NULL) > 0);
}

TEST_GROUP(escape)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_escapes_tags),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
