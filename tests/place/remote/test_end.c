/* SPDX-License-Identifier: BSD-3-Clause */
#include "place/remote/end.h"

#include "support/cmocka_all.h"

static void test_lines(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        stg_remote_end end;
    } cases[] = {
        {"exit 0 0m0.00s 0m0.00s\n", {.kind = STG_REMOTE_ENDED}},
        {"exit 255 0m1.50s 2m0.001s", {STG_REMOTE_ENDED, 255, 1500000000, 120001000000}},
        {"signal 9 0m0,25s 0m0s\n", {STG_REMOTE_ENDED, -9, 250000000, 0}},
        {"exit 3 ", {STG_REMOTE_ENDED, 3, 0, 0}},
        {"exit 3 soon", {STG_REMOTE_ENDED, 3, 0, 0}},
        {"directory\n", {.kind = STG_REMOTE_NO_DIRECTORY}},
        {"program", {.kind = STG_REMOTE_NO_PROGRAM}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        stg_remote_end end;
        assert_true(stg_remote_end_read(cases[i].line, &end));
        assert_int_equal(end.kind, cases[i].end.kind);
        assert_int_equal(end.exit_code, cases[i].end.exit_code);
        assert_int_equal(end.user_ns, cases[i].end.user_ns);
        assert_int_equal(end.system_ns, cases[i].end.system_ns);
    }
}

static void test_other_lines(void **state)
{
    (void)state;
    static const char *const lines[] = {"",         "exit",      "exit ",    "exit x", "exit 256",
                                        "signal 0", "signal -9", "programs", "ended 0"};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        stg_remote_end end;
        assert_false(stg_remote_end_read(lines[i], &end));
        assert_int_equal(end.kind, STG_REMOTE_NOT_ENDED);
    }
}

TEST_GROUP(end)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_other_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
