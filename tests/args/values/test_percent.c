/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/values/percent.h"

#include <math.h>

#include "parsing.h"

/* Knows "x", which is the value, and a name with parentheses. */
static const staged_value *lookup(void *context, const char *name, size_t length)
{
    static const staged_value other = {.kind = STAGED_VALUE_INT, .as.integer = 2};
    if (length == 4 && memcmp(name, "a(b)", 4) == 0)
        return &other;
    return length == 1 && *name == 'x' ? context : NULL;
}

static void assert_filled(const char *text, staged_value value, const char *expected)
{
    stg_buf out = {0};
    assert_null(stg_add_percent(&out, text, lookup, &value));
    assert_added(&out, expected);
}

static void test_plain_text(void **state)
{
    (void)state;
    assert_filled("", staged_value_none(), "");
    assert_filled("no names", staged_value_none(), "no names");
    assert_filled("100%%, %(x)s", staged_value_none(), "100%, None");
    assert_filled("%%(x)s", staged_value_none(), "%(x)s");
    assert_filled("%(a(b))s", staged_value_none(), "2");
}

static void test_integers(void **state)
{
    (void)state;
    assert_filled("%(x)05d|%(x)-5d|%(x)+d|%(x).4d", staged_value_int(42), "00042|42   |+42|0042");
    assert_filled("%(x)x", staged_value_int(42), "2a");
    assert_filled("%(x)05d %(x)x", staged_value_int(-42), "-0042 -2a");
    assert_filled("%(x)-06d|%(x)8.3d|", staged_value_int(7), "7     |     007|");
    assert_filled("%(x)d", staged_value_int(INT64_MIN), "-9223372036854775808");
    assert_filled("%(x)d", staged_value_float(-3.99), "-3");
    assert_filled("%(x)d %(x)x", staged_value_bool(true), "1 1");
}

static void test_floats(void **state)
{
    (void)state;
    assert_filled("%(x)f %(x).1f %(x)e %(x)g %(x)010.2f %(x)+.2f", staged_value_float(3.14159),
                  "3.141590 3.1 3.141590e+00 3.14159 0000003.14 +3.14");
    assert_filled("%(x).1f", staged_value_int(2), "2.0");
    assert_filled("%(x).0f", staged_value_float(-0.0), "-0");
    assert_filled("%(x)f", staged_value_float((double)NAN), "nan");
    assert_filled("%(x)f %(x)+f", staged_value_float((double)INFINITY), "inf +inf");
    assert_filled("%(x)g", staged_value_float(-(double)INFINITY), "-inf");
}

static void test_texts(void **state)
{
    (void)state;
    assert_filled("%(x)s %(x)r %(x)a %(x)4s|%(x)-4s|%(x).2s|%(x)04s",
                  staged_value_text("h\xc3\xa9"),
                  "h\xc3\xa9 'h\xc3\xa9' 'h\\xe9'   h\xc3\xa9|h\xc3\xa9  |h\xc3\xa9|  h\xc3\xa9");
    assert_filled("%(x).1s|%(x).0s|", staged_value_text("\xc3\xa9x"), "\xc3\xa9||");
    assert_filled("%(x)a", staged_value_text("\xe2\x82\xac\xf0\x9f\x98\x80"),
                  "'\\u20ac\\U0001f600'");
}

/* The rest of a text that is wrong is shown as it is. */
static void assert_wrong(const char *text, staged_value value, const char *shown,
                         const char *problem)
{
    stg_buf out = {0};
    const char *found = stg_add_percent(&out, text, lookup, &value);
    assert_non_null(found);
    assert_string_equal(found, problem);
    assert_added(&out, shown);
}

static void test_mistakes(void **state)
{
    (void)state;
    const staged_value one = staged_value_int(1);
    const staged_value text = staged_value_text("ab");
    const char *unknown_letter = "an unknown letter follows the %; write %% for a percent sign";
    const char *no_end = "nothing follows the %; write %% for a percent sign";
    assert_wrong("%(x)s %(y)s %(x)s", one, "1 %(y)s %(x)s", "unknown name after %");
    assert_wrong("%(y)%", one, "%(y)%", "unknown name after %");
    assert_wrong("100% sure", one, "100% sure",
                 "no name follows the %; write %% for a percent sign");
    assert_wrong("%(x", one, "%(x", "the name after % has no closing parenthesis");
    assert_wrong("100%", one, "100%", no_end);
    assert_wrong("%(x)", one, "%(x)", no_end);
    assert_wrong("%(x)5.", one, "%(x)5.", no_end);
    assert_wrong("%(x)y", one, "%(x)y", unknown_letter);
    assert_wrong("%(x)hhd", one, "%(x)hhd", unknown_letter);
    assert_wrong("%(x)%", one, "%(x)%", unknown_letter);
    assert_wrong("%(x)99999999999d", one, "%(x)99999999999d", "a width or precision is too large");
    assert_wrong("%(x)d", text, "%(x)d", "its value is not an integer");
    assert_wrong("%(x)x", staged_value_float(1.5), "%(x)x", "its value is not an integer");
    assert_wrong("%(x)d", staged_value_float(0x1p63), "%(x)d", "its value is not an integer");
    assert_wrong("%(x)f", text, "%(x)f", "its value is not a number");
    assert_wrong("%(x)c", one, "%(x)c", unknown_letter);
    assert_wrong("%(x)o", one, "%(x)o", unknown_letter);
    assert_wrong("%(x)#x", one, "%(x)#x", unknown_letter);
}

/* Only right after one another are two of them one. */
static void test_per_cent_sign_takes_no_width(void **state)
{
    (void)state;
    const staged_value one = staged_value_int(1);
    assert_wrong("5 % % x", one, "5 % % x", "no name follows the %; write %% for a percent sign");
    assert_wrong("%5%", one, "%5%", "no name follows the %; write %% for a percent sign");
}

static staged_status use(void *context)
{
    (void)context;
    stg_buf out = {0};
    staged_value value = staged_value_int(3);
    const char *problem = stg_add_percent(&out, "%(x)100s%(x)100d%(x)100.50f%(x)a", lookup, &value);
    assert_null(problem);
    const staged_status status = stg_buf_status(&out);
    stg_buf_free(&out);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_in_range(torture(use, NULL), 6, 16);
}

TEST_GROUP(percent)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain_text),    cmocka_unit_test(test_integers),
        cmocka_unit_test(test_floats),        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_mistakes),      cmocka_unit_test(test_per_cent_sign_takes_no_width),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("args percent", tests, NULL, NULL);
}
