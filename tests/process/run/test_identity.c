/* SPDX-License-Identifier: BSD-3-Clause */
#include "process/run/identity.h"

#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "leftovers.h"
#include "promises.h"
#include "support/torture.h"

static const char *const no_groups[] = {NULL};

static stg_identity find(staged_process_options options)
{
    stg_identity identity;
    stg_error error = {0};
    assert_true(stg_identity_is_asked_for(&options));
    assert_int_equal(stg_identity_find(&options, &identity, &error), STAGED_OK);
    stg_error_free(&error);
    return identity;
}

static void test_numbers(void **state)
{
    (void)state;
    const char *const extra[] = {"3", "4294967294", NULL};
    stg_identity identity = find((staged_process_options){.size = sizeof(staged_process_options),
                                                          .user = "12345",
                                                          .group = "023456",
                                                          .extra_groups = extra});
    assert_true(identity.has_user && identity.has_group && identity.has_groups);
    assert_int_equal(identity.user, 12345);
    assert_int_equal(identity.group, 23456);
    assert_int_equal(identity.group_count, 2);
    assert_int_equal(identity.groups[0], 3);
    assert_true(identity.groups[1] == (gid_t)4294967294);
    stg_identity_free(&identity);

    identity = find((staged_process_options){.size = sizeof(staged_process_options),
                                             .extra_groups = no_groups});
    assert_true(!identity.has_user && !identity.has_group && identity.has_groups);
    assert_int_equal(identity.group_count, 0);
    stg_identity_free(&identity);
    assert_false(stg_identity_is_asked_for(
        &(staged_process_options){.size = sizeof(staged_process_options)}));
}

static void test_names(void **state)
{
    (void)state;
    const struct passwd *root = getpwuid(0);
    const struct group *wheel = getgrgid(0);
    if (is_skipped(root == NULL || wheel == NULL, "there is no list of users"))
        return;
    stg_identity identity = find((staged_process_options){
        .size = sizeof(staged_process_options), .user = root->pw_name, .group = wheel->gr_name});
    assert_true(identity.has_user && identity.has_group && !identity.has_groups);
    assert_int_equal(identity.user, 0);
    assert_int_equal(identity.group, 0);
    identity = find((staged_process_options){
        .size = sizeof(staged_process_options), .user = root->pw_name, .groups_of_user = true});
    assert_true(identity.has_group && identity.has_groups);
    assert_int_equal(identity.group, root->pw_gid);
    assert_true(identity.group_count >= 1);
    stg_identity_free(&identity);
    identity = find((staged_process_options){.size = sizeof(staged_process_options),
                                             .user = root->pw_name,
                                             .group = "77",
                                             .extra_groups = no_groups,
                                             .groups_of_user = true});
    assert_int_equal(identity.group, 77);
    assert_int_equal(identity.group_count, 0);
    stg_identity_free(&identity);
}

static void assert_unknown(staged_process_options options, const char *text)
{
    staged_completed_process *result;
    options.command = "echo started >&2";
    assert_int_equal(staged_process_run(&options, &result), STAGED_NOT_FOUND);
    assert_int_equal(result->failed_step, STAGED_START_USER);
    assert_int_equal(result->pid, -1);
    assert_string_equal(staged_completed_process_error(result), text);
    staged_completed_process_free(result);
}

