/* SPDX-License-Identifier: BSD-3-Clause */
#include "process/secrets/forms.h"

#include <string.h>

#include "support/cmocka_all.h"
#include "support/torture.h"

static size_t match(const stg_forms *forms, const char *text, bool *longer)
{
    return stg_forms_match(forms, text, strlen(text), false, longer);
}

static void test_the_longest_counts(void **state)
{
    (void)state;
    stg_forms forms = {0};
    const char *texts[] = {"abcd", "ab", "abcdefgh", "abx", "b1", "ab"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_true(stg_forms_add(&forms, STG_FORM_TEXT, texts[i], strlen(texts[i])));
    assert_int_equal(forms.count, 5);
    assert_true(forms.longest > 8);
    bool longer;
    assert_int_equal(match(&forms, "abcdefgh", &longer), 8);
    assert_false(longer);
    assert_int_equal(match(&forms, "abcdefg", &longer), 4);
    assert_true(longer);
    assert_int_equal(match(&forms, "abcdX", &longer), 4);
    assert_false(longer);
    assert_int_equal(match(&forms, "abc", &longer), 2);
    assert_true(longer);
    assert_int_equal(match(&forms, "a", &longer), 0);
    assert_true(longer);
    assert_int_equal(match(&forms, "ac", &longer), 0);
    assert_false(longer);
    assert_int_equal(match(&forms, "", &longer), 0);
    assert_false(longer);
    stg_forms_free(&forms);
    assert_int_equal(match(&forms, "abcd", &longer), 0);
}

static void test_where_one_may_begin(void **state)
{
    (void)state;
    stg_forms forms = {0};
    assert_true(stg_forms_add(&forms, STG_FORM_TEXT, "\xff\x01z", 3));
    assert_true(stg_forms_add(&forms, STG_FORM_TEXT, "x", 1));
    assert_int_equal(forms.count, 1);
    assert_int_equal(stg_forms_find(&forms, "a\xff\x02\xff\x01", 0, 5), 3);
    assert_int_equal(stg_forms_find(&forms, "a\xff\x02\xff", 0, 4), 3);
    assert_int_equal(stg_forms_find(&forms, "a\xff\x02", 0, 3), 3);
    assert_int_equal(stg_forms_find(&forms, "a", 1, 1), 1);
    stg_forms_free(&forms);
}

static void test_kinds_are_written_differently(void **state)
{
    (void)state;
    stg_forms forms = {0};
    bool longer;
    assert_true(stg_forms_add(&forms, STG_FORM_BASE64, "+b/d", 4));
    assert_true(stg_forms_add(&forms, STG_FORM_HEX, "\x1f\xe0", 2));
    assert_true(stg_forms_add(&forms, STG_FORM_HEX, "\x1f\xe0", 2));
    assert_int_equal(forms.count, 2);
    assert_int_equal(match(&forms, "+b/d", &longer), 4);
    assert_int_equal(match(&forms, "-b_d", &longer), 4);
    assert_int_equal(match(&forms, "%2bb\r\n  %2Fd", &longer), 12);
    assert_int_equal(match(&forms, "+b\\/d", &longer), 5);
    assert_int_equal(match(&forms, "+b d", &longer), 0);
    assert_int_equal(match(&forms, "1fE0", &longer), 4);
    assert_int_equal(match(&forms, "1F:e0", &longer), 5);
    assert_int_equal(match(&forms, "1f\ne0", &longer), 5);
    assert_int_equal(match(&forms, "1f e1", &longer), 0);
    assert_int_equal(match(&forms, "1f", &longer), 0);
    assert_true(longer);
    stg_forms_free(&forms);
}

static void test_lines_that_were_broken(void **state)
{
    (void)state;
    stg_forms forms = {0};
    bool longer;
    assert_true(stg_forms_add(&forms, STG_FORM_TEXT, "secret", 6));
    assert_int_equal(stg_forms_match(&forms, "sec\n    ret", 11, true, &longer), 11);
    assert_int_equal(stg_forms_match(&forms, "sec\n    ret", 11, false, &longer), 0);
    assert_int_equal(stg_forms_match(&forms, "sec ret", 7, true, &longer), 0);
    stg_forms_free(&forms);
}

static void test_a_cut_parts_no_form(void **state)
{
    (void)state;
    stg_forms forms = {0};
    assert_true(stg_forms_add(&forms, STG_FORM_TEXT, "secret", 6));
    const char *text = "a secret, secretsecret";
    const size_t length = strlen(text);
    for (size_t at = 0; at <= length; at++) {
        const size_t starts[] = {2, 10, 16};
        size_t before = at, behind_it = at;
        for (size_t i = 0; i < 3; i++) {
            if (at > starts[i] && at < starts[i] + 6) {
                before = starts[i];
                behind_it = starts[i] + 6;
            }
        }
        assert_int_equal(stg_forms_cut(&forms, text, length, at, false), before);
        assert_int_equal(stg_forms_cut(&forms, text, length, at, true), behind_it);
    }
    stg_forms_free(&forms);
}

static staged_status use(void *context)
{
    (void)context;
    stg_forms forms = {0};
    bool worked = true;
    for (char c = 'a'; c < 'm' && worked; c++)
        worked = stg_forms_add(&forms, STG_FORM_TEXT, (const char[]){c, c}, 2);
    stg_forms_free(&forms);
    return worked ? STAGED_OK : STAGED_NO_MEMORY;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_int_equal(torture(use, NULL), 14);
}

TEST_GROUP(forms)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_longest_counts),
        cmocka_unit_test(test_where_one_may_begin),
        cmocka_unit_test(test_kinds_are_written_differently),
        cmocka_unit_test(test_lines_that_were_broken),
        cmocka_unit_test(test_a_cut_parts_no_form),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("process forms", tests, NULL, NULL);
}
