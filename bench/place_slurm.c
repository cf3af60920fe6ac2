/* SPDX-License-Identifier: BSD-3-Clause
 *
 * For place_slurm.py: runs `true` at a place of Slurm for each line of input, and writes how many
 * nanoseconds it took.  place_slurm FOLDER */
#include <stdio.h>

#include <staged/clock.h>

#include "place/framework.h"

static int64_t now_ns(void)
{
    const staged_clock *clock = staged_clock_system();
    return clock->monotonic_ns(clock->context);
}

static bool run_true(stg_place *place, const char *folder)
{
    static const char *const words[] = {"true", NULL};
    static const staged_stream capture = {.size = sizeof capture, .kind = STAGED_STREAM_CAPTURE};
    const staged_process_options options = {
        .size = sizeof options, .arguments = words, .output = &capture, .error_output = &capture};
    const stg_place_limits limits = {.timeout_ns = INT64_MAX, .wait_ns = INT64_MAX};
    stg_place_job *job = NULL;
    stg_error error = {0};
    staged_completed_process *result = NULL;
    staged_status status =
        stg_place_begin(place, &options, folder, "bench", NULL, &limits, NULL, &job, &error);
    if (status == STAGED_OK)
        status = stg_place_run(job, NULL, NULL, &result);
    const bool has_succeeded = status == STAGED_OK && result->expected;
    if (!has_succeeded)
        (void)fprintf(stderr, "%s\n", stg_error_text(&error));
    staged_completed_process_free(result);
    stg_place_job_free(job);
    stg_error_free(&error);
    return has_succeeded;
}

int main(int argc, char **argv)
{
    static const char *const words[] = {NULL};
    stg_places *places = stg_places_new();
    stg_place *place = NULL;
    stg_error error = {0};
    if (argc != 2 || stg_places_add(places, "hpc", "slurm", words, &error) != STAGED_OK ||
        stg_places_find(places, "hpc", &place, &error) != STAGED_OK)
        return 2;
    while (getchar() == '\n') {
        const int64_t began_ns = now_ns();
        if (!run_true(place, argv[1]))
            return 1;
        (void)printf("%lld\n", (long long)(now_ns() - began_ns));
        (void)fflush(stdout);
    }
    stg_places_free(places);
    return 0;
}