static void test_missing_process(void **state)
{
    (void)state;
    const char *const extra[] = {"0", "staged no group", NULL};
    assert_unknown(
        (staged_process_options){.size = sizeof(staged_process_options), .user = "staged no user"},
        "there is no user 'staged no user'");
    assert_unknown((staged_process_options){.size = sizeof(staged_process_options), .user = ""},
                   "there is no user ''");
    assert_unknown((staged_process_options){.size = sizeof(staged_process_options), .user = "-1"},
                   "there is no user '-1'");
    assert_unknown(
        (staged_process_options){.size = sizeof(staged_process_options), .user = "4294967295"},
        "there is no user '4294967295'");
    assert_unknown((staged_process_options){.size = sizeof(staged_process_options),
                                            .user = "99999999999999999999"},
                   "there is no user '99999999999999999999'");
    assert_unknown((staged_process_options){.size = sizeof(staged_process_options), .group = "12x"},
                   "there is no group '12x'");
    assert_unknown(
        (staged_process_options){.size = sizeof(staged_process_options), .extra_groups = extra},
        "there is no group 'staged no group'");
    assert_unknown((staged_process_options){.size = sizeof(staged_process_options),
                                            .user = "4294967000",
                                            .groups_of_user = true},
                   "cannot take the groups of user '4294967000': there is no such user");
}

/* ---- As somebody else: for root ---- */

static bool we_may_not(void)
{
    return is_skipped(geteuid() != 0, "only root may run commands as somebody else");
}

static void assert_output(staged_process_options options, const char *expected)
{
    staged_completed_process *result;
    options.output = STAGED_STREAM(STAGED_STREAM_CAPTURE);
    assert_int_equal(staged_process_run(&options, &result), STAGED_OK);
    assert_string_equal(result->output, expected);
    assert_int_equal(result->exit_code, 0);
    staged_completed_process_free(result);
}

static void test_as_another_user(void **state)
{
    (void)state;
    if (we_may_not())
        return;
    const char *const extra[] = {"3333", "2222", NULL};
    const char *const ids = "id -u; id -ru; id -g; id -rg; id -G";
    assert_output((staged_process_options){.size = sizeof(staged_process_options),
                                           .command = ids,
                                           .user = "12345",
                                           .group = "23456",
                                           .extra_groups = extra},
                  "12345\n12345\n23456\n23456\n23456 2222 3333\n");
    assert_output((staged_process_options){.size = sizeof(staged_process_options),
                                           .command = "id -u; id -G",
                                           .user = "12345",
                                           .group = "23456",
                                           .extra_groups = no_groups},
                  "12345\n23456\n");
    /* There is no way back. */
    assert_output((staged_process_options){.size = sizeof(staged_process_options),
                                           .command = "python3 -c 'import os\ntry: os.setuid(0)\n"
                                                      "except PermissionError: print(\"no\")'",
                                           .user = "12345"},
                  "no\n");
}

/* It is opened as ourselves. */
static void test_a_directory_of_ours(void **state)
{
    (void)state;
    if (we_may_not())
        return;
    char folder[] = "./staged-identity-XXXXXX";
    assert_non_null(mkdtemp(folder));
    assert_output((staged_process_options){.size = sizeof(staged_process_options),
                                           .command = "id -u; touch x 2>&- || echo no",
                                           .user = "12345",
                                           .group = "12345",
                                           .extra_groups = no_groups,
                                           .directory = folder},
                  "12345\nno\n");
    assert_int_equal(rmdir(folder), 0);
}

static void test_groups_stay_unless_said(void **state)
{
    (void)state;
    if (we_may_not())
        return;
    staged_completed_process *ours;
    assert_int_equal(
        staged_process_run(STAGED_OPTIONS(staged_process_options, .command = "id -g; id -G",
                                          .output = STAGED_STREAM(STAGED_STREAM_CAPTURE)),
                           &ours),
        STAGED_OK);
    assert_output((staged_process_options){.size = sizeof(staged_process_options),
                                           .command = "id -g; id -G",
                                           .user = "12345"},
                  ours->output);
    staged_completed_process_free(ours);
}

