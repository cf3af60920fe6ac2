/* SPDX-License-Identifier: BSD-3-Clause */
#include <string.h>

#include "console/framework.h"
#include "support/consoles.h"
#include "support/torture.h"

static int released;

static void lay_out(const void *source, stg_canvas *canvas)
{
    const char *text = source;
    stg_canvas_add_line(canvas, text, strlen(text), STG_WHOLE);
    stg_canvas_add_line(canvas, text, canvas->width < 4 ? (size_t)canvas->width : 4, STG_TO_WIDTH);
}

static void release(void *source)
{
    (void)source;
    released++;
}

static char text[] = "longer than that";

static void test_its_lines(void **state)
{
    (void)state;
    released = 0;
    assert_drawn(stg_laid_out_new(lay_out, release, text, false), 10, "longer than that\nlong\n");
    assert_int_equal(released, 1);
}

static staged_status make(void *context)
{
    (void)context;
    staged_renderable *item = stg_laid_out_new(lay_out, release, text, true);
    const staged_status status = item == NULL ? STAGED_NO_MEMORY : STAGED_OK;
    staged_renderable_free(item);
    return status;
}

static void test_its_source_is_released_in_any_case(void **state)
{
    (void)state;
    released = 0;
    const int failures = torture(make, NULL);
    assert_int_equal(released, failures + 1);
}

TEST_GROUP(laid_out)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_its_lines),
        cmocka_unit_test(test_its_source_is_released_in_any_case),
    };
    return cmocka_run_group_tests_name("console laid_out", tests, NULL, NULL);
}
