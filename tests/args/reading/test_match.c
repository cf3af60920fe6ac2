/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/reading/match.h"

#include "parsing.h"

static long match_option(int nargs, const char *pattern)
{
    const staged_argument option = {.nargs = nargs};
    return stg_match_option(&option, pattern, strlen(pattern));
}

static void test_options(void **state)
{
    (void)state;
    assert_int_equal(match_option(0, "AA"), 1);
    assert_int_equal(match_option(0, ""), -1);
    assert_int_equal(match_option(0, "OA"), -1);
    assert_int_equal(match_option(0, "-A"), -1);
    assert_int_equal(match_option(STAGED_NARGS_OPTIONAL, "AA"), 1);
    assert_int_equal(match_option(STAGED_NARGS_OPTIONAL, "O"), 0);
    assert_int_equal(match_option(STAGED_NARGS_ZERO_OR_MORE, "AAOA"), 2);
    assert_int_equal(match_option(STAGED_NARGS_ZERO_OR_MORE, ""), 0);
    assert_int_equal(match_option(STAGED_NARGS_ONE_OR_MORE, "AA-A"), 2);
    assert_int_equal(match_option(STAGED_NARGS_ONE_OR_MORE, "O"), -1);
    assert_int_equal(match_option(STAGED_NARGS_REMAINDER, "OAO-A"), 3);
    assert_int_equal(match_option(STAGED_NARGS_REMAINDER, ""), 0);
    assert_int_equal(match_option(STAGED_NARGS_COMMAND_AND_REST, "AOA"), 3);
    assert_int_equal(match_option(STAGED_NARGS_COMMAND_AND_REST, "OA"), -1);
    assert_int_equal(match_option(2, "AAA"), 2);
    assert_int_equal(match_option(2, "AOA"), 2);
    assert_int_equal(match_option(2, "OO"), 2);
    assert_int_equal(match_option(2, "A-A"), -1);
}

static void test_wordless_option(void **state)
{
    (void)state;
    const staged_argument flag = {.wordless = true, .nargs = 2};
    assert_int_equal(stg_match_option(&flag, "AA", 2), 0);
}

/* ---- Positionals, compared with the regular expressions of argparse ---- */

/* Whether the expression of a positional matches these letters: "-*A-*", "-*A[A-]*" and so on. */
static bool fits(int nargs, const char *letters, size_t length)
{
    size_t words = 0;
    size_t options = 0;
    size_t first = SIZE_MAX;
    for (size_t i = 0; i < length; i++) {
        words += letters[i] == 'A';
        options += letters[i] == 'O';
        if (letters[i] != '-' && first == SIZE_MAX)
            first = i;
    }
    switch (nargs) {
    case STAGED_NARGS_REMAINDER:
        return true;
    case STAGED_NARGS_COMMAND_AND_REST:
        return first != SIZE_MAX && letters[first] == 'A';
    case STAGED_NARGS_OPTIONAL:
        return options == 0 && words <= 1;
    case STAGED_NARGS_ZERO_OR_MORE:
        return options == 0;
    case STAGED_NARGS_ONE_OR_MORE:
        return options == 0 && words > 0;
    default:
        return options == 0 && words == (nargs == 0 ? 1 : (size_t)nargs);
    }
}

/* Tries the longest stretch for each first, as a regular expression does. */
static bool try_all(const int *nargs, size_t count, const char *pattern, size_t *counts)
{
    if (count == 0)
        return true;
    for (size_t length = strlen(pattern) + 1; length-- > 0;) {
        counts[0] = length;
        if (fits(nargs[0], pattern, length) &&
            try_all(nargs + 1, count - 1, pattern + length, counts + 1))
            return true;
    }
    return false;
}

enum { POSITIONALS = 3 };

static void compare(const int *nargs, const char *pattern)
{
    staged_argument arguments[POSITIONALS] = {0};
    staged_argument *pointers[POSITIONALS];
    size_t expected[POSITIONALS] = {0};
    size_t counts[POSITIONALS] = {0};
    for (size_t i = 0; i < POSITIONALS; i++) {
        arguments[i].nargs = nargs[i];
        pointers[i] = &arguments[i];
    }
    size_t matched = POSITIONALS;
    while (matched > 0 && !try_all(nargs, matched, pattern, expected))
        matched--;
    /* Without words, and an option next: they wait. */
    size_t used = 0;
    for (size_t i = 0; i < matched; i++)
        used += expected[i];
    while (matched > 0 && expected[matched - 1] == 0 && pattern[used] == 'O')
        matched--;
    const long found =
        stg_match_positionals(pointers, POSITIONALS, pattern, strlen(pattern), counts);
    bool same = found == (long)matched;
    for (size_t i = 0; i < matched && same; i++)
        same = counts[i] == expected[i];
    if (!same)
        fail_msg("'%s' among %d, %d, %d: %ld take %zu, %zu, %zu; expected were %zu: %zu, %zu, %zu",
                 pattern, nargs[0], nargs[1], nargs[2], found, counts[0], counts[1], counts[2],
                 matched, expected[0], expected[1], expected[2]);
}

/* The `number`th pattern of so many letters; false: there is none like that. */
static bool make_pattern(char *pattern, size_t length, unsigned number)
{
    bool dash = false;
    for (size_t i = 0; i < length; i++, number /= 3) {
        pattern[i] = "AO-"[number % 3];
        if (dash && pattern[i] != 'A')
            return false; /* after "--" there are no options, and no other one */
        dash = dash || pattern[i] == '-';
    }
    pattern[length] = '\0';
    return true;
}

static void test_positionals(void **state)
{
    (void)state;
    static const int kinds[] = {0,
                                1,
                                2,
                                STAGED_NARGS_OPTIONAL,
                                STAGED_NARGS_ZERO_OR_MORE,
                                STAGED_NARGS_ONE_OR_MORE,
                                STAGED_NARGS_REMAINDER,
                                STAGED_NARGS_COMMAND_AND_REST};
    enum { KINDS = sizeof kinds / sizeof kinds[0] };
    unsigned patterns = 1;
    for (size_t length = 0; length <= 5; length++, patterns *= 3) {
        for (unsigned number = 0; number < patterns; number++) {
            char pattern[6];
            if (!make_pattern(pattern, length, number))
                continue;
            for (size_t k = 0; k < KINDS * KINDS * KINDS; k++) {
                const int nargs[] = {kinds[k % KINDS], kinds[k / KINDS % KINDS],
                                     kinds[k / KINDS / KINDS]};
                compare(nargs, pattern);
            }
        }
    }
}

static void test_no_positionals(void **state)
{
    (void)state;
    assert_int_equal(stg_match_positionals(NULL, 0, "A", 1, NULL), 0);
}

static staged_status use(void *context)
{
    (void)context;
    staged_argument many = {.nargs = STAGED_NARGS_ZERO_OR_MORE};
    staged_argument one = {0};
    staged_argument *positionals[] = {&many, &one};
    size_t counts[2];
    const long matched = stg_match_positionals(positionals, 2, "AAA", 3, counts);
    if (matched < 0)
        return STAGED_NO_MEMORY;
    assert_int_equal(matched, 2);
    assert_int_equal(counts[0], 2);
    assert_int_equal(counts[1], 1);
    return STAGED_OK;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_int_equal(torture(use, NULL), 2);
}

TEST_GROUP(match)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_options),       cmocka_unit_test(test_wordless_option),
        cmocka_unit_test(test_positionals),   cmocka_unit_test(test_no_positionals),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("args match", tests, NULL, NULL);
}