/* As `id` has them, which asks the lists itself. */
static void test_the_groups_of_a_user(void **state)
{
    (void)state;
    if (we_may_not())
        return;
    int checked = 0;
    setpwent();
    for (struct passwd *each; checked < 4 && (each = getpwent()) != NULL; checked++) {
        char name[100], command[400];
        (void)snprintf(name, sizeof name, "%s", each->pw_name);
        (void)snprintf(command, sizeof command,
                       "id -g | grep -qx %lu && [ \"$(id -G | tr ' ' '\\n' | sort)\" = "
                       "\"$(id -G '%s' | tr ' ' '\\n' | sort)\" ]",
                       (unsigned long)each->pw_gid, name);
        assert_output((staged_process_options){.size = sizeof(staged_process_options),
                                               .command = command,
                                               .user = name,
                                               .groups_of_user = true},
                      "");
    }
    endpwent();
    assert_true(checked > 0);
}

static void test_it_is_ended_as_any_other(void **state)
{
    (void)state;
    if (we_may_not())
        return;
    const char *mark = leftovers_mark();
    char command[200];
    (void)snprintf(command, sizeof command, "trap '' TERM; sleep %s & sleep %s", mark, mark);
    const staged_process_options options = {.size = sizeof options,
                                            .command = command,
                                            .user = "12345",
                                            .process_group = STAGED_PROCESS_GROUP_NEW,
                                            .timeout_s = 0.05,
                                            .grace_s = 0.05};
    staged_completed_process *result;
    assert_int_equal(staged_process_run(&options, &result), STAGED_TIMED_OUT);
    assert_true(result->ended_count >= 1 && result->ended[0]->gone);
    staged_completed_process_free(result);
    assert_int_equal(leftovers_count(mark), 0);
}

/* 0: all as expected. */
static int try_without_rights(void)
{
    char ours[20];
    staged_completed_process *result;
    (void)snprintf(ours, sizeof ours, "%lu", (unsigned long)getuid());
    if (staged_process_run(STAGED_OPTIONS(staged_process_options, .command = "true", .user = ours),
                           &result) != STAGED_OK ||
        result->exit_code != 0)
        return 1;
    staged_completed_process_free(result);
    if (staged_process_run(STAGED_OPTIONS(staged_process_options, .command = "true", .user = "0"),
                           &result) != STAGED_NOT_ALLOWED ||
        result->failed_step != STAGED_START_USER ||
        strcmp(staged_completed_process_error(result),
               "cannot change the user or group: Operation not permitted") != 0)
        return 2;
    staged_completed_process_free(result);
    if (staged_process_run(STAGED_OPTIONS(staged_process_options, .command = "true", .nice = -5),
                           &result) != STAGED_NOT_ALLOWED ||
        result->failed_step != STAGED_START_NICENESS)
        return 3;
    staged_completed_process_free(result);
    return 0;
}

static void test_without_the_rights(void **state)
{
    (void)state;
    const pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        if (geteuid() == 0 && (setgid(12345) != 0 || setuid(12345) != 0))
            _exit(99);
        _exit(try_without_rights());
    }
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static staged_status use(void *context)
{
    const staged_process_options *options = context;
    stg_error error = {0};
    stg_identity identity;
    const staged_status status = stg_identity_find(options, &identity, &error);
    stg_identity_free(&identity);
    stg_error_free(&error);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    const char *const extra[] = {"3", "4", NULL};
    staged_process_options options = {
        .size = sizeof options, .user = "12345", .group = "23456", .extra_groups = extra};
    assert_int_equal(torture(use, &options), 5);
    if (getpwuid(0) == NULL)
        return;
    options = (staged_process_options){.size = sizeof(staged_process_options),
                                       .user = getpwuid(0)->pw_name,
                                       .groups_of_user = true};
    assert_int_equal(torture(use, &options), 3);
}

TEST_GROUP(identity)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_missing_process),
        cmocka_unit_test(test_as_another_user),
        cmocka_unit_test(test_a_directory_of_ours),
        cmocka_unit_test(test_groups_stay_unless_said),
        cmocka_unit_test(test_the_groups_of_a_user),
        cmocka_unit_test(test_it_is_ended_as_any_other),
        cmocka_unit_test(test_without_the_rights),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("process identity", tests, NULL, NULL);
}
