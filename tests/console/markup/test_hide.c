/* SPDX-License-Identifier: BSD-3-Clause */
#include <string.h>

#include "console/framework.h"
#include "support/consoles.h"
#include "support/torture.h"

static bool find_word(const void *word, const char *text, size_t length, size_t from, size_t *start,
                      size_t *end)
{
    const size_t size = strlen(word);
    for (size_t at = from; at + size <= length; at++) {
        if (memcmp(text + at, word, size) == 0) {
            *start = at;
            *end = at + size;
            return true;
        }
    }
    return false;
}

static staged_renderable *hidden(const char *format, ...) STAGED_PRINTF(1, 2);

static staged_renderable *hidden(const char *format, ...)
{
    stg_formatted markup = {0};
    va_list values;
    va_start(values, format);
    staged_status status = stg_formatted_add_v(&markup, format, values);
    va_end(values);
    if (status == STAGED_OK)
        status = stg_formatted_hide(&markup, find_word, "sesame", "#");
    return stg_markup_item_of_formatted(&markup, status);
}

static void test_what_is_seen_is_hidden(void **state)
{
    (void)state;
    assert_drawn(hidden("open %s, sesame", "sesame"), 40, "open #, #\n");
    assert_drawn(hidden("[bold]ses[/]%s", "ame"), 40, "#\n");
    assert_drawn(hidden("[sesame]%d", 5), 40, "5\n");
    assert_drawn(hidden("%s", "nothing"), 40, "nothing\n");
}

static void test_its_words(void **state)
{
    (void)state;
    staged_renderable *item = hidden("[b]%s[/b] sesame", "[x]");
    assert_string_equal(stg_markup_item_words(item), "[b][x][/b] #");
    staged_renderable_free(item);
    assert_null(stg_markup_item_words(NULL));
}

static staged_status hide(void *context)
{
    (void)context;
    staged_renderable *item = hidden("%s [b]sesame[/]", "x");
    const staged_status status = item == NULL ? STAGED_NO_MEMORY : STAGED_OK;
    staged_renderable_free(item);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_true(torture(hide, NULL) > 3);
}

TEST_GROUP(hide)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_seen_is_hidden),
        cmocka_unit_test(test_its_words),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("console hide", tests, NULL, NULL);
}
