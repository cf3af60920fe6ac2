/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Our kinds when memory runs out, with programs in place of ssh and Slurm: each allocation fails
 * once, which would take too long with the real ones, and need not. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/system/folders.h"
#include "place/framework.h"
#include "support/cmocka_all.h"
#include "support/torture.h"

/* Whatever the host is, it is this machine. */
static const char fake_ssh[] = "#!/bin/sh\n"
                               "for word; do :; done\n"
                               "exec sh -c \"$word\"\n";
static const char fake_srun[] = "#!/bin/sh\n"
                                "while [ \"$1\" != /bin/sh ]; do\n"
                                "    case $1 in\n"
                                "    --output=*) out=${1#*=} ;;\n"
                                "    --error=*) err=${1#*=} ;;\n"
                                "    esac\n"
                                "    shift\n"
                                "done\n"
                                "echo 'srun: jobid 7: nodes(1):`n1'\\'', cpu counts: 1(x1)' >&2\n"
                                "echo 'srun: launching StepId=7.0 on host n1, 1 tasks: [0]' >&2\n"
                                "export SLURM_JOB_ID=7 SLURMD_NODENAME=n1\n"
                                "exec \"$@\" >>\"$out\" 2>>\"$err\"\n";
static const char fake_controller[] = "#!/bin/sh\nexit 0\n";

static char folder[] = "/tmp/staged-kinds-XXXXXX";
static char *path_before;

static void write_program(const char *name, const char *text)
{
    char path[256];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(path, 0700), 0);
}

static int set_up(void **state)
{
    static const char *const controllers[] = {"scancel", "squeue", "scontrol"};
    char path[4096];
    (void)state;
    assert_non_null(mkdtemp(folder));
    write_program("ssh", fake_ssh);
    write_program("srun", fake_srun);
    for (size_t i = 0; i < 3; i++)
        write_program(controllers[i], fake_controller);
    path_before = strdup(getenv("PATH"));
    (void)snprintf(path, sizeof path, "%s:%s", folder, path_before);
    assert_int_equal(setenv("PATH", path, 1), 0);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    assert_int_equal(setenv("PATH", path_before, 1), 0);
    free(path_before);
    stg_remove_folder(folder);
    return 0;
}

static stg_place *open_place(stg_places *places, const char *kind, const char *const *words)
{
    stg_place *place = NULL;
    stg_error error = {0};
    if (stg_places_add(places, "there", kind, words, &error) == STAGED_OK)
        (void)stg_places_find(places, "there", &place, &error);
    stg_error_free(&error);
    return place;
}

/* Runs a command; one that ended otherwise than it does is STAGED_BAD_INPUT. */
static staged_status run_command(void *place)
{
    static const char *const words[] = {"sh", "-c", "echo out; exit 3", NULL};
    static const char *const environment[] = {"A=b", NULL};
    static const int expected[] = {3};
    static const stg_place_limits limits = {.timeout_ns = INT64_MAX, .wait_ns = INT64_MAX};
    char own[256];
    (void)snprintf(own, sizeof own, "%s/job", folder);
    (void)mkdir(own, 0700);
    stg_place_job *job = NULL;
    stg_error error = {0};
    staged_completed_process *result = NULL;
    staged_status status = stg_place_begin(
        place,
        STAGED_OPTIONS(staged_process_options, .arguments = words, .environment = environment,
                       .expected_codes = expected, .expected_count = 1,
                       .output = STAGED_STREAM(STAGED_STREAM_CAPTURE),
                       .error_output = STAGED_STREAM(STAGED_STREAM_CAPTURE)),
        own, "name", NULL, &limits, NULL, &job, &error);
    if (status == STAGED_OK)
        status = stg_place_run(job, NULL, NULL, &result);
    if (status == STAGED_OK && !result->expected)
        status = STAGED_BAD_INPUT;
    staged_completed_process_free(result);
    stg_place_job_free(job);
    stg_error_free(&error);
    stg_remove_folder(own);
    return status;
}

static void torture_commands(const char *kind, const char *const *words)
{
    stg_places *places = stg_places_new();
    stg_place *place = open_place(places, kind, words);
    assert_non_null(place);
    assert_int_equal(run_command(place), STAGED_OK);
    assert_true(torture_forgiving(run_command, place) > 0);
    stg_places_free(places);
}

static const char *const host[] = {"box", NULL};
static const char *const none[] = {NULL};

/* The first command makes the connection. */
static staged_status run_first_command(void *context)
{
    (void)context;
    stg_places *places = stg_places_new();
    stg_place *place = places == NULL ? NULL : open_place(places, "ssh", host);
    const staged_status status = place == NULL ? STAGED_NO_MEMORY : run_command(place);
    stg_places_free(places);
    return status;
}

static void test_ssh_without_memory(void **state)
{
    (void)state;
    torture_commands("ssh", host);
}

static void test_first_command_over_ssh_without_memory(void **state)
{
    (void)state;
    assert_true(torture_forgiving(run_first_command, NULL) > 0);
}

static void test_slurm_without_memory(void **state)
{
    (void)state;
    torture_commands("slurm", none);
}

TEST_GROUP(kinds)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ssh_without_memory),
        cmocka_unit_test(test_first_command_over_ssh_without_memory),
        cmocka_unit_test(test_slurm_without_memory),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
