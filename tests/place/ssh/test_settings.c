/* SPDX-License-Identifier: BSD-3-Clause */
#include "place/ssh/settings.h"

#include <stdlib.h>
#include <string.h>

#include "place/ssh/ssh.h"
#include "support/cmocka_all.h"
#include "support/torture.h"

static const char *const words[] = {"--config=/a b", "one", "--option",   "Port=1", "two",
                                    "--wait",        "2.5", "--sessions", "3",      "--directory",
                                    "~/x",           NULL};

static void test_words(void **state)
{
    (void)state;
    stg_arena arena = {0};
    stg_ssh_settings settings;
    char *problem = NULL;
    assert_int_equal(stg_ssh_settings_read(&settings, words, &arena, &problem), STAGED_OK);
    assert_int_equal(settings.host_count, 2);
    assert_string_equal(settings.hosts[1], "two");
    assert_string_equal(settings.directory, "~/x");
    assert_int_equal(settings.wait_ns, 2500000000);
    assert_int_equal(settings.sessions, 3);
    stg_buf check = {0};
    assert_string_equal(stg_ssh_check_words(&settings, "one", &check),
                        "ssh -F '/a b' -o Port=1 one true");
    stg_buf_free(&check);
    stg_arena_free(&arena);
}

/* ssh takes the first value of an option. */
static void test_what_the_user_says_comes_first(void **state)
{
    (void)state;
    stg_arena arena = {0};
    stg_ssh_settings settings;
    char *problem = NULL;
    assert_int_equal(stg_ssh_settings_read(&settings, words, &arena, &problem), STAGED_OK);
    const char **made =
        stg_ssh_words(&settings, STG_SSH_CLIENT, "one", "/socket", "/log", "-n", "exec sh", &arena);
    assert_non_null(made);
    size_t user = 0, ours = 0, count = 0;
    for (; made[count] != NULL; count++) {
        if (strcmp(made[count], "Port=1") == 0)
            user = count;
        if (strcmp(made[count], "BatchMode=yes") == 0)
            ours = count;
    }
    assert_true(user > 0 && ours > user);
    assert_string_equal(made[count - 1], "exec sh");
    assert_string_equal(made[count - 2], "one");
    stg_arena_free(&arena);
}

static staged_status open_and_close(void *context)
{
    (void)context;
    void *place = NULL;
    char *problem = NULL;
    const staged_status status = stg_place_ssh.open(words, &place, &problem);
    free(problem);
    if (status == STAGED_OK)
        stg_place_ssh.close(place);
    return status;
}

static staged_status refuse(void *context)
{
    (void)context;
    static const char *const wrong[] = {"one", "--wait", "x", NULL};
    void *place = NULL;
    char *problem = NULL;
    const staged_status status = stg_place_ssh.open(wrong, &place, &problem);
    if (status == STAGED_BAD_INPUT)
        assert_string_equal(problem, "ssh: --wait takes a number of seconds, not 'x'");
    free(problem);
    return status == STAGED_BAD_INPUT ? STAGED_OK : status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_true(torture(open_and_close, NULL) > 0);
    assert_true(torture(refuse, NULL) > 0);
}

TEST_GROUP(settings)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_what_the_user_says_comes_first),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
